"""All that is told of a change: what is different, what it does, and what was known before."""

from dataclasses import dataclass, field
from itertools import groupby
from typing import Final

from outcome_playbook.changes.change import Change, What
from outcome_playbook.changes.comparing import compare
from outcome_playbook.changes.effects import Effect, effects
from outcome_playbook.changes.matching import Match, match
from outcome_playbook.playbook import Playbook
from outcome_playbook.prior_art import Neighbour, nearest
from outcome_playbook.records.kinds import Kind

MOST_COMPARED: Final = 10
"""More new records than these are compared with no other: it takes long, and nobody reads it."""
_NEIGHBOURS: Final = 3


@dataclass(frozen=True, slots=True)
class Report:
    """The changes, their effects, and by id what is near to a new record.

    ``moved`` are the records whose file lies in another folder, which means nothing.
    """

    changes: list[Change]
    effects: list[Effect] = field(default_factory=list)
    prior_art: dict[str, list[Neighbour]] = field(default_factory=dict)
    moved: tuple[str, ...] = ()

    @property
    def called_out(self) -> list[Change]:
        """The changes at which somebody should look twice."""
        return [change for change in self.changes if change.called_out]

    @property
    def others(self) -> list[Change]:
        """The changes that are not called out: each is told once."""
        return [change for change in self.changes if not change.called_out and change.said]

    @property
    def records(self) -> int:
        """How many records changed."""
        return len({(change.kind, change.id) for change in self.changes})

    def by_kind(self) -> list[tuple[Kind | None, list[list[Change]]]]:
        """Return the others by kind and record; ``None`` is the kind of what cannot be read."""
        return [
            (kind, [list(own) for _, own in groupby(of_kind, key=lambda change: change.id)])
            for kind, of_kind in groupby(self.others, key=lambda change: change.kind)
        ]


def report(before: Playbook, after: Playbook) -> Report:
    """Compare two playbooks and return all that is told of it."""
    matched = match(before.registry, after.registry)
    changes = compare(before, after)
    moved = _moved(matched)
    if not changes:
        return Report([], moved=moved)
    return Report(
        changes, effects(matched, before, after), _prior_art(changes, before, after), moved
    )


def _moved(matched: Match) -> tuple[str, ...]:
    was, now = matched.before.entries, matched.after.entries
    stayed = (id_ for id_ in now if id_ in was)
    return tuple(id_ for id_ in stayed if was[id_].file.path != now[id_].file.path)


def _prior_art(
    changes: list[Change], before: Playbook, after: Playbook
) -> dict[str, list[Neighbour]]:
    """Return the records that were there before and are nearest to each new one."""
    entries = after.registry.entries
    came = [c.id for c in changes if c.change is What.ADDED and c.id in entries]
    if not before.registry.entries or len(came) > MOST_COMPARED:
        return {}
    found = {}
    for id_ in came:
        near = nearest(after.registry, entries[id_], most=_NEIGHBOURS + len(came))
        known = [neighbour for neighbour in near if neighbour.id not in came]
        found[id_] = known[:_NEIGHBOURS]
    return found
