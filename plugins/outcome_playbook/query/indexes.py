"""Which records have which values in a field: by value, and in the order of values."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import reduce
from itertools import accumulate
from operator import or_
from typing import Any, Final

from outcome_playbook.query.conditions import Field, Op, Value
from outcome_playbook.query.folding import folded
from outcome_playbook.records.values import CoarseDay

Key = str | float | tuple[date, date]
"""A value as it is compared: a text folded, a date as its first and last day."""

Place = tuple[Any, ...]
"""A value as it is sorted among others of its field."""

_FEW: Final = 8
_MANY: Final = 64


def bits_of(numbers: Iterable[int]) -> int:
    """Return a set of numbers as the bits of one."""
    found = list(numbers)
    if len(found) < _FEW:
        return reduce(or_, (1 << n for n in found), 0)
    marks = bytearray(max(found) // 8 + 1)
    for n in found:
        marks[n >> 3] |= 1 << (n & 7)
    return int.from_bytes(marks, "little")


def key_of(value: Value) -> Key:
    """Return a value as it is compared."""
    if isinstance(value, str):
        return folded(value)
    if isinstance(value, CoarseDay):
        return value.first, value.last
    if isinstance(value, date):
        return value, value
    return value


def place_of(field: Field, value: Value) -> Place:
    """Return where a value stands among others: words as their list goes, texts by the letters."""
    if isinstance(value, str):
        nth = field.allowed.index(value) if value in field.allowed else len(field.allowed)
        return nth, folded(value), value
    key = key_of(value)
    return key if isinstance(key, tuple) else (key,)


class Index:
    """Which records have which values in one field. ``of`` are the values of each record."""

    def __init__(self, of: Sequence[tuple[Value, ...]]) -> None:
        self._numbers: dict[Key, list[int]] = defaultdict(list)
        for n, values in enumerate(of):
            for key in dict.fromkeys(map(key_of, values)):
                self._numbers[key].append(n)
        self.some = bits_of(n for n, values in enumerate(of) if values)
        self._large: dict[Key, int] = {}
        self._runs: dict[str, _Run] = {}
        self._coarse: list[tuple[date, date]] | None = None
        self._texts: _Texts | None = None

    def equal(self, key: Key) -> int:
        """Return who has a value; of dates, one that lies within another."""
        if not isinstance(key, tuple):
            return self._with(key)
        first, last = key
        found = self._run("days").between(first, last)
        if self._coarse is None:
            self._coarse = [k for k in self._numbers if isinstance(k, tuple) and k[0] != k[1]]
        within = (k for k in self._coarse if first <= k[0] and k[1] <= last)
        return reduce(or_, map(self._with, within), found)

    def compared(self, op: Op, key: Key) -> int:
        """Return who has a value before, after, up to or from another.

        A month or a year comes before a day if all of its days do, and is up to one if its last
        day is. So what is known too coarsely to tell is not found.
        """
        first, last = key if isinstance(key, tuple) else (key, key)
        if op is Op.BEFORE:
            return self._run("last").between(None, first, without_high=True)
        if op is Op.UP_TO:
            return self._run("last").between(None, last)
        if op is Op.AFTER:
            return self._run("first").between(last, None, without_low=True)
        return self._run("first").between(first, None)

    def like(self, part: str) -> int:
        """Return who has a text that contains another, both as they are compared."""
        if self._texts is None:
            self._texts = _Texts(self._numbers)
        return bits_of(n for key in self._texts.containing(part) for n in self._numbers[key])

    def _with(self, key: Key) -> int:
        if key in self._large:
            return self._large[key]
        numbers = self._numbers.get(key, ())
        bits = bits_of(numbers)
        if len(numbers) >= _MANY:  # there are few such values, however many records
            self._large[key] = bits
        return bits

    def _run(self, by: str) -> "_Run":
        """Return the values in order, by their ``first`` or ``last`` day, or only ``days``."""
        if by not in self._runs:
            sets: dict[Any, list[Key]] = defaultdict(list)
            for key in self._numbers:
                if not isinstance(key, tuple):
                    sets[key].append(key)
                elif by != "days" or key[0] == key[1]:
                    sets[key[1] if by == "last" else key[0]].append(key)
            ordered = sorted(sets)
            self._runs[by] = _Run(
                ordered, [bits_of(n for k in sets[v] for n in self._numbers[k]) for v in ordered]
            )
        return self._runs[by]


class _Run:
    """Values in order, each with its records, and the records of each block of values at once."""

    def __init__(self, values: Sequence[Any], sets: Sequence[int]) -> None:
        self._values = values
        self._sets = sets
        self._blocks = [
            reduce(or_, sets[start : start + _MANY], 0) for start in range(0, len(sets), _MANY)
        ]

    def between(
        self, low: Any, high: Any, *, without_low: bool = False, without_high: bool = False
    ) -> int:
        """Return the records of all values from ``low`` to ``high``; ``None`` is no bound."""
        values = self._values
        start, end = 0, len(values)
        if low is not None:
            start = (bisect_right if without_low else bisect_left)(values, low)
        if high is not None:
            end = (bisect_left if without_high else bisect_right)(values, high)
        first, last = -(-start // _MANY), end // _MANY
        if first >= last:
            return reduce(or_, self._sets[start:end], 0)
        found = reduce(or_, self._blocks[first:last], 0)
        found = reduce(or_, self._sets[start : first * _MANY], found)
        return reduce(or_, self._sets[last * _MANY : end], found)


class _Texts:
    """Texts one below the other: searched all at once, which takes a tenth of each by itself."""

    def __init__(self, keys: Iterable[Key]) -> None:
        self._keys = [key for key in keys if isinstance(key, str)]
        self._lines = "\n".join(self._keys)  # no key holds a line end: it is one line, folded
        self._starts = list(accumulate((len(key) + 1 for key in self._keys), initial=0))

    def containing(self, part: str) -> Iterator[str]:
        """Yield the texts that contain another."""
        at = self._lines.find(part)
        while at >= 0:
            nth = bisect_right(self._starts, at) - 1
            yield self._keys[nth]
            at = self._lines.find(part, self._starts[nth + 1])
