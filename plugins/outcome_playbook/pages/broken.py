"""The error card: what stands where a record would be."""

import re
from dataclasses import dataclass

from outcome_playbook.diagnostics import Problem, Severity
from outcome_playbook.pages.view import View
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import Kind


@dataclass(frozen=True, slots=True)
class ErrorCard:
    """The problems of one file, for a reader who can mend them. ``problems`` are never notes."""

    path: str
    problems: list[Problem]
    hides_the_record: bool


def card(_: View, file: RecordFile) -> ErrorCard:
    """Return the card of a file that is no record."""
    return ErrorCard(file.path, _shown(file), hides_the_record=True)


def card_above(file: RecordFile) -> ErrorCard | None:
    """Return the card that stands above a record which has errors and can be shown all the same."""
    shown = _shown(file)
    if not any(problem.severity is Severity.ERROR for problem in shown):
        return None
    return ErrorCard(file.path, shown, hides_the_record=False)


def _shown(file: RecordFile) -> list[Problem]:
    return [problem for problem in file.problems if problem.severity is not Severity.NOTE]


def key_of(file: RecordFile) -> str:
    """Return where the card's page is: at the record's own address, as far as that is known."""
    slug = re.sub(r"[^a-z0-9]+", "-", file.id.lower()).strip("-") or "unnamed"
    kind = file.kind or (Kind.OUTCOME if "outcomes/" in file.path else None)
    kind = kind or (Kind.METRIC if "metrics/" in file.path else Kind.HYPOTHESIS)
    return f"{kind.plural}/{slug}"
