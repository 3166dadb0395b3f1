"""Answers queries about the records of one day, over indexes that are made where they are asked.

A set of records is one whole number, with a bit for each: joining sets is one step, however many
records there are. Bits stand in the order of kinds and ids, which is how an answer is sorted
unless another order is asked for.
"""

from collections.abc import Mapping
from datetime import date
from functools import reduce
from itertools import compress
from operator import or_
from typing import Any as Anything
from typing import Final

from outcome_playbook.flags import Flag
from outcome_playbook.query.conditions import (
    All,
    Asked,
    Condition,
    Field,
    Missing,
    Not,
    Op,
    Operand,
    Relative,
    SortBy,
    Test,
    Value,
)
from outcome_playbook.query.fields import read_field
from outcome_playbook.query.folding import folded
from outcome_playbook.query.indexes import Index, Key, Place, bits_of, key_of, place_of
from outcome_playbook.query.values import Reader
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Entry, Registry

Groups = tuple[tuple[Value | None, tuple[Entry[Anything], ...]], ...]
"""Records under the values that they are grouped by, ``None`` for those without any."""


class Evaluation:
    """The records of a registry, to be asked. ``flags`` are those of the records, by id.

    What is found is kept, the latest of it: the same question again costs nothing.
    """

    def __init__(self, registry: Registry, today: date, flags: Mapping[str, Flag]) -> None:
        self.registry = registry
        self.today = today
        kinds = list(Kind)
        self.entries: list[Entry[Anything]] = sorted(
            registry.entries.values(), key=lambda entry: (kinds.index(entry.kind), entry.id)
        )
        self._reader = Reader(registry, today, flags)
        self._every = (1 << len(self.entries)) - 1
        self._of_kind = {
            kind: bits_of(n for n, entry in enumerate(self.entries) if entry.kind is kind)
            for kind in kinds
        }
        self._indexes: dict[str, Index] = {}
        self._sets: dict[Test, int] = {}
        self._ranks: dict[tuple[SortBy, ...], list[int]] = {}
        self._found: dict[Asked, tuple[Entry[Anything], ...]] = {}
        self._groups: dict[Asked, Groups] = {}

    def find(self, asked: Asked) -> tuple[Entry[Anything], ...]:
        """Return the records that are asked for in order, however many: ``limit`` is not looked at.

        Without an order it is that of kinds and ids, which also parts those that come out even.
        """
        key = Asked(asked.kind, asked.where, asked.sort)
        if key not in self._found:
            _make_room(self._found, _KEPT)
            chosen = self._chosen(self._bits(asked))
            if asked.sort:
                chosen.sort(key=self._rank(asked.sort).__getitem__)
            self._found[key] = tuple(map(self.entries.__getitem__, chosen))
        return self._found[key]

    def count(self, asked: Asked) -> int:
        """Return how many records are asked for."""
        return self._bits(asked).bit_count()

    def groups(self, asked: Asked) -> Groups:
        """Return the records in order under each value of the field that they are grouped by.

        Values come in order, words of a list in that of the list; last, under ``None``, come the
        records without any. A record stands under each of its values. Without such a field all
        stand under ``None``.
        """
        key = Asked(asked.kind, asked.where, asked.sort, asked.group)
        if key not in self._groups:
            _make_room(self._groups, _KEPT)
            self._groups[key] = self._grouped(key)
        return self._groups[key]

    def value(self, entry: Entry[Anything], field: Field) -> tuple[Value, ...]:
        """Return what a record has in a field, each value once; nothing where it has none."""
        return self._reader.values(entry, field.name)

    def index(self, field: Field) -> Index:
        """Return the index of a field over all records."""
        if field.name not in self._indexes:
            _make_room(self._indexes, _KEPT)
            of = [self._reader.values(entry, field.name) for entry in self.entries]
            self._indexes[field.name] = Index(of)
        return self._indexes[field.name]

    # Which --------------------------------------------------------------------------------------

    def _bits(self, asked: Asked) -> int:
        bits = self._of_kind[asked.kind] if asked.kind else self._every
        return bits & self._matching(asked.where) if asked.where else bits

    def _matching(self, condition: Condition) -> int:
        """Return the records of which a condition holds; it is no deeper than a query may be."""
        if isinstance(condition, Test):
            if condition not in self._sets:
                _make_room(self._sets, _KEPT_SETS)
                self._sets[condition] = self._tested(condition)
            return self._sets[condition]
        if isinstance(condition, Not):
            return self._every & ~self._matching(condition.of)
        found = map(self._matching, condition.of)
        if isinstance(condition, All):
            return reduce(lambda one, other: one & other, found)
        return reduce(or_, found)

    def _tested(self, test: Test) -> int:
        index = self.index(test.field)
        if test.values == (Missing(),):
            has = index.some
            return has if test.op is Op.IS_NOT else self._every & ~has
        if test.op is Op.IS_NOT:
            return self._every & ~index.equal(self._key(test.values[0]))
        if test.op in (Op.IS, Op.HAS, Op.IN):
            return reduce(or_, (index.equal(self._key(value)) for value in test.values))
        if test.op is Op.LIKE:
            return index.like(folded(str(test.values[0])))
        return index.compared(test.op, self._key(test.values[0]))

    def _key(self, operand: Operand) -> Key:
        if isinstance(operand, Relative):
            day = operand.on(self.today)
            return day, day
        if isinstance(operand, Missing):
            raise TypeError(operand)  # it stands alone, never among values
        return key_of(operand)

    def _chosen(self, bits: int) -> list[int]:
        marks = format(bits, "b")[::-1].encode().translate(_MARKS)
        return list(compress(range(len(self.entries)), marks))

    # In which order -----------------------------------------------------------------------------

    def _rank(self, sort: tuple[SortBy, ...]) -> list[int]:
        """Return the place of each record in an order."""
        if sort not in self._ranks:
            _make_room(self._ranks, _KEPT)
            order = list(range(len(self.entries)))
            for by in reversed(sort):
                keys = self._places(by)
                # Sorting is stable, upside down too: those that come out even stay as they are.
                has = [n for n in order if keys[n] is not None]
                has.sort(key=keys.__getitem__, reverse=by.descending)  # type: ignore[arg-type]
                order = has + [n for n in order if keys[n] is None]
            rank = [0] * len(order)
            for place, n in enumerate(order):
                rank[n] = place
            self._ranks[sort] = rank
        return self._ranks[sort]

    def _places(self, by: SortBy) -> list[Place | None]:
        """Return where each record stands by one key, ``None`` for those without a value."""
        field = _of_any_kind(by.field)
        choose = max if by.descending else min
        return [
            choose((place_of(field, value) for value in values), default=None)
            for values in (self._reader.values(entry, field.name) for entry in self.entries)
        ]

    def _grouped(self, asked: Asked) -> Groups:
        found = self.find(asked)
        if asked.group is None:
            return ((None, found),) if found else ()
        under: dict[Value, list[Entry[Anything]]] = {}
        without: list[Entry[Anything]] = []
        for entry in found:
            values = self.value(entry, asked.group)
            for value in values:
                under.setdefault(value, []).append(entry)
            if not values:
                without.append(entry)
        field = _of_any_kind(asked.group)
        groups: list[tuple[Value | None, tuple[Entry[Anything], ...]]] = [
            (value, tuple(under[value]))
            for value in sorted(under, key=lambda v: place_of(field, v))
        ]
        if without:
            groups.append((None, tuple(without)))
        return tuple(groups)


_KEPT: Final = 256
_KEPT_SETS: Final = 10_000
"""Answers to questions and to single conditions that are kept, and indexes and orders."""


def _make_room(kept: dict[Anything, Anything], most: int) -> None:
    """Forget the oldest where as many are kept as may be."""
    if len(kept) >= most:
        del kept[next(iter(kept))]


def _of_any_kind(field: Field) -> Field:
    """Return a field with the words of every kind: orders are kept for all that ask for them."""
    found = read_field(field.name, None)
    return found if isinstance(found, Field) else field


_MARKS: Final = bytes(n == ord("1") for n in range(256))
