"""The weight of rules by the configuration: the check, the build and the pages of the site."""

from typing import Any

import pytest

from outcome_playbook.diagnostics import Severity
from outcome_playbook.rules.levels import weighed
from outcome_playbook.settings import Level, Settings, read_settings
from tests.factories import family, problems, record
from tests.problems import problem

ERROR = {"hypotheses/bad.md": record("outcome", raw="ownr: Post room")}
WARNING = {"hypotheses/thin.md": record("outcome", status="active", baseline=None)}
LINK = {"hypotheses/linked.md": record("outcome", body="[no](none.md)\n")}
NOTE = {"hypotheses/past.md": record("experiment", status="running", retrospective=True, end=None)}


def settings(**levels: str) -> Settings:
    options = {code: {"level": level, "reason": "so it is"} for code, level in levels.items()}
    found, wrong = read_settings({"severity": options})
    assert wrong == []
    assert found is not None
    return found


@pytest.mark.parametrize("level", ["error", "warning", "note"])
@pytest.mark.parametrize(
    ("files", "code"), [(ERROR, "PB012"), (WARNING, "PB041"), (LINK, "PB071")], ids=str
)
def test_a_rule_weighs_what_the_configuration_says(
    files: dict[str, str], code: str, level: Any
) -> None:
    found = problems(family("outcome", status="active") | files, settings(**{code: level}))
    assert [(p.code, str(p.severity)) for p in found] == [(code, level)]
    assert found[0].by_rule is problems(family("outcome", status="active") | files)[0].severity


def test_other_rules_weigh_what_they_did() -> None:
    found = problems(ERROR | WARNING, settings(PB012="note"))
    severities = {p.code: p.severity for p in found}
    assert (severities["PB012"], severities["PB041"]) == (Severity.NOTE, Severity.WARNING)


def test_what_a_rule_forgives_stays_forgiven() -> None:
    found = problems(family("experiment", status="running") | NOTE, settings(PB040="error"))
    assert {(p.code, p.severity) for p in found} == {("PB040", Severity.NOTE)}


def test_the_rules_own_word_is_kept_through_several_others() -> None:
    levels = {"PB016": Level(level="warning", reason="so it is")}
    twice = weighed(weighed(problem(), levels), levels).weighing(Severity.NOTE, held_back=True)
    assert (twice.severity, twice.by_rule, twice.held_back) == (Severity.NOTE, Severity.ERROR, True)
    assert twice.as_found.severity is Severity.ERROR
