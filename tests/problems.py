"""Problems made for a test, and texts that a record or a file's name may hold."""

from outcome_playbook.diagnostics import Edit, Problem, Severity, Span, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import Told, told

PATH = "hypotheses/2026-11-trust-badge.md"
HOSTILE = (
    "two\nlines\r\nand more",
    "::error file=x::owned",
    "a,b:c=d%0A%25",
    "\u202egnp.exe",
    "\x1b[31m\x07\x9b2J",
    "##[error]owned",
    "[a](https://evil.example)",
    "x" * 300,
    "日本 😀 é",
    "\udcff",
)


def problem(
    message: str = "it is wrong",
    path: str = PATH,
    span: Span | None = None,
    *,
    rule: Rule = catalogue.WRONG_TYPE,
    severity: Severity = Severity.ERROR,
    mend: str | None = None,
) -> Problem:
    """Return a problem of one of the rules."""
    edit = Edit(span, mend) if span is not None and mend is not None else None
    words = Told(message, message, None)
    return Problem(rule, severity, path, words, told("mend it"), span, mend=edit)


def on_line(line: int, message: str = "it is wrong", path: str = PATH) -> Problem:
    """Return an error of the third to the seventh character of a line."""
    return problem(message, path, Span(line, 3, line, 8))
