"""What stands where no page is: that nothing is here, and where to go on."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from outcome_playbook.pages import words
from outcome_playbook.pages.language import say
from outcome_playbook.records.kinds import Kind

TEMPLATE = "not-found.html"


@dataclass(frozen=True, slots=True)
class Place:
    """A link that holds wherever it is read: its whole address and what is written on it."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Missing:
    """The tabs of the site, and the lists that have every record between them."""

    tabs: tuple[Place, ...]
    lists: tuple[Place, ...]


def title() -> str:
    """Return the page's title."""
    return say("Nothing is here")


def missing(tabs: Sequence[Place], address: Callable[[str], str]) -> Missing:
    """Return what the page shows. ``address`` gives the whole address of a page's key.

    It is served in place of a page at any depth, so no address on it may depend on its own.
    """
    lists = (Place(address(kind.plural), words.kinds(kind)) for kind in Kind)
    return Missing(tuple(tabs), tuple(lists))
