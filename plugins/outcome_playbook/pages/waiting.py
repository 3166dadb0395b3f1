"""What waits for somebody: decisions, ends of time-boxes, reviews, files that need mending."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from outcome_playbook.diagnostics import Severity
from outcome_playbook.flags import Flag, FlagName
from outcome_playbook.pages import broken, words
from outcome_playbook.pages.listing import fold
from outcome_playbook.pages.parts import Ref, owner_ref, ref
from outcome_playbook.pages.records.experiments import effects, headline
from outcome_playbook.pages.urls import record_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import ExperimentStatus
from outcome_playbook.records.models import Experiment, Metric
from outcome_playbook.registry import Entry

MOST_IN_A_GROUP = 8


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


def waiting(view: View) -> Iterator[Group]:
    """Yield the records that wait for somebody by the reason why, then those that are broken."""
    yield from _flagged(view)
    yield from _broken(view.registry.broken)


def _flagged(view: View) -> Iterator[Group]:
    silence = words.plural(view.playbook.settings.silence_days, "%(number)s day", "%(number)s days")
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
    known = _known(view, entry)
    act = "Record the decision"
    return _unit(flag, "undecided"), known, _rule(entry.record), act, "decision-rule"


def _overdue(view: View, entry: Entry[Experiment], flag: Flag) -> _Told:
    planned = f"Planned to end on {words.day(flag.since)}." if flag.since else ""
    if entry.record.results:
        known = f"{planned} {_known(view, entry)}"
        return _unit(flag, "overdue"), known, "", "Put it in review", "result"
    known = f"{planned} No result and no new end are written down."
    return _unit(flag, "overdue"), known, "", "Record the result", "result"


def _silent(view: View, entry: Entry[Any], flag: Flag) -> _Told:
    work = view.outcomes[entry.id].with_children
    if not work.hypotheses:
        known, act = "It has no hypothesis yet.", "Write a hypothesis"
    else:
        hypotheses = words.plural(
            len(work.hypotheses), "%(number)s hypothesis", "%(number)s hypotheses"
        )
        planned = work.experiments_by_status().get(str(ExperimentStatus.PLANNED), 0)
        plans = (
            words.plural(planned, "%(number)s experiment", "%(number)s experiments")
            if planned
            else "no experiment"
        )
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
    number = words.plural(len(active), "%(number)s record", "%(number)s records")
    return f"{number} in work {'relies' if len(active) == 1 else 'rely'} on it."


def _unit(flag: Flag, what: str) -> str:
    return f"{'day' if flag.days == 1 else 'days'} {what}"


def _known(view: View, entry: Entry[Experiment]) -> str:
    """Return in a sentence or two what an experiment has shown so far."""
    if entry.record.no_results:
        return f"Nothing was measured: {words.ended(entry.record.no_results)}"
    main = headline(view, entry)
    if main is None:
        return "No result is written down yet."
    metric = view.registry.find(main.metric)
    others = len(effects(view, entry)) - 1
    said = f"{metric.title if metric else main.metric}: {_unbroken(main.text)}."
    if main.verdict:
        said = f"{said} {main.verdict}."
    if others:
        said = f"{said} And {words.plural(others, '%(number)s other result', '%(number)s other results')}."
    return said


def _unbroken(text: str) -> str:
    """Keep "n = 8,020" on one line."""
    return text.replace("n = ", "n\u00a0=\u00a0")


def _rule(record: Experiment) -> str:
    rule = record.decision_rule
    if rule is None:
        return "No decision rule was written before the start."
    ship, stop = words.ended(rule.ship_if), words.ended(rule.stop_if)
    return f"Ship if: {ship} Stop if: {stop} Otherwise: {words.ended(rule.otherwise)}"


def _broken(files: list[RecordFile]) -> Iterator[Group]:
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
        known=f"{file.path}: {words.ended(first)}",
        rule="",
        owner=None,
        act=Ref(key, "Mend the file"),
    )
