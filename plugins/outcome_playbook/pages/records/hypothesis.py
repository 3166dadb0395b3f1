"""The page of a hypothesis: the sentence leads, then what it rests on and what came of it."""

from dataclasses import dataclass

from outcome_playbook.pages import words
from outcome_playbook.pages.language import say
from outcome_playbook.pages.parts import Ref, Said, maybe_ref, ref, tell
from outcome_playbook.pages.records import guardrails as rails
from outcome_playbook.pages.records.common import Frame, frame, metric_of, named
from outcome_playbook.pages.records.experiments import (
    EffectCard,
    Learning,
    effect_card,
    headline,
    in_time,
    is_concluded,
    learnings,
)
from outcome_playbook.pages.records.guardrails import GuardrailRow
from outcome_playbook.pages.starting import Starts, starts
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import VERDICTS, HypothesisStatus, Kind
from outcome_playbook.records.models import Experiment, Hypothesis, Metric, Observation
from outcome_playbook.registry import Entry


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the sentence: the words that lead to it and what somebody wrote."""

    leads: str
    said: Said
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in large type: its label, the number, and the small print below."""

    label: str
    number: str
    note: Said


@dataclass(frozen=True, slots=True)
class HypothesisPage:
    frame: Frame
    clauses: tuple[Clause, ...]
    superseded_by: Said
    broken_guardrails: str
    figures: tuple[Figure, ...]
    no_prediction: str
    because: tuple[Observation, ...]
    guardrails: tuple[GuardrailRow, ...]
    experiments: tuple[EffectCard, ...]
    no_experiment: str
    starts: Starts | None
    would_change_our_mind: str | None
    learnings: tuple[Learning, ...]


def page(view: View, entry: Entry[Hypothesis]) -> HypothesisPage:
    """Return what the page of a hypothesis shows."""
    record = entry.record
    outcome = maybe_ref(view, record.outcome)
    metric = metric_of(view, record.metric)
    experiments = in_time(view.registry.experiments_of(entry.id))
    rows = rails.rows(view, entry, experiments)
    measured = _measured(view, experiments)
    return HypothesisPage(
        frame=frame(view, entry, _crumbs(outcome), _relation(entry, outcome, experiments)),
        clauses=_clauses(view, record),
        superseded_by=_superseded_by(view, entry),
        broken_guardrails=rails.broken_count(rows),
        figures=tuple(_figures(record, metric.record if metric else None, measured)),
        no_prediction=_no_prediction(record, measured),
        because=tuple(record.because),
        guardrails=tuple(rows),
        experiments=tuple(effect_card(view, experiment) for experiment in experiments),
        no_experiment=_no_experiment(record),
        starts=_starts(view, entry, experiments),
        would_change_our_mind=record.would_change_our_mind,
        learnings=tuple(learnings(experiments)),
    )


def _crumbs(outcome: Ref | None) -> tuple[Ref, ...]:
    if outcome is None:
        return (Ref(Kind.HYPOTHESIS.plural, words.kinds(Kind.HYPOTHESIS)),)
    return Ref(Kind.OUTCOME.plural, words.kinds(Kind.OUTCOME)), outcome


def _relation(
    entry: Entry[Hypothesis], outcome: Ref | None, experiments: list[Entry[Experiment]]
) -> Said:
    concluded = sum(is_concluded(experiment) for experiment in experiments)
    on: Said = ()
    if entry.record.status in VERDICTS and concluded:
        on = (
            words.plural(
                concluded,
                "on %(number)s concluded experiment",
                "on %(number)s concluded experiments",
            ),
        )
    serves = tell("serves %(outcome)s", outcome=outcome) if outcome else ()
    return (*on, *((" · ",) if on and serves else ()), *serves)


def _clauses(view: View, record: Hypothesis) -> tuple[Clause, ...]:
    missing = say("(not written yet)")
    written = (
        (say("We hypothesize by"), record.change),
        (say("we will"), record.problem),
        (say("which will have"), record.benefits),
    )
    clauses = [
        # Translators: the sign between two clauses of a hypothesis.
        Clause(leads, (say("%(clause)s,", clause=_bare(text) if text else missing),), text is None)
        for leads, text in written
    ]
    # Translators: the end of a hypothesis, its metric.
    last = tell("%(metric)s.", metric=named(view, record.metric, missing))
    clauses.append(Clause(say("as measured by"), last, record.metric is None))
    return tuple(clauses)


def _bare(text: str) -> str:
    """Return a clause without the mark at its end, for the sentence goes on."""
    return text.rstrip().rstrip(".,;").rstrip()


def _superseded_by(view: View, entry: Entry[Hypothesis]) -> Said:
    later = view.registry.naming(entry.id, "supersedes", Kind.HYPOTHESIS)
    refs: Said = tuple(part for one in later for part in (", ", ref(one)))[1:]
    return tell("Superseded by %(hypotheses)s.", hypotheses=refs) if later else ()


def _measured(view: View, experiments: list[Entry[Experiment]]) -> list[Figure]:
    """Return the effect of each concluded experiment, the latest first."""
    found = []
    for experiment in experiments:
        effect = headline(view, experiment) if is_concluded(experiment) else None
        if effect is not None:
            # Translators: an interval or its absence, and the experiment it comes from.
            note = tell(
                "%(around)s, %(experiment)s", around=effect.around, experiment=ref(experiment)
            )
            found.append(Figure(say("We measured"), effect.with_unit, note))
    return found


def _figures(record: Hypothesis, metric: Metric | None, measured: list[Figure]) -> list[Figure]:
    found = []
    if record.prediction:
        made = record.prediction
        unit = words.difference_unit(metric.unit if metric else None)
        low, high = words.signed(made.low), words.signed(made.high)
        span = words.measured(say("%(low)s to %(high)s", low=low, high=high), unit)
        expected = words.with_unit(made.expected, unit, sign=True)
        note = say("%(effect)s expected", effect=expected)
        found.append(Figure(say("We predicted"), span, (note,)))
    found += measured
    if record.prediction and record.prediction.confidence is not None:
        share = words.with_unit(round(100 * record.prediction.confidence, 6), "%")
        note = say("that it will be supported, the owner’s own estimate")
        found.append(Figure(say("Confidence, before"), share, (note,)))
    return found


def _no_prediction(record: Hypothesis, measured: list[Figure]) -> str:
    if record.prediction:
        return "" if measured else say("Nothing is measured yet.")
    if measured:
        return say(
            "No prediction was written down, so there is nothing to hold the result against."
        )
    return say(
        "No prediction yet. Write one before the first experiment starts: low, expected, high."
    )


def _starts(
    view: View, entry: Entry[Hypothesis], experiments: list[Entry[Experiment]]
) -> Starts | None:
    """Return the link that begins an experiment, unless nobody will test the hypothesis."""
    if entry.record.status is HypothesisStatus.DROPPED:
        return None
    known = {Kind.EXPERIMENT: {"hypothesis": entry.id}}
    return starts(view, (Kind.EXPERIMENT,), known, beside=experiments or [entry])


def _no_experiment(record: Hypothesis) -> str:
    if record.status in VERDICTS:
        return say("No experiment is on record, so the status rests on nothing that is shown here.")
    return say(
        "No experiment yet. The next step is a small one, with an end date and a decision rule."
    )
