"""Problems as GitLab's Code Quality report, and the fingerprints that it knows them by."""

import json
from typing import Any

import pytest

from outcome_playbook.diagnostics import Problem, Severity
from outcome_playbook.diagnostics.fingerprint import fingerprint
from outcome_playbook.diagnostics.writers.gitlab import as_gitlab
from tests.factories import problems, record
from tests.problems import HOSTILE, on_line, problem


def report(*found: Problem, prefix: str = "") -> list[dict[str, Any]]:
    data: list[dict[str, Any]] = json.loads(as_gitlab(found, prefix).encode())
    return data


def test_a_problem_says_all_that_gitlab_asks_for() -> None:
    (entry,) = report(on_line(5), prefix="play book/")
    assert len(entry.pop("fingerprint")) == 32
    assert entry == {
        "description": "it is wrong; mend it",
        "check_name": "PB016 wrong type",
        "severity": "major",
        "location": {
            "path": "play book/hypotheses/2026-11-trust-badge.md",
            "lines": {"begin": 5},
        },
    }


def test_a_problem_of_a_whole_file_stands_at_its_first_line() -> None:
    (entry,) = report(problem())
    assert entry["location"]["lines"] == {"begin": 1}


def test_a_warning_weighs_less() -> None:
    assert report(problem(severity=Severity.WARNING))[0]["severity"] == "minor"


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_any_text_can_be_written_and_none_is_obeyed(text: str) -> None:
    (entry,) = report(problem(text, f"{text}.md"))
    assert entry["description"].isprintable()


def test_no_two_problems_share_a_fingerprint() -> None:
    found = [on_line(1), on_line(2), on_line(3, path="elsewhere/2026-11-trust-badge.md")]
    assert len({entry["fingerprint"] for entry in report(*found)}) == 3


@pytest.mark.parametrize(
    "other",
    [
        record("outcome", raw="# a line more\nownr: Post room"),
        record("outcome", raw="ownr: Post room", title="Another title", body="More.\n"),
    ],
)
def test_a_fingerprint_survives_edits_elsewhere_and_another_folder(other: str) -> None:
    before = problems({"hypotheses/a.md": record("outcome", raw="ownr: Post room")})
    after = problems({"content/outcomes/a.md": other})
    assert [e["fingerprint"] for e in report(*before)] == [e["fingerprint"] for e in report(*after)]


def test_a_fingerprint_holds_no_line_even_where_the_message_names_one() -> None:
    first = problems({"a.md": record("outcome", raw="tags: [x]\ntags: [y]")})
    again = problems({"a.md": record("outcome", raw="# more\ntags: [x]\ntags: [y]")})
    assert first[0].message != again[0].message
    assert fingerprint(first[0]) == fingerprint(again[0])
    assert fingerprint(first[0]).message == "`tags` is written twice; it stands on line … already"
