"""What comes out of YAML: plain data, where it stands, and what could not be read."""

import re
from bisect import bisect_right
from dataclasses import dataclass, field
from typing import Final, TypeAlias

import yaml

from outcome_playbook.diagnostics import Span
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import Told

Data: TypeAlias = "str | int | float | bool | list[Data] | dict[str, Data] | None"
Loc: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and indexes, such as ``("results", 0, "metric")``."""

MAX_SHOWN: Final = 40
"""A message shows this many characters of a key or a value."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the YAML itself: the rule, what is wrong, the mend, and where."""

    rule: Rule
    message: Told
    help: Told
    span: Span
    loc: Loc = ()


@dataclass(slots=True)
class Parsed:
    """The data of a YAML text, and what could not be read of it."""

    data: Data = None
    faults: list[Fault] = field(default_factory=list)


@dataclass(slots=True)
class Positions:
    """Where every key and every value of a YAML text stands, by the way to it."""

    keys: dict[Loc, Span] = field(default_factory=dict)
    values: dict[Loc, Span] = field(default_factory=dict)


class Spans:
    """Turns marks of the parser and offsets into its text into spans of the file."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        self._starts: list[int] = []

    def between(self, start: yaml.Mark, end: yaml.Mark) -> Span:
        """Return the span between two marks."""
        first = self._first_line
        return Span(first + start.line, start.column + 1, first + end.line, end.column + 1)

    def at(self, start: int, end: int) -> Span:
        """Return the span between two offsets into the text."""
        if not self._starts:
            self._starts = [0, *(m.end() for m in re.finditer("\n", self._text))]
        (line, column), (end_line, end_column) = self._point(start), self._point(end)
        return Span(line, column, end_line, end_column)

    def _point(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._starts, offset) - 1
        return self._first_line + row, offset - self._starts[row] + 1


def cut(text: str, most: int = MAX_SHOWN) -> str:
    """Return text for a message: one line, and not long."""
    line = text.replace("\n", " ")
    return line if len(line) <= most else f"{line[:most]}…"
