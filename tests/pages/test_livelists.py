"""Live lists as models: cells in words, groups, limits, and what an empty one says."""

import pytest

from outcome_playbook.livelists import LiveList, find_blocks, read_block
from outcome_playbook.pages.livelists import Live, live
from outcome_playbook.pages.parts import Ref
from outcome_playbook.pages.view import View
from tests.pages.overview import experiment, hypothesis, metric, outcome, plain, view_of

VIEW = view_of(
    metric("days", status="approved", unit="days", review_by="2026-11-01", title="Days")
    | outcome("claims", status="active", title="Claims", metric="days", baseline=30, target=7)
    | outcome("rest", title="Rest")
    | hypothesis(
        "form",
        status="testing",
        title="A form",
        owner="Form team",
        outcome="claims",
        metric="days",
        guardrails=[],
        tags=["forms", "letters"],
    )
    | hypothesis("idea", title="An idea", tags=["letters"])
    | experiment(
        "late",
        status="running",
        title="Late",
        owner="Form team",
        hypothesis="form",
        start="2026-10-01",
        end="2026-11-20",
    )
    | experiment(
        "won",
        status="concluded",
        title="It won",
        owner="Form team",
        hypothesis="form",
        start="2026-08-01",
        end="2026-09-01",
        conclusion="won",
        results=[
            {"metric": "days", "estimate": -3, "low": -5, "high": -1, "n": 400, "source": "Us"}
        ],
    )
    | experiment("plan", title="A plan", hypothesis="form")
)


def asked(view: View, yaml: str) -> Live:
    (block,) = find_blocks(f"```playbook\n{yaml}\n```")
    one, problems = read_block(block, view.registry)
    assert isinstance(one, LiveList), problems
    return live(view, one)


def cells(yaml: str, view: View = VIEW) -> list[list[str]]:
    """Return what stands in the cells of a list without groups, as it is read."""
    (part,) = asked(view, yaml).parts
    return [
        [
            " ".join([*(one.word for one in cell.lozenges), plain(cell.said), cell.note]).strip()
            for cell in row
        ]
        for row in part.rows
    ]


@pytest.mark.parametrize(
    ("field", "read"),
    [
        ("status", "Concluded"),
        ("conclusion", "Won"),
        ("end", "1 September 2026"),
        ("hypothesis", "A form"),
        ("outcome", "Claims"),
        ("hypothesis.status", "Testing"),
        ("hypothesis.tags", "forms, letters"),
        ("effect", "−3 days −5 to −1, n = 400"),
        ("outcome.baseline", "30 days"),
        ("owner", "Form team"),
        ("kind", "Experiment"),
        ("id", "won"),
        ("year", "2026"),
        ("overdue", "No"),
        ("method", "Pilot"),
        ("no_results", ""),
    ],
)
def test_a_cell_is_in_words(field: str, read: str) -> None:
    yaml = f"from: experiment\nwhere: id = won\ncolumns: [title, {field}]"
    assert cells(yaml) == [["It won", read]]


def test_what_is_late_says_for_how_long() -> None:
    yaml = "from: experiment\nwhere: overdue\ncolumns: [title, overdue, days_late]"
    assert cells(yaml) == [["Late", "2 days overdue", "2 days"]]


def test_records_lead_to_their_pages() -> None:
    (part,) = asked(VIEW, "from: experiment\nwhere: id = won\ncolumns: [title, outcome]").parts
    assert [cell.said for cell in part.rows[0]] == [
        (Ref("experiments/won", "It won"),),
        (Ref("outcomes/claims", "Claims"),),
    ]


def test_columns_are_usual_ones_where_none_is_named() -> None:
    assert asked(VIEW, "from: experiment").heads == ("Title", "Status", "Conclusion", "End")
    assert asked(VIEW, "from: metric").heads == ("Title", "Status", "Owner", "Review by")
    assert asked(VIEW, "from: metric\ngroup: status").heads == ("Title", "Owner", "Review by")
    assert asked(VIEW, "sort: title").heads == ("Title", "Kind", "Status", "Owner")


def test_the_title_names_a_row_wherever_it_stands() -> None:
    assert asked(VIEW, "from: experiment\ncolumns: [end, title]").title_at == 1


def groups(yaml: str) -> list[tuple[str, str, int]]:
    return [
        (part.anchor, part.lozenge.word if part.lozenge else plain(part.title), part.total)
        for part in asked(VIEW, yaml).parts
    ]


def test_any_field_groups_and_those_without_it_come_last() -> None:
    assert groups("from: experiment\ngroup: status") == [
        ("status-planned", "Planned", 1),
        ("status-running", "Running", 1),
        ("status-concluded", "Concluded", 1),
    ]
    assert groups("from: hypothesis\ngroup: outcome") == [
        ("outcome-claims", "Claims", 1),
        ("outcome-none", "Outcome: none", 1),
    ]
    assert groups("from: hypothesis\ngroup: tags") == [
        ("tags-forms", "forms", 1),
        ("tags-letters", "letters", 2),
    ]
    assert [title for _, title, _ in groups("from: experiment\ngroup: overdue")] == [
        "Overdue: No",
        "Overdue: Yes",
    ]


def test_a_limit_is_for_all_groups_together_and_the_rest_is_told() -> None:
    made = asked(VIEW, "from: experiment\ngroup: status\nlimit: 2")
    assert [len(part.rows) for part in made.parts] == [1, 1]
    assert made.more == (Ref("explore?kind=experiment", "and 1 more"),)


def test_what_explore_cannot_show_is_only_told() -> None:
    made = asked(VIEW, "from: experiment\nwhere: end < 2027-01-01 or end = none\nlimit: 1")
    assert made.more == ("and 2 more",)


@pytest.mark.parametrize(
    ("yaml", "key"),
    [
        ("from: experiment", "explore?kind=experiment"),
        ('where: owner = "form TEAM"', "explore?owner=Form%20team"),
        (
            "from: experiment\nwhere: status in [running, planned]",
            "explore?kind=experiment&status=running&status=planned",
        ),
        ("from: experiment\nwhere: outcome = claims", "explore?kind=experiment&outcome=claims"),
        ("from: hypothesis\nwhere: tags has letters", "explore?kind=hypothesis&tag=letters"),
        ("where: overdue", "explore?flag=overdue"),
        ("from: experiment\nwhere: conclusion = won", ""),
        (
            "from: experiment\nwhere: status = concluded and conclusion = won",
            "explore?kind=experiment&status=concluded&conclusion=won",
        ),
        ("where: not overdue", ""),
        ("where: status = running or overdue", ""),
        ("where: owner = none", ""),
        ("where: status = running and status = planned", ""),
        ("from: experiment\nwhere: metric = days", ""),
    ],
)
def test_a_list_leads_to_explore_where_facets_say_the_same(yaml: str, key: str) -> None:
    assert asked(VIEW, f"{yaml}\nview: count").key == key


def test_a_board_has_a_column_for_each_status() -> None:
    made = asked(VIEW, "from: experiment\nview: board")
    assert [
        (part.lozenge.word if part.lozenge else "", [tick.ref.title for tick in part.ticks])
        for part in made.parts
    ] == [("Planned", ["A plan"]), ("Running", ["Late"]), ("Concluded", ["It won"])]


def test_a_count_counts_and_is_never_empty() -> None:
    made = asked(VIEW, "from: experiment\nwhere: status = cancelled\nview: count")
    assert (made.text, made.empty) == ("0 experiments", ())
    made = asked(VIEW, "from: experiment\ngroup: status\nview: count")
    assert (made.text, [part.total for part in made.parts]) == ("3 experiments", [1, 1, 1])


def test_a_stack_has_a_block_for_each_record_from_what_is_known() -> None:
    (part,) = asked(VIEW, "from: experiment\nview: stack").parts
    assert [block.look for block in part.blocks] == ["supported", "testing", "draft"]
    assert [one.text for one in part.counts] == ["1 won", "1 running", "1 planned"]


def test_a_card_of_what_is_over_has_its_effect() -> None:
    (part,) = asked(VIEW, "from: experiment\nsort: -end\nview: cards").parts
    effects = {one.card.ref.title: one.effect for one in part.cards}
    assert {title: effect and effect.with_unit for title, effect in effects.items()} == {
        "It won": "−3 days",
        "Late": None,
        "A plan": None,
    }


def test_cards_of_several_kinds_name_them() -> None:
    (part,) = asked(VIEW, "where: id in [days, won]\nview: cards").parts
    assert [one.card.kind for one in part.cards] == ["Metric", "Experiment"]
    (part,) = asked(VIEW, "from: metric\nview: cards").parts
    assert {one.card.kind for one in part.cards} == {""}


def test_an_empty_list_says_what_it_looked_for() -> None:
    made = asked(VIEW, 'from: experiment\nwhere: overdue and owner = "form team" and end > today')
    assert (
        plain(made.empty) == 'No experiment fits overdue and owner = "form team" and end > today.'
    )
    assert plain(asked(view_of({}), "from: metric").empty) == "There is no metric yet."


def test_many_values_are_cut_and_counted() -> None:
    tags = [f"t{n}" for n in range(9)]
    view = view_of(outcome("o", title="O", tags=tags))
    assert cells("from: outcome\ncolumns: [title, tags]", view) == [
        ["O", "t0, t1, t2, t3, t4, t5 and 3 more"]
    ]
