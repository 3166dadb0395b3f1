"""What every page is made from: the playbook with what is derived from it, computed once."""

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from outcome_playbook import rollups
from outcome_playbook.facets import Values, facets_of
from outcome_playbook.flags import Flag
from outcome_playbook.hosting import NOWHERE, Hosting
from outcome_playbook.livelists import Lists
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.urls import slugs
from outcome_playbook.playbook import Playbook
from outcome_playbook.query import Evaluation
from outcome_playbook.registry import Entry, Registry
from outcome_playbook.rollups import OutcomeRollup

if TYPE_CHECKING:
    from outcome_playbook.pages.parts import Card  # made from a view, and kept in it


@dataclass(slots=True)
class View:
    """A playbook with its flags, its facets, its rollups and the addresses of its owners and tags.

    ``hosting`` is where its repository is, if that is known.

    ``lists`` reads live lists and ``evaluation`` answers their queries; ``effects`` and ``cards``
    are those that a page asked for, by the record's id: other pages will ask for them again.
    """

    playbook: Playbook
    hosting: Hosting = NOWHERE
    registry: Registry = field(init=False)
    today: date = field(init=False)
    flags: dict[str, Flag] = field(init=False)
    facets: dict[str, Values] = field(init=False)
    outcomes: dict[str, OutcomeRollup] = field(init=False)
    owners: dict[str, list[Entry[Any]]] = field(init=False)
    tags: dict[str, list[Entry[Any]]] = field(init=False)
    owner_slugs: dict[str, str] = field(init=False)
    tag_slugs: dict[str, str] = field(init=False)
    effects: dict[str, list[Effect]] = field(default_factory=dict)
    cards: "dict[str, Card]" = field(default_factory=dict)
    lists: Lists = field(init=False)
    evaluation: Evaluation = field(init=False)

    def __post_init__(self) -> None:
        self.registry = self.playbook.registry
        self.today = self.playbook.today
        self.flags = self.playbook.flags
        self.facets = facets_of(self.registry, self.flags)
        known = self.playbook.lists
        self.evaluation = (known.evaluation if known else None) or Evaluation(
            self.registry, self.today, self.flags
        )
        self.lists = known or Lists(self.registry, lambda: self.evaluation)
        self.outcomes = rollups.by_outcome(self.registry)
        self.owners, self.tags = {}, {}
        for entry in self.registry.entries.values():
            if entry.record.owner:
                self.owners.setdefault(entry.record.owner, []).append(entry)
            for tag in dict.fromkeys(entry.record.tags):
                self.tags.setdefault(tag, []).append(entry)
        self.owner_slugs = slugs(self.owners)
        self.tag_slugs = slugs(self.tags)
