"""What a record's dates say today: overdue, undecided, silent, stale. Derived, never typed in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from outcome_playbook.records.kinds import ExperimentStatus, MetricStatus, OutcomeStatus
from outcome_playbook.records.models import Experiment, Metric, Outcome
from outcome_playbook.registry import Entry, Registry
from outcome_playbook.settings import Settings


class FlagName(StrEnum):
    """Why somebody should look at a record."""

    UNDECIDED = "undecided"
    OVERDUE = "overdue"
    SILENT = "silent"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Flag:
    """A record waits for somebody. ``days`` is how long, ``since`` when it began.

    Both are ``None`` for an outcome on which nothing was ever tried.
    """

    name: FlagName
    since: date | None
    days: int | None


def flags_of(registry: Registry, today: date, settings: Settings) -> dict[str, Flag]:
    """Return the flag of every record that has one, by id. No record has two."""
    return dict(_flags(registry, today, settings))


def _flags(registry: Registry, today: date, settings: Settings) -> Iterator[tuple[str, Flag]]:
    for experiment in registry.experiments:
        if flag := _of_experiment(experiment.record, today, settings.patience_days):
            yield experiment.id, flag
    for metric in registry.metrics:
        if flag := _of_metric(metric.record, today):
            yield metric.id, flag
    for outcome in registry.outcomes:
        if flag := _of_outcome(registry, outcome, today, settings.silence_days):
            yield outcome.id, flag


def _of_experiment(record: Experiment, today: date, patience: int) -> Flag | None:
    if record.retrospective or record.end is None:
        return None
    end = record.end.last
    if record.status is ExperimentStatus.RUNNING and today > end:
        return Flag(FlagName.OVERDUE, end, (today - end).days)
    if record.status is ExperimentStatus.REVIEW and (today - end).days > patience:
        return Flag(FlagName.UNDECIDED, end, (today - end).days)
    return None


def _of_metric(record: Metric, today: date) -> Flag | None:
    due = record.review_by
    if due is None or today <= due or record.status is MetricStatus.DEPRECATED:
        return None
    return Flag(FlagName.STALE, due, (today - due).days)


def _of_outcome(
    registry: Registry, outcome: Entry[Outcome], today: date, silence: int
) -> Flag | None:
    """Silent: active, and nothing running, in review or lately concluded on it or below it."""
    if outcome.record.status is not OutcomeStatus.ACTIVE:
        return None
    last: date | None = None
    for experiment in _experiments_below(registry, outcome.id):
        if experiment.status in (ExperimentStatus.RUNNING, ExperimentStatus.REVIEW):
            return None
        day = experiment.last_day
        if experiment.status is ExperimentStatus.CONCLUDED and day is not None:
            last = max(last or day.last, day.last)
    if last is None:
        return Flag(FlagName.SILENT, None, None)
    if today - last <= timedelta(days=silence):
        return None
    return Flag(FlagName.SILENT, last, (today - last).days)


def _experiments_below(registry: Registry, outcome: str) -> Iterator[Experiment]:
    for entry in registry.with_descendants(outcome):
        for hypothesis in registry.hypotheses_of(entry.id):
            for experiment in registry.experiments_of(hypothesis.id):
                yield experiment.record
