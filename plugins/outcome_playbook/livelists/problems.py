"""What is wrong with a live list, at its place in the file."""

from dataclasses import dataclass

from outcome_playbook.diagnostics import Problem, Severity, Span
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import NOTHING, Told


@dataclass(frozen=True, slots=True)
class ListProblem:
    """One thing that is wrong with a list. ``span`` is in the file, whose path is not known here.

    An error keeps the list from being shown; a warning does not.
    """

    rule: Rule
    message: Told
    help: Told
    span: Span
    label: Told = NOTHING
    severity: Severity = Severity.ERROR

    def at(self, path: str) -> Problem:
        """Return it as a problem of the file at a path."""
        return Problem(
            self.rule, self.severity, path, self.message, self.help, self.span, self.label
        )
