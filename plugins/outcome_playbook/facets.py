"""By what records are narrowed down: the values that each has in each facet.

One definition for the Explore page, the header's box and the links that lead to a view of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from outcome_playbook.flags import Flag
from outcome_playbook.records.kinds import ExperimentStatus, Kind
from outcome_playbook.records.models import Experiment, Hypothesis, Metric, Outcome
from outcome_playbook.registry import Entry, Registry

FACETS: Final = (
    "kind",
    "status",
    "conclusion",
    "outcome",
    "owner",
    "tag",
    "metric",
    "year",
    "flag",
)
"""The facets in the order in which they are shown; each is also a key of Explore's address."""

Values = dict[str, tuple[str, ...]]
"""The values of a record by facet: words of closed lists, ids, names, years. Never empty ones."""


def facets_of(registry: Registry, flags: Mapping[str, Flag]) -> dict[str, Values]:
    """Return the values of every record, by id. ``flags`` are those of the records, by id.

    An outcome and a metric are under themselves. An experiment is under the outcome of its
    hypothesis, and has the metric of that hypothesis and those it measured. A hypothesis has the
    years of its experiments, an outcome those of the work on it; a metric those of its readings.
    """
    years = years_of(registry)
    found: dict[str, Values] = {}
    for entry in registry.entries.values():
        record = entry.record
        flag = flags.get(entry.id)
        values: dict[str, Iterable[str]] = {
            "kind": [str(entry.kind)],
            "status": [str(record.status)],
            "conclusion": _conclusion(record),
            "outcome": _outcomes(registry, entry),
            "owner": [record.owner] if record.owner else [],
            "tag": record.tags,
            "metric": _metrics(registry, entry),
            "year": sorted(map(str, years[entry.id])),
            "flag": [str(flag.name)] if flag else [],
        }
        unique = {facet: tuple(dict.fromkeys(of)) for facet, of in values.items()}
        found[entry.id] = {facet: of for facet, of in unique.items() if of}
    return found


def _conclusion(record: Any) -> Iterator[str]:
    concluded = isinstance(record, Experiment) and record.status is ExperimentStatus.CONCLUDED
    if concluded and record.conclusion:
        yield str(record.conclusion)


def _outcomes(registry: Registry, entry: Entry[Any]) -> Iterator[str]:
    outcome = entry if entry.kind is Kind.OUTCOME else registry.outcome_of(entry)
    if outcome is not None:
        yield outcome.id


def _metrics(registry: Registry, entry: Entry[Any]) -> Iterator[str]:
    record = entry.record
    if isinstance(record, Metric):
        yield entry.id
    elif isinstance(record, Outcome | Hypothesis):
        yield from _known(registry, [record.metric])
    elif isinstance(record, Experiment):
        above = registry.find(record.hypothesis)
        if above and isinstance(above.record, Hypothesis):
            yield from _known(registry, [above.record.metric])
        yield from _known(registry, (result.metric for result in record.results))


def _known(registry: Registry, metrics: Iterable[str | None]) -> Iterator[str]:
    """Yield the present ids of the metrics that are named."""
    for id_ in metrics:
        found = registry.find(id_)
        if found and found.kind is Kind.METRIC:
            yield found.id


def years_of(registry: Registry) -> dict[str, set[int]]:
    """Return the years in which something happens on each record, by id."""
    years: dict[str, set[int]] = {id_: set() for id_ in registry.entries}
    for experiment in registry.experiments:
        years[experiment.id].update(_of_experiment(experiment.record))
    for hypothesis in registry.hypotheses:
        for below in registry.experiments_of(hypothesis.id):
            years[hypothesis.id] |= years[below.id]
    for outcome in registry.outcomes:
        for work in registry.hypotheses_of(outcome.id):
            years[outcome.id] |= years[work.id]
    for metric in registry.metrics:
        years[metric.id].update(reading.date.year for reading in metric.record.readings)
    return years


_LONGEST: Final = 20  # years that an experiment can believably take


def _of_experiment(record: Experiment) -> Iterable[int]:
    last = record.last_day
    days = (record.start.first if record.start else None, last.last if last else None)
    years = sorted(day.year for day in days if day)
    if years and years[-1] - years[0] <= _LONGEST:
        return range(years[0], years[-1] + 1)  # one that it only ran through is one of its own
    return years  # nothing, or a slip such as 2062
