"""Group and count. Every total is the number of records behind it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from outcome_playbook.records.kinds import ExperimentStatus, Kind
from outcome_playbook.records.models import Experiment, Hypothesis, Outcome
from outcome_playbook.registry import Entry, Registry


@dataclass(frozen=True, slots=True)
class Work:
    """The hypotheses of one or more outcomes and the experiments on them, each once."""

    hypotheses: tuple[Entry[Hypothesis], ...]
    experiments: tuple[Entry[Experiment], ...]

    def hypotheses_by_status(self) -> dict[str, int]:
        """Count the hypotheses by status; a status that none has is left out."""
        return count_by_status(self.hypotheses)

    def experiments_by_status(self) -> dict[str, int]:
        """Count the experiments by status; a status that none has is left out."""
        return count_by_status(self.experiments)

    def conclusions(self) -> dict[str, int]:
        """Count the concluded experiments by conclusion."""
        return _count(
            str(entry.record.conclusion)
            for entry in self.experiments
            if entry.record.status is ExperimentStatus.CONCLUDED and entry.record.conclusion
        )


@dataclass(frozen=True, slots=True)
class OutcomeRollup:
    """An outcome with its own work, and with that of its descendants."""

    outcome: Entry[Outcome]
    own: Work
    with_children: Work


def _count(words: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(words).items()))


def count_by_status(entries: Iterable[Entry[Any]]) -> dict[str, int]:
    """Count records by status; a status that none has is left out."""
    return _count(str(entry.record.status) for entry in entries)


def work_on(registry: Registry, outcomes: Iterable[str]) -> Work:
    """Return the hypotheses of these outcomes and their experiments, each once, by id."""
    hypotheses = {h.id: h for outcome in outcomes for h in registry.hypotheses_of(outcome)}
    experiments = {e.id: e for id_ in hypotheses for e in registry.experiments_of(id_)}
    return Work(
        tuple(hypotheses[id_] for id_ in sorted(hypotheses)),
        tuple(experiments[id_] for id_ in sorted(experiments)),
    )


def by_outcome(registry: Registry) -> dict[str, OutcomeRollup]:
    """Return the rollup of every outcome, by id."""
    return {
        entry.id: OutcomeRollup(
            entry,
            work_on(registry, [entry.id]),
            work_on(registry, [below.id for below in registry.with_descendants(entry.id)]),
        )
        for entry in registry.outcomes
    }


def by_status(registry: Registry) -> dict[Kind, dict[str, list[str]]]:
    """Return the ids of the records of each kind by status; a status that none has is left out."""
    found: dict[Kind, dict[str, list[str]]] = {}
    for kind in Kind:
        groups: dict[str, list[str]] = {}
        for entry in registry.of_kind(kind):
            groups.setdefault(str(entry.record.status), []).append(entry.id)
        found[kind] = dict(sorted(groups.items()))
    return found
