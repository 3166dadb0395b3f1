"""A time axis of its own length: where a day lies, round days along it, and experiments as bars."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, pairwise
from math import ceil

from outcome_playbook.pages import words
from outcome_playbook.pages.figures.labels import room, screens
from outcome_playbook.pages.figures.period import LEAST, OPEN, Mark, ends, is_coarse
from outcome_playbook.pages.figures.scale import at
from outcome_playbook.pages.language import say
from outcome_playbook.records.models import Experiment

NARROW, WIDE = 13.4, 19.6
"""The least room for the axis in rem: on a narrow screen, and beside titles on a wide one."""

_MARGIN = 0.02  # of the width, behind the last day: a dot there is not cut
_LEAST = 7  # days
_CROWDED = 0.12  # readings that take less of the whole time than this would be a smudge
_DAYS, _MONTHS = 62, 24  # up to so many, days or months are written along the axis


@dataclass(frozen=True, slots=True)
class Bar:
    """The time of one experiment; ``coarse`` when its dates are not known to the day.

    ``before`` and ``after``: it lies beyond that end of the axis, in part or, without a
    ``width``, wholly.
    """

    x: str
    width: str | None
    coarse: bool
    before: bool
    after: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days from ``first`` to ``last`` along a figure.

    ``inset`` is the share of the width before the first day. ``today`` is ``None`` when it lies
    outside; ``now`` is the word that stands there.
    """

    first: date
    last: date
    inset: float
    marks: tuple[Mark, ...] = ()
    today: str | None = None
    now: str = ""
    now_anchor: str = "start"

    def share(self, day: date, after: float = 0) -> float:
        """Return where a day begins, or so many days after that, as a share of the width."""
        days = (self.last - self.first).days + 1
        along = ((day - self.first).days + after) / days
        return self.inset + (1 - self.inset - _MARGIN) * min(1.0, max(0.0, along))

    def bar(self, record: Experiment, until: date | None = None) -> Bar | None:
        """Return an experiment's bar, ``None`` when no date of it is known.

        ``until`` leaves out what comes after that day.
        """
        known = ends(record)
        if known and until:
            known = (known[0], min(known[1], until)) if known[0] <= until else None
        if known is None:
            return None
        low, high = self.share(known[0]), self.share(known[1], after=1)
        before, after = known[0] < self.first, known[1] > self.last
        is_outside = known[1] < self.first or known[0] > self.last
        width = max(high - low, LEAST)
        return Bar(at(low), None if is_outside else at(width), is_coarse(record), before, after)


def timeline(
    days: Sequence[date], experiments: Iterable[Experiment], today: date, inset: float = 0.0
) -> Timeline | None:
    """Return the axis for these days and experiments, ``None`` when none has a date.

    Today is on it while anything is open, or when it falls within anyway. Experiments that lie
    far from the days are left outside, so that the days have at least a third of the axis.
    """
    found = list(experiments)
    known = [day for record in found for day in ends(record) or ()]
    if not days and not known:
        return None
    if any(record.status in OPEN for record in found):
        known.append(today)
    first, last = _window([day.toordinal() for day in days], [day.toordinal() for day in known])
    bare = Timeline(date.fromordinal(first), date.fromordinal(last), inset)
    share, now = bare.share(today), say("today")
    return Timeline(
        bare.first,
        bare.last,
        inset,
        tuple(_marks(bare)),
        at(share) if bare.first <= today <= bare.last else None,
        now,
        "end" if (1 - share) * NARROW < room(now) else "start",
    )


def _window(days: list[int], others: list[int]) -> tuple[int, int]:
    """Return the first and the last day of the axis, as ordinals."""
    first, last = min(days + others), max(days + others)
    length = max(days) - min(days) if days else 0
    if length and length < _CROWDED * (last - first):
        first, last = max(first, min(days) - length), min(last, max(days) + length)
    missing = max(0, _LEAST - (last - first + 1))
    first, last = first - ceil(missing / 2), last + ceil(missing / 2)
    return max(first, date.min.toordinal()), min(last, date.max.toordinal())


# Round days --------------------------------------------------------------------------------------


def _marks(time: Timeline) -> Iterator[Mark]:
    """Yield round days, as many as have room for their text on a wide screen."""
    starts, write = _round_days(time)
    texts = [write(start) for start in starts]
    longest = max(map(room, texts), default=0.0)
    shares = [time.share(start) for start in starts]
    least = min((b - a for a, b in pairwise(shares)), default=1.0)
    narrow = ceil(longest / (NARROW * least)) if least else len(starts)
    for n, (share, text) in enumerate(zip(shares, texts, strict=True)):
        on = screens(
            narrow=n % max(1, narrow) == 0 and (1 - share) * NARROW >= room(text),
            wide=(1 - share) * WIDE >= room(text),
        )
        yield Mark(at(share), text if on else "", on)


def _round_days(time: Timeline) -> tuple[list[date], Callable[[date], str]]:
    """Return days, months or years of the axis, the most of them that have room."""
    days = (time.last - time.first).days + 1
    rem_a_day = WIDE * (1 - time.inset - _MARGIN) / days
    if days <= _DAYS:
        step = _step((1, 2, 3, 4, 7, 14, 28, 56), rem_a_day, room(words.day(time.last)))
        return [date.fromordinal(n) for n in _range(time, step)], words.day
    months = (time.last.year - time.first.year) * 12 + time.last.month - time.first.month
    if months < _MONTHS:
        step = _step((1, 2, 3, 6, 12), 28 * rem_a_day, room(words.month(time.last)))
        starts = (
            date(year, month, 1)
            for year in range(time.first.year, time.last.year + 1)
            for month in range(1, 13, step)
        )
        return [start for start in starts if time.first <= start <= time.last], words.month
    steps = (n * 10**power for power in count() for n in (1, 2, 5))
    step = _step(steps, 365 * rem_a_day, room("2000"))
    first = max(1, ceil(time.first.year / step) * step)
    years = (date(year, 1, 1) for year in range(first, time.last.year + 1, step))
    return [start for start in years if start >= time.first], lambda start: str(start.year)


def _range(time: Timeline, step: int) -> range:
    return range(time.first.toordinal(), time.last.toordinal() + 1, step)


def _step(steps: Iterable[int], rem: float, needed: float) -> int:
    """Return the first step so wide that a text has room, else the last one."""
    step = 1
    for step in steps:
        if step * rem >= needed:
            break
    return step
