"""What is wrong with a live list, at its place in the file."""

from dataclasses import dataclass

from outcome_playbook.diagnostics import Problem, Severity, Span, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import NOTHING, Told
from outcome_playbook.query import Fault


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


def is_error(fault: Fault) -> bool:
    """Whether a fault of a query keeps its list from being shown."""
    # Records change: the last one of an owner may go, and no page is wrong because of it.
    return fault.rule is not catalogue.QUERY_NAME


def problem_of(fault: Fault, span: Span) -> ListProblem:
    """Return a fault of a query as a problem of the list, at its place in the file."""
    severity = Severity.ERROR if is_error(fault) else Severity.WARNING
    return ListProblem(fault.rule, fault.message, fault.help, span, fault.label, severity)
