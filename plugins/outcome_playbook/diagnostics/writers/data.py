"""Problems as JSON for a program."""

from collections.abc import Iterable

from outcome_playbook.diagnostics.problem import Problem
from outcome_playbook.diagnostics.writers.printable import dumped


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON list of ``{code, severity, path, line, column, …, message, help, fixable}``.

    Lines and columns count from 1, the end is exclusive, an unknown position is ``null``.
    """
    return dumped([_as_dict(problem) for problem in problems])


def _as_dict(problem: Problem) -> dict[str, str | int | bool | None]:
    span = problem.span
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "path": problem.path,
        "line": span.line if span else None,
        "column": span.column if span else None,
        "end_line": span.end_line if span else None,
        "end_column": span.end_column if span else None,
        "message": problem.message,
        "help": problem.help,
        "fixable": problem.mend is not None,
    }
