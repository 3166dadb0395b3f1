"""The rollup by outcome and the lists of a kind; how the first record is added."""

from pathlib import Path
from typing import Any

import pytest

from outcome_playbook.pages.adding import how_to_add
from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.lists import outcomes, records
from outcome_playbook.records.kinds import Kind
from tests.factories import read
from tests.pages.overview import (
    experiment,
    hypothesis,
    metric,
    outcome,
    view_of,
)
from tests.pages.tables import language_of


def said(counts: Any) -> list[str]:
    assert all(count.text.startswith(f"{count.number} ") for count in counts)
    return [count.text for count in counts]


def test_an_outcome_shows_its_own_numbers_and_those_with_its_parts() -> None:
    files = (
        outcome("whole", status="active")
        | outcome("part", status="active", parent="whole")
        | hypothesis("h-1", outcome="whole", status="supported")
        | hypothesis("h-2", outcome="part", status="testing")
        | experiment("e-1", hypothesis="h-1", status="concluded", conclusion="won")
        | experiment("e-2", hypothesis="h-2", status="running", end="2026-12-01")
    )
    whole, part = outcomes(view_of(files)).rows
    assert (whole.depth, whole.part_of, part.depth) == (0, None, 1)
    assert part.part_of is not None
    assert part.part_of.title == "Whole"
    assert said(whole.stack.counts) == ["1 supported"]
    assert said(whole.tally.experiments) == ["1 concluded"]
    assert said(whole.tally.conclusions) == ["1 won"]
    assert {c.key for c in whole.tally.hypotheses} == {"outcomes/whole#hypotheses"}
    assert {c.key for c in whole.tally.experiments} == {"outcomes/whole#experiments"}
    assert whole.parts is not None
    assert whole.parts.label == "With its 1 part"
    assert said(whole.parts.tally.hypotheses) == ["1 testing", "1 supported"]
    assert said(whole.parts.tally.experiments) == ["1 running", "1 concluded"]
    assert whole.parts.hypotheses is not None
    assert whole.parts.hypotheses.key == "hypotheses#outcome-whole"
    assert (part.parts, said([part.running])) == (None, ["1 running"])


def test_an_outcome_without_work_says_so() -> None:
    files = outcome("whole") | outcome("part", parent="whole")
    whole, part = outcomes(view_of(files)).rows
    assert (whole.stack.none, whole.no_experiment) == ("None of its own.", "None of its own.")
    assert (part.stack.none, part.no_experiment) == ("No hypothesis yet.", "No experiment yet.")


def test_what_is_under_no_outcome_is_counted_too() -> None:
    files = outcome("o") | hypothesis("h") | experiment("e", hypothesis="nowhere")
    found = outcomes(view_of(files))
    assert found.stray is not None
    assert said(found.stray.hypotheses) == ["1 draft"]
    assert [count.key for count in found.stray.experiments] == ["experiments#no-outcome"]


def test_a_flagged_outcome_says_why_it_waits() -> None:
    assert outcomes(view_of(outcome("o", status="active"))).rows[0].late == "Nothing tried yet"


def test_metrics_are_grouped_by_value_with_activity_last_and_explained() -> None:
    files: dict[str, str] = {}
    for value in ("activity", "operational", "customer", None):
        files |= metric(f"m-{value}".lower(), value=value)
    page = records(view_of(files), Kind.METRIC)
    assert [(group.id, group.title) for group in page.listing.groups] == [
        ("value-customer", "Customer value"),
        ("value-operational", "Operational"),
        ("value-activity", "Activity"),
        ("no-value", "Value not written"),
    ]
    assert page.listing.groups[2].note == (
        "These rise when we are busy. They may guard an experiment, and never measure it."
    )


def test_a_metric_without_a_summary_is_told_by_its_definition() -> None:
    page = records(view_of(metric("m", body="")), Kind.METRIC)
    assert page.listing.groups[0].cards[0].say == "Answers divided by letters sent"


@pytest.mark.parametrize("kind", [Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC])
def test_an_empty_list_says_how_to_add_the_first(kind: Kind) -> None:
    page = records(view_of({}), kind)
    assert page.empty is not None
    assert page.empty.none == f"No {kind} yet."
    assert (page.total, page.statuses, page.listing.groups) == (0, (), ())


def test_the_examples_are_records_without_a_problem() -> None:
    view = view_of({})
    files = {how_to_add(view, kind).path: how_to_add(view, kind).example for kind in Kind}
    registry = read(files)
    assert [problem for file in registry.files for problem in file.problems] == []
    assert sorted(entry.kind for entry in registry.entries.values()) == sorted(Kind)


@pytest.mark.parametrize(
    ("folders", "kind", "folder"),
    [
        (["hypotheses", "content/outcomes"], Kind.OUTCOME, "content/outcomes"),
        (["hypotheses", "content/outcomes"], Kind.EXPERIMENT, "hypotheses"),
        (["hypotheses", "experiments"], Kind.EXPERIMENT, "experiments"),
        (["records"], Kind.METRIC, "records"),
        ([], Kind.METRIC, "hypotheses"),
    ],
)
def test_the_first_record_goes_where_its_kind_lies(
    folders: list[str], kind: Kind, folder: str
) -> None:
    assert how_to_add(view_of({}, records=folders), kind).path.rpartition("/")[0] == folder


def test_a_count_and_its_noun_are_one_text_of_the_table(tmp_path: Path) -> None:
    language = language_of(
        tmp_path,
        {
            ("%(number)s hypothesis", "%(number)s hypotheses"): (
                "%(number)s Wette",
                "%(number)s Wetten",
            ),
            ("%(number)s draft", "%(number)s draft"): (
                "%(number)s im Entwurf",
                "%(number)s im Entwurf",
            ),
        },
    )
    files: dict[str, str] = {}
    for n in range(1200):
        files |= hypothesis(f"h-{n}")
    with speaking(language):
        page = records(view_of(files), Kind.HYPOTHESIS)
    assert page.all == "1.200 Wetten"
    assert [count.text for count in page.statuses] == ["1.200 im Entwurf"]
