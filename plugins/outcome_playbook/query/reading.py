"""Reads what somebody asks: a condition, an order, columns; and says what is wrong with it."""

from outcome_playbook.query.checking import Checker, field_at
from outcome_playbook.query.conditions import Condition, Fault, Field, SortBy
from outcome_playbook.query.names import Read, names_of
from outcome_playbook.query.parsing import Word, parse, readable_conditions
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Registry


def read_where(
    text: str, kind: Kind | None, registry: Registry | None = None
) -> tuple[Condition | None, list[Fault]]:
    """Return the condition that a query states, and what is wrong with it, in order of place.

    An empty query states none: every record is like that. With a registry, ids, owners and tags
    are looked up in it. A name that nobody has is a fault (``QUERY_NAME``) beside a condition; with
    any other fault there is none.
    """
    if registry is None:
        condition, faults = _read(text, kind, None)
        return condition, list(faults)
    known = names_of(registry).read  # the check asks, and then the page that shows the answer
    if (text, kind) not in known:
        known[text, kind] = _read(text, kind, registry)
    condition, faults = known[text, kind]
    return condition, list(faults)


def _read(text: str, kind: Kind | None, registry: Registry | None) -> Read:
    if not text.strip():
        return None, ()
    part = parse(text)
    checker = Checker(kind, registry)
    if isinstance(part, Fault):
        # Whoever mends it would meet what else is wrong one by one.
        for compared in readable_conditions(text):
            checker.read(compared)
        beside = [fault for fault in checker.faults if not _overlap(fault, part)]
        return None, tuple(sorted([part, *beside], key=lambda fault: fault.start))
    condition = checker.read(part)
    return condition, tuple(checker.faults)


def _overlap(one: Fault, other: Fault) -> bool:
    return one.start < other.end and other.start < one.end


def read_sort(text: str, kind: Kind | None) -> tuple[tuple[SortBy, ...], list[Fault]]:
    """Return the keys that ``-end, title`` sorts by, and what is wrong with it."""
    keys: list[SortBy] = []
    faults: list[Fault] = []
    for word in _split(text):
        down = word.text.startswith("-")
        field = field_at(word.text.removeprefix("-"), word.start + down, word.end, kind)
        if isinstance(field, Field):
            keys.append(SortBy(field, down))
        else:
            faults.append(field)
    return tuple(keys), faults


def read_columns(text: str, kind: Kind | None) -> tuple[tuple[Field, ...], list[Fault]]:
    """Return the fields that ``title, owner`` names, and what is wrong with it."""
    found = [field_at(word.text, word.start, word.end, kind) for word in _split(text)]
    fields = tuple(one for one in found if isinstance(one, Field))
    return fields, [one for one in found if isinstance(one, Fault)]


def _split(text: str) -> list[Word]:
    if not text.strip():
        return []
    found: list[Word] = []
    start = 0
    for part in text.split(","):
        word = part.strip()
        at = start + len(part) - len(part.lstrip())
        found.append(Word(word, at, max(at + len(word), at + 1)))
        start += len(part) + 1
    return found
