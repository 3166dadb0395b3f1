"""Live lists in Markdown: a block ``playbook`` becomes the list that it asks for.

A fence of another extension would know neither its file nor its line, so the blocks are taken out
before any fence is read. What is put in their place are elements: the headings of groups are real
ones, which the table of contents and the check of anchors see; all else is HTML in the stash.
Text that somebody contributed is in the stash too, escaped: no later step takes it for Markdown.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from html import escape

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.blockprocessors import BlockProcessor  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.extensions.toc import unique  # type: ignore[import-untyped]
from markdown.inlinepatterns import InlineProcessor  # type: ignore[import-untyped]
from markdown.postprocessors import Postprocessor  # type: ignore[import-untyped]
from markdown.preprocessors import Preprocessor  # type: ignore[import-untyped]
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]
from markdown.util import ETX, STX, AtomicString  # type: ignore[import-untyped]

from outcome_playbook.diagnostics import Span
from outcome_playbook.livelists import (
    COUNT,
    Block,
    ListProblem,
    Read,
    find_blocks,
    find_inline,
    read_inline,
)
from outcome_playbook.pages.broken import mend
from outcome_playbook.pages.drawing import Box, Heading, Html, Node, drawn
from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.livelists import Wrong, live, number, wrong
from outcome_playbook.plugin.files import Site

# Python-Markdown runs the highest number first.
_BEFORE_FENCES = 26
_AFTER_LISTS = 85  # the item of a list that a block stands in is found, and no code is yet
_BEFORE_HIGHLIGHTING = 35
_AFTER_ATTRIBUTES, _AFTER_CODE = 6, 185
"""Attributes in braces are read, and the table of contents is not yet made; ``code`` is set off."""
_LAST = 1

_MARK = re.compile(f"{STX}playbook-list:([0-9]+){ETX}")
_MARK_ALONE = re.compile(rf"^ {{0,3}}{_MARK.pattern} *$", re.MULTILINE)
_SIGNS = str.maketrans("", "", STX + ETX)
"""What Markdown marks its own places with; in a title they would lead to what is stashed there."""
_HEADING = re.compile("h[1-6]")

Draw = Callable[[Sequence[Block]], list[tuple[Node, ...]]]
"""Returns what stands in the place of each block of one page."""


def draw(site: Site, blocks: Sequence[Block], url: str) -> list[tuple[Node, ...]]:
    """Return what stands in the place of each block of the page at ``url``."""
    if not blocks:
        return []
    with speaking(site.renderer.language):
        return [_drawn(site, read, url) for read in site.view.lists.read(blocks)]


def _drawn(site: Site, read: Read, url: str) -> tuple[Node, ...]:
    if read.list is None:
        return drawn(site.renderer, url, _wrong(read.block, read.problems))
    # From two pages of one depth the way to a third is the same.
    made = (read.list, url.count("/"))
    if made not in site.lists:
        site.lists[made] = drawn(site.renderer, url, live(site.view, read.list))
    return site.lists[made]


def _wrong(block: Block, problems: Iterable[ListProblem]) -> Wrong:
    """Return what is wrong with a block, its lines counted from its fence: the card shows those."""
    up, left = block.start_line - 1, len(block.indent)
    found = []
    for problem in problems:
        at = problem.span
        span = Span(
            at.line - up, max(at.column - left, 1), at.end_line - up, max(at.end_column - left, 2)
        )
        found.append(replace(problem, span=span).at(""))
    return wrong(block.source, found)


def count(site: Site, written: str, url: str) -> str:
    """Return the HTML of the number that an inline form stands for."""
    with speaking(site.renderer.language):
        for inline in find_inline(written):
            asked, problems = read_inline(inline, 1, site.view.registry)
            if asked is None:
                said = mend(problems[0].at(""))
                return site.renderer.part("live_wrong", url, written, said)
            return site.renderer.part("live_number", url, number(site.view, asked))
    return escape(written)


class LiveLists(Extension):  # type: ignore[misc]
    """Hands the blocks of a page to ``draw``, and each inline form to ``count``."""

    def __init__(self, draw: Draw, count: Callable[[str], str]) -> None:
        super().__init__()
        self._draw, self._count = draw, count

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take the blocks out, and put the lists in once it is known where they stand."""
        found: list[Block] = []
        lists: list[tuple[Node, ...]] = []
        own: list[ET.Element] = []
        finder = _Finder(found, lists, self._draw)
        md.preprocessors.register(finder, "playbook_lists", _BEFORE_FENCES)
        builder = _Builder(md, lists, own)
        md.parser.blockprocessors.register(builder, "playbook_lists", _AFTER_LISTS)
        md.inlinePatterns.register(_Count(md, self._count), "playbook_count", _AFTER_CODE)
        put_back = _PutBack(found)
        md.treeprocessors.register(put_back, "playbook_code", _BEFORE_HIGHLIGHTING)
        md.treeprocessors.register(_Headings(own), "playbook_headings", _AFTER_ATTRIBUTES)
        md.postprocessors.register(_Leftover(found), "playbook_leftover", _LAST)


class _Finder(Preprocessor):  # type: ignore[misc]
    """Puts a mark in place of each block, and has all of them drawn: they share one limit."""

    def __init__(self, found: list[Block], lists: list[tuple[Node, ...]], draw: Draw) -> None:
        super().__init__()
        self._found, self._lists, self._draw = found, lists, draw

    def run(self, lines: list[str]) -> list[str]:
        self._found.clear()
        self._lists.clear()
        if not any("playbook" in line for line in lines):
            return lines
        kept: list[str] = []
        line = 0
        for block in find_blocks("\n".join(lines)):
            kept += lines[line : block.start_line - 1]
            mark = f"{STX}playbook-list:{len(self._found)}{ETX}"
            kept += ["", f"{block.indent}{mark}", ""]
            self._found.append(block)
            line = block.end_line
        self._lists += self._draw(self._found)
        return kept + lines[line:]


class _Builder(BlockProcessor):  # type: ignore[misc]
    """Puts the list in the place of its mark."""

    def __init__(self, md: Markdown, lists: list[tuple[Node, ...]], own: list[ET.Element]) -> None:
        super().__init__(md.parser)
        self._md, self._lists, self._own = md, lists, own

    def test(self, parent: ET.Element, block: str) -> bool:
        del parent
        return STX in block and _MARK_ALONE.search(block) is not None

    def run(self, parent: ET.Element, blocks: list[str]) -> None:
        block = blocks.pop(0)
        match = _MARK_ALONE.search(block)
        if match is None:  # it was tested
            return
        if before := block[: match.start()].strip("\n"):
            self.parser.parseBlocks(parent, [before])
        if after := block[match.end() :].strip("\n"):
            blocks.insert(0, after)
        for node in self._lists[int(match[1])]:
            self._put(parent, node)

    def _put(self, parent: ET.Element, node: Node) -> None:
        match node:
            case Html(html):
                # A paragraph that holds a whole block gives way to it.
                ET.SubElement(parent, "p").text = self._stashed(html)
            case Heading(anchor, html, look):
                heading = ET.SubElement(parent, "h6", {"class": look, "data-anchor": anchor})
                # Attributes in braces are read from the heading's own text: it has none.
                ET.SubElement(heading, "span").text = self._stashed(html)
                self._own.append(heading)
                if parent.tag == "section":
                    parent.set("aria-labelledby", anchor)
            case Box(tag, attributes, inner):
                attributes = {name: _without_signs(text) for name, text in attributes.items()}
                box = ET.SubElement(parent, tag, attributes)
                for one in inner:
                    self._put(box, one)

    def _stashed(self, html: str) -> AtomicString:
        return AtomicString(self._md.htmlStash.store(_without_signs(html)))


def _without_signs(text: str) -> str:
    return text.translate(_SIGNS)


class _Headings(Treeprocessor):  # type: ignore[misc]
    """Gives the headings of groups their level, below the one they stand under, and their id."""

    def __init__(self, own: list[ET.Element]) -> None:
        super().__init__()
        self._own = own

    def run(self, root: ET.Element) -> None:
        if not self._own:
            return
        own = set(self._own)
        self._own.clear()
        used = {element.get("id") for element in root.iter()}
        level = 1
        names: dict[str, str] = {}
        for element in root.iter():
            if element in own:
                element.tag = f"h{min(level + 1, 6)}"
                anchor = element.attrib.pop("data-anchor")
                names[anchor] = unique(anchor, used)
                element.set("id", names[anchor])
            elif _HEADING.fullmatch(str(element.tag)):
                level = int(element.tag[1])
        for section in root.iter("section"):
            anchor = section.get("aria-labelledby", "")
            heading = next((one for one in section if one in own), None)
            if anchor and heading is not None:
                section.set("aria-labelledby", heading.attrib["id"])


class _Count(InlineProcessor):  # type: ignore[misc]
    """Puts a number in the place of the inline form; code is set off before."""

    def __init__(self, md: Markdown, count: Callable[[str], str]) -> None:
        super().__init__(COUNT, md)
        self._count = count

    def handleMatch(  # noqa: N802 - Python-Markdown's name
        self, m: re.Match[str], data: str
    ) -> tuple[str, int, int]:
        """Return the number, stashed, and what it takes the place of."""
        del data
        return self.md.htmlStash.store(_without_signs(self._count(m[0]))), m.start(), m.end()


class _PutBack(Treeprocessor):  # type: ignore[misc]
    """Gives code that only looked like a block its lines back."""

    def __init__(self, found: list[Block]) -> None:
        super().__init__()
        self._found = found

    def run(self, root: ET.Element) -> None:
        if self._found:
            for element in root.iter("code"):
                if element.text and STX in element.text:
                    text = _MARK.sub(lambda mark: self._found[int(mark[1])].source, element.text)
                    element.text = AtomicString(text)


class _Leftover(Postprocessor):  # type: ignore[misc]
    """Shows a block that no Markdown is read around, such as one in raw HTML, as it is written."""

    def __init__(self, found: list[Block]) -> None:
        super().__init__()
        self._found = found

    def run(self, text: str) -> str:
        if STX not in text:
            return text
        return _MARK.sub(lambda mark: escape(self._found[int(mark[1])].source), text)
