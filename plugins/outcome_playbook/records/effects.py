"""What an experiment measured, as numbers: no words, no interval, nothing that is not written."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Protocol, TypeVar

from outcome_playbook.records.models import Arm, Experiment, Metric, Result

POINT_UNITS: Final = ("pp", "points", "percentage point", "percentage points")
"""How the unit of a difference of two percentages is written, beside ``%``."""


class Measured(Protocol):
    """An effect: reported, or computed as the difference of two arms; ``None`` where there is none.

    A ratio has no effect at 1, any other at 0. ``metric`` is what it was measured by, as written.
    """

    @property
    def metric(self) -> str: ...  # noqa: D102 - they are told of above
    @property
    def value(self) -> float | None: ...  # noqa: D102
    @property
    def is_computed(self) -> bool: ...  # noqa: D102
    @property
    def is_ratio(self) -> bool: ...  # noqa: D102


M = TypeVar("M", bound=Measured)


def headline(effects: Iterable[M], metric: str | None) -> M | None:
    """Return the effect that speaks for an experiment: reported, on its measure, before others."""
    told = [effect for effect in effects if effect.value is not None]
    ranked = sorted(told, key=lambda e: (e.metric != metric, e.is_computed, e.is_ratio))
    return ranked[0] if ranked else None


@dataclass(frozen=True, slots=True)
class Estimate:
    """An effect as a bare number."""

    metric: str
    value: float | None
    is_computed: bool
    is_ratio: bool


def estimates(experiment: Experiment, metrics: Mapping[str, Metric]) -> Iterator[Estimate]:
    """Yield every effect in the results of an experiment. ``metrics`` are by the ids written."""
    for result in experiment.results:
        if result.estimate is not None:
            ratio = is_ratio(result, metrics.get(result.metric))
            yield Estimate(result.metric, result.estimate, is_computed=False, is_ratio=ratio)
            continue
        for arm in result.groups[1:]:
            before, after = level(result.groups[0]), level(arm)
            value = None
            if before and after and before[1] is after[1]:
                value = difference(before[0], after[0])
            yield Estimate(result.metric, value, is_computed=True, is_ratio=False)


def is_ratio(result: Result, metric: Metric | None) -> bool:
    """Whether a reported effect is a ratio of two groups, by its unit."""
    unit = result.unit
    if unit is None or unit.lower() in POINT_UNITS:
        return False
    return unit.lower().endswith("ratio") and unit != (metric.unit if metric else None)


def level(arm: Arm) -> tuple[float, bool] | None:
    """Return what was measured in an arm, and whether it is a share in percent or else a mean."""
    if arm.mean is not None:
        return arm.mean, False
    if arm.rate is not None:
        return float(Decimal(repr(arm.rate)) * 100), True
    if arm.conversions is not None and arm.n:
        return 100 * arm.conversions / arm.n, True
    return None


def difference(before: float, after: float) -> float:
    """Return what one number is more than another, without the dust of binary fractions."""
    return float(Decimal(repr(after)) - Decimal(repr(before)))
