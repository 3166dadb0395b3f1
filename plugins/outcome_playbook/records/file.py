"""A record's file as it was read: what it says, where it says it, and what is wrong with it."""

from dataclasses import dataclass, field

from outcome_playbook import editing
from outcome_playbook.diagnostics import Edit, Problem, Severity, Span
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import NOTHING, Told
from outcome_playbook.frontmatter import FrontMatter
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import Record
from outcome_playbook.yaml12 import Loc


@dataclass(slots=True)
class RecordFile:
    r"""One file of a records folder. ``record`` is ``None`` when its fields cannot be read.

    ``path`` is relative to the folder of ``mkdocs.yml``; ``id`` is the file's stem; ``title`` is
    the best that is known. ``renamed`` holds the fields that a misspelt one was meant to be, so
    that one slip is one problem. ``text`` is the whole text with ``\n`` as its line end, empty
    where the file is no text.
    """

    path: str
    id: str
    title: str
    kind: Kind | None = None
    record: Record | None = None
    front: FrontMatter = field(default_factory=FrontMatter)
    renamed: set[str] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    text: str = ""

    @property
    def earlier_ids(self) -> list[str]:
        """The aliases that are written, even in a record that cannot be read."""
        written = self.front.fields.get("aliases")
        return [str(alias) for alias in written] if isinstance(written, list) else []

    def has(self, name: str) -> bool:
        """Whether a field is written, even if its value or its name has a problem."""
        return (
            self.front.fields.get(name) is not None
            or name in self.renamed
            or self.has_fault((name,))
        )

    def has_fault(self, loc: Loc) -> bool:
        """Whether YAML itself is wrong at a value, so that something is written but unread."""
        return any(fault.loc == loc for fault in self.front.faults)

    def span_of(self, loc: Loc) -> Span | None:
        """Return the span of a value, or of the nearest value around it."""
        values = self.front.values
        return next((values[loc[:n]] for n in range(len(loc), 0, -1) if loc[:n] in values), None)

    def report(
        self,
        rule: Rule,
        severity: Severity,
        message: Told,
        help: Told,  # noqa: A002 - the name of the field it fills
        at: Loc | Span | None = None,
        label: Told = NOTHING,
        mend: str | None = None,
    ) -> None:
        """Add a problem of this file, at a value's way or at a span.

        ``mend`` is what is certainly meant in place of the whole span: a key, or a value that is
        text, a number or a date. It is written in the style of what stands there.
        """
        span = at if isinstance(at, Span) or at is None else self.span_of(at)
        edit = self._in_place_of(span, mend) if span and mend is not None else None
        self.problems.append(
            Problem(rule, severity, self.path, message, help, span, label, mend=edit)
        )

    def _in_place_of(self, span: Span, value: str) -> Edit | None:
        written = editing.text_at(self.text, span)
        new = editing.scalar(value, written)
        return None if not written or new is None else Edit(span, new, written)
