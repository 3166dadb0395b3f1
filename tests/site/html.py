"""Reads a built page into a small tree, to ask what is on it."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr")
)
_CLOSED_BY = {"li": {"li"}, "p": {"p"}, "tr": {"tr"}, "td": {"td", "th"}, "th": {"td", "th"}}


@dataclass(eq=False)
class Element:
    """An element: its tag, attributes, and what stands in it."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: "list[Element | str]" = field(default_factory=list)

    def walk(self) -> "Iterator[Element]":
        """Yield the element and all below it, in the order of the page."""
        yield self
        for child in self.children:
            if isinstance(child, Element):
                yield from child.walk()

    def all(self, tag: str, **attributes: str) -> "list[Element]":
        """Return the elements with a tag, and with a class (``class_``) or other attributes."""
        wanted = {name.rstrip("_"): value for name, value in attributes.items()}
        return [element for element in self.walk() if element.tag == tag and _has(element, wanted)]

    def one(self, tag: str, **attributes: str) -> "Element":
        """Return the only element of its sort."""
        (found,) = self.all(tag, **attributes)
        return found

    @property
    def text(self) -> str:
        """Return the text in it, without the text of scripts and styles, spaces made single."""
        return " ".join("".join(self._texts()).split())

    def _texts(self) -> Iterator[str]:
        if self.tag in ("script", "style", "svg"):
            return
        for child in self.children:
            if isinstance(child, str):
                yield child
            else:
                yield from child._texts()
                if child.tag not in ("a", "b", "code", "em", "i", "span", "strong", "time"):
                    yield " "


def _has(element: Element, wanted: dict[str, str]) -> bool:
    return all(
        value in element.attributes.get("class", "").split()
        if name == "class"
        else element.attributes.get(name) == value
        for name, value in wanted.items()
    )


@dataclass(eq=False)
class Page(Element):
    """A whole page."""

    @property
    def title(self) -> str:
        """Return what the browser's tab shows."""
        return next(self.walk_tag("title")).text

    @property
    def main(self) -> Element:
        """Return the part that is not header, navigation and footer."""
        return self.one("article")

    @property
    def lit_tabs(self) -> list[str]:
        """Return the tabs that are shown as the current ones."""
        return [tab.text for tab in self.all("li", class_="md-tabs__item--active")]

    @property
    def edit_link(self) -> str | None:
        """Return where the page's edit button leads."""
        links = [a.attributes["href"] for a in self.all("a", rel="edit")]
        return links[0] if links else None

    def walk_tag(self, tag: str) -> Iterator[Element]:
        """Yield the elements with a tag."""
        return (element for element in self.walk() if element.tag == tag)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = Page("page")
        self._open: list[Element] = [self.page]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._open[-1].tag in _CLOSED_BY.get(tag, ()):
            self._open.pop()
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].children.append(element)

    def handle_endtag(self, tag: str) -> None:
        for index in range(len(self._open) - 1, 0, -1):
            if self._open[index].tag == tag:
                del self._open[index:]
                return

    def handle_data(self, data: str) -> None:
        self._open[-1].children.append(data)


def parse(html: str) -> Page:
    """Return the page as a tree."""
    builder = _Builder()
    builder.feed(html)
    builder.close()
    return builder.page
