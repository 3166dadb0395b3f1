"""Problems as a Code Quality report, which GitLab shows in a merge request."""

from collections.abc import Sequence

from outcome_playbook.diagnostics.fingerprint import digests
from outcome_playbook.diagnostics.problem import Problem, Severity
from outcome_playbook.diagnostics.writers.printable import dumped, printable

_SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.NOTE: "info"}


def as_gitlab(problems: Sequence[Problem], prefix: str = "") -> str:
    """Return the report as JSON. Its paths begin at the top of the repository.

    ``prefix`` is the path of the playbook's folder in its repository, empty or with a slash at its
    end. A problem of a whole file stands at its first line.
    """
    return dumped(
        [
            {
                "description": printable(f"{problem.message}; {problem.help}"),
                "check_name": f"{problem.code} {problem.rule.name}",
                "fingerprint": digest,
                "severity": _SEVERITIES[problem.severity],
                "location": {
                    "path": f"{prefix}{problem.path}",
                    "lines": {"begin": problem.span.line if problem.span else 1},
                },
            }
            for problem, digest in zip(problems, digests(problems), strict=True)
        ]
    )
