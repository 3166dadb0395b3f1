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
    GetJsonSchemaHandler,
    PlainSerializer,
    PlainValidator,
    Strict,
    WithJsonSchema,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError

from outcome_playbook.diagnostics.told import term, told
from outcome_playbook.records.fields import Form

MONTHS = (
    told("January"),
    told("February"),
    told("March"),
    told("April"),
    told("May"),
    told("June"),
    told("July"),
    told("August"),
    told("September"),
    told("October"),
    told("November"),
    told("December"),
)
"""The calendar's own names follow the locale."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
"""An id: lower-case letters, digits and single hyphens between them."""

UNNAMED = "RENAME-ME"
"""The name of a new file that nobody has named yet. It is proposed to authors, and refused."""

LONGEST_ID = 200
"""Characters of an id: it becomes the name of a folder, and file systems stop at 255 bytes."""

_COARSE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


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
        return self.first.isoformat()[: len("2017") if whole_year else len("2017-08")]


def coarse_day(value: object) -> CoarseDay:
    """Read ``2017``, ``"2017-08"`` or ``"2017-08-05"``; raise ``PydanticCustomError`` else."""
    if isinstance(value, CoarseDay):
        return value
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    match = _COARSE.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise PydanticCustomError("date_form", "not a date")
    year, month, day = match.groups()
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError as error:
        raise PydanticCustomError("date_none", "no such day") from error
    if day:
        return CoarseDay(first, first)
    last_month = first.month if month else 12
    return CoarseDay(first, date(first.year, last_month, monthrange(first.year, last_month)[1]))


def _day(value: object) -> date:
    day = coarse_day(value)
    if not day.is_day:
        raise PydanticCustomError("date_coarse", "not a day")
    return day.first


def _text(value: str) -> str:
    if not value.strip():
        raise PydanticCustomError("empty", "empty text")
    return value.strip()


def _id(value: str) -> str:
    value = _text(value)
    if not ID.fullmatch(value):
        raise PydanticCustomError("id_form", "not an id")
    if len(value) > LONGEST_ID:
        raise PydanticCustomError("id_long", "too long")
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


def _number(value: Any) -> Any:
    """Refuse here what is no number, so that the union of two types is one error."""
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("number_form", "not a number")
    return value


def _fraction_form(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise PydanticCustomError("fraction_form", "not a number")
    return value


def _fraction(value: float) -> float:
    if not 0 <= value <= 1:
        raise PydanticCustomError("fraction", "not a fraction")
    return value


def _not_negative(value: float) -> float:
    if value < 0:
        raise PydanticCustomError("negative", "below zero")
    return value


@dataclass(frozen=True, slots=True)
class ShortForm(BeforeValidator):
    """Lets a plain value stand for the mapping ``{key: value}``, in its JSON Schema too."""

    key: str = ""

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        """Return the schema of either form, where it is about what is written."""
        whole = handler(core)
        if handler.mode != "validation":
            return whole
        short = handler.resolve_ref_schema(whole)["properties"][self.key]
        return {"anyOf": [short, whole]}


def short_form(key: str) -> ShortForm:
    """Let a plain value stand for the mapping ``{key: value}``."""

    def expand(value: Any) -> Any:
        return value if isinstance(value, dict) else {key: value}

    return ShortForm(expand, key=key)


def _written(**schema: Any) -> WithJsonSchema:
    """Say what may be written; what is published again is said by the type itself."""
    return WithJsonSchema(schema, mode="validation")


_SOME = r"\S"
_PADDED_ID = rf"^\s*{ID.pattern}\s*$"
_ADDRESS = r'^[Hh][Tt][Tt][Pp][Ss]?://[^\s<>"\\/?#][^\s<>"\\]*$'
_MONTH, _DAY_OF_MONTH = "(0[1-9]|1[0-2])", "(0[1-9]|[12][0-9]|3[01])"
WHOLE_DAY = f"^[0-9]{{4}}-{_MONTH}-{_DAY_OF_MONTH}$"
"""A day, as the pattern of a JSON Schema."""
_SOME_DAY = f"^[0-9]{{4}}(-{_MONTH}(-{_DAY_OF_MONTH})?)?$"


Text = Annotated[
    str,
    Strict(),
    AfterValidator(_text),
    Form(term("text")),
    _written(type="string", pattern=_SOME),
]
Id = Annotated[
    str,
    Strict(),
    AfterValidator(_id),
    Form(term("id")),
    _written(type="string", pattern=_PADDED_ID),
]
Url = Annotated[
    str,
    Strict(),
    AfterValidator(_url),
    Form(term("address")),
    _written(type="string", pattern=_ADDRESS),
]
Number = Annotated[
    Annotated[int, Strict()] | Annotated[float, Strict()],
    BeforeValidator(_number),
    Form(term("number")),
    _written(type="number"),
]
Fraction = Annotated[
    Annotated[float, Strict()],
    AfterValidator(_fraction),
    BeforeValidator(_fraction_form),
    Form(term("fraction")),
    _written(type="number", minimum=0, maximum=1),
]
Count = Annotated[
    int,
    Strict(),
    AfterValidator(_not_negative),
    Form(term("whole number")),
    _written(type="integer", minimum=0),
]
NotNegative = Annotated[
    float,
    Strict(),
    AfterValidator(_not_negative),
    Form(term("number")),
    _written(type="number", minimum=0),
]
Yes = Annotated[bool, Strict(), Form(term("true or false"))]
Day = Annotated[
    date,
    PlainValidator(_day),
    PlainSerializer(date.isoformat, return_type=str),
    WithJsonSchema({"type": "string", "format": "date"}, mode="serialization"),
    _written(type="string", format="date", pattern=WHOLE_DAY),
    Form(term("date")),
]
SomeDay = Annotated[
    CoarseDay,
    PlainValidator(coarse_day),
    PlainSerializer(str, return_type=str),
    WithJsonSchema({"type": "string", "pattern": _SOME_DAY}, mode="serialization"),
    # A year alone is a number to YAML.
    _written(
        anyOf=[
            {"type": "string", "pattern": _SOME_DAY},
            {"type": "integer", "minimum": 1000, "maximum": 9999},
        ]
    ),
    Form(term("date")),
]
