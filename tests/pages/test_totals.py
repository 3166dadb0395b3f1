"""Every number of an overview page is the length of the list that it leads to."""

from collections.abc import Iterator
from typing import Any

from hypothesis import given

from outcome_playbook.pages import home, lists, people, status
from outcome_playbook.pages.listing import Listing, anchor, by_outcome, tree
from outcome_playbook.pages.lists import Index, Tally
from outcome_playbook.pages.parts import Count
from outcome_playbook.pages.people import Name
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import STATUSES, Kind
from tests.pages.overview import playbooks, view_of


def listed_on(listing: Listing) -> list[str]:
    return [card.ref.key for group in listing.groups for card in group.cards]


def lists_of(view: View) -> dict[str, list[str]]:
    """Return what stands in every list of the overview pages, by the key that leads to it."""
    found: dict[str, list[str]] = {}

    def add_index(page: str, index: tuple[Index, ...]) -> None:
        for one in index:
            found[f"{page}#{one.id}"] = [ref.key for ref in one.refs]

    rollup = lists.outcomes(view)
    found["outcomes"] = [row.ref.key for row in rollup.rows]
    add_index("outcomes", rollup.index)
    for kind in (Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC):
        page = lists.records(view, kind)
        found[kind.plural] = listed_on(page.listing)
        add_index(kind.plural, page.index)
    for kind in (Kind.HYPOTHESIS, Kind.EXPERIMENT):
        for word in map(str, STATUSES[kind]):
            one = status.one_status(view, kind, word)
            found[f"status/{kind.plural}/{word}"] = listed_on(one.listing)
            add_index(f"status/{kind.plural}/{word}", one.index)
        cards = {g.id: [c.ref.key for c in g.cards] for g in _groups(view, kind)}
        found[f"{kind.plural}#no-outcome"] = cards.get("no-outcome", [])
        for node in tree(view):
            groups = [anchor(view.registry.entries[id_]) for id_ in node.below]
            found[f"{kind.plural}#{anchor(node.outcome)}"] = [
                key for group in groups for key in cards.get(group, [])
            ]
    for folder, names in (("owners", view.owners), ("tags", view.tags)):
        slugs = view.owner_slugs if folder == "owners" else view.tag_slugs
        for name in names:
            page_of_one = people.one(view, folder, name)
            found[f"{folder}/{slugs[name]}"] = listed_on(page_of_one.listing)
    return found


def _groups(view: View, kind: Kind) -> Any:
    return by_outcome(view, view.registry.of_kind(kind)).groups


def exact(view: View) -> Iterator[Count | Name]:
    """Yield the counts that are the whole length of a list."""
    first = home.home(view)
    for one in first.kinds:
        yield one.all
        yield from one.statuses
    yield first.glance.all
    yield from filter(None, (first.all_running, first.all_concluded))
    rollup = lists.outcomes(view)
    yield from rollup.totals
    yield from (*rollup.statuses, *_of(rollup.all))
    for row in rollup.rows:
        if row.parts:
            yield from filter(None, (row.parts.hypotheses, row.parts.experiments))
    for kind in (Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC):
        yield from lists.records(view, kind).statuses
    for board in status.boards(view).boards:
        yield board.total
        yield from (column.count for column in board.columns)
    for folder in ("owners", "tags"):
        yield from people.index(view, folder).names


def _of(tally: Tally) -> tuple[Count, ...]:
    return (*tally.hypotheses, *tally.experiments, *tally.conclusions)


def total(counts: tuple[Count, ...]) -> int:
    return sum(count.number for count in counts)


@given(playbooks())
def test_a_number_is_the_length_of_the_list_it_leads_to(files: dict[str, str]) -> None:
    view = view_of(files)
    behind = lists_of(view)
    for count in exact(view):
        records = behind.get(count.key, [])
        assert (count.number, count.key) == (len(records), count.key)
        assert len(set(records)) == len(records)


@given(playbooks())
def test_the_rollup_counts_every_record_once(files: dict[str, str]) -> None:
    view = view_of(files)
    rollup = lists.outcomes(view)
    tallies = [row.tally for row in rollup.rows] + ([rollup.stray] if rollup.stray else [])
    for name in ("hypotheses", "experiments", "conclusions"):
        parts = sum(total(getattr(tally, name)) for tally in tallies)
        assert parts == total(getattr(rollup.all, name))
    assert total(rollup.all.hypotheses) == len(view.registry.hypotheses)
    assert total(rollup.all.experiments) == len(view.registry.experiments)
    assert len(rollup.rows) == len(view.registry.outcomes)


@given(playbooks())
def test_an_outcome_with_its_parts_counts_each_part_once(files: dict[str, str]) -> None:
    view = view_of(files)
    rows = {row.ref.key: row for row in lists.outcomes(view).rows}
    for node in tree(view):
        row = rows[f"outcomes/{node.outcome.id}"]
        parts = [rows[f"outcomes/{id_}"] for id_ in node.below]
        if not row.parts:
            assert parts == [row]
            continue
        for name in ("hypotheses", "experiments", "conclusions"):
            own = sum(total(getattr(part.tally, name)) for part in parts)
            assert total(getattr(row.parts.tally, name)) == own


@given(playbooks())
def test_a_board_shows_every_record_once(files: dict[str, str]) -> None:
    view = view_of(files)
    for board, kind in zip(
        status.boards(view).boards, (Kind.HYPOTHESIS, Kind.EXPERIMENT), strict=True
    ):
        ticks = [t.ref.key for column in board.columns for t in (*column.shown, *column.more)]
        assert sorted(ticks) == sorted(f"{kind.plural}/{e.id}" for e in view.registry.of_kind(kind))
        for column in board.columns:
            assert column.count.number == len(column.shown) + len(column.more)


@given(playbooks())
def test_the_heading_counts_the_flags_and_broken_files_stand_apart(files: dict[str, str]) -> None:
    view = view_of(files)
    page = home.home(view)
    rows = {group.id: len(group.shown) + len(group.more) for group in page.groups}
    assert rows.pop("broken", 0) == len(view.registry.broken)
    assert sum(rows.values()) == len(view.flags)
    waiting = len(view.flags)
    if waiting > 1:
        assert page.heading == f"{waiting} decisions are waiting"
    else:
        assert page.heading in ("1 decision is waiting", "Nothing is waiting for a decision")


@given(playbooks())
def test_the_order_of_files_changes_nothing(files: dict[str, str]) -> None:
    turned = dict(reversed(files.items()))
    one, other = view_of(files), view_of(turned)
    assert home.home(one) == home.home(other)
    assert lists.outcomes(one) == lists.outcomes(other)
    assert status.boards(one) == status.boards(other)
