"""What is wrong with a value, in plain words."""

import re
from collections.abc import Callable, Iterable
from typing import Any

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.yaml12 import Loc

Words = tuple[Rule, str, str]
"""The rule, what is wrong, and the mend."""


def in_words(choices: Iterable[str]) -> str:
    """Choices in a sentence: `` `a`, `b` ``."""
    return ", ".join(f"`{choice}`" for choice in choices)


def short(value: object) -> str:
    """A value on one line, cut where it is long."""
    text = str(value).replace("\n", " ")
    return text if len(text) <= 60 else f"{text[:59]}…"


def field_name(loc: Loc) -> str:
    """A field as a reader names it: ``results[1].metric`` is the metric of the first result."""
    parts = [step if isinstance(step, str) else f"[{step + 1}]" for step in loc]
    return ".".join(parts).replace(".[", "[")


def _what_it_is(value: object) -> str:
    if isinstance(value, bool):
        return "true or false"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "text"
    return "a list" if isinstance(value, list) else "a mapping"


def value_error(kind: str, loc: Loc, value: Any) -> tuple[Rule, str, str]:
    """Return rule, message and mend for an error of one value."""
    for prefix, words in _VALUE_ERRORS:
        if kind.startswith(prefix):
            return words(field_name(loc), value)
    return (
        catalogue.WRONG_TYPE,
        f"`{field_name(loc)}` cannot be read: `{short(value)}`",
        "see the reference of fields for what stands here",
    )


def _want_text(name: str, value: Any) -> Words:
    if isinstance(value, list | dict):
        mend = "write one text, not a list or a mapping"
    else:
        shown = str(value).lower() if isinstance(value, bool) else value
        mend = f'put it in quotes: "{short(shown)}"'
    return catalogue.WRONG_TYPE, f"`{name}` is {_what_it_is(value)}, not text", mend


def _want_number(name: str, value: Any) -> Words:
    message = f"`{name}` is {_what_it_is(value)}, not a number: `{short(value)}`"
    mend = "write the number alone, without unit, sign of percent or thousands separator"
    if isinstance(value, str) and re.fullmatch(r"[-+]?[0-9.]+", value):
        mend = "remove the quotes" if not re.match(r"[-+]?0\d", value) else "remove the zero before"
    elif isinstance(value, float):
        message, mend = f"`{name}` is not a whole number: `{short(value)}`", "write a whole number"
    return catalogue.BAD_NUMBER, message, mend


def _want_list(name: str, value: Any) -> Words:
    message = f"`{name}` is {_what_it_is(value)}, not a list"
    return catalogue.WRONG_TYPE, message, "write each item on a line of its own after `- `"


def _want_mapping(name: str, value: Any) -> Words:
    message = f"`{name}` is {_what_it_is(value)}, not a mapping"
    return catalogue.WRONG_TYPE, message, "write its fields on lines of their own, indented"


def _want_yes(name: str, value: Any) -> Words:
    message = f"`{name}` is neither true nor false: `{short(value)}`"
    return catalogue.WRONG_TYPE, message, "write `true` or `false`, without quotes"


def _want_day(name: str, value: Any) -> Words:
    message = f"`{name}` is not a date: `{short(value)}`"
    return catalogue.BAD_DATE, message, "write year-month-day, such as `2026-11-30`"


def _no_such_day(name: str, value: Any) -> Words:
    message = f"`{name}` is a day that does not exist: `{short(value)}`"
    return catalogue.BAD_DATE, message, "look the day up; months have 28 to 31 days"


def _want_id(name: str, value: Any) -> Words:
    message = f"`{short(value)}` is no id: ids are lower-case letters, digits and hyphens"
    return catalogue.BAD_ID, message, "write the name of the record's file, without `.md`"


def _want_url(name: str, value: Any) -> Words:
    message = f"`{name}` is no address a browser may open: `{short(value)}`"
    return catalogue.BAD_URL, message, "write an address that begins with `https://` or `http://`"


def _want_fraction(name: str, value: Any) -> Words:
    message = f"`{name}` is not between 0 and 1: `{short(value)}`"
    return catalogue.BAD_NUMBER, message, "write a fraction: 0.35 is 35%"


def _want_positive(name: str, value: Any) -> Words:
    message = f"`{name}` is below zero: `{short(value)}`"
    return catalogue.BAD_NUMBER, message, "write zero or more"


def _want_something(name: str, _: Any) -> Words:
    return catalogue.EMPTY, f"`{name}` is empty", "write it, or leave the field out"


_VALUE_ERRORS: tuple[tuple[str, Callable[[str, Any], Words]], ...] = (
    ("string_", _want_text),
    ("int_", _want_number),
    ("float_", _want_number),
    ("finite_", _want_number),
    ("list_", _want_list),
    ("model_", _want_mapping),
    ("dict_", _want_mapping),
    ("bool_", _want_yes),
    ("date_none", _no_such_day),
    ("date_form", _want_day),
    ("id_form", _want_id),
    ("url_form", _want_url),
    ("fraction", _want_fraction),
    ("negative", _want_positive),
    ("empty", _want_something),
)
