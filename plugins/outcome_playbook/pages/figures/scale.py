"""A straight scale: from values to places on it, and round numbers to write along it."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10


def at(share: float) -> str:
    """Return a share of the width as CSS and SVG write it, kept within the figure."""
    return f"{100 * min(1.0, max(0.0, share)):.2f}%"


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale from ``low`` to ``high``, which differ, with round ``ticks`` between them."""

    low: float
    high: float
    ticks: tuple[float, ...]
    step: float

    def share(self, value: float) -> float:
        """Return where a value lies: 0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)

    def at(self, value: float) -> str:
        """Return where a value lies, as SVG writes it."""
        return at(self.share(value))

    @property
    def decimals(self) -> int:
        """How many decimals the ticks need."""
        return max(0, -floor(log10(self.step) + 1e-9))


def scale(values: Iterable[float], ticks: int = 4) -> Scale | None:
    """Return a scale around these values with about so many ticks.

    ``None`` without values, or when a value is too large for a figure.
    """
    found = [_float(value) for value in values]
    if not found or not all(isfinite(value) and abs(value) < 1e15 for value in found):  # noqa: PLR2004
        return None
    low, high = min(found), max(found)
    if low == high:
        low, high = low - (abs(low) or 1) / 2, high + (abs(high) or 1) / 2
    step = _round_step((high - low) / ticks)
    first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
    marks = tuple(n * step for n in range(first, last + 1))
    return Scale(marks[0], marks[-1], marks, step)


def _float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return float("inf")


def _round_step(rough: float) -> float:
    magnitude = 10.0 ** floor(log10(rough))
    return next(n * magnitude for n in (1, 2, 5, 10) if n * magnitude >= rough * (1 - 1e-9))
