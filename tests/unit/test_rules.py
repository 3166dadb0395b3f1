"""Every rule of the catalogue: a case that breaks it, and one nearby that does not."""

import os
from pathlib import Path
from typing import Any

import pytest

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.playbook import read_playbook
from outcome_playbook.settings import Settings
from tests.cases.reading import Case, cases, name_of, shown
from tests.factories import neighbours, record, write

CASES = cases("rules")
RULES = [rule for rule in vars(catalogue).values() if isinstance(rule, Rule)]


def found(root: Path, case: Case) -> list[dict[str, str]]:
    """Write the files of a case below ``root``, and return its problems, each with its file."""
    around = neighbours(*case["among"].split()) if "among" in case else {}
    encoding = case.get("encoding", "utf-8")
    files = {path: _text(spec).encode(encoding) for path, spec in case.get("files", {}).items()}
    write(root, {**around, **files})
    for path, target in case.get("links", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    for path in case.get("fifos", []):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / path)
    settings = Settings.model_validate(case.get("settings", {}))
    playbook = read_playbook(root, settings, "content")
    return [{"in": problem.path} | shown(problem) for problem in playbook.problems]


def _text(spec: str | dict[str, Any]) -> str:
    return spec if isinstance(spec, str) else record(**spec)


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_playbook_has_these_problems_and_no_others(case: Case, tmp_path: Path) -> None:
    assert found(tmp_path, case) == case["problems"]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_what_lies_nearby_breaks_no_rule(case: Case, tmp_path: Path) -> None:
    rest = {name: case[name] for name in ("among", "encoding", "settings") if name in case}
    assert found(tmp_path, rest | case["nearby"]) == case["nearby"].get("problems", [])


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_every_rule_has_a_case_that_breaks_it(rule: Rule) -> None:
    broken = {
        problem["at"][problem["at"].index("[") + 1 : problem["at"].index("]")]
        for case in CASES
        if case["rule"] == rule.name
        for problem in case["problems"]
    }
    assert rule.code in broken
