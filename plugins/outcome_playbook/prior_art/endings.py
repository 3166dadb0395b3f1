"""How a record ended, in a phrase, and what was learned: facts as they were written down."""

import re
from collections import Counter
from typing import Any

from outcome_playbook.records.kinds import Action, Conclusion, ExperimentStatus, Kind
from outcome_playbook.records.models import Experiment, Result
from outcome_playbook.registry import Entry, Registry


def ending_of(registry: Registry, entry: Entry[Any]) -> tuple[str, str | None]:
    """Return how a record ended or where it stands, and the first sentence of its learning."""
    return _ENDINGS[entry.kind](registry, entry)


_DONE = {
    Action.SHIP: "shipped",
    Action.ROLL_BACK: "rolled back",
    Action.ITERATE: "tried again in another way",
    Action.RERUN: "run again",
    Action.STOP: "stopped",
}


def _of_outcome(registry: Registry, entry: Entry[Any]) -> tuple[str, str | None]:
    statuses = Counter(_words(h.record.status) for h in registry.hypotheses_of(entry.id))
    tried = ", ".join(f"{n} {status}" for status, n in sorted(statuses.items()))
    status = _words(entry.record.status)
    return (f"{status}; its hypotheses: {tried}" if tried else f"{status}, no hypothesis yet"), None


def _of_metric(registry: Registry, entry: Entry[Any]) -> tuple[str, str | None]:
    record = entry.record
    status = f"{_words(record.status)}, in {record.unit}"
    if record.replaced_by:
        return f"{_words(record.status)}, replaced by {record.replaced_by}", None
    users = [link for link in registry.backlinks.get(entry.id, ()) if link.field == "metric"]
    return (f"{status}; {len(users)} measured by it" if users else f"{status}, not used yet"), None


def _of_hypothesis(registry: Registry, entry: Entry[Any]) -> tuple[str, str | None]:
    status = _words(entry.record.status)
    tests = registry.experiments_of(entry.id)
    told = [test for test in tests if test.record.status is ExperimentStatus.CONCLUDED]
    if not told:
        return (f"{status}, {_tests(len(tests))}" if tests else f"{status}, not tested yet"), None
    # A test that could not tell is what came of a hypothesis only where no other is.
    last = max(
        told,
        key=lambda test: (
            test.record.conclusion is not Conclusion.INVALID,
            _day(test.record),
            test.id,
        ),
    )
    ending, learning = _of_experiment(registry, last)
    which = "its test" if len(told) == 1 else f"the last of its {len(told)} tests"
    return f"{status}; {which}: {ending.removeprefix('concluded: ')}", learning


def _tests(number: int) -> str:
    return "one test not concluded" if number == 1 else f"{number} tests not concluded"


def _day(record: Experiment) -> str:
    return str(record.last_day or record.start or "")


def _of_experiment(registry: Registry, entry: Entry[Any]) -> tuple[str, str | None]:
    record: Experiment = entry.record
    if record.status is not ExperimentStatus.CONCLUDED or record.conclusion is None:
        until = f", until {record.end}" if record.status is ExperimentStatus.RUNNING else ""
        return f"{_words(record.status)}{until}", _first_sentence(record.learning)
    parts = [_words(record.conclusion)]
    if effect := _effect(registry, record):
        parts.append(effect)
    if record.decision:
        parts.append(_DONE[record.decision.action])
    return f"concluded: {', '.join(parts)}", _first_sentence(record.learning)


_ENDINGS = {
    Kind.OUTCOME: _of_outcome,
    Kind.METRIC: _of_metric,
    Kind.HYPOTHESIS: _of_hypothesis,
    Kind.EXPERIMENT: _of_experiment,
}


def _effect(registry: Registry, record: Experiment) -> str:
    """Return what was measured on the hypothesis's metric, else first, as it was written down."""
    tested = registry.find(record.hypothesis)
    measure = tested.record.metric if tested is not None else None
    results = sorted(record.results, key=lambda r: (r.metric != measure, r.estimate is None))
    said = (_said(registry, result) for result in results)
    return next((text for text in said if text), "")


def _said(registry: Registry, result: Result) -> str:
    metric = registry.find(result.metric)
    unit = metric.record.unit if metric is not None and metric.kind is Kind.METRIC else None
    if result.estimate is not None:
        named = result.unit or ("points" if unit == "%" else unit)
        sign = "" if named and named.lower().endswith("ratio") else "+"
        text = f"{result.estimate:{sign},}".replace("-", "−")
        return f"{named} {text}" if named and not sign else _with_unit(text, named)
    levels = [level for arm in result.groups if (level := _level(arm, unit))]
    if len(levels) < 2:  # noqa: PLR2004 - a comparison is of two
        return ""
    return f"{levels[-1]} against {levels[0]}"


def _level(arm: Any, unit: str | None) -> str:
    if arm.mean is not None:
        return _with_unit(f"{arm.mean:,}".replace("-", "−"), unit)
    share = arm.rate
    if share is None and arm.conversions is not None and arm.n:
        share = arm.conversions / arm.n
    return f"{100 * share:.3g}%" if share is not None else ""


def _with_unit(number: str, unit: str | None) -> str:
    if not unit:
        return number
    return f"{number}%" if unit == "%" else f"{number} {unit}"


_SENTENCE = re.compile(
    r".*?(?:[.!?…]+[”’\"')]*(?=\s+[^\W\d_a-z]|\s*\Z)|[。\uff01\uff1f])", re.DOTALL
)


def _first_sentence(text: str | None) -> str | None:
    if not text:
        return None
    match = _SENTENCE.match(text)
    return " ".join((match[0] if match else text).split())


def _words(status: str) -> str:
    return str(status).replace("_", " ")
