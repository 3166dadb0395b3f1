"""A merge that nobody finished: both versions of a record stand in its file."""

from dataclasses import dataclass

from outcome_playbook.diagnostics import Span

_OURS, _BETWEEN, _THEIRS = "<<<<<<< ", "=======", ">>>>>>> "


@dataclass(frozen=True, slots=True)
class Unfinished:
    """The two sides of a merge, as git names them, and the marker at which they begin."""

    ours: str
    theirs: str
    begins: Span


def unfinished_merge(text: str) -> Unfinished | None:
    """Return the first place where a merge left both versions, ``None`` where there is none."""
    if _OURS not in text:
        return None
    ours, begins, parted = "", Span(1, 1, 1, 1), False
    for number, line in enumerate(text.split("\n"), start=1):
        if line.startswith(_OURS):
            ours, parted = line.removeprefix(_OURS).strip(), False
            begins = Span(number, 1, number, len(line) + 1)
        elif ours and line == _BETWEEN:
            parted = True
        elif parted and line.startswith(_THEIRS):
            return Unfinished(ours, line.removeprefix(_THEIRS).strip(), begins)
    return None
