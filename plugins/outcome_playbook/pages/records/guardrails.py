"""Whether what must not get worse got worse: each guardrail with the latest that was observed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.parts import ATTENTION, Lozenge, Said, moment, ref, tell
from outcome_playbook.pages.records.common import metric_of, named
from outcome_playbook.pages.records.experiments import canonical, in_time, on_metric
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import Direction
from outcome_playbook.records.models import Experiment, Guardrail, Hypothesis, Metric
from outcome_playbook.registry import Entry


class Verdict(Enum):
    """Whether a guardrail held: the look, the word and the icon of each answer."""

    HELD = "supported", term("Held"), "supported"
    BROKEN = ATTENTION, term("Broken"), "alert"
    UNKNOWN = "draft", term("Unknown"), "empty"

    @property
    def lozenge(self) -> Lozenge:
        """The answer as it is shown."""
        look, word, icon = self.value
        return Lozenge(look, say(word), icon)


_WORSE_IS_UP = {Direction.INCREASE: False, Direction.DECREASE: True}
_NO_LIMIT = {
    Direction.INCREASE: term("no fall"),
    Direction.DECREASE: term("no rise"),
    Direction.MAINTAIN: term("no change"),
}


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
    said, verdict = _judged(view, guardrail, metric, experiments)
    return GuardrailRow(
        named(view, guardrail.metric, ""),
        limit_text(guardrail.limit, record),
        said,
        verdict.lozenge,
    )


def limit_text(limit: float | None, metric: Metric | None) -> str:
    """Return the worst acceptable value in words that fit the metric's direction."""
    direction = metric.direction if metric else None
    if limit is None:
        return say(_NO_LIMIT[direction]) if direction else say("not to get worse")
    value = words.with_unit(limit, metric.unit if metric else None)
    worse_is_up = _WORSE_IS_UP.get(direction)  # type: ignore[arg-type]
    if worse_is_up is None:
        return say("no worse than %(limit)s", limit=value)
    return (
        say("at most %(limit)s", limit=value)
        if worse_is_up
        else say("at least %(limit)s", limit=value)
    )


def _judged(
    view: View,
    guardrail: Guardrail,
    metric: Entry[Metric] | None,
    experiments: list[Entry[Experiment]],
) -> tuple[Said, Verdict]:
    if metric is None:
        return (say("Not measured"),), Verdict.UNKNOWN
    if guardrail.limit is not None:
        found = _latest(view, metric, experiments)
        if found is not None:
            return found.said, _against(guardrail.limit, found.value, metric.record)
    for experiment in in_time(experiments):
        effects = [e for e in on_metric(view, experiment, metric.id) if e.value is not None]
        if effects:
            worst = next(
                (e for e in effects if _moved(e, metric.record) is Verdict.BROKEN), effects[0]
            )
            knows = guardrail.limit is None
            verdict = _moved(worst, metric.record) if knows else Verdict.UNKNOWN
            return _seen_in(worst.text, experiment), verdict
    return _not_seen(metric.record, experiments), Verdict.UNKNOWN


def _seen_in(text: str, experiment: Entry[Experiment]) -> Said:
    return tell("%(observed)s, %(experiment)s", observed=text, experiment=ref(experiment))


def _not_seen(metric: Metric, experiments: list[Entry[Experiment]]) -> Said:
    """Return that nothing was observed, with the last reading from before the test, if any."""
    latest = metric.latest_reading
    if latest is None:
        return (say("Not measured"),)
    value = words.with_unit(latest.value, metric.unit)
    begun = any(experiment.record.start for experiment in experiments)
    day = moment(latest.date)
    if begun:
        return tell("Not measured; %(value)s on %(day)s, before the test", value=value, day=day)
    return tell("Not measured; %(value)s on %(day)s, no test yet", value=value, day=day)


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
                said = _seen_in(level.text, experiment)
                yield _Observed(level.value, said, last.last if last else None)


def _worst(values: list[float], metric: Metric) -> float:
    return min(values) if metric.direction is Direction.INCREASE else max(values)


def _read(metric: Metric, experiments: list[Entry[Experiment]]) -> Iterator[_Observed]:
    """Yield the latest reading, if it was taken since the first experiment began."""
    starts = [e.record.start.first for e in experiments if e.record.start]
    latest = metric.latest_reading
    if latest and starts and latest.date >= min(starts):
        value = words.with_unit(latest.value, metric.unit)
        said = tell("%(value)s, read %(day)s", value=value, day=moment(latest.date))
        yield _Observed(latest.value, said, latest.date)


def _against(limit: float, value: float, metric: Metric) -> Verdict:
    worse_is_up = _WORSE_IS_UP.get(metric.direction)  # type: ignore[arg-type]
    if worse_is_up is None:
        return Verdict.UNKNOWN
    held = value <= limit if worse_is_up else value >= limit
    return Verdict.HELD if held else Verdict.BROKEN


def _moved(effect: Effect, metric: Metric) -> Verdict:
    """Return whether an effect shows that a metric got worse, did not, or cannot tell.

    An interval that includes no effect leaves room for a loss: it does not show that all is well.
    """
    worse_is_up = _WORSE_IS_UP.get(metric.direction)  # type: ignore[arg-type]
    if effect.low is None or effect.high is None or worse_is_up is None:
        return Verdict.UNKNOWN
    if effect.includes_null:
        return Verdict.UNKNOWN
    rose = effect.low > effect.no_effect
    return Verdict.BROKEN if rose is worse_is_up else Verdict.HELD


def broken_count(guardrails: list[GuardrailRow]) -> str:
    """Return in words how many guardrails are broken, empty when none is."""
    count = sum(row.held.look == ATTENTION for row in guardrails)
    if not count:
        return ""
    return words.plural(count, "%(number)s guardrail broken", "%(number)s guardrails broken")
