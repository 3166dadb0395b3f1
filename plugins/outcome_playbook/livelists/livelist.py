"""A live list as a value: what is asked, how it is shown, and what it is without being told."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from outcome_playbook.query import Asked, Field, read_field
from outcome_playbook.records.kinds import Kind

USUAL_ROWS: Final = 100
"""A list that says nothing of its length shows so many records."""

_COLUMNS: Final[dict[Kind | None, tuple[str, ...]]] = {
    None: ("title", "kind", "status", "owner"),
    Kind.OUTCOME: ("title", "status", "owner", "target_date"),
    Kind.METRIC: ("title", "status", "owner", "review_by"),
    Kind.HYPOTHESIS: ("title", "status", "outcome", "owner"),
    Kind.EXPERIMENT: ("title", "status", "conclusion", "end"),
}
"""The columns of a table that names none."""


class View(StrEnum):
    """How a list is shown."""

    TABLE = "table"
    LIST = "list"
    CARDS = "cards"
    BOARD = "board"
    COUNT = "count"
    STACK = "stack"


@dataclass(frozen=True, slots=True)
class LiveList:
    """A list as a block asks for it."""

    asked: Asked
    view: View

    @property
    def rows(self) -> int:
        """How many records it shows at most, or groups where it only counts."""
        return USUAL_ROWS if self.asked.limit is None else self.asked.limit

    @property
    def group(self) -> Field | None:
        """The field it is in groups by; a board has columns by status unless it says otherwise."""
        return self.asked.group or (_field("status") if self.view is View.BOARD else None)

    @property
    def grouped(self) -> Asked:
        """What is asked, by the field that the list is in groups by."""
        return replace(self.asked, group=self.group)

    @property
    def columns(self) -> tuple[Field, ...]:
        """The fields it shows. Without any named, that by which it is in groups is left out."""
        if self.asked.columns:
            return self.asked.columns
        names = ("title", "status") if self.view is View.LIST else _COLUMNS[self.asked.kind]
        group = self.group
        return tuple(_field(name) for name in names if group is None or name != group.name)


def _field(name: str) -> Field:
    found = read_field(name, None)
    if not isinstance(found, Field):  # these are names of our own
        raise TypeError(name)
    return found
