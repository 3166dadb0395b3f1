"""The text of HTML that a page shows. It is read for its words: no tag of it is ever written."""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

# What is no text of the page: scripts, and the sign that links to a heading.
_HIDDEN = re.compile(
    r'<(script|style|template|svg)\b.*?</\1>|<a class="headerlink".*?</a>|<!--.*?-->',
    re.DOTALL | re.IGNORECASE,
)
# These may stand within a word.
_INSIDE = re.compile(
    r"</?(?:a|abbr|b|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|sub|sup|u|wbr)\b[^>]*>",
    re.IGNORECASE,
)
_TAG = re.compile(r"</?[a-z][^>]*>|<!\w[^>]*>", re.IGNORECASE)
_HEADING = re.compile(
    r"<h([1-6])\b([^>]*)>(.*?)</h\1>",
    re.DOTALL | re.IGNORECASE,
)
_ID = re.compile(r'\sid="([^"]*)"')
_LEFT_OUT = "data-search-exclude"


class Section(NamedTuple):
    """A part of a page: its anchor, empty for the beginning; its heading and its text, plain."""

    anchor: str
    title: str
    text: str


def plain(html: str) -> str:
    """Return the text of HTML in one line."""
    if "<" not in html:
        return " ".join(unescape(html).split())
    text = _TAG.sub(" ", _INSIDE.sub("", _HIDDEN.sub(" ", html)))
    return " ".join(unescape(text).split())


def sections(html: str) -> Iterator[Section]:
    """Yield the beginning of a page, and each part below a heading that can be linked to.

    The page's own title is its beginning's. A part with ``data-search-exclude`` is left out.
    """
    html = _HIDDEN.sub(" ", html)
    anchor, title, start = "", "", 0
    left_out = False
    for heading in _HEADING.finditer(html):
        level, attributes, inner = heading.groups()
        found = _ID.search(attributes)
        if level != "1" and found is None:
            continue
        if not left_out:
            yield Section(anchor, title, plain(html[start : heading.start()]))
        left_out = _LEFT_OUT in attributes
        anchor = unescape(found[1]) if found and level != "1" else ""
        title, start = plain(inner), heading.end()
    if not left_out:
        yield Section(anchor, title, plain(html[start:]))
