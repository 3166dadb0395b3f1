"""What the configuration says about the weight of rules: the last step after all of them."""

from collections.abc import Iterable, Mapping
from typing import Protocol

from outcome_playbook.diagnostics import Problem, Severity
from outcome_playbook.settings import Level


class _File(Protocol):
    problems: list[Problem]


def apply(files: Iterable[_File], levels: Mapping[str, Level]) -> None:
    """Weigh the problems of every file as the configuration says, by the codes of their rules."""
    if not levels:
        return
    for file in files:
        file.problems = [weighed(problem, levels) for problem in file.problems]


def weighed(problem: Problem, levels: Mapping[str, Level]) -> Problem:
    """Return a problem as the configuration weighs it.

    A note stays one: nobody asks a record that was written down afterwards for what it lacks.
    """
    level = levels.get(problem.code)
    if level is None or problem.severity is Severity.NOTE:
        return problem
    return problem.weighing(Severity(level.level))
