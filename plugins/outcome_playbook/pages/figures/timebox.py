"""The time-box of an experiment: how long it is, how much is used, and by how much it is over."""

from dataclasses import dataclass
from datetime import date

from outcome_playbook.flags import Flag
from outcome_playbook.pages import words
from outcome_playbook.pages.figures.labels import Label, Wish, fitted
from outcome_playbook.pages.figures.period import OPEN
from outcome_playbook.pages.figures.scale import at
from outcome_playbook.pages.language import say
from outcome_playbook.pages.parts import Said, moment, tell
from outcome_playbook.records.kinds import Conclusion, ExperimentStatus
from outcome_playbook.records.models import Experiment

_S = ExperimentStatus


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch of the bar. ``look`` is done, live or over."""

    look: str
    x: str
    width: str


@dataclass(frozen=True, slots=True)
class TimeBox:
    """The caption says everything; the figure repeats it.

    ``track`` is the width of the whole time-box. ``ends`` are the places of its two ends, with the
    texts ``below``; ``marks`` are those of earlier ends and of the decision, with the texts
    ``above``. ``today`` is ``None`` before the start and once it is over. Without a figure, all but
    ``caption`` are empty.
    """

    name: str
    caption: Said
    track: str = ""
    bars: tuple[Bar, ...] = ()
    ends: tuple[str, ...] = ()
    below: tuple[Label, ...] = ()
    marks: tuple[str, ...] = ()
    above: tuple[Label, ...] = ()
    today: str | None = None


def time_box(record: Experiment, today: date, flag: Flag | None) -> TimeBox:
    """Return an experiment's time-box, or the period it is known for."""
    start, end = record.start, record.end
    if record.retrospective or (start and not start.is_day) or (end and not end.is_day):
        return TimeBox(say("Period."), _period(record))
    name = say("Time-box.")
    if start is None or end is None:
        return TimeBox(name, _unbounded(record))
    if end.first < start.first:
        return TimeBox(
            name,
            tell("%(start)s to %(end)s: the end is first.", start=moment(start), end=moment(end)),
        )
    return _boxed(name, record, start.first, end.first, today, flag)


def days_between(start: date, end: date) -> int:
    """Return how many days there are from one day to another, both counted."""
    return (end - start).days + 1


def _span(start: date, end: date) -> Said:
    if start == end:
        return (moment(start),)
    return tell("%(start)s to %(end)s", start=moment(start), end=moment(end))


def _period(record: Experiment) -> Said:
    """Return when something was that is written down afterwards, as coarse as it is known."""
    known = _known(record)
    if not record.retrospective:
        return known
    return (*known, " ", say("Written down afterwards, so it has no time-box."))


def _known(record: Experiment) -> Said:
    start, end = record.start, record.end
    if start and end and start != end:
        return tell("%(start)s to %(end)s.", start=moment(start), end=moment(end))
    if start and end:
        return tell("%(day)s.", day=moment(start))
    if start:
        return tell("Began %(day)s; the end is not known.", day=moment(start))
    if end:
        return tell("Ended %(day)s; the start is not known.", day=moment(end))
    return (say("The dates are not known."),)


def _unbounded(record: Experiment) -> Said:
    if record.start is not None:
        return tell(
            "Starts %(day)s. No end is set, so nothing says when to decide.",
            day=moment(record.start),
        )
    if record.end is not None:
        return tell("Ends %(day)s. No start is set.", day=moment(record.end))
    return (say("None yet: no start and no end."),)


# The figure --------------------------------------------------------------------------------------


def _boxed(
    name: str, record: Experiment, start: date, end: date, today: date, flag: Flag | None
) -> TimeBox:
    decided = record.decision.date if record.decision else None
    is_open = record.status in OPEN
    last = max(end, today if is_open and today > end else end, decided or end)
    # One day more than the last, so that a single day has a width; a little air behind "today".
    whole = days_between(start, last) * (1.04 if is_open and today > end else 1)

    def x(day: date) -> float:
        return days_between(start, day) / whole

    planned = x(end)
    is_late = flag is not None
    bars: list[Bar] = []
    if record.status is _S.CONCLUDED:
        bars = [_bar("done", 0, min(planned, x(decided) if decided else planned))]
    elif today >= start and record.status in (_S.RUNNING, _S.REVIEW):
        bars = [_bar("done" if today > end else "live", 0, min(planned, x(today)))]
        if is_late and today > end:
            bars.append(_bar("over", planned, x(today)))
    marks = {decided: say("decided")} if decided and decided != end else {}
    for day in sorted({e.from_ for e in record.extensions}, reverse=True):
        marks.setdefault(day, say("earlier end"))
    places = {x(day): text for day, text in marks.items() if 0 <= x(day) <= 1}
    above = [Wish(place, text) for place, text in places.items()]
    now = x(today) if is_open and today >= start else None
    if now is not None:
        above = [*_today(now, (today - end).days if is_late else 0), *above]
    return TimeBox(
        name,
        _caption(record, start, end, today, flag),
        track=at(planned),
        bars=tuple(bars),
        ends=("0", at(planned)),
        below=fitted(_below(start, end, planned, is_due=is_open)),
        marks=tuple(map(at, places)),
        above=fitted(above),
        today=at(now) if now is not None else None,
    )


def _bar(look: str, low: float, high: float) -> Bar:
    return Bar(look, at(low), at(max(0.0, high - low)))


def _today(place: float, over: int) -> list[Wish]:
    """Return what is said of today, the longer text before the shorter one."""
    if over <= 0:
        return [Wish(place, say("Today"), look="t-now")]
    long = words.plural(over, "Today, %(number)s day over", "Today, %(number)s days over")
    return [Wish(place, text, look="t-over", about="today") for text in (long, say("Today"))]


def _below(start: date, end: date, planned: float, *, is_due: bool) -> list[Wish]:
    """Return what is said of the two ends, the longer text before the shorter one."""
    begun = [] if start == end else [Wish(0, words.day(start), "start")]
    day = words.day(end)
    long = [say("%(day)s, decision due", day=day)] if is_due else []
    ends = [
        Wish(planned, text, anchor, about="end")
        for text in (*long, day)
        for anchor in ("end", "start")
    ]
    return [*begun, *ends]


# The caption -------------------------------------------------------------------------------------


def _caption(record: Experiment, start: date, end: date, today: date, flag: Flag | None) -> Said:
    span = _span(start, end)
    length = words.days(days_between(start, end))
    if record.status is _S.CONCLUDED:
        said = _closed(record, end, span, length)
    elif record.status is _S.CANCELLED:
        said = tell("%(span)s, %(length)s. Cancelled.", span=span, length=length)
    elif today < start:
        said = tell("%(span)s, %(length)s. It has not begun.", span=span, length=length)
    elif record.status is _S.PLANNED:
        said = tell(
            "%(span)s, %(length)s. The start is past, and it is still planned.",
            span=span,
            length=length,
        )
    elif record.status is _S.REVIEW:
        said = _in_review(end, today, flag, span, length)
    else:
        said = _running(start, end, today, span, length)
    return (*said, *_extended(record))


def _in_review(end: date, today: date, flag: Flag | None, span: Said, length: str) -> Said:
    if today <= end:
        return tell(
            "%(span)s, %(length)s. The result is in; a decision is due by the end.",
            span=span,
            length=length,
        )
    over = words.days((today - end).days)
    if flag:
        return tell(
            "%(span)s, %(length)s, all used. It ended %(over)s before today, without a decision.",
            span=span,
            length=length,
            over=over,
        )
    return tell(
        "%(span)s, %(length)s, all used. It ended %(over)s before today; a decision is due.",
        span=span,
        length=length,
        over=over,
    )


def _running(start: date, end: date, today: date, span: Said, length: str) -> Said:
    if today > end:
        return tell(
            "%(span)s, %(length)s, all used and %(over)s over. No result is recorded.",
            span=span,
            length=length,
            over=words.days((today - end).days),
        )
    day = words.number(days_between(start, today))
    days = words.number(days_between(start, end))
    if today == end:
        return tell(
            "%(span)s, %(length)s. Day %(day)s of %(days)s, the last day.",
            span=span,
            length=length,
            day=day,
            days=days,
        )
    return tell(
        "%(span)s, %(length)s. Day %(day)s of %(days)s, %(left)s left.",
        span=span,
        length=length,
        day=day,
        days=days,
        left=words.days((end - today).days),
    )


def _closed(record: Experiment, end: date, span: Said, length: str) -> Said:
    if record.decision is None:
        return tell("%(span)s, %(length)s. No decision is on record.", span=span, length=length)
    decided = record.decision.date
    day = moment(decided)
    gap = words.days(abs((decided - end).days))
    if record.conclusion is Conclusion.STOPPED_EARLY:
        return tell(
            "%(span)s, %(length)s. Stopped early: decided %(day)s.",
            span=span,
            length=length,
            day=day,
        )
    if decided > end:
        return tell(
            "%(span)s, %(length)s. Decided %(day)s, %(gap)s after the end.",
            span=span,
            length=length,
            day=day,
            gap=gap,
        )
    if decided < end:
        return tell(
            "%(span)s, %(length)s, kept. Decided %(day)s, %(gap)s before the end.",
            span=span,
            length=length,
            day=day,
            gap=gap,
        )
    return tell("%(span)s, %(length)s, kept. Decided %(day)s.", span=span, length=length, day=day)


def _extended(record: Experiment) -> Said:
    count = len(record.extensions)
    if not count:
        return ()
    first = moment(record.extensions[0].from_)
    if count == 1:
        return (" ", *tell("Extended once; the first end was %(day)s.", day=first))
    times = words.number(count)
    return (
        " ",
        *tell("Extended %(times)s times; the first end was %(day)s.", times=times, day=first),
    )
