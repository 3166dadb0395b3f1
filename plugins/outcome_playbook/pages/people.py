"""Lists by owner and by tag. They say what belongs to whom, and never how much anybody did."""

from dataclasses import dataclass, replace
from typing import Any

from outcome_playbook.pages import words
from outcome_playbook.pages.language import say
from outcome_playbook.pages.listing import Group, Listing, alphabetical, as_card, listing
from outcome_playbook.pages.parts import Card, Code, Ref, Said, tell
from outcome_playbook.pages.starting import Starts, starts
from outcome_playbook.pages.urls import explore_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Entry


@dataclass(frozen=True, slots=True)
class Name:
    """An owner or a tag: its page's key, and the length of the list there."""

    name: str
    number: int
    key: str


@dataclass(frozen=True, slots=True)
class People:
    """Every owner, or every tag, by name; ``stray`` says which records have none."""

    lead: str
    names: tuple[Name, ...]
    stray: str
    empty: Said


@dataclass(frozen=True, slots=True)
class Person:
    """The records of one owner or tag, by kind and then by title."""

    up: Ref
    lead: str
    explore: str
    total: int
    starts: Starts
    listing: Listing


def index(view: View, folder: str) -> People:
    """Return the owners or the tags, in the order of the alphabet."""
    of_owners = folder == "owners"
    entries, slugs = (view.owners, view.owner_slugs) if of_owners else (view.tags, view.tag_slugs)
    names = sorted(entries, key=lambda name: (name.casefold(), name))
    counted = tuple(Name(name, len(entries[name]), f"{folder}/{slugs[name]}") for name in names)
    return People(
        lead=(
            say(
                "Whom to ask about a record: a team or a person. The number beside a name is the "
                "length of its list."
            )
            if of_owners
            else say("Words to find records by. The number beside a tag is the length of its list.")
        ),
        names=counted,
        stray=_without_owner(view) if of_owners and counted else "",
        empty=() if counted else _how_to_name(of_owners=of_owners),
    )


def _how_to_name(*, of_owners: bool) -> Said:
    if of_owners:
        return tell(
            "No record has an owner yet. To name one, write %(field)s and a team or a person into "
            "the record.",
            field=Code("owner:"),
        )
    return tell(
        "No record has a tag yet. To add one, write %(field)s and words in square brackets "
        "into the record, such as %(example)s.",
        field=Code("tags:"),
        example=Code("tags: [letters, reminders]"),
    )


def _without_owner(view: View) -> str:
    without = sum(not entry.record.owner for entry in view.registry.entries.values())
    if not without:
        return ""
    return words.plural(
        without, "%(number)s record has no owner yet.", "%(number)s records have no owner yet."
    )


def one(view: View, folder: str, name: str) -> Person:
    """Return the records of an owner or a tag."""
    entries = (view.owners if folder == "owners" else view.tags)[name]
    groups = (_group(view, kind, name, entries) for kind in Kind)
    known = {"owner": name} if folder == "owners" else {"tags": [name]}
    return Person(
        up=Ref(folder, title(folder)),
        lead=_lead(folder, name, len(entries)),
        explore=explore_key(owner=name) if folder == "owners" else explore_key(tag=name),
        total=len(entries),
        starts=starts(view, (Kind.HYPOTHESIS,), {Kind.HYPOTHESIS: known}),
        listing=listing((group for group in groups if group.cards), None),
    )


def title(folder: str) -> str:
    """Return how the list of owners or that of tags is called."""
    return say("Owners") if folder == "owners" else say("Tags")


def _lead(folder: str, name: str, number: int) -> str:
    if folder == "owners":
        return words.plural(
            number,
            "%(number)s record to ask %(owner)s about.",
            "%(number)s records to ask %(owner)s about.",
            owner=name,
        )
    return words.plural(
        number, "%(number)s record with this tag.", "%(number)s records with this tag."
    )


def _group(view: View, kind: Kind, name: str, entries: list[Entry[Any]]) -> Group:
    mine = alphabetical(entry for entry in entries if entry.kind is kind)
    cards = tuple(_without(as_card(view, entry), name) for entry in mine)
    return Group(f"{kind.plural}", 2, words.kinds(kind), None, "", cards, len(cards))


def _without(card: Card, name: str) -> Card:
    """Leave out of a card what the page's title says already."""
    return replace(card, meta=tuple(word for word in card.meta if word != name))
