"""The page of an experiment, in the order of time: box, plan, rule, result, decision, learning."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.figures.forest import Forest, Line, forests
from outcome_playbook.pages.figures.timebox import TimeBox, time_box
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.parts import (
    Lozenge,
    Moment,
    Ref,
    Said,
    lozenge,
    maybe_ref,
    moment,
    ref,
    tell,
)
from outcome_playbook.pages.records.common import Fact, Frame, frame, metric_of, named
from outcome_playbook.pages.records.experiments import due, effects, headline, hypothesis_of
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import Action, ExperimentStatus, Kind
from outcome_playbook.records.models import Decision, Experiment, Hypothesis
from outcome_playbook.registry import Entry

_S = ExperimentStatus
_BRANCH = {Action.SHIP: "ship_if", Action.STOP: "stop_if", Action.ROLL_BACK: "stop_if"}
_DECIDED = {
    Action.SHIP: term("decided: ship, %(day)s"),
    Action.ROLL_BACK: term("decided: roll back, %(day)s"),
    Action.ITERATE: term("decided: iterate, %(day)s"),
    Action.RERUN: term("decided: rerun, %(day)s"),
    Action.STOP: term("decided: stop, %(day)s"),
}
_FOLLOWED = {
    True: term("follows the rule"),
    False: term("departs from the rule"),
    None: term("nothing says whether it follows the rule"),
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch of the decision rule. ``happened`` says what came about, empty otherwise."""

    label: str
    text: str
    happened: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that changed after the start: a heading and its facts."""

    title: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class DecisionShown:
    """A decision: what is done, why, when, and whether the rule was followed."""

    action: str
    why: str
    day: Moment
    followed: str
    departed: bool


@dataclass(frozen=True, slots=True)
class Awaited:
    """A decision that is not taken: for how long it is late, and what is to be done.

    ``is_past`` when it is no longer asked for.
    """

    late: str | None
    text: str
    is_past: bool


@dataclass(frozen=True, slots=True)
class ExperimentPage:
    frame: Frame
    time_box: TimeBox
    facts: tuple[Fact, ...]
    notices: tuple[Notice, ...]
    rule: tuple[Branch, ...]
    no_rule: str
    departed: str
    results: tuple[Forest, ...]
    empty_results: str
    no_results: Said
    why_no_results: str | None
    shows_decision: bool
    conclusion: Lozenge | None
    no_conclusion: str
    headline: str
    decision: DecisionShown | None
    awaited: Awaited | None
    learning: str | None
    learning_note: str


def page(view: View, entry: Entry[Experiment]) -> ExperimentPage:
    """Return what the page of an experiment shows."""
    record = entry.record
    hypothesis = hypothesis_of(view, entry)
    flag = view.flags.get(entry.id)
    found = effects(view, entry)
    told = headline(view, entry)
    surrounds = frame(view, entry, _crumbs(view, hypothesis), _relation(view, record))
    shows_decision = record.status in (_S.REVIEW, _S.CONCLUDED) or record.decision is not None
    departed = bool(record.decision and record.decision.followed_rule is False)
    return ExperimentPage(
        frame=surrounds,
        time_box=time_box(record, view.today, flag),
        facts=tuple(_facts(view, record, hypothesis)),
        notices=tuple(_notices(record)),
        rule=tuple(_rule(record, told)),
        no_rule=_no_rule(record),
        departed=record.decision.why if departed and record.decision else "",
        results=tuple(forests(_lines(view, found), say("What was measured"))),
        empty_results=_empty_results(view, record),
        no_results=_no_results(record),
        why_no_results=record.no_results,
        shows_decision=shows_decision,
        conclusion=lozenge(str(record.conclusion)) if record.conclusion else None,
        no_conclusion="" if record.conclusion else say("Not written yet."),
        headline=told.text if told else "",
        decision=_decision(record.decision) if record.decision else None,
        awaited=_awaited(record, surrounds.late) if record.decision is None else None,
        learning=record.learning,
        learning_note=_learning_note(record),
    )


def _crumbs(view: View, hypothesis: Entry[Hypothesis] | None) -> tuple[Ref, ...]:
    outcome = maybe_ref(view, hypothesis.record.outcome) if hypothesis else None
    if outcome is None:
        return (Ref(Kind.EXPERIMENT.plural, words.kinds(Kind.EXPERIMENT)),)
    return Ref(Kind.OUTCOME.plural, words.kinds(Kind.OUTCOME)), outcome


def _relation(view: View, record: Experiment) -> Said:
    if record.hypothesis is None:
        tests: Said = (say("tests no hypothesis yet"),)
    else:
        tests = tell("tests %(hypothesis)s", hypothesis=named(view, record.hypothesis, ""))
    if record.decision is None:
        return tests
    decided = tell(_DECIDED[record.decision.action], day=moment(record.decision.date))
    return (*decided, " · ", *tests)


def _facts(view: View, record: Experiment, hypothesis: Entry[Hypothesis] | None) -> Iterator[Fact]:
    metric = metric_of(view, hypothesis.record.metric) if hypothesis else None
    if record.method:
        yield Fact(say("Method"), (words.label(str(record.method)),))
    elif not record.retrospective:
        yield Fact(say("Method"), (say("Not chosen yet"),))
    if metric:
        yield Fact(say("Primary metric"), (ref(metric),))
    if record.sample_size is not None:
        yield Fact(say("Sample size, planned"), (words.number(record.sample_size),))
    if record.minimum_detectable_effect is not None:
        unit = words.difference_unit(metric.record.unit if metric else None)
        effect = words.with_unit(record.minimum_detectable_effect, unit)
        yield Fact(say("Minimum detectable effect"), (effect,))


def _notices(record: Experiment) -> Iterator[Notice]:
    for extension in record.extensions:
        moved = tell(
            "From %(old)s to %(new)s", old=moment(extension.from_), new=moment(extension.to)
        )
        facts = Fact(say("What"), moved), Fact(say("Why"), (extension.reason,))
        yield Notice(say("The time-box was extended"), facts)
    for reopening in record.reopened:
        facts = Fact(say("When"), (moment(reopening.date),)), Fact(say("Why"), (reopening.reason,))
        yield Notice(say("Reopened after its conclusion"), facts)


def _rule(record: Experiment, told: Effect | None) -> Iterator[Branch]:
    rule = record.decision_rule
    if rule is None:
        return
    decision = record.decision
    taken = ""
    if decision and decision.followed_rule is not False:
        taken = _BRANCH.get(decision.action, "otherwise")
    what = say("This happened: %(effect)s.", effect=told.text) if told else say("This happened.")
    for name, label, text in (
        ("ship_if", say("Ship if"), rule.ship_if),
        ("stop_if", say("Stop if"), rule.stop_if),
        ("otherwise", say("Otherwise"), rule.otherwise),
    ):
        yield Branch(label, text, what if name == taken else "")


def _no_rule(record: Experiment) -> str:
    if record.decision_rule:
        return ""
    if record.retrospective:
        return say("No decision rule is on record: this was written down afterwards.")
    if record.status is _S.PLANNED:
        return say(
            "No decision rule yet. Agree before the start on what to ship, stop and try again."
        )
    return say("No decision rule was written down, so the result can be read to suit anybody.")


def _lines(view: View, found: list[Effect]) -> list[Line]:
    return [
        Line(
            named(view, effect.metric, ""),
            ((effect.arm,),) if effect.arm else (),
            effect,
        )
        for effect in found
    ]


def _empty_results(view: View, record: Experiment) -> str:
    count = sum(not _says_something(view, record, n) for n in range(len(record.results)))
    if not count:
        return ""
    return words.plural(
        count,
        "One result says nothing that was measured.",
        "%(number)s results say nothing that was measured.",
    )


def _says_something(view: View, record: Experiment, index: int) -> bool:
    result = record.results[index]
    metric = metric_of(view, result.metric)
    return bool(fx.effects_of(result, metric.record if metric else None))


def _no_results(record: Experiment) -> Said:
    if record.results:
        return ()
    if record.no_results:
        return (say("No figures are on record."),)
    if record.status is _S.CONCLUDED:
        return (say("No result is written down, and nothing says why."),)
    return due(record)


def _decision(decision: Decision) -> DecisionShown:
    return DecisionShown(
        words.label(str(decision.action)),
        decision.why,
        moment(decision.date),
        say(_FOLLOWED[decision.followed_rule]),
        departed=decision.followed_rule is False,
    )


def _awaited(record: Experiment, late: str | None) -> Awaited:
    if record.retrospective:
        text = say("None on record. This was written down afterwards.")
    elif record.decision_rule:
        text = say("Hold the result against the rule above, and write down what you do.")
    else:
        text = say("There is no rule to hold the result against. Say what you do, and why.")
    waits = say("Not recorded, %(late)s", late=late) if late else None
    return Awaited(waits, text, is_past=record.retrospective)


def _learning_note(record: Experiment) -> str:
    if record.learning:
        is_final = record.decision or record.retrospective
        return "" if is_final else say("Becomes final with the decision.")
    if record.status is _S.CONCLUDED:
        return say("Not written down yet: what do we now believe that we did not before?")
    return ""
