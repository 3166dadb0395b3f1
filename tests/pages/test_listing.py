"""Lists stay usable: grouped, in an order to act by, folded and compact once they are long."""

import pytest

from outcome_playbook.pages.listing import by_outcome, fold, in_order, listed, tree
from tests.pages.overview import experiment, hypothesis, outcome, view_of


@pytest.mark.parametrize(
    ("length", "shown", "hidden"), [(0, 0, 0), (8, 8, 0), (9, 9, 0), (10, 8, 2), (30, 8, 22)]
)
def test_never_is_just_one_folded_away(length: int, shown: int, hidden: int) -> None:
    first, rest = fold(range(length), 8)
    assert (len(first), len(rest)) == (shown, hidden)
    assert [*first, *rest] == list(range(length))


def names(files: dict[str, str]) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(node.outcome.id, node.depth, node.below) for node in tree(view_of(files))]


def test_parents_come_before_their_parts_and_active_ones_first() -> None:
    files = (
        outcome("whole", status="active")
        | outcome("b-part", status="draft", parent="whole")
        | outcome("c-part", status="active", parent="whole")
        | outcome("inner", status="active", parent="c-part")
        | outcome("a-rest", status="paused")
    )
    assert names(files) == [
        ("whole", 0, ("whole", "c-part", "inner", "b-part")),
        ("c-part", 1, ("c-part", "inner")),
        ("inner", 2, ("inner",)),
        ("b-part", 1, ("b-part",)),
        ("a-rest", 0, ("a-rest",)),
    ]


@pytest.mark.parametrize(
    ("parents", "order"),
    [
        ({"a": "b", "b": "a"}, [("a", 0, ("a", "b")), ("b", 1, ("b",))]),
        ({"a": "a"}, [("a", 0, ("a",))]),
        ({"a": "nowhere"}, [("a", 0, ("a",))]),
        (
            {"a": "b", "b": "a", "c": "b"},
            [("a", 0, ("a", "b", "c")), ("b", 1, ("b", "c")), ("c", 2, ("c",))],
        ),
    ],
)
def test_every_outcome_stands_once_even_in_a_circle(
    parents: dict[str, str], order: list[tuple[str, int, tuple[str, ...]]]
) -> None:
    files: dict[str, str] = {}
    for id_, parent in parents.items():
        files |= outcome(id_, parent=parent)
    assert names(files) == order


def test_a_chain_of_a_thousand_outcomes_is_walked() -> None:
    files: dict[str, str] = {}
    for n in range(1000):
        files |= outcome(f"o-{n:04}", parent=f"o-{n - 1:04}" if n else None)
    assert [node.depth for node in tree(view_of(files))] == list(range(1000))


def test_late_ones_lead_then_what_moves_then_the_newest() -> None:
    files = (
        hypothesis("h", status="testing")
        | experiment("a-won", status="concluded", hypothesis="h", end="2026-01-01")
        | experiment("b-won", status="concluded", hypothesis="h", end="2026-08-01")
        | experiment("c-plan", status="planned", hypothesis="h")
        | experiment("d-late", status="running", hypothesis="h", end="2026-11-20")
        | experiment("e-later", status="running", hypothesis="h", end="2026-11-01")
        | experiment("f-runs", status="running", hypothesis="h", end="2026-12-01")
    )
    for id_, day in (("a-won", "2026-01-02"), ("b-won", "2026-08-02")):
        decision = {"date": day, "action": "stop", "why": "so it is"}
        files |= experiment(id_, status="concluded", hypothesis="h", decision=decision)
    view = view_of(files)
    order = [entry.id for entry in in_order(view, view.registry.experiments)]
    assert order == ["e-later", "d-late", "f-runs", "c-plan", "b-won", "a-won"]


def test_a_hypothesis_waits_as_long_as_its_experiment() -> None:
    files = (
        hypothesis("calm", status="testing")
        | hypothesis("waits", status="testing")
        | experiment("late", status="running", hypothesis="waits", end="2026-11-02")
    )
    view = view_of(files)
    cards = listed(view, view.registry.hypotheses)
    assert [(card.ref.title, card.late) for card in cards] == [
        ("Waits", "20 days overdue"),
        ("Calm", None),
    ]


def test_groups_follow_the_tree_and_count_what_is_below() -> None:
    files = (
        outcome("whole", status="active")
        | outcome("part", status="active", parent="whole")
        | outcome("empty", status="active")
        | hypothesis("h-1", status="proposed", outcome="part")
        | hypothesis("h-2", outcome="nowhere")
    )
    view = view_of(files)
    groups = by_outcome(view, view.registry.hypotheses).groups
    assert [(g.id, g.level, g.total, len(g.cards), g.note) for g in groups] == [
        ("outcome-whole", 2, 1, 0, "None of its own; those of its parts follow."),
        ("outcome-part", 3, 1, 1, ""),
        ("no-outcome", 2, 1, 1, "They name no outcome, or one that cannot be read."),
    ]


@pytest.mark.parametrize(
    ("length", "compact", "folded"),
    [(20, False, False), (30, False, False), (31, True, True), (500, True, True)],
)
def test_a_long_list_is_compact_and_its_long_groups_are_folded(
    length: int, compact: bool, folded: bool
) -> None:
    files = outcome("whole", status="active")
    for n in range(length):
        files |= hypothesis(f"h-{n}", status="proposed", outcome="whole")
    view = view_of(files)
    found = by_outcome(view, view.registry.hypotheses)
    assert (found.compact, found.total) == (compact, length)
    assert found.groups[0].show == (f"Show {length} hypotheses" if folded else "")
