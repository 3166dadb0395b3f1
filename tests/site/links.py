"""Follows every link of a built site that stays on the site, anchors included."""

from dataclasses import dataclass
from functools import cached_property
from urllib.parse import unquote, urljoin, urlsplit

from tests.indexed import index_in
from tests.site.building import Built

ORIGIN = "https://site.invalid"
"""Where a site without ``site_url`` is thought to be."""

_ATTRIBUTES = ("href", "src", "poster", "data", "action", "cite")
_NOT_FOLLOWED = ("mailto", "tel", "data")


@dataclass(frozen=True, slots=True)
class Broken:
    """A link that leads nowhere."""

    page: str
    link: str
    reason: str

    def __str__(self) -> str:
        return f"{self.page}: {self.link!r} {self.reason}"


class Checker:
    """The links of one site. ``base`` is the address of its root."""

    def __init__(self, built: Built, base: str = f"{ORIGIN}/") -> None:
        self._built = built
        self._base = base
        self._ids: dict[str, set[str]] = {}

    @cached_property
    def _files(self) -> set[str]:
        return self._built.files  # compared letter by letter: case counts, whatever the system

    def broken(self) -> list[Broken]:
        """Return every link of every page, of the search index and of the data that is broken."""
        found = [wrong for path in self._built.html_files for wrong in self._of_page(path)]
        for card in index_in(self._built.folder).cards:
            found += self._follow("search/current.json", card["url"], self._base)
        for record in self._built.data["records"]:
            found += self._follow("api/playbook.json", record["url"], self._base)
        return found

    def _of_page(self, path: str) -> list[Broken]:
        here = urljoin(self._base, path.removesuffix("index.html"))
        found: list[Broken] = []
        page = self._built.page(path)
        for element in page.walk():
            for name in _ATTRIBUTES:
                link = element.attributes.get(name)
                if link is not None and element.attributes.get("rel") != "preconnect":
                    found += self._follow(path, link, here)
            if element.attributes.get("http-equiv") == "refresh":
                found += self._follow(path, element.attributes["content"].split("url=")[1], here)
        ids = [e.attributes["id"] for e in page.walk() if "id" in e.attributes]
        for twice in sorted({id_ for id_ in ids if ids.count(id_) > 1}):
            found.append(Broken(path, f"#{twice}", "stands on the page twice"))
        return found

    def _follow(self, page: str, link: str, here: str) -> list[Broken]:
        reason = self._wrong(link, here)
        return [Broken(page, link, reason)] if reason else []

    def _wrong(self, link: str, here: str) -> str | None:
        try:
            target = urlsplit(urljoin(here, link))
        except ValueError as error:
            return f"is no address: {error}"
        root = urlsplit(self._base)
        if target.scheme not in ("http", "https"):
            return None if target.scheme in _NOT_FOLLOWED else f"has the scheme {target.scheme}"
        if target.netloc != root.netloc:
            return None
        return self._wrong_here(target.path.removeprefix(root.path), unquote(target.fragment))

    def _wrong_here(self, path: str, anchor: str) -> str | None:
        if path.startswith("/"):
            return "leaves the site"
        path = unquote(path)
        file = f"{path}index.html" if path.endswith("/") or not path else path
        if file not in self._files:
            return "leads to nothing"
        if anchor and file.endswith(".html") and anchor not in self._anchors(file):
            return "leads to an anchor that is not there"
        return None

    def _anchors(self, path: str) -> set[str]:
        if path not in self._ids:
            elements = list(self._built.page(path).walk())
            self._ids[path] = {e.attributes["id"] for e in elements if "id" in e.attributes} | {
                e.attributes["name"] for e in elements if e.tag == "a" and "name" in e.attributes
            }
        return self._ids[path]


def broken_links(built: Built, base: str = f"{ORIGIN}/") -> list[str]:
    """Return in words what is broken."""
    return [str(link) for link in Checker(built, base).broken()]
