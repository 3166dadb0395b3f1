"""A reader opens the playbook, follows its links, searches, and is told on by nobody."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import served
from tests.browser.windows import DESK, PHONE
from tests.site.building import Built, build
from tests.site.hostile import hostile, playbook
from tests.site.playbooks import make

Json = dict[str, Any]
expect.set_options(timeout=15_000)  # milliseconds, for a busy machine


@pytest.fixture(scope="session")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Built:
    folder = tmp_path_factory.mktemp("attacked")
    return build(make(folder / "root", playbook(hostile), nav=None), folder / "site")


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Return a fresh page at a desk, and give up soon: everything is near."""
    with browser.new_context(viewport=DESK) as context:
        context.set_default_timeout(10_000)
        yield context.new_page()


def of_kind(demo: Built, kind: str) -> dict[str, Json]:
    return {one["id"]: one for one in demo.data["records"] if one["kind"] == kind}


def kinds_of_pages(demo: Built) -> dict[str, str]:
    """Return an address for each kind of page."""
    first = {kind: next(iter(of_kind(demo, kind).values()))["url"] for kind in KINDS}
    some_tag = next(p for p in demo.html_files if re.fullmatch("tags/.+/index.html", p))
    some_owner = next(p for p in demo.html_files if re.fullmatch("owners/.+/index.html", p))
    return {
        **first,
        "home": "",
        "outcomes": "outcomes/",
        "explore": "explore/",
        "status": "status/",
        "hypotheses by status": "status/hypotheses/supported/",
        "experiments by status": "status/experiments/concluded/",
        "empty status": "status/experiments/cancelled/",
        "hypotheses": "hypotheses/",
        "experiments": "experiments/",
        "metrics": "metrics/",
        "owners": "owners/",
        "an owner": some_owner.removesuffix("index.html"),
        "tags": "tags/",
        "a tag": some_tag.removesuffix("index.html"),
        "reference": "reference/",
        "handbook": "handbook/running-a-small-experiment/",
    }


KINDS = ("outcome", "metric", "hypothesis", "experiment")


def way_through(demo: Built) -> list[tuple[Json, Json, Json]]:
    """Return each outcome with a hypothesis of its own and an experiment on that."""
    outcomes, hypotheses = of_kind(demo, "outcome"), of_kind(demo, "hypothesis")
    return [
        (outcomes[hypothesis["outcome"]], hypothesis, experiment)
        for experiment in of_kind(demo, "experiment").values()
        for hypothesis in [hypotheses[experiment["hypothesis"]]]
        if hypothesis.get("outcome") in outcomes
    ]


def heading(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible()


def follow(page: Page, title: str) -> None:
    """Click the first link in the page's own part that is called so, and see where it leads."""
    page.get_by_role("main").get_by_role("link", name=title, exact=True).first.click()
    heading(page, title)


def test_a_reader_goes_from_an_outcome_to_an_experiment(
    page: Page, address: str, demo: Built
) -> None:
    page.goto(address)
    main = page.get_by_role("main")
    outcome, hypothesis, experiment = next(
        way
        for way in way_through(demo)
        if main.get_by_role("link", name=way[0]["title"], exact=True).count()
    )

    follow(page, outcome["title"])
    expect(page).to_have_url(f"{address}{outcome['url']}")
    follow(page, hypothesis["title"])
    expect(page).to_have_url(f"{address}{hypothesis['url']}")
    follow(page, experiment["title"])
    expect(page).to_have_url(f"{address}{experiment['url']}")
    # And back: what an experiment links to is one click away.
    follow(page, hypothesis["title"])
    follow(page, outcome["title"])


def test_a_reader_gets_from_a_tab_to_a_list_of_a_status(
    page: Page, address: str, demo: Built
) -> None:
    concluded = [e for e in of_kind(demo, "experiment").values() if e["status"] == "concluded"]
    page.goto(address)
    page.get_by_role("navigation", name="Tabs").get_by_role("link", name="Status").click()
    heading(page, "Status")
    page.locator("main a[href$='experiments/concluded/']").first.click()
    expect(page).to_have_url(f"{address}status/experiments/concluded/")
    follow(page, concluded[0]["title"])


def search(page: Page, text: str) -> None:
    """Put words into the search box, and a key after them, as the search listens to keys."""
    box = page.get_by_role("textbox", name="Search")
    box.fill(text)
    box.press("End")


def results(page: Page) -> Any:
    return page.get_by_role("search").get_by_role("listitem").get_by_role("link")


@pytest.mark.parametrize("words", ["title", "id"])
def test_a_record_is_found_by_its_title_and_by_its_id(
    page: Page, address: str, demo: Built, words: str
) -> None:
    page.goto(address)
    page.get_by_role("textbox", name="Search").click()
    places = {}
    for one in demo.data["records"][::4]:
        search(page, "qqq")
        expect(page.get_by_text("No matching documents")).to_be_visible()
        search(page, one[words])
        expect(results(page).first).to_be_visible()
        found = [urlsplit(link.get_attribute("href") or "").path for link in results(page).all()]
        places[one["id"]] = found.index(f"/{one['url']}") if f"/{one['url']}" in found else 99

    # The theme looks for words, and for beginnings of words, in any order: two records that are
    # called almost alike, or one whose title begins with "A", may change places.
    first = [id_ for id_, place in places.items() if place == 0]
    assert len(first) >= 0.9 * len(places), places
    assert max(places.values()) < 5, places


def test_a_reader_finds_an_experiment_by_search(page: Page, address: str, demo: Built) -> None:
    one = next(iter(of_kind(demo, "experiment").values()))
    page.goto(f"{address}handbook/")
    page.get_by_role("textbox", name="Search").click()
    page.keyboard.type(" ".join(one["title"].split()[:6]), delay=5)
    results(page).first.click()

    heading(page, one["title"])


def test_a_page_opened_from_a_result_marks_the_words(page: Page, address: str) -> None:
    page.goto(f"{address}handbook/?h=handbook")
    expect(page.locator("main mark").first).to_be_visible()


def test_everything_can_be_read_without_javascript(
    browser: Browser, address: str, demo: Built
) -> None:
    with browser.new_context(java_script_enabled=False, viewport=DESK) as context:
        page = context.new_page()
        pages = kinds_of_pages(demo)
        del pages["explore"]  # it shows another list then: test_explore.py has a look at it
        for name, url in pages.items():
            page.goto(address + url)
            expect(page.get_by_role("heading", level=1)).to_be_visible()
            for more in page.get_by_role("main").locator("summary").all():
                more.click()
            shown = page.get_by_role("main").inner_text()
            written = demo.page(url).main.text
            assert len(shown.split()) >= 0.9 * len(written.split()) - 5, name
        outcome, hypothesis, experiment = way_through(demo)[0]
        page.goto(address + outcome["url"])
        follow(page, hypothesis["title"])
        follow(page, experiment["title"])


def test_nobody_else_learns_who_reads_this(page: Page, address: str, demo: Built) -> None:
    asked: list[str] = []
    page.context.on("request", lambda request: asked.append(request.url))
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda said: wrong.append(said.text) if said.type == "error" else None)
    pages = kinds_of_pages(demo)
    for name in ("home", *KINDS, "status", "handbook"):
        page.goto(address + pages[name], wait_until="networkidle")
    page.goto(f"{address}404.html", wait_until="networkidle")
    search(page, "letters")
    expect(results(page).first).to_be_visible()

    assert len(asked) > 20
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
    assert wrong == []


def too_wide(page: Page) -> int:
    """Return by how many pixels the page is wider than its window."""
    wide: int = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    return wide


@pytest.mark.parametrize("site", ["demo", "attacked"])
def test_no_page_scrolls_sideways_on_a_phone(
    browser: Browser, demo: Built, attacked: Built, site: str
) -> None:
    built = demo if site == "demo" else attacked
    urls = (
        [*kinds_of_pages(demo).values(), *(r["url"] for r in demo.data["records"][::12])]
        if site == "demo"
        else some_pages(attacked)
    )
    with served(built.folder) as here, browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        found = {}
        for url in urls:
            page.goto(here + url, wait_until="load")
            if (wide := too_wide(page)) > 0:
                found[url] = wide

    assert found == {}


def some_pages(built: Built) -> list[str]:
    """Return the fullest page of each kind, by their paths, and those with an error card."""
    sizes: dict[str, list[tuple[int, str]]] = {}
    for path in built.html_files:
        if built.page(path).title != "Moved":
            sizes.setdefault(path.split("/")[0], []).append((len(built.text(path)), path))
    fullest = [path for pages in sizes.values() for _, path in sorted(pages)[-2:]]
    return [*fullest, *(path for path in built.html_files if "/wrong-" in path)]


def pwned(page: Page) -> object:
    """Return which payload has run, if one has."""
    return page.evaluate("window.pwned ?? null")


def test_hostile_text_does_nothing_in_a_browser(browser: Browser, attacked: Built) -> None:
    with served(attacked.folder) as here, browser.new_context(viewport=DESK) as context:
        page = context.new_page()
        done: list[str] = []
        page.on("dialog", lambda dialog: done.append(dialog.message))
        for path in some_pages(attacked):
            page.goto(here + path, wait_until="load")
            assert pwned(page) is None, path
            assert not page.locator("main img, main iframe").count(), path
        page.goto(here)
        page.get_by_role("textbox", name="Search").click()
        for words in ("title of the experiment", "a learning", "deeper cause"):
            search(page, words)
            expect(results(page).first).to_be_visible()
            assert pwned(page) is None, words
            assert not page.get_by_role("search").locator("img, iframe, script").count()
        results(page).first.click()
        page.wait_for_load_state("networkidle")
        assert pwned(page) is None
        assert done == []
