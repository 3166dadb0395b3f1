"""The text of HTML that a page shows. It is read for its words: no tag of it is ever written."""

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

# Read from left to right, and nothing twice: whatever is written takes time by its length.
_TAG = re.compile(r"<!--|<(/?)([a-z][a-z0-9-]*)\b([^<>]*)>", re.IGNORECASE)
_ID = re.compile(r'\sid="([^"]*)"')
_HIDDEN = frozenset(("script", "style", "template", "svg"))
_INSIDE_WORDS = frozenset(
    "a abbr b code del em i ins kbd mark q s small span strong sub sup u wbr".split()  # noqa: SIM905
)
_FLAT = frozenset(("a", "script", "style"))  # none of these stands in another of its kind
_EMPTY = frozenset(("br", "hr", "img", "input", "wbr"))  # and nothing stands in these
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_NO_PROSE = frozenset(("caption", "pre", "thead"))
_HEADING_LINK = 'class="headerlink"'
_LEFT_OUT = "data-search-exclude"


class Section(NamedTuple):
    """A part of a page: its anchor, empty for the beginning; its heading and its text, plain.

    ``prose`` is the text without blocks of code and without what is said about tables. A result
    shows it; the rest is found all the same.
    """

    anchor: str
    title: str
    text: str
    prose: str


class _Tag(NamedTuple):
    name: str
    is_end: bool
    attributes: str


def plain(html: str) -> str:
    """Return the text of HTML in one line."""
    return _joined(_pieces(html))


def sections(html: str) -> Iterator[Section]:
    """Yield the beginning of a page, and each part below a heading that can be linked to.

    The page's own title is its beginning's. A part is left out whose heading says so with
    ``data-search-exclude``.
    """
    anchor, title, left_out = "", "", False
    text: list[str | _Tag] = []
    heading: list[str | _Tag] | None = None
    for piece in _pieces(html):
        if not isinstance(piece, _Tag) or piece.name not in _HEADINGS:
            (text if heading is None else heading).append(piece)
        elif piece.is_end and heading is not None:
            title, heading = _joined(heading), None
        else:
            found = _ID.search(piece.attributes)
            if piece.is_end or (piece.name != "h1" and found is None):
                text.append(piece)
                continue
            if piece.name != "h1" or anchor:
                if not left_out:
                    yield Section(anchor, title, _joined(text), _joined(_prose(text)))
                anchor = unescape(found[1]) if found and piece.name != "h1" else ""
                text = []
            left_out = _LEFT_OUT in piece.attributes
            heading = []
    if not left_out:
        yield Section(anchor, title, _joined(text), _joined(_prose(text)))


def _prose(pieces: Iterable[str | _Tag]) -> Iterator[str | _Tag]:
    inside = ""
    for piece in pieces:
        if isinstance(piece, _Tag) and piece.name in _NO_PROSE:
            if piece.is_end:
                inside = "" if piece.name == inside else inside
            else:
                inside = inside or piece.name
        if not inside:
            yield piece


def _joined(pieces: Iterable[str | _Tag]) -> str:
    parts = (
        piece if isinstance(piece, str) else "" if piece.name in _INSIDE_WORDS else " "
        for piece in pieces
    )
    return " ".join(unescape("".join(parts)).split())


def _pieces(html: str) -> Iterator[str | _Tag]:
    """Yield the text and the tags of HTML, without what is no text of the page.

    That is scripts, drawings, the sign that links to a heading, and what asks to be left out. What
    is not closed hides the rest, as it does in a browser.
    """
    at, hidden, depth = 0, "", 0
    for tag in _TAG.finditer(html):
        if tag.start() < at:
            continue  # in a comment
        if not hidden:
            yield html[at : tag.start()]
        at = tag.end()
        if tag[2] is None:
            end = html.find("-->", at)
            if end < 0:
                return
            at = end + len("-->")
            continue
        name, is_end = tag[2].lower(), bool(tag[1])
        if not hidden and not is_end and _hides(name, tag[3]):
            hidden, depth = name, 1
            yield " "
        elif not hidden:
            yield _Tag(name, is_end, tag[3])
        elif name == hidden:
            depth += -1 if is_end else name not in _FLAT
            hidden = hidden if depth else ""
    if not hidden:
        yield html[at:]


def _hides(name: str, attributes: str) -> bool:
    """Whether an element is no text of the page, with all that is in it."""
    if name in _HIDDEN or (name == "a" and _HEADING_LINK in attributes):
        return True
    return _LEFT_OUT in attributes and name not in _HEADINGS and name not in _EMPTY
