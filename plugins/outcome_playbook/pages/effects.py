"""What a result says: effects with their unit, interval and n, as numbers and in words.

No interval is computed here. A difference that is computed says so; a reported one is shown as it
was reported.
"""

from dataclasses import dataclass
from decimal import Decimal
from math import floor, isfinite, log10

from outcome_playbook.pages import words
from outcome_playbook.pages.language import say, term
from outcome_playbook.records.effects import POINT_UNITS, difference, is_ratio, level
from outcome_playbook.records.kinds import Direction, ExperimentStatus
from outcome_playbook.records.models import Arm, Experiment, Metric, Result

POINTS = "points"

_WIDEST, _FINEST = 1e15, 1e-6  # beyond these a number is written as a power of ten
_LEVEL_DIGITS = 3


@dataclass(frozen=True, slots=True)
class Level:
    """What was measured in one arm: a share in percent, or a mean in the metric's ``unit``.

    ``decimals`` are those worth showing; ``n`` is ``None`` where it is not known.
    """

    value: float
    decimals: int
    is_share: bool
    unit: str | None
    n: int | None

    @property
    def text(self) -> str:
        """The number in words with its n: "34.5% of 4,008", "142 ms (n = 21)"."""
        n = words.number(self.n) if self.n is not None else None
        if self.is_share:
            share = words.measured(rounded(self.value, self.decimals), "%")
            # Translators: "34.5% of 4,008", the second number being people, letters, runs …
            return say("%(share)s of %(n)s", share=share, n=n) if n else share
        mean = words.with_unit(self.value, self.unit)
        return say("%(mean)s (n = %(n)s)", mean=mean, n=n) if n else mean


@dataclass(frozen=True, slots=True)
class Effect:
    """The difference that one arm made, or an effect that somebody reported.

    ``value``, ``low`` and ``high`` are in ``unit`` (``points`` for a difference of percentages;
    ``None`` when no unit is known). ``value`` is ``None`` when the arms cannot be compared.
    ``decimals`` are those worth showing; ``None`` shows the number as it was written. ``n`` is
    ``None`` where it is not known. ``after`` and ``before`` are the levels of a computed
    difference, ``against`` the name of the arm it is held against; ``source`` is who reported.
    ``direction`` is what is better. The texts are in the language spoken when they are asked for.
    """

    metric: str
    arm: str | None
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    is_ratio: bool
    n: int | None
    is_computed: bool
    decimals: int | None = None
    source: str | None = None
    direction: Direction | None = None
    after: Level | None = None
    before: Level | None = None
    against: str | None = None

    @property
    def no_effect(self) -> float:
        """The value that means no effect: 1 for a ratio, else 0."""
        return 1.0 if self.is_ratio else 0.0

    @property
    def includes_null(self) -> bool | None:
        """Whether the interval includes no effect; ``None`` without an interval."""
        if self.low is None or self.high is None:
            return None
        return self.low <= self.no_effect <= self.high

    @property
    def estimate(self) -> str:
        """The number as text, or that there is none: "+0.8"."""
        if self.value is None:
            return say("The two groups cannot be compared")
        if self.decimals is not None:
            return rounded(self.value, self.decimals, sign=True)
        return words.number(self.value) if self.is_ratio else words.signed(self.value)

    @property
    def interval(self) -> str:
        """The interval in words, or that there is none: "−0.1 to 1.7"."""
        if self.is_computed:
            return say("computed here, no interval")
        return interval_text(self.low, self.high)

    @property
    def comparison(self) -> str:
        """What a difference was computed from: "41.6% of 4,008 against 41.2% of 4,012 (plain)"."""
        after, before = self.after, self.before
        if after is None or before is None:
            one = after or before
            return one.text if one else ""
        if self.against:
            return say(
                "%(after)s against %(before)s (%(arm)s)",
                after=after.text,
                before=before.text,
                arm=self.against,
            )
        return say("%(after)s against %(before)s", after=after.text, before=before.text)

    @property
    def note(self) -> str:
        """Where a reported number comes from, where that is written."""
        return say("Reported: %(source)s", source=self.source) if self.source else ""

    @property
    def verdict(self) -> str:
        """What the interval says, empty without one: "Higher, for the better"."""
        if self.low is None or self.includes_null is None:
            return ""
        if self.includes_null:
            return say("No difference detected")
        rises = self.low > self.no_effect
        better = {Direction.INCREASE: rises, Direction.DECREASE: not rises}.get(
            self.direction  # type: ignore[arg-type]
        )
        return say(_VERDICTS[rises, better])

    @property
    def with_unit(self) -> str:
        """The estimate with its unit: "+0.8 points", "hazard ratio 0.61"."""
        if self.value is None or not self.unit:
            return self.estimate
        if self.is_ratio:
            # Translators: a ratio by its name, such as "hazard ratio 0.61".
            return say("%(ratio)s %(number)s", ratio=self.unit, number=self.estimate)
        is_one = abs(self.value) == 1 and not self.decimals
        return words.measured(self.estimate, self.unit, is_one=is_one)

    @property
    def around(self) -> str:
        """What stands in brackets behind the estimate: "−0.1 to 1.7, n = 50,980"."""
        if self.value is None:
            return ""
        if self.n is None:
            return self.interval
        # Translators: an interval and the number of those it was measured on.
        return say("%(interval)s, n = %(n)s", interval=self.interval, n=words.number(self.n))

    @property
    def text(self) -> str:
        """The whole reading: "+0.8 points (−0.1 to 1.7, n = 50,980)"."""
        return f"{self.with_unit} ({self.around})" if self.value is not None else self.estimate


_VERDICTS = {
    (True, None): term("Higher"),
    (True, True): term("Higher, for the better"),
    (True, False): term("Higher, for the worse"),
    (False, None): term("Lower"),
    (False, True): term("Lower, for the better"),
    (False, False): term("Lower, for the worse"),
}


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


_PENDING = {
    ExperimentStatus.PLANNED: term("Not started"),
    ExperimentStatus.CANCELLED: term("Not run to its end"),
    ExperimentStatus.CONCLUDED: term("No figures"),
}


def pending(experiment: Experiment) -> str:
    """Return what stands where an effect would, for an experiment without results."""
    waits = _PENDING.get(experiment.status)
    return say(waits) if waits else say("No result yet")


# Reported ----------------------------------------------------------------------------------------


def _reported(result: Result, metric: Metric | None) -> Effect:
    unit, is_ratio = _unit_of(result, metric)
    return Effect(
        metric=result.metric,
        arm=None,
        value=result.estimate,
        low=result.low,
        high=result.high,
        unit=unit,
        is_ratio=is_ratio,
        n=result.n,
        is_computed=False,
        source=result.source,
        direction=metric.direction if metric else None,
    )


def _unit_of(result: Result, metric: Metric | None) -> tuple[str | None, bool]:
    """Return the unit of a reported effect, and whether it is a ratio of two groups."""
    of_metric = metric.unit if metric else None
    unit = result.unit
    if unit is None:
        return words.difference_unit(of_metric), False
    if unit.lower() in POINT_UNITS:
        return POINTS, False
    return unit, is_ratio(result, metric)


def interval_text(low: float | None, high: float | None) -> str:
    """Return an interval in words; both ends with the same number of decimals."""
    if low is None and high is None:
        return say("no interval")
    if low is None or high is None:
        if low is not None:
            return say("from %(low)s, no upper end", low=words.number(low))
        return say("up to %(high)s, no lower end", high=words.number(high or 0))
    decimals = max(_decimals(low), _decimals(high))
    return say("%(low)s to %(high)s", low=rounded(low, decimals), high=rounded(high, decimals))


# Computed from arms ------------------------------------------------------------------------------


def level_of(arm: Arm, metric: Metric | None) -> Level | None:
    """Return what was measured in an arm: a share in percent, or a mean in the metric's unit."""
    measured = level(arm)
    if measured is None:
        return None
    value, is_share = measured
    if not is_share:
        return Level(value, _decimals(value), False, metric.unit if metric else None, arm.n)
    decimals = _sensible(value, _LEVEL_DIGITS)
    if arm.rate is not None:
        decimals = max(0, _decimals(arm.rate) - 2)
    return Level(value, decimals, True, "%", arm.n)


def _compared(result: Result, control: Arm, arm: Arm, metric: Metric | None) -> Effect:
    before, after = level_of(control, metric), level_of(arm, metric)
    name = arm.name if len(result.groups) > 2 or control.name or arm.name else None  # noqa: PLR2004
    if before is None or after is None or before.is_share is not after.is_share:
        return _incomparable(result, name, before, after)
    value, decimals = _difference(before, after, exact=arm.rate is not None or arm.mean is not None)
    return Effect(
        metric=result.metric,
        arm=name,
        value=value,
        low=None,
        high=None,
        unit=POINTS if after.is_share else words.difference_unit(metric.unit if metric else None),
        is_ratio=False,
        n=control.n + arm.n if control.n is not None and arm.n is not None else None,
        is_computed=True,
        decimals=decimals,
        after=after,
        before=before,
        against=control.name,
    )


def _incomparable(
    result: Result, name: str | None, before: Level | None, after: Level | None
) -> Effect:
    return Effect(
        metric=result.metric,
        arm=name,
        value=None,
        low=None,
        high=None,
        unit=None,
        is_ratio=False,
        n=None,
        is_computed=False,
        after=after,
        before=before,
    )


def _difference(before: Level, after: Level, *, exact: bool) -> tuple[float, int]:
    """Return a difference and how many of its decimals are worth showing.

    What was written with few decimals gives no more than it had; a share that was divided out
    gives two digits and at least one decimal.
    """
    value = difference(before.value, after.value)
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
    """Return a number with so many decimals in the language spoken, with a true minus."""
    if value and not _FINEST <= abs(value) < _WIDEST:
        return words.signed(value) if sign else words.number(value)
    text = f"{value:{'+' if sign else ''},.{decimals}f}"
    if not float(text.replace(",", "")):
        text = text.lstrip("+-")
    return words.localised(text)
