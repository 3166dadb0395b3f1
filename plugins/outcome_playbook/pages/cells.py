"""What a record has in a field that can be asked for, in the words of the pages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from outcome_playbook.flags import FlagName
from outcome_playbook.pages import words
from outcome_playbook.pages.language import say, term_plural
from outcome_playbook.pages.listing import flag_of, fold
from outcome_playbook.pages.parts import (
    Code,
    Lozenge,
    Moment,
    Ref,
    Said,
    late,
    lozenge,
    maybe_ref,
    moment,
    owner_ref,
    ref,
    tag_refs,
)
from outcome_playbook.pages.records.experiments import headline
from outcome_playbook.pages.status import status_lozenge
from outcome_playbook.pages.view import View
from outcome_playbook.query import Field, Value
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import Experiment, Hypothesis, Metric, Outcome
from outcome_playbook.records.values import CoarseDay
from outcome_playbook.registry import Entry

_MOST_VALUES: Final = 6
"""A cell shows so many values and counts the rest."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What a record has in a field: lozenges, or what is ``said`` with a ``note`` in small."""

    head: str
    said: Said = ()
    lozenges: tuple[Lozenge, ...] = ()
    note: str = ""
    is_late: bool = False


def head_of(column: Field) -> str:
    """Return what stands above a column."""
    return words.translated(column.title)


def cell_of(view: View, entry: Entry[Any], column: Field, head: str) -> Cell:
    """Return what a record has in a column, whose ``head`` is known."""
    name = column.name
    if name == "title":
        return Cell(head, (ref(entry),))
    if name == "effect":
        effect = headline(view, entry) if isinstance(entry.record, Experiment) else None
        return Cell(head, (effect.with_unit,), note=effect.around) if effect else Cell(head)
    values = view.evaluation.value(entry, column)
    if name in _FLAGS and values == (True,):
        return Cell(head, (late(flag_of(view, entry)) or say("Yes"),), is_late=True)
    signs = [sign_of(column, value) for value in values]
    if signs and all(signs):
        return Cell(head, lozenges=tuple(sign for sign in signs if sign))
    owner = _owner_of(view, entry, name) if column.type == "number" else None
    return Cell(head, tuple(_listed(view, column, values, owner)))


_FLAGS = frozenset(map(str, FlagName))


def _listed(
    view: View, column: Field, values: Sequence[Value], owner: Entry[Any] | None
) -> Iterator["str | Ref | Moment | Code"]:
    shown, more = fold(values, _MOST_VALUES)
    for nth, value in enumerate(shown):
        if nth:
            yield ", "
        yield in_words(view, column, value, owner)
    if more:
        yield " "
        yield words.plural(len(more), *AND_MORE)


AND_MORE = term_plural("and %(number)s more", "and %(number)s more")


def sign_of(column: Field, value: Value) -> Lozenge | None:
    """Return the lozenge of a status or a conclusion, and nothing for any other value."""
    last = column.name.rpartition(".")[2]
    if column.type != "word" or not isinstance(value, str) or last not in ("status", "conclusion"):
        return None
    return status_lozenge(value) if last == "status" else lozenge(value)


def in_words(
    view: View, column: Field, value: Value, owner: Entry[Any] | None = None
) -> "str | Ref | Moment | Code":
    """Return a value in words. ``owner`` is the record that a number belongs to, if it is known."""
    if isinstance(value, str):
        return _worded(view, column, value)
    if isinstance(value, bool):
        return yes_no(value)
    if isinstance(value, date | CoarseDay):
        return moment(value)
    return _measured(view, column, value, owner)


def _worded(view: View, column: Field, value: str) -> "str | Ref | Code":
    last = column.name.rpartition(".")[2]
    found: str | Ref | Code | None = None
    if last in ("id", "path"):
        found = Code(value)
    elif column.type == "reference":
        found = maybe_ref(view, value) or Code(value)
    elif last == "owner":
        found = owner_ref(view, value)
    elif last == "tags":
        found = tag_refs(view, [value])[0]
    elif column.type == "word":
        found = words.kind(Kind(value)) if last == "kind" else words.known(value)
    return found or value


def yes_no(value: bool) -> str:
    """Return a value of a field that is true or not."""
    return say("Yes") if value else say("No")


def _measured(view: View, column: Field, value: float, owner: Entry[Any] | None) -> str:
    """Return a number with its unit, as far as it has one."""
    last = column.name.rpartition(".")[2]
    if last == "year":
        return str(int(value))
    if last in _DAYS:
        return words.with_unit(value, "days")
    unit = _unit(view, owner.record) if owner else None
    if last in _DIFFERENCES:
        return words.with_unit(value, words.difference_unit(unit), sign=True)
    return words.with_unit(value, unit if last in _LEVELS else None)


_DAYS = frozenset({"age_days", "days_left", "days_late"})
_LEVELS = frozenset({"baseline", "target", "latest_reading", "value"})
"""Numbers in the unit of a metric."""
_DIFFERENCES = frozenset({"low", "expected", "high"})
"""Numbers by which it differs."""


def _unit(view: View, record: Any) -> str | None:
    if isinstance(record, Outcome | Hypothesis):
        found = view.registry.find(record.metric)
        record = found.record if found else None
    return record.unit if isinstance(record, Metric) else None


def _owner_of(view: View, entry: Entry[Any], name: str) -> Entry[Any] | None:
    """Return the record that the last part of a field's name is a field of, if it is just one."""
    found: Entry[Any] | None = entry
    for step in name.split(".")[:-1]:
        record = found.record if found else None
        if isinstance(record, Experiment) and step in ("outcome", "metric"):
            above = view.registry.find(record.hypothesis)
            record = above.record if above else None
        value = getattr(record, step, None)
        if isinstance(value, str):
            found = view.registry.find(value)
        elif value is None:
            return None
    return found
