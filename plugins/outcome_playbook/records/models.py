"""The four kinds as typed models: the one definition of every field.

What is always required is required here; what a later status asks for is in ``asks``. A field's
description is what the reference page and the editor show, and so is what a kind is for. Its
examples are values as they stand in a file; together they tell one story, of answering claims.
"""

from typing import Annotated, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from outcome_playbook.diagnostics.told import term
from outcome_playbook.records.fields import Names
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

OutcomeId = Annotated[Id, Names(Kind.OUTCOME)]
MetricId = Annotated[Id, Names(Kind.METRIC)]
HypothesisId = Annotated[Id, Names(Kind.HYPOTHESIS)]
RecordId = Annotated[Id, Names(None)]

AnyStatus = OutcomeStatus | MetricStatus | HypothesisStatus | ExperimentStatus


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(_Model):
    title: Text = Field(
        description=term("What is found there"), examples=["What callers asked in 2025"]
    )
    url: Url = Field(
        description=term("Its address, http or https"), examples=["https://example.org/calls-2025"]
    )


_TITLE = term("What changes for whom, in sentence case")


class Record(_Model):
    """What every record has. Its kind is ``kind``, its id the stem of its file."""

    kind: ClassVar[Kind]

    title: Text = Field(description=_TITLE)
    status: AnyStatus = Field(description=term("Where the work stands"))
    owner: Text | None = Field(
        None, description=term("The team or person to ask"), examples=["Claims desk"]
    )
    summary: Text | None = Field(
        None,
        description=term("One line; else the body's first paragraph"),
        examples=["The letter names the papers to send before it says anything else."],
    )
    tags: list[Text] = Field([], description=term("Words to find it by"), examples=[["letters"]])
    aliases: list[Id] = Field(
        [], description=term("Earlier ids; each redirects here"), examples=[["shorter-letter"]]
    )
    related: list[RecordId] = Field(
        [],
        description=term("Ids of records worth reading beside it"),
        examples=[["calls-answered-first-time"]],
    )
    sources: list[Source] = Field([], description=term("Where its facts come from"))

    @property
    def due(self) -> CoarseDay | None:
        """When somebody has to look at it; ``None`` where no day is set."""
        return None


class Outcome(Record):
    __doc__ = term("A change in people's behaviour or situation that we want.")

    kind = Kind.OUTCOME

    title: Text = Field(description=_TITLE, examples=["People get an answer to their claim sooner"])
    status: OutcomeStatus = Field(description=term("Where the work stands"))
    problem: Text | None = Field(
        None,
        description=term("What is wrong today"),
        examples=["People wait three weeks for an answer, and ring us to ask where it is"],
    )
    root_causes: list[Text] = Field(
        [],
        description=term("The problems behind the problem, from what we see to what we work on"),
        examples=[["Claims arrive without the papers we need", "The letter hides what to send"]],
    )
    beneficiary: Text | None = Field(
        None,
        description=term("For whom it gets better"),
        examples=["People who live on what they claim"],
    )
    metric: MetricId | None = Field(
        None, description=term("The metric that shows it"), examples=["days-to-an-answer"]
    )
    baseline: Number | None = Field(
        None, description=term("Where it began, in the metric's unit"), examples=[21]
    )
    target: Number | None = Field(
        None, description=term("Where it should be, in the metric's unit"), examples=[10]
    )
    target_date: Day | None = Field(None, description=term("By when"), examples=["2027-06-30"])
    trade_off: Text | None = Field(
        None,
        description=term("What we will not do for it"),
        examples=["We will not close claims early to make the number look better"],
    )
    parent: OutcomeId | None = Field(
        None,
        description=term("The wider outcome it is part of"),
        examples=["less-time-spent-waiting"],
    )

    @property
    def due(self) -> CoarseDay | None:
        """The day by which its target should be reached."""
        return CoarseDay(self.target_date, self.target_date) if self.target_date else None


class Reading(_Model):
    date: Day = Field(description=term("The day the number holds for"), examples=["2026-09-30"])
    value: Number = Field(description=term("The number, in the metric's unit"), examples=[21])
    source: Text | None = Field(
        None, description=term("Where it was read"), examples=["The register of claims"]
    )


class Metric(Record):
    __doc__ = term("A number we would act on.")

    kind = Kind.METRIC

    title: Text = Field(
        description=term("What the number counts, in a few words"), examples=["Days to an answer"]
    )
    status: MetricStatus = Field(description=term("Where the work stands"))
    definition: Text | None = Field(
        None,
        description=term("How it is computed, in words"),
        examples=["Days from the claim to its answer, the median of all answered in a month"],
    )
    unit: Text | None = Field(None, description=term("%, days, USD, …"), examples=["days"])
    direction: Direction | None = Field(None, description=term("Which way is better"))
    value: Value | None = Field(None, description=term("Whom a change creates value for"))
    if_up: Text | None = Field(
        None,
        description=term("What we would do if it rose"),
        examples=["Look at the ten slowest claims together, and change what held them up"],
    )
    if_down: Text | None = Field(
        None,
        description=term("What we would do if it fell"),
        examples=["Use the new letter for every kind of claim"],
    )
    indicator: Indicator | None = Field(None, description=term("Whether it moves early or late"))
    source: Text | None = Field(
        None, description=term("Where the number comes from"), examples=["The register of claims"]
    )
    review_by: Day | None = Field(
        None, description=term("After this day it is no longer trusted"), examples=["2027-06-30"]
    )
    readings: list[Reading] = Field([], description=term("What was read, and when"))
    replaced_by: MetricId | None = Field(
        None, description=term("The metric to use instead"), examples=["days-to-a-payment"]
    )

    @property
    def due(self) -> CoarseDay | None:
        """The day by which it should be reviewed."""
        return CoarseDay(self.review_by, self.review_by) if self.review_by else None

    @property
    def latest_reading(self) -> Reading | None:
        """The reading of the latest day, ``None`` without any."""
        return max(self.readings, key=lambda reading: reading.date, default=None)


class Observation(_Model):
    observation: Text = Field(
        description=term("What was seen"),
        examples=["Four in ten claims come without a proof of address"],
    )
    source: Text | None = Field(
        None, description=term("Where it was seen"), examples=["A count of the claims of May"]
    )


class Guardrail(_Model):
    metric: MetricId = Field(
        description=term("The metric that must not get worse"),
        examples=["answers-reversed-on-appeal"],
    )
    limit: Number | None = Field(
        None, description=term("The worst acceptable value, in its unit"), examples=[5]
    )


class Prediction(_Model):
    low: Number = Field(
        description=term("The low end of the effect, in the metric's unit"), examples=[-8]
    )
    expected: Number = Field(
        description=term("The effect expected, in the metric's unit"), examples=[-4]
    )
    high: Number = Field(
        description=term("The high end of the effect, in the metric's unit"), examples=[0]
    )
    confidence: Fraction | None = Field(
        None, description=term("From 0 to 1, that the hypothesis will be supported"), examples=[0.6]
    )


class Hypothesis(Record):
    __doc__ = term(
        "By this change we will solve this problem, with these benefits, as this metric shows."
    )

    kind = Kind.HYPOTHESIS

    title: Text = Field(description=_TITLE, examples=["Papers named first"])
    status: HypothesisStatus = Field(description=term("Where the work stands"))
    outcome: OutcomeId | None = Field(
        None, description=term("The outcome it serves"), examples=["faster-claims"]
    )
    change: Text | None = Field(
        None,
        description=term("We hypothesize by …"),
        examples=["naming the papers to send in the first line of the letter"],
    )
    problem: Text | None = Field(
        None, description=term("… we will …"), examples=["get complete claims at the first attempt"]
    )
    benefits: Text | None = Field(
        None,
        description=term("… which will have …"),
        examples=["earlier answers for people who live on what they claim"],
    )
    metric: MetricId | None = Field(
        None, description=term("… as measured by this metric"), examples=["days-to-an-answer"]
    )
    because: list[Annotated[Observation, short_form("observation")]] = Field(
        [],
        description=term("The observations behind it"),
        examples=[["Four in ten claims come without a proof of address"]],
    )
    guardrails: list[Annotated[Guardrail, short_form("metric")]] = Field(
        [],
        description=term("Metrics that must not get worse"),
        examples=[["answers-reversed-on-appeal"]],
    )
    would_change_our_mind: Text | None = Field(
        None,
        description=term("Which evidence would"),
        examples=["As many claims come incomplete, although people read the first line"],
    )
    prediction: Prediction | None = Field(None, description=term("The effect we expect"))
    supersedes: list[HypothesisId] = Field(
        [],
        description=term("Hypotheses it takes the place of"),
        examples=[["papers-named-overleaf"]],
    )


class Extension(_Model):
    from_: Day = Field(alias="from", description=term("The end as it was"), examples=["2026-10-31"])
    to: Day = Field(description=term("The end as it is now"), examples=["2026-11-30"])
    reason: Text = Field(
        description=term("Why it was moved"),
        examples=["The printer lost a week, so half of the letters went out late"],
    )


class DecisionRule(_Model):
    ship_if: Text = Field(
        description=term("What must be seen to ship"),
        examples=["the new letter saves two days or more"],
    )
    stop_if: Text = Field(
        description=term("What must be seen to stop"),
        examples=["it saves nothing, or more answers are reversed on appeal"],
    )
    otherwise: Text = Field(
        description=term("What happens in any other case"),
        examples=["run it for four weeks more, then decide"],
    )


class Arm(_Model):
    """One group of an experiment: conversions of n, or a mean and its spread, or a rate."""

    name: Text | None = Field(
        None,
        description=term("What this group got"),
        examples=["The letter that names the papers first"],
    )
    n: Count | None = Field(None, description=term("How many were in it"), examples=[400])
    conversions: Count | None = Field(
        None, description=term("How many of them did it"), examples=[236]
    )
    mean: Number | None = Field(
        None, description=term("The mean, in the metric's unit"), examples=[17.2]
    )
    sd: NotNegative | None = Field(
        None, description=term("Standard deviation, in the metric's unit"), examples=[6.1]
    )
    se: NotNegative | None = Field(
        None, description=term("Standard error of the mean"), examples=[0.3]
    )
    rate: Fraction | None = Field(
        None, description=term("The share as a fraction: 0.35 is 35%"), examples=[0.59]
    )


class Result(_Model):
    """What was measured: arms with the control first, or an effect as somebody reported it."""

    metric: MetricId = Field(description=term("What was measured"), examples=["days-to-an-answer"])
    control: Arm | None = Field(None, description=term("The group without the change"))
    treatment: Arm | None = Field(None, description=term("The group with it"))
    arms: list[Arm] = Field([], description=term("More than two groups, the control first"))
    estimate: Number | None = Field(
        None, description=term("The effect as reported"), examples=[-3.8]
    )
    unit: Text | None = Field(None, description=term("The unit of the effect"), examples=["days"])
    low: Number | None = Field(None, description=term("Low end of its interval"), examples=[-5.1])
    high: Number | None = Field(None, description=term("High end of its interval"), examples=[-2.5])
    n: Count | None = Field(None, description=term("How many took part"), examples=[800])
    source: Text | None = Field(
        None, description=term("Who reported it"), examples=["The evaluation team"]
    )

    @property
    def groups(self) -> list[Arm]:
        """The arms in either way of writing, the control first."""
        return self.arms or [arm for arm in (self.control, self.treatment) if arm]


class Decision(_Model):
    date: Day = Field(description=term("The day it was taken"), examples=["2026-12-03"])
    action: Action = Field(description=term("What we do now"))
    why: Text = Field(
        description=term("The reason, in a sentence"),
        examples=["The new letter saves close to four days, and no more answers were reversed"],
    )
    followed_rule: Yes | None = Field(
        None, description=term("Whether it is what the rule said"), examples=[True]
    )


class Reopening(_Model):
    date: Day = Field(description=term("The day it went back to review"), examples=["2027-01-12"])
    reason: Text = Field(description=term("Why"), examples=["A batch of letters was counted twice"])


class Experiment(Record):
    __doc__ = term("A small time-bound test of one hypothesis.")

    kind = Kind.EXPERIMENT

    title: Text = Field(description=_TITLE, examples=["The new letter in one district"])
    status: ExperimentStatus = Field(description=term("Where the work stands"))
    hypothesis: HypothesisId | None = Field(
        None, description=term("The hypothesis it tests"), examples=["papers-named-first"]
    )
    method: Method | None = Field(None, description=term("How it is tested"))
    start: SomeDay | None = Field(None, description=term("The first day"), examples=["2026-10-01"])
    end: SomeDay | None = Field(
        None, description=term("The day a decision is due"), examples=["2026-10-31"]
    )
    extensions: list[Extension] = Field([], description=term("Each time the end was moved"))
    decision_rule: DecisionRule | None = Field(None, description=term("Agreed before the start"))
    sample_size: Count | None = Field(
        None, description=term("How many are planned to take part"), examples=[800]
    )
    minimum_detectable_effect: Number | None = Field(
        None, description=term("The smallest effect it can see, in the metric's unit"), examples=[2]
    )
    results: list[Result] = Field([], description=term("What was measured"))
    no_results: Text | None = Field(
        None,
        description=term("Why nothing was measured"),
        examples=["The register was moved, and what it held in October is lost"],
    )
    conclusion: Conclusion | None = Field(None, description=term("What came of it"))
    decision: Decision | None = Field(None, description=term("What we do now, and why"))
    learning: Text | None = Field(
        None,
        description=term("What we now believe that we did not before"),
        examples=["People send what the first line asks for, and little of what stands below it"],
    )
    reopened: list[Reopening] = Field([], description=term("Each return from concluded to review"))
    retrospective: Yes = Field(False, description=term("Whether it was written down afterwards"))

    @property
    def due(self) -> CoarseDay | None:
        """The end of its time-box, when a decision is due."""
        return self.end

    @property
    def last_day(self) -> CoarseDay | None:
        """The day of the decision where there is one, else the end of the time-box."""
        return CoarseDay(self.decision.date, self.decision.date) if self.decision else self.end


MODELS: dict[Kind, type[Record]] = {
    model.kind: model for model in (Outcome, Metric, Hypothesis, Experiment)
}
