"""The first page: what waits, longest first, with what is known; then where things stand."""

from pathlib import Path
from typing import Any

import pytest

from outcome_playbook.pages.home import Home, home
from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.waiting import Group
from outcome_playbook.records.reading import read_record
from tests.pages.overview import (
    experiment,
    hypothesis,
    metric,
    outcome,
    plain,
    view_of,
)
from tests.pages.tables import language_of

_RULE = {"ship_if": "Three points more.", "stop_if": "it falls", "otherwise": "Once more."}


def home_of(files: dict[str, str], **options: Any) -> Home:
    return home(view_of(files, **options))


def group(page: Home, id_: str) -> Group:
    return next(group for group in page.groups if group.id == id_)


def with_work(*files: dict[str, str]) -> dict[str, str]:
    found = metric("share", status="approved", title="Share answering")
    found |= outcome("o", status="active", metric="share")
    found |= hypothesis("h", status="testing", outcome="o", metric="share")
    for one in files:
        found |= one
    return found


def test_a_site_without_records_says_what_one_is_and_how_to_add_the_first() -> None:
    page = home_of({}, records=["notes/ideas", "content/outcomes"])
    how = page.first
    assert how is not None
    assert how.none == "No record yet."
    assert how.path == "notes/ideas/a-reminder-the-day-before.md"
    file = read_record(how.path, how.example.encode())
    assert (file.record is not None, file.problems) == (True, [])


def test_where_no_folder_is_read_the_option_is_named() -> None:
    how = home_of({}, records=[]).first
    assert how is not None
    assert "the option “records” in mkdocs.yml is empty" in how.meaning
    assert how.path == "hypotheses/a-reminder-the-day-before.md"


def test_with_nothing_but_a_broken_file_the_file_is_shown() -> None:
    page = home_of({"hypotheses/x.md": "---\nkind: [\n---\n"})
    assert page.first is None
    assert page.heading == "Nothing is waiting for a decision"
    row = group(page, "broken").shown[0]
    assert (row.number, row.unit, row.owner) == (1, "error", None)
    assert row.act.key == row.ref.key == "hypotheses/x"
    assert plain(row.known).startswith("hypotheses/x.md: ")


def test_nothing_waiting_names_the_decisions_that_fall_due_next() -> None:
    page = home_of(
        with_work(
            experiment("later", status="running", hypothesis="h", end="2026-12-20"),
            experiment("sooner", status="running", hypothesis="h", end="2026-12-01"),
        )
    )
    assert page.groups == ()
    assert page.coming is not None
    rows = [(row.ref.title, row.number, row.unit) for row in page.coming.shown]
    assert rows == [("Sooner", 9, "days left"), ("Later", 28, "days left")]
    known = "Tests: H. The time-box closes on 1 December 2026."
    assert plain(page.coming.shown[0].known) == known


@pytest.mark.parametrize(("measure", "named"), [("share", "old"), ("old", "share"), ("old", "old")])
def test_the_primary_metric_speaks_first_by_whichever_of_its_ids(measure: str, named: str) -> None:
    results = [
        {"metric": "cost", "estimate": 3, "low": 1, "high": 5},
        {"metric": named, "estimate": 0.4, "low": -1.8, "high": 2.6},
    ]
    page = home_of(
        metric("cost", status="approved", title="Cost", unit="USD")
        | metric("share", status="approved", title="Share", unit="%", aliases=["old"])
        | hypothesis("h", status="testing", metric=measure)
        | experiment("x", status="review", hypothesis="h", end="2026-10-01", results=results)
    )
    known = plain(group(page, "undecided").shown[0].known)
    assert known.startswith("Share: +0.4 points (−1.8 to 2.6)")
    assert known.endswith("And 1 other result.")


def test_an_undecided_result_says_what_is_known_and_what_the_rule_says() -> None:
    results = [
        {"metric": "share", "estimate": 0.4, "unit": "points", "low": -1.8, "high": 2.6, "n": 8020}
    ]
    page = home_of(
        with_work(
            experiment(
                "waits",
                status="review",
                hypothesis="h",
                end="2026-11-01",
                results=results,
                decision_rule=_RULE,
                owner="Post room",
            )
        )
    )
    assert page.heading == "1 decision is waiting"
    row = group(page, "undecided").shown[0]
    assert (row.number, row.unit) == (21, "days undecided")
    assert plain(row.known) == (
        "Share answering: +0.4 points (−1.8 to 2.6, n\u00a0=\u00a08,020). No difference detected."
    )
    assert row.rule == "Ship if: Three points more. Stop if: it falls. Otherwise: Once more."
    assert row.owner is not None
    assert row.owner.key == "owners/post-room"
    assert (row.act.title, row.act.key) == (
        "Record the decision",
        "experiments/waits#decision-rule",
    )


@pytest.mark.parametrize(
    ("fields", "known"),
    [
        ({"results": []}, "No result is written down yet."),
        (
            {"results": [], "no_results": "the post was lost"},
            "Nothing was measured: the post was lost.",
        ),
    ],
)
def test_what_is_known_without_figures(fields: dict[str, Any], known: str) -> None:
    waits = experiment("w", status="review", hypothesis="h", end="2026-11-01", **fields)
    assert plain(group(home_of(with_work(waits)), "undecided").shown[0].known) == known


def test_within_the_patience_nothing_waits_and_the_count_says_so() -> None:
    page = home_of(with_work(experiment("w", status="review", hypothesis="h", end="2026-11-20")))
    assert page.groups == ()
    assert page.in_review is not None
    assert (page.in_review.number, page.in_review.text) == (1, "1 more has its result in")
    assert page.in_review.key == "status/experiments/review"


def test_overdue_ones_stand_longest_first_and_at_most_eight_unfolded() -> None:
    files = [
        experiment(f"e-{n:02}", status="running", hypothesis="h", end=f"2026-11-{n:02}")
        for n in range(1, 13)
    ]
    found = group(home_of(with_work(*files)), "overdue")
    numbers = [row.number for row in (*found.shown, *found.more)]
    assert numbers == list(range(21, 9, -1))
    assert (len(found.shown), len(found.more)) == (8, 4)
    assert plain(found.shown[0].known) == (
        "Planned to end on 1 November 2026. No result and no new end are written down."
    )
    assert (found.shown[0].act.title, found.shown[0].unit) == ("Record the result", "days overdue")


def test_one_day_is_one_day() -> None:
    files = with_work(experiment("e", status="running", hypothesis="h", end="2026-11-21"))
    row = group(home_of(files), "overdue").shown[0]
    assert (row.number, row.unit) == (1, "day overdue")


def test_a_silent_outcome_says_what_it_has_and_what_is_missing() -> None:
    files = outcome("bare", status="active") | outcome("thought", status="active")
    files |= hypothesis("h", outcome="thought", status="proposed")
    files |= experiment("e", hypothesis="h", status="planned")
    found = group(home_of(files, silence_days=30), "silent")
    assert found.why == "Active, with nothing running and nothing concluded in 30 days."
    assert [
        (row.ref.title, row.number, row.unit, plain(row.known), row.act.title)
        for row in found.shown
    ] == [
        ("Bare", 0, "experiments begun", "It has no hypothesis yet.", "Write a hypothesis"),
        (
            "Thought",
            0,
            "experiments begun",
            "It has 1 hypothesis and 1 experiment planned.",
            "Plan an experiment",
        ),
    ]


def test_a_stale_metric_says_who_relies_on_it() -> None:
    files = metric("old", status="approved", review_by="2026-11-12")
    files |= metric("unused", status="approved", review_by="2026-11-20")
    files |= outcome("o", status="active", metric="old")
    files |= hypothesis("h", outcome="o", status="testing", metric="old")
    files |= experiment("e", hypothesis="h", status="running", end="2026-12-01")
    found = group(home_of(files), "stale")
    assert [(row.number, row.unit) for row in found.shown] == [
        (10, "days past its review"),
        (2, "days past its review"),
    ]
    assert plain(found.shown[0].known) == (
        "To be reviewed by 12 November 2026. 2 records in work rely on it."
    )
    assert "no running experiment relies on it" in plain(found.shown[1].known)


@pytest.mark.parametrize(
    ("start", "end", "text", "day", "days"),
    [
        ("2026-11-22", "2026-11-28", "Day 1 of 7", 1, 7),
        ("2026-11-01", "2026-12-20", "Day 22 of 50", 22, 50),
        ("2026-11-01", "2026-11-22", "Day 22 of 22", 22, 22),
        ("2026-11-01", "2026-11-10", "All 10 days used", 10, 10),
        ("2026-12-01", "2026-12-10", "Starts on 1 December 2026", 0, 10),
    ],
)
def test_how_much_of_a_time_box_is_used(
    start: str, end: str, text: str, day: int, days: int
) -> None:
    files = with_work(experiment("e", status="running", hypothesis="h", start=start, end=end))
    elapsed = home_of(files).running[0].elapsed
    assert elapsed is not None
    assert (elapsed.text, elapsed.day, elapsed.days) == (text, day, days)
    assert plain(elapsed.ends).split()[0] == ("ended" if text.startswith("All") else "ends")


def test_a_running_experiment_without_dates_has_no_bar_and_says_why() -> None:
    files = with_work(experiment("e", status="running", hypothesis="h", start=None, end=None))
    running = home_of(files).running[0]
    assert running.elapsed is None
    assert running.note == "No start and no end are written: it has no time-box."


def test_running_ones_in_time_come_before_the_overdue() -> None:
    files = with_work(
        experiment("late", status="running", hypothesis="h", end="2026-11-01"),
        experiment("soon", status="running", hypothesis="h", end="2026-12-01"),
    )
    page = home_of(files)
    assert [(one.ref.title, one.late) for one in page.running] == [
        ("Soon", None),
        ("Late", "21 days overdue"),
    ]
    assert page.all_running is not None
    assert page.all_running.key == "status/experiments/running"
    assert page.all_running.text == "All 2 running experiments"


def test_the_newest_learnings_stand_first_and_six_at_most() -> None:
    files = []
    for n in range(1, 9):
        decision = {"date": f"2026-10-{n:02}", "action": "stop", "why": "the rule says so"}
        files.append(
            experiment(
                f"e-{n}",
                status="concluded",
                hypothesis="h",
                decision=decision,
                learning=f"Learned {n}",
            )
        )
    afterwards = {"retrospective": True, "decision": None, "end": "2017-08", "learning": "Old"}
    files.append(experiment("old", status="concluded", hypothesis="h", **afterwards))
    page = home_of(with_work(*files))
    assert [one.text for one in page.learnings] == [f"Learned {n}" for n in range(8, 2, -1)]
    assert page.all_concluded is not None
    assert (page.all_concluded.number, page.all_concluded.text) == (
        9,
        "All 9 concluded experiments",
    )


def test_a_learning_of_a_month_or_of_no_day_is_shown_with_what_is_known() -> None:
    facts = {"retrospective": True, "decision": None, "start": None}
    page = home_of(
        with_work(
            experiment("m", status="concluded", hypothesis="h", end="2017-08", **facts),
            experiment("n", status="concluded", hypothesis="h", end=None, **facts),
        )
    )
    whens = [one.day.words if one.day else None for one in page.learnings]
    assert whens == ["August 2017", None]


def test_outcomes_at_rest_are_named_below() -> None:
    files = outcome("a", status="active") | outcome("p", status="paused")
    files |= outcome("q", status="paused") | outcome("d", status="dropped")
    page = home_of(files)
    assert [row.ref.title for row in page.glance.rows] == ["A"]
    aside = [(one.lozenge.word, [ref.title for ref in one.refs]) for one in page.glance.aside]
    assert aside == [("Paused", ["P", "Q"]), ("Dropped", ["D"])]


def test_when_every_outcome_rests_they_are_shown() -> None:
    page = home_of(outcome("p", status="paused"))
    assert [row.ref.title for row in page.glance.rows] == ["P"]
    assert page.glance.aside == ()


def test_a_draft_with_nothing_but_a_title_is_shown() -> None:
    files = {
        "content/outcomes/o.md": "---\nkind: outcome\ntitle: O\nstatus: draft\n---\n",
        "hypotheses/h.md": "---\nkind: hypothesis\ntitle: H\nstatus: draft\n---\n",
    }
    page = home_of(files)
    row = page.glance.rows[0]
    assert (row.owner, row.progress.gap) == (None, "No evidence yet: no metric is chosen.")
    assert page.records == "2 records"


def test_the_file_with_the_most_errors_stands_first() -> None:
    files = {
        "hypotheses/a.md": "---\nkind: hypothesis\ntitle: One\nstatus: [\n---\n",
        "hypotheses/b.md": "---\nkind: hypothesis\ntitle: 3\nstatus: gone\ntags: 4\n---\n",
    }
    rows = group(home_of(files), "broken").shown
    assert [(row.number, row.unit) for row in rows] == [(3, "errors"), (1, "error")]


def test_the_heading_and_what_is_known_are_said_as_the_table_has_them(tmp_path: Path) -> None:
    language = language_of(
        tmp_path,
        {
            ("%(number)s decision is waiting", "%(number)s decisions are waiting"): (
                "Es wartet %(number)s Entscheidung",
                "Es warten %(number)s Entscheidungen",
            ),
            "Planned to end on %(day)s.": "Am %(day)s sollte es enden.",
            "No result and no new end are written down.": "Beides fehlt.",
            "d MMMM y": "d. MMMM y",
            ("day overdue", "days overdue"): ("Tag zu spät", "Tage zu spät"),
        },
    )
    late = [
        experiment(f"e-{n}", status="running", hypothesis="h", end=f"2026-10-0{n}") for n in (1, 2)
    ]
    with speaking(language):
        pages = home_of(with_work(late[0])), home_of(with_work(*late))
    assert [page.heading for page in pages] == [
        "Es wartet 1 Entscheidung",
        "Es warten 2 Entscheidungen",
    ]
    row = group(pages[0], "overdue").shown[0]
    assert plain(row.known) == "Am 1. Oktober 2026 sollte es enden. Beides fehlt."
    assert (row.number, row.unit) == (52, "Tage zu spät")
