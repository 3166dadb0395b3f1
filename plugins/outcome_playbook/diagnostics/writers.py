"""Problems as text for a terminal and as JSON for a program."""

import json
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from outcome_playbook.diagnostics.problem import Problem

SourceLines = Callable[[str], Sequence[str]]
"""The lines of a file by its path; an empty sequence when it cannot be read."""

_WIDTH = 100  # characters of a source line that are shown around the carets


def as_json(problems: Iterable[Problem]) -> str:
    """Return a JSON list of ``{code, severity, path, line, column, …, message, help}``.

    Lines and columns count from 1, the end is exclusive, an unknown position is ``null``.
    """
    text = json.dumps([_as_dict(problem) for problem in problems], ensure_ascii=False, indent=2)
    # The name of a file may hold bytes that are no text in any encoding.
    return text.encode("utf-8", "replace").decode("utf-8")


def _as_dict(problem: Problem) -> dict[str, str | int | None]:
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
    }


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


def printable(text: str) -> str:
    """Replace what a terminal would obey instead of show; a tab or a line end is one space."""
    if text.isprintable():
        return text
    return "".join(
        " " if c in "\t\n" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
    )


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
