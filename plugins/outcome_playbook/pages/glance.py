"""An outcome at a glance: how far its metric has come, and its hypotheses as blocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from outcome_playbook.pages import words
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.parts import Count, Moment, counts, moment
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import HypothesisStatus
from outcome_playbook.records.models import Hypothesis, Metric, Outcome, Reading
from outcome_playbook.registry import Entry
from outcome_playbook.rollups import count_by_status

_H = HypothesisStatus
_STACKED = (
    *(_H.SUPPORTED, _H.NOT_SUPPORTED, _H.INCONCLUSIVE),
    *(_H.TESTING, _H.PROPOSED, _H.DRAFT, _H.PARKED, _H.DROPPED),
)
"""Statuses from what is known to what was set aside: the order of the blocks."""


@dataclass(frozen=True, slots=True)
class Block:
    """One hypothesis. ``joined`` to the one before it, whose status it shares."""

    look: str
    joined: bool


@dataclass(frozen=True, slots=True)
class Stack:
    """Hypotheses as blocks, one each, and the same in words. Without any, ``none`` says so."""

    blocks: tuple[Block, ...]
    counts: tuple[Count, ...]
    none: str


@dataclass(frozen=True, slots=True)
class Meter:
    """A bar from baseline to target. Values are negated where lower is better; ``low < high``."""

    low: float
    high: float
    value: float
    label: str
    baseline: str
    target: str


@dataclass(frozen=True, slots=True)
class Progress:
    """Where an outcome's metric stands.

    ``now`` is the latest reading with its unit and ``note`` how far that is; without a reading
    ``now`` is empty and ``gap`` says what is missing. ``gap`` may also stand beside a reading.
    """

    now: str
    note: str
    when: Moment | None
    meter: Meter | None
    gap: str


def stack(hypotheses: Iterable[Entry[Hypothesis]], key: str, none: str = "") -> Stack:
    """Return hypotheses as blocks. ``key`` is the page that lists them."""
    by_status = count_by_status(hypotheses)
    blocks = [
        Block(words.look(status), joined=nth > 0)
        for status in _STACKED
        for nth in range(by_status.get(status, 0))
    ]
    return Stack(tuple(blocks), counts(_STACKED, by_status, lambda _: key), none)


def progress(view: View, outcome: Entry[Outcome]) -> Progress:
    """Return how far an outcome's metric has come from its baseline to its target."""
    record = outcome.record
    metric = view.registry.find(record.metric)
    if metric is None or not isinstance(metric.record, Metric):
        return _without_reading(
            say("No evidence to show: the metric it names cannot be read.")
            if record.metric
            else say("No evidence yet: no metric is chosen.")
        )
    latest = metric.record.latest_reading
    if latest is None:
        return _without_reading(_no_reading(record, metric.record))
    return _reading(record, metric, latest)


def _reading(record: Outcome, metric: Entry[Metric], latest: Reading) -> Progress:
    unit = metric.record.unit
    now, day = words.with_unit(latest.value, unit), moment(latest.date)
    if record.target is None:
        return Progress(now, "", day, None, say("No target is set."))
    target = words.with_unit(record.target, unit)
    if record.baseline is None:
        gap = say("The target is %(target)s; no baseline is written.", target=target)
        return Progress(now, "", day, None, gap)
    if record.baseline == record.target:
        return Progress(now, _kept(latest.value, record.target, unit), day, None, "")
    bar = _meter(metric, record.baseline, latest.value, record.target)
    return Progress(now, _way(record.baseline, latest.value, record.target, unit), day, bar, "")


def _without_reading(gap: str) -> Progress:
    return Progress("", "", None, None, gap)


def _no_reading(record: Outcome, metric: Metric) -> str:
    """Return what is missing where nothing was read yet."""
    has_baseline, has_target = record.baseline is not None, record.target is not None
    missing = {
        (False, False): term("No evidence yet: no baseline, no reading, no target."),
        (False, True): term("No evidence yet: no baseline, no reading."),
        (True, False): term("No evidence yet: no reading, no target."),
        (True, True): term("No evidence yet: no reading."),
    }
    said = [say(missing[has_baseline, has_target])]
    if record.baseline is not None:
        begun = words.with_unit(record.baseline, metric.unit)
        said.append(say("It began at %(value)s.", value=begun))
    if record.target is not None:
        target = words.with_unit(record.target, metric.unit)
        if record.target_date:
            day = words.day(record.target_date)
            said.append(say("Target: %(value)s by %(day)s.", value=target, day=day))
        else:
            said.append(say("Target: %(value)s.", value=target))
    return " ".join(said)


def _kept(value: float, target: float, unit: str | None) -> str:
    """Return where a reading stands when the target is to stay at the baseline."""
    apart = _between(target, value)
    if not apart:
        return say("at its baseline, where it is to stay")
    return say(
        "%(difference)s from %(target)s, where it is to stay",
        difference=_apart(apart, unit),
        target=words.with_unit(target, unit),
    )


def _way(baseline: float, value: float, target: float, unit: str | None) -> str:
    """Return how far a reading is, in words. Only what is reached is 100%, only a start is 0."""
    come = _between(baseline, value)
    share = come / _between(baseline, target)
    if share < 0:
        return say("%(difference)s further from the target", difference=_apart(come, unit))
    if share == 0:
        return say("at the baseline")
    if share >= 1:
        return say("target reached")
    if 100 * share < 1:
        return say("less than 1%% of the way")
    return say("%(number)s%% of the way", number=words.number(min(99, round(100 * share))))


def _between(start: float, end: float) -> Decimal:
    """Return how far it is from one number to another: no float is too small to hold it."""
    return Decimal(repr(end)) - Decimal(repr(start))


def _apart(difference: Decimal, unit: str | None) -> str:
    return words.with_unit(float(f"{abs(difference):.10g}"), words.difference_unit(unit))


def _meter(metric: Entry[Metric], baseline: float, value: float, target: float) -> Meter:
    unit = metric.record.unit
    sign = 1 if target > baseline else -1
    begun, now, aim = (words.with_unit(number, unit) for number in (baseline, value, target))
    label, end = _RISES if sign > 0 else _FALLS
    return Meter(
        low=sign * baseline,
        high=sign * target,
        value=sign * value,
        label=say(label, metric=metric.title, baseline=begun, latest=now, target=aim),
        baseline=say("%(value)s baseline", value=begun),
        target=say(end, value=aim),
    )


_RISES = (
    term("%(metric)s: baseline %(baseline)s, latest %(latest)s, target %(target)s"),
    term("%(value)s target"),
)
_FALLS = (
    term(
        "%(metric)s, lower is better: baseline %(baseline)s, latest %(latest)s, target %(target)s"
    ),
    term("%(value)s target, lower is better"),
)
"""What is said of a bar, and at its end."""
