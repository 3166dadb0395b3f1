"""Which other records a record names, and where. Each relation is stored on one side only."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import BaseModel

from outcome_playbook.records.fields import Names, parts_of
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import MODELS, Experiment, Hypothesis, Metric, Outcome, Record
from outcome_playbook.yaml12 import Data, Loc

_Named: TypeAlias = Iterator[tuple[Loc, str]]


@dataclass(frozen=True, slots=True)
class Reference:
    """A record names ``target`` in ``field``; ``kind`` is what the target must be, if anything."""

    field: str
    loc: Loc
    kind: Kind | None
    target: str


def references(record: Record) -> Iterator[Reference]:
    """Yield every id that a record names, in the order of its fields."""
    yield from _OF_KIND[record.kind](record)
    yield from _each("related", None, record.related)


def named(fields: Mapping[str, Data], kind: Kind | None) -> Iterator[tuple[Loc, str]]:
    """Yield each id that front matter names and where it is written, also of a broken record.

    Without a kind, the fields of every kind are looked at. What stands in no field yields nothing.
    """
    found: dict[Loc, str] = {}
    for model in [MODELS[kind]] if kind else MODELS.values():
        found |= dict(_named_in(fields, model, ()))
    yield from found.items()


def _named_in(data: Mapping[str, Data], model: type[BaseModel], loc: Loc) -> _Named:
    for name, field in model.model_fields.items():
        key = field.alias or name
        yield from _named_at(data.get(key), parts_of(field), (*loc, key))


def _named_at(value: Data, parts: list[Any], loc: Loc) -> _Named:
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from _named_at(item, parts, (*loc, index))
        return
    inner = next((p for p in parts if isinstance(p, type) and issubclass(p, BaseModel)), None)
    if inner is not None and isinstance(value, dict):
        yield from _named_in(value, inner, loc)
    elif isinstance(value, str):
        if inner is not None:  # the short form of a guardrail is its metric, the first field
            parts = parts_of(next(iter(inner.model_fields.values())))
        if any(isinstance(part, Names) for part in parts):
            yield loc, value.strip()


def _one(field: str, kind: Kind, target: str | None) -> Iterator[Reference]:
    if target is not None:
        yield Reference(field, (field,), kind, target)


def _each(field: str, kind: Kind | None, targets: list[str]) -> Iterator[Reference]:
    for index, target in enumerate(targets):
        yield Reference(field, (field, index), kind, target)


def _of_outcome(record: Outcome) -> Iterator[Reference]:
    yield from _one("parent", Kind.OUTCOME, record.parent)
    yield from _one("metric", Kind.METRIC, record.metric)


def _of_metric(record: Metric) -> Iterator[Reference]:
    yield from _one("replaced_by", Kind.METRIC, record.replaced_by)


def _of_hypothesis(record: Hypothesis) -> Iterator[Reference]:
    yield from _one("outcome", Kind.OUTCOME, record.outcome)
    yield from _one("metric", Kind.METRIC, record.metric)
    for index, guardrail in enumerate(record.guardrails):
        loc = ("guardrails", index, "metric")
        yield Reference("guardrails", loc, Kind.METRIC, guardrail.metric)
    yield from _each("supersedes", Kind.HYPOTHESIS, record.supersedes)


def _of_experiment(record: Experiment) -> Iterator[Reference]:
    yield from _one("hypothesis", Kind.HYPOTHESIS, record.hypothesis)
    for index, result in enumerate(record.results):
        yield Reference("results", ("results", index, "metric"), Kind.METRIC, result.metric)


_OF_KIND: dict[Kind, Callable[..., Iterator[Reference]]] = {
    Kind.OUTCOME: _of_outcome,
    Kind.METRIC: _of_metric,
    Kind.HYPOTHESIS: _of_hypothesis,
    Kind.EXPERIMENT: _of_experiment,
}
