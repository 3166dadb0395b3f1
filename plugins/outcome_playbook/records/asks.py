"""What each status asks for: one table, read by the check, the pages and the templates."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from outcome_playbook.diagnostics import Problem, Severity, catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, either, inside, told
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import (
    STATUSES,
    ExperimentStatus,
    HypothesisStatus,
    Kind,
    Method,
    MetricStatus,
    OutcomeStatus,
)
from outcome_playbook.records.models import MODELS

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


@dataclass(frozen=True, slots=True)
class Ask:
    """A record of ``kind`` in one of ``statuses`` needs one of ``fields``, the first by choice."""

    kind: Kind
    fields: tuple[str, ...]
    statuses: frozenset[str]
    severity: Severity = ERROR
    only_method: Method | None = None

    @property
    def lasting(self) -> bool:
        """Whether what is written down afterwards owes it like anything else."""
        return self.fields[0] in _ALWAYS_KEPT


def _except(*left_out: StrEnum) -> frozenset[str]:
    """All statuses of a kind but these."""
    return frozenset(str(status) for status in type(left_out[0]) if status not in left_out)


def _all(statuses: type[StrEnum]) -> frozenset[str]:
    return frozenset(str(status) for status in statuses)


_O, _M, _H, _E = OutcomeStatus, MetricStatus, HypothesisStatus, ExperimentStatus
_ACTIVE_ON = _except(_O.DRAFT)
_APPROVED_ON = _except(_M.PROPOSED)
_PROPOSED_ON = _except(_H.DRAFT)
_TESTING_ON = _except(_H.DRAFT, _H.PROPOSED, _H.PARKED, _H.DROPPED)
_RUNNING_ON = _except(_E.PLANNED, _E.CANCELLED)
_CONCLUDED = frozenset({str(_E.CONCLUDED)})

ASKS: tuple[Ask, ...] = (
    Ask(Kind.OUTCOME, ("owner",), _ACTIVE_ON),
    Ask(Kind.OUTCOME, ("problem",), _ACTIVE_ON),
    Ask(Kind.OUTCOME, ("beneficiary",), _ACTIVE_ON),
    Ask(Kind.OUTCOME, ("metric",), _ACTIVE_ON),
    Ask(Kind.OUTCOME, ("baseline",), frozenset({str(_O.ACTIVE)}), WARNING),
    Ask(Kind.OUTCOME, ("target",), frozenset({str(_O.ACTIVE)}), WARNING),
    Ask(Kind.METRIC, ("definition",), _all(_M)),
    Ask(Kind.METRIC, ("unit",), _all(_M)),
    Ask(Kind.METRIC, ("direction",), _all(_M)),
    Ask(Kind.METRIC, ("value",), _all(_M)),
    Ask(Kind.METRIC, ("owner",), _APPROVED_ON),
    Ask(Kind.METRIC, ("if_up",), _APPROVED_ON),
    Ask(Kind.METRIC, ("if_down",), _APPROVED_ON),
    Ask(Kind.METRIC, ("source",), _APPROVED_ON),
    Ask(Kind.METRIC, ("replaced_by",), frozenset({str(_M.DEPRECATED)})),
    Ask(Kind.HYPOTHESIS, ("owner",), _PROPOSED_ON),
    Ask(Kind.HYPOTHESIS, ("outcome",), _PROPOSED_ON),
    Ask(Kind.HYPOTHESIS, ("change",), _PROPOSED_ON),
    Ask(Kind.HYPOTHESIS, ("problem",), _PROPOSED_ON),
    Ask(Kind.HYPOTHESIS, ("benefits",), _PROPOSED_ON),
    Ask(Kind.HYPOTHESIS, ("metric",), _PROPOSED_ON),
    Ask(Kind.HYPOTHESIS, ("because",), _TESTING_ON, WARNING),
    Ask(Kind.HYPOTHESIS, ("guardrails",), _TESTING_ON, WARNING),
    Ask(Kind.EXPERIMENT, ("hypothesis",), _all(_E)),
    Ask(Kind.EXPERIMENT, ("owner",), _except(_E.PLANNED)),
    Ask(Kind.EXPERIMENT, ("method",), _RUNNING_ON),
    Ask(Kind.EXPERIMENT, ("start",), _RUNNING_ON),
    Ask(Kind.EXPERIMENT, ("end",), _RUNNING_ON),
    Ask(Kind.EXPERIMENT, ("decision_rule",), _RUNNING_ON),
    Ask(Kind.EXPERIMENT, ("sample_size",), _except(_E.CANCELLED), WARNING, Method.AB_TEST),
    Ask(
        Kind.EXPERIMENT,
        ("minimum_detectable_effect",),
        _except(_E.CANCELLED),
        WARNING,
        Method.AB_TEST,
    ),
    Ask(Kind.EXPERIMENT, ("results", "no_results"), _CONCLUDED),
    Ask(Kind.EXPERIMENT, ("conclusion",), _CONCLUDED),
    Ask(Kind.EXPERIMENT, ("decision",), _CONCLUDED),
    Ask(Kind.EXPERIMENT, ("learning",), _CONCLUDED),
)

_ALWAYS_KEPT = ("hypothesis", "owner", "outcome", "change", "problem", "benefits", "metric")
"""What a record written down afterwards owes like any other; the rest becomes a note."""


def asked(kind: Kind, status: str) -> Sequence[Ask]:
    """Return what a status asks of a kind, in the order of the table."""
    return _OF_STATUS.get((kind, status), ())


_OF_STATUS = {
    (kind, str(status)): tuple(a for a in ASKS if a.kind is kind and status in a.statuses)
    for kind, statuses in STATUSES.items()
    for status in statuses
}


def check_asks(file: RecordFile, *, afterwards: bool) -> None:
    """Report what the record's status asks for and the file does not have.

    What is written down ``afterwards`` could not be asked in time: then it is a note.
    """
    kind, status = file.kind, file.front.fields.get("status")
    if kind is None or not isinstance(status, str):
        return
    fields = file.front.fields
    for ask in asked(kind, status):
        if ask.only_method and fields.get("method") != ask.only_method:
            continue
        if any(file.has(name) and fields.get(name) != [] for name in ask.fields):
            continue
        name = ask.fields[0]
        soft = afterwards and not ask.lasting
        severity = NOTE if soft else ask.severity
        rule = catalogue.MISSING if ask.severity is ERROR else catalogue.ADVISED
        meaning = inside(MODELS[kind].model_fields[name].description or "")
        choice = either([f"`{name}`" for name in ask.fields])
        what = _what_it_lacks(ask, status, choice)
        keys = (file.front.keys.get((name,)) for name in ask.fields)
        at = next((key for key in keys if key), None)
        label = NOTHING
        if at:
            what = told("%(problem)s; here it is empty", problem=what)
            mend = told("write it: %(meaning)s", meaning=meaning)
        else:
            at = file.span_of(("status",))
            label = told("asks for %(fields)s", fields=choice)
            mend = told("add `%(field)s`: %(meaning)s", field=name, meaning=meaning)
        file.problems.append(Problem(rule, severity, file.path, what, mend, at, label, ask.fields))


def _what_it_lacks(ask: Ask, status: str, choice: str) -> Told:
    who = _IN_STATUS[(ask.kind, status)]
    if ask.only_method:
        who = told("an `%(method)s`", method=ask.only_method)
    if ask.severity is ERROR:
        return told("%(record)s needs %(fields)s", record=who, fields=choice)
    return told("%(record)s should have %(fields)s", record=who, fields=choice)


_IN_STATUS = {
    (Kind.OUTCOME, "active"): told("an active outcome"),
    (Kind.OUTCOME, "paused"): told("a paused outcome"),
    (Kind.OUTCOME, "achieved"): told("an achieved outcome"),
    (Kind.OUTCOME, "missed"): told("a missed outcome"),
    (Kind.OUTCOME, "dropped"): told("a dropped outcome"),
    (Kind.METRIC, "proposed"): told("a proposed metric"),
    (Kind.METRIC, "approved"): told("an approved metric"),
    (Kind.METRIC, "deprecated"): told("a deprecated metric"),
    (Kind.HYPOTHESIS, "proposed"): told("a proposed hypothesis"),
    (Kind.HYPOTHESIS, "testing"): told("a testing hypothesis"),
    (Kind.HYPOTHESIS, "supported"): told("a supported hypothesis"),
    (Kind.HYPOTHESIS, "not_supported"): told("a not supported hypothesis"),
    (Kind.HYPOTHESIS, "inconclusive"): told("an inconclusive hypothesis"),
    (Kind.HYPOTHESIS, "parked"): told("a parked hypothesis"),
    (Kind.HYPOTHESIS, "dropped"): told("a dropped hypothesis"),
    (Kind.EXPERIMENT, "planned"): told("a planned experiment"),
    (Kind.EXPERIMENT, "running"): told("a running experiment"),
    (Kind.EXPERIMENT, "review"): told("an experiment in review"),
    (Kind.EXPERIMENT, "concluded"): told("a concluded experiment"),
    (Kind.EXPERIMENT, "cancelled"): told("a cancelled experiment"),
}
"""A record in each status that asks for something."""
