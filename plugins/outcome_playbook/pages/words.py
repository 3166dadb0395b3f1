"""The words on the pages: how statuses, kinds and other closed lists are shown, and their looks."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Literal

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list

from outcome_playbook.diagnostics.told import Told
from outcome_playbook.pages.language import (
    Language,
    looked_up,
    looked_up_plural,
    say,
    spoken,
    term,
    term_plural,
)
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.values import CoarseDay

_KINDS = {
    Kind.OUTCOME: (term("Outcome"), term("Outcomes")),
    Kind.METRIC: (term("Metric"), term("Metrics")),
    Kind.HYPOTHESIS: (term("Hypothesis"), term("Hypotheses")),
    Kind.EXPERIMENT: (term("Experiment"), term("Experiments")),
}

_LABELS = {
    # Statuses
    "draft": term("Draft"),
    "active": term("Active"),
    "paused": term("Paused"),
    "achieved": term("Achieved"),
    "missed": term("Missed"),
    "dropped": term("Dropped"),
    "proposed": term("Proposed"),
    "approved": term("Approved"),
    "deprecated": term("Deprecated"),
    "testing": term("Testing"),
    "supported": term("Supported"),
    "not_supported": term("Not supported"),
    "inconclusive": term("Inconclusive"),
    "parked": term("Parked"),
    "planned": term("Planned"),
    "running": term("Running"),
    "review": term("Result in, no decision"),
    "concluded": term("Concluded"),
    "cancelled": term("Cancelled"),
    # Conclusions
    "won": term("Won"),
    "lost": term("Lost"),
    "stopped_early": term("Stopped early"),
    "invalid": term("Invalid"),
    # Methods
    "ab_test": term("A/B test"),
    "cluster_trial": term("Cluster trial"),
    "before_after": term("Before and after"),
    "difference_in_differences": term("Difference in differences"),
    "pilot": term("Pilot"),
    "process_trial": term("Process trial"),
    "fake_door": term("Fake door"),
    "prototype": term("Prototype"),
    "interview": term("Interview"),
    "survey": term("Survey"),
    "other": term("Other"),
    # Actions
    "ship": term("Ship"),
    "roll_back": term("Roll back"),
    "iterate": term("Iterate"),
    "rerun": term("Rerun"),
    "stop": term("Stop"),
    # Flags
    "undecided": term("Undecided"),
    "overdue": term("Overdue"),
    "silent": term("Silent"),
    "stale": term("Stale"),
    # Metrics
    "customer": term("Customer value"),
    "business": term("Business value"),
    "operational": term("Operational"),
    "activity": term("Activity"),
    "increase": term("Higher is better"),
    "decrease": term("Lower is better"),
    "maintain": term("Steady is better"),
    "leading": term("Leading"),
    "lagging": term("Lagging"),
}

LOOKS = {
    "draft": ("draft", "planned", "proposed"),
    "testing": ("testing", "running", "review", "active"),
    "supported": ("supported", "won", "achieved", "approved"),
    "refuted": ("not_supported", "lost", "missed"),
    "unclear": ("inconclusive", "stopped_early", "invalid"),
    "parked": ("parked", "paused", "dropped", "cancelled", "deprecated"),
}
"""Seven looks carry all statuses and conclusions; the seventh, ``attn``: somebody must act."""

_LOOK_OF = {word: look for look, words in LOOKS.items() for word in words}


_ENGLISH_UNITS = {
    "points": term_plural("point", "points"),
    "days": term_plural("day", "days"),
    "weeks": term_plural("week", "weeks"),
    "months": term_plural("month", "months"),
    "hours": term_plural("hour", "hours"),
    "minutes": term_plural("minute", "minutes"),
    "seconds": term_plural("second", "seconds"),
}
"""Units that are words. One of a unit that we do not know is written as the metric has it."""


def label(word: str) -> str:
    """Return a word of a closed list as it is shown: ``not_supported`` is "Not supported"."""
    return say(_LABELS[word])


def known(word: str) -> str:
    """Return a word of a closed list as it is shown, any other as it is written."""
    return say(_LABELS[word]) if word in _LABELS else word


def look(word: str) -> str:
    """Return which of the looks a status or conclusion has; a concluded one without is unclear."""
    return _LOOK_OF.get(word, "unclear")


def kind(of: Kind) -> str:
    """Return the name of a kind: Hypothesis."""
    return say(_KINDS[of][0])


def kinds(of: Kind) -> str:
    """Return the name of all records of a kind: Hypotheses."""
    return say(_KINDS[of][1])


def day(value: date) -> str:
    """Return a date in words: 1 May 2018."""
    # Translators: how a day is written, in the letters of Unicode's date patterns.
    return _date(value, say("d MMMM y"), spoken())


def month(value: date) -> str:
    """Return a month as short as an axis needs it: Sep 2017."""
    # Translators: how a month is written on an axis.
    return _date(value, say("MMM y"), spoken())


def some_day(value: CoarseDay) -> str:
    """Return a date as coarse as it is known: 1 May 2018, May 2018 or 2018."""
    if value.is_day:
        return day(value.first)
    if value.first.month == value.last.month:
        # Translators: how a month is written in a sentence.
        return _date(value.first, say("MMMM y"), spoken())
    return str(value.first.year)


@lru_cache(maxsize=4096)  # some days stand on many pages
def _date(value: date, pattern: str, language: Language) -> str:
    return format_date(value, pattern, language.locale)


def translated(text: str) -> str:
    """Return a text that was made without a language in the language spoken.

    A ``Told`` is looked up with its values translated and filled in, any other text as a whole.
    What is in no table stays as it is.
    """
    if not text:
        return ""
    if not isinstance(text, Told):
        return looked_up(text)
    found = looked_up(text.template)
    if text.values is None:
        return str(text) if found == text.template else found
    values = {
        name: translated(value) if isinstance(value, Told) else value
        for name, value in text.values.items()
    }
    return str(text) if (found, values) == (text.template, text.values) else found % values


def ended(text: str) -> str:
    """Return a text with a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text}."


def sentence(text: str) -> str:
    """Return a message as a sentence."""
    return f"{text[:1].upper()}{ended(text[1:])}" if text else ""


def plural(count: float, one: str, many: str, /, **values: object) -> str:
    """Return the text that fits a number, with its values and ``%(number)s`` filled in.

    ``plural(2, "%(number)s day", "%(number)s days")`` is "2 days".
    """
    return looked_up_plural(one, many, count) % {"number": number(count), **values}


def days(count: int) -> str:
    """Return a stretch of time: 1 day, 14 days."""
    return plural(count, "%(number)s day", "%(number)s days")


def listed(parts: Sequence[str], style: Literal["or", "standard"] = "standard") -> str:
    """Return parts as they are listed in a sentence: "a, b or c", or with "and"."""
    locale = spoken().locale
    british = Locale("en", "GB")  # without a comma before the last
    return format_list(parts, style, british if locale.language == "en" else locale)


def number(value: float) -> str:
    """Return a number as text: thousands set off, a true minus, no lost digit."""
    return localised(_english(value))


def _english(value: float) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.15g}"


def localised(text: str) -> str:
    """Return an English number with the signs of the language spoken."""
    return text.translate(spoken().separators)


def signed(value: float) -> str:
    """Return a difference with its sign."""
    return localised(f"+{_english(value)}" if value > 0 else _english(value))


def with_unit(value: float, unit: str | None, *, sign: bool = False) -> str:
    """Return a number with its unit: 68%, 14 days, 1 day; ``sign`` as for a difference."""
    return measured(signed(value) if sign else number(value), unit, is_one=abs(value) == 1)


def measured(value: str, unit: str | None, *, is_one: bool = False) -> str:
    """Return a number that is written already with its unit."""
    if not unit:
        return value
    if unit == "%":
        return say("%(number)s%%", number=value)
    # Translators: a number and its unit, such as "14 days".
    return say("%(number)s %(unit)s", number=value, unit=unit_name(unit, is_one=is_one))


def unit_name(unit: str, *, is_one: bool = False) -> str:
    """Return a unit as it stands behind a number or alone: days, USD."""
    if unit not in _ENGLISH_UNITS:
        return unit
    return looked_up_plural(*_ENGLISH_UNITS[unit], 1 if is_one else 2)


def difference_unit(unit: str | None) -> str | None:
    """Return the unit of a difference: percentages differ by points."""
    return "points" if unit in ("%", "percentage points") else unit
