"""The fields that can be asked for, from the models of the records: none is listed twice.

A name is a path: ``decision.action`` is a field in a group of a record, ``hypothesis.status`` one
of the record that another names, ``experiments.count`` counts those that name it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cache, lru_cache
from typing import Final, get_origin

from pydantic import BaseModel

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, either, term, told
from outcome_playbook.query.conditions import Fault, Field, FieldType
from outcome_playbook.query.titles import title_of, within
from outcome_playbook.records.fields import Names, parts_of
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.records.values import CoarseDay
from outcome_playbook.records.wording import in_words, short
from outcome_playbook.suggest import nearest

FARTHEST: Final = 3
"""A name leads over so many records at most."""

COUNT: Final = "count"


@dataclass(frozen=True, slots=True)
class Plan:
    """How the values of a ``field`` are reached from a record of one kind.

    They stand in the record at ``attributes``; without those they are derived, or the inverse of a
    reference, by ``name``. If they are ids (``names``), there may be a ``rest``: the field to read
    in the records of the kind ``leads_to``, or of any. ``is_count`` asks only how many there are.
    """

    field: Field
    name: str
    attributes: tuple[str, ...] = ()
    is_inverse: bool = False
    names: bool = False
    leads_to: Kind | None = None
    rest: str = ""
    is_count: bool = False


def _plan(field: Field, attributes: tuple[str, ...] = (), *, is_inverse: bool = False) -> Plan:
    names = field.type == "reference"
    return Plan(field, field.name, attributes, is_inverse, names, field.target)


# What a kind has of its own ----------------------------------------------------------------------

_ALL: Final = tuple(Kind)
_DATED: Final = (Kind.OUTCOME, Kind.METRIC, Kind.EXPERIMENT)

_DERIVED: Final[dict[str, tuple[tuple[Kind, ...], FieldType, str]]] = {
    "overdue": ((Kind.EXPERIMENT,), "yes_no", term("It runs past its end")),
    "undecided": (
        (Kind.EXPERIMENT,),
        "yes_no",
        term("Its end is past for longer than the patience, and there is no decision"),
    ),
    "silent": ((Kind.OUTCOME,), "yes_no", term("It is active, and nothing happens on it")),
    "stale": ((Kind.METRIC,), "yes_no", term("Nobody reviewed it in time")),
    "age_days": (
        (Kind.METRIC, Kind.EXPERIMENT),
        "number",
        term("Days since an experiment began, or since a metric was last read"),
    ),
    "days_left": (
        _DATED,
        "number",
        term("Days until it is due, while it is in work: end, target date or review"),
    ),
    "days_late": (_DATED, "number", term("Days since the day that it is overdue or silent from")),
    "effect": (
        (Kind.EXPERIMENT,),
        "number",
        term("The effect that speaks for it, in the unit that its page shows"),
    ),
    "latest_reading": ((Kind.METRIC,), "number", term("What was read last")),
    "year": (_ALL, "number", term("Each year in which something happened on it")),
    "path": (_ALL, "text", term("Where its file lies")),
}
"""By name: which kinds have it, what its values are, what it is."""

INVERSES: Final[dict[Kind, dict[str, Kind]]] = {
    Kind.OUTCOME: {
        "hypotheses": Kind.HYPOTHESIS,
        "experiments": Kind.EXPERIMENT,
        "parts": Kind.OUTCOME,
    },
    Kind.METRIC: {
        "outcomes": Kind.OUTCOME,
        "hypotheses": Kind.HYPOTHESIS,
        "experiments": Kind.EXPERIMENT,
    },
    Kind.HYPOTHESIS: {"experiments": Kind.EXPERIMENT},
    Kind.EXPERIMENT: {},
}
"""The records that name one of a kind: directly, or an experiment through its hypothesis."""

_INVERSE: Final = term("The records that name it")
_THROUGH: Final = ("outcome", "metric")
"""What an experiment has by its hypothesis, without saying so."""


@cache
def _own(kind: Kind) -> Mapping[str, Plan]:
    """Return the fields of a kind by name, those of groups too, in the order of its model."""
    kinds = (kind,)
    name_of_file = term("The name of its file, without `.md`")
    first = (
        Field("id", "reference", title_of("id"), kind, (), False, kinds, name_of_file),
        Field(
            "kind", "word", title_of("kind"), None, (str(kind),), False, kinds, term("What it is")
        ),
    )
    found = {field.name: _plan(field) for field in first}
    for plan in _of_model(MODELS[kind], kind, "", (), is_list=False):
        found[plan.field.name] = plan
    if kind is Kind.EXPERIMENT:
        for name in _THROUGH:
            field = replace(_own(Kind.HYPOTHESIS)[name].field, kinds=kinds)
            found[name] = replace(found["hypothesis"], field=field, rest=name)
    for name, (of, type_, meaning) in _DERIVED.items():
        if kind in of:
            field = Field(
                name, type_, title_of(name), is_list=name == "year", kinds=kinds, meaning=meaning
            )
            found[name] = _plan(field)
    for name, target in INVERSES[kind].items():
        field = Field(name, "reference", title_of(name), target, (), True, kinds, _INVERSE)
        found[name] = _plan(field, is_inverse=True)
    return found


def _of_model(
    model: type[BaseModel], kind: Kind, above: str, way: tuple[str, ...], *, is_list: bool
) -> Iterator[Plan]:
    for attribute, info in model.model_fields.items():
        name = f"{above}{info.alias or attribute}"
        parts = parts_of(info)
        several = is_list or get_origin(info.annotation) is list
        inner = next((p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)), None)
        if inner is not None:
            yield from _of_model(inner, kind, f"{name}.", (*way, attribute), is_list=several)
            continue
        names = next((part for part in parts if isinstance(part, Names)), None)
        closed = next((p for p in parts if isinstance(p, type) and issubclass(p, StrEnum)), None)
        field = Field(
            name,
            "reference" if names else "word" if closed else _type(parts),
            title_of(name),
            names.kind if names else None,
            tuple(map(str, closed)) if closed else (),
            several,
            (kind,),
            info.description or "",
        )
        yield _plan(field, (*way, attribute))


def _type(parts: list[object]) -> FieldType:
    if date in parts or CoarseDay in parts:
        return "date"
    if bool in parts:
        return "yes_no"
    return "number" if int in parts or float in parts else "text"


def _groups(kind: Kind) -> Mapping[str, bool]:
    """Return the names that stand for a group of fields, and whether there are several of each."""
    found: dict[str, bool] = {}
    for name, info in MODELS[kind].model_fields.items():
        parts = parts_of(info)
        if any(isinstance(part, type) and issubclass(part, BaseModel) for part in parts):
            found[name] = get_origin(info.annotation) is list
    return found


# Names as paths ----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Wrong:
    """What is wrong with a name, from which of its characters on. ``meant`` is what it may be."""

    start: int
    message: Told
    help: Told
    meant: str = ""
    is_unknown: bool = False


def read_field(name: str, kind: Kind | None) -> Field | Fault:
    """Return a field of a kind by its name, or what is wrong with it; of any kind with ``None``."""
    found = _merged(name, kind, FARTHEST, 0)
    if isinstance(found, Field):
        return found
    label = told("did you mean `%(meant)s`?", meant=found.meant) if found.meant else NOTHING
    return Fault(found.message, found.help, found.start, len(name), catalogue.QUERY_FIELD, label)


def field_table(kind: Kind | None) -> list[Field]:
    """Return the fields of a kind, without those of the records it names; ``None`` is all kinds.

    Those of a record of its own come first, then what is derived, then who names it.
    """
    names = dict.fromkeys(name for one in _kinds(kind) for name in _own(one))
    fields = (read_field(name, kind) for name in names)
    return [field for field in fields if isinstance(field, Field)]


@lru_cache(maxsize=4096)
def plan_of(kind: Kind, name: str) -> Plan | None:
    """Return how the field of this name is reached from a record of a kind, if it has one."""
    found = _resolved(name, kind, FARTHEST, 0)
    return found if isinstance(found, Plan) else None


def _kinds(kind: Kind | None) -> tuple[Kind, ...]:
    return (kind,) if kind else tuple(Kind)


@lru_cache(maxsize=4096)  # several kinds lead to the same, and thousands of lists ask for it
def _merged(name: str, kind: Kind | None, left: int, at: int) -> Field | _Wrong:
    """Return the field as the kinds that have it agree on it, or what is wrong."""
    kinds = _kinds(kind)
    found = [_resolved(name, one, left, at) for one in kinds]
    fields = [one.field for one in found if isinstance(one, Plan)]
    if not fields:
        wrong = [one for one in found if isinstance(one, _Wrong)]
        if kind is None and all(one.is_unknown and one.start == at for one in wrong):
            return _unknown(name, at, None, left)
        # Of several kinds, the one in which most of the name can be followed.
        return max(wrong, key=lambda one: (one.start, not one.is_unknown))
    first = fields[0]
    return replace(
        first,
        name=name,
        target=first.target if all(f.target is first.target for f in fields) else None,
        allowed=_joined([field.allowed for field in fields]),
        is_list=any(field.is_list for field in fields),
        kinds=tuple(dict.fromkeys(k for field in fields for k in field.kinds)),
    )


def _joined(lists: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the words of several lists once each, in an order that agrees with every list's own.

    Where the lists contradict each other, the first decides.
    """
    waiting = [list(words) for words in lists]
    found: list[str] = []
    while any(waiting):
        heads = [words[0] for words in waiting if words]
        later = {word for words in waiting for word in words[1:]}
        found.append(next((head for head in heads if head not in later), heads[0]))
        waiting = [[word for word in words if word != found[-1]] for words in waiting]
    return tuple(found)


def _resolved(name: str, kind: Kind, left: int, at: int) -> Plan | _Wrong:
    """Follow a name from a record of a kind; ``at`` is where it stands in the whole name."""
    own = _own(kind)
    if name in own:
        return own[name]
    groups = _groups(kind)
    if name in groups:
        return _a_group(name, kind, at)
    if name.removesuffix(f".{COUNT}") in groups:
        return _counted_group(name, kind, left, at)
    steps = name.split(".")
    for length in range(len(steps) - 1, 0, -1):
        head = ".".join(steps[:length])
        if head in own:
            return _through(own[head], name[len(head) + 1 :], kind, left, at)
    return _unknown(name, at, kind, left)


def _a_group(name: str, kind: Kind, at: int) -> _Wrong:
    inner = [one for one in _own(kind) if one.startswith(f"{name}.")]
    if _groups(kind)[name]:
        inner.append(f"{name}.{COUNT}")
    return _Wrong(
        at,
        told("`%(field)s` is a group of fields", field=name),
        told("write one of %(fields)s", fields=in_words(inner)),
    )


def _counted_group(name: str, kind: Kind, left: int, at: int) -> Plan | _Wrong:
    head = name.removesuffix(f".{COUNT}")
    if not _groups(kind)[head]:
        return _unknown(name, at, kind, left)
    field = Field(name, "number", title_of(head), kinds=(kind,), meaning=_HOW_MANY)
    return Plan(field, name, (head,), is_count=True)


_HOW_MANY: Final = term("How many there are")


def _through(plan: Plan, rest: str, kind: Kind, left: int, at: int) -> Plan | _Wrong:
    """Follow a name through the value of a field, to what it counts or leads to."""
    head, of = plan.field.name, plan.field
    name, here = f"{head}.{rest}", at + len(head) + 1
    if rest == COUNT and of.is_list:
        field = Field(name, "number", of.title, kinds=(kind,), meaning=_HOW_MANY)
        return replace(plan, field=field, is_count=True)
    if wrong := _ends_here(of, left, here):
        return wrong
    inner = _merged(rest, of.target, left - 1, here)
    if isinstance(inner, _Wrong):
        return replace(inner, meant=f"{head}.{inner.meant}") if inner.meant else inner
    if _is_inverse(rest, of.target):
        return _Wrong(
            here,
            told("`%(field)s` are several records, and can only be counted here", field=rest),
            told("write `%(field)s.count`", field=name),
        )
    field = replace(
        inner,
        name=name,
        title=within(of.title, inner.title),
        is_list=of.is_list or inner.is_list,
        kinds=(kind,),
    )
    return replace(plan, field=field, rest=f"{plan.rest}.{rest}" if plan.rest else rest)


def _ends_here(field: Field, left: int, at: int) -> _Wrong | None:
    """Return why a name cannot go on after a field, if it cannot."""
    if field.type != "reference" or field.name == "id":
        return _Wrong(
            at,
            told("`%(field)s` leads to no other record", field=field.name),
            told("end the name after `%(field)s`", field=field.name),
        )
    if left == 0:
        return _Wrong(
            at,
            told("a name leads over %(count)s records at most", count=FARTHEST),
            told("ask the record that is nearer for its own fields"),
        )
    # Else a hostile name could ask every record for all others.
    if field.is_list and left < FARTHEST:
        return _Wrong(
            at,
            told(
                "`%(field)s` are several records, and none can be followed here", field=field.name
            ),
            told("count them: `%(field)s.count`", field=field.name),
        )
    return None


def _is_inverse(name: str, kind: Kind | None) -> bool:
    return any(name in INVERSES[one] for one in _kinds(kind))


def _unknown(name: str, at: int, kind: Kind | None, left: int) -> _Wrong:
    """Say that no such field is there, and which is likely meant."""
    own = dict.fromkeys(field for one in _kinds(kind) for field in _names(one))
    allowed = in_words(dict.fromkeys(field.split(".")[0] for field in own))
    message = told("`%(field)s` is no field of any record", field=short(name))
    mend = told("write one of %(fields)s", fields=allowed)
    if kind is not None:
        message = told(
            "`%(field)s` is no field of %(owner)s", field=short(name), owner=kind.with_article
        )
        others = [other.with_article for other in Kind if name in _names(other)]
        if others:
            message = told(
                "%(problem)s; it is one of %(kinds)s", problem=message, kinds=either(others)
            )
            return _Wrong(at, message, mend, is_unknown=True)
    meant = _mended(name, kind, left) or nearest(name, own) or ""
    if meant and kind is None:
        mend = told("write `%(meant)s`", meant=meant)
    elif meant:
        mend = told("write `%(meant)s`, or another of %(fields)s", meant=meant, fields=allowed)
    return _Wrong(at, message, mend, meant, is_unknown=True)


def _mended(name: str, kind: Kind | None, left: int) -> str:
    """Return a name that leads on and of which a step is misspelt, each step as it is likely meant.

    There is none where the first step is near no field that leads on, or the rest near nothing.
    """
    head, dot, rest = name.partition(".")
    plans = (plan for one in _kinds(kind) for plan in _own(one).values())
    leading = {plan.field.name: None for plan in plans if plan.names and "." not in plan.field.name}
    near = nearest(head, leading) if dot else None
    if near is None or near == head:
        return ""
    found = _merged(f"{near}.{rest}", kind, left, 0)
    return found.name if isinstance(found, Field) else found.meant


def _names(kind: Kind) -> list[str]:
    """Return every name of a field of a kind that leads to no other record."""
    counted = [name for name, plan in _own(kind).items() if plan.field.is_list]
    return [*_own(kind), *(f"{name}.{COUNT}" for name in (*_groups(kind), *counted))]
