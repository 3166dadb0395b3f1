"""Figures at their edges in a real browser, in English and with words 40 per cent longer."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import served
from tests.site import playbooks, pseudo
from tests.site.building import build
from tests.site.playbooks import make, record

TODAY = date.fromisoformat(playbooks.DAY)
WIDTHS = (320, 600, 1440)
MANY = 500
LANGUAGES = "overrides/playbook/languages"


def day(distance: int) -> str:
    return (TODAY + timedelta(days=distance)).isoformat()


def decided(distance: int, action: str = "ship") -> dict[str, Any]:
    return {"date": day(distance), "action": action, "why": "So we agreed", "followed_rule": True}


def moved(*distances: int) -> list[dict[str, str]]:
    return [{"from": day(a), "to": day(b), "reason": "Late"} for a, b in pairwise(distances)]


BOXES: dict[str, dict[str, Any]] = {
    "not-begun": {"start": day(10), "end": day(60)},
    "planned": {"status": "planned", "start": day(10), "end": day(60)},
    "first-day": {"start": day(0), "end": day(80)},
    "a-third": {"start": day(-25), "end": day(50)},
    "last-day": {"start": day(-80), "end": day(0)},
    "one-day": {"start": day(0), "end": day(0)},
    "one-day-over": {"start": day(-1), "end": day(-1)},
    "one-day-long-over": {"start": day(-400), "end": day(-400)},
    "over": {"start": day(-100), "end": day(-13)},
    "over-by-far": {"start": day(-700), "end": day(-600)},
    "undecided": {"status": "review", "start": day(-100), "end": day(-30)},
    "moved-often": {"start": day(-100), "end": day(20), "extensions": moved(-60, -30, -20, 20)},
    "moved-and-over": {"start": day(-100), "end": day(-9), "extensions": moved(-20, -9)},
    "decided": {
        "status": "concluded",
        "start": day(-90),
        "end": day(-30),
        "decision": decided(-31),
    },
    "decided-late": {"status": "concluded", "start": day(-90), "end": day(-80)}
    | {"decision": decided(-5)},
    "ten-years": {"start": "2018-03-01", "end": "2028-02-28"},
    "ten-years-ago": {"status": "concluded", "start": "2008-03-01", "end": "2018-02-28"},
    "one-day-then": {"status": "concluded", "start": "2014-03-01", "end": "2014-03-01"},
}
RESULTS: dict[str, dict[str, Any]] = {
    "wide": {"estimate": 123456.5, "low": -1_000_000, "high": 25_000_000, "n": 1_234_567},
    "far": {"estimate": -25_000_000, "low": -30_000_000, "high": -20_000_000, "unit": "USD"},
    "tiny": {"estimate": 0.00012, "low": -0.00001, "high": 0.00025, "unit": "days"},
    "one-sided": {"estimate": 1.2, "low": 0.4, "unit": "hours", "source": "A paper"},
}


def edges() -> dict[str, str | bytes]:
    """Return a playbook with one outcome that has every edge."""
    texts: dict[str, str | bytes] = {
        "content/metrics/m.md": record("metric", "Answers", "approved", unit="%", definition="d"),
        "content/outcomes/few.md": record("outcome", "Few", "active", metric="m"),
        "hypotheses/idea.md": record("hypothesis", "Idea", "testing", outcome="few"),
    }
    for name, fields in BOXES.items():
        texts[f"hypotheses/{name}.md"] = experiment(name, "idea", **fields)
    for name, result in RESULTS.items():
        done = {"start": "2025-01-01", "end": "2025-02-01", "results": [{"metric": "m", **result}]}
        texts[f"hypotheses/{name}.md"] = experiment(name, "idea", status="concluded", **done)
    return texts


def many() -> dict[str, str | bytes]:
    """Return an outcome with 500 hypotheses and as many experiments."""
    texts: dict[str, str | bytes] = {
        "content/outcomes/many.md": record("outcome", "Many", "active", metric="m")
    }
    for n in range(MANY):
        status = ("supported", "not_supported", "inconclusive", "testing", "draft", "parked")[n % 6]
        texts[f"hypotheses/h-{n}.md"] = record("hypothesis", f"H {n}", status, outcome="many")
        result = {"metric": "m", "estimate": n % 7 - 3, "low": n % 7 - 5, "high": n % 7 - 1}
        told = {"results": [result]} if n % 8 == 0 else {"no_results": "Not measured"}
        begun = day(-30 - 3 * n)
        texts[f"hypotheses/e-{n}.md"] = experiment(
            f"E {n}", f"h-{n % 50}", status="concluded", start=begun, end=begun, **told
        )
    return texts


def experiment(title: str, hypothesis: str, status: str = "running", **fields: Any) -> str:
    return record("experiment", title.capitalize(), status, hypothesis=hypothesis, **fields)


@pytest.fixture(scope="module")
def english(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(site_in(tmp_path_factory.mktemp("figures"), "en", edges())) as url:
        yield url


@pytest.fixture(scope="module")
def longer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the same is served with longer words from right to left, and very many."""
    files = {**edges(), **many(), f"{LANGUAGES}/{pseudo.CODE}.po": pseudo.table()}
    with served(site_in(tmp_path_factory.mktemp("longer"), pseudo.CODE, files)) as url:
        yield url


def site_in(folder: Path, language: str, files: dict[str, str | bytes]) -> Path:
    theme = {**playbooks.CONFIG["theme"], "language": language, "custom_dir": "overrides"}
    texts = {f"{LANGUAGES}/README.md": "Tables.\n", **files}
    return build(make(folder / "root", texts, nav=None, theme=theme), folder / "site").folder


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(java_script_enabled=False) as context:
        yield context.new_page()


# Two texts on one line of a figure lie apart, and none reaches out of the figure.
_CROWDED = """() => {
  document.querySelectorAll('details').forEach(one => one.open = true);
  const found = [];
  for (const svg of document.querySelectorAll('.op-timebar, .op-axis, .op-strip__bar')) {
    const frame = svg.getBoundingClientRect();
    const texts = [...svg.querySelectorAll('text')].filter(text => text.checkVisibility())
      .map(text => [text.textContent, text.getBoundingClientRect()]);
    texts.forEach(([one, a], n) => {
      if (a.left < frame.left - 2 || a.right > frame.right + 2) found.push(`${one} reaches out`);
      for (const [other, b] of texts.slice(n + 1)) {
        const beside = a.right <= b.left + 1 || b.right <= a.left + 1;
        const above = a.bottom <= b.top + 4 || b.bottom <= a.top + 4;
        if (!beside && !above) found.push(`${one} touches ${other}`);
      }
    });
  }
  const wider = document.documentElement.scrollWidth - innerWidth;
  return wider > 0 ? [...found, `${wider} px too wide`] : found;
}"""


PAGES = ("outcomes/few/", *(f"experiments/{name}/" for name in (*BOXES, *RESULTS)))


def crowded(page: Page, address: str) -> dict[int, list[str]]:
    """Return what is wrong with the figures of a page, by the width of the window."""
    page.goto(address)
    found = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found[width] = page.evaluate(_CROWDED)
    return found


@pytest.mark.parametrize("path", PAGES)
def test_no_text_of_a_figure_touches_another_or_is_cut(page: Page, english: str, path: str) -> None:
    assert crowded(page, f"{english}{path}") == {width: [] for width in WIDTHS}


@pytest.mark.parametrize("path", [*PAGES, "outcomes/many/"])
def test_longer_words_drop_out_before_they_touch(page: Page, longer: str, path: str) -> None:
    assert crowded(page, f"{longer}{path}") == {width: [] for width in WIDTHS}


def test_a_stack_of_very_many_is_no_wall_and_loses_no_block(page: Page, longer: str) -> None:
    page.goto(f"{longer}outcomes/")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        stack = page.locator(".op-stack", has=page.locator("i:nth-child(121)"))
        blocks = stack.locator("i").evaluate_all(
            "all => all.map(one => one.getBoundingClientRect()).map(b => [b.width, b.height])"
        )
        assert len(blocks) == MANY
        assert all(wide >= 3 and high >= 3 for wide, high in blocks)
        box = stack.bounding_box()
        assert box is not None
        assert box["height"] <= 80


def test_the_years_stay_in_sight_down_a_long_strip(page: Page, longer: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 800})
    page.goto(f"{longer}outcomes/many/")
    rows = page.locator(".op-strip__group .op-strip > li")
    assert rows.filter(visible=True).count() <= 20
    rows.nth(19).scroll_into_view_if_needed()
    rows.nth(19).evaluate("row => scrollBy(0, row.getBoundingClientRect().top - 400)")
    years = page.locator(".op-strip--calendar").bounding_box()
    header = page.locator(".md-header").bounding_box()
    assert years is not None
    assert header is not None
    assert header["height"] - 1 <= years["y"] <= header["height"] + 1


def test_a_forest_of_many_rows_is_folded_with_an_axis_of_its_own(page: Page, longer: str) -> None:
    page.goto(f"{longer}outcomes/many/")
    tables = page.locator(".op-forest")
    assert tables.evaluate_all("all => all.map(one => one.tBodies[0].rows.length)") == [20, 43]
    assert tables.filter(visible=True).count() == 1
    assert tables.locator("svg.op-axis").count() == 2
