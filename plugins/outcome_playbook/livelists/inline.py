"""Reads the inline form: a number in a sentence."""

from typing import Final

from outcome_playbook.diagnostics import Span, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.livelists.finding import Inline
from outcome_playbook.livelists.problems import ListProblem, is_error, problem_of
from outcome_playbook.query import Asked, Fault, read_where
from outcome_playbook.registry import Registry

_WRITE_COUNT: Final = told("write `{{ playbook.count(kind = experiment and status = running) }}`")


def read_inline(
    inline: Inline, line: int, registry: Registry | None = None
) -> tuple[Asked | None, list[ListProblem]]:
    """Return what the inline form on a line counts, and what is wrong with it."""
    if inline.where is None or not inline.where.strip():
        span = Span(line, inline.start + 1, line, inline.end + 1)
        message = told("a number in a sentence needs a query in brackets and two braces around it")
        return None, [ListProblem(catalogue.LIST_UNREADABLE, message, _WRITE_COUNT, span)]
    asked, faults = read_count(inline.where, registry)
    start = inline.where_start + 1
    return asked, [
        problem_of(fault, Span(line, start + fault.start, line, start + fault.end))
        for fault in faults
    ]


def read_count(
    where: str, registry: Registry | None = None
) -> tuple[Asked | None, tuple[Fault, ...]]:
    """Return what the inline form asks to be counted, and the faults of its query."""
    condition, faults = read_where(where, None, registry)
    return (None if any(map(is_error, faults)) else Asked(where=condition)), tuple(faults)
