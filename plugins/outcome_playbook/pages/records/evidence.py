"""What the experiments on an outcome have shown, and which have shown nothing yet."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcome_playbook.pages.figures.forest import Line
from outcome_playbook.pages.parts import Ref, Said, ref
from outcome_playbook.pages.records.common import named
from outcome_playbook.pages.records.experiments import canonical, due, effects
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import ExperimentStatus
from outcome_playbook.records.models import Experiment, Metric
from outcome_playbook.registry import Entry

_WITHOUT = (ExperimentStatus.PLANNED, ExperimentStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An experiment without figures, and what is known of it instead."""

    ref: Ref
    said: Said


def evidence(
    view: View, experiments: list[Entry[Experiment]], metric: Entry[Metric] | None
) -> list[Line]:
    """Return the effects that experiments report, those on the outcome's metric first.

    Where a source reports an effect, what could be computed from its rounded rates is left to the
    experiment's page.
    """
    lines: list[tuple[bool, Line]] = []
    for entry in experiments:
        found = [e for e in effects(view, entry) if e.value is not None]
        reported = {e.metric for e in found if not e.is_computed}
        for effect in found:
            if effect.is_computed and effect.metric in reported:
                continue
            on = (*named(view, effect.metric, ""),)
            below: tuple[Said, ...] = (on, (effect.arm,)) if effect.arm else (on,)
            elsewhere = metric is None or canonical(view, effect.metric) != metric.id
            lines.append((elsewhere, Line((ref(entry),), below, effect)))
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def waiting(experiments: list[Entry[Experiment]]) -> Iterator[Waiting]:
    """Yield the experiments that are or were at work and have no figure."""
    for entry in experiments:
        record = entry.record
        if record.results or record.status in _WITHOUT:
            continue
        yield Waiting(ref(entry), (record.no_results,) if record.no_results else due(record))
