"""Key pages beside what is stored of them: what they say, where it lies, what their figures show.

After a change that is meant, look at the pages, then store them anew and read the difference:

    RENEW_PICTURES=1 make test ARGS=tests/browser/test_pictures.py
"""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser import specimen
from tests.browser.boxes import Box, boxes, dumped, loaded, moved
from tests.browser.figures import FIGURES, MOST, changed, picture, ready
from tests.browser.serving import served

EXPECTED = Path(__file__).parent / "expected"
RENEWED = os.environ.get("RENEW_PICTURES", "") not in ("", "0")
HOW = "RENEW_PICTURES=1 make test ARGS=tests/browser/test_pictures.py stores the page as it is now"
SIZES: dict[int, ViewportSize] = {
    1440: {"width": 1440, "height": 900},
    390: {"width": 390, "height": 844},
}
SCHEMES = ("light", "dark")
# What a reader's machine may well set text in instead.
OTHER_FONTS = {
    "a wide serif": "* { font-family: 'DejaVu Serif', Georgia, serif !important; }",
    "a wide sans": "* { font-family: 'DejaVu Sans', Verdana, sans-serif !important; }",
    "loose letters": "* { letter-spacing: 0.02em !important; }",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where the specimen is served."""
    built = specimen.built_in(tmp_path_factory.mktemp("specimen"))
    assert built.gave_up is None
    with served(built.folder) as url:
        yield url


@pytest.fixture(scope="module", params=SIZES)
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """Return a page of each size, in turn."""
    with browser.new_context(viewport=SIZES[request.param], color_scheme="light") as context:
        context.set_default_timeout(15_000)
        yield context.new_page()


def width(page: Page) -> int:
    assert page.viewport_size is not None
    return page.viewport_size["width"]


def stored(name: str, now: bytes) -> bytes:
    """Return what is stored under a name, after storing what is there now if that is wished."""
    path = EXPECTED / name
    if RENEWED:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(now)
    if not path.exists():
        pytest.fail(f"{path} is missing. {HOW}.", pytrace=False)
    return path.read_bytes()


@pytest.mark.parametrize("name", specimen.PAGES)
def test_a_page_says_what_it_said(page: Page, address: str, name: str) -> None:
    page.goto(address + specimen.PAGES[name], wait_until="load")
    now = page.get_by_role("main").aria_snapshot() + "\n"
    before = stored(f"{name}.{width(page)}.aria.yml", now.encode()).decode()

    assert now.splitlines() == before.splitlines(), HOW


def test_the_header_says_what_it_said(page: Page, address: str) -> None:
    page.goto(address + specimen.PAGES["outcome"], wait_until="load")
    now = page.get_by_role("banner").aria_snapshot() + "\n"
    before = stored(f"header.{width(page)}.aria.yml", now.encode()).decode()

    assert now.splitlines() == before.splitlines(), HOW


@pytest.mark.parametrize("name", specimen.PAGES)
def test_the_blocks_of_a_page_lie_where_they_lay(page: Page, address: str, name: str) -> None:
    page.goto(address + specimen.PAGES[name], wait_until="load")
    now = boxes(page)
    assert now.overlaps == ()
    assert now.outside == ()
    before = loaded(stored(f"{name}.{width(page)}.boxes.json", dumped(now.found).encode()).decode())

    assert moved(before, now.found) == [], HOW
    for words, style in OTHER_FONTS.items():
        handle = page.add_style_tag(content=style)
        other = boxes(page)
        assert (moved(before, other.found), other.overlaps) == ([], ()), words
        handle.evaluate("style => style.remove()")


def test_two_columns_become_one_on_a_phone() -> None:
    def beside(name: str) -> list[str]:
        text = (EXPECTED / name).read_text("utf-8")
        return [box.block for box in loaded(text) if box.beside]

    assert any(block.endswith("section.op-col") for block in beside("status.1440.boxes.json"))
    assert not any(block.endswith("section.op-col") for block in beside("status.390.boxes.json"))


def test_a_block_that_moves_is_told() -> None:
    before = [Box("h1", 0, 100, beside=False), Box("ul > li", 52, 48, beside=True)]
    assert moved(before, before) == []
    assert moved(before, [before[0], Box("ul > li", 50, 46, beside=True)]) == []
    assert moved(before, [before[0], Box("ul > li", 0, 100, beside=False)]) == [
        "ul > li left its neighbour",
        "ul > li was at 52 and 48 wide, is at 0 and 100 wide",
    ]
    assert moved(before, before[:1]) == ["gone: ul > li"]
    assert moved(before, before[1:]) == ["here came h1, and now ul > li"]


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_figures_show_what_they_showed(browser: Browser, address: str, scheme: str) -> None:
    wrong = {}
    with browser.new_context(
        viewport=SIZES[1440], color_scheme="dark" if scheme == "dark" else "light"
    ) as context:
        context.set_default_timeout(15_000)
        page = context.new_page()
        opened = ""
        for name, figure in FIGURES.items():
            if figure.page != opened:
                opened = figure.page
                page.goto(address + specimen.PAGES[opened], wait_until="load")
                ready(page)
            now = picture(page, figure)
            before = stored(f"figures/{name}.{scheme}.png", now)
            handle = page.add_style_tag(content=OTHER_FONTS["a wide serif"])
            in_other_fonts = picture(page, figure)
            handle.evaluate("style => style.remove()")
            for seen in (now, in_other_fonts):
                share = changed(page, before, seen)
                if isinstance(share, str) or share > MOST:
                    wrong[name] = share

    assert wrong == {}, HOW


def test_a_figure_that_changes_is_seen(browser: Browser, address: str) -> None:
    changes = {
        "time-box-overdue": "svg.op-timebar rect { fill: #00588f !important; }",
        "interval-beyond-zero": "svg.op-ci .in { transform: translateX(24px); }",
        "progress-lower-is-better": "meter::-webkit-meter-optimum-value { width: 90% !important; }",
        "hypotheses-in-a-stack": ".op-stack > :first-child { visibility: hidden; }",
        "readings": ".op-course__plot .line { visibility: hidden; }",
    }
    with browser.new_context(viewport=SIZES[1440]) as context:
        page = context.new_page()
        for name, style in changes.items():
            page.goto(address + specimen.PAGES[FIGURES[name].page], wait_until="load")
            ready(page)
            before = picture(page, FIGURES[name])
            assert changed(page, before, picture(page, FIGURES[name])) == 0
            page.add_style_tag(content=style)
            share = changed(page, before, picture(page, FIGURES[name]))
            assert isinstance(share, str) or share > MOST, (name, share)


def test_nothing_is_stored_that_is_not_compared() -> None:
    pages = {f"{name}.{size}" for name in [*specimen.PAGES, "header"] for size in SIZES}
    names = {f"{page}.{end}" for page in pages for end in ("aria.yml", "boxes.json")}
    names |= {f"figures/{name}.{scheme}.png" for name in FIGURES for scheme in SCHEMES}
    names -= {f"header.{size}.boxes.json" for size in SIZES}
    found = {path.relative_to(EXPECTED).as_posix() for path in EXPECTED.rglob("*.*")}
    assert found == names
