"""Where the live lists of a text stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from outcome_playbook.prose import Fenced, outside_code, scanned, width

NAME: Final = "playbook"
"""What stands behind the fence of a block."""
MOST_LISTS: Final = 50
"""Lists that a page may have. One more is found, to be told of, and those below it are not."""

COUNT: Final = r"(?<!\\)\{\{[ \t]*playbook\.count\(((?:(?!\{\{|\}\})[^\n])*?)\)[ \t]*\}\}"
"""The inline form: a number in a sentence. Its first group is what is counted."""

_ANOTHER = re.compile(r"[ \t]*(?:`{3,}|~{3,})[ \t]*[\w{.]")
_COUNT = re.compile(COUNT)
_ATTEMPT = re.compile(r"(?<!\\)\{\{[ \t]*playbook\.count\b[^\n}]*(?:\}\})?")


@dataclass(frozen=True, slots=True)
class Block:
    r"""A fenced block of a text, from line ``start_line`` to line ``end_line`` of the file.

    ``text`` is the YAML in it without the block's indentation, ``removed`` how many characters that
    took off each of its lines. ``source`` is all that is written, its fences too, without the same
    indentation. ``info`` is what stands behind the first fence. ``number`` counts the blocks of a
    text from 1. A block that is not closed ends above the first blank line.
    """

    start_line: int
    end_line: int
    indent: str
    fence: str
    info: str
    text: str
    source: str
    removed: tuple[int, ...]
    is_closed: bool
    number: int


@dataclass(frozen=True, slots=True)
class Inline:
    """The inline form in a line: ``where`` is what is counted, and begins at ``where_start``.

    ``start`` and ``end`` take in the braces. One that is not written to its end has no ``where``.
    """

    where: str | None
    start: int
    end: int
    where_start: int


def find_blocks(text: str, first_line: int = 1) -> list[Block]:
    r"""Return the blocks of a Markdown text whose lines end in ``\n``, in their order.

    ``first_line`` is the line of the file on which the text begins. A block inside of a longer
    fence, of indented code or of a comment is code.
    """
    found: list[Block] = []
    rest: str | None = text
    while rest is not None and len(found) <= MOST_LISTS:
        rest_line, rest = first_line, None
        for block in _blocks(text, rest_line, len(found)):
            found.append(block)
            if len(found) > MOST_LISTS:
                break
            if not block.is_closed:  # to whoever scans, all below it is code: look there once more
                lines = text.split("\n")[block.end_line - first_line + 1 :]
                rest = text = "\n".join(lines)
                first_line = block.end_line + 1
                break
    return found


def _blocks(text: str, first_line: int, before: int) -> Iterator[Block]:
    if NAME not in text:
        return
    number = before
    for part in scanned(text, first_line):
        if isinstance(part, Fenced) and part.info.split(maxsplit=1)[:1] == [NAME]:
            number += 1
            yield _block(part, number)


def _block(part: Fenced, number: int) -> Block:
    lines = part.lines
    # No line of YAML begins like a fence: then it is the next block whose end was found.
    is_closed = part.is_closed and not any(map(_ANOTHER.match, lines[1:]))
    if not is_closed:
        blank = (place for place, line in enumerate(lines) if not line.strip())
        lines = lines[: next(blank, len(lines))]
    removed = tuple(_removed(line, part.indent) for line in lines)
    bare = [line[cut:] for line, cut in zip(lines, removed, strict=True)]
    inner = slice(1, -1 if is_closed else None)
    return Block(
        part.start,
        part.start + len(lines) - 1,
        part.indent,
        part.fence,
        part.info,
        "\n".join(bare[inner]),
        "\n".join(bare),
        removed[inner],
        is_closed,
        number,
    )


def _removed(line: str, indent: str) -> int:
    """Return how many characters of a line are the indentation that its block has."""
    if line.startswith(indent):
        return len(indent)
    most = width(indent)
    blank = len(line) - len(line.lstrip(" \t"))
    return next((n for n in range(blank, 0, -1) if width(line[:n]) <= most), 0)


def find_inline(line: str) -> list[Inline]:
    """Return the inline forms of a line in which code is blank, in their order."""
    if "playbook.count" not in line:
        return []
    found = [Inline(m[1], m.start(), m.end(), m.start(1)) for m in _COUNT.finditer(line)]
    ends = {one.start for one in found}
    attempts = (m for m in _ATTEMPT.finditer(line) if m.start() not in ends)
    found += (Inline(None, m.start(), m.end(), m.start()) for m in attempts)
    return sorted(found, key=lambda one: one.start)


def inline_in(text: str, first_line: int = 1) -> Iterator[tuple[int, Inline]]:
    """Yield each inline form of a text outside of code, with its line."""
    if "playbook.count" in text:
        for number, line in outside_code(text, first_line):
            for one in find_inline(line):
                yield number, one
