"""Whether what must not get worse got worse: each guardrail with the latest that was observed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.parts import ATTENTION, Lozenge, Said, moment, ref
from outcome_playbook.pages.records.common import metric_of, named
from outcome_playbook.pages.records.experiments import canonical, in_time, on_metric
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import Direction
from outcome_playbook.records.models import Experiment, Guardrail, Hypothesis, Metric
from outcome_playbook.registry import Entry

HELD = Lozenge("supported", "Held", "supported")
BROKEN = Lozenge(ATTENTION, "Broken", "alert")
UNKNOWN = Lozenge("draft", "Unknown", "empty")

_WORSE_IS_UP = {Direction.INCREASE: False, Direction.DECREASE: True}


@dataclass(frozen=True, slots=True)
class GuardrailRow:
    """A guardrail: its metric, its limit in words, what was observed, and whether it held."""

    metric: Said
    limit: str
    observed: Said
    held: Lozenge


@dataclass(frozen=True, slots=True)
class _Observed:
    """A level of the metric in its unit, with where and when it was seen."""

    value: float
    said: Said
    day: date | None


def rows(
    view: View, hypothesis: Entry[Hypothesis], experiments: list[Entry[Experiment]]
) -> list[GuardrailRow]:
    """Return the guardrails of a hypothesis with what its experiments or the metric showed."""
    return [_row(view, guardrail, experiments) for guardrail in hypothesis.record.guardrails]


def _row(view: View, guardrail: Guardrail, experiments: list[Entry[Experiment]]) -> GuardrailRow:
    metric = metric_of(view, guardrail.metric)
    record = metric.record if metric else None
    said, held = _judged(view, guardrail, metric, experiments)
    return GuardrailRow(
        named(view, guardrail.metric, ""),
        limit_text(guardrail.limit, record),
        said,
        held,
    )


def limit_text(limit: float | None, metric: Metric | None) -> str:
    """Return the worst acceptable value in words that fit the metric's direction."""
    direction = metric.direction if metric else None
    if limit is None:
        return {
            Direction.INCREASE: "no fall",
            Direction.DECREASE: "no rise",
            Direction.MAINTAIN: "no change",
        }.get(direction, "not to get worse")  # type: ignore[arg-type]
    value = words.with_unit(limit, metric.unit if metric else None)
    worse_is_up = _WORSE_IS_UP.get(direction)  # type: ignore[arg-type]
    if worse_is_up is None:
        return f"no worse than {value}"
    return f"{'at most' if worse_is_up else 'at least'} {value}"


def _judged(
    view: View,
    guardrail: Guardrail,
    metric: Entry[Metric] | None,
    experiments: list[Entry[Experiment]],
) -> tuple[Said, Lozenge]:
    if metric is None:
        return ("Not measured",), UNKNOWN
    if guardrail.limit is not None:
        found = _latest(view, metric, experiments)
        if found is not None:
            return found.said, _against(guardrail.limit, found.value, metric.record)
    for experiment in in_time(experiments):
        effects = [e for e in on_metric(view, experiment, metric.id) if e.value is not None]
        if effects:
            worst = next((e for e in effects if _moved(e, metric.record) is BROKEN), effects[0])
            held = UNKNOWN if guardrail.limit is not None else _moved(worst, metric.record)
            return (f"{worst.text}, ", ref(experiment)), held
    return _not_seen(metric.record, experiments), UNKNOWN


def _not_seen(metric: Metric, experiments: list[Entry[Experiment]]) -> Said:
    """Return that nothing was observed, with the last reading from before the test, if any."""
    if not metric.readings:
        return ("Not measured",)
    latest = max(metric.readings, key=lambda reading: reading.date)
    value = words.with_unit(latest.value, metric.unit)
    begun = any(experiment.record.start for experiment in experiments)
    before = "before the test" if begun else "no test yet"
    return (f"Not measured; {value} on ", moment(latest.date), f", {before}")


def _latest(
    view: View, metric: Entry[Metric], experiments: list[Entry[Experiment]]
) -> _Observed | None:
    """Return the latest level seen since the first experiment began; on a tie, an experiment's."""
    found = [*_in_experiments(view, metric, experiments), *_read(metric.record, experiments)]
    dated = [one for one in found if one.day]
    if dated:
        return max(dated, key=lambda one: one.day or date.min)
    return found[0] if found else None


def _in_experiments(
    view: View, metric: Entry[Metric], experiments: list[Entry[Experiment]]
) -> Iterator[_Observed]:
    for experiment in in_time(experiments):
        last = experiment.record.last_day
        for result in experiment.record.results:
            if canonical(view, result.metric) != metric.id:
                continue
            levels = [fx.level_of(arm, metric.record) for arm in result.groups[1:]]
            told = [level for level in levels if level is not None]
            if told:
                worst = _worst([level.value for level in told], metric.record)
                level = next(level for level in told if level.value == worst)
                said: Said = (f"{level.text}, ", ref(experiment))
                yield _Observed(level.value, said, last.last if last else None)


def _worst(values: list[float], metric: Metric) -> float:
    return min(values) if metric.direction is Direction.INCREASE else max(values)


def _read(metric: Metric, experiments: list[Entry[Experiment]]) -> Iterator[_Observed]:
    """Yield the latest reading, if it was taken since the first experiment began."""
    starts = [e.record.start.first for e in experiments if e.record.start]
    if not metric.readings or not starts:
        return
    latest = max(metric.readings, key=lambda reading: reading.date)
    if latest.date >= min(starts):
        value = words.with_unit(latest.value, metric.unit)
        yield _Observed(latest.value, (f"{value}, read ", moment(latest.date)), latest.date)


def _against(limit: float, value: float, metric: Metric) -> Lozenge:
    worse_is_up = _WORSE_IS_UP.get(metric.direction)  # type: ignore[arg-type]
    if worse_is_up is None:
        return UNKNOWN
    return HELD if (value <= limit if worse_is_up else value >= limit) else BROKEN


def _moved(effect: Effect, metric: Metric) -> Lozenge:
    """Return whether an effect shows that a metric got worse, did not, or cannot tell.

    An interval that includes no effect leaves room for a loss: it does not show that all is well.
    """
    worse_is_up = _WORSE_IS_UP.get(metric.direction)  # type: ignore[arg-type]
    if effect.low is None or effect.high is None or worse_is_up is None:
        return UNKNOWN
    if effect.includes_null:
        return UNKNOWN
    rose = effect.low > effect.no_effect
    return BROKEN if rose is worse_is_up else HELD


def broken_count(guardrails: list[GuardrailRow]) -> str:
    """Return in words how many guardrails are broken, empty when none is."""
    count = sum(row.held is BROKEN for row in guardrails)
    return (
        f"{words.plural(count, '%(number)s guardrail', '%(number)s guardrails')} broken"
        if count
        else ""
    )
