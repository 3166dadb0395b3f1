"""How much a live list puts on its page, counted in cells: each takes time and bytes."""

from math import inf
from typing import Final

from outcome_playbook.livelists.livelist import LiveList, View
from outcome_playbook.query import Evaluation

MOST_CELLS: Final = 20_000
"""Cells that the lists of a page may have together: fifty usual lists of a hundred records."""

_OF_A_CARD: Final = 10
_OF_A_TICK: Final = 3
_OF_A_COUNT: Final = 2
"""Cells that one record, or one group of a count, is worth."""


def bound(one: LiveList, records: float) -> float:
    """Return how many cells a list can have at most, whatever its records are like.

    ``records`` is how many there are of any kind.
    """
    if one.group and one.group.is_list:  # a record stands in as many groups as it has values
        records = inf
    if one.view is View.STACK:
        return records
    return min(records, one.rows) * _of_a_row(one)


def cells(one: LiveList, evaluation: Evaluation) -> int:
    """Return how many cells a list has."""
    if one.view is View.STACK:
        return sum(len(entries) for _, entries in evaluation.groups(one.grouped)[: one.rows])
    if one.view is View.COUNT:
        found = len(evaluation.groups(one.grouped))
    elif one.group is not None and one.group.is_list:
        found = sum(len(entries) for _, entries in evaluation.groups(one.grouped))
    else:
        found = evaluation.count(one.asked)
    return min(found, one.rows) * _of_a_row(one)


def _of_a_row(one: LiveList) -> int:
    match one.view:
        case View.CARDS:
            return _OF_A_CARD
        case View.BOARD:
            return _OF_A_TICK
        case View.COUNT:
            return _OF_A_COUNT
    return len(one.columns)
