"""Experiments over time: one bar each, all on one scale of years or months."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from outcome_playbook.pages import words
from outcome_playbook.pages.figures.scale import at
from outcome_playbook.records.kinds import ExperimentStatus
from outcome_playbook.records.models import Experiment

_MOST_LABELS = 6
_OPEN = (ExperimentStatus.PLANNED, ExperimentStatus.RUNNING, ExperimentStatus.REVIEW)


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a year or month begins. ``text`` is empty where labels would touch."""

    x: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """The bar of one experiment; ``coarse`` when its dates are not known to the day."""

    x: str
    width: str
    coarse: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The scale that all bars share. ``today`` is ``None`` when it lies outside."""

    first: date
    last: date
    marks: tuple[Mark, ...]
    today: str | None
    today_anchor: str

    def span(self, record: Experiment) -> Span | None:
        """Return an experiment's bar, ``None`` when no date of it is known."""
        ends = _ends(record)
        if ends is None:
            return None
        low, high = self._share(ends[0]), self._share(ends[1], after=1)
        coarse = not (record.start and record.end and record.start.is_day and record.end.is_day)
        return Span(at(low), at(max(high - low, 0.008)), coarse)

    def _share(self, day: date, after: int = 0) -> float:
        return ((day - self.first).days + after) / ((self.last - self.first).days + 1)


def _ends(record: Experiment) -> tuple[date, date] | None:
    days = [day for day in (record.start, record.end) if day]
    if not days:
        return None
    return min(day.first for day in days), max(day.last for day in days)


def calendar(experiments: Iterable[Experiment], today: date) -> Calendar | None:
    """Return the scale for these experiments, ``None`` when none has a date.

    Today is on it while anything is open, or when it falls within anyway.
    """
    found = list(experiments)
    ends = [days for days in map(_ends, found) if days]
    if not ends:
        return None
    first, last = min(low for low, _ in ends), max(high for _, high in ends)
    if any(record.status in _OPEN for record in found):
        first, last = min(first, today), max(last, today)
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    if months <= 12:  # noqa: PLR2004 - within a year, months say more
        first = first.replace(day=1)
        starts = [_month(first, n) for n in range(months)]
        last = _last_day(_month(first, months - 1))
        texts = [words.month(start) for start in starts]
    else:
        first, last = date(first.year, 1, 1), date(last.year, 12, 31)
        starts = [date(year, 1, 1) for year in range(first.year, last.year + 1)]
        texts = [str(start.year) for start in starts]
    step = -(-len(starts) // _MOST_LABELS)
    days = (last - first).days + 1
    marks = tuple(
        Mark(at((start - first).days / days), text if n % step == 0 else "")
        for n, (start, text) in enumerate(zip(starts, texts, strict=True))
        if len(starts) <= 4 * _MOST_LABELS or n % step == 0
    )
    share = (today - first).days / days
    is_on = first <= today <= last
    return Calendar(
        first,
        last,
        marks,
        at(share) if is_on else None,
        "end" if share > 0.85 else "start",  # noqa: PLR2004
    )


def _month(first: date, later: int) -> date:
    years, month = divmod(first.month - 1 + later, 12)
    return date(first.year + years, month + 1, 1)


def _last_day(first: date) -> date:
    if first.year == date.max.year and first.month == 12:  # noqa: PLR2004 - December
        return date.max
    return _month(first, 1) - timedelta(days=1)
