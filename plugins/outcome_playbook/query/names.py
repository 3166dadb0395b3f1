"""The names in use in a playbook, and what was read against them."""

from collections.abc import Mapping
from functools import lru_cache

from outcome_playbook.query.conditions import Condition, Fault, Field
from outcome_playbook.query.folding import folded
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Registry
from outcome_playbook.suggest import Titles

Read = tuple[Condition | None, tuple[Fault, ...]]
"""What a query states, and what is wrong with it."""


class Names:
    """The names in use in a registry, and the ids nearest to others.

    ``read`` keeps queries that were read against them, by their text and the kind asked for.
    """

    def __init__(self, registry: Registry) -> None:
        self.registry = registry
        self.read: dict[tuple[str, Kind | None], Read] = {}
        records = [entry.record for entry in registry.entries.values()]
        self._of: dict[str, Mapping[str, str]] = {
            "owner": {folded(r.owner): r.owner for r in records if r.owner},
            "tags": {folded(tag): tag for r in records for tag in r.tags},
        }
        self.unreadable = {id_ for file in registry.broken for id_ in (file.id, *file.earlier_ids)}
        self._titles: dict[Kind | None, Titles] = {}

    def of(self, field: Field) -> Mapping[str, str] | None:
        """Return the names that a field has, as they are compared; ``None`` for any other text."""
        return self._of.get(field.name.rpartition(".")[2])

    def near(self, kind: Kind | None, id_: str) -> str | None:
        """Return the id that is nearest to one that no record has."""
        if kind not in self._titles:
            entries = self.registry.entries.values()
            self._titles[kind] = Titles({e.id: e.title for e in entries if kind in (None, e.kind)})
        found = self._titles[kind].nearest(id_, but="", most=1)
        return found[0] if found else None


@lru_cache(maxsize=1)
def names_of(registry: Registry) -> Names:
    """Return the names of a registry; thousands of queries are read against the same."""
    return Names(registry)
