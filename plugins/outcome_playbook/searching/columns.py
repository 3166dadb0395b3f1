"""What every search needs first: the facets of all records as columns, and their orders."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from outcome_playbook.searching.documents import Facet


def column(facet: Facet, values: Sequence[Sequence[str]]) -> dict[str, Any]:
    """Return a facet with its values, and which of them each record has.

    A record has the number of a value, a list of numbers, or -1 for none.
    """
    names = sorted({value for of in values for value in of})
    number = {name: n for n, name in enumerate(names)}
    return {
        "name": facet.name,
        "title": facet.title or facet.name,
        "values": names,
        "labels": [facet.labels.get(name) for name in names],
        "of": [_numbers([number[value] for value in of]) for of in values],
    }


def _numbers(found: list[int]) -> int | list[int]:
    if len(found) == 1:
        return found[0]
    return sorted(set(found)) or -1


def ranks(order: Iterable[int]) -> list[int]:
    """Return the rank of each record, for the numbers of all records in an order."""
    numbers = list(order)
    found = [0] * len(numbers)
    for rank, number in enumerate(numbers):
        found[number] = rank
    return found


def columns(
    facets: Iterable[Facet], values: Sequence[Mapping[str, Sequence[str]]]
) -> list[dict[str, Any]]:
    """Return all facets as columns. ``values`` are those of each record, by facet."""
    return [column(facet, [of.get(facet.name, ()) for of in values]) for facet in facets]
