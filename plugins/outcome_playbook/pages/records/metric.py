"""The page of a metric: what it is, what we would do if it moved, and who relies on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcome_playbook.pages import glance, words
from outcome_playbook.pages.figures.forest import Forest, Line, forests
from outcome_playbook.pages.figures.readings import Course, course
from outcome_playbook.pages.figures.timeline import Bar
from outcome_playbook.pages.language import say
from outcome_playbook.pages.listing import alphabetical, fold
from outcome_playbook.pages.parts import (
    ATTENTION,
    Lozenge,
    Moment,
    Ref,
    Said,
    late,
    maybe_ref,
    moment,
    ref,
    status_of,
    tell,
)
from outcome_playbook.pages.records.common import Fact, Frame, frame
from outcome_playbook.pages.records.experiments import in_time, is_concluded, on_metric, when
from outcome_playbook.pages.starting import Starts, starts
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import ExperimentStatus, Kind, MetricStatus, Value
from outcome_playbook.records.models import Experiment, Metric, Outcome
from outcome_playbook.registry import Entry

_LONGEST_UNIT = 24
"""A unit of more letters is said once, and not behind every number."""
_MOST_READINGS = 20
_NOT_RUN = (ExperimentStatus.PLANNED, ExperimentStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading with its unit, its day and where it was read."""

    day: Moment
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings, the newest first; ``more`` are folded away.

    ``unit`` is empty unless it is too long to stand behind each value.
    """

    latest: ReadingRow
    since: Said
    unit: str
    better: str
    shown: tuple[ReadingRow, ...]
    more: tuple[ReadingRow, ...]
    has_sources: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """An experiment that tested a metric, with its time on the axis of the readings."""

    ref: Ref
    status: Lozenge
    note: str
    late: str | None
    look: str
    bar: Bar | None


@dataclass(frozen=True, slots=True)
class Behind:
    """The days on which an experiment ran, on the ground of a metric's line."""

    look: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Held:
    """An outcome that is measured by a metric: from where to where, and how far it has come."""

    ref: Ref
    baseline: str
    target: Said
    stands: str


@dataclass(frozen=True, slots=True)
class Relying:
    """Those who rely on a metric in one way."""

    title: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Effects:
    """What concluded experiments did to a metric.

    ``tables`` hold the effects with an interval, ``unclear`` those without, of which nobody can
    say whether they moved it. ``counts`` says how many there are of each.
    """

    counts: tuple[str, ...]
    tables: tuple[Forest, ...]
    unclear: tuple[Forest, ...]


@dataclass(frozen=True, slots=True)
class MetricPage:
    """What the page of a metric shows.

    ``tried`` are the experiments that tested it; those that ran stand ``behind`` its line too.
    """

    frame: Frame
    lede: str | None
    definition: str | None
    facts: tuple[Fact, ...]
    replaced_by: Ref | None
    stale: Said
    is_activity: bool
    if_up: str
    if_down: str
    readings: Readings | None
    course: Course | None
    tried: tuple[Tried, ...]
    behind: tuple[Behind, ...]
    effects: Effects | None
    outcomes: tuple[Held, ...]
    relying: tuple[Relying, ...]
    starts: Starts | None


def page(view: View, entry: Entry[Metric]) -> MetricPage:
    """Return what the page of a metric shows."""
    record = entry.record
    crumbs = (Ref(Kind.METRIC.plural, words.kinds(Kind.METRIC)),)
    not_written = say("(not written yet)")
    measured = alphabetical(view.registry.naming(entry.id, "metric", Kind.OUTCOME))
    experiments = _experiments(view, entry)
    figure = course(
        record.readings,
        _levels(measured),
        record.unit,
        [experiment.record for experiment in experiments],
        view.today,
    )
    return MetricPage(
        frame=frame(view, entry, crumbs, ()),
        lede=record.summary,
        definition=record.definition,
        facts=tuple(_facts(record)),
        replaced_by=maybe_ref(view, record.replaced_by),
        stale=_stale(view, entry),
        is_activity=record.value is Value.ACTIVITY,
        if_up=record.if_up or not_written,
        if_down=record.if_down or not_written,
        readings=_readings(record),
        course=figure,
        tried=tuple(_tried(view, experiment, figure) for experiment in experiments),
        behind=tuple(_behind(view, experiments, figure)) if figure else (),
        effects=_effects(view, entry),
        outcomes=tuple(_held(view, outcome, record) for outcome in measured),
        relying=tuple(_relying(view, entry)),
        starts=_starts(view, entry),
    )


def _starts(view: View, entry: Entry[Metric]) -> Starts | None:
    """Return the link that begins a hypothesis measured by this metric, if one may be."""
    if entry.record.value is Value.ACTIVITY or entry.record.status is MetricStatus.DEPRECATED:
        return None
    return starts(view, (Kind.HYPOTHESIS,), {Kind.HYPOTHESIS: {"metric": entry.id}})


def _facts(record: Metric) -> Iterator[Fact]:
    latest = record.latest_reading
    if latest:
        # Translators: a reading and its day.
        now = tell(
            "%(value)s, %(day)s", value=_value(record, latest.value), day=moment(latest.date)
        )
        yield Fact(say("Now"), now)
    if record.unit:
        yield Fact(say("Unit"), (record.unit,))
    if record.direction:
        yield Fact(say("Direction"), (words.label(str(record.direction)),))
    if record.value:
        yield Fact(say("Value"), (words.label(str(record.value)),))
    if record.indicator:
        yield Fact(say("Indicator"), (words.label(str(record.indicator)),))
    if record.review_by:
        yield Fact(say("Review by"), (moment(record.review_by),))
    if record.source:
        yield Fact(say("Source"), (record.source,))


def _stale(view: View, entry: Entry[Metric]) -> Said:
    due = entry.record.review_by
    if entry.id not in view.flags or due is None:
        return ()
    return tell(
        "The review was due on %(day)s and is %(late)s late. "
        "Until somebody reviews it, this metric is not to be relied on.",
        day=moment(due),
        late=words.days(view.flags[entry.id].days or 0),
    )


# Readings ----------------------------------------------------------------------------------------


def _value(record: Metric, value: float) -> str:
    """Return a number with its unit, or without one that is too long to be repeated."""
    return words.number(value) if _is_long(record.unit) else words.with_unit(value, record.unit)


def _is_long(unit: str | None) -> bool:
    return unit is not None and len(unit) > _LONGEST_UNIT


def _readings(record: Metric) -> Readings | None:
    ordered = sorted(record.readings, key=lambda reading: reading.date, reverse=True)
    if not ordered:
        return None
    rows = [ReadingRow(moment(r.date), _value(record, r.value), r.source or "") for r in ordered]
    shown, more = fold(rows, _MOST_READINGS)
    return Readings(
        latest=rows[0],
        since=_since(rows),
        unit=record.unit or "" if _is_long(record.unit) else "",
        better=words.label(str(record.direction)) if record.direction else "",
        shown=tuple(shown),
        more=tuple(more),
        has_sources=any(row.source for row in rows),
    )


def _since(rows: list[ReadingRow]) -> Said:
    if len(rows) == 1:
        return (say("The only reading so far"),)
    # Translators: how many readings there are, and the day of the first.
    return tell(
        "%(number)s readings since %(day)s", number=words.number(len(rows)), day=rows[-1].day
    )


def _levels(outcomes: list[Entry[Outcome]]) -> Iterator[tuple[str, float]]:
    """Yield the baselines and targets of outcomes."""
    for outcome in outcomes:
        for name in ("baseline", "target"):
            value = getattr(outcome.record, name)
            if value is not None:
                yield name, value


# Experiments -------------------------------------------------------------------------------------


def _experiments(view: View, entry: Entry[Metric]) -> list[Entry[Experiment]]:
    """Return the experiments on hypotheses measured by a metric or with results on it."""
    registry = view.registry
    found = {e.id: e for e in registry.naming(entry.id, "results", Kind.EXPERIMENT)}
    for hypothesis in registry.naming(entry.id, "metric", Kind.HYPOTHESIS):
        found |= {e.id: e for e in registry.experiments_of(hypothesis.id)}
    return in_time(found.values())


def _tried(view: View, experiment: Entry[Experiment], figure: Course | None) -> Tried:
    return Tried(
        ref(experiment),
        status_of(experiment),
        when(experiment.record),
        late(view.flags.get(experiment.id)),
        _look(view, experiment),
        figure.time.bar(experiment.record) if figure else None,
    )


def _look(view: View, experiment: Entry[Experiment]) -> str:
    return ATTENTION if experiment.id in view.flags else status_of(experiment).look


def _behind(view: View, experiments: list[Entry[Experiment]], figure: Course) -> list[Behind]:
    """Return when experiments ran, the longest first, so that none hides another."""
    found = []
    for experiment in experiments:
        bar = figure.time.bar(experiment.record, until=view.today)
        if bar and bar.width and experiment.record.status not in _NOT_RUN:
            found.append(Behind(_look(view, experiment), bar.x, bar.width))
    return sorted(found, key=lambda one: -float(one.width.rstrip("%")))


def _effects(view: View, entry: Entry[Metric]) -> Effects | None:
    """Return the effects of concluded experiments; without an interval nobody can say."""
    known: list[Line] = []
    unclear: list[Line] = []
    for experiment in in_time(view.registry.naming(entry.id, "results", Kind.EXPERIMENT)):
        if not is_concluded(experiment):
            continue
        found = [e for e in on_metric(view, experiment, entry.id) if e.value is not None]
        is_reported = any(not effect.is_computed for effect in found)
        for effect in found:
            if effect.is_computed and is_reported:
                continue
            below: tuple[Said, ...] = ((effect.arm,),) if effect.arm else ()
            group = unclear if effect.includes_null is None else known
            group.append(Line((ref(experiment),), below, effect))
    if not known and not unclear:
        return None
    what = say("Effects on it, the latest experiment first")
    tables, others = forests(known, what), forests(unclear, what)
    return Effects(tuple(_counts(known, unclear)), tuple(tables), tuple(others))


def _counts(known: list[Line], unclear: list[Line]) -> Iterator[str]:
    same = sum(bool(line.effect.includes_null) for line in known)
    moved = len(known) - same
    if moved:
        yield say("Moved it: %(number)s.", number=words.number(moved))
    if same:
        yield say("No difference detected: %(number)s.", number=words.number(same))
    if unclear and known:
        number = words.number(len(unclear))
        yield say("Without an interval, so it cannot be told: %(number)s.", number=number)


# Who relies on it --------------------------------------------------------------------------------


def _held(view: View, outcome: Entry[Outcome], metric: Metric) -> Held:
    record = outcome.record
    none = say("not set")
    target: Said = (none,)
    if record.target is not None:
        target = (_value(metric, record.target),)
        if record.target_date:
            by = moment(record.target_date)
            target = tell("%(value)s by %(day)s", value=target, day=by)
    baseline = _value(metric, record.baseline) if record.baseline is not None else none
    stands = glance.progress(view, outcome)
    return Held(ref(outcome), baseline, target, stands.note or stands.gap)


def _relying(view: View, entry: Entry[Metric]) -> Iterator[Relying]:
    for title, field in (
        (say("Hypotheses measured by it"), "metric"),
        (say("Hypotheses it guards"), "guardrails"),
    ):
        found = view.registry.naming(entry.id, field, Kind.HYPOTHESIS)
        if found:
            yield Relying(title, tuple(map(ref, alphabetical(found))))
