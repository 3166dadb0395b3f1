"""The site map: every page that the records bring, in the order of the site."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

from outcome_playbook.pages import broken, explore, home, lists, people, reference, status, words
from outcome_playbook.pages.language import say
from outcome_playbook.pages.records import model_of
from outcome_playbook.pages.urls import BOARDS, EXPLORE, HOME, REFERENCE, record_key, status_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import STATUSES, Kind


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page: where it is, how it is called, and what its template shows.

    ``model`` is called when the page is rendered. ``path`` is the record's file, ``None`` for a
    page nobody wrote. ``tab`` is the key of the page whose tab is lit; ``names`` are further words
    that search ranks as high as the title.
    """

    key: str
    title: str
    template: str
    model: Callable[[], Any]
    path: str | None = None
    tab: str | None = None
    names: tuple[str, ...] = ()


def site_pages(view: View) -> Iterator[SitePage]:
    """Yield every page, home first. No two have one key unless two records claim it."""
    yield SitePage(HOME, say("Home"), "home.html", partial(home.home, view))
    yield SitePage(
        "outcomes", words.kinds(Kind.OUTCOME), "outcomes.html", partial(lists.outcomes, view)
    )
    yield SitePage(EXPLORE, say("Explore"), "explore.html", partial(explore.explore, view))
    yield SitePage("status", say("Status"), "status.html", partial(status.boards, view))
    for kind in BOARDS:
        for one in STATUSES[kind]:
            title = status.title(kind, one)
            model = partial(status.one_status, view, kind, str(one))
            key = status_key(kind, one)
            yield SitePage(key, title, "one-status.html", model, tab="status")
    for kind in (Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC):
        every = partial(lists.records, view, kind)
        yield SitePage(kind.plural, words.kinds(kind), "records.html", every, tab="outcomes")
    yield SitePage(
        REFERENCE,
        say("Fields, statuses and rules"),
        "reference.html",
        partial(reference.reference, view),
    )
    yield from _people(view)
    yield from _records(view)
    yield from _broken(view)


def _people(view: View) -> Iterator[SitePage]:
    for folder, entries, slugs in (
        ("owners", view.owners, view.owner_slugs),
        ("tags", view.tags, view.tag_slugs),
    ):
        model = partial(people.index, view, folder)
        yield SitePage(folder, people.title(folder), "people.html", model, tab="outcomes")
        for name in sorted(entries):
            one = partial(people.one, view, folder, name)
            yield SitePage(f"{folder}/{slugs[name]}", name, "person.html", one, tab="outcomes")


def _records(view: View) -> Iterator[SitePage]:
    for entry in view.registry.entries.values():
        yield SitePage(
            record_key(entry.kind, entry.id),
            entry.title,
            f"{entry.kind}.html",
            partial(model_of, view, entry),
            path=entry.file.path,
            tab="outcomes",
            names=(entry.id, *entry.record.aliases, *entry.record.tags),
        )


def _broken(view: View) -> Iterator[SitePage]:
    """Yield a page for each file that is no record, unless another page has its address."""
    taken = {record_key(e.kind, e.id) for e in view.registry.entries.values()}
    for file in view.registry.broken:
        key = broken.key_of(file)
        if key not in taken:
            taken.add(key)
            model = partial(broken.card, view, file)
            yield SitePage(key, file.title, "broken.html", model, path=file.path, tab="outcomes")


def redirects(view: View) -> dict[str, str]:
    """Return the key of each earlier address and the key it leads to."""
    kinds = {id_: view.registry.entries[id_].kind for id_ in view.registry.aliases.values()}
    return {
        record_key(kinds[id_], alias): record_key(kinds[id_], id_)
        for alias, id_ in sorted(view.registry.aliases.items())
    }
