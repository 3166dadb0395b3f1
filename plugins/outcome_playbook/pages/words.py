"""The words on the pages: how statuses, kinds and other closed lists are shown, and their looks."""

from datetime import date

from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.values import MONTHS, CoarseDay

KINDS = {
    Kind.OUTCOME: ("Outcome", "Outcomes"),
    Kind.METRIC: ("Metric", "Metrics"),
    Kind.HYPOTHESIS: ("Hypothesis", "Hypotheses"),
    Kind.EXPERIMENT: ("Experiment", "Experiments"),
}

LABELS = {
    "review": "Result in, no decision",
    "ab_test": "A/B test",
    "fake_door": "Fake door",
    "roll_back": "Roll back",
    "customer": "Customer value",
    "business": "Business value",
    "operational": "Operational",
    "activity": "Activity",
    "increase": "Higher is better",
    "decrease": "Lower is better",
    "maintain": "Steady is better",
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


def label(word: str) -> str:
    """Return a word of a closed list as it is shown: ``not_supported`` is "Not supported"."""
    return LABELS.get(word) or word.replace("_", " ").capitalize()


def look(word: str) -> str:
    """Return which of the looks a status or conclusion has; a concluded one without is unclear."""
    return _LOOK_OF.get(word, "unclear")


def day(value: date) -> str:
    """Return a date in words: 1 May 2018."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def month(value: date) -> str:
    """Return a month as short as an axis needs it: Sep 2017."""
    return f"{MONTHS[value.month - 1][:3]} {value.year}"


def some_day(value: CoarseDay) -> str:
    """Return a date as coarse as it is known: 1 May 2018, May 2018 or 2018."""
    if value.is_day:
        return day(value.first)
    month = f"{MONTHS[value.first.month - 1]} " if value.first.month == value.last.month else ""
    return f"{month}{value.first.year}"


def ended(text: str) -> str:
    """Return a text with a full stop, unless it ends in a mark of its own."""
    return text if text.endswith((".", "!", "?", ":", "…")) else f"{text}."


def sentence(text: str) -> str:
    """Return a message as a sentence."""
    return f"{text[:1].upper()}{ended(text[1:])}" if text else ""


def plural(count: int, one: str, many: str) -> str:
    """Return a count with its noun: 1 hypothesis, 2 hypotheses."""
    return f"{number(count)} {one if count == 1 else many}"


def number(value: float) -> str:
    """Return a number as text: thousands set off by commas, a true minus, no lost digit."""
    text = f"{value:,}" if isinstance(value, int) else f"{value:,.15g}"
    return text.replace("-", "−")


def signed(value: float) -> str:
    """Return a difference with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)


def with_unit(value: float, unit: str | None) -> str:
    """Return a number with its unit: ``68%`` without a space, ``14 days`` with one."""
    if not unit:
        return number(value)
    return f"{number(value)}{unit}" if unit == "%" else f"{number(value)} {unit}"


def difference_unit(unit: str | None) -> str | None:
    """Return the unit of a difference: percentages differ by points."""
    return "points" if unit in ("%", "percentage points") else unit
