"""Values in words: numbers with their unit, texts as far as they differ, lists by what moved."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final

LONGEST: Final = 60
"""Characters that are shown of a text."""
_BESIDE: Final = 2
"""Words that are shown on either side of those that differ."""
_ITEMS: Final = 4
"""Items that are named of what came to a list, or went."""

Say = Callable[[Any], str]

_ONE = {f"{one}s": one for one in ("point", "second", "minute", "hour", "day", "week", "month")}


def number(value: float) -> str:
    """Return a number with its thousands set off and a true minus, no digit lost."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.15g}"
    return text.replace("-", "−")


def measured(value: float, unit: str | None) -> str:
    """Return a number with its unit: 68%, 14 days, 1 day."""
    if not unit:
        return number(value)
    if unit == "%":
        return f"{number(value)}%"
    return f"{number(value)} {_ONE.get(unit, unit) if abs(value) == 1 else unit}"


def difference_unit(unit: str | None) -> str | None:
    """Return the unit of a difference: percentages differ by points."""
    return "points" if unit in ("%", "percentage points") else unit


def from_to(before: float, after: float, unit: str | None, unit_now: str | None) -> str:
    """Return two numbers, their unit once where it is the same: 14 → 10 days."""
    shared = unit == unit_now and unit != "%"
    first = number(before) if shared else measured(before, unit)
    return f"{first} → {measured(after, unit_now)}"


def quoted(text: str, most: int = LONGEST) -> str:
    """Return a text in quotation marks, on one line and cut where it is long."""
    return f"“{cut(text, most)}”"


def cut(text: str, most: int = LONGEST) -> str:
    """Return a text on one line, at most so long."""
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"


def text_from_to(before: str, after: str) -> str:
    """Return two texts, where they are long the words that differ and a few around them."""
    old, new = before.split(), after.split()
    if old == new:
        return "set in other lines"
    if len(" ".join(old)) <= LONGEST and len(" ".join(new)) <= LONGEST:
        return f"{quoted(before)} → {quoted(after)}"
    first = _shared(old, new)
    last = min(_shared(old[::-1], new[::-1]), min(len(old), len(new)) - first)
    return " → ".join(quoted(_around(words, first, len(words) - last)) for words in (old, new))


def _shared(some: Sequence[str], others: Sequence[str]) -> int:
    """Return with how many words both begin."""
    pairs = enumerate(zip(some, others, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(some), len(others)))


def _around(words: Sequence[str], first: int, last: int) -> str:
    """Return a stretch of words with its neighbours, by which it can be found."""
    first, last = max(0, first - _BESIDE), min(len(words), last + _BESIDE)
    lead, tail = ("… " if first else ""), (" …" if last < len(words) else "")
    return f"{lead}{' '.join(words[first:last])}{tail}"


def listed(parts: Iterable[str]) -> str:
    """Return the first parts, and how many more there are."""
    parts = list(parts)
    more = len(parts) - _ITEMS
    shown = ", ".join(parts[:_ITEMS])
    return f"{shown} and {more} more" if more > 0 else shown


def list_from_to(before: Sequence[Any], after: Sequence[Any], key: Say, was: Say, now: Say) -> str:
    """Return what came to a list, what went, what is different and whether the order changed.

    Items with the same ``key`` are the same item; ``was`` and ``now`` say one in words.
    """
    old, new = _keyed(before, key), _keyed(after, key)
    said = []
    if came := [now(item) for name, item in new.items() if name not in old]:
        said.append(f"added {listed(came)}")
    if went := [was(item) for name, item in old.items() if name not in new]:
        said.append(f"removed {listed(went)}")
    kept = [name for name in new if name in old]
    differ = [name for name in kept if old[name] != new[name]]
    if differ:
        said.append(listed(_item(was(old[name]), now(new[name])) for name in differ))
    if kept != [name for name in old if name in new]:
        said.append("put in another order")
    return "; ".join(said) or "written in another way"


def _item(was: str, now: str) -> str:
    return f"{was} → {now}" if was != now else f"details of {now}"


def _keyed(items: Sequence[Any], key: Say) -> dict[tuple[str, int], Any]:
    """Return items by key; those that share one are told apart by their order."""
    seen: Counter[str] = Counter()
    found = {}
    for item in items:
        name = key(item)
        found[name, seen[name]] = item
        seen[name] += 1
    return found
