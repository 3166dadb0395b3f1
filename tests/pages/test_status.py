"""The boards, and what each status means and asks for."""

import pytest

from outcome_playbook.pages.status import MEANINGS, boards, one_status
from outcome_playbook.records.kinds import STATUSES, Kind
from tests.pages.overview import experiment, hypothesis, outcome, view_of

BOARDS = (Kind.HYPOTHESIS, Kind.EXPERIMENT)


@pytest.mark.parametrize(
    ("kind", "status"), [(kind, str(status)) for kind in BOARDS for status in STATUSES[kind]]
)
def test_an_empty_status_says_so_and_what_brings_a_record_there(kind: Kind, status: str) -> None:
    page = one_status(view_of({}), kind, status)
    way_in = MEANINGS[f"{kind}/{status}"].way_in
    assert page.empty == f"No {kind} is here. {way_in}"
    assert (page.total, page.listing.groups) == (0, ())


def test_a_status_asks_for_what_the_check_asks_for() -> None:
    page = one_status(view_of({}), Kind.EXPERIMENT, "concluded")
    assert [ask.names for ask in page.needs] == [
        ("hypothesis",),
        ("owner",),
        ("method",),
        ("start",),
        ("end",),
        ("decision_rule",),
        ("results", "no_results"),
        ("conclusion",),
        ("decision",),
        ("learning",),
    ]
    assert [(ask.names[0], ask.only) for ask in page.should_have] == [
        ("sample_size", "A/B test"),
        ("minimum_detectable_effect", "A/B test"),
    ]
    assert all(ask.meaning for ask in (*page.needs, *page.should_have))


def test_a_draft_is_asked_for_nothing() -> None:
    page = one_status(view_of({}), Kind.HYPOTHESIS, "draft")
    assert (page.needs, page.should_have) == ((), ())


def test_concluded_ones_are_also_listed_by_conclusion() -> None:
    files: dict[str, str] = {}
    for n, conclusion in enumerate(["won", "lost", "won"]):
        files |= experiment(f"e-{n}", status="concluded", conclusion=conclusion)
    page = one_status(view_of(files), Kind.EXPERIMENT, "concluded")
    assert [(one.id, [ref.title for ref in one.refs]) for one in page.index] == [
        ("conclusion-won", ["E 0", "E 2"]),
        ("conclusion-lost", ["E 1"]),
    ]


def test_a_board_has_a_column_for_each_status_in_use_and_leads_to_the_others() -> None:
    files = outcome("o", status="active", title="An outcome")
    files |= hypothesis("d") | hypothesis("t", status="testing", outcome="o")
    board = boards(view_of(files)).boards[0]
    assert [(c.id, c.count.number, c.count.key) for c in board.columns] == [
        ("hypotheses-draft", 1, "status/hypotheses/draft"),
        ("hypotheses-testing", 1, "status/hypotheses/testing"),
    ]
    assert [tick.meta for column in board.columns for tick in column.shown] == [
        "Under no outcome",
        "An outcome",
    ]
    assert [ref.title for ref in board.empty] == [
        "Proposed",
        "Supported",
        "Not supported",
        "Inconclusive",
        "Parked",
        "Dropped",
    ]


def test_a_board_without_records_says_so() -> None:
    found = boards(view_of({})).boards
    assert [board.none for board in found] == ["No hypothesis yet.", "No experiment yet."]
    assert [(board.columns, board.empty) for board in found] == [((), ()), ((), ())]


def test_late_ones_lead_a_column_of_eight() -> None:
    files = hypothesis("h", status="testing")
    for n in range(12):
        files |= experiment(f"e-{n:02}", status="running", hypothesis="h", end="2026-12-30")
    files |= experiment("z-late", status="running", hypothesis="h", end="2026-11-02")
    experiments = boards(view_of(files)).boards[1]
    column = experiments.columns[0]
    assert (len(column.shown), len(column.more), column.count.number) == (8, 5, 13)
    assert (column.shown[0].ref.title, column.shown[0].late) == ("Z late", "20 days overdue")
    testing = next(c for c in boards(view_of(files)).boards[0].columns)
    assert testing.shown[0].late == "20 days overdue"


def test_that_an_experiment_is_over_has_no_colour() -> None:
    files = experiment("e", status="concluded", conclusion="won")
    column = boards(view_of(files)).boards[1].columns[0]
    assert (column.status.look, column.status.word) == ("parked", "Concluded")
    assert column.shown[0].meta == "Won · Under no outcome"
