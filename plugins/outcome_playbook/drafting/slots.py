"""The slots of a record: each single value that a person can give, on a line or as an option."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from outcome_playbook import yaml12
from outcome_playbook.diagnostics import Problem, Severity, catalogue
from outcome_playbook.records import guesses
from outcome_playbook.records.blank import blank, is_list
from outcome_playbook.records.fields import Form, Names, parts_of
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.records.reading import read_record
from outcome_playbook.suggest import nearest

_LEFT_OUT = ("status", "aliases")
"""``status`` is asked for apart, and a new record has no earlier ids."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A value of a record: a field, or one inside a field as ``ship_if`` in ``decision_rule``.

    ``form`` is what is written there, as the reference says it, or ``choice`` or ``structure``.
    ``names`` says which kind an id names (``None`` in it: any), ``is_list`` that there may be
    several, ``needed`` that the field around it is nothing without it.
    """

    path: tuple[str, ...]
    form: str
    meaning: str
    example: str
    choices: tuple[str, ...] = ()
    names: Names | None = None
    is_list: bool = False
    needed: bool = False

    @property
    def field(self) -> str:
        """The field of the record that it is, or is part of."""
        return self.path[0]

    @property
    def name(self) -> str:
        """How it is written in a sentence and behind ``--set``: ``decision_rule.ship_if``."""
        return ".".join(self.path)

    @property
    def option(self) -> str:
        """The option of the command line: ``--decision-rule-ship-if``."""
        return f"--{'-'.join(self.path).replace('_', '-')}"

    @property
    def key(self) -> str:
        """The name of the option in Python."""
        return "__".join(self.path)

    @property
    def short_form(self) -> str | None:
        """The field of its own that a plain value stands for, in a list of such."""
        return _SHORT_FORMS.get(self.path)

    @property
    def is_written_out(self) -> bool:
        """Whether it takes fields of its own, too many for an option or a question."""
        return self.form == "structure"


@cache
def slots_of(kind: Kind) -> tuple[Slot, ...]:
    """Return the slots of a kind in the order of its model."""
    fields = MODELS[kind].model_fields.items()
    return tuple(
        slot for name, about in fields if name not in _LEFT_OUT for slot in _slots((name,), about)
    )


def _slots(path: tuple[str, ...], about: FieldInfo) -> Iterator[Slot]:
    parts = parts_of(about)
    inner = next((p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)), None)
    if inner is not None and not is_list(about):
        for name, its in inner.model_fields.items():
            yield from _slots((*path, its.alias or name), its)
        return
    closed = next((p for p in parts if isinstance(p, type) and issubclass(p, StrEnum)), None)
    form = next((str(p.words) for p in parts if isinstance(p, Form)), "text")
    names = next((p for p in parts if isinstance(p, Names)), None)
    if closed is not None:
        form = "choice"
    elif inner is not None:
        form = "structure"
        if short := _SHORT_FORMS.get(path):
            its = inner.model_fields[short]
            form = next(str(p.words) for p in parts_of(its) if isinstance(p, Form))
            names = next((p for p in parts_of(its) if isinstance(p, Names)), None)
    yield Slot(
        path,
        form,
        about.description or "",
        _example(about),
        tuple(map(str, closed or ())),
        names,
        is_list(about),
        about.is_required() and len(path) > 1,
    )


_SHORT_FORMS: dict[tuple[str, ...], str] = {("because",): "observation", ("guardrails",): "metric"}
"""Lists of fields of their own in which a plain value stands for one of them."""


def _example(about: FieldInfo) -> str:
    examples = about.examples or [""]
    first = examples[0][0] if isinstance(examples[0], list) and examples[0] else examples[0]
    return str(first).lower() if isinstance(first, bool) else str(first)


# Values ------------------------------------------------------------------------------------------


def read_value(slot: Slot, text: str) -> Any:
    """Return what a person typed as the value it stands for; the text itself where it is none.

    Line ends and blanks around and within a line are one space, for it was typed on one.
    """
    text = " ".join(text.split())
    if slot.form in ("number", "whole number", "fraction"):
        found = yaml12.parse(text).data
        return found if isinstance(found, int | float) and not isinstance(found, bool) else text
    if slot.form == "true or false":
        return {"true": True, "false": False}.get(guesses.yes_or_no(text) or "", text)
    if slot.form == "choice":
        word = text.lower().replace(" ", "_").replace("-", "_")
        return word if word in slot.choices else text
    if slot.is_written_out:
        parsed = yaml12.parse(text)
        return text if parsed.faults or parsed.data is None else parsed.data
    if slot.is_list and text.startswith(("[", "{")):
        written = _collection(text)
        return text if isinstance(written, dict) and not slot.short_form else written
    return text


def _collection(text: str) -> Any:
    """Return the list or the fields that a text is as YAML; the text where it only begins so."""
    parsed = yaml12.parse(text)
    return parsed.data if not parsed.faults and isinstance(parsed.data, list | dict) else text


def put(values: dict[str, Any], slot: Slot, value: Any) -> None:
    """Set the value of a slot; a list takes it in behind what it has."""
    inside = values
    for step in slot.path[:-1]:
        inside = inside.setdefault(step, {})
    last = slot.path[-1]
    if slot.is_list:
        more = value if isinstance(value, list) else [value]
        inside[last] = [*inside.get(last, []), *more]
    else:
        inside[last] = value


def fault_of(kind: Kind, slot: Slot, value: Any) -> tuple[str, str] | None:
    """Return what is wrong with a value and how to mend it; ``None`` where nothing is.

    Whether a record that it names exists is another question: see ``names.resolve``.
    """
    values: dict[str, Any] = {"title": "A title"}
    put(values, slot, value)
    try:
        data = blank(kind, values).encode()
    except UnicodeEncodeError:
        return f"`{slot.name}` holds a byte that is no letter", "type it again"
    problem = next(filter(_is_about_value, read_record("a.md", data).problems), None)
    return (str(problem.message), str(problem.help)) if problem else None


def _is_about_value(problem: Problem) -> bool:
    return problem.severity is Severity.ERROR and problem.rule is not catalogue.MISSING


def slot_named(kind: Kind, name: str) -> Slot | str:
    """Return the slot of a name behind ``--set``, or what is wrong with that name."""
    slots = {slot.name: slot for slot in slots_of(kind)}
    if name in slots:
        return slots[name]
    if name in ("status", "id"):
        return f"--set sets no `{name}`: give it with --{name}"
    if name == "kind":
        return "--set sets no `kind`: it is the first word, as in `playbook new outcome`"
    if name.startswith("x-"):
        return Slot((name,), "structure", "", "")
    inside = [slot for slot in slots if slot.startswith(f"{name}.")]
    if inside:
        return f"`{name}` has fields of its own: {', '.join(inside)}"
    near = nearest(name, slots)
    return f"`{name}` is not a field of {kind.with_article}" + (
        f"; did you mean `{near}`?" if near else ""
    )
