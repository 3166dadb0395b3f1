"""The types of single values: text, numbers, dates, ids and addresses.

Each is refused with an error of our own (``PydanticCustomError``) whose type ``reading`` turns
into a message; pydantic's wording is never shown.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BeforeValidator,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id: lower-case letters, digits and single hyphens between them."""

_COARSE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, order=True)
class CoarseDay:
    """A day, or the month or year that is all that is known: from ``first`` to ``last``."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Whether it is known to the day."""
        return self.first == self.last

    def __str__(self) -> str:
        if self.is_day:
            return self.first.isoformat()
        whole_year = self.first.month != self.last.month
        return f"{self.first:%Y}" if whole_year else f"{self.first:%Y-%m}"


def coarse_day(value: object) -> CoarseDay:
    """Read ``2017``, ``"2017-08"`` or ``"2017-08-05"``; raise ``PydanticCustomError`` else."""
    if isinstance(value, CoarseDay):
        return value
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    match = _COARSE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise PydanticCustomError("date_form", "not a date")
    year, month, day = (int(part) if part else None for part in match.groups())
    try:
        first = date(year or 0, month or 1, day or 1)
    except ValueError as error:
        raise PydanticCustomError("date_none", "no such day") from error
    if day:
        return CoarseDay(first, first)
    last_month = month or 12
    return CoarseDay(first, date(first.year, last_month, monthrange(first.year, last_month)[1]))


def _day(value: object) -> date:
    day = coarse_day(value)
    if not day.is_day or isinstance(value, int):
        raise PydanticCustomError("date_form", "not a day")
    return day.first


def _text(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty", "empty text")
    return value.strip()


def _id(value: str) -> str:
    if not ID.fullmatch(value):
        raise PydanticCustomError("id_form", "not an id")
    return value


def _url(value: str) -> str:
    try:
        parts = urlsplit(value)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or re.search(r"[\s\x00-\x20\x7f<>\"\\]", value):
        raise PydanticCustomError("url_form", "not an address")
    return value


def _fraction(value: float) -> float:
    if not 0 <= value <= 1:
        raise PydanticCustomError("fraction", "not a fraction")
    return value


def _count(value: int) -> int:
    if value < 0:
        raise PydanticCustomError("negative", "below zero")
    return value


def _not_negative(value: float) -> float:
    if value < 0:
        raise PydanticCustomError("negative", "below zero")
    return value


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader of the reference is told to write for a value of this type."""

    words: str


def short_form(key: str) -> BeforeValidator:
    """Let a plain value stand for the mapping ``{key: value}``."""

    def expand(value: Any) -> Any:
        return value if isinstance(value, dict) else {key: value}

    return BeforeValidator(expand)


Text = Annotated[str, Strict(), AfterValidator(_text), Form("text")]
Id = Annotated[str, Strict(), AfterValidator(_id), Form("id")]
Url = Annotated[str, Strict(), AfterValidator(_url), Form("address")]
Number = Annotated[int, Strict(), Form("number")] | Annotated[float, Strict()]
Fraction = Annotated[Annotated[float, Strict()], AfterValidator(_fraction), Form("fraction")]
Count = Annotated[int, Strict(), AfterValidator(_count), Form("whole number")]
NotNegative = Annotated[float, Strict(), AfterValidator(_not_negative), Form("number")]
Yes = Annotated[bool, Strict(), Form("true or false")]
Day = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}),
    Form("date"),
]
SomeDay = Annotated[
    CoarseDay,
    PlainValidator(coarse_day),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^\d{4}(-\d{2}(-\d{2})?)?$"}),
    Form("date"),
]
