"""Rules that need one record only: orders, arms, answers that contradict each other."""

from collections.abc import Callable
from typing import Any

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import Told, both, listed, told
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import ExperimentStatus, Kind, MetricStatus
from outcome_playbook.records.models import Arm, Experiment, Hypothesis, Metric, Outcome, Result
from outcome_playbook.registry import Entry
from outcome_playbook.settings import Settings
from outcome_playbook.yaml12 import Loc

ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE


def check(entry: Entry[Any], settings: Settings) -> None:
    """Run the rules of the record's kind."""
    _BY_KIND[entry.kind](entry.record, entry.file, settings)


def _outcome(record: Outcome, file: RecordFile, _: Settings) -> None:
    if record.target is not None and record.target_date is None:
        file.report(
            catalogue.MISSING,
            ERROR,
            told("a target needs `target_date`"),
            told("add `target_date`: by when the target should be reached"),
            ("target",),
            told("by when?"),
        )


def _metric(record: Metric, file: RecordFile, _: Settings) -> None:
    if record.if_up and record.if_down and _same(record.if_up, record.if_down):
        file.report(
            catalogue.SAME_ACTION,
            WARNING if record.status is MetricStatus.PROPOSED else ERROR,
            told("`if_up` and `if_down` say the same"),
            told("write what you would do differently; if nothing, choose another metric"),
            ("if_down",),
        )


def _same(one: str, other: str) -> bool:
    return " ".join(one.lower().split()) == " ".join(other.lower().split())


def _hypothesis(record: Hypothesis, file: RecordFile, _: Settings) -> None:
    prediction = record.prediction
    if prediction and not prediction.low <= prediction.expected <= prediction.high:
        _wrong_order(file, told("`low`, `expected` and `high` do not rise"), ("prediction",))


def _experiment(record: Experiment, file: RecordFile, settings: Settings) -> None:
    _check_time_box(record, file, settings)
    _check_extensions(record, file)
    for index, result in enumerate(record.results):
        _check_result(result, file, ("results", index))
    if record.results and record.no_results:
        file.report(
            catalogue.TWO_ANSWERS,
            ERROR,
            told("there are results, and `no_results` says why there are none"),
            told("delete one of the two"),
            ("no_results",),
        )
    _check_conclusion(record, file)


def _check_time_box(record: Experiment, file: RecordFile, settings: Settings) -> None:
    if not record.retrospective:
        for name in ("start", "end"):
            day = getattr(record, name)
            if day is not None and not day.is_day:
                file.report(
                    catalogue.BAD_DATE,
                    ERROR,
                    told("`%(field)s` is not a day: `%(value)s`", field=name, value=day),
                    told("write year-month-day; only a retrospective record may know less"),
                    (name,),
                )
    start, end = record.start, record.end
    if start is None or end is None:
        return
    if end.last < start.first:
        message = told("the end, %(end)s, comes before the start, %(start)s", end=end, start=start)
        _wrong_order(file, message, ("end",))
        return
    weeks = settings.time_box_weeks
    days = (end.last - start.first).days
    if not record.retrospective and days > weeks * 7:
        file.report(
            catalogue.TIME_BOX,
            WARNING,
            told(
                "the time-box is %(days)s days; the playbook's limit is %(limit)s",
                days=days,
                limit=weeks * 7,
            ),
            told("end it sooner, or test a smaller part first"),
            ("end",),
        )


def _check_extensions(record: Experiment, file: RecordFile) -> None:
    for index, extension in enumerate(record.extensions):
        if extension.to <= extension.from_:
            message = told(
                "an extension to %(day)s does not come after %(before)s",
                day=extension.to,
                before=extension.from_,
            )
            _wrong_order(file, message, ("extensions", index))
    if not record.extensions or not record.end:
        return
    last = record.extensions[-1].to
    if not record.end.first <= last <= record.end.last:
        file.report(
            catalogue.EXTENSION,
            WARNING,
            told("the last extension is to %(day)s, the end is %(end)s", day=last, end=record.end),
            told("write the new end in `end`, or correct the extension"),
            ("extensions", len(record.extensions) - 1),
        )


def _check_result(result: Result, file: RecordFile, loc: Loc) -> None:
    groups = result.groups
    ways = [
        way
        for way, written in (
            (told("`control` and `treatment`"), result.control or result.treatment),
            ("`arms`", result.arms),
            ("`estimate`", result.estimate is not None),
        )
        if written
    ]
    if len(ways) != 1:
        message = told("a result says nothing that was measured")
        if ways:
            message = told("a result is written in more than one way: %(ways)s", ways=listed(ways))
        mend = told("write `control` and `treatment`, or `arms`, or `estimate`")
        file.report(catalogue.BAD_ARM, ERROR, message, mend, loc)
    elif result.estimate is None and len(groups) < 2:  # noqa: PLR2004 - a comparison is of two
        mend = told("add the other arm, or report the effect as `estimate`")
        if result.control:
            mend = told("add the treatment, or report the effect as `estimate`")
        elif result.treatment:
            mend = told("add the control, or report the effect as `estimate`")
        message = told("a result needs two arms to compare")
        file.report(catalogue.BAD_ARM, ERROR, message, mend, loc)
    ends = [value for value in (result.low, result.estimate, result.high) if value is not None]
    if ends != sorted(ends):
        _wrong_order(file, told("`low`, `estimate` and `high` do not rise"), loc)
    for where, arm in _arms(result):
        _check_arm(arm, file, (*loc, *where))


def _arms(result: Result) -> list[tuple[Loc, Arm]]:
    pair = (("control", result.control), ("treatment", result.treatment))
    found: list[tuple[Loc, Arm]] = [((name,), arm) for name, arm in pair if arm]
    return found + [(("arms", index), arm) for index, arm in enumerate(result.arms)]


def _check_arm(arm: Arm, file: RecordFile, loc: Loc) -> None:
    counted = {
        "conversions": arm.conversions is not None,
        "mean": arm.mean is not None,
        "rate": arm.rate is not None,
    }
    written = [name for name, is_there in counted.items() if is_there]
    if len(written) != 1:
        message = told(
            "an arm has `conversions`, `mean` or `rate`; this one has %(fields)s",
            fields=both([f"`{name}`" for name in written]) if written else told("none of them"),
        )
        mend = told("write one of the three")
        file.report(catalogue.BAD_ARM, ERROR, message, mend, loc)
    elif arm.conversions is not None and arm.n is None:
        message = told("conversions mean nothing without `n`")
        file.report(catalogue.BAD_ARM, ERROR, message, told("add `n`, or write a `rate`"), loc)
    elif arm.conversions is not None and arm.n is not None and arm.conversions > arm.n:
        message = told(
            "%(number)s conversions of %(all)s are more than all",
            number=arm.conversions,
            all=arm.n,
        )
        file.report(catalogue.BAD_ARM, ERROR, message, told("check both numbers"), loc)
    elif arm.sd is not None and arm.se is not None:
        message = told("an arm has a standard deviation and a standard error")
        file.report(catalogue.TWO_ANSWERS, ERROR, message, told("keep `sd` or `se`"), loc)


def _check_conclusion(record: Experiment, file: RecordFile) -> None:
    status = record.status
    if record.conclusion and status in _WITHOUT_CONCLUSION:
        file.report(
            catalogue.CONCLUSION_EARLY,
            ERROR,
            _WITHOUT_CONCLUSION[status],
            told("delete the conclusion, or move the status to `review` or `concluded`"),
            ("conclusion",),
        )
    if record.decision and status is ExperimentStatus.REVIEW and not record.reopened:
        file.report(
            catalogue.NOT_REOPENED,
            ERROR,
            told("the experiment is in review and has a decision"),
            told("set `status: concluded`, or add `reopened` with date and reason"),
            ("decision",),
        )
    if record.decision and record.start and record.decision.date < record.start.first:
        message = told(
            "the decision, %(day)s, comes before the start, %(start)s",
            day=record.decision.date,
            start=record.start,
        )
        _wrong_order(file, message, ("decision", "date"))


_WITHOUT_CONCLUSION = {
    ExperimentStatus.PLANNED: told("the experiment is planned and has a conclusion"),
    ExperimentStatus.RUNNING: told("the experiment is running and has a conclusion"),
    ExperimentStatus.CANCELLED: told("the experiment is cancelled and has a conclusion"),
}
"""What is said of an experiment in a status that comes before a conclusion."""


def _wrong_order(file: RecordFile, message: Told, loc: Loc) -> None:
    file.report(catalogue.ORDER, ERROR, message, told("swap or correct them"), loc)


_BY_KIND: dict[Kind, Callable[[Any, RecordFile, Settings], None]] = {
    Kind.OUTCOME: _outcome,
    Kind.METRIC: _metric,
    Kind.HYPOTHESIS: _hypothesis,
    Kind.EXPERIMENT: _experiment,
}
