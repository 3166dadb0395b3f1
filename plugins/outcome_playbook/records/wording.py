"""What is wrong with a value, in plain words."""

from calendar import monthrange
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Final

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import Told, told
from outcome_playbook.records import guesses
from outcome_playbook.records.values import LONGEST_ID, MONTHS
from outcome_playbook.yaml12 import Loc

Words = tuple[Rule, Told, Told]
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


def what_it_is(value: object) -> Told:
    """The sort of a value in a sentence."""
    if isinstance(value, bool):
        return told("true or false")
    if isinstance(value, int | float):
        return told("a number")
    if isinstance(value, str):
        return told("text")
    return told("a list") if isinstance(value, list) else told("a group of fields")


def is_empty(loc: Loc) -> Told:
    """What is said of a field that is written and left blank."""
    return told("`%(field)s` is empty", field=field_name(loc))


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
        return catalogue.EMPTY, is_empty(loc), told("write it, or delete the line")
    for prefix, words in _VALUE_ERRORS:
        if kind.startswith(prefix):
            return words(_Wrong(field_name(loc), value, shown))
    return (
        catalogue.WRONG_TYPE,
        told("`%(field)s` cannot be read: `%(value)s`", field=field_name(loc), value=short(value)),
        told("see the reference of fields for what stands here"),
    )


def certain_value(kind: str, value: Any) -> str | None:
    """Return what a value was certainly meant to be: a day, written another way."""
    if kind.startswith("date_form") and isinstance(value, str | int):
        return guesses.day(str(value).strip())
    return None


def _want_text(wrong: _Wrong) -> Words:
    message = told(
        "`%(field)s` is %(what)s, not text", field=wrong.name, what=what_it_is(wrong.value)
    )
    if isinstance(wrong.value, list | dict):
        return catalogue.WRONG_TYPE, message, told("write one text")
    return catalogue.WRONG_TYPE, message, told('put it in quotes: "%(value)s"', value=wrong.shown)


def _not_a_number(wrong: _Wrong) -> Told:
    return told(
        "`%(field)s` is %(what)s, not a number: `%(value)s`",
        field=wrong.name,
        what=what_it_is(wrong.value),
        value=wrong.shown,
    )


def _want_number(wrong: _Wrong) -> Words:
    message = _not_a_number(wrong)
    if not any(character.isdigit() for character in wrong.shown):
        return catalogue.BAD_NUMBER, message, told("write a number, or leave the field out")
    meant = guesses.number(wrong.value) if isinstance(wrong.value, str) else None
    return catalogue.BAD_NUMBER, message, _number_mend(wrong.value, meant)


def _number_mend(value: Any, meant: str | None) -> Told:
    if meant is None:
        return told("write the number alone, without unit, sign of percent or thousands separator")
    if meant == value:
        return told("remove the quotes: `%(value)s`", value=meant)
    return told("write the number alone: `%(value)s`", value=meant)


def _write(value: str) -> Told:
    return told("write `%(value)s`", value=value)


def _want_whole_number(wrong: _Wrong) -> Words:
    if not isinstance(wrong.value, float):
        return _want_number(wrong)
    message = told(
        "`%(field)s` is not a whole number: `%(value)s`", field=wrong.name, value=wrong.shown
    )
    if wrong.value.is_integer():
        return catalogue.BAD_NUMBER, message, _write(f"{wrong.value:.0f}")
    return catalogue.BAD_NUMBER, message, told("write a whole number")


def _want_share(wrong: _Wrong) -> Words:
    message = _not_a_number(wrong)
    meant = guesses.share(wrong.value) if isinstance(wrong.value, str) else None
    if meant is None:
        return catalogue.BAD_NUMBER, message, _as_a_fraction(35)
    return catalogue.BAD_NUMBER, message, _number_mend(wrong.value, meant)


def _as_a_fraction(percent: float) -> Told:
    return told(
        "write a fraction: %(percent)s%% is `%(fraction)s`",
        percent=percent,
        fraction=f"{percent / 100:.10g}",
    )


def _out_of_share(wrong: _Wrong) -> Words:
    message = told(
        "`%(field)s` is not between 0 and 1: `%(value)s`", field=wrong.name, value=wrong.shown
    )
    percent = wrong.value if 1 < wrong.value <= 100 else 35  # noqa: PLR2004 - a hundred per cent
    return catalogue.BAD_NUMBER, message, _as_a_fraction(percent)


def _want_list(wrong: _Wrong) -> Words:
    message = told(
        "`%(field)s` is %(what)s, not a list", field=wrong.name, what=what_it_is(wrong.value)
    )
    mend = told("write each item on a line of its own after `- `")
    if isinstance(wrong.value, dict):
        mend = told("begin its first line with `- `, and indent the others below it")
    if isinstance(wrong.value, str) and (names := guesses.names(wrong.value)):
        field = wrong.name.rpartition(".")[2]
        mend = _write(short(f"{field}: {_as_written(names)}"))
    return catalogue.WRONG_TYPE, message, mend


def _want_yes(wrong: _Wrong) -> Words:
    message = told(
        "`%(field)s` is neither true nor false: `%(value)s`", field=wrong.name, value=wrong.shown
    )
    meant = guesses.yes_or_no(str(wrong.value))
    if meant is None:
        return catalogue.WRONG_TYPE, message, told("write `true` or `false`")
    if meant == wrong.value:
        return catalogue.WRONG_TYPE, message, told("remove the quotes: `%(value)s`", value=meant)
    return catalogue.WRONG_TYPE, message, _write(meant)


def _want_date(wrong: _Wrong) -> Words:
    message = told("`%(field)s` is not a date: `%(value)s`", field=wrong.name, value=wrong.shown)
    meant = guesses.day(str(wrong.value).strip()) if isinstance(wrong.value, str | int) else None
    return catalogue.BAD_DATE, message, _write(meant) if meant else _WRITE_A_DAY


_WRITE_A_DAY = told("write year-month-day, such as `2026-11-30`")


def _want_day(wrong: _Wrong) -> Words:
    message = told("`%(field)s` names no day: `%(value)s`", field=wrong.name, value=wrong.shown)
    return catalogue.BAD_DATE, message, _WRITE_A_DAY


def _no_such_date(wrong: _Wrong) -> Words:
    message = told(
        "`%(field)s` is a date that does not exist: `%(value)s`",
        field=wrong.name,
        value=wrong.shown,
    )
    year, month, *_ = (int(part) for part in f"{wrong.value}-1".split("-"))
    if year < 1:
        return catalogue.BAD_DATE, message, told("look the date up: there was no year 0")
    if not 1 <= month <= len(MONTHS):
        return catalogue.BAD_DATE, message, told("look the date up: months run from 01 to 12")
    mend = told(
        "look the date up: %(month)s %(year)s runs from 01 to %(days)s",
        month=MONTHS[month - 1],
        year=year,
        days=monthrange(year, month)[1],
    )
    return catalogue.BAD_DATE, message, mend


def _want_id(wrong: _Wrong) -> Words:
    message = told(
        "`%(value)s` is no id: ids are lower-case letters, digits and hyphens", value=wrong.shown
    )
    meant = guesses.record_id(wrong.value)
    mend = _WRITE_THE_NAME
    if meant:
        mend = told("write the name of the record's file, without `.md`: `%(id)s`", id=short(meant))
    return catalogue.BAD_ID, message, mend


_WRITE_THE_NAME = told("write the name of the record's file, without `.md`")


def _want_shorter_id(wrong: _Wrong) -> Words:
    message = told(
        "`%(field)s` has %(number)s characters; an id has %(most)s at most",
        field=wrong.name,
        number=len(wrong.value),
        most=LONGEST_ID,
    )
    return catalogue.BAD_ID, message, _WRITE_THE_NAME


def _want_url(wrong: _Wrong) -> Words:
    message = told(
        "`%(field)s` is no address a browser may open: `%(value)s`",
        field=wrong.name,
        value=wrong.shown,
    )
    meant = guesses.address(wrong.value)
    mend = told("write an address that begins with `https://` or `http://` and holds no space")
    return catalogue.BAD_URL, message, _write(short(meant)) if meant else mend


def _want_positive(wrong: _Wrong) -> Words:
    message = told("`%(field)s` is below zero: `%(value)s`", field=wrong.name, value=wrong.shown)
    return catalogue.BAD_NUMBER, message, told("write zero or more")


def _want_something(wrong: _Wrong) -> Words:
    message = told("`%(field)s` is empty", field=wrong.name)
    return catalogue.EMPTY, message, told("write it, or delete the line")


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
