"""Problems as text for a terminal."""

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from outcome_playbook.diagnostics.problem import Problem
from outcome_playbook.diagnostics.writers.printable import printable

SourceLines = Callable[[str], Sequence[str]]
"""The lines of a file by its path; an empty sequence when it cannot be read."""

_WIDTH = 100  # characters of a source line that are shown around the carets


def as_text(problems: Iterable[Problem], lines_of: SourceLines) -> Iterator[str]:
    """Yield one block of text a problem: message, place, source with carets, why and fix."""
    for problem in problems:
        yield "\n".join(_block(problem, lines_of))


def _block(problem: Problem, lines_of: SourceLines) -> Iterator[str]:
    yield f"{problem.severity}[{problem.code}]: {printable(problem.message)}"
    gutter = "  "
    if problem.span is None:
        yield f"  --> {printable(problem.path)}"
    else:
        span = problem.span
        yield f"  --> {printable(problem.path)}:{span.line}:{span.column}"
        gutter = " " * (len(str(span.line)) + 1)
        lines = lines_of(problem.path)
        if span.line <= len(lines):
            source = lines[span.line - 1]
            end = span.end_column if span.end_line == span.line else len(source) + 1
            shown, carets = excerpt(source, span.column, end)
            yield f"{gutter} |"
            yield f" {span.line} | {shown}".rstrip()
            yield f"{gutter} | {carets} {printable(problem.label)}".rstrip()
    yield f"{gutter} = why: {problem.rule.why}"
    yield f"{gutter} = fix: {printable(problem.help)}"


def excerpt(source: str, column: int, end_column: int) -> tuple[str, str]:
    """Return the part of a line that matters and the carets below it, both fit to print.

    A long line (one value may be a megabyte) is cut around the carets.
    """
    start = column - 1
    length = max(1, min(end_column, len(source) + 1) - column)
    cut = 0 if len(source) <= _WIDTH else max(0, min(start - 20, len(source) - _WIDTH))
    window = source[cut : cut + _WIDTH]
    lead, tail = ("…" if cut else ""), ("…" if cut + _WIDTH < len(source) else "")
    indent = lead + window[: start - cut]
    carets = "^" * _columns(window[start - cut : start - cut + length] or " ")
    return printable(lead + window + tail), " " * _columns(indent) + carets


def _columns(text: str) -> int:
    """Count terminal columns: wide letters take two, combining marks none."""
    return sum(
        0
        if unicodedata.category(c) in ("Mn", "Me")
        else 2
        if unicodedata.east_asian_width(c) in "WF"
        else 1
        for c in text
    )
