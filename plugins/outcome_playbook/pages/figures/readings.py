"""The readings of a metric as a line, with the baselines and targets of those who use it.

Below it lie the experiments that tested the metric, on the same time axis.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from babel.numbers import format_compact_decimal

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.figures.labels import room
from outcome_playbook.pages.figures.scale import Scale, at, scale
from outcome_playbook.pages.figures.timeline import NARROW, Timeline, timeline
from outcome_playbook.pages.language import say, spoken
from outcome_playbook.records.models import Experiment, Reading

_TOP, _BOTTOM = 0.1, 0.06  # of the height, kept free above the highest and below the lowest tick
_LINE = 0.1  # of the height, for one line of text
_NUDGE = 0.05  # of the width, from one place for a text to the next
_WIDEST_INSET = 0.3
_LONGEST_TICK, _LONGEST_LEVEL = 9, 28  # letters
_MOST_DOTS = 60
_MOST_BUCKETS = 150


@dataclass(frozen=True, slots=True)
class Point:
    """A reading: where it is, from the left and from the top."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Level:
    """A baseline or a target as a line across.

    Its text is empty where there is no room for it. ``above`` the line or below it; ``x`` and
    ``anchor`` are where it stands along it.
    """

    y: str
    text: str = ""
    above: bool = True
    x: str = "100%"
    anchor: str = "end"


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at the side."""

    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Plot:
    """Readings from the earliest to the latest, with the levels they are held against.

    The ``line`` joins all of them, or enough to look the same; ``dots`` are all of a few, and the
    latest of many.
    """

    line: tuple[Point, ...]
    dots: tuple[Point, ...]
    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """A metric over time. Without a reading there is no plot, and still a time axis."""

    time: Timeline
    plot: Plot | None


def course(
    readings: Sequence[Reading],
    levels: Iterable[tuple[str, float]],
    unit: str | None,
    experiments: Sequence[Experiment],
    today: date,
) -> Course | None:
    """Return the figure of these readings and experiments, ``None`` when none has a date.

    ``levels`` are pairs of "baseline" or "target" and a value in the metric's unit.
    """
    held = sorted(set(levels), key=lambda level: (level[1], level[0]))
    around = scale([*(r.value for r in readings), *(value for _, value in held)], ticks=3)
    ticks = _ticks(around) if around and readings else ()
    inset = max((room(tick.text) / NARROW for tick in ticks), default=0.0)
    days = [reading.date for reading in readings]
    time = timeline(days, experiments, today, min(inset, _WIDEST_INSET))
    if time is None:
        return None
    if around is None or not readings:
        return Course(time, None)
    # Of several on one day the first one written counts as the latest, as everywhere.
    ordered = sorted(range(len(readings)), key=lambda n: (readings[n].date, -n))
    in_time = (readings[n] for n in ordered)
    places = [(time.share(r.date, after=0.5), _height(around, r.value)) for r in in_time]
    return Course(
        time,
        Plot(
            line=_points(_thinned(places)),
            dots=_points(places if len(places) <= _MOST_DOTS else places[-1:]),
            levels=tuple(_placed(_texts(held, unit), around, places, time)),
            ticks=ticks,
        ),
    )


def _height(around: Scale, value: float) -> float:
    """Return where a value lies, as a share of the height from the top."""
    return _TOP + (1 - _TOP - _BOTTOM) * (1 - around.share(value))


def _points(places: Iterable[tuple[float, float]]) -> tuple[Point, ...]:
    return tuple(Point(at(x), at(y)) for x, y in places)


def _thinned(places: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return so many readings that the line looks the same: of each stretch ends and extremes."""
    if len(places) <= 4 * _MOST_BUCKETS:
        return places
    size = -(-len(places) // _MOST_BUCKETS)
    kept: dict[int, None] = {}
    for start in range(0, len(places), size):
        stretch = range(start, min(start + size, len(places)))
        heights = {n: places[n][1] for n in stretch}
        low, high = min(heights, key=heights.__getitem__), max(heights, key=heights.__getitem__)
        kept |= dict.fromkeys(sorted({stretch[0], low, high, stretch[-1]}))
    return [places[n] for n in kept]


def _ticks(around: Scale) -> tuple[Tick, ...]:
    texts = [fx.rounded(value, around.decimals) for value in around.ticks]
    if max(map(len, texts)) > _LONGEST_TICK and abs(around.step) >= 1:
        texts = [_compact(value) for value in around.ticks]
    places = (at(_height(around, value)) for value in around.ticks)
    return tuple(Tick(y, text) for y, text in zip(places, texts, strict=True))


def _compact(value: float) -> str:
    """Return a large round number in short: 1.5M."""
    short = format_compact_decimal(value, locale=spoken().locale, fraction_digits=2)
    return short.replace("-", "−")


# Levels ------------------------------------------------------------------------------------------


def _texts(held: list[tuple[str, float]], unit: str | None) -> Iterator[tuple[float, str]]:
    """Yield every level once, with what it is in words; empty when that is too long for a line."""
    for value in dict.fromkeys(value for _, value in held):
        names = [name for name, other in held if other == value]
        number = words.with_unit(value, unit)
        if len(number) > _LONGEST_LEVEL:
            number = words.number(value)
        if len(names) > 1:
            text = say("baseline and target %(value)s", value=number)
        elif names == ["target"]:
            text = say("target %(value)s", value=number)
        else:
            text = say("baseline %(value)s", value=number)
        yield value, text if len(number) <= _LONGEST_LEVEL else ""


def _placed(
    levels: Iterable[tuple[float, str]],
    around: Scale,
    readings: list[tuple[float, float]],
    time: Timeline,
) -> Iterator[Level]:
    """Yield the lines, each with its text where it covers no other and not that of the readings.

    A text without such a place is left out: the page says in words what each outcome aims at.
    """
    heights = [(_height(around, value), text) for value, text in levels]
    lines = [y for y, _ in heights]
    today = float(time.today.rstrip("%")) / 100 if time.today else None
    taken: list[_Box] = []
    for y, text in heights:
        free = [
            place
            for place in _places(y, room(text) / NARROW, time.inset)
            if text
            and not any(place.touches(other) for other in taken)
            and not place.is_crossed(readings)
        ]
        if not free:
            yield Level(at(y))
            continue
        best = min(free, key=lambda place: place.covers([o for o in lines if o != y], today))
        taken.append(best)
        at_end = best.low + best.high > 1
        x, anchor = (best.high, "end") if at_end else (best.low, "start")
        yield Level(at(y), text, best.bottom <= y, at(x), anchor)


def _places(y: float, width: float, inset: float) -> Iterator["_Box"]:
    """Yield the places along a line, from its end to its beginning, above the line before below."""
    steps = int(max(0.0, 1 - inset - width) / _NUDGE + 1e-9)
    for low in (1 - width - n * _NUDGE for n in range(steps + 1) if width <= 1 - inset):
        yield _Box(low, low + width, y - _LINE, y)
        if y + _LINE <= 1 + _LINE / 4:
            yield _Box(low, low + width, y, y + _LINE)


@dataclass(frozen=True, slots=True)
class _Box:
    """The room of a text in shares of the width and of the height."""

    low: float
    high: float
    top: float
    bottom: float

    def touches(self, other: "_Box") -> bool:
        apart = self.high <= other.low or other.high <= self.low
        return not (apart or self.bottom <= other.top or other.bottom <= self.top)

    def covers(self, lines: list[float], today: float | None) -> int:
        """Return how many lines run through it, those across and that of today."""
        across = sum(self.top < y < self.bottom for y in lines)
        return across + (today is not None and self.low < today < self.high)

    def is_crossed(self, readings: list[tuple[float, float]]) -> bool:
        """Whether a reading or a stretch between two of them lies in it."""
        inside = [y for x, y in readings if self.low <= x <= self.high]
        for edge in (self.low, self.high):
            inside += _crossing(readings, edge)
        return bool(inside) and max(inside) > self.top and min(inside) < self.bottom


def _crossing(readings: list[tuple[float, float]], x: float) -> Iterator[float]:
    """Yield the height of the line where it passes a place."""
    for (x0, y0), (x1, y1) in pairwise(readings):
        if x0 <= x <= x1 and x1 > x0:
            yield y0 + (y1 - y0) * (x - x0) / (x1 - x0)
