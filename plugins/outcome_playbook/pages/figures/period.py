"""When an experiment ran, as far as it is known: what every figure with a time axis needs."""

from dataclasses import dataclass
from datetime import date

from outcome_playbook.records.kinds import ExperimentStatus
from outcome_playbook.records.models import Experiment

OPEN = (ExperimentStatus.PLANNED, ExperimentStatus.RUNNING, ExperimentStatus.REVIEW)
"""While an experiment is in one of these, today belongs on its axis."""
LEAST = 0.008
"""The share of the width that a bar has at least, to be seen."""


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a round day lies. ``on`` are the screens that show its ``text``, if any."""

    x: str
    text: str
    on: str


def ends(record: Experiment) -> tuple[date, date] | None:
    """Return an experiment's first and last day, ``None`` when no date of it is known."""
    days = [day for day in (record.start, record.end) if day]
    if not days:
        return None
    return min(day.first for day in days), max(day.last for day in days)


def is_coarse(record: Experiment) -> bool:
    """Whether the dates of an experiment are not known to the day."""
    return not (record.start and record.end and record.start.is_day and record.end.is_day)
