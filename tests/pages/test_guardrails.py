"""Whether a guardrail held, from experiments and readings, and when nobody can tell."""

from typing import Any

import pytest

from outcome_playbook.pages.parts import Moment, Ref, Said
from outcome_playbook.pages.records.common import metric_of
from outcome_playbook.pages.records.guardrails import GuardrailRow, broken_count, limit_text, rows
from tests.pages.overview import experiment, hypothesis, metric, view_of


def said(parts: Said) -> str:
    texts = []
    for part in parts:
        if isinstance(part, str):
            texts.append(part)
        elif isinstance(part, Ref):
            texts.append(f"[{part.title}]")
        elif isinstance(part, Moment):
            texts.append(part.words)
        else:
            texts.append(part.code)
    return "".join(texts)


def row(
    limit: float | None = None,
    direction: str = "decrease",
    readings: list[Any] | None = None,
    unit: str = "minutes",
    **trial: Any,
) -> GuardrailRow:
    guard = {"metric": "guard", "limit": limit} if limit is not None else "guard"
    files = metric(
        "guard", status="approved", unit=unit, direction=direction, readings=readings or []
    )
    files |= hypothesis("idea", status="testing", guardrails=[guard], metric="measure")
    files |= metric("measure", status="approved")
    if trial:
        files |= experiment("trial", **{"status": "running", "hypothesis": "idea", **trial})
    view = view_of(files)
    entry = view.registry.entries["idea"]
    (found,) = rows(view, entry, view.registry.experiments_of("idea"))
    return found


@pytest.mark.parametrize(
    ("direction", "limit", "text"),
    [
        ("decrease", 20, "at most 20 minutes"),
        ("increase", 20, "at least 20 minutes"),
        ("maintain", 20, "no worse than 20 minutes"),
        ("decrease", None, "no rise"),
        ("increase", None, "no fall"),
        ("maintain", None, "no change"),
    ],
)
def test_a_limit_is_worded_after_the_direction(
    direction: str, limit: float | None, text: str
) -> None:
    view = view_of(metric("guard", unit="minutes", direction=direction))
    found = metric_of(view, "guard")
    assert found is not None
    assert limit_text(limit, found.record) == text
    assert limit_text(None, None) == "not to get worse"


def arms(mean: float) -> list[Any]:
    return [
        {
            "metric": "guard",
            "control": {"n": 9, "mean": 20},
            "treatment": {"n": 9, "mean": mean},
        }
    ]


def reported(estimate: float, low: float | None = None, high: float | None = None) -> list[Any]:
    return [{"metric": "guard", "estimate": estimate, "low": low, "high": high}]


@pytest.mark.parametrize(
    ("limit", "direction", "results", "word", "observed"),
    [
        (20, "decrease", arms(31), "Broken", "31 minutes (n = 9), [Trial]"),
        (20, "decrease", arms(20), "Held", "20 minutes (n = 9), [Trial]"),
        (20, "increase", arms(19.5), "Broken", "19.5 minutes (n = 9), [Trial]"),
        (20, "increase", arms(21), "Held", "21 minutes (n = 9), [Trial]"),
        (20, "maintain", arms(21), "Unknown", "21 minutes (n = 9), [Trial]"),
        (20, "decrease", reported(3, 2, 4), "Unknown", "+3 minutes (2 to 4), [Trial]"),
        (None, "decrease", reported(3, 2, 4), "Broken", "+3 minutes (2 to 4), [Trial]"),
        (None, "decrease", reported(-3, -4, -2), "Held", "−3 minutes (−4 to −2), [Trial]"),
        (None, "increase", reported(-3, -4, -2), "Broken", "−3 minutes (−4 to −2), [Trial]"),
        (None, "decrease", reported(1, -1, 3), "Unknown", "+1 minute (−1 to 3), [Trial]"),
        (None, "decrease", reported(5), "Unknown", "+5 minutes (no interval), [Trial]"),
        (None, "maintain", reported(3, 2, 4), "Unknown", "+3 minutes (2 to 4), [Trial]"),
    ],
)
def test_an_experiment_shows_whether_it_held(
    limit: float | None, direction: str, results: list[Any], word: str, observed: str
) -> None:
    found = row(limit, direction, results=results)
    assert (found.held.word, said(found.observed)) == (word, observed)


def reading(day: str, value: float) -> list[Any]:
    return [{"date": day, "value": value}]


@pytest.mark.parametrize(
    ("day", "start", "word", "observed"),
    [
        ("2026-10-01", "2026-09-01", "Broken", "31 minutes, read 1 October 2026"),
        ("2026-09-01", "2026-09-01", "Broken", "31 minutes, read 1 September 2026"),
        (
            "2026-08-01",
            "2026-09-01",
            "Unknown",
            "Not measured; 31 minutes on 1 August 2026, before the test",
        ),
        ("2026-10-01", None, "Unknown", "Not measured; 31 minutes on 1 October 2026, no test yet"),
    ],
)
def test_a_reading_counts_once_the_test_has_begun(
    day: str, start: str | None, word: str, observed: str
) -> None:
    found = row(20, readings=reading(day, 31), status="running", start=start)
    assert (found.held.word, said(found.observed)) == (word, observed)


def test_the_later_of_experiment_and_reading_counts_and_on_a_tie_the_experiment() -> None:
    days = {"start": "2026-09-01", "end": "2026-10-01"}
    later = row(20, readings=reading("2026-10-02", 15), results=arms(31), **days)
    same = row(20, readings=reading("2026-10-01", 15), results=arms(31), **days)
    assert (later.held.word, same.held.word) == ("Held", "Broken")


def test_of_several_arms_the_worst_counts() -> None:
    result = {"metric": "guard", "arms": [{"mean": 20}, {"mean": 10}, {"mean": 30}, {"mean": 15}]}
    assert said(row(20, results=[result]).observed) == "30 minutes, [Trial]"


def test_a_share_is_held_against_a_limit_in_per_cent() -> None:
    result = {"metric": "guard", "control": {"rate": 0.02}, "treatment": {"n": 3000, "rate": 0.021}}
    found = row(5, unit="%", results=[result])
    assert (found.limit, found.held.word) == ("at most 5%", "Held")
    assert said(found.observed) == "2.1% of 3,000, [Trial]"


def test_a_guardrail_that_cannot_be_read_is_named_and_unknown() -> None:
    files = hypothesis("idea", status="testing", guardrails=["nowhere"])
    view = view_of(files)
    (found,) = rows(view, view.registry.entries["idea"], [])
    assert said(found.metric) == "nowhere, which cannot be read"
    assert (said(found.observed), found.held.word) == ("Not measured", "Unknown")
    assert broken_count([found]) == ""
