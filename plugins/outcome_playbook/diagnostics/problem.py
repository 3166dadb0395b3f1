"""A problem is a value: it is collected and shown with the others, never raised."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import NOTHING, Told


class Severity(StrEnum):
    """How much a problem weighs."""

    ERROR = "error"
    """Exits 1 and counts under ``--strict``."""
    WARNING = "warning"
    """Is printed; fails a strict build only with ``strictness: warning``."""
    NOTE = "note"
    """Is shown on the record's page and nowhere else."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of a file. Lines and columns count from 1, in characters; the end is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def id_at(path: str) -> str:
    """Return the id of the record at a path: the stem of its file."""
    return path.rsplit("/", 1)[-1].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Edit:
    """What to write in place of a stretch of a file: the mend of a problem, where it is certain.

    ``was`` is what stands there, where whoever writes must find the same: ``None`` for anything.
    """

    span: Span
    text: str
    was: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with one file.

    ``path`` is relative to the folder of ``mkdocs.yml``, with forward slashes. ``message`` says
    what is wrong, ``help`` how to mend it, ``label`` is the short text behind the carets. All three
    are English, and can be told again in the language of a page. ``fields`` are those of which one
    is asked for, where that is what is wrong. ``mend`` is what ``check --fix`` writes, where there
    is no doubt what was meant. ``found_as`` is what the rule itself says it weighs, where the
    configuration or the baseline says otherwise; ``held_back`` says that it was the baseline.
    """

    rule: Rule
    severity: Severity
    path: str
    message: Told
    help: Told
    span: Span | None = None
    label: Told = NOTHING
    fields: tuple[str, ...] = ()
    mend: Edit | None = None
    found_as: Severity | None = None
    held_back: bool = False

    @property
    def code(self) -> str:
        """The stable code of the rule, such as ``PB012``."""
        return self.rule.code

    @property
    def by_rule(self) -> Severity:
        """What the rule itself says it weighs."""
        return self.found_as or self.severity

    @property
    def as_found(self) -> "Problem":
        """The problem as the rule weighs it."""
        return replace(self, severity=self.by_rule)

    def weighing(self, severity: Severity, *, held_back: bool = False) -> "Problem":
        """Return the problem with another weight, that of the rule kept beside it."""
        return replace(self, severity=severity, found_as=self.by_rule, held_back=held_back)


_START = Span(0, 0, 0, 0)


def by_position(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems as a reader meets them: by file, then position, then code."""
    return sorted(problems, key=lambda p: (p.path, p.span or _START, p.code, p.message))
