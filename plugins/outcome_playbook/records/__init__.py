"""The four kinds of records: their fields, their statuses, and how a mapping becomes one."""

from outcome_playbook.records.kinds import (
    Conclusion,
    ExperimentStatus,
    HypothesisStatus,
    Kind,
    MetricStatus,
    OutcomeStatus,
)
from outcome_playbook.records.models import (
    MODELS,
    Arm,
    Experiment,
    Hypothesis,
    Metric,
    Outcome,
    Record,
    Result,
)

__all__ = [
    "MODELS",
    "Arm",
    "Conclusion",
    "Experiment",
    "ExperimentStatus",
    "Hypothesis",
    "HypothesisStatus",
    "Kind",
    "Metric",
    "MetricStatus",
    "Outcome",
    "OutcomeStatus",
    "Record",
    "Result",
]
