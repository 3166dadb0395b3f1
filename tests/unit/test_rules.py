"""Every rule of the catalogue: a case that breaks it, and one nearby that does not."""

from pathlib import Path

import pytest

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from tests.cases.reading import Case, cases, name_of, problems_of, shown

CASES = cases("rules")
RULES = [rule for rule in vars(catalogue).values() if isinstance(rule, Rule)]
BEYOND_A_CASE = (catalogue.ILLEGAL_STEP, catalogue.PAGE_TOO_LARGE)
TOLD_BY_FILES = [rule for rule in RULES if rule not in BEYOND_A_CASE]
"""All but what history or hundreds of records tell: see `test_since.py`, `test_livelists.py`."""


def found(root: Path, case: Case) -> list[dict[str, str]]:
    """Write the files of a case below ``root``, and return its problems, each with its file."""
    return [{"in": problem.path} | shown(problem) for problem in problems_of(root, case)]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_a_playbook_has_these_problems_and_no_others(case: Case, tmp_path: Path) -> None:
    assert found(tmp_path, case) == case["problems"]


@pytest.mark.parametrize("case", CASES, ids=name_of)
def test_what_lies_nearby_breaks_no_rule(case: Case, tmp_path: Path) -> None:
    rest = {name: case[name] for name in ("among", "encoding", "settings") if name in case}
    assert found(tmp_path, rest | case["nearby"]) == case["nearby"].get("problems", [])


@pytest.mark.parametrize("rule", TOLD_BY_FILES, ids=lambda rule: rule.name)
def test_every_rule_has_a_case_that_breaks_it(rule: Rule) -> None:
    broken = {
        problem["at"][problem["at"].index("[") + 1 : problem["at"].index("]")]
        for case in CASES
        if case["rule"] == rule.name
        for problem in case["problems"]
    }
    assert rule.code in broken
