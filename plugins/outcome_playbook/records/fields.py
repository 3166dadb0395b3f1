"""What a model's field is made of, for those who describe fields rather than read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import GetJsonSchemaHandler
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema

from outcome_playbook.records.kinds import Kind


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader of the reference is told to write for a value of a type."""

    words: str


NAMES = "x-names"
"""The key of a validation schema that says what an id names: a kind, or "record" for any."""


@dataclass(frozen=True, slots=True)
class Names:
    """An id names a record of this kind, or of any."""

    kind: Kind | None

    def __get_pydantic_json_schema__(
        self, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Say so in the schema of what is written; what is read again needs no suggestions."""
        known = handler(core)
        if handler.mode == "validation":
            known = {**known, NAMES: str(self.kind or "record")}
        return known


def parts_of(field: FieldInfo) -> list[Any]:
    """Return every type and marker of a field, from the outside in."""
    return [*_parts(field.annotation), *field.metadata]


def _parts(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Annotated, list, Union, UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation
