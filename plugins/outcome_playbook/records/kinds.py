"""The kinds of records, their statuses in the order of a record's life, and closed word lists."""

from enum import StrEnum

from outcome_playbook.diagnostics.told import Told, told


class Kind(StrEnum):
    """What a record is."""

    OUTCOME = "outcome"
    METRIC = "metric"
    HYPOTHESIS = "hypothesis"
    EXPERIMENT = "experiment"

    @property
    def plural(self) -> str:
        """The name of the kind's folder on the site, such as ``hypotheses``."""
        return "hypotheses" if self is Kind.HYPOTHESIS else f"{self}s"

    @property
    def with_article(self) -> Told:
        """The kind in a sentence: ``an outcome``."""
        return _WITH_ARTICLE[self]


_WITH_ARTICLE = {
    # Translators: a kind as it stands in many sentences: word those so that it fits as it is.
    Kind.OUTCOME: told("an outcome"),
    Kind.METRIC: told("a metric"),
    Kind.HYPOTHESIS: told("a hypothesis"),
    Kind.EXPERIMENT: told("an experiment"),
}


class OutcomeStatus(StrEnum):
    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    ACHIEVED = "achieved"
    MISSED = "missed"
    DROPPED = "dropped"


class MetricStatus(StrEnum):
    PROPOSED = "proposed"
    APPROVED = "approved"
    DEPRECATED = "deprecated"


class HypothesisStatus(StrEnum):
    DRAFT = "draft"
    PROPOSED = "proposed"
    TESTING = "testing"
    SUPPORTED = "supported"
    NOT_SUPPORTED = "not_supported"
    INCONCLUSIVE = "inconclusive"
    PARKED = "parked"
    DROPPED = "dropped"


class ExperimentStatus(StrEnum):
    PLANNED = "planned"
    RUNNING = "running"
    REVIEW = "review"
    CONCLUDED = "concluded"
    CANCELLED = "cancelled"


STATUSES: dict[Kind, type[StrEnum]] = {
    Kind.OUTCOME: OutcomeStatus,
    Kind.METRIC: MetricStatus,
    Kind.HYPOTHESIS: HypothesisStatus,
    Kind.EXPERIMENT: ExperimentStatus,
}
"""The statuses of each kind, in the order of a record's life; the first is where it begins."""

_O, _M, _H, _E = OutcomeStatus, MetricStatus, HypothesisStatus, ExperimentStatus
STEPS: dict[Kind, dict[str, tuple[str, ...]]] = {
    Kind.OUTCOME: {
        _O.DRAFT: (_O.ACTIVE,),
        _O.ACTIVE: (_O.PAUSED, _O.ACHIEVED, _O.MISSED, _O.DROPPED),
        _O.PAUSED: (_O.ACTIVE,),
    },
    Kind.METRIC: {_M.PROPOSED: (_M.APPROVED,), _M.APPROVED: (_M.DEPRECATED,)},
    Kind.HYPOTHESIS: {
        _H.DRAFT: (_H.PROPOSED,),
        _H.PROPOSED: (_H.TESTING, _H.PARKED, _H.DROPPED),
        _H.TESTING: (_H.SUPPORTED, _H.NOT_SUPPORTED, _H.INCONCLUSIVE),
        _H.INCONCLUSIVE: (_H.TESTING,),
        _H.PARKED: (_H.PROPOSED,),
    },
    Kind.EXPERIMENT: {
        _E.PLANNED: (_E.RUNNING, _E.CANCELLED),
        _E.RUNNING: (_E.REVIEW, _E.CANCELLED),
        _E.REVIEW: (_E.CONCLUDED,),
        _E.CONCLUDED: (_E.REVIEW,),
    },
}
"""Which statuses a record may go to from one; none from a status that is missing here.

From concluded back to review, an experiment says why in ``reopened``.
"""

VERDICTS = (
    HypothesisStatus.SUPPORTED,
    HypothesisStatus.NOT_SUPPORTED,
    HypothesisStatus.INCONCLUSIVE,
)
"""The statuses of a hypothesis that say what its experiments showed."""


class Direction(StrEnum):
    INCREASE = "increase"
    DECREASE = "decrease"
    MAINTAIN = "maintain"


class Value(StrEnum):
    """Whom a metric's change creates value for."""

    CUSTOMER = "customer"
    BUSINESS = "business"
    OPERATIONAL = "operational"
    ACTIVITY = "activity"


class Indicator(StrEnum):
    LEADING = "leading"
    LAGGING = "lagging"


class Method(StrEnum):
    AB_TEST = "ab_test"
    CLUSTER_TRIAL = "cluster_trial"
    BEFORE_AFTER = "before_after"
    DIFFERENCE_IN_DIFFERENCES = "difference_in_differences"
    PILOT = "pilot"
    PROCESS_TRIAL = "process_trial"
    FAKE_DOOR = "fake_door"
    PROTOTYPE = "prototype"
    INTERVIEW = "interview"
    SURVEY = "survey"
    OTHER = "other"


class Conclusion(StrEnum):
    """What came of an experiment; where it stands is its status."""

    WON = "won"
    LOST = "lost"
    INCONCLUSIVE = "inconclusive"
    STOPPED_EARLY = "stopped_early"
    INVALID = "invalid"


class Action(StrEnum):
    """What was decided after an experiment."""

    SHIP = "ship"
    ROLL_BACK = "roll_back"
    ITERATE = "iterate"
    RERUN = "rerun"
    STOP = "stop"
