"""The first page: what waits for a decision, then where the outcomes stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from outcome_playbook.pages import words
from outcome_playbook.pages.adding import HowTo, how_to_begin
from outcome_playbook.pages.figures.timebox import days_between
from outcome_playbook.pages.language import say
from outcome_playbook.pages.listing import fold, tree
from outcome_playbook.pages.lists import Index, OutcomeRow, index, row, statuses_of, whole
from outcome_playbook.pages.parts import Count, Moment, Ref, Said, late, moment, ref, tell
from outcome_playbook.pages.records.experiments import Learning, learnings
from outcome_playbook.pages.urls import status_key
from outcome_playbook.pages.view import View
from outcome_playbook.pages.waiting import Group, coming, soonest, waiting
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
    ends: Said


@dataclass(frozen=True, slots=True)
class Running:
    """An experiment in its time-box. Without a start and an end, ``note`` says so."""

    ref: Ref
    outcome: str
    late: str | None
    elapsed: Elapsed | None
    note: str


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many records of a kind there are, and how many in each status."""

    all: Count
    statuses: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Glance:
    """The outcomes in work; ``more`` are folded away, ``aside`` names those that rest or ended."""

    rows: tuple[OutcomeRow, ...]
    more: tuple[OutcomeRow, ...]
    all: Count
    aside: tuple[Index, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """The first page. ``first`` says how to begin, on a site without records.

    ``coming`` are the next decisions, where none is waiting. ``patience`` is how many days there
    are to decide.
    """

    heading: str
    records: str
    today: Moment
    groups: tuple[Group, ...]
    coming: Group | None
    in_review: Count | None
    patience: int
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
    groups = tuple(waiting(view))
    return Home(
        heading=_heading(len(view.flags)),
        records=words.plural(len(registry.entries), "%(number)s record", "%(number)s records"),
        today=moment(view.today),
        groups=groups,
        coming=None if groups else coming(view),
        in_review=_in_review(len(in_review)) if in_review else None,
        patience=view.playbook.settings.patience_days,
        glance=_glance(view),
        running=tuple(_running(view, e) for e in _in_time_first(view, running)[:MOST_RUNNING]),
        all_running=_all_running(len(running)) if len(running) > 1 else None,
        learnings=tuple(learnings(concluded)[:MOST_LEARNINGS]),
        all_concluded=_all_concluded(len(concluded)) if concluded else None,
        kinds=tuple(
            KindCount(whole(kind, len(registry.of_kind(kind))), statuses_of(view, kind))
            for kind in (Kind.OUTCOME, Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC)
        ),
        first=None if registry.files else how_to_begin(view),
    )


def _heading(count: int) -> str:
    if not count:
        return say("Nothing is waiting for a decision")
    return words.plural(count, "%(number)s decision is waiting", "%(number)s decisions are waiting")


def _in_status(view: View, status: ExperimentStatus) -> list[Entry[Experiment]]:
    return [e for e in view.registry.experiments if e.record.status is status]


def _is_undecided(view: View, entry: Entry[Experiment]) -> bool:
    return entry.id in view.flags


def _all_running(number: int) -> Count:
    text = words.plural(
        number, "All %(number)s running experiment", "All %(number)s running experiments"
    )
    return _experiments(number, text, ExperimentStatus.RUNNING)


def _all_concluded(number: int) -> Count:
    text = words.plural(
        number, "All %(number)s concluded experiment", "All %(number)s concluded experiments"
    )
    return _experiments(number, text, ExperimentStatus.CONCLUDED)


def _in_review(number: int) -> Count:
    text = words.plural(
        number, "%(number)s more has its result in", "%(number)s more have their results in"
    )
    return _experiments(number, text, ExperimentStatus.REVIEW)


def _experiments(number: int, text: str, status: ExperimentStatus) -> Count:
    return Count(number, text, words.look(str(status)), status_key(Kind.EXPERIMENT, status))


def _glance(view: View) -> Glance:
    every = tree(view)
    in_work = [node for node in every if node.outcome.record.status in _IN_WORK]
    shown, more = fold([row(view, node) for node in in_work or every], MOST_OUTCOMES)
    aside = [node.outcome for node in every if node.outcome.record.status not in _IN_WORK]
    return Glance(
        tuple(shown),
        tuple(more),
        whole(Kind.OUTCOME, len(every)),
        index(aside, Kind.OUTCOME) if in_work else (),
    )


def _in_time_first(view: View, running: Iterable[Entry[Experiment]]) -> list[Entry[Experiment]]:
    """Sort by the end; the overdue ones, which stand further up, come last."""
    return sorted(soonest(running), key=lambda entry: entry.id in view.flags)


def _running(view: View, entry: Entry[Experiment]) -> Running:
    outcome = view.registry.outcome_of(entry)
    elapsed = _elapsed(entry.record, view.today)
    return Running(
        ref=ref(entry),
        outcome=outcome.title if outcome else say("Under no outcome"),
        late=late(view.flags.get(entry.id)),
        elapsed=elapsed,
        note="" if elapsed else say("No start and no end are written: it has no time-box."),
    )


def _elapsed(record: Experiment, today: date) -> Elapsed | None:
    if record.start is None or record.end is None:
        return None
    start, end = record.start.first, record.end.last
    days, day = max(days_between(start, end), 1), days_between(start, today)
    if day < 1:
        text = say("Starts on %(day)s", day=words.day(start))
    elif day > days:
        text = words.plural(days, "All %(number)s day used", "All %(number)s days used")
    else:
        text = say("Day %(day)s of %(days)s", day=words.number(day), days=words.number(days))
    last = moment(record.end)
    ends = tell("ended %(day)s", day=last) if end < today else tell("ends %(day)s", day=last)
    return Elapsed(min(max(day, 0), days), days, text, ends)
