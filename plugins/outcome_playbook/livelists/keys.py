"""The keys of a block and their values, as they are written, and where they stand in the file."""

import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Final, TypeVar

from outcome_playbook import yaml12
from outcome_playbook.diagnostics import Span, catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, told
from outcome_playbook.livelists.finding import Block
from outcome_playbook.livelists.places import Places
from outcome_playbook.livelists.problems import ListProblem, problem_of
from outcome_playbook.query import Fault
from outcome_playbook.records.wording import in_words, short
from outcome_playbook.suggest import nearest
from outcome_playbook.yaml12 import Data, Loc, Parsed, colon_without_space

KEYS: Final = ("from", "where", "sort", "columns", "view", "limit", "group")

_MOST_TOLD: Final = 10
"""Problems of one value that are told: whoever mends these sees the others."""

T = TypeVar("T")


class Keys:
    """What a block says by key, and what is wrong with how it says it.

    Where things stand is asked only about what is wrong: most blocks are right.
    """

    def __init__(self, block: Block) -> None:
        self.block = block
        self.problems: list[ListProblem] = []
        self._values: Mapping[str, Data] = {}
        self._read()

    @property
    def _first(self) -> int:
        return self.block.start_line + 1

    @cached_property
    def _places(self) -> Places:
        return Places(self.block.text, self._first, self.block.removed)

    @cached_property
    def _found(self) -> yaml12.Positions:
        found = yaml12.positions(self.block.text, self._first)
        if not found.values:  # it is no YAML as a whole
            for text, line in _parts(self.block.text, self._first):
                part = yaml12.positions(text, line)
                found.keys = {**part.keys, **found.keys}
                found.values = {**part.values, **found.values}
        return found

    def _read(self) -> None:
        parsed = yaml12.parse(self.block.text, self._first)
        for fault in parsed.faults[:_MOST_TOLD]:
            message, mend = _in_a_block(fault)
            span = self._places.in_file(fault.span)
            self.report(catalogue.LIST_UNREADABLE, message, mend, span)
        if parsed.data is None and parsed.faults:
            parsed = Parsed(self._in_parts())
        if isinstance(parsed.data, dict):
            faulty = {fault.loc[0] for fault in parsed.faults if fault.loc}
            self._values = {k: v for k, v in parsed.data.items() if k not in faulty}
            for key in [key for key in parsed.data if key not in KEYS][:_MOST_TOLD]:
                self._unknown(key)
        elif parsed.data is not None and not parsed.faults:
            self._no_keys(parsed.data)

    def _in_parts(self) -> dict[str, Data]:
        """Return what can be read of a block that is no YAML as a whole, key by key."""
        found: dict[str, Data] = {}
        for text, line in _parts(self.block.text, self._first):
            parsed = yaml12.parse(text, line)
            if isinstance(parsed.data, dict) and not parsed.faults:
                found = {**parsed.data, **found}
        return {key: value for key, value in found.items() if key in KEYS}

    def _no_keys(self, data: Data) -> None:
        text = self.block.text
        start = len(text) - len(text.lstrip())
        message = told("a block is made of keys, each with a value")
        mend = told("write `from: experiment`, `where: …`, each on a line of its own")
        span = self.span(())
        if isinstance(data, str) and (words := colon_without_space(text, start)):
            first, end, message, mend = words
            span = Span(span.line, span.column, span.line, span.column + end - first)
        self.report(catalogue.LIST_UNREADABLE, message, mend, span)

    def _unknown(self, key: str) -> None:
        meant = nearest(key, KEYS)
        mend = told("the keys are %(keys)s", keys=in_words(KEYS))
        if meant:
            mend = told("write `%(meant)s`; %(keys)s", meant=meant, keys=mend)
        self.report(
            catalogue.LIST_UNREADABLE,
            told("a list has no `%(key)s`", key=short(key)),
            mend,
            self.key_span(key),
            did_you_mean(meant),
        )

    # Values -----------------------------------------------------------------------------------

    def value(self, key: str) -> Data:
        """Return the value of a key as YAML reads it; one that is left blank is a problem."""
        value = self._values.get(key)
        is_blank = value is None or value == [] or (isinstance(value, str) and not value.strip())
        if key in self._values and is_blank:
            self.report(
                catalogue.LIST_UNREADABLE,
                told("`%(key)s` is empty", key=key),
                told("write a value, or delete the key"),
                self.key_span(key),
            )
        return None if is_blank else value

    def text(self, key: str) -> str | None:
        """Return the text of a key."""
        value = self.value(key)
        if value is None or isinstance(value, str):
            return value
        if isinstance(value, bool | int | float):  # read by YAML as more than it is
            return self._as_written((key,))
        self.report(
            catalogue.LIST_UNREADABLE,
            told("`%(key)s` must be text", key=key),
            told("write it in quotes, on one line"),
            self.span((key,)),
        )
        return None

    def _as_written(self, loc: Loc) -> str:
        span = self._found.values[loc]
        line = self.block.text.split("\n")[span.line - self._first]
        return line[span.column - 1 : span.end_column - 1]

    def word(self, key: str, words: Mapping[str, T]) -> T | None:
        """Return what the word of a key stands for, which must be one of these."""
        text = self.text(key)
        if text is None or text.strip() in words:
            return words[text.strip()] if text else None
        meant = nearest(text, words)
        mend = told("write one of %(values)s", values=in_words(words))
        if meant:
            mend = told(
                "write `%(meant)s`, or another of %(values)s", meant=meant, values=in_words(words)
            )
        self.report(
            catalogue.LIST_UNREADABLE,
            told("`%(value)s` is no value of `%(field)s`", value=short(text), field=key),
            mend,
            self.span((key,)),
            did_you_mean(meant),
        )
        return None

    def texts(self, key: str) -> dict[Loc, str]:
        """Return the texts of a key by the way to each: one, or each of a list."""
        value = self.value(key)
        if not isinstance(value, list):
            text = self.text(key) if value is not None else None
            return {} if text is None else {(key,): text}
        found: dict[Loc, str] = {}
        for nth, item in enumerate(value):
            if isinstance(item, str) and item.strip():
                found[key, nth] = item
            else:
                self.report(
                    catalogue.LIST_UNREADABLE,
                    told("`%(key)s` must be names of fields", key=key),
                    told("write `%(key)s: [title, status]`", key=key),
                    self.span((key, nth)),
                )
        return found

    # What is wrong ----------------------------------------------------------------------------

    def span(self, loc: Loc) -> Span:
        """Return where a value stands in the file."""
        span = self._found.values.get(loc) or self._found.keys.get(loc)
        return self._places.in_file(span) if span else fence(self.block)

    def key_span(self, key: str) -> Span:
        """Return where a key stands in the file."""
        span = self._found.keys.get((key,))
        return self._places.in_file(span) if span else fence(self.block)

    def part_span(self, loc: Loc, text: str, start: int, end: int) -> Span:
        """Return where ``text[start:end]`` stands in the file, the text being a value."""
        span = self._found.values.get(loc)
        return self._places.of_part(span, text, start, end) if span else fence(self.block)

    def faults(self, loc: Loc, text: str, faults: list[Fault]) -> None:
        """Note what is wrong with the query that a value is."""
        for fault in faults[:_MOST_TOLD]:
            at = self.part_span(loc, text, fault.start, fault.end)
            self.problems.append(problem_of(fault, at))

    def report(
        self, rule: catalogue.Rule, message: Told, mend: Told, span: Span, label: Told = NOTHING
    ) -> None:
        """Note that something is wrong."""
        self.problems.append(ListProblem(rule, message, mend, span, label))


def did_you_mean(meant: str | None) -> Told:
    """Return the question, if something near is known."""
    return told("did you mean `%(meant)s`?", meant=meant) if meant else NOTHING


def fence(block: Block) -> Span:
    """Return where the first fence of a block stands in the file."""
    start = len(block.indent) + 1
    end = start + len(block.source.split("\n", 1)[0])
    return Span(block.start_line, start, block.start_line, end)


_PART: Final = re.compile(r"^[^\s#-]", re.MULTILINE)


def _parts(text: str, first_line: int) -> Iterator[tuple[str, int]]:
    """Yield the lines of each key, those that are indented below it too, and the first of them."""
    starts = [match.start() for match in _PART.finditer(text)]
    for start, end in zip(starts, [*starts[1:], len(text)], strict=True):
        yield text[start:end], first_line + text.count("\n", 0, start)


_OF_FRONT_MATTER: Final = {
    catalogue.CONTROL_CHARACTER: (
        told("the block holds a control character"),
        told("delete the character, or type the value again"),
    ),
    catalogue.TOO_DEEP: (
        told("the block is nested too deep"),
        told("write each key with a text, a number or a short list"),
    ),
    catalogue.ALIAS: (
        told("YAML's aliases and anchors are not read here"),
        told("put the whole value in quotes"),
    ),
    catalogue.TAG: (
        told("YAML's tags are not read here"),
        told("put the whole value in quotes"),
    ),
}


def _in_a_block(fault: yaml12.Fault) -> tuple[Told, Told]:
    """Return what is wrong with the YAML of a block, and the mend."""
    return _OF_FRONT_MATTER.get(fault.rule, (fault.message, fault.help))
