"""Records as documents of the search index: their order, their cards, their words."""

from pathlib import Path
from typing import Any

from hypothesis import given, settings

from outcome_playbook.facets import facets_of
from outcome_playbook.pages.documents import documents, facets, numbered, orders
from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.pages.view import View
from outcome_playbook.searching.index import write_index
from tests.indexed import Index
from tests.pages.overview import experiment, hypothesis, metric, outcome, playbooks, view_of
from tests.pages.tables import language_of


def index_of(view: View) -> Index:
    entries = numbered(view)
    found = documents(view, entries, Addresses(), lambda entry: f"Body of {entry.id}.")
    return Index(write_index(found, [], facets(view), orders(view, entries)))


def card_of(view: View, id_: str) -> dict[str, Any]:
    (found,) = [card for card in index_of(view).cards if card["id"] == id_]
    return found


def test_what_ends_soonest_comes_first_and_what_is_over_last() -> None:
    view = view_of(
        experiment("next-month", status="running", end="2026-12-20")
        | experiment("this-week", status="running", end="2026-11-24")
        | experiment("overdue", status="running", end="2026-11-01")
        | experiment("done", status="concluded", end="2026-11-25")
        | outcome("by-winter", status="active", target_date="2026-12-01")
        | outcome("missed", status="missed", target_date="2026-12-02")
        | hypothesis("no-end", status="draft")
    )
    entries = numbered(view)
    due = orders(view, entries)["due"]
    in_order = [entries[n].id for n in sorted(range(len(entries)), key=due.__getitem__)]

    assert in_order[:3] == ["this-week", "by-winter", "next-month"]
    # Behind them the newest comes first, as everywhere.
    rest = [entry.id for entry in entries if entry.id not in in_order[:3]]
    assert in_order[3:] == rest


def test_a_card_is_what_a_list_shows() -> None:
    arms = {"control": {"n": 200, "rate": 0.2}, "treatment": {"n": 200, "rate": 0.3}}
    concluded = {"results": [{"metric": "a-metric", **arms}], "conclusion": "won"}
    view = view_of(
        metric("a-metric", status="approved")
        | experiment("done", status="concluded", tags=["b", "a", "b"], owner="Zoë", **concluded)
        | experiment("late", status="running", end="2026-11-20")
    )

    done, late = card_of(view, "done"), card_of(view, "late")
    assert done["status"] == {"look": "supported", "word": "Won", "icon": "supported"}
    assert done["effect"]["text"] == "+10 points"
    assert done["effect"]["around"].endswith("n = 400")
    assert (done["url"], done["tags"], done["late"]) == ("experiments/done/", ["b", "a"], None)
    assert done["meta"][0] == "Zoë"
    assert (late["effect"], late["late"]) == (None, "2 days overdue")


def test_a_record_is_found_by_its_fields_and_not_by_those_of_its_neighbours() -> None:
    view = view_of(
        hypothesis("one", status="draft", problem="Giraffes wait", aliases=["once-upon"])
        | experiment("two", status="planned", hypothesis="one", owner="Okapi team")
    )
    found = index_of(view)

    assert found.urls("giraffes") == found.urls("once upon") == {"hypotheses/one/"}
    assert found.urls("okapi team") == found.phrase("okapi team") == {"experiments/two/"}
    assert found.urls("body of two") == {"experiments/two/"}


def test_a_record_is_found_by_what_it_is(tmp_path: Path) -> None:
    view = view_of(
        hypothesis("one", status="draft", problem="Giraffes wait")
        | experiment("two", status="planned", hypothesis="one", owner="Giraffe team")
    )

    assert index_of(view).urls("hypothesis giraffes") == {"hypotheses/one/"}
    with speaking(language_of(tmp_path, {"Hypothesis": "Hypothese"})):
        assert index_of(view).urls("Hypothese giraffes") == {"hypotheses/one/"}


@settings(max_examples=25)
@given(playbooks())
def test_facets_and_orders_are_those_of_the_records(files: dict[str, str]) -> None:
    view = view_of(files)
    found, other = index_of(view), index_of(view_of(dict(reversed(files.items()))))
    expected = facets_of(view.registry, view.flags)

    assert found.files == other.files  # in whatever order the files were read
    assert {card["id"] for card in found.cards} == set(view.registry.entries)
    for facet in found.start["facets"]:
        column = found.facet(facet["name"])
        for card, values in zip(found.cards, column, strict=True):
            assert set(values) == set(expected[card["id"]].get(facet["name"], ()))
    for ranks in found.start["order"].values():
        assert sorted(ranks) == list(range(len(found.cards)))
