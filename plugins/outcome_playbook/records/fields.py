"""What a model's field is made of, for those who describe fields rather than read them."""

from collections.abc import Iterator
from dataclasses import dataclass
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic.fields import FieldInfo


@dataclass(frozen=True, slots=True)
class Form:
    """What a reader of the reference is told to write for a value of a type."""

    words: str


def parts_of(field: FieldInfo) -> list[Any]:
    """Return every type and marker of a field, from the outside in."""
    return [*_parts(field.annotation), *field.metadata]


def _parts(annotation: Any) -> Iterator[Any]:
    if get_origin(annotation) in (Annotated, list, Union, UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield annotation
