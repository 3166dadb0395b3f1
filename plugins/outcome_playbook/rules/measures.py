"""What may be a measure, and what may guard it."""

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.records.kinds import (
    HypothesisStatus,
    MetricStatus,
    OutcomeStatus,
    Value,
)
from outcome_playbook.records.models import Hypothesis, Metric, Outcome
from outcome_playbook.registry import Entry, Registry

_FIRST = (OutcomeStatus.DRAFT, HypothesisStatus.DRAFT)
_LIVE = (OutcomeStatus.ACTIVE, HypothesisStatus.TESTING)


def check(registry: Registry) -> None:
    """Check the measure of every outcome and hypothesis, and the guardrails beside it."""
    measured: list[Entry[Outcome] | Entry[Hypothesis]]
    measured = [*registry.outcomes, *registry.hypotheses]
    for entry in measured:
        metric = registry.find(entry.record.metric)
        if metric is not None and isinstance(metric.record, Metric):
            _check_activity(entry, metric)
            _check_trust(registry, entry, metric)
    for hypothesis in registry.hypotheses:
        _check_guardrails(registry, hypothesis)


def _check_activity(entry: Entry[Outcome] | Entry[Hypothesis], metric: Entry[Metric]) -> None:
    if metric.record.value is not Value.ACTIVITY:
        return
    entry.file.report(
        catalogue.ACTIVITY_METRIC,
        Severity.WARNING if entry.record.status in _FIRST else Severity.ERROR,
        told(
            "`%(metric)s` counts activity, so %(kind)s can't be measured by it",
            metric=metric.id,
            kind=entry.kind.with_article,
        ),
        told("measure what gets better for somebody; keep this one as a guardrail if it helps"),
        ("metric",),
        told("an activity metric"),
    )


def _check_trust(
    registry: Registry, entry: Entry[Outcome] | Entry[Hypothesis], metric: Entry[Metric]
) -> None:
    if entry.record.status not in _LIVE:
        return
    status = metric.record.status
    if status is MetricStatus.DEPRECATED:
        better = registry.find(metric.record.replaced_by)
        message = told("`%(metric)s` is deprecated", metric=metric.id)
        mend = told("choose another metric")
        if better:
            mend = told("measure by `%(id)s` (%(title)s)", id=better.id, title=better.title)
    elif status is MetricStatus.PROPOSED:
        message = told("`%(metric)s` is proposed, not approved", metric=metric.id)
        mend = told("have the metric approved first")
    else:
        return
    entry.file.report(catalogue.RETIRED_METRIC, Severity.WARNING, message, mend, ("metric",))


def _check_guardrails(registry: Registry, entry: Entry[Hypothesis]) -> None:
    measure = registry.find(entry.record.metric)
    for index, guardrail in enumerate(entry.record.guardrails):
        if measure is not None and registry.find(guardrail.metric) is measure:
            entry.file.report(
                catalogue.GUARDRAIL_IS_MEASURE,
                Severity.ERROR,
                told(
                    "`%(metric)s` is the measure and a guardrail at once",
                    metric=guardrail.metric,
                ),
                told("guard something that could get worse while the measure gets better"),
                ("guardrails", index, "metric"),
            )
