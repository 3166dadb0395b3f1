"""Experiments over time: one bar each, all on one scale of years or months."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from math import ceil

from outcome_playbook.pages import words
from outcome_playbook.pages.figures.labels import room, screens
from outcome_playbook.pages.figures.period import LEAST, OPEN, Mark, ends, is_coarse
from outcome_playbook.pages.figures.scale import at
from outcome_playbook.pages.language import say
from outcome_playbook.records.models import Experiment

_NARROW, _WIDE = 13.4, 19.6  # rem that are left for the bars beside the titles
_PAST = 0.3  # rem of the gap behind the last text that may lie outside
_MOST_LINES = 24


@dataclass(frozen=True, slots=True)
class Span:
    """The bar of one experiment; ``coarse`` when its dates are not known to the day."""

    x: str
    width: str
    coarse: bool


@dataclass(frozen=True, slots=True)
class Calendar:
    """The scale that all bars share.

    ``today`` is ``None`` when it lies outside, ``now`` the word that stands there.
    """

    first: date
    last: date
    marks: tuple[Mark, ...]
    today: str | None
    now: str
    now_anchor: str

    def span(self, record: Experiment) -> Span | None:
        """Return an experiment's bar, ``None`` when no date of it is known."""
        days = ends(record)
        if days is None:
            return None
        low, high = self._share(days[0]), self._share(days[1], after=1)
        width = max(high - low, LEAST)
        return Span(at(min(low, 1 - width)), at(width), is_coarse(record))

    def _share(self, day: date, after: int = 0) -> float:
        return ((day - self.first).days + after) / ((self.last - self.first).days + 1)


def calendar(experiments: Iterable[Experiment], today: date) -> Calendar | None:
    """Return the scale for these experiments, ``None`` when none has a date.

    Today is on it while anything is open, or when it falls within anyway.
    """
    found = list(experiments)
    spans = [days for days in map(ends, found) if days]
    if not spans:
        return None
    first, last = min(low for low, _ in spans), max(high for _, high in spans)
    if any(record.status in OPEN for record in found):
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
    days = (last - first).days + 1
    places = [(start - first).days / days for start in starts]
    share = (today - first).days / days
    now = say("today")
    return Calendar(
        first,
        last,
        tuple(_marks(places, texts)),
        at(share) if first <= today <= last else None,
        now,
        "end" if (1 - share) * _NARROW < room(now) else "start",
    )


def _marks(places: list[float], texts: list[str]) -> Iterator[Mark]:
    """Yield the lines of a strip, each with its text where there is room for it."""
    wide = _step(places, texts, _WIDE)
    narrow = wide * _step(places[::wide], texts[::wide], _NARROW)
    for n, (place, text) in enumerate(zip(places, texts, strict=True)):
        if len(places) > _MOST_LINES and n % wide:
            continue
        long = room(text) - _PAST
        is_narrow = n % narrow == 0 and (1 - place) * _NARROW >= long
        is_wide = n % wide == 0 and (1 - place) * _WIDE >= long
        on = screens(narrow=is_narrow, wide=is_wide)
        yield Mark(at(place), text if on else "", on)


def _step(places: list[float], texts: list[str], width: float) -> int:
    """Return of how many marks only one can have its text, so that no two touch."""
    apart = min((after - before for before, after in pairwise(places)), default=1.0)
    return ceil(max(map(room, texts)) / (width * apart))


def _month(first: date, later: int) -> date:
    years, month = divmod(first.month - 1 + later, 12)
    return date(first.year + years, month + 1, 1)


def _last_day(first: date) -> date:
    if first.year == date.max.year and first.month == 12:  # noqa: PLR2004 - December
        return date.max
    return _month(first, 1) - timedelta(days=1)
