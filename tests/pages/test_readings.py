"""The readings of a metric as a figure, and the experiments on its time axis, at their edges."""

from datetime import date
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook.pages.figures.labels import room
from outcome_playbook.pages.figures.readings import Course, Plot, course
from outcome_playbook.pages.figures.timeline import NARROW, WIDE, Bar, timeline
from outcome_playbook.records.models import Experiment, Reading

TODAY = date(2018, 5, 14)
WINTER: dict[str, Any] = {"start": "2018-01-08", "end": "2018-03-31"}


def experiment(status: str = "running", **fields: Any) -> Experiment:
    return Experiment.model_validate({"title": "An experiment", "status": status, **fields})


def readings(*pairs: tuple[str, float]) -> list[Reading]:
    return [Reading.model_validate({"date": day, "value": value}) for day, value in pairs]


def drawn(
    pairs: list[tuple[str, float]],
    levels: list[tuple[str, float]] | None = None,
    unit: str | None = "%",
    experiments: list[Experiment] | None = None,
) -> Course:
    found = course(readings(*pairs), levels or [], unit, experiments or [], TODAY)
    assert found is not None
    return found


def plotted(
    pairs: list[tuple[str, float]],
    levels: list[tuple[str, float]] | None = None,
    unit: str | None = "%",
) -> Plot:
    plot = drawn(pairs, levels, unit).plot
    assert plot is not None
    return plot


def per_cent(place: str) -> float:
    return float(place.rstrip("%"))


def daily(count: int, value: Any = float) -> list[tuple[str, float]]:
    first = date(2010, 1, 1).toordinal()
    return [(date.fromordinal(first + n).isoformat(), value(n)) for n in range(count)]


SPRING_READINGS: list[tuple[str, float]] = [("2018-03-01", 3), ("2018-04-01", 1), ("2018-05-01", 2)]


def test_without_any_date_there_is_no_figure() -> None:
    assert course([], [("target", 3)], "days", [], TODAY) is None
    assert course([], [], "days", [experiment("planned")], TODAY) is None


def test_without_a_reading_experiments_have_an_axis_and_there_is_no_plot() -> None:
    found = course([], [("target", 3)], "days", [experiment("concluded", **WINTER)], TODAY)
    assert found is not None
    assert found.plot is None
    assert (found.time.first, found.time.last) == (date(2018, 1, 8), date(2018, 3, 31))


def test_one_reading_is_one_dot_in_the_middle_of_its_week() -> None:
    found = drawn([("2018-05-01", 7)], [("baseline", 10), ("target", 5)], "days")
    assert found.plot is not None
    assert (len(found.plot.line), len(found.plot.dots)) == (1, 1)
    assert (found.time.first, found.time.last) == (date(2018, 4, 28), date(2018, 5, 4))
    middle = (found.time.share(found.time.first) + found.time.share(found.time.last, 1)) / 2
    assert per_cent(found.plot.dots[0].x) == pytest.approx(100 * middle, abs=0.01)
    assert [level.text for level in found.plot.levels] == ["target 5 days", "baseline 10 days"]


def test_readings_run_from_the_earliest_to_the_latest_in_any_order() -> None:
    plot = plotted([("2017-09-01", 3), ("2014-09-01", 1), ("2015-09-01", 2)])
    places = [per_cent(point.x) for point in plot.line]
    heights = [per_cent(point.y) for point in plot.line]
    assert places == sorted(places)
    assert heights == sorted(heights, reverse=True)
    assert plot.dots == plot.line


def test_of_two_readings_on_a_day_the_one_written_first_is_the_latest() -> None:
    plot = plotted([("2018-05-01", 7), ("2018-05-01", 9), ("2018-04-01", 1)])
    heights = [per_cent(point.y) for point in plot.line]
    assert heights.index(min(heights)) == 1


def test_of_many_readings_only_the_latest_is_a_dot() -> None:
    plot = plotted(daily(500))
    assert (len(plot.line), plot.dots) == (500, plot.line[-1:])


def test_thousands_of_readings_are_thinned_and_lose_no_extreme() -> None:
    low, high = 1234, 2345
    plot = plotted(daily(4000, lambda n: {low: -50.0, high: 50.0}.get(n, float(n % 7))))
    heights = [per_cent(point.y) for point in plot.line]
    assert len(plot.line) <= 600
    assert (heights.count(min(heights)), heights.count(max(heights))) == (1, 1)
    assert plot.dots == plot.line[-1:]


@pytest.mark.parametrize("value", [0, 50, -3.5])
def test_readings_that_are_all_equal_are_a_line_straight_across(value: float) -> None:
    plot = plotted([(day, value) for day, _ in SPRING_READINGS])
    assert len({point.y for point in plot.line}) == 1
    assert 0 < per_cent(plot.line[0].y) < 100
    assert len({tick.text for tick in plot.ticks}) == len(plot.ticks)


def test_numbers_at_the_side_have_a_true_minus_and_are_short_when_large() -> None:
    below = plotted([("2018-03-01", -7), ("2018-04-01", 2)])
    assert [tick.text for tick in below.ticks] == ["−10", "−5", "0", "5"]
    large = plotted([("2018-03-01", 1_200_000_000), ("2018-04-01", 2_900_000_000)])
    assert [tick.text for tick in large.ticks] == ["1B", "2B", "3B"]


def test_a_number_too_large_for_a_scale_has_no_plot() -> None:
    assert drawn([("2018-03-01", 1e16), ("2018-04-01", 2)]).plot is None


def test_a_level_that_several_outcomes_share_is_one_line() -> None:
    levels = [("baseline", 1.0), ("target", 3.0), ("baseline", 3.0), ("target", 3.0)]
    texts = [level.text for level in plotted(SPRING_READINGS, levels).levels]
    assert texts == ["baseline 1%", "baseline and target 3%"]


def test_a_long_unit_is_left_out_of_the_figure() -> None:
    (level,) = plotted(SPRING_READINGS, [("target", 9)], "answers " * 30).levels
    assert level.text == "target 9"


def test_a_text_that_would_cover_the_readings_moves_or_is_left_out() -> None:
    rising: list[tuple[str, float]] = [("2018-03-01", 0), ("2018-05-01", 100)]
    (level,) = plotted(rising, [("target", 100)]).levels
    assert (level.text, level.above) == ("target 100%", True)
    (low,) = plotted(rising, [("baseline", 2)]).levels
    assert (low.text, low.x, low.anchor) == ("baseline 2%", "100.00%", "end")
    zigzag = daily(300, lambda n: float(100 * (n % 2)))
    assert [level.text for level in plotted(zigzag, [("baseline", 50)]).levels] == [""]


values = st.floats(-1e6, 1e6).map(lambda value: round(value, 2))


@given(
    st.lists(st.tuples(st.dates(date(2015, 1, 1), date(2018, 1, 1)), values), min_size=1),
    st.lists(st.tuples(st.sampled_from(["baseline", "target"]), values), max_size=8),
)
def test_texts_of_levels_never_touch_and_stay_within_the_figure(
    pairs: list[tuple[date, float]], levels: list[tuple[str, float]]
) -> None:
    plot = plotted([(day.isoformat(), value) for day, value in pairs], levels)
    assert len(plot.levels) == len({value for _, value in levels})
    boxes = []
    for level in plot.levels:
        if level.text:
            wide = 100 * room(level.text) / NARROW
            left = per_cent(level.x) - (wide if level.anchor == "end" else 0)
            top = per_cent(level.y) - (10 if level.above else 0)
            boxes.append((left, left + wide, top, top + 10))
    assert all(left >= -0.01 and right <= 100.01 for left, right, _, _ in boxes)
    assert all(top >= -3 and bottom <= 103 for _, _, top, bottom in boxes)
    for one, other in combinations(boxes, 2):
        apart = one[1] <= other[0] + 0.02 or other[1] <= one[0] + 0.02
        assert apart or one[3] <= other[2] + 0.02 or other[3] <= one[2] + 0.02


# The time axis of the readings --------------------------------------------------------------------


def bar(found: Course, record: Experiment) -> Bar:
    made = found.time.bar(record)
    assert made is not None
    return made


def test_experiments_lie_on_the_axis_of_the_readings() -> None:
    record = experiment("concluded", start="2018-04-01", end="2018-04-30")
    found = drawn(SPRING_READINGS, experiments=[record])
    assert found.plot is not None
    made = bar(found, record)
    before, at_start, after = (per_cent(point.x) for point in found.plot.line)
    assert before < per_cent(made.x) < at_start < after
    assert per_cent(made.x) + per_cent(made.width or "") <= after
    assert (made.coarse, made.before, made.after) == (False, False, False)


def test_an_experiment_without_dates_has_no_bar() -> None:
    record = experiment("concluded", retrospective=True)
    found = drawn(SPRING_READINGS, experiments=[record])
    assert found.time.bar(record) is None
    assert (found.time.first, found.time.last) == (date(2018, 3, 1), date(2018, 5, 1))


def test_a_year_that_is_all_that_is_known_is_coarse() -> None:
    record = experiment("concluded", retrospective=True, start="2018", end="2018")
    found = drawn(SPRING_READINGS, experiments=[record])
    assert (found.time.first, found.time.last) == (date(2018, 1, 1), date(2018, 12, 31))
    assert bar(found, record).coarse


def test_experiments_far_from_the_readings_are_outside_and_say_where() -> None:
    long_ago = experiment("concluded", retrospective=True, start="1998", end="1999")
    into = experiment("concluded", start="2010-05-01", end="2018-03-15")
    later = experiment("planned", start="2031-01-01", end="2031-02-01")
    found = drawn(SPRING_READINGS, experiments=[long_ago, into, later])
    assert found.plot is not None
    assert (found.time.first, found.time.last) == (date(2017, 12, 30), date(2018, 7, 1))
    assert (bar(found, long_ago).width, bar(found, long_ago).before) == (None, True)
    assert (bar(found, later).width, bar(found, later).after) == (None, True)
    assert bar(found, into).before
    assert per_cent(bar(found, into).width or "") > 10
    first, *_, last = (per_cent(point.x) for point in found.plot.line)
    assert last - first > 28


def test_today_is_on_the_axis_while_anything_is_open() -> None:
    planned = experiment("planned", start="2018-09-01", end="2018-10-01")
    found = timeline([], [planned], TODAY)
    assert found is not None
    assert (found.first, found.today, found.now_anchor) == (TODAY, "0.00%", "start")
    closed = timeline([date(2018, 4, 1)], [experiment("concluded", **WINTER)], TODAY)
    assert closed is not None
    assert closed.today is None


@pytest.mark.parametrize(
    ("first", "last", "texts"),
    [
        ("2018-05-01", "2018-05-03", ["29 April 2018", "1 May 2018"]),
        ("2018-05-01", "2018-06-20", ["1 May 2018", "15 May 2018", "29 May 2018"]),
        ("2018-01-15", "2018-09-15", ["Mar 2018", "May 2018", "Jul 2018"]),
        ("1962-01-01", "2018-01-01", ["1970", "1980", "1990", "2000"]),
        ("0001-01-01", "9999-12-31", ["2000", "4000", "6000"]),
    ],
)
def test_round_days_are_written_along_the_axis(first: str, last: str, texts: list[str]) -> None:
    found = timeline([date.fromisoformat(first), date.fromisoformat(last)], [], TODAY)
    assert found is not None
    written = [mark.text for mark in found.marks if mark.text]
    assert written[: len(texts)] == texts


days = st.dates(date(1990, 1, 1), date(2040, 12, 31))


@given(
    st.lists(days, max_size=4),
    st.lists(st.tuples(days, days), max_size=4),
    st.sampled_from(["running", "concluded", "planned"]),
    st.floats(0, 0.3),
)
def test_nothing_leaves_the_axis_and_no_two_texts_touch(
    read: list[date], spans: list[tuple[date, date]], status: str, inset: float
) -> None:
    records = [experiment(status, start=str(start), end=str(end)) for start, end in spans]
    found = timeline(read, records, TODAY, inset)
    assert (found is None) == (not read and not spans)
    if found is None:
        return
    made = [one for one in map(found.bar, records) if one]
    ends = [per_cent(one.x) + per_cent(one.width or "0") for one in made]
    assert all(per_cent(one.x) >= 0 for one in made)
    assert all(end <= 100 for end in ends)
    assert all(inset <= found.share(day, 0.5) <= 1 for day in read)
    for on, width in (("wide", WIDE), ("narrow", NARROW)):
        shown = [mark for mark in found.marks if mark.on in ("all", on)]
        starts = [width * per_cent(mark.x) / 100 for mark in shown]
        stops = [start + room(mark.text) for start, mark in zip(starts, shown, strict=True)]
        assert all(stop <= start + 0.05 for stop, start in zip(stops, starts[1:], strict=False))
        assert all(stop <= width + 0.05 for stop in stops)


def test_what_runs_is_drawn_behind_the_line_up_to_today() -> None:
    runs = experiment("running", start="2018-05-01", end="2018-06-30")
    later = experiment("running", start="2018-06-01", end="2018-06-30")
    found = drawn(SPRING_READINGS, experiments=[runs, later])
    so_far = found.time.bar(runs, until=TODAY)
    assert so_far is not None
    assert per_cent(so_far.x) == per_cent(bar(found, runs).x)
    end = per_cent(so_far.x) + per_cent(so_far.width or "")
    assert end == pytest.approx(100 * found.time.share(TODAY, after=1), abs=0.02)
    assert found.time.bar(later, until=TODAY) is None
