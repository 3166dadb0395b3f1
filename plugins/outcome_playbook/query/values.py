"""What a record has in a field: written in it, derived, or in the records that it names."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from typing import Any, Final

from outcome_playbook.facets import years_of
from outcome_playbook.flags import Flag, FlagName
from outcome_playbook.query.conditions import Value
from outcome_playbook.query.fields import Plan, plan_of
from outcome_playbook.records.effects import estimates, headline
from outcome_playbook.records.kinds import ExperimentStatus, Kind, MetricStatus, OutcomeStatus
from outcome_playbook.records.models import Experiment, Hypothesis, Metric
from outcome_playbook.registry import Entry, Registry

Values = tuple[Value, ...]


class Reader:
    """Reads fields of the records of a registry, as they are on one day.

    What is read of a record because others name it is kept: thousands may name the same.
    """

    def __init__(self, registry: Registry, today: date, flags: Mapping[str, Flag]) -> None:
        self.registry = registry
        self.today = today
        self.flags = flags
        self._kept: dict[str, dict[str, Values]] = {}

    def values(self, entry: Entry[Any], name: str) -> Values:
        """Return each value of a field once, in the order in which they are written."""
        plan = plan_of(entry.kind, name)
        if plan is None:
            return ()
        found = self._first(entry, plan)
        if plan.is_count:
            return (sum(1 for _ in found),)
        if not plan.rest:
            return tuple(dict.fromkeys(found))
        ids = dict.fromkeys(map(str, found))
        return tuple(dict.fromkeys(value for id_ in ids for value in self._of(id_, plan)))

    def _of(self, id_: str, plan: Plan) -> Values:
        """Return what a record that another names has in the rest of a name."""
        kept = self._kept.setdefault(plan.rest, {})
        if id_ not in kept:
            entry = self.registry.entries.get(id_)
            fits = entry is not None and plan.leads_to in (None, entry.kind)
            kept[id_] = self.values(entry, plan.rest) if entry is not None and fits else ()
        return kept[id_]

    def _first(self, entry: Entry[Any], plan: Plan) -> Iterable[Any]:
        """Yield what the first step of a plan leads to."""
        if plan.is_inverse:
            return _INVERSES[entry.kind][plan.name](self.registry, entry.id)
        if plan.attributes:
            written = _pluck(entry.record, plan.attributes)
            return map(self._present_id, written) if plan.names else map(_plain, written)
        return self._derived(entry, plan.name)

    def _present_id(self, id_: str) -> str:
        found = self.registry.find(id_)
        return found.id if found else id_

    # What is derived ----------------------------------------------------------------------------

    def _derived(self, entry: Entry[Any], name: str) -> Iterator[Value]:
        flag = self.flags.get(entry.id)
        if name in _FLAGS:
            yield flag is not None and str(flag.name) == name
        elif name == "id":
            yield entry.id
        elif name == "kind":
            yield str(entry.kind)
        elif name == "path":
            yield entry.file.path
        elif name == "year":
            yield from sorted(self._years[entry.id])
        elif name == "days_late" and flag is not None and flag.days is not None:
            yield flag.days
        elif name in _DAYS:
            yield from _DAYS[name](entry.record, self.today)
        elif name == "latest_reading" and entry.record.latest_reading:
            yield entry.record.latest_reading.value
        elif name == "effect":
            yield from self._effect(entry)

    @cached_property
    def _years(self) -> Mapping[str, set[int]]:
        return years_of(self.registry)

    def _effect(self, entry: Entry[Experiment]) -> Iterator[float]:
        """Yield the effect that the page of an experiment leads with."""
        metrics: dict[str, Metric] = {}
        same: str | None = None
        primary = self.values(entry, "metric")
        for result in entry.record.results:
            found = self.registry.find(result.metric)
            if found is None or not isinstance(found.record, Metric):
                continue
            metrics[result.metric] = found.record
            if same is None and found.id in primary:
                same = result.metric
        told = headline(estimates(entry.record, metrics), same)
        if told is not None and told.value is not None:
            yield told.value


_FLAGS: Final = frozenset(map(str, FlagName))


def _pluck(record: Any, attributes: tuple[str, ...]) -> list[Any]:
    """Return what stands in a field, and in each of a list of groups."""
    found = [record]
    for name in attributes:
        inner: list[Any] = []
        for one in found:
            value = getattr(one, name)
            if isinstance(value, list):
                inner += value
            elif value is not None:
                inner.append(value)
        found = inner
    return found


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, str) else value


# Days ---------------------------------------------------------------------------------------------

_AT_WORK: Final = {
    *(OutcomeStatus.DRAFT, OutcomeStatus.ACTIVE, OutcomeStatus.PAUSED),
    *(MetricStatus.PROPOSED, MetricStatus.APPROVED),
    *(ExperimentStatus.PLANNED, ExperimentStatus.RUNNING),
}


def _age_days(record: Any, today: date) -> Iterator[int]:
    began: date | None = None
    if isinstance(record, Experiment):
        began = record.start.first if record.start else None
    elif isinstance(record, Metric):
        began = record.latest_reading.date if record.latest_reading else None
    if began is not None and began <= today:
        yield (today - began).days


def _days_left(record: Any, today: date) -> Iterator[int]:
    due = record.due
    if due is not None and due.last >= today and record.status in _AT_WORK:
        yield (due.last - today).days


_DAYS: Final[dict[str, Callable[[Any, date], Iterator[int]]]] = {
    "age_days": _age_days,
    "days_left": _days_left,
}


# Who names a record -------------------------------------------------------------------------------


def _ids(*found: Iterable[Entry[Any]]) -> list[str]:
    return sorted({entry.id for entries in found for entry in entries})


def _experiments_on(registry: Registry, hypotheses: Iterable[Entry[Hypothesis]]) -> list[str]:
    return _ids(*(registry.experiments_of(hypothesis.id) for hypothesis in hypotheses))


def _measured_by(registry: Registry, metric: str) -> list[str]:
    hypotheses = registry.naming(metric, "metric", Kind.HYPOTHESIS)
    results = registry.naming(metric, "results", Kind.EXPERIMENT)
    return sorted({*_ids(results), *_experiments_on(registry, hypotheses)})


_INVERSES: Final[dict[Kind, dict[str, Callable[[Registry, str], list[str]]]]] = {
    Kind.OUTCOME: {
        "hypotheses": lambda r, id_: _ids(r.hypotheses_of(id_)),
        "experiments": lambda r, id_: _experiments_on(r, r.hypotheses_of(id_)),
        "parts": lambda r, id_: _ids(r.children_of(id_)),
    },
    Kind.METRIC: {
        "outcomes": lambda r, id_: _ids(r.naming(id_, "metric", Kind.OUTCOME)),
        "hypotheses": lambda r, id_: _ids(r.naming(id_, "metric", Kind.HYPOTHESIS)),
        "experiments": _measured_by,
    },
    Kind.HYPOTHESIS: {"experiments": lambda r, id_: _ids(r.experiments_of(id_))},
}
