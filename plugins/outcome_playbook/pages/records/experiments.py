"""Experiments as other records' pages show them: as cards, as evidence, as learnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.language import say
from outcome_playbook.pages.parts import Card, Moment, Ref, Said, card, moment, ref, tell
from outcome_playbook.pages.records.common import metric_of, metrics_by_name
from outcome_playbook.pages.view import View
from outcome_playbook.pages.words import some_day
from outcome_playbook.records.effects import headline as speaking
from outcome_playbook.records.kinds import ExperimentStatus, Kind
from outcome_playbook.records.models import Experiment, Hypothesis
from outcome_playbook.registry import Entry


@dataclass(frozen=True, slots=True)
class EffectCard:
    """An experiment as a card with its effect, or with what stands in its place."""

    card: Card
    effect: Effect | None
    pending: str


@dataclass(frozen=True, slots=True)
class Learning:
    """What was learned, from which experiment, and when, as far as that is known."""

    text: str
    ref: Ref
    day: Moment | None


def effects(view: View, experiment: Entry[Experiment]) -> list[Effect]:
    """Return all effects of an experiment. The metric of each is an id that exists, if it can."""
    if experiment.id not in view.effects:
        record = experiment.record
        metrics = metrics_by_name(view, (result.metric for result in record.results))
        view.effects[experiment.id] = fx.all_effects(record, metrics)
    return view.effects[experiment.id]


def on_metric(view: View, experiment: Entry[Experiment], metric: str) -> list[Effect]:
    """Return the effects of an experiment on one metric, by whichever of its ids."""
    return [e for e in effects(view, experiment) if canonical(view, e.metric) == metric]


def canonical(view: View, metric: str) -> str:
    """Return a metric's id, also when an earlier one was written."""
    found = metric_of(view, metric)
    return found.id if found else metric


def hypothesis_of(view: View, experiment: Entry[Experiment]) -> Entry[Hypothesis] | None:
    """Return the hypothesis that an experiment tests, if it is readable."""
    found = view.registry.find(experiment.record.hypothesis)
    return found if found and found.kind is Kind.HYPOTHESIS else None


def headline(view: View, experiment: Entry[Experiment]) -> Effect | None:
    """Return the effect that speaks for an experiment: on its hypothesis's metric, if any is."""
    hypothesis = hypothesis_of(view, experiment)
    primary = metric_of(view, hypothesis.record.metric) if hypothesis else None
    found = effects(view, experiment)
    same = (e.metric for e in found if primary and metric_of(view, e.metric) is primary)
    return speaking(found, next(same, None))


def effect_card(view: View, experiment: Entry[Experiment]) -> EffectCard:
    """Return an experiment as a card with its effect."""
    pending = fx.pending(experiment.record)
    return EffectCard(card(view, experiment), headline(view, experiment), pending)


def in_time(experiments: Iterable[Entry[Experiment]]) -> list[Entry[Experiment]]:
    """Sort experiments by their start, as far as it is known, the latest first."""

    def start(entry: Entry[Experiment]) -> tuple[date, str]:
        first = entry.record.start or entry.record.end
        return (first.first if first else date.min), entry.id

    return sorted(experiments, key=start, reverse=True)


def is_concluded(experiment: Entry[Any]) -> bool:
    """Whether an experiment is concluded."""
    return experiment.record.status is ExperimentStatus.CONCLUDED


def learnings(experiments: Iterable[Entry[Experiment]]) -> list[Learning]:
    """Return what concluded experiments taught, the latest first; undated ones at the end."""
    told = [e for e in experiments if is_concluded(e) and e.record.learning]

    def newest(entry: Entry[Experiment]) -> tuple[int, str, str]:
        day = entry.record.last_day
        return -(day.last.toordinal() if day else 0), entry.title.casefold(), entry.id

    return [
        Learning(
            entry.record.learning or "",
            ref(entry),
            moment(entry.record.last_day) if entry.record.last_day else None,
        )
        for entry in sorted(told, key=newest)
    ]


def due(experiment: Experiment) -> Said:
    """Return what is awaited from an experiment without a result."""
    stands = fx.pending(experiment)
    if experiment.end is None or experiment.status is ExperimentStatus.CANCELLED:
        return (words.ended(stands),)
    return tell("%(stands)s. Due %(day)s.", stands=stands, day=moment(experiment.end))


def when(experiment: Experiment) -> str:
    """Return the period of an experiment in words, as coarse as it is known."""
    start, end = experiment.start, experiment.end
    if start and end and start != end:
        return say("%(start)s to %(end)s", start=some_day(start), end=some_day(end))
    if start and not end and experiment.retrospective:
        return say("%(start)s, end not known", start=some_day(start))
    if start:
        return some_day(start)
    return say("until %(end)s", end=some_day(end)) if end else say("no dates")
