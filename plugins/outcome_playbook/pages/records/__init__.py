"""The page of each record, one module a kind."""

from collections.abc import Callable
from typing import Any

from outcome_playbook.pages.records import experiment, hypothesis, metric, outcome
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Entry

_OF_KIND: dict[Kind, Callable[[View, Entry[Any]], Any]] = {
    Kind.OUTCOME: outcome.page,
    Kind.METRIC: metric.page,
    Kind.HYPOTHESIS: hypothesis.page,
    Kind.EXPERIMENT: experiment.page,
}


def model_of(view: View, entry: Entry[Any]) -> Any:
    """Return what the page of a record shows, for the template of its kind."""
    return _OF_KIND[entry.kind](view, entry)
