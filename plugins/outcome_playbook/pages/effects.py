"""What a result says: effects with their unit, interval and n, as numbers and in words.

No interval is computed here. A difference that is computed says so; a reported one is shown as it
was reported.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import floor, isfinite, log10

from outcome_playbook.pages import words
from outcome_playbook.records.kinds import Direction, ExperimentStatus
from outcome_playbook.records.models import Arm, Experiment, Metric, Result

POINTS = "points"
NO_INTERVAL = "no interval"
COMPUTED = "computed here, no interval"
NO_DIFFERENCE = "No difference detected"

_POINTS = ("%", "pp", "points", "percentage point", "percentage points")
_WIDEST, _FINEST = 1e15, 1e-6  # beyond these a number is written as a power of ten
_LEVEL_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference that one arm made, or an effect that somebody reported.

    ``value``, ``low`` and ``high`` are in ``unit`` (``points`` for a difference of percentages;
    ``None`` when no unit is known). ``value`` is ``None`` when the arms cannot be compared.
    ``interval`` is "−0.1 to 1.7" or "no interval"; ``note`` says where the number comes from.
    ``includes_null`` is ``None`` without an interval. ``n`` is ``None`` where it is not known.
    """

    metric: str
    arm: str | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    is_ratio: bool
    n: int | None
    estimate: str
    interval: str
    comparison: str
    note: str
    verdict: str

    @property
    def no_effect(self) -> float:
        """The value that means no effect: 1 for a ratio, else 0."""
        return 1.0 if self.is_ratio else 0.0

    @property
    def is_computed(self) -> bool:
        """Whether the number was computed from arms."""
        return self.note == COMPUTED

    @property
    def includes_null(self) -> bool | None:
        """Whether the interval includes no effect."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.no_effect <= self.high

    @property
    def with_unit(self) -> str:
        """The estimate with its unit: "+0.8 points", "hazard ratio 0.61"."""
        if self.value is None or not self.unit:
            return self.estimate
        if self.is_ratio:
            return f"{self.unit} {self.estimate}"
        return f"{self.estimate}{self.unit}" if self.unit == "%" else f"{self.estimate} {self.unit}"

    @property
    def around(self) -> str:
        """What stands in brackets behind the estimate: "−0.1 to 1.7, n = 50,980"."""
        if self.value is None:
            return ""
        n = f", n = {words.number(self.n)}" if self.n is not None else ""
        return f"{COMPUTED if self.is_computed else self.interval}{n}"

    @property
    def text(self) -> str:
        """The whole reading: "+0.8 points (−0.1 to 1.7, n = 50,980)"."""
        return f"{self.with_unit} ({self.around})" if self.value is not None else self.estimate


@dataclass(frozen=True, slots=True)
class Level:
    """What was measured in one arm: the number in the metric's unit and in words with its n."""

    value: float
    decimals: int
    is_share: bool
    text: str


def effects_of(result: Result, metric: Metric | None) -> list[Effect]:
    """Return the effects in a result: one a treatment arm, or the one that was reported.

    ``metric`` gives the unit and what is better; ``None`` when it cannot be read. The list is
    empty when the result says nothing that was measured.
    """
    if result.estimate is not None:
        return [_reported(result, metric)]
    groups = result.groups
    if len(groups) < 2:  # noqa: PLR2004 - a comparison is of two
        return []
    return [_compared(result, groups[0], arm, metric) for arm in groups[1:]]


def all_effects(experiment: Experiment, metrics: dict[str, Metric]) -> list[Effect]:
    """Return the effects in all results of an experiment, in order."""
    return [
        effect
        for result in experiment.results
        for effect in effects_of(result, metrics.get(result.metric))
    ]


def headline(effects: list[Effect], metric: str | None) -> Effect | None:
    """Return the effect that speaks for an experiment: reported, on its measure, before others."""
    told = [effect for effect in effects if effect.value is not None]
    ranked = sorted(told, key=lambda e: (e.metric != metric, e.is_computed, e.is_ratio))
    return ranked[0] if ranked else None


def pending(experiment: Experiment) -> str:
    """Return what stands where an effect would, for an experiment without results."""
    if experiment.status is ExperimentStatus.CONCLUDED:
        return "No figures"
    return {
        ExperimentStatus.PLANNED: "Not started",
        ExperimentStatus.CANCELLED: "Not run to its end",
    }.get(experiment.status, "No result yet")


# Reported ----------------------------------------------------------------------------------------


def _reported(result: Result, metric: Metric | None) -> Effect:
    value = result.estimate
    unit, is_ratio = _unit_of(result, metric)
    low, high = result.low, result.high
    signed = words.number if is_ratio else words.signed
    return Effect(
        metric=result.metric,
        arm=None,
        value=value,
        low=low,
        high=high,
        unit=unit,
        is_ratio=is_ratio,
        n=result.n,
        estimate=signed(value) if value is not None else "",
        interval=interval_text(low, high),
        comparison="",
        note=f"Reported: {result.source}" if result.source else "",
        verdict=_verdict(low, high, 1.0 if is_ratio else 0.0, metric),
    )


def _unit_of(result: Result, metric: Metric | None) -> tuple[str | None, bool]:
    """Return the unit of a reported effect, and whether it is a ratio of two groups."""
    of_metric = metric.unit if metric else None
    unit = result.unit
    if unit is None:
        return words.difference_unit(of_metric), False
    if unit.lower() in _POINTS[1:]:
        return POINTS, False
    is_ratio = unit.lower().endswith("ratio") and unit != of_metric
    return unit, is_ratio


def interval_text(low: float | None, high: float | None) -> str:
    """Return an interval in words; both ends with the same number of decimals."""
    if low is None and high is None:
        return NO_INTERVAL
    if high is None and low is not None:
        return f"from {words.number(low)}, no upper end"
    if low is None and high is not None:
        return f"up to {words.number(high)}, no lower end"
    decimals = max(_decimals(low or 0), _decimals(high or 0))
    return f"{rounded(low or 0, decimals)} to {rounded(high or 0, decimals)}"


def _verdict(low: float | None, high: float | None, null: float, metric: Metric | None) -> str:
    if low is None or high is None:
        return ""
    if low <= null <= high:
        return NO_DIFFERENCE
    rises = low > null
    word = "Higher" if rises else "Lower"
    better = {Direction.INCREASE: rises, Direction.DECREASE: not rises}.get(
        metric.direction if metric else None  # type: ignore[arg-type]
    )
    if better is None:
        return word
    return f"{word}, for the {'better' if better else 'worse'}"


# Computed from arms ------------------------------------------------------------------------------


def level_of(arm: Arm, metric: Metric | None) -> Level | None:
    """Return what was measured in an arm: a share in percent, or a mean in the metric's unit."""
    unit = metric.unit if metric else None
    if arm.mean is not None:
        decimals = _decimals(arm.mean)
        n = f" (n = {words.number(arm.n)})" if arm.n is not None else ""
        return Level(arm.mean, decimals, False, f"{words.with_unit(arm.mean, unit)}{n}")
    if arm.rate is not None:
        share = float(Decimal(repr(arm.rate)) * 100)
        decimals = max(0, _decimals(arm.rate) - 2)
    elif arm.conversions is not None and arm.n:
        share = 100 * arm.conversions / arm.n
        decimals = _sensible(share, _LEVEL_DIGITS)
    else:
        return None
    of = f" of {words.number(arm.n)}" if arm.n is not None else ""
    return Level(share, decimals, True, f"{rounded(share, decimals)}%{of}")


def _compared(result: Result, control: Arm, arm: Arm, metric: Metric | None) -> Effect:
    before, after = level_of(control, metric), level_of(arm, metric)
    name = arm.name if len(result.groups) > 2 or control.name or arm.name else None  # noqa: PLR2004
    if before is None or after is None or before.is_share is not after.is_share:
        return _incomparable(result, name, before, after)
    value, decimals = _difference(before, after, exact=arm.rate is not None or arm.mean is not None)
    n = control.n + arm.n if control.n is not None and arm.n is not None else None
    against = f" ({control.name})" if control.name else ""
    return Effect(
        metric=result.metric,
        arm=name,
        value=value,
        low=None,
        high=None,
        unit=POINTS if after.is_share else words.difference_unit(metric.unit if metric else None),
        is_ratio=False,
        n=n,
        estimate=rounded(value, decimals, sign=True),
        interval=NO_INTERVAL,
        comparison=f"{after.text} against {before.text}{against}",
        note=COMPUTED,
        verdict="",
    )


def _incomparable(
    result: Result, name: str | None, before: Level | None, after: Level | None
) -> Effect:
    texts = [level.text for level in (after, before) if level]
    return Effect(
        metric=result.metric,
        arm=name,
        value=None,
        low=None,
        high=None,
        unit=None,
        is_ratio=False,
        n=None,
        estimate="The two groups cannot be compared",
        interval=NO_INTERVAL,
        comparison=" against ".join(texts),
        note="",
        verdict="",
    )


def _difference(before: Level, after: Level, *, exact: bool) -> tuple[float, int]:
    """Return a difference and how many of its decimals are worth showing.

    What was written with few decimals gives no more than it had; a share that was divided out
    gives two digits and at least one decimal.
    """
    value = float(Decimal(repr(after.value)) - Decimal(repr(before.value)))
    if exact:
        most = max(before.decimals, after.decimals)
        return value, min(most, _sensible(value, 3))
    return value, max(1, _sensible(value, 2))


def _sensible(value: float, digits: int) -> int:
    """Return the number of decimals that shows so many digits of a number."""
    if not value or not isfinite(value):
        return 0
    return min(12, max(0, digits - 1 - floor(log10(abs(value)))))


def _decimals(value: float) -> int:
    """Return how many decimals a number was written with, as far as the number tells."""
    exponent = Decimal(repr(value)).normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def rounded(value: float, decimals: int, *, sign: bool = False) -> str:
    """Return a number with so many decimals, thousands set off, with a true minus."""
    if value and not _FINEST <= abs(value) < _WIDEST:
        return words.signed(value) if sign else words.number(value)
    text = f"{value:{'+' if sign else ''},.{decimals}f}"
    if not float(text.replace(",", "")):
        text = text.lstrip("+-")
    return text.replace("-", "−")
