"""The pages of records as they are read: order, sentences, gaps, and both ends of every link."""

import re
from collections import Counter
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

from outcome_playbook.pages.records import model_of
from outcome_playbook.pages.view import View
from tests.factories import IDS, family
from tests.pages.overview import experiment, hypothesis, metric, outcome, playbooks, view_of
from tests.pages.rendered import EDIT, html_of, record_pages, shown
from tests.site.html import Element

RULE = {"ship_if": "it rises", "stop_if": "it falls", "otherwise": "ask again"}


def sections(page: Element) -> list[str]:
    return [heading.text for heading in page.all("h2")]


def decision(action: str = "ship", **more: Any) -> dict[str, Any]:
    return {"date": "2026-10-02", "action": action, "why": "so", **more}


# What holds for every page -----------------------------------------------------------------------

_ID = re.compile(r'\sid="([^"]+)"')
_PLACE = re.compile(r'href="#([^"]+)"')


@settings(max_examples=60)
@given(playbooks())
def test_every_page_is_laid_out_with_anchors_that_are_there_once(files: dict[str, str]) -> None:
    view = view_of(files)
    for page in record_pages(view):
        html = html_of(page, body='<h2 id="experiments">Mine</h2>')
        anchors = Counter(_ID.findall(html))
        assert [name for name, count in anchors.items() if count > 1] == []
        assert set(_PLACE.findall(html)) <= set(anchors)
        assert "style=" not in html


@pytest.mark.parametrize("kind", ["outcome", "metric", "hypothesis", "experiment"])
@pytest.mark.parametrize(
    "title", ["<b>&</b>", "نص طويل", "漢字", "A long title " * 25, "{{ 7 * 7 }}"]
)
def test_any_title_is_text(kind: str, title: str) -> None:
    view = view_of(family(kind, title=title, summary=title, owner=title, tags=[title]))
    page = shown(view, IDS[kind])
    assert page.one("h1").text == " ".join(title.split())
    assert title.strip() in [a.text for a in page.all("a")]


def test_a_heading_of_the_text_keeps_its_anchor_and_the_section_gives_way() -> None:
    view = view_of(family("hypothesis"))
    page = shown(view, "a-hypothesis", body='<h2 id="guardrails">Mine</h2>')
    assert page.one("h2", id="guardrails").text == "Mine"
    assert page.one("h2", id="guardrails-of-this-record").text == "Guardrails"


def links(page: Element) -> dict[str, list[str]]:
    """Return the linked records below each relation's words."""
    (found,) = page.all("dl", class_="op-links")
    words = [dt.text for dt in found.all("dt")]
    titles = [[a.text for a in dd.all("a")] for dd in found.all("dd")]
    return dict(zip(words, titles, strict=True))


def test_both_ends_of_every_relation_are_shown_in_their_words() -> None:
    files = outcome("whole") | outcome("part", parent="whole", metric="measure")
    files |= metric("measure") | metric("guard") | metric("old", replaced_by="measure")
    files |= hypothesis(
        "idea", outcome="part", metric="measure", guardrails=["guard"], related=["whole"]
    )
    files |= hypothesis("better", outcome="part", supersedes=["idea"])
    files |= experiment("trial", hypothesis="idea", results=[{"metric": "measure", "estimate": 1}])
    view = view_of(files)
    assert links(shown(view, "whole")) == {"Has parts": ["Part"], "Related to": ["Idea"]}
    assert links(shown(view, "part")) == {
        "Part of": ["Whole"],
        "Measured by": ["Measure"],
        "Hypotheses": ["Better", "Idea"],
    }
    assert links(shown(view, "idea")) == {
        "Serves": ["Part"],
        "Measured by": ["Measure"],
        "Guarded by": ["Guard"],
        "Related to": ["Whole"],
        "Superseded by": ["Better"],
        "Tested by": ["Trial"],
    }
    assert links(shown(view, "measure")) == {
        "Measures the hypothesis": ["Idea"],
        "Replaces": ["Old"],
        "Measures the outcome": ["Part"],
        "Has results from": ["Trial"],
    }
    assert links(shown(view, "guard")) == {"Guards": ["Idea"]}
    assert links(shown(view, "trial")) == {"Tests": ["Idea"], "Has results on": ["Measure"]}


def test_a_long_list_is_folded_and_loses_nothing() -> None:
    files = outcome("whole")
    for n in range(30):
        files |= hypothesis(f"idea-{n:02}", outcome="whole")
    page = shown(view_of(files), "whole")
    assert "Show 10 more" in [summary.text for summary in page.all("summary")]
    assert len(links(page)["Hypotheses"]) == 30


def test_what_the_next_status_asks_for_is_told_at_the_end() -> None:
    page = shown(view_of(hypothesis("idea", status="draft", outcome="nowhere")), "idea")
    assert "Before it can move on" in sections(page)
    assert "To be proposed, a hypothesis needs:" in page.text
    assert "change: we hypothesize by …" in page.text
    done = shown(view_of(family("hypothesis", status="supported")), "a-hypothesis")
    assert "Before it can move on" not in sections(done)


def test_a_warning_is_told_on_the_page() -> None:
    view = view_of(family("outcome", status="active", baseline=None))
    assert "What this record still lacks" in sections(shown(view, "an-outcome"))


def test_the_foot_of_a_printed_page_says_where_and_when() -> None:
    page = shown(view_of(metric("measure")), "measure")
    foot = page.one("div", class_="op-printonly")
    assert foot.text == "Printed from metrics/measure/, as of 22 November 2026."


# Hypothesis --------------------------------------------------------------------------------------


def test_the_sentence_leads_in_one_paragraph_and_ends_with_its_metric() -> None:
    view = view_of(family("hypothesis", change="writing first.", status="proposed"))
    page = shown(view, "a-hypothesis")
    sentence = page.one("div", class_="op-statement").one("p")
    assert sentence.text == (
        "We hypothesize by writing first, we will be overlooked less, which will have "
        "more answers in time, as measured by A record of kind metric."
    )
    assert sentence.one("a").attributes["href"] == "../../metrics/a-metric/"


def test_a_missing_clause_says_so_and_is_no_gap_in_the_sentence() -> None:
    page = shown(view_of(hypothesis("idea", status="draft")), "idea")
    assert page.one("div", class_="op-statement").text == (
        "We hypothesize by (not written yet), we will (not written yet), "
        "which will have (not written yet), as measured by (not written yet)."
    )
    assert sections(page)[:3] == ["Prediction and confidence", "Guardrails", "Experiments"]


def figures(view: View, id_: str) -> list[tuple[str, str]]:
    page = model_of(view, view.registry.entries[id_])
    return [(figure.label, figure.number) for figure in page.figures]


def test_the_prediction_stands_beside_what_was_measured() -> None:
    made = {"low": 2, "expected": 3, "high": 4, "confidence": 0.35}
    results = [{"metric": "a-metric", "estimate": 3.1, "low": 0.2, "high": 6.0, "n": 4500}]
    files = family("hypothesis", status="supported", prediction=made)
    files |= experiment("an-experiment", status="concluded", results=results)
    view = view_of(files)
    assert figures(view, "a-hypothesis") == [
        ("We predicted", "+2 to +4 points"),
        ("We measured", "+3.1 points"),
        ("Confidence, before", "35%"),
    ]


def test_an_effect_is_measured_only_once_it_is_concluded() -> None:
    results = [{"metric": "a-metric", "estimate": 3.1}]
    files = family("hypothesis", status="testing") | experiment(
        "an-experiment", status="review", results=results
    )
    assert figures(view_of(files), "a-hypothesis") == []


def test_a_superseded_hypothesis_says_by_what_at_the_top() -> None:
    files = hypothesis("idea") | hypothesis("better", supersedes=["idea"])
    notice = shown(view_of(files), "idea").one("aside", class_="op-notice")
    assert notice.text == "A later hypothesis takes its place Superseded by Better."


# Experiment --------------------------------------------------------------------------------------


def happened(view: View, id_: str) -> list[str]:
    page = model_of(view, view.registry.entries[id_])
    return [branch.label for branch in page.rule if branch.happened]


@pytest.mark.parametrize(
    ("action", "followed", "branch"),
    [
        ("ship", True, ["Ship if"]),
        ("ship", None, ["Ship if"]),
        ("stop", True, ["Stop if"]),
        ("roll_back", True, ["Stop if"]),
        ("iterate", True, ["Otherwise"]),
        ("rerun", None, ["Otherwise"]),
        ("ship", False, []),
    ],
)
def test_the_branch_that_happened_is_marked(
    action: str, followed: bool | None, branch: list[str]
) -> None:
    made = decision(action, followed_rule=followed)
    view = view_of(family("experiment", status="concluded", decision=made))
    assert happened(view, "an-experiment") == branch


def test_a_decision_that_departs_from_the_rule_says_why() -> None:
    made = decision("stop", followed_rule=False, why="The money ran out")
    page = shown(view_of(family("experiment", status="concluded", decision=made)), "an-experiment")
    notice = page.one("aside", class_="op-notice")
    assert notice.text == "The decision departed from the rule Why The money ran out"
    assert "departs from the rule" in page.text


def test_no_branch_is_marked_before_a_decision() -> None:
    view = view_of(family("experiment", status="review"))
    assert happened(view, "an-experiment") == []


@pytest.mark.parametrize(("edit_url", "links"), [(EDIT, [EDIT]), (None, [])])
def test_a_result_without_a_decision_asks_for_one(edit_url: str | None, links: list[str]) -> None:
    view = view_of(family("experiment", status="review", end="2026-10-01"))
    page = shown(view, "an-experiment", edit_url=edit_url)
    assert "Not recorded, 52 days undecided" in page.text
    assert "Hold the result against the rule above" in page.text
    asked = [a for a in page.all("a") if a.text == "Record the decision"]
    assert [a.attributes["href"] for a in asked] == links


def test_what_was_written_down_afterwards_is_asked_for_no_decision() -> None:
    files = family("experiment", status="concluded", retrospective=True, decision=None)
    page = shown(view_of(files), "an-experiment")
    assert "None on record. This was written down afterwards." in page.text
    assert "Record the decision" not in page.text


def test_extensions_and_reopenings_are_told_before_the_rule() -> None:
    files = family(
        "experiment",
        status="review",
        end="2026-10-10",
        extensions=[{"from": "2026-10-01", "to": "2026-10-10", "reason": "Late letters"}],
        reopened=[{"date": "2026-10-12", "reason": "A slip"}],
    )
    notices = [n.text for n in shown(view_of(files), "an-experiment").all("aside")]
    assert notices == [
        "The time-box was extended What From 1 October 2026 to 10 October 2026 Why Late letters",
        "Reopened after its conclusion When 12 October 2026 Why A slip",
    ]


def test_a_running_experiment_says_when_its_result_is_due() -> None:
    files = family("experiment", status="running", end="2026-12-24", start="2026-11-01")
    page = shown(view_of(files), "an-experiment")
    assert "No result yet. Due 24 December 2026." in page.text
    assert "Conclusion and decision" not in sections(page)


def test_a_reason_for_no_results_is_shown_in_their_place() -> None:
    files = family("experiment", status="concluded", results=None, no_results="Never sent out")
    page = shown(view_of(files), "an-experiment")
    assert "No figures are on record." in page.text
    assert "Never sent out" in page.text


def test_a_plan_with_nothing_but_a_title_names_every_gap() -> None:
    page = shown(view_of(experiment("bare", hypothesis=None)), "bare")
    for gap in (
        "tests no hypothesis yet",
        "None yet: no start and no end.",
        "No decision rule yet.",
        "Not chosen yet",
    ):
        assert gap in page.text


# Outcome -----------------------------------------------------------------------------------------


def tallies(view: View, id_: str) -> dict[str, dict[str, tuple[int, int, str]]]:
    page = model_of(view, view.registry.entries[id_])
    return {
        tally.title: {row.word: (row.own, row.with_parts, row.anchor) for row in tally.rows}
        for tally in page.tallies
    }


def test_counts_are_its_own_and_with_its_parts_and_lead_to_its_own_lists() -> None:
    files = outcome("whole") | outcome("part", parent="whole")
    files |= hypothesis("one", outcome="whole", status="supported")
    files |= hypothesis("two", outcome="part", status="supported") | hypothesis(
        "three", outcome="part", status="draft"
    )
    files |= experiment("a", hypothesis="one", status="concluded", conclusion="won")
    files |= experiment("b", hypothesis="two", status="concluded", conclusion="lost")
    view = view_of(files)
    assert tallies(view, "whole") == {
        "Hypotheses": {"Draft": (0, 1, ""), "Supported": (1, 2, "hypotheses-supported")},
        "Experiments": {"Concluded": (1, 2, "experiments-concluded")},
        "Conclusions": {"Won": (1, 1, "experiments-won"), "Lost": (0, 1, "")},
    }
    page = shown(view, "whole")
    for anchor in ("hypotheses-supported", "experiments-concluded", "experiments-won"):
        assert len(page.all("div", id=anchor)) == 1


def test_a_draft_with_nothing_but_a_title_names_the_gaps_and_the_next_step() -> None:
    page = shown(view_of(outcome("bare")), "bare")
    for gap in (
        "Nobody has written down yet what is wrong today.",
        "No evidence yet: no metric is chosen.",
        "No hypothesis yet. The next step is one sentence",
        "No experiment yet, for there is no hypothesis to test.",
        "No evidence yet: no experiment has a figure.",
    ):
        assert gap in page.text
    assert "In numbers" not in sections(page)


def test_the_next_hypothesis_to_test_is_named() -> None:
    files = outcome("whole") | hypothesis("idea", outcome="whole", status="draft")
    page = shown(view_of(files), "whole")
    assert "No experiment yet. 1 hypothesis waits for one: Idea." in page.text


def test_only_a_written_summary_leads() -> None:
    told = shown(view_of(outcome("whole", summary="In a line")), "whole")
    assert told.one("p", class_="op-lede").text == "In a line"
    assert not shown(view_of(outcome("whole")), "whole").all("p", class_="op-lede")


def test_the_ladder_goes_from_what_we_see_to_what_we_work_on() -> None:
    page = shown(view_of(outcome("whole", root_causes=["a", "b", "c"])), "whole")
    assert [li.text for li in page.one("ol", class_="op-why").all("li")] == [
        "What we see a",
        "Because b",
        "The problem we work on c",
    ]
    alone = shown(view_of(outcome("whole", root_causes=["a"])), "whole")
    assert alone.one("ol", class_="op-why").text == "The problem we work on a"


def evidence(*results: dict[str, Any]) -> list[tuple[str, list[str]]]:
    files = outcome("whole", metric="measure") | metric("measure") | metric("other", unit="days")
    files |= hypothesis("idea", outcome="whole", metric="measure")
    files |= experiment("trial", hypothesis="idea", results=list(results))
    view = view_of(files)
    page = model_of(view, view.registry.entries["whole"])
    return [(table.head, [row.estimate for row in table.rows]) for table in page.evidence]


def test_evidence_has_a_table_for_each_unit_its_own_metric_first() -> None:
    assert evidence(
        {"metric": "other", "estimate": -3},
        {"metric": "measure", "estimate": 1.5},
        {"metric": "measure", "estimate": 0.9, "unit": "risk ratio"},
    ) == [
        ("Difference (interval), points", ["+1.5"]),
        ("Ratio (interval)", ["0.9"]),
        ("Difference (interval), days", ["−3"]),
    ]


def test_where_an_effect_is_reported_none_is_computed_beside_it() -> None:
    rates = {"control": {"rate": 0.259}, "treatment": {"rate": 0.265}}
    reported = {"metric": "measure", "estimate": 0.59, "unit": "percentage points"}
    head = "Difference (interval), points"
    assert evidence({"metric": "measure", **rates}, reported) == [(head, ["+0.59"])]
    assert evidence({"metric": "measure", **rates}) == [(head, ["+0.6"])]


def test_a_circle_of_parents_is_shown_and_ends() -> None:
    files = outcome("a", parent="b") | outcome("b", parent="a") | outcome("self", parent="self")
    view = view_of(files)
    for id_ in ("a", "b", "self"):
        assert shown(view, id_).one("h1").text == id_.capitalize()


# Metric ------------------------------------------------------------------------------------------


def test_a_metric_says_what_we_would_do_and_who_relies_on_it() -> None:
    files = family("metric", status="approved", readings=[{"date": "2026-10-01", "value": 41.5}])
    page = shown(view_of(files), "a-metric")
    assert page.one("dl", class_="op-moves").text == (
        "If it rose Send it to everyone If it fell Go back to the old letter"
    )
    assert (
        page.one("table", class_="op-readings").text
        == "Newest first. Day Value 1 October 2026 41.5%"
    )
    assert [h.text for h in page.all("h3")] == [
        "Experiments that tested it",
        "Outcomes measured by it",
        "Hypotheses measured by it",
    ]


def test_readings_are_listed_from_the_newest() -> None:
    days = ["2026-01-01", "2026-03-01", "2026-02-01"]
    readings = [{"date": day, "value": n} for n, day in enumerate(days)]
    page = shown(view_of(metric("measure", readings=readings)), "measure")
    table = page.one("table", class_="op-readings")
    assert [t.attributes["datetime"] for t in table.all("time")] == sorted(days, reverse=True)


def test_nobody_is_measured_by_activity() -> None:
    page = shown(view_of(metric("views", value="activity")), "views")
    assert "Nobody may be measured by it" in page.one("aside", class_="op-notice").text
    assert not shown(view_of(metric("measure")), "measure").all("aside")


def test_a_stale_metric_says_since_when() -> None:
    files = metric("measure", status="approved", review_by="2026-11-12")
    notice = shown(view_of(files), "measure").one("aside", class_="op-notice")
    assert notice.text == (
        "Its review is overdue The review was due on 12 November 2026 and is 10 days late. "
        "Until somebody reviews it, this metric is not to be relied on."
    )
    fresh = shown(view_of(files, today=date(2026, 11, 12)), "measure")
    assert not fresh.all("aside")


def moved(*results: dict[str, Any], status: str = "concluded") -> Any:
    files = metric("measure") | hypothesis("idea", metric="measure")
    for n, result in enumerate(results):
        files |= experiment(
            f"trial-{n}",
            hypothesis="idea",
            status=status,
            conclusion="won" if status == "concluded" else None,
            results=[{"metric": "measure", **result}],
        )
    view = view_of(files)
    return model_of(view, view.registry.entries["measure"]).effects


def test_only_an_interval_tells_what_moved_a_metric() -> None:
    found = moved(
        {"estimate": 2, "low": 1, "high": 3},
        {"estimate": 2, "low": -1, "high": 5},
        {"estimate": 2},
        {"control": {"rate": 0.2}, "treatment": {"rate": 0.3}},
        {"estimate": 0.6, "low": 0.4, "high": 0.9, "unit": "risk ratio"},
    )
    assert found.counts == (
        "Moved it: 2.",
        "No difference detected: 1.",
        "Without an interval, so it cannot be told: 2.",
    )
    known = [[row.interval for row in table.rows] for table in found.tables]
    unclear = [[row.interval for row in table.rows] for table in found.unclear]
    assert known == [["0.4 to 0.9"], ["−1 to 5", "1 to 3"]]
    assert unclear == [["computed here, no interval", "no interval"]]
    assert [bool(table.axis) for table in (*found.tables, *found.unclear)] == [False, True, False]


def test_what_is_not_concluded_or_measured_did_not_move_a_metric() -> None:
    assert moved({"estimate": 9, "low": 8, "high": 10}, status="review") is None
    assert moved({"control": {"n": 3}, "treatment": {"n": 3}}) is None


def test_an_effect_on_a_metric_that_is_reported_stands_alone() -> None:
    rates = {"control": {"rate": 0.259}, "treatment": {"rate": 0.265}}
    files = metric("measure") | experiment(
        "trial",
        hypothesis="idea",
        status="concluded",
        results=[
            {"metric": "measure", **rates},
            {"metric": "measure", "estimate": 0.59, "low": 0.1, "high": 1},
        ],
    )
    view = view_of(files)
    found = model_of(view, view.registry.entries["measure"]).effects
    assert [row.estimate for table in found.tables for row in table.rows] == ["+0.59"]
    assert found.unclear == ()


def test_the_experiments_that_tested_a_metric_stand_below_its_readings() -> None:
    readings = [{"date": "2026-01-01", "value": 3}, {"date": "2026-10-01", "value": 4}]
    files = metric("measure", readings=readings) | metric("other")
    files |= hypothesis("idea", metric="measure") | hypothesis("else", metric="other")
    files |= experiment("undated", hypothesis="idea", status="planned")
    files |= experiment(
        "first", hypothesis="idea", status="concluded", start="2026-02-01", end="2026-03-01"
    )
    files |= experiment(
        "late", hypothesis="idea", status="running", start="2026-09-01", end="2026-11-01"
    )
    files |= experiment(
        "beside",
        hypothesis="else",
        status="cancelled",
        start="2026-05-01",
        end="2026-06-01",
        results=[{"metric": "measure", "estimate": 2}],
    )
    files |= experiment("elsewhere", hypothesis="else", start="2026-05-01", end="2026-06-01")
    view = view_of(files)
    model = model_of(view, view.registry.entries["measure"])
    shown_ = [(row.ref.title, row.look, row.bar is not None) for row in model.tried]
    assert shown_ == [
        ("Late", "attn", True),
        ("Beside", "parked", True),
        ("First", "supported", True),
        ("Undated", "draft", False),
    ]
    assert [one.look for one in model.behind] == ["attn", "supported"]
    page = shown(view, "measure")
    (rows,) = page.all("ul", class_="op-course__rows")
    assert rows.all("li")[0].text == (
        "Late Running · 1 September 2026 to 1 November 2026 · 21 days overdue"
    )
    assert all(svg.attributes.get("aria-hidden") == "true" for svg in _outermost(page))


def _outermost(page: Element) -> list[Element]:
    course = page.one("div", class_="op-course")
    return [
        svg
        for svg in course.all("svg")
        if svg.attributes.get("class") not in ("in", "op-course__key")
    ]


def test_the_latest_reading_is_told_in_words_beside_the_line() -> None:
    readings = [{"date": f"2026-0{n}-01", "value": n} for n in (1, 3, 2)]
    page = shown(view_of(metric("measure", readings=readings, direction="decrease")), "measure")
    assert page.one("figcaption").text == (
        "Latest reading 3% 1 March 2026 3 readings since 1 January 2026 Lower is better"
    )
    one = shown(view_of(metric("measure", readings=readings[:1])), "measure")
    assert "The only reading so far" in one.one("figcaption").text


def test_a_metric_without_a_reading_says_so_and_draws_nothing() -> None:
    page = shown(view_of(metric("measure")), "measure")
    assert "No reading yet. The first one is the baseline." in page.text
    assert not page.all("figure")
    assert not page.all("table", class_="op-readings")


@pytest.mark.parametrize(("count", "rows"), [(21, [21]), (22, [20, 2]), (500, [20, 480])])
def test_readings_past_twenty_are_folded(count: int, rows: list[int]) -> None:
    first = date(2024, 1, 1).toordinal()
    readings = [{"date": date.fromordinal(first + n), "value": n} for n in range(count)]
    page = shown(view_of(metric("measure", readings=readings)), "measure")
    tables = page.all("table", class_="op-readings")
    assert [len(table.one("tbody").all("tr")) for table in tables] == rows


def test_a_long_unit_is_said_once_and_not_behind_every_number() -> None:
    unit = "answers for each hundred letters " * 7
    files = metric("measure", unit=unit, readings=[{"date": "2026-01-01", "value": 3}])
    files |= outcome("whole", metric="measure", baseline=1, target=9)
    page = shown(view_of(files), "measure")
    table = page.one("table", class_="op-readings")
    assert table.one("caption").text == f"Newest first. The unit: {unit.strip()}."
    assert table.one("td").text == "3"
    assert [td.text for td in page.one("table", class_="op-held").all("td")][:2] == ["1", "9"]


def test_each_outcome_measured_by_a_metric_is_told_with_its_levels() -> None:
    files = metric("measure", readings=[{"date": "2026-01-01", "value": 50}])
    files |= outcome("one", metric="measure", baseline=40, target=60, target_date="2026-12-31")
    files |= outcome("two", metric="measure", target=60) | outcome("three", metric="measure")
    table = shown(view_of(files), "measure").one("table", class_="op-held")
    assert [row.text for row in table.one("tbody").all("tr")] == [
        "One 40% 60% by 31 December 2026 50% of the way",
        "Three not set not set No target is set.",
        "Two not set 60% The target is 60%; no baseline is written.",
    ]


def test_what_could_not_be_asked_in_time_is_told_in_one_sentence() -> None:
    files = family("experiment", status="concluded", retrospective=True, end=None, decision=None)
    page = shown(view_of(files), "an-experiment")
    lacks = next(part for part in page.all("ul") if "Written down afterwards" in part.text)
    assert lacks.text.strip() == "Written down afterwards, so it has no decision or end."


def test_what_is_left_blank_afterwards_is_among_it() -> None:
    text = experiment("a-trial", status="concluded", retrospective=True, decision=None)
    (path,) = text
    blank = text[path].replace("retrospective: true", "retrospective: true\ndecision:", 1)
    assert blank != text[path]
    page = shown(view_of({path: blank}), "a-trial")
    lacks = next(part for part in page.all("ul") if "Written down afterwards" in part.text)
    assert lacks.text.strip() == "Written down afterwards, so it has no decision."
