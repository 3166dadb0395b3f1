"""The time-box of an experiment: how long it is, how much is used, and by how much it is over."""

from dataclasses import dataclass
from datetime import date

from outcome_playbook.flags import Flag
from outcome_playbook.pages import words
from outcome_playbook.pages.figures.scale import at
from outcome_playbook.pages.parts import Said, moment
from outcome_playbook.records.kinds import Conclusion, ExperimentStatus
from outcome_playbook.records.models import Experiment

_ROOM = 0.25  # the share of the width that a label needs for itself
_S = ExperimentStatus
_END = "decision due"


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the bar. ``look`` is done, live or over."""

    look: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class Label:
    """A tick with its text; the text is empty where there is no room for it."""

    x: str
    text: str
    anchor: str


@dataclass(frozen=True, slots=True)
class TimeBox:
    """The caption says everything; the figure repeats it.

    ``track`` is the width of the whole time-box. ``below`` and ``above`` are ticks; ``today`` is
    ``None`` once it is over. Without a figure, all but ``caption`` are empty.
    """

    name: str
    caption: Said
    track: str = ""
    bars: tuple[Bar, ...] = ()
    below: tuple[Label, ...] = ()
    above: tuple[Label, ...] = ()
    today: Label | None = None
    is_late: bool = False


def time_box(record: Experiment, today: date, flag: Flag | None) -> TimeBox:
    """Return an experiment's time-box, or the period it is known for."""
    start, end = record.start, record.end
    if record.retrospective or (start and not start.is_day) or (end and not end.is_day):
        return TimeBox("Period.", _period(record))
    if start is None or end is None:
        return TimeBox("Time-box.", _unbounded(record))
    if end.first < start.first:
        return TimeBox("Time-box.", (*_span(start.first, end.first), ": the end is first."))
    return _boxed(record, start.first, end.first, today, flag)


def days_between(start: date, end: date) -> int:
    """Return how many days there are from one day to another, both counted."""
    return (end - start).days + 1


def _span(start: date, end: date) -> Said:
    if start == end:
        return (moment(start),)
    return (moment(start), " to ", moment(end))


def _period(record: Experiment) -> Said:
    """Return when something was that is written down afterwards, as coarse as it is known."""
    start, end = record.start, record.end
    after = " Written down afterwards, so it has no time-box." if record.retrospective else ""
    if start is None and end is None:
        return (f"The dates are not known.{after}",)
    if start is None and end is not None:
        return ("Ended ", moment(end), f"; the start is not known.{after}")
    if end is None and start is not None:
        return ("Began ", moment(start), f"; the end is not known.{after}")
    if start == end and start is not None:
        return (moment(start), f".{after}")
    return (moment(start), " to ", moment(end), f".{after}") if start and end else ()


def _unbounded(record: Experiment) -> Said:
    if record.start is not None:
        return ("Starts ", moment(record.start), ". No end is set, so nothing says when to decide.")
    if record.end is not None:
        return ("Ends ", moment(record.end), ". No start is set.")
    return ("None yet: no start and no end.",)


def _boxed(record: Experiment, start: date, end: date, today: date, flag: Flag | None) -> TimeBox:
    decided = record.decision.date if record.decision else None
    is_open = record.status in (_S.PLANNED, _S.RUNNING, _S.REVIEW)
    last = max(end, today if is_open and today > end else end, decided or end)
    # One day more than the last, so that a single day has a width; a little air behind "today".
    whole = days_between(start, last) * (1.04 if is_open and today > end else 1)

    def x(day: date, *, after: bool = False) -> float:
        return ((day - start).days + (1 if after else 0)) / whole

    planned = x(end, after=True)
    is_late = flag is not None
    bars: list[Bar] = []
    if record.status is _S.CONCLUDED:
        bars = [_bar("done", 0, min(planned, x(decided, after=True) if decided else planned))]
    elif today >= start and record.status in (_S.RUNNING, _S.REVIEW):
        used = min(planned, x(today, after=True))
        bars = [_bar("done" if today > end else "live", 0, used)]
        if is_late and today > end:
            bars.append(_bar("over", planned, x(today, after=True)))
    shown_today = None
    if is_open and today >= start:
        over = (
            f", {words.plural((today - end).days, '%(number)s day', '%(number)s days')} over"
            if is_late
            else ""
        )
        place = x(today, after=True)
        anchor = "start" if place < _ROOM else "end" if place > 1 - 2 * _ROOM else "middle"
        shown_today = Label(at(place), f"Today{over}", anchor)
    return TimeBox(
        "Time-box.",
        _caption(record, start, end, today, flag),
        track=at(planned),
        bars=tuple(bars),
        below=_below(start, end, planned),
        above=_above(record, start, end, whole, decided, shown_today is not None),
        today=shown_today,
        is_late=is_late,
    )


def _bar(look: str, low: float, high: float) -> Bar:
    return Bar(look, at(low), at(max(0.0, high - low)))


def _below(start: date, end: date, planned: float) -> tuple[Label, ...]:
    """Return the two ends with as much text as there is room for on a narrow screen."""
    text = ""
    if planned >= 1 - _ROOM:
        text = f"{words.day(end)}, {_END}"
    elif planned >= 2 * _ROOM:
        text = words.day(end)
    return Label("0", words.day(start), "start"), Label(at(planned), text, "end")


def _above(
    record: Experiment,
    start: date,
    end: date,
    whole: float,
    decided: date | None,
    has_today: bool,
) -> tuple[Label, ...]:
    """Return the ticks of earlier ends and of the decision; texts that would clash are left out."""
    marks = [(extension.from_, "earlier end") for extension in record.extensions]
    if decided and decided != end:
        marks.append((decided, "decided"))
    found: list[Label] = []
    taken = 1.0 if has_today else 1.0 + _ROOM
    for day, text in sorted(marks, reverse=True):
        place = ((day - start).days + 1) / whole
        if not 0 <= place <= 1:
            continue
        clear = place <= taken - _ROOM
        anchor = "end" if place > 1 - _ROOM else "start" if place < _ROOM / 2 else "middle"
        found.append(Label(at(place), text if clear else "", anchor))
        taken = place if clear else taken
    return tuple(reversed(found))


def _caption(record: Experiment, start: date, end: date, today: date, flag: Flag | None) -> Said:
    length = words.plural(days_between(start, end), "%(number)s day", "%(number)s days")
    box: Said = (*_span(start, end), f", {length}")
    if record.status is _S.CONCLUDED:
        state = _closed(record, end)
    elif record.status is _S.CANCELLED:
        state = (". Cancelled.",)
    elif today < start:
        state = (". It has not begun.",)
    elif record.status is _S.PLANNED:
        state = (". The start is past, and it is still planned.",)
    else:
        state = (_open(record, start, end, today, flag),)
    return (*box, *state, *_extended(record))


def _open(record: Experiment, start: date, end: date, today: date, flag: Flag | None) -> str:
    """Return how far a time-box is used that has begun and waits for its result or decision."""
    over = words.plural((today - end).days, "%(number)s day", "%(number)s days")
    if record.status is _S.REVIEW:
        if today <= end:
            return ". The result is in; a decision is due by the end."
        waits = ", without a decision." if flag else "; a decision is due."
        return f", all used. It ended {over} before today{waits}"
    if today > end:
        return f", all used and {over} over. No result is recorded."
    day, days = days_between(start, today), days_between(start, end)
    left = words.plural((end - today).days, "%(number)s day", "%(number)s days")
    rest = f"{left} left" if today < end else "the last day"
    return f". Day {words.number(day)} of {words.number(days)}, {rest}."


def _closed(record: Experiment, end: date) -> Said:
    if record.decision is None:
        return (". No decision is on record.",)
    decided = record.decision.date
    gap = words.plural(abs((decided - end).days), "%(number)s day", "%(number)s days")
    if record.conclusion is Conclusion.STOPPED_EARLY:
        return (". Stopped early: decided ", moment(decided), ".")
    if decided > end:
        return (". Decided ", moment(decided), f", {gap} after the end.")
    when = f", {gap} before the end" if decided < end else ""
    return (", kept. Decided ", moment(decided), f"{when}.")


def _extended(record: Experiment) -> Said:
    count = len(record.extensions)
    if not count:
        return ()
    first = record.extensions[0].from_
    times = "once" if count == 1 else f"{words.number(count)} times"
    return (f" Extended {times}; the first end was ", moment(first), ".")
