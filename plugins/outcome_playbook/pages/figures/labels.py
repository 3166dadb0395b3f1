"""Texts along a figure: which of them there is room for, on a narrow screen and on a wide one.

A figure is drawn once for every width, so its texts are measured here by their letters, a little
wider than they are. A text that would touch another or leave the figure is left out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from unicodedata import combining, east_asian_width

from outcome_playbook.pages.figures.scale import at

NARROW, WIDE = 14.0, 36.0
"""Widths of a figure in rem: the narrowest there is, and from where the stylesheet has it wide."""

_LETTER = 0.38  # rem, in the size that figures have
_GAP = 0.5


@dataclass(frozen=True, slots=True)
class Wish:
    """A text that would like to stand at a place, a share of the width.

    ``anchor`` is which end of it stands there; without one it is chosen so that it fits. Of the
    texts that say the same, which have the same ``about``, only the first with room is shown.
    """

    place: float
    text: str
    anchor: str = ""
    look: str = ""
    about: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A text at its place. ``on`` are the screens that have room for it: all, wide or narrow."""

    x: str
    text: str
    anchor: str
    look: str
    on: str


def room(text: str) -> float:
    """Return the room that a text takes, in rem, with a gap behind it."""
    if text.isascii():
        return len(text) * _LETTER + _GAP
    letters = (2 if east_asian_width(sign) in "WF" else 1 for sign in text if not combining(sign))
    return sum(letters) * _LETTER + _GAP


def fitted(wishes: Iterable[Wish]) -> tuple[Label, ...]:
    """Return the texts for which there is room. Earlier wishes go before later ones."""
    wanted = [replace(wish, anchor=wish.anchor or _anchor(wish)) for wish in wishes if wish.text]
    narrow, wide = _granted(wanted, NARROW), _granted(wanted, WIDE)
    return tuple(
        Label(at(wish.place), wish.text, wish.anchor, wish.look, on)
        for wish, is_narrow, is_wide in zip(wanted, narrow, wide, strict=True)
        if (on := screens(narrow=is_narrow, wide=is_wide))
    )


def screens(*, narrow: bool, wide: bool) -> str:
    """Return on which screens a text is shown, empty for none."""
    return "all" if narrow and wide else "narrow" if narrow else "wide" if wide else ""


def _anchor(wish: Wish) -> str:
    """Return the anchor that keeps a text within a narrow figure, if one does."""
    half = room(wish.text) / 2
    if wish.place * NARROW < half:
        return "start"
    return "end" if (1 - wish.place) * NARROW < half else "middle"


def _granted(wishes: Sequence[Wish], width: float) -> list[bool]:
    taken: list[tuple[float, float]] = []
    said: set[str] = set()
    granted: list[bool] = []
    for wish in wishes:
        low, high = _stretch(wish, width)
        # The gap behind the last letter may lie outside.
        fits = low >= -_GAP and high <= width + _GAP
        is_free = all(high <= start or low >= end for start, end in taken)
        granted.append(fits and is_free and wish.about not in said)
        if granted[-1]:
            taken.append((low, high))
            said |= {wish.about} - {""}
    return granted


def _stretch(wish: Wish, width: float) -> tuple[float, float]:
    long, x = room(wish.text), wish.place * width
    low = x - {"start": 0.0, "middle": long / 2, "end": long}[wish.anchor]
    return low, low + long
