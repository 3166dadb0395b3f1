"""A change of one field of one record, or of a record as a whole: a value that says itself."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from outcome_playbook.changes.words import cut
from outcome_playbook.records.kinds import Kind

TITLE: Final = 100
"""Characters that are shown of a title."""


class What(StrEnum):
    """What happened to a record."""

    RENAMED = "renamed"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is different.

    ``id`` is the record's id now, or the last it had. ``kind`` is ``None`` where the file does not
    say it. ``field`` is the field that changed, ``None`` for a whole record; besides the fields of
    a record it is ``id`` (renamed), ``kind``, ``body`` (the text below the front matter),
    ``readable`` (true or false), ``file`` (the text of a file that was and is unreadable) or
    ``files`` (how many have the id).
    ``before`` and ``after`` are plain data, ``None`` for what was not there.

    In words: ``name`` of the record ``said``, as in "target" and " 14 → 10 days", without a name
    where what is said is about the whole. Nothing is said where another change says it too. All
    words are as they were contributed: whoever prints them sees to it that they only show.
    ``called_out`` is why somebody should look twice, empty where there is no reason.
    """

    id: str
    kind: Kind | None
    change: What
    field: str | None
    before: Any
    after: Any
    title: str
    name: str
    said: str
    called_out: str = ""

    @property
    def record(self) -> str:
        """The record in a line: ``experiment plain-language-letter``."""
        return f"{self.kind or 'file'} {self.id}"

    @property
    def line(self) -> str:
        """The change in a line of its own, such as ``target of outcome x 14 → 10 days``."""
        if self.change is What.RENAMED:
            return f"renamed {self.kind or 'file'} {self.said}: {cut(self.title, TITLE)}"
        if self.field is None:
            return f"{self.change_word} {self.record}: {cut(self.title, TITLE)} ({self.said})"
        if self.name:
            return f"{self.name} of {self.record}{self.said}"
        return f"{self.record}: {self.said}"

    @property
    def short(self) -> str:
        """The change where its record is named already: ``target 14 → 10 days``."""
        if self.change is What.RENAMED:
            return f"renamed {self.said}"
        if self.field is None:
            return f"{self.change_word}, {self.said}"
        return f"{self.name}{self.said}"

    @property
    def change_word(self) -> str:
        """What happened, as it is said of a record."""
        return "new" if self.change is What.ADDED else str(self.change)


def position(change: Change) -> tuple[Any, ...]:
    """Return what changes are sorted by: kind and record, then the record as a whole first."""
    kind = list(Kind).index(change.kind) if change.kind else len(Kind)
    return (kind, change.id, list(What).index(change.change))
