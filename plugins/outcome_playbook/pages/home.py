"""The first page: what waits for a decision, then where the outcomes stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from outcome_playbook.diagnostics import Severity
from outcome_playbook.flags import Flag, FlagName
from outcome_playbook.pages import broken, words
from outcome_playbook.pages.adding import HowTo, how_to_begin
from outcome_playbook.pages.effects import all_effects, headline
from outcome_playbook.pages.figures.timebox import days_between
from outcome_playbook.pages.listing import fold, outcome_of, tree
from outcome_playbook.pages.lists import OutcomeRow, row, statuses_of, whole
from outcome_playbook.pages.parts import Count, Moment, Ref, moment, owner_ref, ref
from outcome_playbook.pages.urls import record_key, status_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import ExperimentStatus, Kind, OutcomeStatus
from outcome_playbook.records.models import Experiment, Hypothesis, Metric
from outcome_playbook.registry import Entry

MOST_IN_A_GROUP = 8
MOST_OUTCOMES = 12
MOST_RUNNING = 9
MOST_LEARNINGS = 6

_IN_WORK = (OutcomeStatus.ACTIVE, OutcomeStatus.DRAFT)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that somebody has to act on: how long, what is known, and where to act.

    ``number`` and ``unit`` say how long it has waited, or how much is wrong. ``rule`` is what was
    agreed about it; it and ``known`` may be empty.
    """

    number: int
    unit: str
    ref: Ref
    known: str
    rule: str
    owner: Ref | None
    act: Ref


@dataclass(frozen=True, slots=True)
class Group:
    """Records that wait for one reason, the longest wait first. ``more`` are folded away."""

    id: str
    icon: str
    heading: str
    why: str
    shown: tuple[Waiting, ...]
    more: tuple[Waiting, ...]


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
class Learning:
    """What we now believe that we did not before, and from which experiment."""

    text: str
    ref: Ref
    when: Moment | None


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
    groups = [*_flagged(view), *_broken(registry.broken)]
    waiting = len(view.flags)
    running = _in_status(view, ExperimentStatus.RUNNING)
    in_review = [e for e in _in_status(view, ExperimentStatus.REVIEW) if not _is_undecided(view, e)]
    concluded = _in_status(view, ExperimentStatus.CONCLUDED)
    empty = not registry.files
    return Home(
        heading=_heading(waiting),
        records=words.plural(len(registry.entries), "record", "records"),
        today=moment(view.today),
        groups=tuple(groups),
        next=_next(view, running),
        in_review=_in_review(in_review),
        patience=words.plural(view.playbook.settings.patience_days, "day", "days"),
        glance=_glance(view),
        running=tuple(_running(view, e) for e in _in_time_first(view, running)[:MOST_RUNNING]),
        all_running=_all(running, ExperimentStatus.RUNNING) if len(running) > 1 else None,
        learnings=_learnings(concluded),
        all_concluded=_all(concluded, ExperimentStatus.CONCLUDED) if concluded else None,
        kinds=tuple(
            KindCount(whole(kind, len(registry.of_kind(kind))), statuses_of(view, kind))
            for kind in (Kind.OUTCOME, Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC)
        ),
        first=how_to_begin(view) if empty else None,
    )


def _heading(waiting: int) -> str:
    if not waiting:
        return "Nothing is waiting for a decision"
    verb = "is" if waiting == 1 else "are"
    return f"{words.plural(waiting, 'decision', 'decisions')} {verb} waiting"


# What waits ---------------------------------------------------------------------------------------


def _flagged(view: View) -> Iterable[Group]:
    silence = words.plural(view.playbook.settings.silence_days, "day", "days")
    headings = {
        FlagName.UNDECIDED: (
            "fork",
            "Results without a decision",
            "We learned something and have not acted on it.",
        ),
        FlagName.OVERDUE: (
            "clock",
            "Experiments past their end",
            "A time-box that does not close stops being one.",
        ),
        FlagName.SILENT: (
            "empty",
            "Outcomes nobody is testing anything for",
            f"Active, with nothing running and nothing concluded in {silence}.",
        ),
        FlagName.STALE: (
            "alert",
            "Metrics past their review",
            "A number nobody has looked at again is not one to act on.",
        ),
    }
    for name, (icon, heading, why) in headings.items():
        flagged = [(id_, flag) for id_, flag in view.flags.items() if flag.name is name]
        flagged.sort(key=lambda pair: (-_days(pair[1]), view.registry.entries[pair[0]].title))
        rows = [_waiting(view, view.registry.entries[id_], flag) for id_, flag in flagged]
        if rows:
            yield _group(str(name), icon, heading, why, rows)


def _group(id_: str, icon: str, heading: str, why: str, rows: Sequence[Waiting]) -> Group:
    shown, more = fold(rows, MOST_IN_A_GROUP)
    return Group(id_, icon, heading, why, tuple(shown), tuple(more))


def _days(flag: Flag) -> float:
    return float("inf") if flag.days is None else flag.days


def _waiting(view: View, entry: Entry[Any], flag: Flag) -> Waiting:
    of_name = {
        FlagName.UNDECIDED: _undecided,
        FlagName.OVERDUE: _overdue,
        FlagName.SILENT: _silent,
        FlagName.STALE: _stale,
    }
    unit, known, rule, act, place = of_name[flag.name](view, entry, flag)
    key = record_key(entry.kind, entry.id)
    return Waiting(
        number=flag.days or 0,
        unit=unit,
        ref=ref(entry),
        known=known,
        rule=rule,
        owner=owner_ref(view, entry.record.owner),
        act=Ref(f"{key}#{place}" if place else key, act),
    )


_Told = tuple[str, str, str, str, str]
"""The unit of the wait, what is known, what the rule says, the action and its place."""


def _undecided(view: View, entry: Entry[Experiment], flag: Flag) -> _Told:
    known = known_of(view, entry.record)
    act = "Record the decision"
    return _unit(flag, "undecided"), known, _rule(entry.record), act, "decision-rule"


def _overdue(view: View, entry: Entry[Experiment], flag: Flag) -> _Told:
    planned = f"Planned to end on {words.day(flag.since)}." if flag.since else ""
    if entry.record.results:
        known = f"{planned} {known_of(view, entry.record)}"
        return _unit(flag, "overdue"), known, "", "Put it in review", "result"
    known = f"{planned} No result and no new end are written down."
    return _unit(flag, "overdue"), known, "", "Record the result", "result"


def _silent(view: View, entry: Entry[Any], flag: Flag) -> _Told:
    work = view.outcomes[entry.id].with_children
    if not work.hypotheses:
        known, act = "It has no hypothesis yet.", "Write a hypothesis"
    else:
        hypotheses = words.plural(len(work.hypotheses), "hypothesis", "hypotheses")
        planned = work.experiments_by_status().get(str(ExperimentStatus.PLANNED), 0)
        plans = words.plural(planned, "experiment", "experiments") if planned else "no experiment"
        known, act = f"It has {hypotheses} and {plans} planned.", "Plan an experiment"
    if flag.since is None:
        return "experiments begun", known, "", act, "hypotheses"
    last = f"The last experiment ended on {words.day(flag.since)}."
    return _unit(flag, "silent"), f"{last} {known}", "", act, "hypotheses"


def _stale(view: View, entry: Entry[Metric], flag: Flag) -> _Told:
    due = f"To be reviewed by {words.day(flag.since)}." if flag.since else ""
    users = _relying(view, entry)
    known = f"{due} {users}".strip()
    return _unit(flag, "past its review"), known, "", "Review the metric", ""


def _relying(view: View, entry: Entry[Metric]) -> str:
    sources = {link.source for link in view.registry.backlinks.get(entry.id, ())}
    active = [
        source
        for source in sources
        if str(view.registry.entries[source].record.status) in ("active", "testing", "running")
    ]
    if not active:
        return "No active outcome, no hypothesis in testing and no running experiment relies on it."
    number = words.plural(len(active), "record", "records")
    return f"{number} in work {'relies' if len(active) == 1 else 'rely'} on it."


def _unit(flag: Flag, what: str) -> str:
    return f"{'day' if flag.days == 1 else 'days'} {what}"


def known_of(view: View, record: Experiment) -> str:
    """Return in a sentence or two what an experiment has shown so far."""
    if record.no_results:
        return f"Nothing was measured: {_sentence(record.no_results)}"
    metrics = {entry.id: entry.record for entry in view.registry.metrics}
    above = view.registry.find(record.hypothesis)
    measure = above.record.metric if above and isinstance(above.record, Hypothesis) else None
    effects = all_effects(record, metrics)
    main = headline(effects, measure)
    if main is None:
        return "No result is written down yet."
    metric = view.registry.find(main.metric)
    others = len(effects) - 1
    said = f"{metric.title if metric else main.metric}: {_unbroken(main.text)}."
    if main.verdict:
        said = f"{said} {main.verdict}."
    if others:
        said = f"{said} And {words.plural(others, 'other result', 'other results')}."
    return said


def _unbroken(text: str) -> str:
    """Keep "n = 8,020" on one line."""
    return text.replace("n = ", "n\u00a0=\u00a0")


def _rule(record: Experiment) -> str:
    rule = record.decision_rule
    if rule is None:
        return "No decision rule was written before the start."
    ship, stop = _sentence(rule.ship_if), _sentence(rule.stop_if)
    return f"Ship if: {ship} Stop if: {stop} Otherwise: {_sentence(rule.otherwise)}"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def _broken(files: list[RecordFile]) -> Iterable[Group]:
    rows = [_to_mend(file) for file in files]
    rows.sort(key=lambda row: (-row.number, row.ref.title))
    if rows:
        yield _group(
            "broken",
            "alert",
            "Records that cannot be read",
            "They are left out everywhere until somebody mends them.",
            rows,
        )


def _to_mend(file: RecordFile) -> Waiting:
    errors = [p for p in file.problems if p.severity is Severity.ERROR]
    first = errors[0].message if errors else "it cannot be read"
    key = broken.key_of(file)
    return Waiting(
        number=len(errors),
        unit="error" if len(errors) == 1 else "errors",
        ref=Ref(key, file.title),
        known=f"{file.path}: {_sentence(first)}",
        rule="",
        owner=None,
        act=Ref(key, "Mend the file"),
    )


# Where things stand -------------------------------------------------------------------------------


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
    late = f"{words.plural(flag.days, 'day', 'days')} overdue" if flag and flag.days else None
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
        text = f"All {words.plural(days, 'day', 'days')} used"
    else:
        text = f"Day {words.number(day)} of {words.number(days)}"
    ends = "ended" if end < today else "ends"
    return Elapsed(min(max(day, 0), days), days, text, ends, moment(record.end))


def _learnings(concluded: Iterable[Entry[Experiment]]) -> tuple[Learning, ...]:
    def newest(entry: Entry[Experiment]) -> tuple[int, str]:
        last = entry.record.last_day
        return -(last.last.toordinal() if last else 0), entry.title.casefold()

    told = sorted((e for e in concluded if e.record.learning), key=newest)
    return tuple(
        Learning(
            e.record.learning or "",
            ref(e),
            moment(e.record.last_day) if e.record.last_day else None,
        )
        for e in told[:MOST_LEARNINGS]
    )
