"""What holds for every list of problems: each form counts the same ones."""

import json
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_playbook.diagnostics import Problem, Severity, Span, by_position, catalogue, writers
from outcome_playbook.diagnostics.writers.github import MOST, as_github
from outcome_playbook.diagnostics.writers.gitlab import as_gitlab
from outcome_playbook.diagnostics.writers.sarif import as_sarif
from tests.problems import problem

TEXT = st.text(st.characters(categories=("L", "N", "P", "S", "Z", "C")), max_size=20)
SPANS = st.tuples(*[st.integers(1, 99)] * 4).map(lambda n: Span(n[0], n[1], n[0] + n[2], n[3]))
PROBLEMS = st.lists(
    st.builds(
        problem,
        TEXT,
        st.sampled_from(["a.md", "b/a.md", "b/c.md", "é ü.md"]) | TEXT,
        st.none() | SPANS,
        rule=st.sampled_from([catalogue.WRONG_TYPE, catalogue.ADVISED, catalogue.UNKNOWN_FIELD]),
        severity=st.sampled_from([Severity.ERROR, Severity.WARNING]),
        mend=st.none() | TEXT,
    ),
    max_size=40,
).map(by_position)


def annotated(found: Sequence[Problem]) -> list[str]:
    lines = "\n".join(as_github(found, lambda _: (), "token")).split("\n")
    return lines[lines.index("::endgroup::") + 1 :] if found else []


@settings(max_examples=40)
@given(PROBLEMS)
def test_every_form_counts_the_same_problems(found: list[Problem]) -> None:
    (run,) = json.loads(as_sarif(found, "1"))["runs"]
    assert len(found) == len(run["results"])
    assert len(found) == len(json.loads(as_gitlab(found)))
    assert len(found) == len(json.loads(writers.as_json(found)))
    assert len(found) == len(list(writers.as_text(found, lambda _: ())))
    blocks = list(as_github(found, lambda _: (), "token"))
    assert len(found) == sum(" = why: " in block for block in blocks)


@settings(max_examples=40)
@given(PROBLEMS)
def test_no_two_entries_of_a_code_quality_report_share_a_fingerprint(found: list[Problem]) -> None:
    entries = json.loads(as_gitlab(found))
    assert len({entry["fingerprint"] for entry in entries}) == len(entries)


@settings(max_examples=40)
@given(PROBLEMS)
def test_github_is_given_no_more_than_it_shows(found: list[Problem]) -> None:
    for severity in (Severity.ERROR, Severity.WARNING):
        there = sum(p.severity is severity for p in found)
        shown = sum(line.startswith(f"::{severity} ") for line in annotated(found))
        assert shown == there if there <= MOST else 1 <= shown <= MOST
