"""The reference page: fields, what each status asks for, options and rules, from the code."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from outcome_playbook.diagnostics import Severity
from outcome_playbook.diagnostics.told import term
from outcome_playbook.pages import words
from outcome_playbook.pages.codes import Codes, codes
from outcome_playbook.pages.language import say
from outcome_playbook.pages.parts import Said, coded, tell
from outcome_playbook.pages.starting import Template, template
from outcome_playbook.pages.view import View
from outcome_playbook.query import Field, field_table
from outcome_playbook.records.asks import asked
from outcome_playbook.records.fields import Form, parts_of
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS, Record
from outcome_playbook.settings import Settings


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field: its name, what is written there, and what it is for. ``inner`` are its own."""

    name: str
    form: Said
    meaning: str | Said
    inner: tuple["FieldRow", ...] = ()


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A status of a kind: what it asks for, and what is only advised.

    ``shown_as`` says what pages call it, if that is another word.
    """

    status: str
    shown_as: str
    needs: tuple[Said, ...]
    advised: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class KindReference:
    """One kind: the sentence about it, its own fields, its statuses."""

    key: str
    title: str
    meaning: str
    template: Template
    fields: tuple[FieldRow, ...]
    statuses: tuple[StatusRow, ...]


@dataclass(frozen=True, slots=True)
class Queried:
    """The fields by which the records of a kind can be asked for."""

    key: str
    title: str
    show: str
    fields: tuple[FieldRow, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """All that the page shows.

    ``file`` says what a record's file is, ``place_of_options`` where the options of the plugin
    stand.
    """

    file: Said
    common: tuple[FieldRow, ...]
    kinds: tuple[KindReference, ...]
    place_of_options: Said
    options: tuple[FieldRow, ...]
    queries: tuple[Queried, ...]
    rules: tuple[Codes, ...]


_FILE = term(
    "A record is a Markdown file. Its front matter says `kind`, one of %(kinds)s, and its file’s "
    "name, without `.md`, is its id. Keys that begin with `x-` are yours."
)
_PLACE_OF_OPTIONS = term(
    "They stand below `playbook` in the `plugins` of `mkdocs.yml`. None is needed."
)


def reference(view: View) -> Reference:
    """Return the reference of this version in the language spoken.

    But for where a new file goes it depends on the code alone.
    """
    return Reference(
        file=coded(say(_FILE, kinds=", ".join(f"`{kind}`" for kind in Kind))),
        common=_rows(Record),
        kinds=tuple(_kind(view, kind) for kind in Kind),
        place_of_options=coded(say(_PLACE_OF_OPTIONS)),
        options=tuple(
            FieldRow(
                name,
                tell("default: %(value)s", value=_default(field.default)),
                words.translated(field.description or ""),
            )
            for name, field in Settings.model_fields.items()
        ),
        queries=tuple(map(_queried, Kind)),
        rules=codes(),
    )


def _kind(view: View, kind: Kind) -> KindReference:
    model = MODELS[kind]
    own = tuple(row for row in _rows(model) if row.name not in Record.model_fields)
    statuses = tuple(_status(kind, status) for status in STATUSES[kind])
    meaning = words.translated(model.__doc__ or "")
    blank = template(view, kind)
    return KindReference(str(kind), words.kind(kind), meaning, blank, own, statuses)


def _queried(kind: Kind) -> Queried:
    rows = tuple(
        FieldRow(field.name, _asked_by(field), coded(words.translated(field.meaning)))
        for field in field_table(kind)
    )
    show = words.plural(len(rows), "Show %(number)s field", "Show %(number)s fields")
    return Queried(f"queries-{kind.plural}", words.kinds(kind), show, rows)


_TYPES = {
    "text": term("text"),
    "number": term("number"),
    "date": term("date"),
    "yes_no": term("yes or no"),
    "reference": term("id"),
}


def _asked_by(field: Field) -> Said:
    """Return what a field is compared with, in words."""
    if field.type == "word":
        one = _codes(field.allowed)
    elif field.type == "reference" and field.target:
        one = tell("id of %(kind)s", kind=words.translated(field.target.with_article))
    else:
        one = (say(_TYPES[field.type]),)
    return tell("list of %(form)s", form=one) if field.is_list else one


def _status(kind: Kind, status: StrEnum) -> StatusRow:
    asks = list(asked(kind, status))
    word = words.label(str(status))
    return StatusRow(
        str(status),
        "" if word.lower() == status else say("shown as “%(word)s”", word=word),
        tuple(_either(ask.fields) for ask in asks if ask.severity is Severity.ERROR),
        tuple(_either(ask.fields) for ask in asks if ask.severity is not Severity.ERROR),
    )


def _either(names: tuple[str, ...]) -> Said:
    return coded(words.listed([f"`{name}`" for name in names], "or"))


def _rows(model: type[BaseModel]) -> tuple[FieldRow, ...]:
    return tuple(_row(field.alias or name, field) for name, field in model.model_fields.items())


def _row(name: str, field: FieldInfo) -> FieldRow:
    parts = parts_of(field)
    models = (p for p in parts if isinstance(p, type) and issubclass(p, BaseModel))
    inner = next((_rows(model) for model in models), ())
    meaning = words.translated(field.description or "")
    return FieldRow(name, _form(parts, field.annotation), meaning, inner)


def _form(parts: list[Any], annotation: Any) -> Said:
    """Return what is written for a field, in words."""
    closed = next((p for p in parts if isinstance(p, type) and issubclass(p, StrEnum)), None)
    form = next((p.words for p in parts if isinstance(p, Form)), _MAPPING)
    one = _codes(closed) if closed is not None else (say(form),)
    return tell("list of %(form)s", form=one) if get_origin(annotation) is list else one


_MAPPING = term("mapping")


def _default(value: Any) -> Said:
    if value in (None, [], {}):
        return (say("none"),)
    return _codes(value if isinstance(value, list) else [value])


def _codes(values: Iterable[object]) -> Said:
    return coded(", ".join(f"`{value}`" for value in values))
