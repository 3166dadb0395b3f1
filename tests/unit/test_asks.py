"""What each status asks for: rigour grows with status, and what is asked has one name each."""

from typing import Any

import pytest

from outcome_playbook.diagnostics import Problem, Severity
from outcome_playbook.records import asks
from outcome_playbook.records.kinds import STATUSES, Kind
from tests.factories import ASKS, family, path_of, problems, record

EVERY = [(str(kind), str(status)) for kind in Kind for status in STATUSES[kind]]
NEEDED = [(k, s, field, "needs") for k, s in EVERY for field in ASKS[k][s]["needs"]]
ADVISED = [(k, s, field, "advised") for k, s in EVERY for field in ASKS[k][s]["advised"]]
SEVERITY = {"needs": Severity.ERROR, "advised": Severity.WARNING}
CODE = {"needs": "PB040", "advised": "PB041"}

Ask = tuple[str, str, str, str]


def but(ask: Ask) -> dict[str, Any]:
    """Return the fields of a record that has all that is asked but this.

    Of an experiment, only an A/B test is asked for what is advised.
    """
    kind, status, field, asked = ask
    is_ab_test = kind == "experiment" and asked == "advised"
    return {"status": status, field: None} | ({"method": "ab_test"} if is_ab_test else {})


def own(files: dict[str, str]) -> list[Problem]:
    """Return the problems of the first file: without its hypothesis, another record has one too."""
    return [problem for problem in problems(files) if problem.path == next(iter(files))]


@pytest.mark.parametrize(("kind", "status"), EVERY)
def test_a_record_with_what_its_status_asks_for_has_no_problem(kind: str, status: str) -> None:
    assert problems(family(kind, status=status)) == []


@pytest.mark.parametrize("ask", NEEDED + ADVISED, ids=" ".join)
def test_a_field_left_out_is_one_problem_at_the_status(ask: Ask) -> None:
    kind, status, field, asked = ask
    files = family(kind, **but(ask))
    (problem,) = own(files)
    assert (problem.severity, problem.code) == (SEVERITY[asked], CODE[asked])
    assert problem.path == path_of(kind)
    assert f"`{field}`" in problem.message
    assert problem.help.startswith(f"add `{field}`: ")
    names = "`results` or `no_results`" if field == "results" else f"`{field}`"
    assert problem.label == f"asks for {names}"
    assert problem.span is not None
    line = files[problem.path].split("\n")[problem.span.line - 1]
    assert line[problem.span.column - 1 : problem.span.end_column - 1] == status


@pytest.mark.parametrize("ask", NEEDED + ADVISED, ids=" ".join)
def test_a_field_left_blank_is_one_problem_at_its_name(ask: Ask) -> None:
    kind, _, field, asked = ask
    (problem,) = own(family(kind, raw=f"{field}:", **but(ask)))
    assert (problem.severity, problem.code) == (SEVERITY[asked], CODE[asked])
    assert problem.message.endswith("; here it is empty")
    assert problem.help.startswith("write it: ")
    span = problem.span
    assert span is not None
    assert (span.line, span.column, span.end_column) == (2, 1, 1 + len(field))


@pytest.mark.parametrize("ask", NEEDED + ADVISED, ids=" ".join)
def test_a_misspelt_field_is_not_a_missing_one_too(ask: Ask) -> None:
    kind, _, field, _ = ask
    (problem,) = own(family(kind, raw=f"{field}_: x", **but(ask)))
    assert problem.code == "PB012"
    assert problem.help == f"rename it to `{field}`"


@pytest.mark.parametrize("ask", [a for a in NEEDED + ADVISED if a[0] == "experiment"], ids=" ".join)
def test_what_is_written_down_afterwards_owes_a_note(ask: Ask) -> None:
    kind, _, field, asked = ask
    (problem,) = own(family(kind, retrospective=True, **but(ask)))
    owed_all_the_same = field in ("hypothesis", "owner")
    assert problem.severity is (Severity.ERROR if owed_all_the_same else Severity.NOTE)
    assert problem.code == CODE[asked]


def test_a_hypothesis_tested_afterwards_is_advised_in_a_note() -> None:
    files = family("hypothesis", status="supported", because=None, guardrails=None)
    assert {p.severity for p in problems(files)} == {Severity.WARNING}
    files[path_of("experiment")] = record("experiment", status="concluded", retrospective=True)
    assert {p.severity for p in problems(files)} == {Severity.NOTE}
    one_more = {"hypotheses/another.md": record("experiment", status="concluded")}
    assert {p.severity for p in problems(files | one_more)} == {Severity.WARNING}


def test_a_hypothesis_tested_afterwards_needs_what_any_other_needs() -> None:
    files = family("hypothesis", status="supported", benefits=None)
    files[path_of("experiment")] = record("experiment", status="concluded", retrospective=True)
    (problem,) = problems(files)
    assert problem.severity is Severity.ERROR


def test_a_reason_stands_for_results() -> None:
    files = family("experiment", status="concluded", results=None, no_results="Nobody came")
    assert problems(files) == []


def test_the_table_of_the_code_is_the_table_of_the_handbook() -> None:
    told = {tuple(ask[:3]) for ask in NEEDED + ADVISED}
    coded = {(str(ask.kind), status, ask.fields[0]) for ask in asks.ASKS for status in ask.statuses}
    assert coded == told


@pytest.mark.parametrize(
    ("kind", "status", "said"),
    [
        ("outcome", "achieved", "an achieved outcome needs `owner`"),
        ("outcome", "paused", "a paused outcome needs `owner`"),
        ("hypothesis", "not_supported", "a not supported hypothesis needs `owner`"),
        ("hypothesis", "inconclusive", "an inconclusive hypothesis needs `owner`"),
        ("experiment", "review", "an experiment in review needs `owner`"),
        ("metric", "approved", "an approved metric needs `owner`"),
    ],
)
def test_a_status_is_told_in_words(kind: str, status: str, said: str) -> None:
    (problem,) = problems(family(kind, status=status, owner=None))
    assert problem.message == said


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("baseline", ".nan", "PB018"),
        ("owner", "!team Post room", "PB011"),
        ("problem", '"\\e[31m"', "PB004"),
        ("beneficiary", "[a]", "PB016"),
        ("metric", "A metric", "PB019"),
    ],
)
def test_a_value_that_cannot_be_read_is_not_a_missing_one_too(
    field: str, value: str, code: str
) -> None:
    (problem,) = own(family("outcome", raw=f"{field}: {value}", status="active"))
    assert problem.code == code
