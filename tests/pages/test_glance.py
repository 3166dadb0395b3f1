"""How far an outcome's metric has come, in words and as a bar; hypotheses as blocks."""

from typing import Any

import pytest

from outcome_playbook.pages.glance import Progress, progress, stack
from tests.pages.overview import hypothesis, metric, outcome, view_of


def progress_of(readings: list[Any], unit: str = "%", **fields: Any) -> Progress:
    files = metric("a-metric", status="approved", unit=unit, readings=readings)
    view = view_of(files | outcome("an-outcome", status="active", metric="a-metric", **fields))
    return progress(view, view.registry.entries["an-outcome"])


def reading(value: float, date: str = "2026-10-01") -> dict[str, Any]:
    return {"date": date, "value": value}


@pytest.mark.parametrize(
    ("baseline", "target", "value", "note"),
    [
        (64.9, 72.0, 68.0, "44% of the way"),
        (64.9, 72.0, 63.2, "1.7 points further from the target"),
        (64.9, 72.0, 64.9, "at the baseline"),
        (0, 100, 0.4, "less than 1% of the way"),
        (0, 1000, 999.9, "99% of the way"),
        (64.9, 72.0, 72.0, "target reached"),
        (64.9, 72.0, 80, "target reached"),
        (100, 80, 89, "55% of the way"),
        (100, 80, 101, "1 point further from the target"),
        (0.1, 0.4, 0.3, "67% of the way"),
        (50, 50, 50, "at its baseline, where it is to stay"),
        (50, 50, 47.5, "2.5 points from 50%, where it is to stay"),
        (-1.7e308, 1.7e308, 1e308, "79% of the way"),
    ],
)
def test_how_far_a_reading_is(baseline: float, target: float, value: float, note: str) -> None:
    found = progress_of([reading(value)], baseline=baseline, target=target)
    assert found.note == note
    assert found.gap == ""


def test_the_bar_runs_from_baseline_to_target_and_says_so() -> None:
    found = progress_of([reading(68.0)], baseline=64.9, target=72.0)
    assert found.now == "68%"
    assert found.when is not None
    assert (found.when.iso, found.when.words) == ("2026-10-01", "1 October 2026")
    bar = found.meter
    assert bar is not None
    assert (bar.low, bar.value, bar.high) == (64.9, 68.0, 72.0)
    assert bar.label == "A metric: baseline 64.9%, latest 68%, target 72%"
    assert (bar.baseline, bar.target) == ("64.9% baseline", "72% target")


def test_where_lower_is_better_the_bar_is_negated_and_says_so() -> None:
    bar = progress_of([reading(89)], unit="days", baseline=100, target=80).meter
    assert bar is not None
    assert (bar.low, bar.value, bar.high) == (-100, -89, -80)
    assert bar.label == (
        "A metric, lower is better: baseline 100 days, latest 89 days, target 80 days"
    )
    assert bar.target == "80 days target, lower is better"


def test_the_latest_reading_counts_wherever_it_is_written() -> None:
    readings = [reading(70, "2026-10-01"), reading(60, "2026-01-01")]
    assert progress_of(readings, baseline=50, target=90).now == "70%"


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        (
            {"baseline": None, "target": 60, "target_date": "2026-12-31"},
            "No evidence yet: no baseline, no reading. Target: 60% by 31 December 2026.",
        ),
        (
            {"baseline": 40, "target": 60, "target_date": None},
            "No evidence yet: no reading. It began at 40%. Target: 60%.",
        ),
        (
            {"baseline": None, "target": None, "target_date": None},
            "No evidence yet: no baseline, no reading, no target.",
        ),
    ],
)
def test_without_a_reading_the_gap_is_named(fields: dict[str, Any], gap: str) -> None:
    assert progress_of([], **fields) == Progress("", "", None, None, gap)


@pytest.mark.parametrize(
    ("fields", "gap"),
    [
        ({"baseline": 40, "target": None, "target_date": None}, "No target is set."),
        ({"baseline": None, "target": 60}, "The target is 60%; no baseline is written."),
    ],
)
def test_a_reading_without_two_ends_has_no_bar(fields: dict[str, Any], gap: str) -> None:
    found = progress_of([reading(50)], **fields)
    assert (found.now, found.note, found.meter, found.gap) == ("50%", "", None, gap)


@pytest.mark.parametrize(
    ("name", "gap"),
    [
        (None, "No evidence yet: no metric is chosen."),
        ("nowhere", "No evidence to show: the metric it names cannot be read."),
    ],
)
def test_without_a_metric_the_gap_is_named(name: str | None, gap: str) -> None:
    view = view_of(outcome("an-outcome", status="active", metric=name))
    assert progress(view, view.registry.entries["an-outcome"]).gap == gap


def test_a_large_number_loses_no_digit() -> None:
    assert progress_of([reading(123_456_789.25)], unit="USD").now == "123,456,789.25 USD"


def test_a_metric_without_a_unit_is_a_plain_number() -> None:
    files = metric("a-metric", unit=None, readings=[reading(12000)])
    view = view_of(files | outcome("an-outcome", metric="a-metric", baseline=10000, target=20000))
    found = progress(view, view.registry.entries["an-outcome"])
    assert (found.now, found.note) == ("12,000", "20% of the way")


def test_one_block_is_one_hypothesis_and_the_words_count_them() -> None:
    files: dict[str, str] = {}
    for n, status in enumerate(["draft", "supported", "not_supported", "supported", "parked"]):
        files |= hypothesis(f"h-{n}", status=status)
    found = stack(view_of(files).registry.hypotheses, "somewhere", "None.")
    assert [(block.look, block.joined) for block in found.blocks] == [
        ("supported", False),
        ("supported", True),
        ("refuted", False),
        ("draft", False),
        ("parked", False),
    ]
    assert [(count.number, count.text, count.key) for count in found.counts] == [
        (2, "2 supported", "somewhere"),
        (1, "1 not supported", "somewhere"),
        (1, "1 draft", "somewhere"),
        (1, "1 parked", "somewhere"),
    ]


def test_no_hypothesis_is_said_and_not_drawn() -> None:
    assert stack([], "somewhere", "No hypothesis yet.").none == "No hypothesis yet."


@pytest.mark.parametrize("number", [1, 500])
def test_one_and_very_many_hypotheses_have_a_block_each(number: int) -> None:
    files: dict[str, str] = {}
    for n in range(number):
        files |= hypothesis(f"h-{n}", status="testing")
    found = stack(view_of(files).registry.hypotheses, "somewhere", "None.")
    assert len(found.blocks) == number
    assert [block.joined for block in found.blocks] == [False, *[True] * (number - 1)]
    assert [count.text for count in found.counts] == [f"{number} testing"]
