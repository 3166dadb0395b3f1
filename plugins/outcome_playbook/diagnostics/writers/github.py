"""Problems as workflow commands, which GitHub shows beside the lines of a change.

Of one step, GitHub shows ten errors and ten warnings, and of each the first 4,096 characters. The
whole listing stands in the log, folded.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from outcome_playbook.diagnostics.problem import Problem, Severity
from outcome_playbook.diagnostics.writers.printable import as_utf8, printable
from outcome_playbook.diagnostics.writers.text import SourceLines, as_text

MOST = 10
_LONGEST = 4000


def as_github(
    problems: Sequence[Problem], lines_of: SourceLines, token: str, prefix: str = ""
) -> Iterator[str]:
    """Yield the lines for the log of a step: the whole listing, then the annotations.

    ``prefix`` is the path of the playbook's folder in its repository, empty or with a slash at its
    end. ``token`` ends the stretch in which nothing is a command, whatever a record holds; nobody
    may guess it.
    """
    if not problems:
        return
    yield f"::group::The whole listing ({_number(len(problems), 'problem')})"
    yield f"::stop-commands::{token}"
    for block in as_text(problems, lines_of):
        yield as_utf8(f"{block}\n")
    yield f"::{token}::"
    yield "::endgroup::"
    for severity in (Severity.ERROR, Severity.WARNING):
        yield from _annotations(severity, [p for p in problems if p.severity is severity], prefix)


def _annotations(severity: Severity, problems: Sequence[Problem], prefix: str) -> Iterator[str]:
    if len(problems) <= MOST:
        for problem in problems:
            yield _command(severity, _title(problem), _place(problem, prefix), _said(problem))
        return
    files = [(path, list(found)) for path, found in groupby(problems, key=lambda p: p.path)]
    shown = files if len(files) <= MOST else files[: MOST - 1]
    for _, found in shown:
        yield _file(severity, found, prefix)
    if left := files[len(shown) :]:
        count = _number(sum(len(found) for _, found in left), str(severity))
        title = f"{count} in {_number(len(left), 'more file')}"
        named = "\n".join(f"{_path(path, prefix)} ({len(found)})" for path, found in left)
        yield _command(severity, title, {}, f"The log of this step lists them all.\n{named}")


def _file(severity: Severity, found: list[Problem], prefix: str) -> str:
    """Return the one annotation of a file, at the first of its problems."""
    if len(found) == 1:
        return _command(severity, _title(found[0]), _place(found[0], prefix), _said(found[0]))
    lines = (
        f"{f'line {p.span.line}: ' if p.span else ''}{p.code} {printable(p.message)}" for p in found
    )
    title = _number(len(found), str(severity))
    return _command(severity, title, _place(found[0], prefix), "\n".join(lines))


def _title(problem: Problem) -> str:
    return f"{problem.code} {problem.rule.name}"


def _said(problem: Problem) -> str:
    return f"{printable(problem.message)}\nfix: {printable(problem.help)}"


def _place(problem: Problem, prefix: str) -> dict[str, str | int]:
    place: dict[str, str | int] = {"file": _path(problem.path, prefix)}
    span = problem.span
    if span is None:
        return place
    place["line"] = span.line
    if span.end_line == span.line:  # GitHub knows columns within one line only
        place["col"] = span.column
    place["endLine"] = span.end_line
    if span.end_line == span.line:  # like the line, the last column is one of the stretch
        place["endColumn"] = max(span.column, span.end_column - 1)
    return place


def _path(path: str, prefix: str) -> str:
    return f"{prefix}{path}"


def _command(severity: Severity, title: str, place: dict[str, str | int], message: str) -> str:
    properties = ",".join(f"{k}={_property(str(v))}" for k, v in {**place, "title": title}.items())
    if len(message) > _LONGEST:
        message = f"{message[: _LONGEST - 1]}…"
    return as_utf8(f"::{severity} {properties}::{_data(message)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"
