"""What waits for somebody: decisions, ends of time-boxes, reviews, files that need mending."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from outcome_playbook.diagnostics import Severity
from outcome_playbook.flags import Flag, FlagName
from outcome_playbook.pages import broken, counted, words
from outcome_playbook.pages.language import say
from outcome_playbook.pages.listing import fold
from outcome_playbook.pages.parts import (
    ATTENTION,
    Code,
    Ref,
    Said,
    coded,
    maybe_ref,
    moment,
    owner_ref,
    ref,
    tell,
)
from outcome_playbook.pages.records.experiments import effects, headline
from outcome_playbook.pages.urls import record_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import ExperimentStatus, Kind
from outcome_playbook.records.models import Experiment, Metric
from outcome_playbook.registry import Entry

MOST_IN_A_GROUP = 8
MOST_COMING = 3


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that somebody has to act on: how long, what is known, and where to act.

    ``number`` and ``unit`` say how long it has waited, or how much is wrong; the unit stands below
    the number. ``rule`` is what was agreed about it; it and ``known`` may be empty. Where acting
    is writing into the file and the host has a page for that, ``edit_url`` is its address.
    """

    number: int
    unit: str
    ref: Ref
    known: Said
    rule: str
    owner: Ref | None
    act: Ref
    edit_url: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Records that wait for one reason, the longest wait first. ``more`` are folded away."""

    id: str
    look: str
    icon: str
    heading: str
    why: str
    shown: tuple[Waiting, ...]
    more: tuple[Waiting, ...]


def waiting(view: View) -> Iterator[Group]:
    """Yield the records that wait for somebody by the reason why, then those that are broken."""
    yield from _flagged(view)
    yield from _broken(view.registry.broken)


def soonest(running: Iterable[Entry[Experiment]]) -> list[Entry[Experiment]]:
    """Sort experiments by their last day; those without one come last."""

    def key(entry: Entry[Experiment]) -> tuple[date, str, str]:
        end = entry.record.end
        return end.last if end else date.max, entry.title.casefold(), entry.id

    return sorted(running, key=key)


def coming(view: View) -> Group | None:
    """Return the decisions that fall due next: experiments in their time-box, by its end."""
    running = [e for e in view.registry.experiments if e.record.status is ExperimentStatus.RUNNING]
    due = [
        (entry, end.last)
        for entry in soonest(running)
        if (end := entry.record.end) and end.last >= view.today
    ]
    if not due:
        return None
    return Group(
        "coming",
        "testing",
        "clock",
        say("Decisions that fall due next"),
        say("When a time-box closes, its rule says what to do."),
        tuple(_coming(view, entry, day) for entry, day in due[:MOST_COMING]),
        (),
    )


def _coming(view: View, entry: Entry[Experiment], end: date) -> Waiting:
    days = (end - view.today).days
    key = record_key(entry.kind, entry.id)
    return Waiting(
        number=days,
        # Translators: stands below a number of days.
        unit=words.plural(days, "day left", "days left"),
        ref=ref(entry),
        known=_what_is_tested(view, entry, end),
        rule="",
        owner=owner_ref(view, entry.record.owner),
        act=Ref(f"{key}#decision-rule", say("See the decision rule")),
    )


def _what_is_tested(view: View, entry: Entry[Experiment], end: date) -> Said:
    hypothesis = maybe_ref(view, entry.record.hypothesis)
    if hypothesis is None:
        return tell("The time-box closes on %(day)s.", day=moment(end))
    return tell(
        "Tests: %(hypothesis)s. The time-box closes on %(day)s.",
        hypothesis=hypothesis,
        day=moment(end),
    )


def _flagged(view: View) -> Iterator[Group]:
    headings = {
        FlagName.UNDECIDED: (
            "fork",
            say("Results without a decision"),
            say("We learned something and have not acted on it."),
        ),
        FlagName.OVERDUE: (
            "clock",
            say("Experiments past their end"),
            say("A time-box that does not close stops being one."),
        ),
        FlagName.SILENT: (
            "empty",
            say("Outcomes nobody is testing anything for"),
            words.plural(
                view.playbook.settings.silence_days,
                "Active, with nothing running and nothing concluded in %(number)s day.",
                "Active, with nothing running and nothing concluded in %(number)s days.",
            ),
        ),
        FlagName.STALE: (
            "alert",
            say("Metrics past their review"),
            say("A number nobody has looked at again is not one to act on."),
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
    return Group(id_, ATTENTION, icon, heading, why, tuple(shown), tuple(more))


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
    # For a silent outcome it is another file that has to be written.
    edited = None if flag.name is FlagName.SILENT else view.hosting.edit(entry.file.path)
    key = record_key(entry.kind, entry.id)
    return Waiting(
        number=flag.days or 0,
        unit=unit,
        ref=ref(entry),
        known=(known,) if known else (),
        rule=rule,
        owner=owner_ref(view, entry.record.owner),
        act=Ref(f"{key}#{place}" if place else key, act),
        edit_url=edited or "",
    )


_Told = tuple[str, str, str, str, str]
"""The unit of the wait, what is known, what the rule says, the action and its place."""


def _undecided(view: View, entry: Entry[Experiment], flag: Flag) -> _Told:
    # Translators: this and its like stand below the number of days.
    unit = words.plural(flag.days or 0, "day undecided", "days undecided")
    act = say("Record the decision")
    return unit, _known(view, entry), _rule(entry.record), act, "decision-rule"


def _overdue(view: View, entry: Entry[Experiment], flag: Flag) -> _Told:
    unit = words.plural(flag.days or 0, "day overdue", "days overdue")
    if entry.record.results:
        known, act = _known(view, entry), say("Put it in review")
    else:
        known = say("No result and no new end are written down.")
        act = say("Record the result")
    if flag.since:
        planned = say("Planned to end on %(day)s.", day=words.day(flag.since))
        known = f"{planned} {known}"
    return unit, known, "", act, "result"


def _silent(view: View, entry: Entry[Any], flag: Flag) -> _Told:
    work = view.outcomes[entry.id].with_children
    planned = work.experiments_by_status().get(str(ExperimentStatus.PLANNED), 0)
    known = _at_hand(len(work.hypotheses), planned)
    act = say("Plan an experiment") if work.hypotheses else say("Write a hypothesis")
    if flag.since is None:
        return say("experiments begun"), known, "", act, "hypotheses"
    unit = words.plural(flag.days or 0, "day silent", "days silent")
    last = say("The last experiment ended on %(day)s.", day=words.day(flag.since))
    return unit, f"{last} {known}", "", act, "hypotheses"


def _at_hand(hypotheses: int, planned: int) -> str:
    """Return what a silent outcome has that somebody could begin with."""
    if not hypotheses:
        return say("It has no hypothesis yet.")
    if not planned:
        return words.plural(
            hypotheses,
            "It has %(number)s hypothesis and no experiment planned.",
            "It has %(number)s hypotheses and no experiment planned.",
        )
    # Translators: both are counted in words of their own, such as "2 hypotheses".
    return say(
        "It has %(hypotheses)s and %(experiments)s planned.",
        hypotheses=counted.of_kind(Kind.HYPOTHESIS, hypotheses),
        experiments=counted.of_kind(Kind.EXPERIMENT, planned),
    )


def _stale(view: View, entry: Entry[Metric], flag: Flag) -> _Told:
    unit = words.plural(flag.days or 0, "day past its review", "days past its review")
    known = _relying(view, entry)
    if flag.since:
        due = say("To be reviewed by %(day)s.", day=words.day(flag.since))
        known = f"{due} {known}"
    return unit, known, "", say("Review the metric"), ""


def _relying(view: View, entry: Entry[Metric]) -> str:
    sources = {link.source for link in view.registry.backlinks.get(entry.id, ())}
    active = [
        source
        for source in sources
        if str(view.registry.entries[source].record.status) in ("active", "testing", "running")
    ]
    if not active:
        return say(
            "No active outcome, no hypothesis in testing and no running experiment relies on it."
        )
    return words.plural(
        len(active),
        "%(number)s record in work relies on it.",
        "%(number)s records in work rely on it.",
    )


def _known(view: View, entry: Entry[Experiment]) -> str:
    """Return in a sentence or two what an experiment has shown so far."""
    if entry.record.no_results:
        why = words.ended(entry.record.no_results)
        return say("Nothing was measured: %(why)s", why=why)
    main = headline(view, entry)
    if main is None:
        return say("No result is written down yet.")
    metric = view.registry.find(main.metric)
    others = len(effects(view, entry)) - 1
    name = metric.title if metric else main.metric
    said = [say("%(metric)s: %(effect)s.", metric=name, effect=_unbroken(main.text))]
    if main.verdict:
        said.append(words.ended(main.verdict))
    if others:
        said.append(
            words.plural(others, "And %(number)s other result.", "And %(number)s other results.")
        )
    return " ".join(said)


def _unbroken(text: str) -> str:
    """Keep "n = 8,020" on one line."""
    return text.replace(" = ", "\u00a0=\u00a0")


def _rule(record: Experiment) -> str:
    rule = record.decision_rule
    if rule is None:
        return say("No decision rule was written before the start.")
    return say(
        "Ship if: %(ship)s Stop if: %(stop)s Otherwise: %(otherwise)s",
        ship=words.ended(rule.ship_if),
        stop=words.ended(rule.stop_if),
        otherwise=words.ended(rule.otherwise),
    )


def _broken(files: list[RecordFile]) -> Iterator[Group]:
    rows = [_to_mend(file) for file in files]
    rows.sort(key=lambda row: (-row.number, row.ref.title))
    if rows:
        yield _group(
            "broken",
            "alert",
            say("Records that cannot be read"),
            say("They are left out everywhere until somebody mends them."),
            rows,
        )


def _to_mend(file: RecordFile) -> Waiting:
    errors = [p for p in file.problems if p.by_rule is Severity.ERROR]
    wrong = words.translated(errors[0].message) if errors else say("it cannot be read")
    key = broken.key_of(file)
    return Waiting(
        number=len(errors),
        # Translators: stands below the number of errors.
        unit=words.plural(len(errors), "error", "errors"),
        ref=Ref(key, file.title),
        known=tell(
            "%(file)s: %(problem)s", file=Code(file.path), problem=coded(words.ended(wrong))
        ),
        rule="",
        owner=None,
        act=Ref(key, say("Mend the file")),
    )
