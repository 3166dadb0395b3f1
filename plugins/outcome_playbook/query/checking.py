"""Checks the parts of a query: does each field exist, and can it have such a value?"""

import re
from collections.abc import Callable, Iterable, Sequence
from math import isfinite
from typing import Final

from pydantic_core import PydanticCustomError

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, told
from outcome_playbook.query.conditions import (
    All,
    Any,
    Condition,
    Fault,
    Field,
    FieldType,
    Missing,
    Not,
    Op,
    Operand,
    Relative,
    Test,
    Unit,
    quoted,
    written,
)
from outcome_playbook.query.fields import read_field
from outcome_playbook.query.folding import folded
from outcome_playbook.query.names import names_of
from outcome_playbook.query.parsing import (
    MOST_FIELDS,
    Compared,
    Part,
    Word,
)
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.values import coarse_day
from outcome_playbook.records.wording import in_words, short
from outcome_playbook.registry import Registry
from outcome_playbook.suggest import nearest

OPS: Final[dict[FieldType, tuple[Op, ...]]] = {
    "text": (Op.IS, Op.IS_NOT, Op.IN, Op.LIKE),
    "number": (Op.IS, Op.IS_NOT, Op.BEFORE, Op.AFTER, Op.UP_TO, Op.FROM, Op.IN),
    "date": (Op.IS, Op.IS_NOT, Op.BEFORE, Op.AFTER, Op.UP_TO, Op.FROM, Op.IN),
    "yes_no": (Op.IS, Op.IS_NOT),
    "word": (Op.IS, Op.IS_NOT, Op.IN),
    "reference": (Op.IS, Op.IS_NOT, Op.IN, Op.LIKE),
}
"""How a field of each type can be compared; one with several values by ``has``, not by ``=``."""

_ARE: Final[dict[FieldType, Told]] = {
    "text": told("text"),
    "number": told("a number"),
    "date": told("a date"),
    "yes_no": told("yes or no"),
    "word": told("a word of a list"),
    "reference": told("the id of a record"),
}


def field_at(name: str, start: int, end: int, kind: Kind | None) -> Field | Fault:
    """Return the field of a name that stands from ``start`` to ``end`` of a query, or its fault."""
    field = read_field(name, kind)
    if isinstance(field, Field):
        return field
    if not name:
        return Fault(
            told("a field is missing here"),
            told("write the name of a field, or delete the comma"),
            start,
            max(end, start + 1),
            catalogue.QUERY_FIELD,
        )
    at = start + field.start
    return Fault(field.message, field.help, at, start + len(name), field.rule, field.label)


class Checker:
    """Turns the parts of one query into conditions, and notes what is wrong on the way."""

    def __init__(self, kind: Kind | None, registry: Registry | None) -> None:
        self.kind = kind
        self.names = names_of(registry) if registry is not None else None
        self.fields: set[str] = set()
        self.faults: list[Fault] = []

    def read(self, part: Part) -> Condition | None:
        """Return the condition of a part, ``None`` where something in it is wrong."""
        if isinstance(part, Compared):
            return self._test(part) if self._guesses else None
        inner = [self.read(one) for one in part.parts]
        good = tuple(one for one in inner if one is not None)
        if len(good) < len(inner):
            return None
        if part.by == "not":
            return Not(good[0])
        return All(good) if part.by == "and" else Any(good)

    def _test(self, part: Compared) -> Test | None:
        word = part.field
        field = field_at(word.text, word.start, word.end, self.kind)
        if isinstance(field, Fault):
            self.faults.append(_told_colon(word) or field)
            return None
        self.fields.add(field.name)
        if len(self.fields) > MOST_FIELDS:
            self._report(
                told("a query names at most %(most)s fields", most=MOST_FIELDS),
                told("ask for less at once"),
                word,
                catalogue.QUERY_SYNTAX,
            )
            return None
        if part.op is None:
            return self._alone(field, word)
        # Where it breaks off without a value, that is told already.
        op = self._op(field, part.op, part.values) if part.values else None
        if op is None:
            return None
        read = [self._value(field, op, value) for value in part.values]
        values = tuple(value for value in read if value is not None)
        return Test(field, op, values) if len(values) == len(read) else None

    def _alone(self, field: Field, word: Word) -> Test | None:
        if field.type == "yes_no" and not field.is_list:
            return Test(field, Op.IS, (True,))
        self._report(
            told(
                "`%(field)s` is %(type)s and says nothing alone",
                field=field.name,
                type=_ARE[field.type],
            ),
            told("compare it: `%(example)s`", example=_example(field)),
            word,
            catalogue.QUERY_SYNTAX,
        )
        return None

    def _op(self, field: Field, word: Word, values: Sequence[Word]) -> Op | None:
        op = Op(word.text.lower())
        is_none = len(values) == 1 and _is_none(values[0])
        if op in (Op.IS, Op.IS_NOT) and is_none:
            return op
        if field.is_list and op in (Op.IS, Op.IS_NOT):
            has = f"{field.name} has {_as_typed(values[0])}"
            self._report(
                told("`%(field)s` has several values", field=field.name),
                told("write `%(query)s`", query=has if op is Op.IS else f"not {has}"),
                word,
            )
            return None
        if op is Op.HAS:
            if field.is_list:
                return op
            self._report(
                told("`%(field)s` has one value at most", field=field.name),
                told("write `%(query)s`", query=f"{field.name} = {_as_typed(values[0])}"),
                word,
            )
            return None
        if op in OPS[field.type]:
            return op
        self._report(
            told(
                "`%(field)s` is %(type)s and cannot be compared by `%(op)s`",
                field=field.name,
                type=_ARE[field.type],
                op=op,
            ),
            told("write one of %(ops)s", ops=in_words(allowed_ops(field))),
            word,
        )
        return None

    # Values -----------------------------------------------------------------------------------

    def _value(self, field: Field, op: Op, word: Word) -> Operand | None:
        if op in (Op.IS, Op.IS_NOT) and _is_none(word):
            return Missing()
        if op is Op.LIKE:
            return self._part_of_text(word)
        read: dict[FieldType, Callable[[Field, Word], Operand | None]] = {
            "number": self._number,
            "date": self._date,
            "yes_no": self._yes_no,
            "word": self._word,
            "text": self._text,
            "reference": self._reference,
        }
        return read[field.type](field, word)

    def _part_of_text(self, word: Word) -> str | None:
        if folded(word.text):
            return word.text
        self._report(
            told("every text contains nothing"), told("write what it should contain"), word
        )
        return None

    def _number(self, field: Field, word: Word) -> float | None:
        number = _as_number(word.text)
        if number is None:
            self._unfit(field, word, told("write a number, such as `12` or `-0.5`"))
        return number

    def _date(self, field: Field, word: Word) -> Operand | None:
        if word.text.lower() == "today":
            return Relative(0, "d")
        if found := _RELATIVE.fullmatch(word.text):
            return Relative(int(found[1]), _UNITS[found[2].lower()])
        try:
            return coarse_day(word.text)
        except PydanticCustomError as error:
            mend = told(
                "write a day `2026-11-01`, a month `2026-11`, a year `2026`, `today`, or a day "
                "counted from it: `-90d`, `+2w`, `-3m`, `-1y`"
            )
            if error.type == "date_none":
                message = told("`%(value)s` is not in the calendar", value=short(word.text))
                self._report(message, mend, word)
            else:
                self._unfit(field, word, mend)
            return None

    def _yes_no(self, field: Field, word: Word) -> bool | None:
        if word.text.lower() in _YES_NO:
            return _YES_NO[word.text.lower()]
        self._unfit(field, word, told("write `yes` or `no`"))
        return None

    def _word(self, field: Field, word: Word) -> str | None:
        for one in field.allowed:
            if one == word.text.lower():
                return one
        meant = self._nearest(word.text, field.allowed)
        allowed = in_words(field.allowed)
        mend = told("write one of %(values)s", values=allowed)
        if meant:
            mend = told("write `%(meant)s`, or another of %(values)s", meant=meant, values=allowed)
        self._report(
            told(
                "`%(value)s` is no value of `%(field)s`", value=short(word.text), field=field.name
            ),
            mend,
            word,
            meant=meant,
        )
        return None

    def _text(self, field: Field, word: Word) -> str | None:
        names = self.names.of(field) if self.names else None
        if names is None or folded(word.text) in names:
            return word.text
        meant = self._nearest(word.text, names.values())
        mend = told("write a name that a record has")
        if meant:
            mend = told("write `%(meant)s`", meant=_as_typed(Word(meant, 0, 0)))
        message = told(
            "no record has `%(value)s` in `%(field)s`", value=short(word.text), field=field.name
        )
        # Records come and go: there may be one again, and the query reads as well without it.
        self._report(message, mend, word, catalogue.QUERY_NAME, meant=meant)
        return word.text

    def _reference(self, field: Field, word: Word) -> str | None:
        id_ = word.text
        if self.names is None:
            return id_
        registry = self.names.registry
        found = registry.find(id_)
        if found is None and id_ in self.names.unreadable:
            return id_  # it is reported where it is
        if found is None:
            self._no_record(field, word)
            return None
        if field.target is not None and found.kind is not field.target:
            self._report(
                told(
                    "`%(id)s` is %(kind)s; `%(field)s` names %(wanted)s",
                    id=short(id_),
                    kind=found.kind.with_article,
                    field=field.name,
                    wanted=field.target.with_article,
                ),
                told("write the id of %(kind)s", kind=field.target.with_article),
                word,
            )
            return None
        return found.id

    def _no_record(self, field: Field, word: Word) -> None:
        near = self.names.near(field.target, word.text) if self.names and self._guesses else None
        mend = told("write the id of a record")
        if field.target is not None:
            mend = told("write the id of %(kind)s", kind=field.target.with_article)
        if near and self.names:
            title = short(self.names.registry.entries[near].title)
            mend = told("write `%(id)s` (%(title)s)", id=near, title=title)
        message = told("no record has the id `%(id)s`", id=short(word.text))
        self._report(message, mend, word, meant=near)

    def _nearest(self, word: str, choices: Iterable[str]) -> str | None:
        return nearest(word, choices) if self._guesses else None

    @property
    def _guesses(self) -> bool:
        """Whether it is still asked what was meant: nobody means a hundred wrong words."""
        return len(self.faults) < _MOST_GUESSES

    def _unfit(self, field: Field, word: Word, mend: Told) -> None:
        self._report(
            told(
                "`%(value)s` is not %(type)s, as `%(field)s` is",
                value=short(word.text),
                type=_ARE[field.type],
                field=field.name,
            ),
            mend,
            word,
        )

    def _report(
        self,
        message: Told,
        mend: Told,
        word: Word,
        rule: catalogue.Rule = catalogue.QUERY_VALUE,
        meant: str | None = None,
    ) -> None:
        label = told("did you mean `%(meant)s`?", meant=meant) if meant else NOTHING
        self.faults.append(Fault(message, mend, word.start, word.end, rule, label))


_MOST_GUESSES: Final = 20


def allowed_ops(field: Field) -> list[Op]:
    """Return how a field can be compared."""
    ops = [op for op in OPS[field.type] if not (field.is_list and op in (Op.IS, Op.IS_NOT))]
    return [*ops, Op.HAS] if field.is_list else ops


# How values are typed -----------------------------------------------------------------------------

_RELATIVE: Final = re.compile(r"([+-][0-9]{1,6})([dwmy])", re.IGNORECASE)
_UNITS: Final[dict[str, Unit]] = {"d": "d", "w": "w", "m": "m", "y": "y"}
_NUMBER: Final = re.compile(
    r"[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:e[-+]?[0-9]{1,3})?", re.IGNORECASE
)
_WHOLE: Final = re.compile(r"[-+]?[0-9]{1,300}")
_YES_NO: Final = {"yes": True, "true": True, "no": False, "false": False}


def _as_number(text: str) -> float | None:
    text = text.replace("−", "-")
    if _WHOLE.fullmatch(text):
        return int(text)
    if not _NUMBER.fullmatch(text):
        return None
    number = float(text)
    return number if isfinite(number) else None


def _is_none(word: Word) -> bool:
    return word.text.lower() == "none" and not word.is_quoted


def _as_typed(word: Word) -> str:
    return quoted(word.text) if word.is_quoted else written(word.text)


_EXAMPLES: Final[dict[FieldType, str]] = {
    "text": "~ letter",
    "number": "> 0",
    "date": "< today",
    "yes_no": "has yes",
    "word": "= {}",
    "reference": "= an-id",
}


def _example(field: Field) -> str:
    """Return a condition on a field: ``status = draft``."""
    example = _EXAMPLES[field.type].format(*field.allowed[:1])
    if field.is_list:
        example = example.replace("= ", "has ")
    return f"{field.name} {example}"


def _told_colon(word: Word) -> Fault | None:
    """Return a fault for ``status:running``, as a search asks for it."""
    name, colon, value = word.text.partition(":")
    if not colon or not value or isinstance(read_field(name, None), Fault):
        return None
    return Fault(
        told("a query compares by `=`, not by `:`"),
        told("write `%(query)s`", query=f"{name} = {value}"),
        word.start,
        word.end,
        catalogue.QUERY_SYNTAX,
    )
