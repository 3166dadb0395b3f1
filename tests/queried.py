"""A playbook to ask, small enough to know by heart, on the first of November 2026."""

from datetime import date
from typing import Final

from outcome_playbook.flags import flags_of
from outcome_playbook.query import Evaluation
from outcome_playbook.registry import Registry
from outcome_playbook.settings import Settings
from tests.factories import path_of as at
from tests.factories import read, record

TODAY: Final = date(2026, 11, 1)

FILES: Final = {
    at("outcome", "whole"): record(
        "outcome", status="active", title="Answers in time", owner="Benefits desk"
    ),
    at("outcome", "part"): record(
        "outcome",
        status="draft",
        parent="whole",
        aliases=["former-part"],
        title="Fewer letters",
        owner="Ärzte am Ort",
        tags=["Letters", "health"],
    ),
    at("metric", "a-metric"): record(
        "metric",
        status="approved",
        review_by="2026-01-01",
        readings=[{"date": "2026-08-01", "value": 40}, {"date": "2026-10-22", "value": 42.5}],
    ),
    at("metric", "another-metric"): record("metric", value="activity"),
    at("hypothesis", "on-part"): record(
        "hypothesis",
        status="testing",
        outcome="former-part",
        prediction={"low": 1, "expected": 2, "high": 3, "confidence": 0.6},
    ),
    at("hypothesis", "on-whole"): record(
        "hypothesis", status="supported", outcome="whole", tags=["letters"]
    ),
    at("hypothesis", "on-nothing"): record("hypothesis", status="draft"),
    at("experiment", "late"): record(
        "experiment", status="running", hypothesis="on-part", owner="Ärzte am Ort"
    ),
    at("experiment", "soon"): record(
        "experiment", status="running", hypothesis="on-part", start="2026-10-20", end="2026-11-10"
    ),
    at("experiment", "done"): record(
        "experiment", status="concluded", hypothesis="on-whole", title="Crème brûlée"
    ),
    at("experiment", "past"): record(
        "experiment",
        status="concluded",
        hypothesis="on-whole",
        retrospective=True,
        conclusion="lost",
        start="2016-05",
        end="2016",
        results=[{"metric": "a-metric", "estimate": -3.5, "unit": "points"}],
        decision=None,
        related=["done", "whole"],
    ),
    at("experiment", "stray"): record("experiment", hypothesis="on-nothing", owner=None),
}


def evaluation_of(registry: Registry) -> Evaluation:
    """Return these records, ready to be asked on that day."""
    return Evaluation(registry, TODAY, flags_of(registry, TODAY, Settings()))


def registry() -> Registry:
    """Return the registry of the playbook."""
    return read(FILES)
