"""Statuses that contradict each other: a hypothesis and its experiments."""

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import NOTHING, term, told
from outcome_playbook.records.kinds import (
    VERDICTS,
    Conclusion,
    ExperimentStatus,
    HypothesisStatus,
    Kind,
)
from outcome_playbook.records.models import Experiment, Hypothesis
from outcome_playbook.registry import Entry, Registry

ERROR, WARNING = Severity.ERROR, Severity.WARNING
_AT_WORK = (ExperimentStatus.RUNNING, ExperimentStatus.REVIEW)
_OPPOSITE = {
    HypothesisStatus.SUPPORTED: (
        Conclusion.LOST,
        told("the hypothesis is supported, and every concluded experiment on it lost"),
    ),
    HypothesisStatus.NOT_SUPPORTED: (
        Conclusion.WON,
        told("the hypothesis is not supported, and every concluded experiment on it won"),
    ),
}
_IS = {
    HypothesisStatus.DRAFT: told("draft"),
    HypothesisStatus.PROPOSED: told("proposed"),
    HypothesisStatus.SUPPORTED: told("supported"),
    HypothesisStatus.NOT_SUPPORTED: told("not supported"),
    HypothesisStatus.INCONCLUSIVE: told("inconclusive"),
    HypothesisStatus.PARKED: told("parked"),
    HypothesisStatus.DROPPED: told("dropped"),
}
"""What a hypothesis is said to be in each status but testing."""


def check(registry: Registry) -> None:
    """Check every hypothesis against its experiments.

    One that a broken experiment names is left alone: nobody knows yet what that would say.
    """
    named = (
        str(file.front.fields.get("hypothesis"))
        for file in registry.broken
        if file.kind is Kind.EXPERIMENT
    )
    unsure = {registry.aliases.get(id_, id_) for id_ in named}
    for hypothesis in registry.hypotheses:
        if hypothesis.id in unsure:
            continue
        experiments = registry.experiments_of(hypothesis.id)
        if hypothesis.record.status in VERDICTS:
            _check_verdict(hypothesis, experiments)
        elif hypothesis.record.status is HypothesisStatus.TESTING:
            _check_testing(hypothesis, experiments)
        else:
            _check_waiting(hypothesis, experiments)


def _check_verdict(hypothesis: Entry[Hypothesis], experiments: list[Entry[Experiment]]) -> None:
    status = hypothesis.record.status
    concluded = [e for e in experiments if e.record.status is ExperimentStatus.CONCLUDED]
    if not concluded:
        hypothesis.file.report(
            catalogue.VERDICT_WITHOUT_EVIDENCE,
            ERROR,
            told(
                "the hypothesis is %(status)s, and no experiment on it is concluded",
                status=_IS[status],
            ),
            told("conclude an experiment that tests it, or set `status: testing`"),
            ("status",),
        )
        return
    opposite, message = _OPPOSITE.get(status, (None, NOTHING))
    if opposite and all(e.record.conclusion is opposite for e in concluded):
        hypothesis.file.report(
            catalogue.STATUS_CONTRADICTION,
            ERROR,
            message,
            told("correct the status, or the conclusions"),
            ("status",),
        )


def _check_testing(hypothesis: Entry[Hypothesis], experiments: list[Entry[Experiment]]) -> None:
    if not any(e.record.status in _AT_WORK for e in experiments):
        hypothesis.file.report(
            catalogue.STATUS_CONTRADICTION,
            WARNING,
            told("the hypothesis is testing, and no experiment on it is running or in review"),
            told("start an experiment, or set the status to what is true"),
            ("status",),
        )


def _check_waiting(hypothesis: Entry[Hypothesis], experiments: list[Entry[Experiment]]) -> None:
    for experiment in experiments:
        if experiment.record.status in _AT_WORK:
            experiment.file.report(
                catalogue.STATUS_CONTRADICTION,
                WARNING,
                told(
                    _WAITING[experiment.record.status],
                    id=hypothesis.id,
                    status=_IS[hypothesis.record.status],
                ),
                told("set the hypothesis to `testing`, or stop the experiment"),
                ("status",),
            )


_WAITING = {
    ExperimentStatus.RUNNING: term(
        "the experiment is running, and its hypothesis `%(id)s` is %(status)s"
    ),
    ExperimentStatus.REVIEW: term(
        "the experiment is in review, and its hypothesis `%(id)s` is %(status)s"
    ),
}
