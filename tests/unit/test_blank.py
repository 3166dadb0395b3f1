import re
from typing import Any
from urllib.parse import quote

import pytest

from outcome_playbook import frontmatter
from outcome_playbook.records.blank import blank
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.records.reading import read_record
from tests.factories import ASKS, neighbours, path_of, problems, read

EVERY = [(kind, str(status)) for kind in Kind for status in STATUSES[kind]]


def fields(text: str) -> dict[str, Any]:
    front = frontmatter.read(text)
    assert front.faults == []
    return front.fields


def uncommented(text: str) -> str:
    return re.sub(r"^#(?=[a-z ]+\w*:)", "", text, flags=re.MULTILINE)


@pytest.mark.parametrize(("kind", "status"), EVERY)
def test_what_is_missing_and_nothing_else_is_a_problem(kind: Kind, status: str) -> None:
    front = fields(blank(kind, {"title": "A title"}, status))
    needed = {*ASKS[kind][status]["needs"]}
    assert {*front} == {"kind", "title", "status"} | needed
    file = read_record("hypotheses/a.md", blank(kind, {"title": "A title"}, status).encode())
    found = read({file.path: blank(kind, {"title": "A title"}, status)}).files[0].problems
    told = {field for problem in found for field in problem.fields}
    if file.record is not None:
        assert {f for p in found if p.severity == "error" for f in p.fields} - {"no_results"} == (
            needed
        )
    else:  # an empty mapping such as the decision rule's is reported key by key
        assert found
    assert told <= needed | {"no_results", *ASKS[kind][status]["advised"]}


@pytest.mark.parametrize(("kind", "status"), EVERY)
def test_what_comes_next_is_fields_once_uncommented(kind: Kind, status: str) -> None:
    front = fields(uncommented(blank(kind, {"title": "A title"}, status)))
    assert {*front} <= {"kind", *MODELS[kind].model_fields}


@pytest.mark.parametrize("kind", Kind)
def test_a_blank_record_fits_into_an_address(kind: Kind) -> None:
    for status in STATUSES[kind]:
        text = blank(kind, {"title": "A title"}, status)
        assert len(text) < 1500
        assert len(quote(text, safe="")) < 3000


@pytest.mark.parametrize("kind", [Kind.OUTCOME, Kind.HYPOTHESIS])
def test_a_title_is_enough_for_a_draft(kind: Kind) -> None:
    assert problems({path_of(kind): blank(kind, {"title": "A title"})}) == []


def test_without_a_title_the_check_says_so() -> None:
    (problem,) = problems({"hypotheses/a.md": blank(Kind.HYPOTHESIS)})
    assert problem.message == "`title` is empty"


def test_values_stand_in_the_order_of_the_model_and_what_is_left_is_asked_for() -> None:
    text = blank(
        Kind.HYPOTHESIS,
        {
            "metric": "a-metric",
            "x-team": 7,
            "title": "Short: a letter",
            "outcome": "an-outcome",
            "change": "sending it " * 12 + "once",
            "tags": ["small towns", "email"],
            "because": ["First - of all", {"observation": "Second", "source": "A, b"}],
            "prediction": {"low": -1, "expected": 2.5, "high": 3},
        },
        body="Why we think so.",
    )
    assert text == (
        "---\n"
        "kind: hypothesis\n"
        'title: "Short: a letter"\n'
        "status: draft\n"
        "tags: [small towns, email]\n"
        "outcome: an-outcome\n"
        "change: >-\n"
        f"  {'sending it ' * 8}sending it\n"
        f"  {'sending it ' * 3}once\n"
        "metric: a-metric\n"
        "because:\n"
        "  - First - of all\n"
        "  - observation: Second\n"
        "    source: A, b\n"
        "prediction:\n"
        "  low: -1\n"
        "  expected: 2.5\n"
        "  high: 3\n"
        "x-team: 7\n"
        "# Before `status: proposed`, fill these in and take away the # in front:\n"
        "#owner:  # The team or person to ask\n"
        "#problem:  # … we will …\n"
        "#benefits:  # … which will have …\n"
        "# Before `status: testing`, fill these in and take away the # in front:\n"
        "#guardrails:  # Metrics that must not get worse (one a line below, each behind `- `)\n"
        "---\n\nWhy we think so.\n"
    )
    assert problems({path_of("hypothesis"): text, **neighbours("hypothesis", "draft")}) == []


def test_a_decision_rule_is_asked_for_clause_by_clause() -> None:
    rule = {"ship_if": "five more", "stop_if": "five less", "otherwise": "again"}
    text = blank(Kind.EXPERIMENT, {"title": "T", "hypothesis": "a-hypothesis"})
    assert "\n#decision_rule:  # Agreed before the start\n#  ship_if:  # What must" in text
    text = blank(Kind.EXPERIMENT, {"title": "T", "decision_rule": rule}, "running")
    assert fields(text)["decision_rule"] == rule


def test_a_target_asks_for_its_date() -> None:
    text = blank(Kind.OUTCOME, {"title": "T", "target": 5})
    assert "\ntarget: 5\ntarget_date:  # By when (as in 2026-11-30)\n" in text


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain, with a comma; and a colon:here", "plain, with a comma; and a colon:here"),
        ("a: b", '"a: b"'),
        ("a #b", '"a #b"'),
        ("- a", '"- a"'),
        ("no", '"no"'),
        ("0123", '"0123"'),
        ("5%", '"5%"'),
        ("%", '"%"'),
        ("5 days", "5 days"),
        ("2026-11-30", "2026-11-30"),
        ("12:30", '"12:30"'),
        ("it's", "it's"),
        ('"so"', '"\\"so\\""'),
        ("ends:", '"ends:"'),
        ("Ärger – überall, 日本語", "Ärger – überall, 日本語"),
        ("two\nlines", "|-\n  two\n  lines"),
        ("tab\there", '"tab\\there"'),
        ("line\u2028end", '"line\\u2028end"'),
        (3, "3"),
        (-0.5, "-0.5"),
        (True, "true"),
        ([], "[]"),
        (["no", "a"], '["no", a]'),
        (["a, b"], "\n  - a, b"),
    ],
)
def test_a_value_is_written_as_an_author_would(value: Any, written: str) -> None:
    text = blank(Kind.HYPOTHESIS, {"title": "T", "summary": value})
    assert f"\nsummary: {written}\n".replace(": \n", ":\n") in text
    assert fields(text)["summary"] == value
