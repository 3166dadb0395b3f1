"""The error card: what stands where a record would be."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from outcome_playbook.diagnostics import Problem, Severity, by_position, catalogue
from outcome_playbook.diagnostics.told import Told
from outcome_playbook.diagnostics.writers import excerpt, printable
from outcome_playbook.pages import words
from outcome_playbook.pages.language import say
from outcome_playbook.pages.parts import Code, Ref, Said, coded, tell
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
    """A problem in words: where it is, what is wrong, how to mend it, and the rule behind it."""

    where: str
    message: Said
    help: Said
    rule: Said


@dataclass(frozen=True, slots=True)
class ErrorCard:
    """The problems of one file, for a reader who can mend them. ``problems`` are never notes.

    ``place`` names the file and the lines in question. ``more`` counts the problems that are not
    shown, if any. ``has_body`` says whether the text below the front matter could be told from it.
    """

    title: str
    place: Said
    problems: list[Problem]
    source: tuple[SourceLine, ...]
    mends: tuple[Mend, ...]
    more: Said
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
        words.kind(kind) if file.kind else say("Record"),
        _card(file, hides_the_record=True),
    )


def card_above(file: RecordFile) -> ErrorCard | None:
    """Return the card that stands above a record which has errors and can be shown all the same."""
    if not any(problem.severity is Severity.ERROR for problem in file.problems):
        return None
    return _card(file, hides_the_record=False)


def _card(file: RecordFile, *, hides_the_record: bool) -> ErrorCard:
    found = file.problems
    if hides_the_record:  # what keeps it from being read does so whatever it weighs here
        found = [problem.as_found for problem in found]
    problems = by_position(p for p in found if p.severity is not Severity.NOTE)
    errors = sum(problem.severity is Severity.ERROR for problem in problems)
    shown = problems[:MOST]
    if hides_the_record:
        title = words.plural(
            errors,
            "%(number)s problem keeps this record from being shown",
            "%(number)s problems keep this record from being shown",
        )
    else:
        title = words.plural(
            errors,
            "%(number)s problem in this record needs mending",
            "%(number)s problems in this record need mending",
        )
    unclosed = any(problem.rule is catalogue.UNCLOSED for problem in problems)
    return ErrorCard(
        title=title,
        place=_place(file, problems),
        problems=problems,
        source=tuple(source_lines(file.text.split("\n") if file.text else [], shown)),
        mends=tuple(mend(problem) for problem in shown),
        more=_more(len(problems) - len(shown)),
        hides_the_record=hides_the_record,
        has_body=bool(file.front.body.strip()) and not unclosed,
    )


def _place(file: RecordFile, problems: list[Problem]) -> Said:
    """Return the file and the lines in question: "a-record.md, lines 5 and 7."."""
    path = Code(printable(file.path))
    lines = [str(line) for line in sorted({p.span.line for p in problems if p.span})]
    if not lines:
        return tell("%(path)s.", path=path)
    if len(lines) == 1:
        return tell("%(path)s, line %(line)s.", path=path, line=lines[0])
    if len(lines) > 6:  # noqa: PLR2004 - more are no help to the eye
        return tell(
            "%(path)s, %(number)s lines from %(first)s to %(last)s.",
            path=path,
            number=words.number(len(lines)),
            first=lines[0],
            last=lines[-1],
        )
    return tell("%(path)s, lines %(lines)s.", path=path, lines=words.listed(lines))


def _more(count: int) -> Said:
    if not count:
        return ()
    return coded(
        words.plural(
            count,
            "And %(number)s more, which `playbook check` lists.",
            "And %(number)s more, which `playbook check` lists.",
        )
    )


def mend(problem: Problem) -> Mend:
    """Return a problem in words."""
    line = problem.span.line if problem.span else None
    return Mend(
        where=say("The file.") if line is None else say("Line %(line)s.", line=line),
        message=_sentence(problem.message),
        help=_sentence(problem.help),
        rule=_rule(problem),
    )


def _sentence(text: Told) -> Said:
    return coded(words.sentence(printable(words.translated(text))))


def _rule(problem: Problem) -> Said:
    code, why = Code(problem.code), words.sentence(words.translated(problem.rule.why))
    if problem.severity is Severity.ERROR:
        return tell("%(code)s: %(why)s", code=code, why=why)
    return tell("%(code)s, a warning: %(why)s", code=code, why=why)


def source_lines(lines: Sequence[str], problems: Iterable[Problem]) -> Iterator[SourceLine]:
    """Yield the lines in question with one line before and after each, and carets below."""
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
            label = printable(words.translated(problem.label))
            yield SourceLine(None, f"{carets} {label}".rstrip(), is_caret=True)


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
