"""Every kind of page in every condition: narrow, wide, enlarged, on paper, without colours, keys.

Each test looks at every kind of page of the one built site and tells what it found by kind.
"""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import served
from tests.browser.test_reading import kinds_of_pages
from tests.browser.windows import DESK
from tests.site.building import Built, build
from tests.site.playbooks import CONFIG, make, small

Found = dict[str, Any]

WIDTHS = {1: (320, 390, 768, 1440, 2560), 2: (640,), 4: (320,)}
"""How many pixels of the screen a CSS pixel is, and the widths to look at: zoomed twice, a window
of 1280 is 640 wide, and zoomed four times 320."""


BROKEN = """\
---
kind: hypothesis
title: A record with a very long line of front matter that nobody has broken where it should end
status: dnoe
outcome: no-such-outcome-anywhere-in-this-playbook-or-in-any-other-that-we-have-heard-of
hypotesis: averyveryverylongwordthathasnoplacetobreakandthereforetriesthepatienceofeverylayout
---
"""


@pytest.fixture(scope="module")
def pages(
    demo: Built, address: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, str]]:
    """Return where each kind of page is served."""
    folder = tmp_path_factory.mktemp("error-card")
    files = {**small(), "hypotheses/broken.md": BROKEN}
    broken = build(make(folder / "root", files), folder / "site")
    with served(broken.folder) as there:
        yield {
            **{name: address + url for name, url in kinds_of_pages(demo).items()},
            "not found": f"{address}404.html",
            "an error card": f"{there}hypotheses/broken/",
        }


FOLDING = ("status", "hypotheses", "experiments", "metrics", "outcomes", "tags")
DRAWING = ("home", "outcomes", "outcome", "hypothesis", "experiment", "metric", "status")
VARIED = ("home", "status", "experiment", "handbook", "not found")
"""Kinds of page that fold lists, that draw, and that differ most in what the theme puts there."""

OPEN = "() => document.querySelectorAll('details').forEach(one => { one.open = true })"

LAYOUT = """
() => {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) {
    wrong.push(`scrolls sideways by ${root.scrollWidth - root.clientWidth}`);
  }
  const name = node => `${node.tagName}.${node.getAttribute("class") ?? ""}`;
  const hidden = node => {
    for (let one = node; one && one.nodeType === 1; one = one.parentElement) {
      const style = getComputedStyle(one);
      if (style.clipPath !== "none" || style.visibility === "hidden") return true;
    }
    return !node.checkVisibility();
  };
  const scroller = node => node.closest(".op-board, .op-src, pre, .md-typeset__scrollwrap");
  const main = document.querySelector("main article");
  const texts = [];
  const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode;
    const parent = text.parentElement;
    if (!text.data.trim() || hidden(parent)) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const box of range.getClientRects()) {
      if (box.width < 1) continue;
      texts.push({box, parent, said: text.data.trim().slice(0, 30)});
      if (!scroller(parent) && (box.left < -0.5 || box.right > root.clientWidth + 0.5)) {
        wrong.push(`out of the window: ${name(parent)} ${text.data.trim().slice(0, 40)}`);
      }
    }
  }
  // What hides what does not fit, hides some of its text.
  for (const one of main.querySelectorAll("*")) {
    if (one.closest("svg") || hidden(one)) continue;
    const style = getComputedStyle(one);
    const cut = ["hidden", "clip"];
    if (cut.includes(style.overflowX) && one.scrollWidth > one.clientWidth + 1) {
      wrong.push(`cut at the side: ${name(one)} ${one.textContent.trim().slice(0, 40)}`);
    }
    if (cut.includes(style.overflowY) && one.scrollHeight > one.clientHeight + 1) {
      wrong.push(`cut at the foot: ${name(one)} ${one.textContent.trim().slice(0, 40)}`);
    }
  }
  for (const name of document.querySelectorAll(".md-header__topic:first-child .md-ellipsis")) {
    const {scrollWidth, clientWidth, scrollHeight, clientHeight} = name;
    if (name.checkVisibility() && (scrollWidth > clientWidth || scrollHeight > clientHeight + 1)) {
      wrong.push("the site's name is cut");
    }
  }
  // No line of text lies on another.
  texts.sort((a, b) => a.box.top - b.box.top);
  texts.forEach((a, at) => {
    for (let next = at + 1; next < texts.length; next += 1) {
      const b = texts[next];
      if (b.box.top > a.box.bottom - 3) break;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - b.box.top;
      const low = Math.min(a.box.height, b.box.height);
      if (a.parent !== b.parent && across > 2 && down > 0.45 * low) {
        wrong.push(`on each other: ${name(a.parent)} ${a.said} | ${name(b.parent)} ${b.said}`);
      }
    }
  });
  return wrong;
}
"""


def some(pages: dict[str, str], kinds: tuple[str, ...]) -> dict[str, str]:
    return {kind: pages[kind] for kind in kinds}


def each(context: BrowserContext, pages: dict[str, str]) -> Iterator[tuple[str, Page]]:
    """Open one page after another in the same window."""
    page = context.new_page()
    page.set_default_timeout(15_000)
    for kind, url in pages.items():
        page.goto(url, wait_until="load")
        yield kind, page


LINES = """() => {
  const walker = document.createTreeWalker(document.querySelector("main article"), 4);
  const long = [];
  while (walker.nextNode()) {
    const parent = walker.currentNode.parentElement;
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const boxes = [...range.getClientRects()];
    const letters = walker.currentNode.data.length / boxes.length;
    if (boxes.length > 1 && letters > 110 && !parent.closest("table, pre")) {
      long.push(`${Math.round(letters)} letters: ${parent.textContent.trim().slice(0, 60)}`);
    }
  }
  return long;
}"""
"""More than 110 letters a line, where a text has more lines than one."""


def misplaced(page: Page, widths: tuple[int, ...]) -> list[str]:
    """Return what does not fit, with everything unfolded, at one width after another."""
    page.evaluate(OPEN)
    wrong = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 800})
        wrong += [
            f"{width}: {said}" for script in (LAYOUT, LINES) for said in page.evaluate(script)
        ]
    return wrong


@pytest.mark.parametrize("scale", WIDTHS)
def test_everything_has_its_place(browser: Browser, pages: dict[str, str], scale: int) -> None:
    found = {}
    with browser.new_context(device_scale_factor=scale) as context:
        for kind, page in each(context, pages):
            if wrong := misplaced(page, WIDTHS[scale]):
                found[kind] = wrong
    assert found == {}


SPACING = """
* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-block-end: 2em !important }
"""


def test_text_may_be_set_wider(browser: Browser, pages: dict[str, str]) -> None:
    """WCAG 1.4.12."""
    found = {}
    with browser.new_context() as context:
        for kind, page in each(context, pages):
            page.add_style_tag(content=SPACING)
            # The words in a drawing stand beside it as well, and its places are fixed.
            page.add_style_tag(content="main svg text { display: none }")
            if wrong := misplaced(page, (320, 1440)):
                found[kind] = wrong
    assert found == {}


GROUND = """() => {
  const colour = (selector, name) => getComputedStyle(document.querySelector(selector))[name];
  return [colour("body", "backgroundColor"), colour("main h1", "color")];
}"""
LIGHT = ["rgb(255, 255, 255)", "rgb(21, 24, 28)"]
SCHEMES: dict[Any, list[str]] = {"dark": ["rgb(22, 25, 31)", "rgb(231, 233, 236)"], "light": LIGHT}


def test_the_colours_follow_the_system(browser: Browser, pages: dict[str, str]) -> None:
    with browser.new_context(color_scheme="dark", viewport=DESK) as context:
        for _, page in each(context, some(pages, VARIED)):
            for scheme, colours in SCHEMES.items():
                page.emulate_media(color_scheme=scheme)
                page.wait_for_function(
                    f"colours => `${{({GROUND})()}}` === `${{colours}}`", arg=colours
                )


UNPRINTED = ".md-header, .md-tabs, .md-sidebar, .md-footer, .md-top, .md-skip, .headerlink"
FOLDED = (
    "() => [...document.querySelectorAll('main details > :not(summary)')].map(d => d.innerText)"
)


DARK_CODE = """() => {
  const light = colour => {
    const [r, g, b, a = 1] = colour.match(/[\\d.]+/g).map(Number);
    return a === 0 ? null : (r + g + b) / 765;
  };
  return [...document.querySelectorAll('main :is(pre, code, .highlight span)')].filter(one => {
    const style = getComputedStyle(one);
    return light(style.color) > .5 || (light(style.backgroundColor) ?? 1) < .9;
  }).map(one => one.outerHTML.slice(0, 80));
}"""


def test_paper_is_light_and_shows_everything(browser: Browser, pages: dict[str, str]) -> None:
    with browser.new_context(
        color_scheme="dark", viewport=DESK, reduced_motion="reduce"
    ) as context:
        for kind, page in each(context, pages):
            page.emulate_media(media="print")
            assert page.evaluate(GROUND)[1] == LIGHT[1], kind
            assert page.evaluate(GROUND)[0] in {LIGHT[0], "rgba(0, 0, 0, 0)"}, kind
            for one in page.locator(UNPRINTED).all():
                assert not one.is_visible(), f"{kind}: {one}"
            assert all(page.evaluate(FOLDED)), kind
            assert page.evaluate(DARK_CODE) == [], kind
            assert page.evaluate(LAYOUT) == [], kind
            page.emulate_media(media="screen")


def test_a_printed_record_tells_where_it_is_from(browser: Browser, pages: dict[str, str]) -> None:
    records = some(pages, ("outcome", "hypothesis", "experiment", "metric"))
    with browser.new_context(viewport=DESK) as context:
        for kind, page in each(context, records):
            where = page.get_by_text("Printed from")
            assert not where.is_visible(), kind
            page.emulate_media(media="print")
            assert urlsplit(page.url).path.strip("/") in where.inner_text(), kind
            assert "as of 22 November 2026" in where.inner_text(), kind
            page.emulate_media(media="screen")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_decided_experiment_is_one_sheet(
    browser: Browser, demo: Built, address: str, scheme: Any
) -> None:
    decided = {
        record["id"]: address + record["url"]
        for record in demo.data["records"]
        if record["kind"] == "experiment" and record.get("decision")
    }
    assert decided
    sheets = {}
    with browser.new_context(color_scheme=scheme, viewport=DESK) as context:
        for name, page in each(context, decided):
            sheets[name] = len(re.findall(rb"/Type\s*/Page\b", page.pdf(prefer_css_page_size=True)))
    assert sheets == dict.fromkeys(decided, 1)


FORCED = """() => {
  const style = (node, name) => getComputedStyle(node)[name];
  const seen = selector => [...document.querySelectorAll(`main ${selector}`)]
    .filter(one => one.checkVisibility());
  const ground = style(document.body, "backgroundColor");
  const fills = selector => [...new Set(seen(selector).map(one => style(one, "fill")))];
  const wrong = [];
  for (const icon of seen(".op-ico *")) {
    const [fill, stroke] = [style(icon, "fill"), style(icon, "stroke")];
    if ([fill, stroke].every(one => one === "none" || one === ground)) wrong.push("an icon");
  }
  for (const block of seen(".op-stack i")) {
    if (style(block, "borderTopStyle") === "none") wrong.push("a block without border");
    if (style(block, "borderTopColor") === ground) wrong.push("a block of the ground's colour");
  }
  for (const bar of seen(":is(meter, progress)")) {
    if (style(bar, "borderTopWidth") === "0px") wrong.push("a bar without border");
  }
  const [track] = fills(".op-timebar .track");
  for (const part of ["done", "live", "over"]) {
    for (const fill of fills(`.op-timebar .${part}`)) {
      if (fill === track) wrong.push(`${part} looks like the track`);
    }
  }
  const looks = {};
  for (const block of seen(".op-stack i")) {
    const all = ["backgroundColor", "backgroundImage", "borderTopStyle"].map(n => style(block, n));
    (looks[all.join()] ??= new Set()).add(block.dataset.status);
  }
  for (const same of Object.values(looks)) {
    if (same.size > 1) wrong.push(`look alike: ${[...same]}`);
  }
  return wrong;
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_forced_colours_leave_every_figure_its_shape(
    browser: Browser, pages: dict[str, str], scheme: Any
) -> None:
    found = {}
    context = browser.new_context(forced_colors="active", color_scheme=scheme, viewport=DESK)
    with context:
        for kind, page in each(context, some(pages, DRAWING)):
            if wrong := page.evaluate(FORCED):
                found[kind] = wrong
    assert found == {}


MOVING = """() => [...document.querySelectorAll("*")].filter(one => {
  const style = getComputedStyle(one);
  const long = style.transitionDuration.split(",").some(one => parseFloat(one) > 0);
  return (long && style.transitionProperty !== "none") || style.animationName !== "none"
    || style.scrollBehavior === "smooth";
}).map(one => `${one.tagName}.${one.getAttribute("class")}`)"""


def test_nothing_moves_for_those_who_want_it_still(browser: Browser, pages: dict[str, str]) -> None:
    with browser.new_context(reduced_motion="reduce", viewport=DESK) as context:
        for kind, page in each(context, some(pages, VARIED)):
            assert page.evaluate(MOVING) == [], kind


def test_enter_unfolds_and_folds(browser: Browser, pages: dict[str, str]) -> None:
    unfolded = 0
    with browser.new_context(viewport=DESK) as context:
        for kind, page in each(context, some(pages, FOLDING)):
            for summary in page.locator("main details.op-more > summary").all()[:2]:
                summary.focus()
                inside = summary.locator("xpath=following-sibling::*").first
                expect(inside, kind).not_to_be_visible()
                page.keyboard.press("Enter")
                expect(inside, kind).to_be_visible()
                page.keyboard.press("Enter")
                expect(inside, kind).not_to_be_visible()
                unfolded += 1
    assert unfolded


def test_an_address_within_a_folded_list_unfolds_it(
    browser: Browser, pages: dict[str, str]
) -> None:
    """No list of ours folds away an address; where somebody wrote one, the browser unfolds it."""
    inside = "() => [...document.querySelectorAll('main .op details [id]')].map(one => one.id)"
    with browser.new_context(viewport=DESK) as context:
        for kind, page in each(context, some(pages, FOLDING)):
            assert page.evaluate(inside) == [], kind
            for group in page.locator("main :is(.op-leads, .op-jump) a:visible").all()[-1:]:
                group.click()
                target = page.locator(f"[id='{urlsplit(page.url).fragment}']")
                expect(target, kind).to_be_in_viewport()
                top = page.evaluate(
                    "node => node.getBoundingClientRect().top", target.element_handle()
                )
                assert top >= 40, f"{kind}: the header covers {urlsplit(page.url).fragment}"


def test_no_request_leaves_the_site(browser: Browser, pages: dict[str, str]) -> None:
    asked: set[str] = set()
    with browser.new_context(viewport=DESK) as context:
        context.on("request", lambda request: asked.add(request.url))
        for _ in each(context, pages):
            pass
    own = {"{0.scheme}://{0.netloc}".format(urlsplit(url)) for url in pages.values()}
    assert len(asked) > len(pages)
    asked = {url for url in asked if not url.startswith(("data:", "blob:"))}
    assert [
        url for url in asked if "{0.scheme}://{0.netloc}".format(urlsplit(url)) not in own
    ] == []


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_without_script_nothing_is_cut(browser: Browser, pages: dict[str, str], width: int) -> None:
    """The theme reads what the system prefers by script: without one, all is light together."""
    found = {}
    with browser.new_context(java_script_enabled=False, color_scheme="dark") as context:
        for kind, page in each(context, pages):
            assert page.evaluate(GROUND) == LIGHT, kind
            if wrong := misplaced(page, (width,)):
                found[kind] = wrong
    assert found == {}


TOUR = ("outcomes/faster-claims/", "hypotheses/fewer-questions/", "status/", "outcomes/", "")
STATE = """() => ({
  title: document.title,
  article: document.querySelector("article").innerText,
  links: [...document.querySelectorAll("article a")].map(one => one.href),
  tab: document.querySelector(".md-tabs__item--active")?.innerText ?? null,
})"""


FOLLOW = "url => [...document.links].find(a => a.href === url && a.checkVisibility()).click()"


@pytest.mark.parametrize("instant", [True, False])
def test_pages_are_the_same_with_and_without_instant_navigation(
    browser: Browser, tmp_path_factory: pytest.TempPathFactory, instant: bool
) -> None:
    folder = tmp_path_factory.mktemp("instant")
    features = [*CONFIG["theme"]["features"], *(["navigation.instant"] if instant else [])]
    theme = {**CONFIG["theme"], "features": features}
    (folder / "site").mkdir()
    with served(folder / "site") as address, browser.new_context(viewport=DESK) as context:
        root = make(folder / "root", small(), theme=theme, site_url=address)
        build(root, folder / "site")
        page = context.new_page()
        page.goto(address, wait_until="networkidle")
        page.evaluate("() => { window.stayed = true }")
        for url in TOUR:
            page.evaluate(FOLLOW, address + url)
            other = context.new_page()
            other.goto(address + url, wait_until="networkidle")
            page.wait_for_url(address + url)
            page.wait_for_function("title => document.title === title", arg=other.title())
            assert bool(page.evaluate("() => window.stayed")) is instant
            assert page.evaluate(STATE) == other.evaluate(STATE), url
            other.close()
