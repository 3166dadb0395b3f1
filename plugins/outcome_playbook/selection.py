"""Which records somebody asks for, by what they are and by whom; asked in one way by every face."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from outcome_playbook.flags import Flag, FlagName
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.registry import Entry, Registry
from outcome_playbook.rollups import work_on
from outcome_playbook.suggest import Titles, nearest


class SelectionError(ValueError):
    """Somebody asked for what there is not; the text says what there is."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for. Of several values of one field, any will do; nothing asks for all.

    ``outcomes`` are ids, earlier ones too, ``flags`` names of flags.
    """

    kinds: Sequence[str] = ()
    statuses: Sequence[str] = ()
    outcomes: Sequence[str] = ()
    owners: Sequence[str] = ()
    tags: Sequence[str] = ()
    flags: Sequence[str] = ()


def select(registry: Registry, flags: dict[str, Flag], wanted: Wanted) -> list[Entry[Any]]:
    """Return the records that are wanted, by kind, by status as a record goes, and by id.

    ``flags`` are those of the records, by id. Under an outcome stand the outcome itself, its parts
    and theirs, their hypotheses, and the experiments on those. Raises ``SelectionError`` for a
    value that no record could have, or has.
    """
    tests = list(_tests(registry, flags, wanted))
    found = (e for e in registry.entries.values() if all(test(e) for test in tests))
    return sorted(found, key=_place)


def due(entry: Entry[Any]) -> str:
    """Return when a record is due, as coarse as it is known, or nothing."""
    day = entry.record.due
    return "" if day is None else str(day)


def _place(entry: Entry[Any]) -> tuple[int, int, str]:
    statuses = list(STATUSES[entry.kind])
    return list(Kind).index(entry.kind), statuses.index(entry.record.status), entry.id


def _tests(
    registry: Registry, flags: dict[str, Flag], wanted: Wanted
) -> Iterator[Callable[[Entry[Any]], bool]]:
    kinds = {_known("kind", word, list(map(str, Kind))) for word in wanted.kinds}
    if kinds:
        yield lambda entry: str(entry.kind) in kinds
    statuses = {
        _status(word, [k for k in Kind if k in kinds or not kinds]) for word in wanted.statuses
    }
    if statuses:
        yield lambda entry: str(entry.record.status) in statuses
    names = {_known("flag", word, list(map(str, FlagName))) for word in wanted.flags}
    if names:
        yield lambda entry: entry.id in flags and str(flags[entry.id].name) in names
    if wanted.outcomes:
        below = _below(registry, wanted.outcomes)
        yield lambda entry: entry.id in below
    records = [entry.record for entry in registry.entries.values()]
    owners = _written("owner", wanted.owners, (r.owner for r in records if r.owner))
    if owners:
        yield lambda entry: entry.record.owner in owners
    tags = _written("tag", wanted.tags, (tag for r in records for tag in r.tags))
    if tags:
        yield lambda entry: not tags.isdisjoint(entry.record.tags)


def _below(registry: Registry, outcomes: Iterable[str]) -> set[str]:
    found: set[str] = set()
    for id_ in outcomes:
        outcome = registry.find(id_)
        if outcome is None or outcome.kind is not Kind.OUTCOME:
            raise SelectionError(_no_outcome(registry, id_, outcome))
        parts = [part.id for part in registry.with_descendants(outcome.id)]
        work = work_on(registry, parts)
        found.update(parts, (e.id for e in work.hypotheses), (e.id for e in work.experiments))
    return found


def _no_outcome(registry: Registry, id_: str, other: Entry[Any] | None) -> str:
    if other is not None:
        return f"`{id_}` is {other.kind.with_article}, not an outcome"
    near = Titles({e.id: e.title for e in registry.outcomes}).nearest(id_, but="", most=1)
    meant = f"; did you mean `{near[0]}` ({registry.entries[near[0]].title})?" if near else ""
    return f"no outcome has the id `{id_}`{meant}"


def _status(word: str, kinds: Sequence[Kind]) -> str:
    allowed = dict.fromkeys(str(status) for kind in kinds for status in STATUSES[kind])
    of = f" of {kinds[0].with_article}" if len(kinds) == 1 else ""
    return _known("status", word, list(allowed), of, "statuses")


def _known(name: str, word: str, allowed: Sequence[str], of: str = "", plural: str = "") -> str:
    """Return a word of a closed list; say what is in it of any other."""
    if word in allowed:
        return word
    meant = nearest(word, allowed)
    asked = f" (did you mean `{meant}`?)" if meant else ""
    listed = ", ".join(f"`{one}`" for one in allowed)
    raise SelectionError(
        f"`{word}` is no {name}{of}{asked}. The {plural or f'{name}s'} are {listed}"
    )


def _written(name: str, asked: Iterable[str], in_use: Iterable[str]) -> set[str]:
    """Return the names in use that are meant, whatever their case."""
    known: dict[str, set[str]] = {}
    for one in in_use:
        known.setdefault(one.casefold(), set()).add(one)
    found: set[str] = set()
    for word in asked:
        if word.strip().casefold() not in known:
            every = sorted(one for names in known.values() for one in names)
            meant = nearest(word, every)
            more = f"; did you mean `{meant}`?" if meant else ""
            raise SelectionError(f"no record has the {name} `{word}`{more}")
        found |= known[word.strip().casefold()]
    return found
