"""What of a Markdown text is code: fences, what is indented, and spans within a line."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_FENCE: Final = re.compile(r"([ \t]*)(`{3,}|~{3,})(.*)")
_CODE: Final = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)")
_INDENT: Final = ("    ", "\t")
# What takes in the indented lines below it: list items, definitions, footnotes, boxes and tabs.
_ITEM: Final = re.compile(r" {0,3}(?:[-*+:] |[0-9]+[.)] |\[\^[^\]]+\]:|!!!|\?\?\?|===)")
_COMMENT: Final = re.compile(r" {0,3}<!--")


@dataclass(frozen=True, slots=True)
class Fenced:
    """Code between two fences, of which the first stands on line ``start`` of the file.

    ``end`` is the line of the second one, or the last that belongs to the code where there is none.
    ``lines`` are all of them, as they are written. ``info`` is what stands behind the first fence.
    """

    start: int
    end: int
    indent: str
    fence: str
    info: str
    lines: tuple[str, ...]
    is_closed: bool


def outside_code(text: str, first_line: int = 1) -> Iterator[tuple[int, str]]:
    """Yield each line with its number; what is code in it is blank, and lines of code are left out.

    Lines that are indented by four are code unless they belong to a list item or its like. Comments
    that begin a line are left out as well.
    """
    for part in scanned(text, first_line):
        if not isinstance(part, Fenced):
            number, line = part
            yield number, _CODE.sub(_blank, line) if "`" in line else line


def _blank(code: re.Match[str]) -> str:
    return " " * len(code[0])


def scanned(text: str, first_line: int = 1) -> Iterator[tuple[int, str] | Fenced]:
    """Yield the same lines, spans of code still in them, and what stands between fences."""
    lines = text.split("\n")
    around = _Around()
    comments_end = True
    at = 0
    while at < len(lines):
        line = lines[at]
        at += 1
        if not line.strip():
            around.is_blank = True
        elif around.makes_code(line):
            pass
        elif ("`" in line or "~" in line) and (match := _opening(line)):
            end, is_closed = _closing(lines, at, match)
            yield Fenced(
                first_line + at - 1,
                first_line + end - 1,
                match[1],
                match[2],
                match[3].strip(),
                tuple(lines[at - 1 : end]),
                is_closed,
            )
            around.fenced(match[1])
            at = end
        else:
            around.text(line)
            if comments_end and _COMMENT.match(line):
                ends = (place for place in range(at - 1, len(lines)) if "-->" in lines[place])
                if (end_of_comment := next(ends, None)) is not None:
                    at = end_of_comment + 1
                    continue
                comments_end = False  # nor does any below it
            yield first_line + at - 1, line


@dataclass(slots=True)
class _Around:
    """What stands above a line, as far as it decides whether the line is code."""

    is_blank: bool = True
    is_item: bool = False
    is_code: bool = False

    def makes_code(self, line: str) -> bool:
        """Take a line in, and return whether its indentation makes code of it."""
        indented = line.startswith(_INDENT)
        self.is_code = indented and not self.is_item and (self.is_blank or self.is_code)
        if self.is_code:
            self.is_blank = False
        return self.is_code

    def fenced(self, indent: str) -> None:
        """Take in code between fences."""
        self.is_item = self.is_item and (bool(indent) or not self.is_blank)
        self.is_blank = True

    def text(self, line: str) -> None:
        """Take in a line that is no code."""
        if not line.startswith(_INDENT):
            if _ITEM.match(line):
                self.is_item = True
            elif self.is_blank:
                self.is_item = False
        self.is_blank = False


def _opening(line: str) -> re.Match[str] | None:
    match = _FENCE.match(line)
    # A line of code in a paragraph can begin and end with three backticks.
    return match if match and not (match[2][0] == "`" and "`" in match[3]) else None


def _closing(lines: Sequence[str], at: int, opening: re.Match[str]) -> tuple[int, bool]:
    """Return the place behind the last line of code, and whether a fence ends it."""
    fence = opening[2]
    inside = width(opening[1])
    for place in range(at, len(lines)):
        line = lines[place]
        if inside > 3 and line.strip() and width(line) < min(inside, 4):  # noqa: PLR2004 - as _INDENT
            return place, False  # the item of a list ends, and what is in it too
        written = line.strip()
        if written.startswith(fence) and not written.strip(fence[0]):
            return place + 1, True
    return len(lines), False


def width(line: str) -> int:
    """Return by how many columns a line is indented; a tab goes on to the next fourth."""
    columns = 0
    for sign in line:
        if sign == " ":
            columns += 1
        elif sign == "\t":
            columns += 4 - columns % 4
        else:
            break
    return columns
