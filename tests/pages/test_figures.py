"""Figures as numbers: time-boxes, time strips and forest tables, at their edges."""

from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook.flags import Flag, FlagName
from outcome_playbook.pages import effects as fx
from outcome_playbook.pages.figures.forest import Forest, Line, forests
from outcome_playbook.pages.figures.labels import NARROW, WIDE, Label, Wish, fitted, room
from outcome_playbook.pages.figures.period import Mark
from outcome_playbook.pages.figures.scale import scale
from outcome_playbook.pages.figures.strip import calendar
from outcome_playbook.pages.figures.timebox import TimeBox, time_box
from outcome_playbook.pages.parts import Moment, Said
from outcome_playbook.records.kinds import ExperimentStatus
from outcome_playbook.records.models import Experiment, Result

TODAY = date(2018, 5, 14)


def said(parts: Said) -> str:
    """Return a sentence as a reader reads it."""
    return "".join(
        part if isinstance(part, str) else part.words if isinstance(part, Moment) else f"[{part}]"
        for part in parts
    )


def experiment(status: str = "running", **fields: Any) -> Experiment:
    return Experiment.model_validate({"title": "An experiment", "status": status, **fields})


def box(status: str = "running", today: date = TODAY, late: int = 0, **fields: Any) -> TimeBox:
    flag = Flag(FlagName.OVERDUE, today, late) if late else None
    return time_box(experiment(status, **fields), today, flag)


def decision(day: str) -> dict[str, str]:
    return {"date": day, "action": "ship", "why": "it worked"}


JUNE: dict[str, Any] = {"start": "2018-06-01", "end": "2018-07-31"}
SPRING: dict[str, Any] = {"start": "2018-04-02", "end": "2018-08-31"}
WINTER: dict[str, Any] = {"start": "2018-01-08", "end": "2018-03-31"}
IN_JUNE = "1 June 2018 to 31 July 2018, 61 days"
IN_SPRING = "2 April 2018 to 31 August 2018, 152 days"
IN_WINTER = "8 January 2018 to 31 March 2018, 83 days"
CAPTIONS: list[tuple[str, dict[str, Any], str]] = [
    ("running", SPRING, f"{IN_SPRING}. Day 43 of 152, 109 days left."),
    (
        "running",
        {"start": "2018-05-14", "end": "2018-05-14"},
        "14 May 2018, 1 day. Day 1 of 1, the last day.",
    ),
    (
        "running",
        {"start": "2018-05-01", "end": "2018-05-15"},
        "1 May 2018 to 15 May 2018, 15 days. Day 14 of 15, 1 day left.",
    ),
    ("running", JUNE, f"{IN_JUNE}. It has not begun."),
    ("planned", JUNE, f"{IN_JUNE}. It has not begun."),
    ("planned", SPRING, f"{IN_SPRING}. The start is past, and it is still planned."),
    ("cancelled", SPRING, f"{IN_SPRING}. Cancelled."),
    ("review", SPRING, f"{IN_SPRING}. The result is in; a decision is due by the end."),
    ("review", WINTER, f"{IN_WINTER}, all used. It ended 44 days before today; a decision is due."),
    (
        "concluded",
        {**WINTER, "decision": decision("2018-03-31")},
        f"{IN_WINTER}, kept. Decided 31 March 2018.",
    ),
    (
        "concluded",
        {**WINTER, "decision": decision("2018-03-30")},
        f"{IN_WINTER}, kept. Decided 30 March 2018, 1 day before the end.",
    ),
    (
        "concluded",
        {**WINTER, "decision": decision("2018-04-10")},
        f"{IN_WINTER}. Decided 10 April 2018, 10 days after the end.",
    ),
    (
        "concluded",
        {**WINTER, "decision": decision("2018-02-10"), "conclusion": "stopped_early"},
        f"{IN_WINTER}. Stopped early: decided 10 February 2018.",
    ),
    ("concluded", WINTER, f"{IN_WINTER}. No decision is on record."),
    (
        "running",
        {"start": "2018-04-01", "end": "2018-03-10"},
        "1 April 2018 to 10 March 2018: the end is first.",
    ),
    (
        "running",
        {"start": "2018-04-01"},
        "Starts 1 April 2018. No end is set, so nothing says when to decide.",
    ),
    ("running", {"end": "2018-04-01"}, "Ends 1 April 2018. No start is set."),
    ("planned", {}, "None yet: no start and no end."),
]


@pytest.mark.parametrize(("status", "fields", "caption"), CAPTIONS)
def test_the_caption_of_a_time_box_says_everything(
    status: str, fields: dict[str, Any], caption: str
) -> None:
    assert said(box(status, **fields).caption) == caption


@pytest.mark.parametrize(
    ("fields", "caption"),
    [
        ({}, "The dates are not known."),
        ({"start": "2014"}, "Began 2014; the end is not known."),
        ({"end": "2017-09"}, "Ended September 2017; the start is not known."),
        ({"start": "2017-09", "end": "2022-01-01"}, "September 2017 to 1 January 2022."),
        ({"start": "2017", "end": "2017"}, "2017."),
    ],
)
def test_what_was_written_down_afterwards_has_a_period_and_no_figure(
    fields: dict[str, Any], caption: str
) -> None:
    found = box("concluded", retrospective=True, **fields)
    after = " Written down afterwards, so it has no time-box."
    assert (found.name, found.track) == ("Period.", "")
    assert said(found.caption) == caption + after


def test_an_overdue_time_box_is_grey_then_orange_up_to_today() -> None:
    found = box("running", late=44, **WINTER)
    assert "all used and 44 days over. No result is recorded." in said(found.caption)
    assert [bar.look for bar in found.bars] == ["done", "over"]
    assert [(label.text, label.anchor, label.look) for label in found.above] == [
        ("Today, 44 days over", "end", "t-over")
    ]
    assert found.above[0].x == found.today
    assert found.bars[1].x == found.track


def test_within_the_patience_nothing_is_orange() -> None:
    found = box("review", **WINTER)
    assert [bar.look for bar in found.bars] == ["done"]
    assert [(label.text, label.look) for label in found.above] == [("Today", "t-now")]


def test_every_extension_is_told_and_ticked() -> None:
    moves = [
        {"from": "2018-02-20", "to": "2018-03-10", "reason": "a"},
        {"from": "2018-03-10", "to": "2018-03-31", "reason": "b"},
    ]
    found = box("running", late=44, extensions=moves, **WINTER)
    assert said(found.caption).endswith("Extended 2 times; the first end was 20 February 2018.")
    assert len(found.marks) == 2
    assert [(label.text, label.on) for label in found.above] == [
        ("Today, 44 days over", "all"),
        ("earlier end", "wide"),
        ("earlier end", "wide"),
    ]


days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def apart(labels: Iterable[Label], screen: str, width: float) -> bool:
    """Whether no text touches another or leaves a figure so many rem wide."""
    found: list[tuple[float, float]] = []
    for label in labels:
        if label.on in ("all", screen):
            long = letters(label.text)
            left = {"start": 0.0, "middle": long / 2, "end": long}[label.anchor]
            low = float(label.x.rstrip("%")) * width / 100 - left
            found.append((low, low + long))
    found.sort()
    return all(low >= 0 and high <= width + 0.01 for low, high in found) and all(
        one[1] < other[0] for one, other in pairwise(found)
    )


def letters(text: str) -> float:
    """Return how many rem a text is long in the letters of the figures, which are 13 px."""
    return 0.36 * len(text)


@given(days, days, days, st.none() | days, st.sampled_from(ExperimentStatus).map(str))
def test_no_mark_of_a_time_box_leaves_the_figure(
    start: date, end: date, today: date, decided: date | None, status: str
) -> None:
    made = decision(decided.isoformat()) if decided else None
    fields: dict[str, Any] = {"start": start.isoformat(), "end": end.isoformat(), "decision": made}
    found = box(status, today, late=max(0, (today - end).days), **fields)
    labels = [*found.below, *found.above]
    places = [*found.ends, *found.marks, *([found.today] if found.today else [])]
    places += [*(bar.x for bar in found.bars), *(label.x for label in labels)]
    assert all(0 <= float(place.rstrip("%")) <= 100 for place in places)
    assert found.today is None or any(label.x == found.today for label in found.above)
    for row in (found.below, found.above):
        assert apart(row, "narrow", NARROW)
        assert apart(row, "wide", WIDE)
    ends = [float(bar.x.rstrip("%")) + float(bar.width.rstrip("%")) for bar in found.bars]
    assert all(end <= 100.02 for end in ends)


def written(labels: Iterable[Label], screen: str) -> list[str]:
    """Return the texts of a row of labels on a narrow or a wide screen, from left to right."""
    shown = [label for label in labels if label.on in ("all", screen)]
    return [label.text for label in sorted(shown, key=lambda label: float(label.x.rstrip("%")))]


DUE = "decision due"
DECIDED = {"status": "concluded", **WINTER}
BOXES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    # Before the start there is no today.
    (JUNE, {"wide": ["1 June 2018", f"31 July 2018, {DUE}"], "today": None}),
    (JUNE, {"narrow": ["1 June 2018", "31 July 2018"], "above": [], "bars": []}),
    # A day has two ends and one text.
    (
        {"start": "2018-05-14", "end": "2018-05-14"},
        {"wide": [f"14 May 2018, {DUE}"], "today": "100.00%", "bars": ["100.00%"]},
    ),
    (
        {"start": "2017-05-14", "end": "2017-05-14", "late": 365},
        {"wide": [f"14 May 2017, {DUE}"], "above": ["Today, 365 days over"]},
    ),
    # Ten years
    (
        {"start": "2010-01-01", "end": "2019-12-31"},
        {"narrow": ["1 January 2010", "31 December 2019"], "bars": ["83.68%"]},
    ),
    # Nothing is due once it is decided.
    (
        {**DECIDED, "decision": decision("2018-03-31")},
        {"wide": ["8 January 2018", "31 March 2018"], "above": []},
    ),
    ({**DECIDED, "decision": decision("2018-04-10")}, {"above": ["decided"], "today": None}),
    # A short box in a long wait: the end stands behind its tick, or nowhere.
    (
        {"start": "2018-03-01", "end": "2018-03-20", "late": 55},
        {"wide": ["1 March 2018", f"20 March 2018, {DUE}"], "narrow": ["1 March 2018"]},
    ),
    ({"status": "cancelled", **SPRING}, {"wide": ["2 April 2018", "31 August 2018"], "bars": []}),
]


@pytest.mark.parametrize(("fields", "shown"), BOXES)
def test_a_time_box_at_its_edges(fields: dict[str, Any], shown: dict[str, Any]) -> None:
    found = box(**{"status": "running", **fields})
    facts = {
        "wide": written(found.below, "wide"),
        "narrow": written(found.below, "narrow"),
        "above": written(found.above, "wide"),
        "today": found.today,
        "bars": [bar.width for bar in found.bars],
    }
    assert {name: facts[name] for name in shown} == shown


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.text("abcdefgh ,", max_size=60), st.sampled_from(["", "x"])),
        max_size=8,
    )
)
def test_texts_of_any_length_never_touch_and_the_first_with_room_is_told(
    wanted: list[tuple[float, str, str]],
) -> None:
    found = fitted(Wish(place, text, about=about) for place, text, about in wanted)
    for screen, width in (("narrow", NARROW), ("wide", WIDE)):
        assert apart(found, screen, width)
    short = [wish for wish in wanted if wish[1] and letters(wish[1]) < NARROW / 3]
    assert bool(short) <= bool(found)


def test_a_letter_of_a_wide_script_takes_the_room_of_two() -> None:
    assert room("今日") == room("ab12")


# The strip ---------------------------------------------------------------------------------------


def texts(marks: Iterable[Mark], screen: str) -> list[str]:
    """Return what is written along a strip on a narrow or a wide screen."""
    return [mark.text for mark in marks if mark.on in ("all", screen)]


def test_without_a_date_there_is_no_strip() -> None:
    assert calendar([experiment("planned")], TODAY) is None


def test_within_a_year_the_strip_shows_months() -> None:
    found = calendar([experiment("running", **SPRING)], TODAY)
    assert found is not None
    assert len(found.marks) == 5
    assert texts(found.marks, "narrow") == ["Apr 2018", "Jun 2018"]
    assert texts(found.marks, "wide") == [mark.text for mark in found.marks]
    assert (found.first, found.last) == (date(2018, 4, 1), date(2018, 8, 31))
    assert found.today is not None


def test_over_years_labels_never_crowd_and_old_work_needs_no_today() -> None:
    old = [
        experiment("concluded", start="1998", retrospective=True),
        experiment("concluded", start="2010-05", end="2011", retrospective=True),
        experiment("concluded", retrospective=True),
    ]
    found = calendar(old, TODAY)
    assert found is not None
    assert (found.first, found.last, found.today) == (date(1998, 1, 1), date(2011, 12, 31), None)
    assert texts(found.marks, "narrow") == ["1998", "2002", "2006", "2010"]
    assert texts(found.marks, "wide") == [str(year) for year in range(1998, 2012, 2)]
    spans = [found.span(record) for record in old]
    assert spans[0] is not None
    assert (spans[0].x, spans[0].coarse) == ("0.00%", True)
    assert spans[2] is None


@pytest.mark.parametrize("year", ["0001", "9999"])
def test_the_first_and_the_last_year_there_are_break_nothing(year: str) -> None:
    record = experiment("concluded", start=f"{year}-12-31", end=f"{year}-12-31")
    found = calendar([record], TODAY)
    assert found is not None
    assert found.span(record) is not None


def test_one_day_is_seen_and_stays_within_the_strip() -> None:
    old = [
        experiment("concluded", start=f"{year}-12-31", end=f"{year}-12-31") for year in (1990, 2017)
    ]
    found = calendar(old, TODAY)
    assert found is not None
    spans = [found.span(record) for record in old]
    assert [(span.x, span.width) for span in spans if span] == [
        ("3.56%", "0.80%"),
        ("99.20%", "0.80%"),
    ]


@pytest.mark.parametrize("years", [1, 2, 5, 10, 40, 500])
def test_however_long_the_strip_its_lines_and_texts_are_few(years: int) -> None:
    record = experiment("concluded", start=f"{2018 - years}-01", end="2017-12", retrospective=True)
    found = calendar([record], TODAY)
    assert found is not None
    assert 1 <= len(texts(found.marks, "narrow")) <= len(texts(found.marks, "wide")) <= 12
    assert len(found.marks) <= 24


# Effects side by side ----------------------------------------------------------------------------


def tables(*results: dict[str, Any]) -> list[Forest]:
    lines = [
        Line(("An experiment",), (), effect)
        for result in results
        for effect in fx.effects_of(Result.model_validate({"metric": "m", **result}), None)
    ]
    return forests(lines, "Effects")


def test_units_never_share_an_axis() -> None:
    found = tables(
        {"estimate": 1, "low": 0.5, "high": 2, "unit": "days"},
        {"estimate": 10, "low": 5, "high": 20, "unit": "ms"},
        {"estimate": -1, "low": -2, "high": 1, "unit": "days"},
    )
    assert [(table.caption, len(table.rows)) for table in found] == [
        ("Effects, in days.", 2),
        ("Effects, in ms.", 1),
    ]
    assert all(table.axis for table in found)
    assert [row.plot.is_null for row in found[0].rows if row.plot] == [False, True]


def test_a_ratio_is_listed_without_a_plot() -> None:
    (found,) = tables({"estimate": 0.61, "low": 0.5, "high": 0.7, "unit": "hazard ratio"})
    assert found.axis is None
    assert (found.rows[0].estimate, found.rows[0].interval) == ("0.61", "0.5 to 0.7")
    assert found.rows[0].plot is None


def test_without_any_interval_there_is_no_axis_and_the_table_says_so() -> None:
    two = {"control": {"mean": 1}, "treatment": {"mean": 2}}
    found = tables({"estimate": 3, "unit": "days"}, two)
    assert [table.axis for table in found] == [None, None]
    assert [table.rows[0].interval for table in found] == [
        "no interval",
        "computed here, no interval",
    ]


def test_a_row_without_an_interval_leaves_its_plot_empty() -> None:
    (found,) = tables(
        {"estimate": 3, "unit": "days"},
        {"estimate": 1, "low": 0.5, "high": 2, "unit": "days", "n": 7},
    )
    assert [row.plot is None for row in found.rows] == [True, False]
    assert found.axis is not None
    assert (found.has_n, [row.n for row in found.rows]) == (True, ["", "7"])


def test_the_axis_holds_no_effect_and_every_interval() -> None:
    (found,) = tables({"estimate": 8, "low": 6, "high": 11, "unit": "days"})
    assert found.axis is not None
    assert found.axis.zero == "0.00%"
    assert [tick.text for tick in found.axis.ticks] == ["0", "+5", "+10", "+15"]


TICKS = [
    ((0, 12), ["0", "+5", "+10", "+15"]),
    ((-4, 6), ["−5", "0", "+5", "+10"]),
    ((-3e7, 2.5e6), ["", "−20,000,000", "", "0", ""]),
    ((1e11, 4e11), ["0", "", "", "+300,000,000,000", ""]),
    ((-0.00001, 0.00025), ["", "0", "", "+0.0002", ""]),
]


@pytest.mark.parametrize(("ends", "ticks"), TICKS)
def test_numbers_of_an_axis_drop_out_evenly_around_no_effect(
    ends: tuple[float, float], ticks: list[str]
) -> None:
    low, high = ends
    (found,) = tables({"estimate": (low + high) / 2, "low": low, "high": high, "unit": "days"})
    assert found.axis is not None
    assert [tick.text for tick in found.axis.ticks] == ticks


@given(st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=6))
def test_a_scale_holds_its_values_between_few_round_ticks(values: list[float]) -> None:
    found = scale(values)
    assert found is not None
    assert found.low < found.high
    assert 2 <= len(found.ticks) <= 9
    assert all(-1e-6 <= found.share(value) <= 1 + 1e-6 for value in values)


@pytest.mark.parametrize("values", [[], [float("inf")], [10**400, 1]])
def test_nothing_and_too_much_have_no_scale(values: list[float]) -> None:
    assert scale(values) is None
