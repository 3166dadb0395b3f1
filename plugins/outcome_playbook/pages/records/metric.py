"""The page of a metric: what it is, what we would do if it moved, and who relies on it."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcome_playbook.pages import words
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.figures.readings import Curve, curve
from outcome_playbook.pages.language import say
from outcome_playbook.pages.listing import alphabetical
from outcome_playbook.pages.parts import Moment, Ref, Said, maybe_ref, moment, ref, tell
from outcome_playbook.pages.records.common import Fact, Frame, frame
from outcome_playbook.pages.records.experiments import in_time, is_concluded, on_metric
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import Kind, Value
from outcome_playbook.records.models import Metric
from outcome_playbook.registry import Entry


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """One reading with its unit, its day and where it was read."""

    day: Moment
    value: str
    source: str


@dataclass(frozen=True, slots=True)
class Relying:
    """Those who rely on a metric in one way."""

    title: str
    refs: tuple[Ref, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """Concluded experiments that had one kind of effect on a metric, each with its reading."""

    title: str
    said: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class MetricPage:
    frame: Frame
    lede: str | None
    definition: str | None
    facts: tuple[Fact, ...]
    replaced_by: Ref | None
    stale: Said
    is_activity: bool
    if_up: str
    if_down: str
    readings: tuple[ReadingRow, ...]
    has_sources: bool
    curve: Curve | None
    relying: tuple[Relying, ...]
    moved: tuple[Moved, ...]


def page(view: View, entry: Entry[Metric]) -> MetricPage:
    """Return what the page of a metric shows."""
    record = entry.record
    crumbs = (Ref(Kind.METRIC.plural, words.kinds(Kind.METRIC)),)
    ordered = sorted(record.readings, key=lambda reading: reading.date, reverse=True)
    not_written = say("(not written yet)")
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
        readings=tuple(
            ReadingRow(moment(r.date), words.with_unit(r.value, record.unit), r.source or "")
            for r in ordered
        ),
        has_sources=any(reading.source for reading in ordered),
        curve=curve(record.readings, _levels(view, entry), record.unit),
        relying=tuple(_relying(view, entry)),
        moved=tuple(_moved(view, entry)),
    )


def _facts(record: Metric) -> Iterator[Fact]:
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
        late=words.plural(view.flags[entry.id].days or 0, "%(number)s day", "%(number)s days"),
    )


def _levels(view: View, entry: Entry[Metric]) -> Iterator[tuple[str, float]]:
    """Yield the baselines and targets of the outcomes that are measured by a metric."""
    for outcome in view.registry.naming(entry.id, "metric", Kind.OUTCOME):
        for name in ("baseline", "target"):
            value = getattr(outcome.record, name)
            if value is not None:
                yield name, value


def _relying(view: View, entry: Entry[Metric]) -> Iterator[Relying]:
    for title, field, kind in (
        (say("Outcomes measured by it"), "metric", Kind.OUTCOME),
        (say("Hypotheses measured by it"), "metric", Kind.HYPOTHESIS),
        (say("Hypotheses it guards"), "guardrails", Kind.HYPOTHESIS),
    ):
        found = view.registry.naming(entry.id, field, kind)
        if found:
            yield Relying(title, tuple(map(ref, alphabetical(found))))


def _moved(view: View, entry: Entry[Metric]) -> Iterator[Moved]:
    """Yield concluded experiments by whether they moved it; without an interval nobody can say."""
    moved: list[Said] = []
    same: list[Said] = []
    unknown: list[Said] = []
    for experiment in in_time(view.registry.naming(entry.id, "results", Kind.EXPERIMENT)):
        if not is_concluded(experiment):
            continue
        for effect in on_metric(view, experiment, entry.id):
            group = {True: same, False: moved, None: unknown}[effect.includes_null]
            group.append((ref(experiment), *_reading(effect)))
    for title, said in (
        (say("Moved it"), moved),
        (say("No difference detected"), same),
        (say("Without an interval, so it cannot be told"), unknown),
    ):
        if said:
            yield Moved(title, tuple(said))


def _reading(effect: Effect) -> Said:
    arm = f"{effect.arm}: " if effect.arm else ""
    verdict = f". {effect.verdict}" if effect.includes_null is False else ""
    return (f" · {arm}{effect.text}{verdict}",)
