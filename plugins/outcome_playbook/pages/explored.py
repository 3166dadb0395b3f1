"""Whether the Explore page can show what a query asks for, and at which address.

Facets are joined by and, the values of one by or. What they cannot say exactly, nothing leads to.
"""

from collections.abc import Iterable, Iterator

from outcome_playbook.flags import FlagName
from outcome_playbook.pages.urls import explore_key
from outcome_playbook.pages.view import View
from outcome_playbook.query import Asked, Condition
from outcome_playbook.query.conditions import All, Op, Test
from outcome_playbook.query.folding import folded
from outcome_playbook.records.kinds import ExperimentStatus, Kind

_EXACT = {name: name for name in ("kind", "status", "conclusion", "owner")} | {"tags": "tag"}
"""Fields that are a facet of the same meaning for every kind."""

_OF_KIND: dict[Kind | None, dict[str, str]] = {
    Kind.OUTCOME: {"metric": "metric"},
    Kind.HYPOTHESIS: {"outcome": "outcome", "metric": "metric"},
    Kind.EXPERIMENT: {"outcome": "outcome", "hypothesis.outcome": "outcome"},
}
"""Fields that are a facet among the records of one kind."""


def explored(view: View, asked: Asked) -> str:
    """Return the key of the page that shows just the records asked for, or nothing."""
    chosen: dict[str, list[str]] = {"kind": [str(asked.kind)]} if asked.kind else {}
    for condition in _each(asked.where):
        found = _facet(view, asked.kind, condition)
        if found is None or found[0] in chosen:
            return ""
        chosen[found[0]] = found[1]
    # The facet leaves out what a record says before it is concluded.
    if "conclusion" in chosen and chosen.get("status") != [str(ExperimentStatus.CONCLUDED)]:
        return ""
    return explore_key(**chosen)


def _each(where: Condition | None) -> Iterator[Condition]:
    if isinstance(where, All):
        for one in where.of:
            yield from _each(one)
    elif where is not None:
        yield where


def _facet(view: View, kind: Kind | None, test: Condition) -> tuple[str, list[str]] | None:
    """Return the facet and the values that say what a condition says, if there are such."""
    if not isinstance(test, Test) or test.op not in (Op.IS, Op.IN, Op.HAS):
        return None
    name = test.field.name
    if name in _FLAGS:
        return ("flag", [name]) if test.values == (True,) else None
    values = [value for value in test.values if isinstance(value, str)]
    facet = _EXACT.get(name) or _OF_KIND.get(kind, {}).get(name)
    if facet is None or len(values) < len(test.values):
        return None
    if facet in ("outcome", "metric"):
        found = [view.registry.find(value) for value in values]
        values = [entry.id for entry in found if entry]
    elif facet in ("owner", "tag"):
        values = _as_written(view.owners if facet == "owner" else view.tags, values)
    return facet, values


_FLAGS = frozenset(map(str, FlagName))


def _as_written(names: Iterable[str], values: list[str]) -> list[str]:
    """Return the names in use that a query means, whatever their case and accents."""
    meant = set(map(folded, values))
    return [name for name in names if folded(name) in meant]
