"""What is asked, as values: conditions on fields, joined by ``and``, ``or`` and ``not``.

Each prints as somebody would write it, and what is printed reads back as the same.
"""

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, Literal

from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import NOTHING, Told
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.values import CoarseDay

FieldType = Literal["text", "number", "date", "yes_no", "word", "reference"]
"""What a field's values are: ``word`` is of a closed list, ``reference`` the id of a record."""

Value = str | float | date | bool | CoarseDay
"""A value of a record's field. A word or a reference is text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a query. ``start`` and ``end`` are offsets in its text, the end exclusive.

    ``message`` says what is wrong, ``help`` how to mend it, ``label`` is the short text behind the
    carets, which there may be none.
    """

    message: Told
    help: Told
    start: int
    end: int
    rule: Rule
    label: Told = NOTHING


@dataclass(frozen=True, slots=True)
class Field:
    """A field that a record can be asked for by its ``name``, such as ``hypothesis.status``.

    ``title`` is the head of a column, a text of ours to be translated. A reference leads to a
    record of the kind ``target``, or of any. ``allowed`` are the words of a closed list, in their
    order. ``is_list`` says that a record may have several values, ``meaning`` what the field is.
    ``kinds`` are the records that can have it. By its name alone a field is what it is.
    """

    name: str
    type: FieldType = field(compare=False)
    title: Told = field(compare=False)
    target: Kind | None = field(default=None, compare=False)
    allowed: tuple[str, ...] = field(default=(), compare=False)
    is_list: bool = field(default=False, compare=False)
    kinds: tuple[Kind, ...] = field(default=(), compare=False)
    meaning: str = field(default="", compare=False)


class Op(StrEnum):
    """How a field is compared with a value."""

    IS = "="
    IS_NOT = "!="
    BEFORE = "<"
    AFTER = ">"
    UP_TO = "<="
    FROM = ">="
    IN = "in"
    HAS = "has"
    LIKE = "~"


Unit = Literal["d", "w", "m", "y"]


@dataclass(frozen=True, slots=True)
class Relative:
    """A day counted from today: ``-90d``, ``+2w``, and ``today`` itself. Months keep their day."""

    number: int
    unit: Unit

    def on(self, today: date) -> date:
        """Return which day that is; the first or the last there is, where it is beyond them."""
        try:
            if self.unit in ("d", "w"):
                return today + timedelta(days=self.number * (7 if self.unit == "w" else 1))
            months = self.number * (12 if self.unit == "y" else 1)
            year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
            return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))
        except (OverflowError, ValueError):
            return date.min if self.number < 0 else date.max

    def __str__(self) -> str:
        return f"{self.number:+}{self.unit}" if self.number else "today"


@dataclass(frozen=True, slots=True)
class Missing:
    """Stands for no value at all: ``owner = none``."""

    def __str__(self) -> str:
        return "none"


Operand = str | float | bool | CoarseDay | Relative | Missing
"""What a field is compared with."""

BARE: Final = re.compile(r"""[^\s()\[\],=!<>~"“”„]+""")
"""What may stand without quotation marks."""

KEYWORDS: Final = frozenset({"and", "or", "not", "in", "has"})


def written(operand: Operand) -> str:
    """Return a value as it stands in a query."""
    if isinstance(operand, bool):
        return "yes" if operand else "no"
    if isinstance(operand, float | int):
        return repr(operand)
    if isinstance(operand, str):
        plain = BARE.fullmatch(operand) and operand.casefold() not in KEYWORDS | {"none"}
        return operand if plain else quoted(operand)
    return str(operand)


def quoted(text: str) -> str:
    """Return a text in quotation marks."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@dataclass(frozen=True, slots=True)
class Test:
    """A field compared with a value, or with each of several."""

    field: Field
    op: Op
    values: tuple[Operand, ...]

    def __str__(self) -> str:
        if self.field.type == "yes_no" and self.op is Op.IS and self.values == (True,):
            return self.field.name
        values = ", ".join(map(written, self.values))
        return f"{self.field.name} {self.op} {f'[{values}]' if self.op is Op.IN else values}"


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary of a condition."""

    of: "Condition"

    def __str__(self) -> str:
        return f"not {_inside(self.of)}"


@dataclass(frozen=True, slots=True)
class All:
    """Every one of at least two conditions."""

    of: tuple["Condition", ...]

    def __str__(self) -> str:
        return " and ".join(map(_inside, self.of))


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of at least two conditions."""

    of: tuple["Condition", ...]

    def __str__(self) -> str:
        return " or ".join(map(_inside, self.of))


Condition = Test | Not | All | Any


def _inside(condition: Condition) -> str:
    return f"({condition})" if isinstance(condition, All | Any) else str(condition)


@dataclass(frozen=True, slots=True)
class SortBy:
    """One key of an order. Records without a value come last, whichever way round."""

    field: Field
    descending: bool = False

    def __str__(self) -> str:
        return f"-{self.field.name}" if self.descending else self.field.name


@dataclass(frozen=True, slots=True)
class Asked:
    """All that is asked for: of which kind, like what, in which order, and how it is shown."""

    kind: Kind | None = None
    where: Condition | None = None
    sort: tuple[SortBy, ...] = ()
    group: Field | None = None
    columns: tuple[Field, ...] = ()
    limit: int | None = None
