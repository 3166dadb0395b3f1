"""What is wrong with the records, told through MkDocs so that ``--strict`` counts it."""

from collections.abc import Iterable
from logging import INFO, WARNING, LoggerAdapter
from typing import Any

from outcome_playbook.diagnostics import Problem, Severity, by_position, catalogue
from outcome_playbook.diagnostics.writers import printable
from outcome_playbook.settings import Settings


def log_problems(
    problems: Iterable[Problem], settings: Settings, log: "LoggerAdapter[Any]"
) -> None:
    """Log each problem on a line; errors count under ``--strict``, warnings as configured."""
    counted = (
        {Severity.ERROR, Severity.WARNING} if settings.strictness == "warning" else {Severity.ERROR}
    )
    for problem in by_position(problems):
        # MkDocs reports a broken link itself, when it meets it.
        if problem.severity is not Severity.NOTE and problem.rule is not catalogue.BROKEN_LINK:
            log.log(WARNING if problem.severity in counted else INFO, _line(problem))


def _line(problem: Problem) -> str:
    place = f":{problem.span.line}:{problem.span.column}" if problem.span else ""
    line = (
        f"{problem.path}{place}: {problem.severity}[{problem.code}] {problem.message}; "
        f"{problem.help}"
    )
    return printable(line)  # on one line: even a file's name may hold a line end
