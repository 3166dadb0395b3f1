"""The error card: what stands where a record would be."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcome_playbook.diagnostics import Problem, Severity, by_position, catalogue
from outcome_playbook.diagnostics.writers import excerpt, printable
from outcome_playbook.pages import words
from outcome_playbook.pages.parts import Ref, Said, coded
from outcome_playbook.pages.urls import record_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import Kind

MOST = 30
"""A card shows so many problems and counts the rest."""


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of the file as it is printed, or the carets below one.

    ``number`` is ``None`` below a line and where lines are left out.
    """

    number: int | None
    text: str
    is_bad: bool = False
    is_caret: bool = False


@dataclass(frozen=True, slots=True)
class Mend:
    """A problem in words: where it is, what is wrong, why that matters, and how to mend it."""

    where: str
    message: Said
    help: Said
    why: str
    code: str
    is_error: bool


@dataclass(frozen=True, slots=True)
class ErrorCard:
    """The problems of one file, for a reader who can mend them. ``problems`` are never notes.

    ``more`` counts the problems that are not shown. ``has_body`` says whether the text below the
    front matter could be told from it.
    """

    path: str
    title: str
    place: str
    problems: list[Problem]
    source: tuple[SourceLine, ...]
    mends: tuple[Mend, ...]
    more: int
    hides_the_record: bool
    has_body: bool


@dataclass(frozen=True, slots=True)
class BrokenPage:
    """The page where a record would be: what it was meant to be, and its card."""

    home: Ref
    kind: str
    card: ErrorCard


def card(_: View, file: RecordFile) -> BrokenPage:
    """Return the page of a file that is no record."""
    kind = _kind_of(file)
    home = Kind.METRIC if kind is Kind.METRIC else Kind.OUTCOME
    return BrokenPage(
        Ref(home.plural, words.kinds(home)),
        words.kind(kind) if file.kind else "Record",
        _card(file, hides_the_record=True),
    )


def card_above(file: RecordFile) -> ErrorCard | None:
    """Return the card that stands above a record which has errors and can be shown all the same."""
    if not any(problem.severity is Severity.ERROR for problem in file.problems):
        return None
    return _card(file, hides_the_record=False)


def _card(file: RecordFile, *, hides_the_record: bool) -> ErrorCard:
    problems = by_position(p for p in file.problems if p.severity is not Severity.NOTE)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    shown = problems[:MOST]
    count = words.plural(errors, "%(number)s problem", "%(number)s problems")
    if hides_the_record:
        title = f"{count} {'keeps' if errors == 1 else 'keep'} this record from being shown"
    else:
        title = f"{count} in this record {'needs' if errors == 1 else 'need'} mending"
    unclosed = any(problem.rule is catalogue.UNCLOSED for problem in problems)
    return ErrorCard(
        path=printable(file.path),
        title=title,
        place=_place(problems),
        problems=problems,
        source=tuple(_source(file, shown)),
        mends=tuple(_mend(problem) for problem in shown),
        more=len(problems) - len(shown),
        hides_the_record=hides_the_record,
        has_body=bool(file.front.body.strip()) and not unclosed,
    )


def _place(problems: list[Problem]) -> str:
    """Return the lines in question: ", line 5" or ", lines 5 and 7"."""
    lines = sorted({problem.span.line for problem in problems if problem.span})
    if not lines:
        return ""
    if len(lines) == 1:
        return f", line {lines[0]}"
    if len(lines) > 6:  # noqa: PLR2004 - more are no help to the eye
        return f", {len(lines)} lines from {lines[0]} to {lines[-1]}"
    return f", lines {', '.join(map(str, lines[:-1]))} and {lines[-1]}"


def _mend(problem: Problem) -> Mend:
    return Mend(
        where=f"Line {problem.span.line}." if problem.span else "The file.",
        message=coded(words.sentence(printable(problem.message))),
        help=coded(words.sentence(printable(problem.help))),
        why=words.sentence(problem.rule.why),
        code=problem.code,
        is_error=problem.severity is Severity.ERROR,
    )


def _source(file: RecordFile, problems: list[Problem]) -> Iterator[SourceLine]:
    """Yield the lines in question with one line before and after each, and carets below."""
    lines = file.text.split("\n") if file.text else []
    at: dict[int, list[Problem]] = {}
    for problem in problems:
        if problem.span and problem.span.line <= len(lines):
            at.setdefault(problem.span.line, []).append(problem)
    around = {n for line in at for n in (line - 1, line, line + 1) if 1 <= n <= len(lines)}
    last_blank = len(lines) if lines and not lines[-1] else None
    previous = None
    for number in sorted(around - ({last_blank} - set(at))):
        if previous is not None and number > previous + 1:
            yield SourceLine(None, "…")
        previous = number
        source = lines[number - 1]
        found = at.get(number, [])
        if not found:
            yield SourceLine(number, excerpt(source, 1, 1)[0])
        above = None
        for problem in found:
            shown, carets = _pointed(source, problem)
            if shown != above:  # a long line is cut around each of its problems
                yield SourceLine(number, shown, is_bad=True)
            above = shown
            yield SourceLine(None, f"{carets} {printable(problem.label)}".rstrip(), is_caret=True)


def _pointed(source: str, problem: Problem) -> tuple[str, str]:
    span = problem.span
    if span is None:
        return source, ""
    end = span.end_column if span.end_line == span.line else len(source) + 1
    return excerpt(source, span.column, end)


def key_of(file: RecordFile) -> str:
    """Return where the card's page is: at the record's own address, as far as that is known."""
    return record_key(_kind_of(file), file.id)


def _kind_of(file: RecordFile) -> Kind:
    """Return what a file was meant to be, by its folder where it does not say."""
    kind = file.kind or (Kind.OUTCOME if "outcomes/" in file.path else None)
    return kind or (Kind.METRIC if "metrics/" in file.path else Kind.HYPOTHESIS)
