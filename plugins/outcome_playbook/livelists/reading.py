"""Reads a block: what list it asks for, and what is wrong with it."""

import re
from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.livelists.finding import MOST_LISTS, NAME, Block
from outcome_playbook.livelists.keys import Keys, fence
from outcome_playbook.livelists.livelist import LiveList, View
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
from outcome_playbook.registry import Registry

LONGEST: Final = 20_000
"""Characters of a block."""
MOST_ROWS: Final = 500
"""Records that a list may show."""
MOST_FIELDS: Final = 50
"""Fields that a list may be sorted by, or show."""

_KINDS: Final = {str(kind): kind for kind in Kind}
_VIEWS: Final = {str(view): view for view in View}

N = TypeVar("N", Field, SortBy)


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
    problems = sorted(reader.keys.problems, key=lambda problem: problem.span)
    is_good = all(problem.severity is not Severity.ERROR for problem in problems)
    return (found if is_good else None), problems


def _beyond(block: Block) -> ListProblem | None:
    """Return in which way a block is too much, if it is."""
    if block.number > MOST_LISTS:
        return ListProblem(
            catalogue.LIST_TOO_LARGE,
            told(
                "a page has at most %(most)s lists; this one and those below are not shown",
                most=MOST_LISTS,
            ),
            told("divide the page"),
            fence(block),
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
            fence(block),
        )
    if not block.is_closed:
        return ListProblem(
            catalogue.LIST_UNREADABLE,
            told("the block begins here and never ends"),
            told("end it with the same fence, on a line of its own"),
            fence(block),
        )
    return None


class _Reader:
    """Reads what the keys of one block ask for, and notes what is wrong on the way."""

    def __init__(self, block: Block, registry: Registry | None) -> None:
        self.block = block
        self.registry = registry
        self.keys = Keys(block)

    def read(self) -> LiveList:
        """Return the list; it is of use where there is no problem."""
        if self.block.info != NAME:
            self.keys.report(
                catalogue.LIST_UNREADABLE,
                told("nothing is read of what stands behind `playbook`"),
                told("write it below, as `name: value`"),
                fence(self.block),
            )
        kind = self.keys.word("from", _KINDS)
        view = self.keys.word("view", _VIEWS) or View.TABLE
        asked = Asked(
            kind,
            self._condition(kind),
            self._fields("sort", kind, read_sort, lambda key: key.field),
            self._group(kind),
            self._fields("columns", kind, read_columns, lambda column: column),
            self._limit(),
        )
        return LiveList(asked, view)

    def _condition(self, kind: Kind | None) -> Condition | None:
        where = self.keys.text("where")
        if where is None:
            return None
        condition, faults = read_where(where, kind, self.registry)
        self.keys.faults(("where",), where, faults)
        return condition

    def _fields(
        self,
        key: str,
        kind: Kind | None,
        read: Callable[[str, Kind | None], tuple[tuple[N, ...], list[Fault]]],
        field_of: Callable[[N], Field],
    ) -> tuple[N, ...]:
        """Return the fields that a key names: in a list, or in one text with commas."""
        texts = self.keys.texts(key)
        if sum(text.count(",") + 1 for text in texts.values()) > MOST_FIELDS:
            self.keys.report(
                catalogue.LIST_TOO_LARGE,
                told("`%(key)s` names at most %(most)s fields", key=key, most=MOST_FIELDS),
                told("name fewer fields"),
                self.keys.span((key,)),
            )
            return ()
        found: dict[str, N] = {}
        for loc, text in texts.items():
            fields, faults = read(text, kind)
            self.keys.faults(loc, text, faults)
            if faults:  # which field stands where is not known
                fields = ()
            for one, place in zip(fields, _between_commas(text), strict=bool(fields)):
                name = field_of(one).name
                if name in found:
                    self.keys.report(
                        catalogue.LIST_UNREADABLE,
                        told("`%(key)s` names `%(field)s` twice", key=key, field=name),
                        told("delete one of the two"),
                        self.keys.part_span(loc, text, *place),
                    )
                found[name] = one
        return tuple(found.values())

    def _group(self, kind: Kind | None) -> Field | None:
        text = self.keys.text("group")
        if text is None:
            return None
        fields, faults = read_columns(text, kind)
        self.keys.faults(("group",), text, faults)
        if len(fields) > 1:
            self.keys.report(
                catalogue.LIST_UNREADABLE,
                told("a list is in groups by one field"),
                told("write `group: %(field)s`", field=fields[0].name),
                self.keys.span(("group",)),
            )
        return fields[0] if fields else None

    def _limit(self) -> int | None:
        limit = self.keys.value("limit")
        if limit is None:
            return None
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
        self.keys.report(rule, message, mend, self.keys.span(("limit",)))
        return None


def _between_commas(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each name stands that commas part."""
    for part in re.finditer(r"[^,]+", text):
        name = part[0].strip()
        start = part.start() + part[0].index(name)
        yield start, start + len(name)
