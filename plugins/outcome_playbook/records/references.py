"""Which other records a record names, and where. Each relation is stored on one side only."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import Experiment, Hypothesis, Metric, Outcome, Record
from outcome_playbook.yaml12 import Loc


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
