"""The boards, and what each status means and asks for."""

from pathlib import Path

import pytest

from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.parts import Code, Ref
from outcome_playbook.pages.site import site_pages
from outcome_playbook.pages.status import MEANINGS, boards, one_status
from outcome_playbook.records.kinds import STATUSES, Kind
from tests.pages.overview import (
    experiment,
    hypothesis,
    outcome,
    plain,
    view_of,
)
from tests.pages.tables import language_of

BOARDS = (Kind.HYPOTHESIS, Kind.EXPERIMENT)


@pytest.mark.parametrize(
    ("kind", "status"), [(kind, str(status)) for kind in BOARDS for status in STATUSES[kind]]
)
def test_an_empty_status_says_so_and_what_brings_a_record_there(kind: Kind, status: str) -> None:
    page = one_status(view_of({}), kind, status)
    way_in = MEANINGS[f"{kind}/{status}"].way_in.replace("`", "")
    assert plain(page.empty) == f"No {kind} is here. {way_in}"
    assert (page.total, page.listing.groups) == (0, ())


def test_a_status_asks_for_what_the_check_asks_for() -> None:
    page = one_status(view_of({}), Kind.EXPERIMENT, "concluded")
    assert [plain(ask.fields) for ask in page.needs] == [
        "hypothesis",
        "owner",
        "method",
        "start",
        "end",
        "decision_rule",
        "results or no_results",
        "conclusion",
        "decision",
        "learning",
    ]
    assert Code("no_results") in page.needs[6].fields
    assert page.asks == "What the status asks for: 12 fields"
    assert [(plain(ask.fields), ask.only) for ask in page.should_have] == [
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
    assert plain(board.empty) == (
        "Empty: Proposed, Supported, Not supported, Inconclusive, Parked and Dropped."
    )
    assert Ref("status/hypotheses/not_supported", "Not supported") in board.empty


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


def test_a_status_and_its_title_come_from_the_table(tmp_path: Path) -> None:
    language = language_of(
        tmp_path,
        {
            "Hypotheses: not supported": "Widerlegte Wetten",
            "Not supported": "Widerlegt",
            "Inconclusive": "Offen",
            "Empty: %(statuses)s.": "Ohne Wette: %(statuses)s.",
        },
    )
    view = view_of(hypothesis("h"))
    with speaking(language):
        titles = {page.key: page.title for page in site_pages(view)}
        board = boards(view).boards[0]
    assert titles["status/hypotheses/not_supported"] == "Widerlegte Wetten"
    assert plain(board.empty).startswith("Ohne Wette: Proposed, Testing, Supported, Widerlegt, ")
    assert plain(board.empty).endswith("Parked und Dropped.")
