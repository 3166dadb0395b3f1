"""The options of the plugin, what is said about wrong ones, and the one `today`."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from outcome_playbook.clock import today
from outcome_playbook.settings import Settings, read_settings
from tests.cases.reading import Case, cases, name_of


@pytest.mark.parametrize("case", cases("settings"), ids=name_of)
def test_what_is_wrong_is_told_in_a_sentence(case: Case) -> None:
    settings, problems = read_settings(case["options"])
    assert settings is None
    assert [list(problem) for problem in problems] == case["says"]


@pytest.mark.parametrize("options", [None, {}, [], "", {"records": None, "as_of": None}])
def test_an_option_without_a_value_has_its_default(options: Any) -> None:
    assert read_settings(options) == (
        Settings(
            records=["hypotheses", "content/outcomes", "content/metrics"],
            as_of=None,
            time_box_weeks=12,
            patience_days=14,
            silence_days=90,
            strictness="error",
        ),
        [],
    )


def test_folders_are_written_in_one_way() -> None:
    settings, _ = read_settings({"records": ["./a/b/", "c\\d", "e//f"]})
    assert settings is not None
    assert settings.records == ["a/b", "c/d", "e/f"]


@pytest.mark.parametrize("value", [date(2026, 11, 30), "2026-11-30"])
def test_a_date_is_a_date_quoted_or_not(value: Any) -> None:
    settings, _ = read_settings({"as_of": value})
    assert settings is not None
    assert settings.as_of == date(2026, 11, 30)


def test_a_time_is_no_date() -> None:
    _, problems = read_settings({"as_of": datetime(2026, 11, 30, tzinfo=UTC)})
    assert problems == [("as_of", "must be a date such as 2026-11-30")]


# Today ------------------------------------------------------------------------------------------


def test_the_option_decides_what_day_it_is() -> None:
    settings = Settings(as_of=date(2020, 2, 29))
    assert today(settings, {"SOURCE_DATE_EPOCH": "0"}) == date(2020, 2, 29)


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        ("0", date(1970, 1, 1)),
        ("1795996799", date(2026, 11, 29)),
        ("1795996800", date(2026, 11, 30)),
    ],
)
def test_else_the_day_of_the_source_in_utc(seconds: str, day: date) -> None:
    assert today(Settings(), {"SOURCE_DATE_EPOCH": seconds}) == day


def test_else_the_day_it_is() -> None:
    before = datetime.now(UTC).date()
    found = today(Settings(), {"SOURCE_DATE_EPOCH": ""})
    assert before <= found <= datetime.now(UTC).date()


@pytest.mark.parametrize("seconds", ["yesterday", "1.5", "9" * 30, "9" * 5000, "2026-11-30"])
def test_a_source_date_that_is_no_number_of_seconds_is_told(seconds: str) -> None:
    with pytest.raises(ValueError, match=r"^SOURCE_DATE_EPOCH is not a number of seconds: "):
        today(Settings(), {"SOURCE_DATE_EPOCH": seconds})
