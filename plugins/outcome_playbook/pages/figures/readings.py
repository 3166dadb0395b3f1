"""The readings of a metric as a line, with the baselines and targets of those who use it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.figures.scale import Scale, at, scale
from outcome_playbook.records.models import Reading


@dataclass(frozen=True, slots=True)
class Point:
    """A reading: where it is, from the left and from the top."""

    x: str
    y: str


@dataclass(frozen=True, slots=True)
class Level:
    """A baseline or a target as a line across."""

    y: str
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A number at the side."""

    y: str
    text: str


@dataclass(frozen=True, slots=True)
class Curve:
    """Readings from the earliest to the latest, with the levels they are held against.

    ``first`` and ``last`` are the days at the ends; equal when there is one day only.
    """

    points: tuple[Point, ...]
    levels: tuple[Level, ...]
    ticks: tuple[Tick, ...]
    first: str
    last: str


def curve(
    readings: Sequence[Reading], levels: Iterable[tuple[str, float]], unit: str | None
) -> Curve | None:
    """Return the figure of these readings, ``None`` when there are none.

    ``levels`` are pairs of "baseline" or "target" and a value in the metric's unit.
    """
    held = sorted(set(levels))
    around = scale([*(r.value for r in readings), *(value for _, value in held)], ticks=3)
    if not readings or around is None:
        return None
    ordered = sorted(readings, key=lambda reading: reading.date)
    first, last = ordered[0].date, ordered[-1].date
    days = (last - first).days
    points = tuple(
        Point(at((reading.date - first).days / days if days else 0.5), _y(around, reading.value))
        for reading in ordered
    )
    return Curve(
        points,
        tuple(
            Level(_y(around, value), f"{name} {words.with_unit(value, unit)}", name)
            for name, value in held
        ),
        tuple(Tick(_y(around, v), fx.rounded(v, around.decimals)) for v in around.ticks),
        words.day(first),
        words.day(last),
    )


def _y(around: Scale, value: float) -> str:
    return at(1 - around.share(value))
