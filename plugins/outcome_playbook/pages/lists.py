"""The rollup by outcome, and the whole list of each kind."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from outcome_playbook import rollups
from outcome_playbook.pages import counted, words
from outcome_playbook.pages.adding import NONE_YET, HowTo, how_to_add
from outcome_playbook.pages.glance import Progress, Stack, progress, stack
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.listing import (
    MOST_OPEN,
    NO_OUTCOME,
    Group,
    Listing,
    Node,
    alphabetical,
    anchor,
    by_outcome,
    listed,
    listing,
    tree,
)
from outcome_playbook.pages.parts import (
    Count,
    Lozenge,
    Ref,
    counts,
    late,
    lozenge,
    maybe_ref,
    owner_ref,
    ref,
    status_of,
)
from outcome_playbook.pages.starting import Starts, starts_of_list
from outcome_playbook.pages.urls import explore_key, record_key, status_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import (
    STATUSES,
    Conclusion,
    ExperimentStatus,
    Kind,
    Value,
)
from outcome_playbook.records.models import Outcome
from outcome_playbook.registry import Entry
from outcome_playbook.rollups import Work, count_by_status

VALUES: dict[Value | None, tuple[str, str]] = {
    Value.CUSTOMER: (
        term("Customer value"),
        term("The people we work for would notice the change."),
    ),
    Value.BUSINESS: (
        term("Business value"),
        term("The organisation would notice: what it earns, spends or risks."),
    ),
    Value.OPERATIONAL: (
        term("Operational"),
        term("How well the work runs: time, errors, cost of each case."),
    ),
    Value.ACTIVITY: (
        term("Activity"),
        term("These rise when we are busy. They may guard an experiment, and never measure it."),
    ),
}
NO_VALUE = (
    term("Value not written"),
    term("Nobody has written yet whom a change of these creates value for."),
)


@dataclass(frozen=True, slots=True)
class Tally:
    """Hypotheses by status, experiments by status and by conclusion; each leads to its list."""

    hypotheses: tuple[Count, ...]
    experiments: tuple[Count, ...]
    conclusions: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """An outcome's work together with that of its parts."""

    label: str
    hypotheses: Count | None
    experiments: Count | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """An outcome in the rollup. ``depth`` is how far below the widest outcome it is, at most 4."""

    ref: Ref
    depth: int
    part_of: Ref | None
    status: Lozenge
    late: str | None
    owner: Ref | None
    progress: Progress
    stack: Stack
    tally: Tally
    running: Count | None
    no_experiment: str
    parts: Parts | None


@dataclass(frozen=True, slots=True)
class Index:
    """Titles under a status or a conclusion: the list that a total leads to."""

    id: str
    lozenge: Lozenge
    refs: tuple[Ref, ...]
    folded: bool


@dataclass(frozen=True, slots=True)
class Outcomes:
    """The rollup by outcome. ``all`` counts every record, ``stray`` those under no outcome.

    ``explore`` is the view of Explore with the same records, here as in other lists.
    """

    rows: tuple[OutcomeRow, ...]
    statuses: tuple[Count, ...]
    all: Tally
    stray: Tally | None
    index: tuple[Index, ...]
    totals: tuple[Count, Count, Count]
    explore: str
    starts: Starts
    empty: HowTo | None


@dataclass(frozen=True, slots=True)
class Records:
    """The whole list of a kind. ``statuses`` add up to ``total``; ``all`` is that in words."""

    all: str
    total: int
    statuses: tuple[Count, ...]
    explore: str
    listing: Listing
    index: tuple[Index, ...]
    starts: Starts
    empty: HowTo | None


def outcomes(view: View) -> Outcomes:
    """Return the rollup by outcome: each with its own work and that with its parts."""
    registry = view.registry
    every = Work(tuple(registry.hypotheses), tuple(registry.experiments))
    stray = Work(
        tuple(e for e in registry.hypotheses if registry.outcome_of(e) is None),
        tuple(e for e in registry.experiments if registry.outcome_of(e) is None),
    )
    return Outcomes(
        rows=tuple(row(view, node) for node in tree(view)),
        statuses=statuses_here(registry.outcomes, Kind.OUTCOME),
        all=totals_of(every),
        stray=_stray(stray),
        index=index(registry.outcomes, Kind.OUTCOME),
        totals=(
            whole(Kind.OUTCOME, len(registry.outcomes)),
            whole(Kind.HYPOTHESIS, len(registry.hypotheses)),
            whole(Kind.EXPERIMENT, len(registry.experiments)),
        ),
        explore=explore_key(kind=[Kind.OUTCOME, Kind.HYPOTHESIS, Kind.EXPERIMENT]),
        starts=starts_of_list(view, Kind.OUTCOME),
        empty=None if registry.outcomes else how_to_add(view, Kind.OUTCOME),
    )


def row(view: View, node: Node) -> OutcomeRow:
    """Return an outcome as a row of the rollup."""
    entry = node.outcome
    record: Outcome = entry.record
    own = view.outcomes[entry.id].own
    key = record_key(Kind.OUTCOME, entry.id)
    by_status = own.experiments_by_status()
    running = counts([ExperimentStatus.RUNNING], by_status, lambda _: f"{key}#experiments")
    of_parts = say("None of its own.") if node.has_parts else ""
    none = of_parts or say(NONE_YET[Kind.HYPOTHESIS])
    return OutcomeRow(
        ref=ref(entry),
        depth=min(node.depth, 4),
        part_of=maybe_ref(view, record.parent) if node.depth else None,
        status=status_of(entry),
        late=late(view.flags.get(entry.id)),
        owner=owner_ref(view, record.owner),
        progress=progress(view, entry),
        stack=stack(own.hypotheses, f"{key}#hypotheses", none),
        tally=_tally(own, f"{key}#hypotheses", f"{key}#experiments"),
        running=running[0] if running else None,
        no_experiment=of_parts or say(NONE_YET[Kind.EXPERIMENT]),
        parts=_parts(view, node) if node.has_parts else None,
    )


def _parts(view: View, node: Node) -> Parts:
    work = rollups.work_on(view.registry, node.below)
    below = anchor(node.outcome)
    hypotheses, experiments = f"hypotheses#{below}", f"experiments#{below}"
    parts = len(node.below) - 1
    return Parts(
        label=words.plural(parts, "With its %(number)s part", "With its %(number)s parts"),
        hypotheses=_count(Kind.HYPOTHESIS, len(work.hypotheses), hypotheses)
        if work.hypotheses
        else None,
        experiments=_count(Kind.EXPERIMENT, len(work.experiments), experiments)
        if work.experiments
        else None,
        tally=_tally(work, hypotheses, experiments),
    )


def _tally(work: Work, hypotheses: str, experiments: str) -> Tally:
    return _tallied(work, lambda _: hypotheses, lambda _: experiments, lambda _: experiments)


def _stray(work: Work) -> Tally | None:
    if not work.hypotheses and not work.experiments:
        return None
    return _tally(work, f"hypotheses#{NO_OUTCOME}", f"experiments#{NO_OUTCOME}")


def totals_of(work: Work) -> Tally:
    """Return counts that lead to the page of each status."""
    concluded = status_key(Kind.EXPERIMENT, ExperimentStatus.CONCLUDED)
    return _tallied(
        work,
        partial(status_key, Kind.HYPOTHESIS),
        partial(status_key, Kind.EXPERIMENT),
        lambda word: f"{concluded}#conclusion-{word}",
    )


_Key = Callable[[str], str]


def _tallied(work: Work, hypotheses: _Key, experiments: _Key, conclusions: _Key) -> Tally:
    return Tally(
        counts(STATUSES[Kind.HYPOTHESIS], work.hypotheses_by_status(), hypotheses),
        counts(STATUSES[Kind.EXPERIMENT], work.experiments_by_status(), experiments),
        counts(Conclusion, work.conclusions(), conclusions),
    )


def whole(kind: Kind, number: int) -> Count:
    """Return how many records of a kind there are, as a link to all of them."""
    return _count(kind, number, kind.plural)


def _count(kind: Kind, number: int, key: str) -> Count:
    return Count(number, counted.of_kind(kind, number), "draft", key)


def statuses_of(view: View, kind: Kind) -> tuple[Count, ...]:
    """Return how many records of a kind are in each status, each a link to their list."""
    entries = view.registry.of_kind(kind)
    if kind in (Kind.HYPOTHESIS, Kind.EXPERIMENT):
        return counts(STATUSES[kind], count_by_status(entries), partial(status_key, kind))
    return statuses_here(entries, kind)


def statuses_here(entries: Iterable[Entry[Any]], kind: Kind) -> tuple[Count, ...]:
    """Return counts by status of a kind whose statuses have no page but a place on its list."""
    found = count_by_status(entries)
    return counts(STATUSES[kind], found, lambda status: f"{kind.plural}#status-{status}")


def index(entries: Iterable[Entry[Any]], kind: Kind, before: str = "") -> tuple[Index, ...]:
    """Return the titles of a kind's records under each status.

    ``before`` begins the anchors on a page that has the same status of several kinds.
    """
    found = alphabetical(entries)
    groups = [(word, [e for e in found if e.record.status is word]) for word in STATUSES[kind]]
    return tuple(
        titles(f"{before}status-{word}", str(word), group) for word, group in groups if group
    )


def titles(id_: str, word: str, entries: list[Entry[Any]]) -> Index:
    """Return titles under a word of a closed list; many are folded."""
    refs = tuple(ref(entry) for entry in entries)
    return Index(id_, lozenge(word), refs, folded=len(refs) > MOST_OPEN)


def records(view: View, kind: Kind) -> Records:
    """Return the whole list of hypotheses, experiments or metrics, grouped."""
    entries = view.registry.of_kind(kind)
    of_metrics = kind is Kind.METRIC
    return Records(
        all=counted.of_kind(kind, len(entries)),
        total=len(entries),
        statuses=statuses_of(view, kind),
        explore=explore_key(kind=kind),
        listing=_by_value(view, entries) if of_metrics else by_outcome(view, entries),
        index=index(entries, kind) if of_metrics else (),
        starts=starts_of_list(view, kind),
        empty=None if entries else how_to_add(view, kind),
    )


def _by_value(view: View, entries: Iterable[Entry[Any]]) -> Listing:
    groups = []
    for value, (title, note) in {**VALUES, None: NO_VALUE}.items():
        cards = listed(view, [e for e in entries if e.record.value is value])
        if cards:
            id_ = f"value-{value}" if value else "no-value"
            groups.append(Group(id_, 2, say(title), None, say(note), cards, len(cards)))
    return listing(groups, Kind.METRIC)
