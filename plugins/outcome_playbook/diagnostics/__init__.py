"""What is wrong with a record: where, why, and how to mend it."""

from outcome_playbook.diagnostics.problem import Edit, Problem, Severity, Span, by_position

__all__ = ["Edit", "Problem", "Severity", "Span", "by_position"]
