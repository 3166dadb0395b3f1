"""Statuses that contradict each other: a hypothesis and its experiments."""

from outcome_playbook.diagnostics import Severity, catalogue
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
    HypothesisStatus.SUPPORTED: Conclusion.LOST,
    HypothesisStatus.NOT_SUPPORTED: Conclusion.WON,
}


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


def _words(status: str) -> str:
    return status.replace("_", " ")


def _check_verdict(hypothesis: Entry[Hypothesis], experiments: list[Entry[Experiment]]) -> None:
    status = hypothesis.record.status
    concluded = [e for e in experiments if e.record.status is ExperimentStatus.CONCLUDED]
    if not concluded:
        hypothesis.file.report(
            catalogue.VERDICT_WITHOUT_EVIDENCE,
            ERROR,
            f"the hypothesis is {_words(status)}, and no experiment on it is concluded",
            "conclude an experiment that tests it, or set `status: testing`",
            ("status",),
        )
        return
    opposite = _OPPOSITE.get(status)
    if opposite and all(e.record.conclusion is opposite for e in concluded):
        hypothesis.file.report(
            catalogue.STATUS_CONTRADICTION,
            ERROR,
            f"the hypothesis is {_words(status)}, and every concluded experiment on it {opposite}",
            "correct the status, or the conclusions",
            ("status",),
        )


def _check_testing(hypothesis: Entry[Hypothesis], experiments: list[Entry[Experiment]]) -> None:
    if not any(e.record.status in _AT_WORK for e in experiments):
        hypothesis.file.report(
            catalogue.STATUS_CONTRADICTION,
            WARNING,
            "the hypothesis is testing, and no experiment on it is running or in review",
            "start an experiment, or set the status to what is true",
            ("status",),
        )


def _check_waiting(hypothesis: Entry[Hypothesis], experiments: list[Entry[Experiment]]) -> None:
    for experiment in experiments:
        if experiment.record.status in _AT_WORK:
            experiment.file.report(
                catalogue.STATUS_CONTRADICTION,
                WARNING,
                f"the experiment is {_where(experiment.record.status)}, "
                f"and its hypothesis `{hypothesis.id}` is {_words(hypothesis.record.status)}",
                "set the hypothesis to `testing`, or stop the experiment",
                ("status",),
            )


def _where(status: ExperimentStatus) -> str:
    return "in review" if status is ExperimentStatus.REVIEW else str(status)
