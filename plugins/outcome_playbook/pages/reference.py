"""The reference page: fields, what each status asks for, options and rules, from the code."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.pages import words
from outcome_playbook.records.asks import asked
from outcome_playbook.records.fields import Form, parts_of
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS, Record
from outcome_playbook.settings import Settings


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: its name, what is written there, and what it is for. ``inner`` are its own."""

    name: str
    form: str
    meaning: str
    inner: tuple["FieldRow", ...] = ()


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status of a kind: what it asks for, and what is only advised."""

    status: str
    word: str
    needs: tuple[str, ...]
    advised: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KindReference:
    """One kind: the sentence about it, its own fields, its statuses."""

    key: str
    title: str
    meaning: str
    fields: tuple[FieldRow, ...]
    statuses: tuple[StatusRow, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """All that the page shows."""

    common: tuple[FieldRow, ...]
    kinds: tuple[KindReference, ...]
    options: tuple[FieldRow, ...]
    rules: tuple[Rule, ...]


def reference() -> Reference:
    """Return the reference of this version; it depends on the code alone."""
    return Reference(
        common=_rows(Record),
        kinds=tuple(_kind(kind) for kind in Kind),
        options=tuple(
            FieldRow(name, f"default: {_default(field.default)}", field.description or "")
            for name, field in Settings.model_fields.items()
        ),
        rules=tuple(rule for rule in vars(catalogue).values() if isinstance(rule, Rule)),
    )


def _kind(kind: Kind) -> KindReference:
    model = MODELS[kind]
    own = tuple(row for row in _rows(model) if row.name not in Record.model_fields)
    statuses = tuple(_status(kind, status) for status in STATUSES[kind])
    meaning = (model.__doc__ or "").strip().split("\n")[0]
    return KindReference(str(kind), words.kind(kind), meaning, own, statuses)


def _status(kind: Kind, status: StrEnum) -> StatusRow:
    asks = list(asked(kind, status))
    return StatusRow(
        str(status),
        words.label(str(status)),
        tuple(_either(ask.fields) for ask in asks if ask.severity is Severity.ERROR),
        tuple(_either(ask.fields) for ask in asks if ask.severity is not Severity.ERROR),
    )


def _either(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _rows(model: type[BaseModel]) -> tuple[FieldRow, ...]:
    return tuple(_row(field.alias or name, field) for name, field in model.model_fields.items())


def _row(name: str, field: FieldInfo) -> FieldRow:
    parts = parts_of(field)
    models = (p for p in parts if isinstance(p, type) and issubclass(p, BaseModel))
    inner = next((_rows(model) for model in models), ())
    return FieldRow(name, _form(parts, field.annotation), field.description or "", inner)


def _form(parts: list[Any], annotation: Any) -> str:
    """Return what is written for a field, in words."""
    closed = next((p for p in parts if isinstance(p, type) and issubclass(p, StrEnum)), None)
    form = next((p.words for p in parts if isinstance(p, Form)), None)
    one = ", ".join(closed) if closed is not None else form or "mapping"
    return f"list of {one}" if get_origin(annotation) is list else one


def _default(value: Any) -> str:
    if value is None:
        return "none"
    return ", ".join(value) if isinstance(value, list) else str(value)
