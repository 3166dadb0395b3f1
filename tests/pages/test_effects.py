"""What a result says: effects in numbers and in words, and never an interval of our own."""

from typing import Any

import pytest

from outcome_playbook.pages import effects as fx
from outcome_playbook.pages import words
from outcome_playbook.pages.language import Language, speaking
from outcome_playbook.records.effects import headline
from outcome_playbook.records.models import Metric, Result


def metric(unit: str = "%", direction: str = "increase") -> Metric:
    return Metric.model_validate(
        {
            "title": "A metric",
            "status": "approved",
            "definition": "d",
            "unit": unit,
            "direction": direction,
            "value": "customer",
        }
    )


def effects(unit: str = "%", direction: str = "increase", /, **result: Any) -> list[fx.Effect]:
    written = Result.model_validate({"metric": "a-metric", **result})
    return fx.effects_of(written, metric(unit, direction))


def one(unit: str = "%", direction: str = "increase", /, **result: Any) -> fx.Effect:
    (found,) = effects(unit, direction, **result)
    return found


REPORTED = [
    (
        {"estimate": 0.8, "low": -0.1, "high": 1.7, "n": 50980},
        "+0.8 points (−0.1 to 1.7, n = 50,980)",
    ),
    ({"estimate": 3.1, "low": 0.2, "high": 6.0, "n": 4500}, "+3.1 points (0.2 to 6.0, n = 4,500)"),
    ({"estimate": -3.4, "low": -10.0, "high": 3.2}, "−3.4 points (−10.0 to 3.2)"),
    (
        {"estimate": 0.59, "unit": "percentage points", "n": 228000},
        "+0.59 points (no interval, n = 228,000)",
    ),
    ({"estimate": 1.8, "unit": "pp"}, "+1.8 points (no interval)"),
    ({"estimate": 0, "low": -1, "high": 1}, "0 points (−1 to 1)"),
    ({"estimate": 12, "unit": "%"}, "+12% (no interval)"),
    ({"estimate": 0.27, "unit": "percent, as printed"}, "+0.27 percent, as printed (no interval)"),
    (
        {"estimate": 0.61, "low": 0.513, "high": 0.708, "unit": "hazard ratio"},
        "hazard ratio 0.61 (0.513 to 0.708)",
    ),
    ({"estimate": 1.2, "low": 0.4}, "+1.2 points (from 0.4, no upper end)"),
    ({"estimate": 1.2, "high": 2.4}, "+1.2 points (up to 2.4, no lower end)"),
]


@pytest.mark.parametrize(("result", "text"), REPORTED)
def test_a_reported_effect_is_shown_as_it_was_reported(result: dict[str, Any], text: str) -> None:
    assert one(**result).text == text


ARMS = [
    ({"rate": 0.345, "n": 100}, {"rate": 0.353, "n": 100}, "%", "+0.8 points (computed, n = 200)"),
    ({"rate": 0.4}, {"rate": 0.38}, "%", "−2 points (computed)"),
    ({"rate": 0.0186}, {"rate": 0.1047}, "%", "+8.61 points (computed)"),
    ({"rate": 0.0009}, {"rate": 0.0011}, "%", "+0.02 points (computed)"),
    ({"rate": 0.5}, {"rate": 0.5}, "%", "0 points (computed)"),
    (
        {"conversions": 80, "n": 200},
        {"conversions": 110, "n": 200},
        "%",
        "+15.0 points (computed, n = 400)",
    ),
    ({"conversions": 1, "n": 3}, {"conversions": 2, "n": 3}, "%", "+33.3 points (computed, n = 6)"),
    (
        {"conversions": 9, "n": 10000},
        {"conversions": 11, "n": 10000},
        "%",
        "+0.020 points (computed, n = 20,000)",
    ),
    ({"mean": 142, "n": 21}, {"mean": 108, "n": 21}, "ms", "−34 ms (computed, n = 42)"),
    ({"mean": 2.115}, {"mean": 0.109}, "seconds", "−2.01 seconds (computed)"),
    ({"mean": 36.90}, {"mean": 3.29}, "seconds", "−33.6 seconds (computed)"),
    ({"mean": 52.0}, {"mean": 50.0}, "%", "−2 points (computed)"),
    ({"mean": 12000.0}, {"mean": 13500.0}, "USD", "+1,500 USD (computed)"),
]


@pytest.mark.parametrize(("control", "treatment", "unit", "text"), ARMS)
def test_a_difference_of_arms_is_computed_and_says_so(
    control: dict[str, Any], treatment: dict[str, Any], unit: str, text: str
) -> None:
    found = one(unit, control=control, treatment=treatment)
    assert found.text == text.replace("computed", "computed here, no interval")
    assert found.is_computed
    assert (found.low, found.high, found.includes_null, found.verdict) == (None, None, None, "")


def test_each_treatment_arm_is_held_against_the_first() -> None:
    first, second = effects(
        arms=[
            {"name": "plain", "n": 4012, "conversions": 1653},
            {"name": "motivation", "n": 4008, "conversions": 1667},
            {"name": "planning", "rate": 0.409},
        ]
    )
    assert (first.arm, first.n) == ("motivation", 8020)
    assert first.comparison == "41.6% of 4,008 against 41.2% of 4,012 (plain)"
    assert (second.arm, second.n) == ("planning", None)
    assert second.comparison == "40.9% against 41.2% of 4,012 (plain)"


@pytest.mark.parametrize(
    ("control", "treatment"),
    [
        ({"rate": 0.4}, {"mean": 3}),
        ({"n": 0, "conversions": 0}, {"n": 10, "conversions": 3}),
        ({"n": 3}, {"n": 3}),
    ],
)
def test_arms_that_cannot_be_compared_say_so(
    control: dict[str, Any], treatment: dict[str, Any]
) -> None:
    found = one(control=control, treatment=treatment)
    assert found.value is None
    assert found.text == "The two groups cannot be compared"


@pytest.mark.parametrize("result", [{}, {"control": {"rate": 0.1}}, {"low": 1, "high": 2}])
def test_a_result_that_says_nothing_has_no_effect(result: dict[str, Any]) -> None:
    assert effects(**result) == []


@pytest.mark.parametrize(
    ("direction", "ends", "unit", "includes", "verdict"),
    [
        ("increase", (-0.1, 1.7), None, True, "No difference detected"),
        ("increase", (0, 1.7), None, True, "No difference detected"),
        ("increase", (0.1, 1.7), None, False, "Higher, for the better"),
        ("increase", (-2, -1), None, False, "Lower, for the worse"),
        ("decrease", (-2, -1), None, False, "Lower, for the better"),
        ("maintain", (1, 2), None, False, "Higher"),
        ("increase", (0.5, 1.5), "odds ratio", True, "No difference detected"),
        ("decrease", (0.513, 0.708), "hazard ratio", False, "Lower, for the better"),
        ("increase", (None, None), None, None, ""),
        ("increase", (1, None), None, None, ""),
    ],
)
def test_only_an_interval_gives_a_verdict(
    direction: str,
    ends: tuple[float | None, float | None],
    unit: str | None,
    includes: bool | None,
    verdict: str,
) -> None:
    low, high = ends
    middle = 1 if low is None or high is None else (low + high) / 2
    found = one("%", direction, estimate=middle, low=low, high=high, unit=unit)
    assert (found.includes_null, found.verdict) == (includes, verdict)


def test_a_difference_of_ratios_has_its_zero_at_zero() -> None:
    found = one("cost ratio", estimate=0.2, low=-0.1, high=0.5, unit="cost ratio")
    assert (found.is_ratio, found.no_effect) == (False, 0.0)
    assert found.text == "+0.2 cost ratio (−0.1 to 0.5)"


def test_without_a_readable_metric_the_unit_is_left_out() -> None:
    result = Result.model_validate(
        {"metric": "gone", "control": {"mean": 1}, "treatment": {"mean": 2}}
    )
    (found,) = fx.effects_of(result, None)
    assert found.with_unit == "+1"


@pytest.mark.parametrize("value", [10**400, 1e300, 5e-324, -(10**20)])
def test_numbers_beyond_all_measure_are_shown_and_nothing_breaks(value: float) -> None:
    found = one("days", control={"mean": 1}, treatment={"mean": value})
    assert found.value is not None
    assert found.text


def test_the_headline_is_reported_and_on_the_measure_before_all_else() -> None:
    computed = one(control={"rate": 0.1}, treatment={"rate": 0.2})
    reported = one(estimate=9.5)
    written = Result.model_validate({"metric": "other", "estimate": 3})
    (elsewhere,) = fx.effects_of(written, None)
    assert headline([elsewhere, computed, reported], "a-metric") is reported
    assert headline([elsewhere, computed], "a-metric") is computed
    assert headline([elsewhere], "a-metric") is elsewhere
    assert headline([], "a-metric") is None


@pytest.mark.parametrize(
    ("code", "text", "comparison"),
    [
        ("de", "+15,0 points (−0,5 to 2.000,0, n = 1.400)", "55,0% of 1.200 against 40,0% of 200"),
        (
            "he",
            "\u200e+15.0 points (\u200e−0.5 to 2,000.0, n = 1,400)",
            "55.0% of 1,200 against 40.0% of 200",
        ),
    ],
)
def test_numbers_are_written_as_the_language_has_them(
    code: str, text: str, comparison: str
) -> None:
    arms = {"conversions": 80, "n": 200}, {"conversions": 660, "n": 1200}
    computed = one(control=arms[0], treatment=arms[1])
    with speaking(Language(code)):
        interval = fx.interval_text(-0.5, 2000.0)
        shown = f"{computed.with_unit} ({interval}, n = {words.number(1400)})"
        assert shown == text
        assert computed.comparison == comparison
    assert computed.estimate == "+15.0"
