"""What is wrong with a value, in plain words."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.records import guesses
from outcome_playbook.records.values import LONGEST_ID, MONTHS
from outcome_playbook.yaml12 import Loc

Words = tuple[Rule, str, str]
"""The rule, what is wrong, and the mend."""

MAX_SHOWN: Final = 60
"""A message shows this many characters of a value."""


def in_words(choices: Iterable[str]) -> str:
    """Choices in a sentence: `` `a`, `b` ``."""
    return ", ".join(f"`{choice}`" for choice in choices)


def short(value: object) -> str:
    """A value on one line, cut where it is long."""
    text = _as_written(value).replace("\n", " ")
    return text if len(text) <= MAX_SHOWN else f"{text[: MAX_SHOWN - 1]}…"


def _as_written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(_as_written, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{k}: {_as_written(v)}' for k, v in value.items())}}}"
    return "" if value is None else str(value)


def field_name(loc: Loc) -> str:
    """A field as a reader names it: ``results[1].metric`` is the metric of the first result."""
    parts = [step if isinstance(step, str) else f"[{step + 1}]" for step in loc]
    return ".".join(parts).replace(".[", "[")


def described(text: str | None) -> str:
    """A field's description as the end of a sentence."""
    text = text or ""
    return f"{text[:1].lower()}{text[1:]}"


def what_it_is(value: object) -> str:
    """The sort of a value in a sentence."""
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a group of fields"


@dataclass(frozen=True, slots=True)
class _Wrong:
    """A value that is wrong, the field as a reader names it, and the value for a message."""

    name: str
    value: Any
    shown: str


def value_error(kind: str, loc: Loc, value: Any, written: str = "") -> Words:
    """Return rule, message and mend for an error of one value.

    ``written`` is how a number, `true` or `false` stands in the file: `1.10`, `1e3`.
    """
    shown = short(written if written and isinstance(value, int | float) else value)
    if value is None:
        mend = "write it, or delete the line"
        return catalogue.EMPTY, f"`{field_name(loc)}` is empty", mend
    for prefix, words in _VALUE_ERRORS:
        if kind.startswith(prefix):
            return words(_Wrong(field_name(loc), value, shown))
    return (
        catalogue.WRONG_TYPE,
        f"`{field_name(loc)}` cannot be read: `{short(value)}`",
        "see the reference of fields for what stands here",
    )


def _want_text(wrong: _Wrong) -> Words:
    mend = (
        "write one text"
        if isinstance(wrong.value, list | dict)
        else f'put it in quotes: "{wrong.shown}"'
    )
    return catalogue.WRONG_TYPE, f"`{wrong.name}` is {what_it_is(wrong.value)}, not text", mend


def _want_number(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is {what_it_is(wrong.value)}, not a number: `{wrong.shown}`"
    if not any(character.isdigit() for character in wrong.shown):
        return catalogue.BAD_NUMBER, message, "write a number, or leave the field out"
    meant = guesses.number(wrong.value) if isinstance(wrong.value, str) else None
    return catalogue.BAD_NUMBER, message, _number_mend(wrong.value, meant)


def _number_mend(value: Any, meant: str | None) -> str:
    if meant is None:
        return "write the number alone, without unit, sign of percent or thousands separator"
    if meant == value:
        return f"remove the quotes: `{meant}`"
    return f"write the number alone: `{meant}`"


def _want_whole_number(wrong: _Wrong) -> Words:
    if not isinstance(wrong.value, float):
        return _want_number(wrong)
    message = f"`{wrong.name}` is not a whole number: `{wrong.shown}`"
    mend = f"write `{wrong.value:.0f}`" if wrong.value.is_integer() else "write a whole number"
    return catalogue.BAD_NUMBER, message, mend


def _want_share(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is {what_it_is(wrong.value)}, not a number: `{wrong.shown}`"
    meant = guesses.share(wrong.value) if isinstance(wrong.value, str) else None
    if meant is None:
        return catalogue.BAD_NUMBER, message, "write a fraction: 35% is `0.35`"
    return catalogue.BAD_NUMBER, message, _number_mend(wrong.value, meant)


def _out_of_share(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is not between 0 and 1: `{wrong.shown}`"
    percent = wrong.value if 1 < wrong.value <= 100 else 35  # noqa: PLR2004 - a hundred per cent
    return catalogue.BAD_NUMBER, message, f"write a fraction: {percent}% is `{percent / 100:.10g}`"


def _want_list(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is {what_it_is(wrong.value)}, not a list"
    mend = "write each item on a line of its own after `- `"
    if isinstance(wrong.value, dict):
        mend = "begin its first line with `- `, and indent the others below it"
    if isinstance(wrong.value, str) and (names := guesses.names(wrong.value)):
        field = wrong.name.rpartition(".")[2]
        mend = f"write `{short(f'{field}: {_as_written(names)}')}`"
    return catalogue.WRONG_TYPE, message, mend


def _want_yes(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is neither true nor false: `{wrong.shown}`"
    meant = guesses.yes_or_no(str(wrong.value))
    if meant == wrong.value:
        return catalogue.WRONG_TYPE, message, f"remove the quotes: `{meant}`"
    return catalogue.WRONG_TYPE, message, f"write `{meant}`" if meant else "write `true` or `false`"


def _want_date(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is not a date: `{wrong.shown}`"
    meant = guesses.day(str(wrong.value).strip()) if isinstance(wrong.value, str | int) else None
    mend = f"write `{meant}`" if meant else "write year-month-day, such as `2026-11-30`"
    return catalogue.BAD_DATE, message, mend


def _want_day(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` names no day: `{wrong.shown}`"
    return catalogue.BAD_DATE, message, "write year-month-day, such as `2026-11-30`"


def _no_such_date(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is a date that does not exist: `{wrong.shown}`"
    year, month, *_ = (int(part) for part in f"{wrong.value}-1".split("-"))
    if year < 1:
        return catalogue.BAD_DATE, message, "look the date up: there was no year 0"
    if not 1 <= month <= len(MONTHS):
        return catalogue.BAD_DATE, message, "look the date up: months run from 01 to 12"
    days = monthrange(year, month)[1]
    mend = f"look the date up: {MONTHS[month - 1]} {year} runs from 01 to {days}"
    return catalogue.BAD_DATE, message, mend


def _want_id(wrong: _Wrong) -> Words:
    message = f"`{wrong.shown}` is no id: ids are lower-case letters, digits and hyphens"
    meant = guesses.record_id(wrong.value)
    mend = "write the name of the record's file, without `.md`"
    return catalogue.BAD_ID, message, f"{mend}: `{short(meant)}`" if meant else mend


def _want_shorter_id(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` has {len(wrong.value)} characters; an id has {LONGEST_ID} at most"
    return catalogue.BAD_ID, message, "write the name of the record's file, without `.md`"


def _want_url(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is no address a browser may open: `{wrong.shown}`"
    meant = guesses.address(wrong.value)
    mend = "write an address that begins with `https://` or `http://` and holds no space"
    return catalogue.BAD_URL, message, f"write `{short(meant)}`" if meant else mend


def _want_positive(wrong: _Wrong) -> Words:
    message = f"`{wrong.name}` is below zero: `{wrong.shown}`"
    return catalogue.BAD_NUMBER, message, "write zero or more"


def _want_something(wrong: _Wrong) -> Words:
    return catalogue.EMPTY, f"`{wrong.name}` is empty", "write it, or delete the line"


_VALUE_ERRORS: tuple[tuple[str, Callable[[_Wrong], Words]], ...] = (
    ("string_", _want_text),
    ("number_form", _want_number),
    ("int_", _want_whole_number),
    ("float_", _want_number),
    ("fraction_form", _want_share),
    ("fraction", _out_of_share),
    ("negative", _want_positive),
    ("list_", _want_list),
    ("bool_", _want_yes),
    ("date_form", _want_date),
    ("date_coarse", _want_day),
    ("date_none", _no_such_date),
    ("id_form", _want_id),
    ("id_long", _want_shorter_id),
    ("url_form", _want_url),
    ("empty", _want_something),
)
