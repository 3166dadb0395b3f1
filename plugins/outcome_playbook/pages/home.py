"""The first page: what waits for a decision, then where the outcomes stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from outcome_playbook.pages import words
from outcome_playbook.pages.adding import HowTo, how_to_begin
from outcome_playbook.pages.figures.timebox import days_between
from outcome_playbook.pages.listing import fold, outcome_of, tree
from outcome_playbook.pages.lists import OutcomeRow, row, statuses_of, whole
from outcome_playbook.pages.parts import Count, Moment, Ref, moment, ref
from outcome_playbook.pages.records.experiments import Learning, learnings
from outcome_playbook.pages.urls import status_key
from outcome_playbook.pages.view import View
from outcome_playbook.pages.waiting import Group, waiting
from outcome_playbook.records.kinds import ExperimentStatus, Kind, OutcomeStatus
from outcome_playbook.records.models import Experiment
from outcome_playbook.registry import Entry

MOST_OUTCOMES = 12
MOST_RUNNING = 9
MOST_LEARNINGS = 6

_IN_WORK = (OutcomeStatus.ACTIVE, OutcomeStatus.DRAFT)


@dataclass(frozen=True, slots=True)
class Elapsed:
    """How much of a time-box is used: ``day`` of ``days``."""

    day: int
    days: int
    text: str
    ends: str
    end: Moment


@dataclass(frozen=True, slots=True)
class Running:
    """An experiment in its time-box. Without a start and an end, ``note`` says so."""

    ref: Ref
    outcome: str
    late: str | None
    elapsed: Elapsed | None
    note: str


@dataclass(frozen=True, slots=True)
class Next:
    """The time-box that closes next."""

    ref: Ref
    end: Moment


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of a kind there are, and how many in each status."""

    all: Count
    statuses: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """The outcomes in work; ``more`` are folded away, ``aside`` counts those that rest or ended."""

    rows: tuple[OutcomeRow, ...]
    more: tuple[OutcomeRow, ...]
    all: Count
    aside: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The first page. ``first`` says how to begin, on a site without records."""

    heading: str
    records: str
    today: Moment
    groups: tuple[Group, ...]
    next: Next | None
    in_review: Count | None
    patience: str
    glance: Glance
    running: tuple[Running, ...]
    all_running: Count | None
    learnings: tuple[Learning, ...]
    all_concluded: Count | None
    kinds: tuple[KindCount, ...]
    first: HowTo | None


def home(view: View) -> Home:
    """Return the first page."""
    registry = view.registry
    running = _in_status(view, ExperimentStatus.RUNNING)
    in_review = [e for e in _in_status(view, ExperimentStatus.REVIEW) if not _is_undecided(view, e)]
    concluded = _in_status(view, ExperimentStatus.CONCLUDED)
    empty = not registry.files
    return Home(
        heading=_heading(len(view.flags)),
        records=words.plural(len(registry.entries), "%(number)s record", "%(number)s records"),
        today=moment(view.today),
        groups=tuple(waiting(view)),
        next=_next(view, running),
        in_review=_in_review(in_review),
        patience=words.plural(
            view.playbook.settings.patience_days, "%(number)s day", "%(number)s days"
        ),
        glance=_glance(view),
        running=tuple(_running(view, e) for e in _in_time_first(view, running)[:MOST_RUNNING]),
        all_running=_all(running, ExperimentStatus.RUNNING) if len(running) > 1 else None,
        learnings=tuple(learnings(concluded)[:MOST_LEARNINGS]),
        all_concluded=_all(concluded, ExperimentStatus.CONCLUDED) if concluded else None,
        kinds=tuple(
            KindCount(whole(kind, len(registry.of_kind(kind))), statuses_of(view, kind))
            for kind in (Kind.OUTCOME, Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC)
        ),
        first=how_to_begin(view) if empty else None,
    )


def _heading(count: int) -> str:
    if not count:
        return "Nothing is waiting for a decision"
    verb = "is" if count == 1 else "are"
    return f"{words.plural(count, '%(number)s decision', '%(number)s decisions')} {verb} waiting"


def _in_status(view: View, status: ExperimentStatus) -> list[Entry[Experiment]]:
    return [e for e in view.registry.experiments if e.record.status is status]


def _is_undecided(view: View, entry: Entry[Experiment]) -> bool:
    return entry.id in view.flags


def _all(entries: Sequence[Entry[Any]], status: ExperimentStatus) -> Count:
    word = f"{words.label(str(status)).lower()} {_noun(len(entries))}"
    return Count(len(entries), word, words.look(str(status)), status_key(Kind.EXPERIMENT, status))


def _noun(number: int) -> str:
    return "experiment" if number == 1 else "experiments"


def _in_review(entries: Sequence[Entry[Experiment]]) -> Count | None:
    if not entries:
        return None
    word = f"more {'has its result' if len(entries) == 1 else 'have their results'} in"
    key = status_key(Kind.EXPERIMENT, ExperimentStatus.REVIEW)
    return Count(len(entries), word, "testing", key)


def _next(view: View, running: Iterable[Entry[Experiment]]) -> Next | None:
    for entry in _soonest(running):
        end = entry.record.end
        if end and end.last >= view.today:
            return Next(ref(entry), moment(end))
    return None


def _glance(view: View) -> Glance:
    every = tree(view)
    in_work = [node for node in every if node.outcome.record.status in _IN_WORK]
    shown, more = fold([row(view, node) for node in in_work or every], MOST_OUTCOMES)
    aside = [count for count in statuses_of(view, Kind.OUTCOME) if count.word not in _IN_WORK]
    return Glance(
        tuple(shown),
        tuple(more),
        whole(Kind.OUTCOME, len(every)),
        tuple(aside) if in_work else (),
    )


def _soonest(running: Iterable[Entry[Experiment]]) -> list[Entry[Experiment]]:
    def key(entry: Entry[Experiment]) -> tuple[date, str, str]:
        end = entry.record.end
        return end.last if end else date.max, entry.title.casefold(), entry.id

    return sorted(running, key=key)


def _in_time_first(view: View, running: Iterable[Entry[Experiment]]) -> list[Entry[Experiment]]:
    """Sort by the end; the overdue ones, which stand further up, come last."""
    return sorted(_soonest(running), key=lambda entry: entry.id in view.flags)


def _running(view: View, entry: Entry[Experiment]) -> Running:
    outcome = outcome_of(view, entry)
    elapsed = _elapsed(entry.record, view.today)
    flag = view.flags.get(entry.id)
    late = (
        f"{words.plural(flag.days, '%(number)s day', '%(number)s days')} overdue"
        if flag and flag.days
        else None
    )
    return Running(
        ref=ref(entry),
        outcome=outcome.title if outcome else "Under no outcome",
        late=late,
        elapsed=elapsed,
        note="" if elapsed else "No start and no end are written: it has no time-box.",
    )


def _elapsed(record: Experiment, today: date) -> Elapsed | None:
    if record.start is None or record.end is None:
        return None
    start, end = record.start.first, record.end.last
    days, day = max(days_between(start, end), 1), days_between(start, today)
    if day < 1:
        text = f"Starts on {words.day(start)}"
    elif day > days:
        text = f"All {words.plural(days, '%(number)s day', '%(number)s days')} used"
    else:
        text = f"Day {words.number(day)} of {words.number(days)}"
    ends = "ended" if end < today else "ends"
    return Elapsed(min(max(day, 0), days), days, text, ends, moment(record.end))
