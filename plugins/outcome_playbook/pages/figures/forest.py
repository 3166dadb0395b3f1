"""Effects side by side: one table a unit, and one axis where there is anything to draw."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.figures.labels import room
from outcome_playbook.pages.figures.scale import Scale, scale
from outcome_playbook.pages.language import say
from outcome_playbook.pages.parts import Said

_NARROW = 11.0  # rem that the plots have at least


@dataclass(frozen=True, slots=True)
class Tick:
    """A number along an axis. ``anchor`` keeps its text within the figure.

    The text is empty where it would touch another.
    """

    x: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The axis below the plots of a table. ``zero`` is where no effect is."""

    zero: str
    ticks: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Plot:
    """An interval as a line with the estimate on it; hollow when it includes no effect."""

    low: str
    high: str
    point: str
    is_null: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One effect before it is placed in a table: what it is of, and what stands below that."""

    title: Said
    below: tuple[Said, ...]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Row:
    """One effect. Without an interval, ``plot`` is ``None`` and stays empty."""

    title: Said
    below: tuple[Said, ...]
    n: str
    estimate: str
    interval: str
    remark: str
    plot: Plot | None


@dataclass(frozen=True, slots=True)
class Forest:
    """A table of effects in one unit. Without any interval there is no axis and no plot."""

    caption: str
    head: str
    rows: tuple[Row, ...]
    axis: Axis | None
    has_n: bool
    has_null: bool
    has_effect: bool


def forests(lines: Iterable[Line], what: str) -> list[Forest]:
    """Return one table for each unit, in the order in which the units appear.

    ``what`` begins the caption, in the language spoken. A ratio is listed without a plot, for a
    straight scale distorts it.
    """
    by_unit: dict[tuple[str | None, bool], list[Line]] = {}
    for line in lines:
        unit = (line.effect.unit, line.effect.is_ratio)
        by_unit.setdefault(unit, []).append(line)
    return [_forest(unit, ratio, found, what) for (unit, ratio), found in by_unit.items()]


def _forest(unit: str | None, is_ratio: bool, lines: list[Line], what: str) -> Forest:
    drawn = [line.effect for line in lines if _is_drawn(line.effect)]
    marks = [n for e in drawn for n in (e.low, e.value, e.high) if n is not None]
    around = scale([0.0, *marks]) if marks else None
    rows = tuple(_row(line, around) for line in lines)
    plots = [row.plot for row in rows if row.plot]
    return Forest(
        caption=_caption(unit, is_ratio, what),
        head=_head(unit, is_ratio),
        rows=rows,
        axis=_axis(around) if around else None,
        has_n=any(row.n for row in rows),
        has_null=any(plot.is_null for plot in plots),
        has_effect=any(not plot.is_null for plot in plots),
    )


def _is_drawn(effect: Effect) -> bool:
    return effect.includes_null is not None and not effect.is_ratio


def _head(unit: str | None, is_ratio: bool) -> str:
    if is_ratio:
        return say("Ratio (interval)")
    if unit is None:
        return say("Difference (interval)")
    return say("Difference (interval), %(unit)s", unit=words.unit_name(unit))


def _caption(unit: str | None, is_ratio: bool, what: str) -> str:
    if unit is None:
        return words.ended(what)
    if is_ratio:
        return say(
            "%(what)s (%(ratio)s): 1 means no effect, so no plot is drawn.", what=what, ratio=unit
        )
    if unit == fx.POINTS:
        return say("%(what)s, in percentage points.", what=what)
    # Translators: what a table shows and its unit: "Effects, the latest experiment first, in days."
    return say("%(what)s, in %(unit)s.", what=what, unit=words.unit_name(unit))


def _row(line: Line, around: Scale | None) -> Row:
    effect = line.effect
    plot = None
    if around and _is_drawn(effect) and None not in (effect.low, effect.high, effect.value):
        plot = Plot(
            around.at(effect.low or 0),
            around.at(effect.high or 0),
            around.at(effect.value or 0),
            bool(effect.includes_null),
        )
    told = effect.value is not None
    comparison: tuple[Said, ...] = ((effect.comparison,),) if effect.comparison else ()
    return Row(
        title=line.title,
        below=(*line.below, *comparison),
        n=words.number(effect.n) if effect.n is not None else "",
        estimate=effect.estimate,
        interval=effect.interval if told else "",
        remark=" · ".join(word for word in (effect.verdict, effect.note) if word),
        plot=plot,
    )


def _axis(around: Scale) -> Axis:
    count = len(around.ticks)
    zero = min(range(count), key=lambda n: abs(around.ticks[n]))
    texts = [
        fx.rounded(value, around.decimals, sign=True) if n != zero else "0"
        for n, value in enumerate(around.ticks)
    ]
    anchors = ["start", *["middle"] * (count - 2), "end"]
    told = _told(texts, zero)
    return Axis(
        around.at(0),
        tuple(
            Tick(around.at(value), texts[n] if n in told else "", anchors[n])
            for n, value in enumerate(around.ticks)
        ),
    )


def _told(texts: list[str], zero: int) -> set[int]:
    """Return which numbers of an axis are written: no effect, and every so many around it."""
    last = len(texts) - 1
    for step in range(1, last + 1):
        told = [n for n in range(last + 1) if (n - zero) % step == 0]
        if len(told) > 1 and all(_clear(texts, one, next_) for one, next_ in pairwise(told)):
            return set(told)
    return {zero, last} if _clear(texts, zero, last) else {zero}


def _clear(texts: list[str], one: int, other: int) -> bool:
    """Whether two numbers of an axis do not touch where it is narrowest."""
    last = len(texts) - 1
    after = room(texts[one]) if one == 0 else room(texts[one]) / 2
    before = room(texts[other]) if other == last else room(texts[other]) / 2
    return after + before <= _NARROW * (other - one) / last
