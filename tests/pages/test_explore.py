"""The Explore page as it is built: facets with what each finds, the newest, the whole list."""

from collections import Counter
from urllib.parse import parse_qs, urlsplit

import pytest

from outcome_playbook.facets import FACETS, facets_of
from outcome_playbook.pages import explore as page
from outcome_playbook.pages.explore import explore
from outcome_playbook.pages.listing import last_change
from outcome_playbook.pages.urls import Addresses, explore_key
from tests.pages.overview import experiment, hypothesis, outcome, view_of


def playbook(number: int) -> dict[str, str]:
    files = outcome("o", status="active", owner="Ada", title="Letters are read")
    for n in range(number):
        status = ("draft", "testing", "supported")[n % 3]
        about = {"owner": f"Desk {n % 9}", "tags": [f"tag {n % 8}", "letters"]}
        files |= hypothesis(f"h{n}", outcome="o", status=status, **about)
        end = f"2026-{n % 12 + 1:02}-0{n % 9 + 1}"
        files |= experiment(f"e{n}", hypothesis=f"h{n}", status="running", end=end, owner="Ada")
    return files


def test_counts_are_those_of_the_records() -> None:
    view = view_of(playbook(20))
    values = facets_of(view.registry, view.flags)
    counted = {
        facet: Counter(value for of in values.values() for value in of.get(facet, ()))
        for facet in FACETS
    }
    shown = explore(view)
    assert [facet.name for facet in shown.facets] == [name for name in FACETS if counted[name]]
    for facet in shown.facets:
        found = {one.value: one.count for one in facet.values}
        assert found.items() <= counted[facet.name].items()
        assert len(found) + facet.more == len(counted[facet.name])
    flag = next(facet for facet in shown.facets if facet.name == "flag")
    assert sum(one.count for one in flag.values) == len(view.flags)


def test_a_long_facet_shows_its_first_values_and_never_hides_just_one() -> None:
    facets = {facet.name: facet for facet in explore(view_of(playbook(20))).facets}
    assert [one.label for one in facets["tag"].values][:2] == ["letters", "tag 0"]
    assert (len(facets["tag"].values), facets["tag"].more) == (6, 3)
    assert (len(facets["owner"].values), facets["owner"].more) == (6, 4)
    of_seven = explore(view_of(playbook(6))).facets
    assert {facet.name: len(facet.values) for facet in of_seven}["owner"] == 7
    assert [one.label for one in facets["kind"].values] == ["Outcomes", "Hypotheses", "Experiments"]
    assert [one.label for one in facets["outcome"].values] == ["Letters are read"]


def test_the_newest_records_come_first() -> None:
    view = view_of(playbook(20))
    shown = explore(view)
    assert (shown.total, shown.all, shown.more) == (41, "41 records", 20)
    assert len(shown.results) == 20
    ids = [found.card.ref.key.split("/")[1] for found in shown.results]
    days = [last_change(view, view.registry.entries[id_]) for id_ in ids]
    assert days == sorted(days, reverse=True)
    assert {found.card.kind for found in shown.results} <= {"Hypothesis", "Experiment", "Outcome"}


def test_the_whole_list_is_here_and_only_counted_where_it_is_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    view = view_of(playbook(20))
    titles = [ref.key for kind in explore(view).kinds for one in kind.index for ref in one.refs]
    assert len(titles) == len(set(titles)) == 41
    monkeypatch.setattr(page, "MOST_TITLES", 40)
    of_many = explore(view).kinds
    assert not any(kind.index for kind in of_many)
    assert sum(count.number for kind in of_many for count in kind.statuses) == 41


def test_an_empty_playbook_says_how_to_begin() -> None:
    assert explore(view_of({})).empty is not None


def test_a_view_has_an_address() -> None:
    assert explore_key() == "explore"
    key = explore_key(kind="experiment", status=["running", "review"], owner="A & B/ä#?")
    for addresses, path in (
        (Addresses(), "../../explore/"),
        (Addresses(directory_urls=False), "../../explore/index.html"),
    ):
        parts = urlsplit(addresses.relative(key, "hypotheses/x/"))
        assert (parts.path, parts.fragment) == (path, "")
        assert parse_qs(parts.query) == {
            "kind": ["experiment"],
            "status": ["running", "review"],
            "owner": ["A & B/ä#?"],
        }
    assert Addresses().relative(f"{explore_key(tag='x')}#y", "") == "explore/?tag=x#y"
    assert Addresses().asset("", "explore/") == "../"
    assert Addresses().asset("a b.js", "") == "a%20b.js"
