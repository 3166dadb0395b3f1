"""The words of a record that somebody would search for: its own, not those of its neighbours."""

from collections.abc import Iterator
from functools import cache
from typing import Any

from pydantic import BaseModel

from outcome_playbook.records.fields import Form, parts_of
from outcome_playbook.registry import Entry

_ELSEWHERE = ("title", "tags")
"""These are indexed apart, and rank higher."""
_LAST = ("owner", "sources")
"""A result shows where its text begins: with what the record says, not with who wrote it."""


def texts(entry: Entry[Any]) -> tuple[list[str], list[str]]:
    """Return the text of a record's fields: what comes before its body, and what after it.

    Ids, dates and numbers are left out.
    """
    before: dict[str, None] = {}
    after: dict[str, None] = {}
    for name, text in _texts(entry.record):
        if name not in _ELSEWHERE:
            (after if name in _LAST else before)[text] = None
    return list(before), list(after)


def _texts(model: BaseModel) -> Iterator[tuple[str, str]]:
    for name in _fields_with_text(type(model)):
        value = getattr(model, name)
        for item in value if isinstance(value, list) else [value]:
            if isinstance(item, BaseModel):
                yield from ((name, text) for _, text in _texts(item))
            elif item is not None:
                yield name, item


@cache
def _fields_with_text(model: type[BaseModel]) -> tuple[str, ...]:
    """Return the fields of a model that hold text, or a model with such a field."""
    return tuple(
        name
        for name, field in model.model_fields.items()
        if any(
            part == Form("text") or (isinstance(part, type) and issubclass(part, BaseModel))
            for part in parts_of(field)
        )
    )
