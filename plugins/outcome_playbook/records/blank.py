"""The blank record: what a new file begins with, on the site and in the terminal.

What is known is filled in. What the status asks for and nobody gave stands empty, which the check
reports, so it is never merged unnoticed. What the statuses after it ask for stands as comments:
the file is short, says what comes next, and is as valid without them.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from outcome_playbook.diagnostics import Severity
from outcome_playbook.records.asks import asked
from outcome_playbook.records.fields import Form, parts_of
from outcome_playbook.records.kinds import (
    STATUSES,
    ExperimentStatus,
    HypothesisStatus,
    Kind,
    MetricStatus,
    OutcomeStatus,
)
from outcome_playbook.records.models import MODELS
from outcome_playbook.yaml12 import field

PROMPTS = {
    Kind.OUTCOME: "What is wrong today, and for whom it should get better.",
    Kind.METRIC: "What the number tells us, and what it leaves out.",
    Kind.HYPOTHESIS: "What makes us think so, in a sentence or two.",
    Kind.EXPERIMENT: "Who gets the change, who does not, and until when.",
}
"""What the body of a record of each kind begins with, for whoever faces an empty page."""

_PATHS: dict[Kind, tuple[StrEnum, ...]] = {
    Kind.OUTCOME: (OutcomeStatus.DRAFT, OutcomeStatus.ACTIVE),
    Kind.METRIC: (MetricStatus.PROPOSED, MetricStatus.APPROVED),
    Kind.HYPOTHESIS: (
        HypothesisStatus.DRAFT,
        HypothesisStatus.PROPOSED,
        HypothesisStatus.TESTING,
    ),
    Kind.EXPERIMENT: (
        ExperimentStatus.PLANNED,
        ExperimentStatus.RUNNING,
        ExperimentStatus.CONCLUDED,
    ),
}
"""The way most records go, as far as a status still asks for something."""

_NEEDED_WITH = {"target": ("target_date",)}
"""What the rules want beside a field, once that is there."""


def blank(
    kind: Kind,
    values: Mapping[str, Any] | None = None,
    status: str | None = None,
    body: str | None = None,
) -> str:
    """Return the text of a new record's file, with its line end.

    ``values`` are fields as front matter has them: text, numbers, dates, lists and mappings;
    those without a value count as not given. ``status`` is the kind's first by default. ``body``
    is what the record says; else a comment asks for it. Control characters in a value are the
    caller's to refuse: no front matter can hold them.
    """
    first: StrEnum = next(iter(STATUSES[kind]))
    status = str(status or (values or {}).get("status") or first)
    given = {name: value for name, value in (values or {}).items() if value is not None}
    model = MODELS[kind]
    needed = needs(kind, status, given)
    lines = [field("kind", str(kind))]
    for name, about in model.model_fields.items():
        if name == "status":
            lines.append(field("status", status))
        elif name in given:
            lines.append(field(name, _in_order(given[name], about)))
        elif name in needed or name == "title":
            lines.extend(_empty(name, about))
    own = (name for name in given if name not in model.model_fields and name != "kind")
    lines.extend(field(name, given[name]) for name in own)
    lines.extend(_next_steps(kind, status, {*given, *needed}, given))
    text = (body or "").strip() or f"<!-- {PROMPTS[kind]} -->"
    return f"---\n{''.join(lines)}---\n\n{text}\n"


def needs(kind: Kind, status: str, given: Mapping[str, Any]) -> list[str]:
    """Return the fields without which a record in ``status`` has an error, the title apart.

    Of two that would do, the first; none where the other is given. What is written down afterwards
    needs only what it could have had at any time.
    """
    afterwards = given.get("retrospective") is True
    names = [
        ask.fields[0]
        for ask in asked(kind, status)
        if ask.severity is Severity.ERROR
        and (ask.lasting or not afterwards)
        and not any(name in given for name in ask.fields)
    ]
    beside = (other for name in given for other in _NEEDED_WITH.get(name, ()))
    return [*names, *(name for name in beside if name not in given)]


def comes_next(kind: Kind, status: str) -> tuple[StrEnum, ...]:
    """Return the statuses that most records reach after ``status`` and that ask for more.

    Those of an experiment come one at a time: what it concludes nobody knows while it is planned.
    """
    path = _PATHS[kind]
    after = path[path.index(status) + 1 :] if status in path else _REJOINED.get((kind, status), ())
    return after[:1] if kind is Kind.EXPERIMENT else after


_REJOINED: dict[tuple[Kind, str], tuple[StrEnum, ...]] = {
    (Kind.OUTCOME, OutcomeStatus.PAUSED): (OutcomeStatus.ACTIVE,),
    (Kind.HYPOTHESIS, HypothesisStatus.PARKED): (HypothesisStatus.TESTING,),
    (Kind.EXPERIMENT, ExperimentStatus.REVIEW): (ExperimentStatus.CONCLUDED,),
}
"""Where a record beside the usual way comes back to it."""


def _next_steps(
    kind: Kind, status: str, written: set[str], given: Mapping[str, Any]
) -> Iterator[str]:
    fields = MODELS[kind].model_fields
    done = set(written)
    for later in (status, *comes_next(kind, status)):
        names = [
            name
            for ask in asked(kind, later)
            if not done.intersection(ask.fields) and ask.only_method in (None, given.get("method"))
            for name in (ask.fields[0], *_NEEDED_WITH.get(ask.fields[0], ()))
            if name not in done
        ]
        done.update(names)
        if not names:
            continue
        if later == status:
            yield "# These are advised; fill them in and take away the # in front:\n"
        else:
            yield f"# Before `status: {later}`, fill these in and take away the # in front:\n"
        for name in names:
            yield from (f"#{line}" for line in _empty(name, fields[name]))


def _empty(name: str, about: FieldInfo, indent: int = 0) -> Iterator[str]:
    """Yield a field without a value, its meaning behind it as a comment."""
    yield f"{' ' * indent}{about.alias or name}:  # {meaning(about)}\n"
    inner = next((p for p in parts_of(about) if _is_model(p)), None)
    if inner is not None and not indent and not is_list(about):
        for each, its in inner.model_fields.items():
            yield from _empty(each, its, indent + 2)


def meaning(about: FieldInfo) -> str:
    """Return what belongs into a field, in a few words: ``The metric that shows it (an id)``."""
    parts = parts_of(about)
    text = about.description or ""
    closed = next((p for p in parts if isinstance(p, type) and issubclass(p, StrEnum)), None)
    if closed is not None:
        return f"{text}: {', '.join(closed)}"
    form = next((part.words for part in parts if isinstance(part, Form)), "")
    hint = _HINTS.get(form, "")
    if is_list(about):
        hint = "one a line below, each behind `- `"
    return f"{text} ({hint})" if hint else text


_HINTS = {
    "id": "its id: the name of its file without .md",
    "date": "as in 2026-11-30",
    "number": "a number",
    "whole number": "a number",
    "true or false": "true or false",
}


def is_list(about: FieldInfo) -> bool:
    """Whether a field holds several values."""
    return bool(about.default == [])


def _in_order(value: Any, about: FieldInfo) -> Any:
    """Return fields inside a field in the order of their model."""
    inner = next((part for part in parts_of(about) if _is_model(part)), None)
    if inner is None or not isinstance(value, Mapping):
        return value
    names = [its.alias or name for name, its in inner.model_fields.items()]
    known = {name: value[name] for name in names if name in value}
    return known | {name: each for name, each in value.items() if name not in known}


def _is_model(part: Any) -> bool:
    return isinstance(part, type) and issubclass(part, BaseModel)
