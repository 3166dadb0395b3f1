"""The four kinds as typed models: the one definition of every field.

What is always required is required here; what a later status asks for is in ``asks``. A field's
description is what the reference page and the editor show, and so is what a kind is for.
"""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from outcome_playbook.diagnostics.told import term
from outcome_playbook.records.kinds import (
    Action,
    Conclusion,
    Direction,
    ExperimentStatus,
    HypothesisStatus,
    Indicator,
    Kind,
    Method,
    MetricStatus,
    OutcomeStatus,
    Value,
)
from outcome_playbook.records.values import (
    CoarseDay,
    Count,
    Day,
    Fraction,
    Id,
    NotNegative,
    Number,
    SomeDay,
    Text,
    Url,
    Yes,
    short_form,
)

AnyStatus = OutcomeStatus | MetricStatus | HypothesisStatus | ExperimentStatus


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Model):
    title: Text = Field(description=term("What is found there"))
    url: Url = Field(description=term("Its address, http or https"))


class Record(_Model):
    """What every record has. Its kind is ``kind``, its id the stem of its file."""

    kind: ClassVar[Kind]

    title: Text = Field(description=term("What changes for whom, in sentence case"))
    status: AnyStatus = Field(description=term("Where the work stands"))
    owner: Text | None = Field(None, description=term("The team or person to ask"))
    summary: Text | None = Field(
        None, description=term("One line; else the body's first paragraph")
    )
    tags: list[Text] = Field([], description=term("Words to find it by"))
    aliases: list[Id] = Field([], description=term("Earlier ids; each redirects here"))
    related: list[Id] = Field([], description=term("Ids of records worth reading beside it"))
    sources: list[Source] = Field([], description=term("Where its facts come from"))


class Outcome(Record):
    __doc__ = term("A change in people's behaviour or situation that we want.")

    kind = Kind.OUTCOME

    status: OutcomeStatus = Field(description=term("Where the work stands"))
    problem: Text | None = Field(None, description=term("What is wrong today"))
    root_causes: list[Text] = Field(
        [], description=term("The problems behind the problem, from what we see to what we work on")
    )
    beneficiary: Text | None = Field(None, description=term("For whom it gets better"))
    metric: Id | None = Field(None, description=term("The metric that shows it"))
    baseline: Number | None = Field(None, description=term("Where it began, in the metric's unit"))
    target: Number | None = Field(
        None, description=term("Where it should be, in the metric's unit")
    )
    target_date: Day | None = Field(None, description=term("By when"))
    trade_off: Text | None = Field(None, description=term("What we will not do for it"))
    parent: Id | None = Field(None, description=term("The wider outcome it is part of"))


class Reading(_Model):
    date: Day = Field(description=term("The day the number holds for"))
    value: Number = Field(description=term("The number, in the metric's unit"))
    source: Text | None = Field(None, description=term("Where it was read"))


class Metric(Record):
    __doc__ = term("A number we would act on.")

    kind = Kind.METRIC

    status: MetricStatus = Field(description=term("Where the work stands"))
    definition: Text | None = Field(None, description=term("How it is computed, in words"))
    unit: Text | None = Field(None, description=term("%, days, USD, …"))
    direction: Direction | None = Field(None, description=term("Which way is better"))
    value: Value | None = Field(None, description=term("Whom a change creates value for"))
    if_up: Text | None = Field(None, description=term("What we would do if it rose"))
    if_down: Text | None = Field(None, description=term("What we would do if it fell"))
    indicator: Indicator | None = Field(None, description=term("Whether it moves early or late"))
    source: Text | None = Field(None, description=term("Where the number comes from"))
    review_by: Day | None = Field(None, description=term("After this day it is no longer trusted"))
    readings: list[Reading] = Field([], description=term("What was read, and when"))
    replaced_by: Id | None = Field(None, description=term("The metric to use instead"))

    @property
    def latest_reading(self) -> Reading | None:
        """The reading of the latest day, ``None`` without any."""
        return max(self.readings, key=lambda reading: reading.date, default=None)


class Observation(_Model):
    observation: Text = Field(description=term("What was seen"))
    source: Text | None = Field(None, description=term("Where it was seen"))


class Guardrail(_Model):
    metric: Id = Field(description=term("The metric that must not get worse"))
    limit: Number | None = Field(None, description=term("The worst acceptable value, in its unit"))


class Prediction(_Model):
    low: Number = Field(description=term("The low end of the effect, in the metric's unit"))
    expected: Number = Field(description=term("The effect expected, in the metric's unit"))
    high: Number = Field(description=term("The high end of the effect, in the metric's unit"))
    confidence: Fraction | None = Field(
        None, description=term("From 0 to 1, that the hypothesis will be supported")
    )


class Hypothesis(Record):
    __doc__ = term(
        "By this change we will solve this problem, with these benefits, as this metric shows."
    )

    kind = Kind.HYPOTHESIS

    status: HypothesisStatus = Field(description=term("Where the work stands"))
    outcome: Id | None = Field(None, description=term("The outcome it serves"))
    change: Text | None = Field(None, description=term("We hypothesize by …"))
    problem: Text | None = Field(None, description=term("… we will …"))
    benefits: Text | None = Field(None, description=term("… which will have …"))
    metric: Id | None = Field(None, description=term("… as measured by this metric"))
    because: list[Annotated[Observation, short_form("observation")]] = Field(
        [], description=term("The observations behind it")
    )
    guardrails: list[Annotated[Guardrail, short_form("metric")]] = Field(
        [], description=term("Metrics that must not get worse")
    )
    would_change_our_mind: Text | None = Field(None, description=term("Which evidence would"))
    prediction: Prediction | None = Field(None, description=term("The effect we expect"))
    supersedes: list[Id] = Field([], description=term("Hypotheses it takes the place of"))


class Extension(_Model):
    from_: Day = Field(alias="from", description=term("The end as it was"))
    to: Day = Field(description=term("The end as it is now"))
    reason: Text = Field(description=term("Why it was moved"))


class DecisionRule(_Model):
    ship_if: Text = Field(description=term("What must be seen to ship"))
    stop_if: Text = Field(description=term("What must be seen to stop"))
    otherwise: Text = Field(description=term("What happens in any other case"))


class Arm(_Model):
    """One group of an experiment: conversions of n, or a mean and its spread, or a rate."""

    name: Text | None = Field(None, description=term("What this group got"))
    n: Count | None = Field(None, description=term("How many were in it"))
    conversions: Count | None = Field(None, description=term("How many of them did it"))
    mean: Number | None = Field(None, description=term("The mean, in the metric's unit"))
    sd: NotNegative | None = Field(
        None, description=term("Standard deviation, in the metric's unit")
    )
    se: NotNegative | None = Field(None, description=term("Standard error of the mean"))
    rate: Fraction | None = Field(None, description=term("The share as a fraction: 0.35 is 35%"))


class Result(_Model):
    """What was measured: arms with the control first, or an effect as somebody reported it."""

    metric: Id = Field(description=term("What was measured"))
    control: Arm | None = Field(None, description=term("The group without the change"))
    treatment: Arm | None = Field(None, description=term("The group with it"))
    arms: list[Arm] = Field([], description=term("More than two groups, the control first"))
    estimate: Number | None = Field(None, description=term("The effect as reported"))
    unit: Text | None = Field(None, description=term("The unit of the effect"))
    low: Number | None = Field(None, description=term("Low end of its interval"))
    high: Number | None = Field(None, description=term("High end of its interval"))
    n: Count | None = Field(None, description=term("How many took part"))
    source: Text | None = Field(None, description=term("Who reported it"))

    @property
    def groups(self) -> list[Arm]:
        """The arms in either way of writing, the control first."""
        return self.arms or [arm for arm in (self.control, self.treatment) if arm]


class Decision(_Model):
    date: Day = Field(description=term("The day it was taken"))
    action: Action = Field(description=term("What we do now"))
    why: Text = Field(description=term("The reason, in a sentence"))
    followed_rule: Yes | None = Field(None, description=term("Whether it is what the rule said"))


class Reopening(_Model):
    date: Day = Field(description=term("The day it went back to review"))
    reason: Text = Field(description=term("Why"))


class Experiment(Record):
    __doc__ = term("A small time-bound test of one hypothesis.")

    kind = Kind.EXPERIMENT

    status: ExperimentStatus = Field(description=term("Where the work stands"))
    hypothesis: Id | None = Field(None, description=term("The hypothesis it tests"))
    method: Method | None = Field(None, description=term("How it is tested"))
    start: SomeDay | None = Field(None, description=term("The first day"))
    end: SomeDay | None = Field(None, description=term("The day a decision is due"))
    extensions: list[Extension] = Field([], description=term("Each time the end was moved"))
    decision_rule: DecisionRule | None = Field(None, description=term("Agreed before the start"))
    sample_size: Count | None = Field(None, description=term("How many are planned to take part"))
    minimum_detectable_effect: Number | None = Field(
        None, description=term("The smallest effect it can see, in the metric's unit")
    )
    results: list[Result] = Field([], description=term("What was measured"))
    no_results: Text | None = Field(None, description=term("Why nothing was measured"))
    conclusion: Conclusion | None = Field(None, description=term("What came of it"))
    decision: Decision | None = Field(None, description=term("What we do now, and why"))
    learning: Text | None = Field(
        None, description=term("What we now believe that we did not before")
    )
    reopened: list[Reopening] = Field([], description=term("Each return from concluded to review"))
    retrospective: Yes = Field(False, description=term("Whether it was written down afterwards"))

    @property
    def last_day(self) -> CoarseDay | None:
        """The day of the decision where there is one, else the end of the time-box."""
        return CoarseDay(self.decision.date, self.decision.date) if self.decision else self.end


MODELS: dict[Kind, type[Record]] = {
    model.kind: model for model in (Outcome, Metric, Hypothesis, Experiment)
}
