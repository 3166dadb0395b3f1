"""Lists of records that stay usable at any length: grouped, counted, folded, in compact rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, TypeVar

from outcome_playbook.flags import Flag
from outcome_playbook.pages import words
from outcome_playbook.pages.language import say, term_plural
from outcome_playbook.pages.parts import Card, Ref, card, late, ref
from outcome_playbook.pages.urls import record_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import Experiment, Metric, Outcome
from outcome_playbook.registry import Entry

T = TypeVar("T")

MOST_CARDS = 30
"""A list with more records than this is shown in compact rows."""
MOST_OPEN = 20
"""A group with more records than this is folded in a long list."""
NO_OUTCOME = "no-outcome"
"""The anchor of the group of records that are under no readable outcome."""

BY_ATTENTION: dict[Kind, tuple[str, ...]] = {
    Kind.OUTCOME: tuple(map(str, STATUSES[Kind.OUTCOME])),
    Kind.METRIC: ("approved", "proposed", "deprecated"),
    Kind.HYPOTHESIS: (
        *("testing", "supported", "not_supported", "inconclusive"),
        *("proposed", "draft", "parked", "dropped"),
    ),
    Kind.EXPERIMENT: ("review", "running", "planned", "concluded", "cancelled"),
}
"""The order of statuses in a list: what moves, what is known, what waits, what was set aside."""


@dataclass(frozen=True, slots=True)
class Group:
    """A part of a list under a heading.

    ``level`` is that of the heading, ``total`` counts ``cards`` and those of the groups below it.
    Where the cards are folded away, ``show`` is written on what opens them; else it is empty.
    """

    id: str
    level: int
    title: str
    ref: Ref | None
    note: str
    cards: tuple[Card, ...]
    total: int
    show: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of records. ``compact`` ones are rows of tables; ``jump`` says whether to lead in.

    Groups that are not ``counted`` are shown without their length.
    """

    groups: tuple[Group, ...]
    total: int
    compact: bool
    jump: bool
    counted: bool


@dataclass(frozen=True, slots=True)
class Node:
    """An outcome in the tree. ``below`` holds its own id and those of its parts, each once."""

    outcome: Entry[Outcome]
    depth: int
    below: tuple[str, ...]

    @property
    def has_parts(self) -> bool:
        """Whether other outcomes are part of it."""
        return len(self.below) > 1


def fold(items: Sequence[T], most: int) -> tuple[Sequence[T], Sequence[T]]:
    """Split a list in what is shown and what is folded away. One alone is never folded away."""
    if len(items) <= most + 1:
        return items, items[:0]
    return items[:most], items[most:]


_SHOW = {
    Kind.OUTCOME: term_plural("Show %(number)s outcome", "Show %(number)s outcomes"),
    Kind.METRIC: term_plural("Show %(number)s metric", "Show %(number)s metrics"),
    Kind.HYPOTHESIS: term_plural("Show %(number)s hypothesis", "Show %(number)s hypotheses"),
    Kind.EXPERIMENT: term_plural("Show %(number)s experiment", "Show %(number)s experiments"),
}


def listing(groups: Iterable[Group], kind: Kind | None) -> Listing:
    """Return a list of these groups, in the form that suits its length.

    Without a ``kind``, the records are of several and are not counted.
    """
    found = tuple(groups)
    total = sum(len(group.cards) for group in found)
    long = total > MOST_CARDS
    return Listing(
        tuple(_folded(group, kind) if long else group for group in found),
        total,
        compact=long,
        jump=len(found) > 1,
        counted=kind is not None,
    )


def _folded(group: Group, kind: Kind | None) -> Group:
    number = len(group.cards)
    if number <= MOST_OPEN:
        return group
    return replace(group, show=words.plural(number, *_SHOW[kind]) if kind else say("Show all"))


def tree(view: View) -> list[Node]:
    """Return every outcome once, parents before their parts, active ones first.

    Where parents run in a circle, the circle begins at its first outcome.
    """
    rank = {str(status): place for place, status in enumerate(STATUSES[Kind.OUTCOME])}
    rank["active"] = -1

    def order(entry: Entry[Outcome]) -> tuple[int, str, str]:
        return rank[str(entry.record.status)], entry.title.casefold(), entry.id

    outcomes = sorted(view.registry.outcomes, key=order)
    inside = {e.id for o in outcomes for e in view.registry.children_of(o.id) if e.id != o.id}
    walked: list[tuple[Entry[Outcome], int]] = []
    seen: set[str] = set()
    for root in [*(o for o in outcomes if o.id not in inside), *outcomes]:
        waiting = [(root, 0)]
        while waiting:
            entry, depth = waiting.pop()
            if entry.id in seen:
                continue
            seen.add(entry.id)
            walked.append((entry, depth))
            children = sorted(view.registry.children_of(entry.id), key=order, reverse=True)
            waiting += [(child, depth + 1) for child in children]
    return _with_parts(walked)


def _with_parts(walked: list[tuple[Entry[Outcome], int]]) -> list[Node]:
    below: dict[str, list[str]] = {}
    above: list[tuple[str, int]] = []
    for entry, depth in walked:
        while above and above[-1][1] >= depth:
            above.pop()
        above.append((entry.id, depth))
        below[entry.id] = []
        for id_, _ in above:
            below[id_].append(entry.id)
    return [Node(entry, depth, tuple(below[entry.id])) for entry, depth in walked]


def anchor(outcome: Entry[Outcome]) -> str:
    """Return the anchor of an outcome's group on a list."""
    return record_key(Kind.OUTCOME, outcome.id).replace("outcomes/", "outcome-", 1)


def by_outcome(view: View, entries: Iterable[Entry[Any]], level: int = 2) -> Listing:
    """Group hypotheses, or experiments, by the outcome they serve, parts below their whole."""
    own: dict[str, list[Entry[Any]]] = {}
    kind = None
    for entry in entries:
        kind = entry.kind
        outcome = view.registry.outcome_of(entry)
        own.setdefault(outcome.id if outcome else "", []).append(entry)
    groups = []
    for node in tree(view):
        total = sum(len(own.get(id_, ())) for id_ in node.below)
        if not total:
            continue
        cards = listed(view, own.get(node.outcome.id, ()))
        note = "" if cards else say("None of its own; those of its parts follow.")
        id_, title = anchor(node.outcome), node.outcome.title
        here = min(level + node.depth, 4)
        groups.append(Group(id_, here, title, ref(node.outcome), note, cards, total))
    if stray := own.get(""):
        note = say("They name no outcome, or one that cannot be read.")
        cards = listed(view, stray)
        title = say("Under no outcome")
        groups.append(Group(NO_OUTCOME, level, title, None, note, cards, len(cards)))
    return listing(groups, kind)


def listed(view: View, entries: Iterable[Entry[Any]]) -> tuple[Card, ...]:
    """Return records as cards: late ones first, then by status, newest first."""
    return tuple(as_card(view, entry) for entry in in_order(view, entries))


def as_card(view: View, entry: Entry[Any]) -> Card:
    """Return a record as a card of a list.

    A metric without a summary is told by its definition, and a hypothesis is as late as its
    experiment. The kind is left out: a list is of one kind, or has it as its heading.
    """
    if entry.id not in view.cards:
        made = card(view, entry)
        text = made.say
        if not text and isinstance(entry.record, Metric):
            text = entry.record.definition or ""
        view.cards[entry.id] = replace(made, kind="", say=text, late=late(flag_of(view, entry)))
    return view.cards[entry.id]


def in_order(view: View, entries: Iterable[Entry[Any]]) -> list[Entry[Any]]:
    """Sort records as somebody who has to act reads them."""

    def key(entry: Entry[Any]) -> tuple[float, int, int, str, str]:
        status = BY_ATTENTION[entry.kind].index(str(entry.record.status))
        newest = last_change(view, entry)
        waited = days_late(view, entry)
        return -waited, status, -newest.toordinal(), entry.title.casefold(), entry.id

    return sorted(entries, key=key)


def flag_of(view: View, entry: Entry[Any]) -> Flag | None:
    """Return why a record waits: its own flag; for a hypothesis, the longest of its experiments."""
    if entry.kind is not Kind.HYPOTHESIS:
        return view.flags.get(entry.id)
    below = (view.flags.get(e.id) for e in view.registry.experiments_of(entry.id))
    waiting = [flag for flag in below if flag]
    return max(waiting, key=lambda flag: flag.days or 0, default=None)


def days_late(view: View, entry: Entry[Any]) -> float:
    """Return how long a record has waited for somebody; what never began has waited longest."""
    flag = flag_of(view, entry)
    if flag is None:
        return -1.0
    return float("inf") if flag.days is None else float(flag.days)


def last_change(view: View, entry: Entry[Any]) -> date:
    """Return the last day a record tells of that is not in the future; without one, the first."""
    of_hypothesis = entry.kind is Kind.HYPOTHESIS
    entries = view.registry.experiments_of(entry.id) if of_hypothesis else [entry]
    days = [day for one in entries for day in _days(one.record) if day <= view.today]
    return max(days, default=date.min)


def _days(record: Any) -> list[date]:
    if not isinstance(record, Experiment):
        return []
    if record.decision:
        return [record.decision.date]
    ends = (record.start.first if record.start else None, record.end.last if record.end else None)
    return [day for day in ends if day]


def alphabetical(entries: Iterable[Entry[Any]]) -> list[Entry[Any]]:
    """Sort records by title."""
    return sorted(entries, key=lambda entry: (entry.title.casefold(), entry.id))
