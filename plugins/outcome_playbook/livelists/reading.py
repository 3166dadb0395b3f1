"""Reads the blocks and inline forms of a text: what they ask for, and what is wrong with them."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, TypeVar

from outcome_playbook import yaml12
from outcome_playbook.diagnostics import Severity, Span, catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, told
from outcome_playbook.livelists.finding import MOST, NAME, Block, Inline, find_blocks, inline_in
from outcome_playbook.livelists.places import Places
from outcome_playbook.livelists.problems import ListProblem
from outcome_playbook.query import (
    Asked,
    Condition,
    Fault,
    Field,
    SortBy,
    read_columns,
    read_sort,
    read_where,
)
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.wording import in_words, short
from outcome_playbook.registry import Registry
from outcome_playbook.suggest import nearest
from outcome_playbook.yaml12 import Data, Loc, colon_without_space

LONGEST: Final = 20_000
"""Characters of a block."""
MOST_ROWS: Final = 500
"""Records that a list may show."""
MOST_FIELDS: Final = 50
"""Fields that a list may be sorted by, or show."""
_MOST_TOLD: Final = 10
"""Problems of one value that are told: whoever mends these sees the others."""

KEYS: Final = ("from", "where", "sort", "columns", "view", "limit", "group")

T = TypeVar("T")


class View(StrEnum):
    """How a list is shown."""

    TABLE = "table"
    LIST = "list"
    CARDS = "cards"
    BOARD = "board"
    COUNT = "count"
    STACK = "stack"


@dataclass(frozen=True, slots=True)
class LiveList:
    """A list as a block asks for it, which begins on ``line`` of its file.

    ``where`` is its condition as it is written, empty where there is none.
    """

    asked: Asked
    view: View
    line: int
    where: str = ""


# A text, a block, an inline form ----------------------------------------------------------------

_MAY_HAVE_ONE: Final = re.compile(r"(?:```|~~~)[ \t]*playbook|playbook\.count")


def problems_in(text: str, first_line: int, registry: Registry) -> Iterator[ListProblem]:
    """Yield what is wrong with the live lists of a Markdown text, which most texts have none of."""
    if NAME not in text or not _MAY_HAVE_ONE.search(text):
        return
    for block in find_blocks(text, first_line):
        yield from read_block(block, registry)[1]
    for line, inline in inline_in(text, first_line):
        yield from read_inline(inline, line, registry)[1]


def read_block(
    block: Block, registry: Registry | None = None
) -> tuple[LiveList | None, list[ListProblem]]:
    """Return the list that a block asks for, and what is wrong with it, in order of place.

    There is no list where something of it is an error. With a registry, ids, owners and tags are
    looked up in it. Never raises for what a block holds.
    """
    if problem := _beyond(block):
        return None, [problem]
    reader = _Reader(block, registry)
    found = reader.read()
    problems = sorted(reader.problems, key=lambda problem: problem.span)
    is_good = all(problem.severity is not Severity.ERROR for problem in problems)
    return (found if is_good else None), problems


def read_inline(
    inline: Inline, line: int, registry: Registry | None = None
) -> tuple[Asked | None, list[ListProblem]]:
    """Return what the inline form on a line counts, and what is wrong with it."""
    if inline.where is None or not inline.where.strip():
        span = Span(line, inline.start + 1, line, inline.end + 1)
        message = told("a number in a sentence needs a query in brackets and two braces around it")
        return None, [ListProblem(catalogue.LIST_UNREADABLE, message, _WRITE_COUNT, span)]
    asked, faults = read_count(inline.where, registry)
    start = inline.where_start + 1
    return asked, [
        _problem(fault, Span(line, start + fault.start, line, start + fault.end))
        for fault in faults
    ]


_WRITE_COUNT = told("write `{{ playbook.count(kind = experiment and status = running) }}`")


def read_count(
    where: str, registry: Registry | None = None
) -> tuple[Asked | None, tuple[Fault, ...]]:
    """Return what the inline form asks to be counted, and the faults of its query."""
    condition, faults = read_where(where, None, registry)
    return (None if any(map(_is_error, faults)) else Asked(where=condition)), tuple(faults)


def _beyond(block: Block) -> ListProblem | None:
    """Return in which way a block is too much, if it is."""
    if block.number > MOST:
        return ListProblem(
            catalogue.LIST_TOO_LARGE,
            told(
                "a page has at most %(most)s lists; this one and those below are not shown",
                most=MOST,
            ),
            told("divide the page"),
            _fence(block),
        )
    if len(block.text) > LONGEST:
        return ListProblem(
            catalogue.LIST_TOO_LARGE,
            told(
                "the block has %(number)s characters; at most %(most)s are read",
                number=len(block.text),
                most=LONGEST,
            ),
            told("ask for less in one list"),
            _fence(block),
        )
    if not block.is_closed:
        return ListProblem(
            catalogue.LIST_UNREADABLE,
            told("the block begins here and never ends"),
            told("end it with the same fence, on a line of its own"),
            _fence(block),
        )
    return None


def _fence(block: Block) -> Span:
    start = len(block.indent) + 1
    end = start + len(block.source.split("\n", 1)[0])
    return Span(block.start_line, start, block.start_line, end)


# Queries ------------------------------------------------------------------------------------------


def _is_error(fault: Fault) -> bool:
    return fault.rule is not catalogue.QUERY_NAME


def _problem(fault: Fault, span: Span) -> ListProblem:
    # Records change: the last one of an owner may go, and no page is wrong because of it.
    severity = Severity.ERROR if _is_error(fault) else Severity.WARNING
    return ListProblem(fault.rule, fault.message, fault.help, span, fault.label, severity)


# The keys of a block ------------------------------------------------------------------------------


class _Reader:
    """Reads one block, and notes what is wrong on the way."""

    def __init__(self, block: Block, registry: Registry | None) -> None:
        self.block = block
        self.registry = registry
        self.problems: list[ListProblem] = []
        self.places = Places(block.text, block.start_line + 1, block.removed)
        self._found = yaml12.Positions()
        self._values: Mapping[str, Data] = {}

    def read(self) -> LiveList:
        """Return the list; it is of use where there is no problem."""
        block = self.block
        if block.info != NAME:
            self._report(
                catalogue.LIST_UNREADABLE,
                told("nothing is read of what stands behind `playbook`"),
                told("write it below, as `name: value`"),
                _fence(block),
            )
        self._read_yaml()
        kind = self._word("from", {str(kind): kind for kind in Kind})
        view = self._word("view", {str(view): view for view in View}) or View.TABLE
        where = self._text("where")
        condition = self._condition(where, kind)
        sort: list[SortBy] = self._fields("sort", kind, read_sort)
        columns: list[Field] = self._fields("columns", kind, read_columns)
        asked = Asked(
            kind, condition, tuple(sort), self._group(kind), tuple(columns), self._limit()
        )
        return LiveList(asked, view, block.start_line, where or "")

    def _read_yaml(self) -> None:
        first = self.block.start_line + 1
        parsed = yaml12.parse(self.block.text, first)
        self._found = yaml12.positions(self.block.text, first)
        for fault in parsed.faults:
            message, mend = _in_a_block(fault)
            self._report(catalogue.LIST_UNREADABLE, message, mend, self.places.in_file(fault.span))
        if isinstance(parsed.data, dict):
            faulty = {fault.loc[0] for fault in parsed.faults if fault.loc}
            self._values = {k: v for k, v in parsed.data.items() if k not in faulty}
            for key in [key for key in parsed.data if key not in KEYS][:_MOST_TOLD]:
                self._unknown(key)
        elif parsed.data is not None and not parsed.faults:
            self._no_keys(parsed.data)

    def _no_keys(self, data: Data) -> None:
        text = self.block.text
        start = len(text) - len(text.lstrip())
        message = told("a block is made of keys, each with a value")
        mend = told("write `from: experiment`, `where: …`, each on a line of its own")
        span = self._span(())
        if isinstance(data, str) and (words := colon_without_space(text, start)):
            first, end, message, mend = words
            span = Span(span.line, span.column, span.line, span.column + end - first)
        self._report(catalogue.LIST_UNREADABLE, message, mend, span)

    def _unknown(self, key: str) -> None:
        meant = nearest(key, KEYS)
        mend = told("the keys are %(keys)s", keys=in_words(KEYS))
        if meant:
            mend = told("write `%(meant)s`; %(keys)s", meant=meant, keys=mend)
        self._report(
            catalogue.LIST_UNREADABLE,
            told("a list has no `%(key)s`", key=short(key)),
            mend,
            self.places.in_file(self._found.keys.get((key,)) or _fence(self.block)),
            _did_you_mean(meant),
        )

    # Values -----------------------------------------------------------------------------------

    def _has(self, key: str) -> bool:
        """Whether a key has a value; one that is left blank is a problem."""
        if key not in self._values:
            return False
        value = self._values[key]
        if value is None or value == [] or (isinstance(value, str) and not value.strip()):
            self._report(
                catalogue.LIST_UNREADABLE,
                told("`%(key)s` is empty", key=key),
                told("write a value, or delete the key"),
                self.places.in_file(self._found.keys[(key,)]),
            )
            return False
        return True

    def _text(self, key: str) -> str | None:
        """Return the text of a key."""
        if not self._has(key):
            return None
        value = self._values[key]
        if isinstance(value, str):
            return value
        if isinstance(value, bool | int | float):  # read by YAML as more than it is
            return self._as_written((key,))
        self._report(
            catalogue.LIST_UNREADABLE,
            told("`%(key)s` must be text", key=key),
            told("write it in quotes, on one line"),
            self._span((key,)),
        )
        return None

    def _as_written(self, loc: Loc) -> str:
        span = self._found.values[loc]
        line = self.block.text.split("\n")[span.line - self.block.start_line - 1]
        return line[span.column - 1 : span.end_column - 1]

    def _word(self, key: str, words: Mapping[str, T]) -> T | None:
        text = self._text(key)
        if text is None or text.strip() in words:
            return words[text.strip()] if text else None
        meant = nearest(text, words)
        mend = told("write one of %(values)s", values=in_words(words))
        if meant:
            mend = told(
                "write `%(meant)s`, or another of %(values)s", meant=meant, values=in_words(words)
            )
        self._report(
            catalogue.LIST_UNREADABLE,
            told("`%(value)s` is no value of `%(field)s`", value=short(text), field=key),
            mend,
            self._span((key,)),
            _did_you_mean(meant),
        )
        return None

    def _condition(self, where: str | None, kind: Kind | None) -> Condition | None:
        if where is None:
            return None
        condition, faults = read_where(where, kind, self.registry)
        self._faults(("where",), where, faults)
        return condition

    def _fields(
        self,
        key: str,
        kind: Kind | None,
        read: Callable[[str, Kind | None], tuple[tuple[T, ...], list[Fault]]],
    ) -> list[T]:
        """Return the fields that a key names: in a list, or in one text with commas."""
        value = self._values.get(key)
        names = value if isinstance(value, list) else str(value).split(",")
        if len(names) > MOST_FIELDS:
            self._report(
                catalogue.LIST_TOO_LARGE,
                told("`%(key)s` names at most %(most)s fields", key=key, most=MOST_FIELDS),
                told("name fewer fields"),
                self._span((key,)),
            )
            return []
        if not isinstance(value, list):
            text = self._text(key)
            texts: dict[Loc, str] = {} if text is None else {(key,): text}
        else:
            self._has(key)
            texts = {}
            for nth, item in enumerate(value):
                if isinstance(item, str) and item.strip():
                    texts[key, nth] = item
                else:
                    self._report(
                        catalogue.LIST_UNREADABLE,
                        told("`%(key)s` must be names of fields", key=key),
                        told("write `%(key)s: [title, status]`", key=key),
                        self._span((key, nth)),
                    )
        found: list[T] = []
        for loc, text in texts.items():
            fields, faults = read(text, kind)
            self._faults(loc, text, faults)
            found += fields
        return found

    def _group(self, kind: Kind | None) -> Field | None:
        text = self._text("group")
        if text is None:
            return None
        fields, faults = read_columns(text, kind)
        self._faults(("group",), text, faults)
        if len(fields) > 1:
            self._report(
                catalogue.LIST_UNREADABLE,
                told("a list is in groups by one field"),
                told("write `group: %(field)s`", field=fields[0].name),
                self._span(("group",)),
            )
        return fields[0] if fields else None

    def _limit(self) -> int | None:
        if not self._has("limit"):
            return None
        limit = self._values["limit"]
        if isinstance(limit, int) and not isinstance(limit, bool) and 1 <= limit <= MOST_ROWS:
            return limit
        mend = told("write a whole number from 1 to %(most)s", most=MOST_ROWS)
        rule, message = (
            catalogue.LIST_UNREADABLE,
            told("`limit` is the number of records that are shown"),
        )
        if isinstance(limit, int | float) and limit > MOST_ROWS:
            rule = catalogue.LIST_TOO_LARGE
            message = told("a list shows at most %(most)s records", most=MOST_ROWS)
        self._report(rule, message, mend, self._span(("limit",)))
        return None

    # Places -----------------------------------------------------------------------------------

    def _span(self, loc: Loc) -> Span:
        span = self._found.values.get(loc) or self._found.keys.get(loc)
        return self.places.in_file(span) if span else _fence(self.block)

    def _faults(self, loc: Loc, text: str, faults: list[Fault]) -> None:
        span = self._found.values.get(loc)
        for fault in faults[:_MOST_TOLD]:
            at = _fence(self.block)
            if span is not None:
                at = self.places.of_part(span, text, fault.start, fault.end)
            self.problems.append(_problem(fault, at))

    def _report(
        self, rule: catalogue.Rule, message: Told, mend: Told, span: Span, label: Told = NOTHING
    ) -> None:
        self.problems.append(ListProblem(rule, message, mend, span, label))


def _did_you_mean(meant: str | None) -> Told:
    return told("did you mean `%(meant)s`?", meant=meant) if meant else NOTHING


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
