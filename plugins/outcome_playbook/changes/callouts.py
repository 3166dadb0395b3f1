"""What a reader of a change should look at twice: one table of what is called out, and why.

It is about promises made before the numbers came in, and about numbers that others rely on. No
person is looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from outcome_playbook.changes.phrases import Fields
from outcome_playbook.records.kinds import VERDICTS, Kind


@dataclass(frozen=True, slots=True)
class Altered:
    """A record before and after; ``old`` and ``new`` are the value of the field that changed."""

    before: Fields
    after: Fields
    old: Any
    new: Any

    @property
    def was(self) -> str:
        """The status before."""
        return str(self.before["status"])

    @property
    def now(self) -> str:
        """The status after."""
        return str(self.after["status"])

    @property
    def in_hindsight(self) -> bool:
        """Whether the record was and is one that is written down afterwards."""
        return bool(self.before.get("retrospective") and self.after.get("retrospective"))


When = Callable[[Altered], bool]


def _was(*statuses: str) -> When:
    return lambda it: it.was in statuses and not it.in_hindsight


def _from_to(was: tuple[str, ...], now: tuple[str, ...]) -> When:
    return lambda it: it.was in was and it.now in now and not it.in_hindsight


def _both(one: When, other: When) -> When:
    return lambda it: one(it) and other(it)


def _replaced(it: Altered) -> bool:
    return it.old is not None


def _promised(it: Altered) -> bool:
    """A value was there, in a record that is more than a draft."""
    return it.old is not None and it.was != "draft"


def _without_extension(it: Altered) -> bool:
    known = it.before.get("extensions", [])
    came = [entry for entry in it.after.get("extensions", []) if entry not in known]
    return not any(entry["to"] == it.new for entry in came)


def _fewer_guardrails(it: Altered) -> bool:
    kept = {guardrail["metric"] for guardrail in it.new or []}
    return it.was != "draft" and any(g["metric"] not in kept for g in it.old or [])


def _other_limits(it: Altered) -> bool:
    limits = {guardrail["metric"]: guardrail.get("limit") for guardrail in it.new or []}
    return any(limits.get(g["metric"]) != g.get("limit") for g in it.old or [])


def _reopened(it: Altered) -> bool:
    """The record went back to review, and says why."""
    told = len(it.after.get("reopened", [])) > len(it.before.get("reopened", []))
    return told and it.now == "review"


def _rewritten(it: Altered) -> bool:
    return it.old is not None and not _reopened(it)


def _decided_otherwise(it: Altered) -> bool:
    if not _rewritten(it):
        return False
    names = ("action", "date", "followed_rule")
    return any(it.old.get(name) != (it.new or {}).get(name) for name in names)


def _verdict_rewritten(it: Altered) -> bool:
    is_again = it.was == "inconclusive" and it.now == "testing"
    return it.was in _VERDICTS and it.now != it.was and not is_again


_VERDICTS: Final = tuple(map(str, VERDICTS))
_BEFORE_IT_RAN: Final = ("planned", "cancelled")
_ENDED: Final = ("review", "concluded")
_TESTED: Final = ("testing", *_VERDICTS)

_E, _H, _O, _M = Kind.EXPERIMENT, Kind.HYPOTHESIS, Kind.OUTCOME, Kind.METRIC
_RULE: Final = "decision rule"
_BECAME_HINDSIGHT: Final = "declared as written down afterwards"

_CALLED_OUT: Final[tuple[tuple[Kind, str, When, str], ...]] = (
    # Kind, field, when, what is said: {done} is "changed", "written" or "taken out".
    (
        *(_E, "decision_rule", _from_to(("running",), _ENDED)),
        f"{_RULE} {{done}} while running, in the change that ends it",
    ),
    (_E, "decision_rule", _was("running"), f"{_RULE} {{done}} while running"),
    (_E, "decision_rule", _was("review"), f"{_RULE} {{done}} while in review"),
    (_E, "decision_rule", _was("concluded"), f"{_RULE} {{done}} after it was concluded"),
    (
        *(_E, "decision_rule", _from_to(_BEFORE_IT_RAN, _ENDED)),
        f"{_RULE} {{done}} in the change that starts and ends it",
    ),
    (
        *(_E, "decision_rule", _both(_from_to(_BEFORE_IT_RAN, ("running",)), _replaced)),
        f"{_RULE} {{done}} in the change that starts it",
    ),
    (
        *(_E, "end", _both(_was("running", *_ENDED), _without_extension)),
        "end {done} without an entry in extensions",
    ),
    (
        _E,
        "results",
        lambda it: bool(it.before.get("decision")),
        "results {done} after the decision",
    ),
    (
        *(_E, "no_results", lambda it: bool(it.before.get("decision"))),
        "reason for no results {done} after the decision",
    ),
    (_E, "conclusion", _rewritten, "conclusion {done} after it was drawn"),
    (_E, "decision", _decided_otherwise, "decision {done} after it was taken"),
    (_E, "retrospective", lambda it: bool(it.new) and it.was == "running", _BECAME_HINDSIGHT),
    (_H, "guardrails", _fewer_guardrails, "guardrail dropped"),
    (_H, "guardrails", _both(_was(*_TESTED), _other_limits), "limit of a guardrail {done}"),
    (_H, "metric", _was("testing"), "metric {done} while testing"),
    (_H, "metric", _was(*_VERDICTS), "metric {done} after the verdict"),
    (_H, "prediction", _was("testing"), "prediction {done} while testing"),
    (_H, "prediction", _was(*_VERDICTS), "prediction {done} after the verdict"),
    (_H, "status", _verdict_rewritten, "verdict taken back"),
    (_O, "baseline", _promised, "baseline {done}"),
    (_O, "target", _promised, "target {done}"),
    (_O, "target_date", _promised, "day of the target {done}"),
    (_O, "metric", _promised, "measured by another metric"),
    (_M, "unit", lambda it: it.was != "proposed", "unit {done}, with numbers written in the old"),
    (_M, "direction", lambda it: it.was != "proposed", "the direction that is better {done}"),
)

UNREADABLE: Final = "cannot be read: nothing that it says counts"
TAKEN_TWICE: Final = "its id is taken by more than one file"
_EVIDENCE: Final = {
    "running": "removed while running",
    "review": "removed while in review",
    "testing": "removed while testing",
    "concluded": "removed with what it showed",
    **dict.fromkeys(_VERDICTS, "removed with its verdict"),
}


def called_out(kind: Kind, field: str, altered: Altered) -> str:
    """Return why the change of a field should be looked at twice, empty where there is nothing."""
    done = "written" if altered.old is None else "taken out" if altered.new is None else "changed"
    for of, name, when, words in _CALLED_OUT:
        if (of, name) == (kind, field) and when(altered):
            return words.format(done=done)
    return ""


def called_out_gone(status: str) -> str:
    """Return why the removal of a record should be looked at twice."""
    return _EVIDENCE.get(status, "")
