"""The page of an outcome: now, why, how we will know, what was tried, what was learned."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from outcome_playbook.pages import glance, words
from outcome_playbook.pages.figures.forest import Forest, forests
from outcome_playbook.pages.figures.strip import Calendar, Span, calendar
from outcome_playbook.pages.glance import Progress
from outcome_playbook.pages.language import say
from outcome_playbook.pages.listing import BY_ATTENTION, alphabetical
from outcome_playbook.pages.parts import (
    ATTENTION,
    Lozenge,
    Ref,
    Said,
    late,
    lozenge,
    maybe_ref,
    moment,
    ref,
    status_of,
    tell,
)
from outcome_playbook.pages.records.common import Fact, Frame, frame, metric_of, named
from outcome_playbook.pages.records.evidence import Waiting, evidence, waiting
from outcome_playbook.pages.records.experiments import (
    Learning,
    in_time,
    is_concluded,
    learnings,
    when,
)
from outcome_playbook.pages.records.tallies import Tallies, anchor, tallies
from outcome_playbook.pages.starting import Starts, starts
from outcome_playbook.pages.urls import explore_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import (
    Conclusion,
    ExperimentStatus,
    HypothesisStatus,
    Kind,
    OutcomeStatus,
    Value,
)
from outcome_playbook.records.models import Experiment, Hypothesis, Metric, Outcome
from outcome_playbook.registry import Entry

_H, _E = HypothesisStatus, ExperimentStatus
_TO_TEST = (_H.TESTING, _H.PROPOSED, _H.DRAFT)
_OVER = (OutcomeStatus.ACHIEVED, OutcomeStatus.MISSED, OutcomeStatus.DROPPED)


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder from what we see to the problem we work on."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """An outcome that is part of this one, with where it stands."""

    ref: Ref
    status: Lozenge
    late: str | None
    progress: Progress


@dataclass(frozen=True, slots=True)
class HypothesisRow:
    """A hypothesis in a list, with a few words on its experiments."""

    ref: Ref
    note: str


@dataclass(frozen=True, slots=True)
class Hypotheses:
    """The hypotheses in one status. ``id`` is the anchor that their count leads to."""

    id: str
    status: Lozenge
    rows: tuple[HypothesisRow, ...]


@dataclass(frozen=True, slots=True)
class Timed:
    """An experiment as a row of the time strip; ``span`` is ``None`` when it has no date."""

    ref: Ref
    note: str
    late: str | None
    look: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class Concluded:
    """Experiments that came to one conclusion, or that stand alike without one."""

    id: str
    status: Lozenge
    rows: tuple[Timed, ...]


@dataclass(frozen=True, slots=True)
class Experiments:
    """The experiments in one status; concluded ones are grouped by what came of them.

    ``id`` is the anchor that their count leads to. A group has an anchor of its own when it is
    counted on its own, else an empty one.
    """

    id: str
    groups: tuple[Concluded, ...]


@dataclass(frozen=True, slots=True)
class OutcomePage:
    frame: Frame
    lede: str | None
    facts: tuple[Fact, ...]
    problem: str | None
    ladder: tuple[Rung, ...]
    why: tuple[Fact, ...]
    metric: Said
    definition: str
    progress: Progress
    progress_note: Said
    parts: tuple[Part, ...]
    hypotheses: tuple[Hypotheses, ...]
    explore_hypotheses: str
    no_hypothesis: str
    starts: Starts | None
    experiments: tuple[Experiments, ...]
    explore_experiments: str
    calendar: Calendar | None
    no_experiment: Said
    evidence: tuple[Forest, ...]
    waiting: tuple[Waiting, ...]
    no_evidence: str
    learnings: tuple[Learning, ...]
    tallies: tuple[Tallies, ...]
    has_parts: bool


def page(view: View, entry: Entry[Outcome]) -> OutcomePage:
    """Return what the page of an outcome shows."""
    record = entry.record
    rollup = view.outcomes[entry.id]
    own, below = rollup.own, rollup.with_children
    experiments = in_time(own.experiments)
    metric = metric_of(view, record.metric)
    progress = glance.progress(view, entry)
    found = tuple(
        forests(evidence(view, experiments, metric), say("Effects, the latest experiment first"))
    )
    parts = view.registry.children_of(entry.id)
    return OutcomePage(
        frame=frame(view, entry, _crumbs(view, record), _relation(view, record)),
        lede=record.summary,
        facts=tuple(_facts(record, metric, progress)),
        problem=record.problem,
        ladder=_ladder(record.root_causes),
        why=tuple(_why(record)),
        metric=named(view, record.metric, "") if record.metric else (),
        definition=(metric.record.definition or "") if metric else "",
        progress=progress,
        progress_note=_by_when(view, record, metric),
        parts=tuple(_part(view, part) for part in parts if part.id != entry.id),
        hypotheses=tuple(_hypotheses(view, own.hypotheses)),
        explore_hypotheses=explore_key(kind=Kind.HYPOTHESIS, outcome=entry.id),
        no_hypothesis=_no_hypothesis(has_parts=bool(below.hypotheses)),
        starts=None if record.status in _OVER else _starts(view, entry, own.hypotheses, metric),
        experiments=tuple(_experiments(view, experiments)),
        explore_experiments=explore_key(kind=Kind.EXPERIMENT, outcome=entry.id),
        calendar=calendar((e.record for e in experiments), view.today),
        no_experiment=_no_experiment(own.hypotheses),
        evidence=found,
        waiting=tuple(waiting(experiments)),
        no_evidence="" if found else say("No evidence yet: no experiment has a figure."),
        learnings=tuple(learnings(own.experiments)),
        tallies=tallies(own, below),
        has_parts=bool(parts),
    )


def _crumbs(view: View, record: Outcome) -> tuple[Ref | None, ...]:
    home = Ref(Kind.OUTCOME.plural, words.kinds(Kind.OUTCOME))
    return home, maybe_ref(view, record.parent)


def _relation(view: View, record: Outcome) -> Said:
    parent = maybe_ref(view, record.parent)
    return tell("part of %(outcome)s", outcome=parent) if parent else ()


def _facts(record: Outcome, metric: Entry[Metric] | None, progress: Progress) -> Iterator[Fact]:
    unit = metric.record.unit if metric else None
    if progress.now and progress.when:
        # Translators: a reading and its day.
        latest = tell("%(value)s, %(day)s", value=progress.now, day=progress.when)
        yield Fact(say("Now"), latest)
    elif record.metric:
        yield Fact(say("Now"), (say("No reading yet"),))
    if record.baseline is not None:
        yield Fact(say("Baseline"), (words.with_unit(record.baseline, unit),))
    if record.target is not None:
        yield Fact(say("Target"), _target(record, words.with_unit(record.target, unit)))
    elif record.status not in _OVER:
        yield Fact(say("Target"), (say("Not set"),))
    if record.beneficiary:
        yield Fact(say("Who benefits"), (record.beneficiary,))


def _target(record: Outcome, value: str) -> Said:
    if record.target_date is None:
        return (value,)
    return tell("%(value)s by %(day)s", value=value, day=moment(record.target_date))


def _ladder(causes: list[str]) -> tuple[Rung, ...]:
    last = len(causes) - 1
    first, between, end = say("What we see"), say("Because"), say("The problem we work on")
    return tuple(
        Rung(end if n == last else first if n == 0 else between, text)
        for n, text in enumerate(causes)
    )


def _why(record: Outcome) -> Iterator[Fact]:
    if record.trade_off:
        yield Fact(say("What we will not do for it"), (record.trade_off,))


def _by_when(view: View, record: Outcome, metric: Entry[Metric] | None) -> Said:
    """Return what else has to be said of the progress: that its date is past or it is stale."""
    if metric and metric.id in view.flags and metric.record.review_by:
        return tell(
            "The metric’s review was due on %(day)s: until somebody reviews it, "
            "do not rely on this number.",
            day=moment(metric.record.review_by),
        )
    is_past = record.target_date is not None and record.target_date < view.today
    if record.target_date and is_past and record.status is OutcomeStatus.ACTIVE:
        return tell("The target date, %(day)s, is past.", day=moment(record.target_date))
    return ()


def _part(view: View, part: Entry[Outcome]) -> Part:
    return Part(
        ref(part), status_of(part), late(view.flags.get(part.id)), glance.progress(view, part)
    )


# Hypotheses and experiments ----------------------------------------------------------------------


def _grouped(
    entries: Iterable[Entry[Any]], word: Callable[[Entry[Any]], str]
) -> dict[str, list[Entry[Any]]]:
    groups: dict[str, list[Entry[Any]]] = {}
    for entry in entries:
        groups.setdefault(word(entry), []).append(entry)
    return groups


def _hypotheses(view: View, entries: tuple[Entry[Hypothesis], ...]) -> Iterator[Hypotheses]:
    groups = _grouped(entries, lambda entry: str(entry.record.status))
    for status in BY_ATTENTION[Kind.HYPOTHESIS]:
        if status in groups:
            by_title = alphabetical(groups[status])
            rows = tuple(HypothesisRow(ref(e), _experiments_in_words(view, e)) for e in by_title)
            yield Hypotheses(anchor(Kind.HYPOTHESIS, status), lozenge(status), rows)


def _experiments_in_words(view: View, hypothesis: Entry[Hypothesis]) -> str:
    experiments = view.registry.experiments_of(hypothesis.id)
    if not experiments:
        return say("no experiment yet")
    waiting = [late(view.flags[e.id]) or "" for e in experiments if e.id in view.flags]
    count = words.plural(len(experiments), "%(number)s experiment", "%(number)s experiments")
    if len(waiting) > 1:
        # Translators: experiments are counted in words of their own, such as "3 experiments".
        return say(
            "%(experiments)s, %(late)s of them late",
            experiments=count,
            late=words.number(len(waiting)),
        )
    return ", ".join([count, *waiting])


def _experiments(view: View, entries: list[Entry[Experiment]]) -> Iterator[Experiments]:
    dates = calendar((entry.record for entry in entries), view.today)
    by_status = _grouped(entries, lambda entry: str(entry.record.status))
    for status in BY_ATTENTION[Kind.EXPERIMENT]:
        if status in by_status:
            groups = tuple(_by_conclusion(view, by_status[status], dates))
            yield Experiments(anchor(Kind.EXPERIMENT, status), groups)


def _by_conclusion(
    view: View, entries: list[Entry[Experiment]], dates: Calendar | None
) -> Iterator[Concluded]:
    groups = _grouped(entries, lambda e: str(e.record.conclusion or "") if is_concluded(e) else "")
    for word in (*map(str, Conclusion), ""):
        if word in groups:
            place = anchor(Kind.EXPERIMENT, word) if word else ""
            rows = tuple(_timed(view, entry, dates) for entry in groups[word])
            yield Concluded(place, status_of(groups[word][0]), rows)


def _timed(view: View, entry: Entry[Experiment], dates: Calendar | None) -> Timed:
    flag = view.flags.get(entry.id)
    return Timed(
        ref(entry),
        when(entry.record),
        late(flag),
        ATTENTION if flag else status_of(entry).look,
        dates.span(entry.record) if dates else None,
    )


def _starts(
    view: View,
    outcome: Entry[Outcome],
    hypotheses: tuple[Entry[Hypothesis], ...],
    metric: Entry[Metric] | None,
) -> Starts:
    """Return the links that begin something for this outcome.

    An experiment is one on its only hypothesis that could be tested, if there is but one.
    """
    of_hypothesis = {"outcome": outcome.id}
    if metric and metric.record.value is not Value.ACTIVITY:
        of_hypothesis["metric"] = metric.id
    open_ones = [e for e in hypotheses if e.record.status in _TO_TEST]
    of_experiment = {"hypothesis": open_ones[0].id} if len(open_ones) == 1 else {}
    return starts(
        view,
        (Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC),
        {Kind.HYPOTHESIS: of_hypothesis, Kind.EXPERIMENT: of_experiment},
        beside=hypotheses,
    )


def _no_hypothesis(*, has_parts: bool) -> str:
    if has_parts:
        return say("No hypothesis of its own; those of its parts are on their pages.")
    return say(
        "No hypothesis yet. The next step is one sentence: what we would change, and what for."
    )


def _no_experiment(hypotheses: tuple[Entry[Hypothesis], ...]) -> Said:
    """Return that nothing was tried, with the hypothesis that could be tested next."""
    if not hypotheses:
        return (say("No experiment yet, for there is no hypothesis to test."),)
    waiting = [e for e in hypotheses if e.record.status in _TO_TEST]
    if not waiting:
        return (say("No experiment yet."),)
    order = BY_ATTENTION[Kind.HYPOTHESIS]
    first = min(waiting, key=lambda e: (order.index(str(e.record.status)), e.id))
    many = words.plural(
        len(waiting),
        "%(number)s hypothesis waits for one",
        "%(number)s hypotheses wait for one, the first",
    )
    return tell("No experiment yet. %(waiting)s: %(first)s.", waiting=many, first=ref(first))
