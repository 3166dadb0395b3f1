"""What is indexed, as plain values: whoever knows pages and records puts it together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Card = Mapping[str, Any]
"""What a result shows: texts, numbers, lists and mappings of these, all as JSON has them."""


@dataclass(frozen=True, slots=True)
class Document:
    """A record, or a section of a page. All texts are plain.

    ``names`` are further words for it: tags, owner, kind, earlier ids. ``lead`` are the texts of
    its fields, ``body`` what is written below them. ``values`` are those by which a record is
    narrowed down, by facet.
    """

    title: str
    card: Card
    id: str = ""
    names: Sequence[str] = ()
    lead: Sequence[str] = ()
    body: Sequence[str] = ()
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet, what it is called, and how its values are shown where not as they are written."""

    name: str
    labels: Mapping[str, str] = field(default_factory=dict)
    title: str = ""
