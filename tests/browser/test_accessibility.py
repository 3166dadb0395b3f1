"""WCAG 2.2 AA in a real browser: axe on every kind of page, and the playbook by keyboard alone."""

import re
from collections.abc import Callable, Iterator
from importlib.resources import files
from itertools import pairwise
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from tests.browser.serving import served
from tests.browser.windows import DESK, PHONE
from tests.site.building import Built, build
from tests.site.playbooks import make
from tests.site.troubled import troubled

Json = dict[str, Any]
SMALL_PHONE: ViewportSize = {"width": 320, "height": 640}
SCHEMES = {"light": "default", "dark": "slate"}
"""What a reader's system prefers, and the theme's name for it."""

STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]

OF_THE_THEME = {
    # The checkbox by which a stylesheet opens the navigation of a narrow window. It stands before
    # the banner, in the theme's base.html, and the stylesheet needs it there: only what follows
    # it can depend on it. A stray control is against good practice and against no criterion.
    "a control before the banner": re.compile(r"region: #__drawer"),
    # The words a record is found by, which the theme's script shows below each result as a
    # navigation without a name. Good practice again; no partial has a part in it.
    "navigations in results": re.compile(r"landmark-unique: article\S+ > \.md-tags"),
}
"""What axe finds on our pages that is the theme's, and that no override of a partial mends."""


@pytest.fixture(scope="module")
def trouble(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return where a playbook is served in which things are late, measured and wrong."""
    folder = tmp_path_factory.mktemp("troubled")
    built = build(make(folder / "root", troubled()), folder / "site")
    with served(built.folder) as url:
        yield url


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """Return a reader who wants nothing to move, so that nothing is judged half way."""
    with browser.new_context(viewport=DESK, reduced_motion="reduce") as context:
        context.set_default_timeout(10_000)
        axe = files("axe_playwright_python").joinpath("axe.min.js")
        context.add_init_script(axe.read_text(encoding="utf-8"))
        yield context


@pytest.fixture(scope="module")
def shared(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def page(shared: Page) -> Iterator[Page]:
    """Return the one page of these tests, as it was."""
    yield shared
    shared.set_viewport_size(DESK)
    shared.emulate_media(color_scheme="light")


def in_scheme(page: Page, scheme: str) -> None:
    """Let the reader's system prefer a scheme, and wait until the page has followed."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.wait_for_function("s => document.body.dataset.mdColorScheme === s", arg=SCHEMES[scheme])


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds that is ours, in all rules of the standard or in a few."""
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": STANDARD}
    found: list[Json] = page.evaluate(
        "options => axe.run(document, options).then(result => result.violations)",
        {"runOnly": only, "reporter": "no-passes", "preload": False},
    )
    said = [
        f"{rule['id']}: {' '.join(node['target'])}: {checks[0]['message']}"
        for rule in found
        for node in rule["nodes"]
        for checks in [node["any"] + node["all"] + node["none"]]
    ]
    return [one for one in said if not any(known.match(one) for known in OF_THE_THEME.values())]


def records(
    demo: Built, kind: str, status: str = "", *, having: str = "", lacking: str = ""
) -> str:
    """Return the address of the fullest record of a sort."""
    urls: list[str] = [
        one["url"]
        for one in demo.data["records"]
        if one["kind"] == kind and status in ("", one["status"])
        if (not having or one.get(having)) and not (lacking and one.get(lacking))
    ]
    return max(urls, key=lambda url: (len(demo.text(f"{url}index.html")), url))


def first(demo: Built, pattern: str) -> str:
    """Return the address of the first page that a pattern fits."""
    path = next(path for path in demo.html_files if re.fullmatch(pattern, path))
    return path.removesuffix("index.html")


KINDS: dict[str, Callable[[Built], str]] = {
    "home": lambda _: "",
    "outcomes": lambda _: "outcomes/",
    "an outcome": lambda demo: records(demo, "outcome", "active"),
    "explore": lambda _: "explore/",
    "a view of explore": lambda _: "explore/?find=letter&kind=experiment&status=concluded",
    "status": lambda _: "status/",
    "hypotheses of a status": lambda _: "status/hypotheses/supported/",
    "experiments of a status": lambda _: "status/experiments/concluded/",
    "a status that nothing has": lambda _: "status/experiments/cancelled/",
    "hypotheses": lambda _: "hypotheses/",
    "a hypothesis being tested": lambda demo: records(demo, "hypothesis", "testing"),
    "a hypothesis decided": lambda demo: records(demo, "hypothesis", "supported"),
    "experiments": lambda _: "experiments/",
    "an experiment running": lambda demo: records(demo, "experiment", "running"),
    "an experiment concluded": lambda demo: records(demo, "experiment", "concluded"),
    "metrics": lambda _: "metrics/",
    "a metric with readings": lambda demo: records(demo, "metric", having="readings"),
    "a metric without": lambda demo: records(demo, "metric", lacking="readings"),
    "owners": lambda _: "owners/",
    "an owner": lambda demo: first(demo, "owners/.+/index.html"),
    "tags": lambda _: "tags/",
    "a tag": lambda demo: first(demo, "tags/.+/index.html"),
    "reference": lambda _: "reference/",
    "handbook": lambda _: "handbook/",
    "an article": lambda _: "handbook/running-a-small-experiment/",
    "no page": lambda _: "404.html",
}


def judge(page: Page) -> list[str]:
    """Return what is wrong on the page that is open, at each width and in each scheme.

    A width changes no colour and a scheme no layout, so each is judged in whole once.
    """
    page.set_viewport_size(DESK)
    in_scheme(page, "light")
    found = violations(page)
    page.set_viewport_size(PHONE)
    in_scheme(page, "dark")
    found += violations(page)
    found += too_small(page)
    page.set_viewport_size(SMALL_PHONE)
    found += violations(page, ["target-size"])
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_any_kind_of_page(
    page: Page, address: str, demo: Built, kind: str
) -> None:
    page.goto(address + KINDS[kind](demo))
    expect(page.locator("main [aria-busy=true]")).to_have_count(0)

    assert judge(page) == []


@pytest.mark.parametrize(
    ("url", "shows"),
    [
        ("hypotheses/wrong/", ".op-error"),
        ("outcomes/faster-claims/", "meter"),
        ("metrics/days-to-settle/", "figure"),
        ("experiments/late/", ".op-timebar"),
        ("", ".op-decision"),
    ],
)
def test_axe_finds_nothing_where_something_is_wrong(
    page: Page, trouble: str, url: str, shows: str
) -> None:
    page.goto(trouble + url)
    expect(page.locator(shows).first).to_be_visible()

    assert violations(page) == []
    in_scheme_by_hand(page, "slate")
    page.set_viewport_size(PHONE)
    assert violations(page) + too_small(page) == []


def in_scheme_by_hand(page: Page, scheme: str) -> None:
    """Put a page of a site that names no palette into a scheme, in the theme's own colour."""
    page.evaluate(
        "s => Object.assign(document.body.dataset, { mdColorScheme: s, mdColorPrimary: 'indigo' })",
        scheme,
    )


@pytest.mark.parametrize("kind", ["home", "an outcome", "an experiment concluded", "an article"])
def test_the_colours_beside_the_text_hold_in_the_dark_and_on_a_phone(
    page: Page, address: str, demo: Built, kind: str
) -> None:
    page.goto(address + KINDS[kind](demo))
    in_scheme(page, "dark")  # with the sidebars and tabs, which a phone has not
    found = violations(page, COLOURS)
    in_scheme(page, "light")
    page.set_viewport_size(PHONE)

    assert found + violations(page, COLOURS) == []


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing_while_searching(
    page: Page, address: str, size: ViewportSize, scheme: str
) -> None:
    page.set_viewport_size(size)
    page.goto(f"{address}handbook/")
    in_scheme(page, scheme)
    page.keyboard.press("/")
    for words in ("letter", "qqq"):
        search(page, words)
        assert violations(page) == [], words


def search(page: Page, words: str) -> None:
    """Put words into the open search, and wait for what comes of them."""
    dialog = page.get_by_role("dialog", name="Search")
    box = dialog.get_by_role("textbox", name="Search")
    box.fill(words)
    box.press("End")  # the search listens to keys
    found = dialog.get_by_text("No matching documents") if words == "qqq" else results(page).first
    expect(found).to_be_visible()


def results(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search").get_by_role("listitem").get_by_role("link")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_axe_finds_nothing_with_the_navigation_of_a_phone_open(
    page: Page, address: str, scheme: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{address}handbook/")
    in_scheme(page, scheme)
    page.locator(".md-header [for=__drawer]").click()
    expect(page.get_by_role("link", name="Contribute", exact=True).first).to_be_in_viewport()

    assert violations(page) == []


def test_what_is_of_the_theme_is_still_there(
    page: Page, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A finding that is gone need not be excused any longer."""
    page.set_viewport_size(PHONE)
    page.goto(address)
    page.get_by_role("textbox", name="Search").focus()
    search(page, "randomised")  # a tag that tells why
    excused = dict(OF_THE_THEME)
    monkeypatch.setattr("tests.browser.test_accessibility.OF_THE_THEME", {})
    found = violations(page)

    assert {name for name, known in excused.items() if any(map(known.match, found))} == set(excused)


TARGETS = """() => {
  const SENTENCES = "p, figcaption, .md-content__inner > :is(ul, ol, table)";
  const boxes = [...document.querySelectorAll("main :is(a[href], button, summary)")]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest(".md-top"))
    .map((e) => ({ e, box: e.getBoundingClientRect(), lines: [...e.getClientRects()] }));
  const small = ({ box }) => box.width < 24 || box.height < 24;
  const middle = ({ box }) => [box.left + box.width / 2, box.top + box.height / 2];
  const near = (one, other) => {
    const [x, y] = middle(one), [u, v] = middle(other);
    if (small(other) && Math.hypot(x - u, y - v) < 23.5) return true;
    return other.lines.some((line) => Math.hypot(
      Math.max(line.left - x, 0, x - line.right), Math.max(line.top - y, 0, y - line.bottom)
    ) < 11.5);
  };
  return boxes
    .filter((one) => small(one) && !one.e.closest(SENTENCES))
    .flatMap((one) => boxes
      .filter((other) => other !== one && !one.e.contains(other.e) && near(one, other))
      .slice(0, 1).map((other) => `too near: ${one.e.textContent} | ${other.e.textContent}`));
}"""
"""Targets below 24 pixels with another within 24 pixels around their middle. Links in a sentence
may be so. axe takes most of our lists for sentences."""


def too_small(page: Page) -> list[str]:
    """Return the targets in lists and tables that a finger cannot tell apart."""
    found: list[str] = page.evaluate(TARGETS)
    return found


FOCUSED = """async () => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  // What opens something, or is shown when the page is back at its top, takes a moment.
  if (e.matches("input, .md-tabs__link")) await new Promise((then) => setTimeout(then, 100));
  const shown = e.matches(".md-option") ? e.form.querySelector("label:not([hidden])")
    : e.matches("#__drawer") ? document.querySelector(".md-header [for=__drawer]") : e;
  const style = getComputedStyle(shown), box = shown.getBoundingClientRect();
  const seen = [...shown.getClientRects()].some((line) => [.5, .1, .9].some((part) => {
    const middle = (Math.max(line.top, 0) + Math.min(line.bottom, innerHeight)) / 2;
    const top = document.elementFromPoint(line.left + line.width * part, middle);
    return top && (shown.contains(top) || top.contains(shown) && top.closest("main, nav, label"));
  }));
  if (!e.dataset.visited) e.dataset.visited = String(++window.visited);
  return {
    number: Number(e.dataset.visited),
    what: `${e.tagName} ${e.textContent.trim().slice(0, 40)}`,
    seen: seen && box.width > 0 && box.height > 0,
    // The field of the search opens it over the page; nothing more is needed to see that.
    marked: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2
      || e.matches(".md-search__input"),
    main: Boolean(e.closest("main article")),
    box: [box.left, box.top + scrollY, box.right, box.bottom + scrollY],
    board: e.closest("[role=region]")?.ariaLabel ?? null,
  };
}"""

REACHABLE = """() => [...document.querySelectorAll(
    "a[href], button, input, select, textarea, summary, [tabindex='0']")]
  .filter((e) => e.tabIndex >= 0 && !e.matches(".md-option ~ .md-option"))  // one of a group
  .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.matches(".md-top"))
  .map((e) => `${e.tagName} ${e.textContent.trim().slice(0, 40)}`)"""


def walk(page: Page, key: str) -> list[Json]:
    """Press a key until the focus has been everywhere, and return where it was."""
    page.evaluate("window.visited = 0; delete document.activeElement.dataset.visited")
    steps: list[Json] = []
    for _ in range(600):
        page.keyboard.press(key)
        here = page.evaluate(FOCUSED)
        if here is None:  # the browser's own window
            break
        if here["number"] <= len(steps):
            break
        steps.append(here)
    return steps


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", ["home", "status", "an experiment concluded", "an article"])
def test_the_focus_goes_everywhere_in_order_and_is_seen(
    page: Page, address: str, demo: Built, kind: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(address + KINDS[kind](demo))
    reachable = page.evaluate(REACHABLE)
    steps = walk(page, "Tab")

    assert [step["what"] for step in steps] == reachable
    assert [step["what"] for step in steps if not step["seen"]] == []
    assert [step["what"] for step in steps if not step["marked"]] == []
    assert leaps([step for step in steps if step["main"]]) == []


def leaps(steps: list[Json]) -> list[str]:
    """Return where the focus goes up the page other than to the top of the next column."""
    return [
        f"{one['what']} -> {other['what']}"
        for one, other in pairwise(steps)
        for (_, top, right, _), (left, _, _, bottom) in [(one["box"], other["box"])]
        if bottom <= top and left < right
    ]


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("kind", ["home", "an experiment concluded"])
def test_the_header_never_covers_what_has_the_focus(
    page: Page, address: str, demo: Built, kind: str, size: ViewportSize
) -> None:
    page.set_viewport_size(size)
    page.goto(address + KINDS[kind](demo))
    page.locator("footer a").last.focus()
    steps = walk(page, "Shift+Tab")

    assert len(steps) > 20
    assert [step["what"] for step in steps if not step["seen"]] == []


@pytest.mark.parametrize("url", ["", "handbook/", "status/"])
def test_the_first_key_skips_what_every_page_has(page: Page, address: str, url: str) -> None:
    page.goto("about:blank")
    page.goto(address + url, wait_until="networkidle")
    page.evaluate("document.querySelector('main').dataset.mark = 'the same'")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function("location.hash !== ''")
    page.wait_for_load_state("networkidle")
    page.keyboard.press("Tab")

    assert page.evaluate("Boolean(document.activeElement.closest('main article'))")
    # The theme would fetch the page anew and put it in place of itself, and the focus be lost.
    expect(page.locator("main")).to_have_attribute("data-mark", "the same")


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
def test_the_navigation_of_a_phone_opens_by_keyboard(
    browser: Browser, address: str, scripts: bool
) -> None:
    with browser.new_context(
        viewport=PHONE, reduced_motion="reduce", java_script_enabled=scripts
    ) as context:
        page = context.new_page()
        page.goto(address)
        outcomes = page.locator(".md-nav--primary").get_by_role("link", name="Outcomes", exact=True)
        page.keyboard.press("Tab")
        opener = page.get_by_role("checkbox", name=re.compile("^Navigation"))
        expect(opener).to_be_focused()
        expect(outcomes).to_be_hidden()
        page.keyboard.press("Space")
        expect(outcomes).to_be_in_viewport()
        handbook = page.get_by_role("checkbox", name=re.compile("^Handbook"))
        inside = page.locator(".md-nav--primary").get_by_role("link", name="Contribute", exact=True)
        expect(inside).to_be_hidden()
        handbook.focus()
        page.keyboard.press("Space")
        expect(inside).to_be_in_viewport()
        expect(outcomes).to_be_hidden()
        page.keyboard.press("Space")  # and back
        expect(outcomes).to_be_in_viewport()
        expect(inside).to_be_hidden()
        outcomes.focus()
        page.keyboard.press("Enter")
        expect(page).to_have_url(f"{address}outcomes/")
        expect(page.get_by_role("heading", level=1, name="Outcomes")).to_be_visible()


def test_search_is_left_by_a_key_and_the_page_is_as_it_was(page: Page, address: str) -> None:
    page.goto(f"{address}handbook/")
    page.keyboard.press("/")
    expect(page.get_by_role("textbox", name="Search")).to_be_focused()
    search(page, "letter")
    result = results(page).first
    page.keyboard.press("ArrowDown")
    expect(result).to_be_focused()
    page.keyboard.press("Escape")

    expect(result).to_be_hidden()
    expect(page.get_by_role("heading", level=1)).to_be_in_viewport()
