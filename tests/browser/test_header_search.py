"""The search box in the header: what it finds, what it fetches, and what it says when it cannot."""

import gzip
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, expect

from tests.browser.serving import Quiet, served
from tests.browser.windows import DESK, PHONE
from tests.indexed import index_in
from tests.site.building import Built

Json = dict[str, Any]


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=DESK) as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Return the addresses that the page and its worker ask for, as they do."""
    found: list[str] = []
    page.on("request", lambda request: found.append(request.url))
    return found


def experiments(demo: Built) -> list[Json]:
    return [one for one in demo.data["records"] if one["kind"] == "experiment"]


def box(page: Page) -> Locator:
    return page.get_by_role("textbox", name="Search")


def results(page: Page) -> Locator:
    return page.get_by_role("search").get_by_role("listitem")


def find(page: Page, words: str) -> None:
    """Put words into the search box, and a key after them, as the theme listens to keys."""
    box(page).fill(words)
    box(page).press("End")


def leads_to(page: Page, record: Json) -> None:
    """Expect the first result to lead to a record."""
    first = results(page).first.get_by_role("link").first
    expect(first).to_have_attribute("href", re.compile(f"/{re.escape(record['url'])}"))


def is_of_the_search(url: str) -> bool:
    path = urlsplit(url).path
    return "/search/" in path


def test_nothing_is_fetched_before_somebody_searches(
    page: Page, address: str, asked: list[str], demo: Built
) -> None:
    page.goto(address, wait_until="networkidle")
    assert [url for url in asked if is_of_the_search(url)] == []
    box(page).click()
    expect(page.get_by_text("Type to start searching")).to_be_visible()
    assert [url for url in asked if url.startswith(f"{address}search/")] == []

    find(page, experiments(demo)[0]["title"])
    leads_to(page, experiments(demo)[0])
    assert [url for url in asked if url.endswith("/search/current.json")] != []
    assert {urlsplit(url).netloc for url in asked} == {urlsplit(address).netloc}


def test_records_are_found_however_they_are_half_remembered(
    page: Page, address: str, demo: Built
) -> None:
    page.goto(f"{address}handbook/")
    one = next(e for e in experiments(demo) if re.search(r"\b[a-z]{7,}s\b", e["title"]))
    words = one["title"].split()
    plural = next(word for word in words if re.fullmatch(r"[a-z]{7,}s", word))
    slip = plural[:3] + plural[4:]
    accented = one["title"].replace("e", "é").replace("a", "ä")
    asks = [
        one["id"],
        one["title"],
        one["title"][: -len(words[-1]) + 2] if len(words[-1]) > 3 else one["title"],
        one["title"].replace(plural, plural[:-1]),
        f'"{" ".join(words[:4])}"',
        accented,
        one["title"].replace(plural, slip),
        f"kind:experiment {one['title']}",
        f'owner:"{one["owner"]}" {one["title"]}',
    ]
    for ask in asks:
        find(page, "qqqqqq")
        expect(page.get_by_text("No matching documents")).to_be_visible()
        find(page, ask)
        leads_to(page, one)
        expect(results(page).first).to_contain_text(one["id"])
        expect(results(page).first).to_contain_text(one["owner"])


def test_a_result_says_what_it_is_and_why(page: Page, address: str, demo: Built) -> None:
    page.goto(address)
    running = [e for e in experiments(demo) if e["status"] == "running"]
    assert running
    find(page, "status:running kind:experiment")
    expect(results(page)).to_have_count(min(len(running), 9) + (len(running) > 9))
    for result in results(page).all()[:9]:
        expect(result).to_contain_text("Running")

    find(page, "experimant")
    expect(results(page).first).to_contain_text("“experimant” is in no record. Showing results for")
    expect(results(page).locator("mark").first).to_be_visible()
    everything = results(page).filter(has_text="All results")
    everything.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Explore")
    assert parse_qs(urlsplit(page.url).query)["find"] == ["experimant"]


def test_sections_stand_below_their_page(page: Page, address: str) -> None:
    page.goto(address)
    find(page, "what this playbook never does")
    first = results(page).first
    expect(first.get_by_role("heading", level=1)).to_be_visible()
    first.get_by_role("heading", name="What this playbook never does").click()
    expect(page).to_have_url(re.compile(r"/handbook/\?h=[^#]*#what-this-playbook-never-does"))
    expect(page.locator("main mark").first).to_be_visible()


def test_sections_beyond_the_first_results_follow_or_are_counted(
    page: Page, address: str, demo: Built
) -> None:
    """The entry that leads to all records leads to none of them."""
    index = index_in(demo.folder)
    records = index.start["records"]
    sections = {
        word: [index.cards[doc]["url"] for doc in hits if doc >= records]
        for word, hits in index.words.items()
        if len(word) > 3
    }
    few = next(word for word, urls in sorted(sections.items()) if 12 < len(urls) <= 20)
    many = next(word for word, urls in sorted(sections.items()) if len(urls) > 45)
    link = page.get_by_role("search").locator("a.md-search-result__link")
    note = page.get_by_role("search").get_by_text("More parts of the handbook have these words")
    page.goto(address)

    look_for(page, f'"{few}"')
    found = {urlsplit(one.get_attribute("href") or "")._replace(query="") for one in link.all()}
    shown = {one.geturl().removeprefix(address) for one in found}
    assert set(sections[few]) <= shown
    expect(note).to_have_count(0)

    look_for(page, f'"{many}"')
    (left,) = re.findall(r"these words \((\d+)\)", note.inner_text())
    of_records = results(page).filter(has=page.locator("p:first-of-type > code")).count()
    assert int(left) == len(sections[many]) - (9 - of_records) - 20


def look_for(page: Page, words: str) -> None:
    """Find words, and go down to the last result: the theme draws them as they are reached."""
    find(page, "qqqqqq")
    expect(page.get_by_text("No matching documents")).to_be_visible()
    find(page, words)
    expect(page.get_by_text("Enter opens the first")).to_be_visible()
    for _ in range(10):
        page.locator(".md-search__scrollwrap").evaluate(
            "box => (box.scrollTo(0, box.scrollHeight), new Promise(requestAnimationFrame))"
        )


def test_the_keyboard_alone_opens_what_is_found(page: Page, address: str, demo: Built) -> None:
    one = experiments(demo)[0]
    page.goto(address)
    page.keyboard.press("/")
    expect(box(page)).to_be_focused()
    page.keyboard.type(one["title"])
    leads_to(page, one)
    page.keyboard.press("ArrowDown")
    expect(results(page).first.get_by_role("link")).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(box(page)).to_be_focused()
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(f"{re.escape(address + one['url'])}\\?h="))
    page.reload()  # on the way, the theme now and then marks the page that it leaves
    expect(page.locator("main mark").first).to_be_visible()

    for key in ("Escape", "Tab"):
        find(page, one["id"])
        expect(results(page).first).to_be_visible()
        page.keyboard.press(key)
        expect(results(page).first).to_be_hidden()


def test_a_link_with_a_query_opens_the_box(page: Page, address: str, demo: Built) -> None:
    one = experiments(demo)[-1]
    page.goto(f"{address}handbook/?q={one['id']}")
    leads_to(page, one)


def test_a_page_opened_from_a_result_marks_and_fetches_no_index(
    page: Page, address: str, asked: list[str]
) -> None:
    page.goto(f"{address}handbook/?h=outcome", wait_until="networkidle")
    expect(page.locator("main mark").first).to_be_visible()
    assert [url for url in asked if url.startswith(f"{address}search/")] == []


QUERIES = (
    "a" * 10_000,
    "letter " * 1_500,
    "\"\"\" ''' : : ( ) [ ] {} * ~1 ^ + - \\ | . ? $ and or not",
    "<img src=x onerror=\"document.title='ran'\"><script>document.title='ran'</script>",
    "__proto__ constructor toString status:__proto__ constructor:x",
    '"',
    "\u202e\U0001f600 e\u0301 \u4e2d\u6587 \u0627\u0644",
)


def test_no_query_breaks_the_box(page: Page, address: str, demo: Built) -> None:
    one = experiments(demo)[0]
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.goto(address)
    title = page.title()
    for typed in QUERIES:
        find(page, typed)
        find(page, one["id"])
        leads_to(page, one)
        assert page.get_by_role("search").locator("img, script").count() == 0
    assert (page.title(), faults) == (title, [])


def _attacked(route: Route) -> None:
    """Answer with cards whose every text is markup."""
    evil = "<img src=x onerror=\"document.title='ran'\"> letter & <b>'bold'</b>"
    block = json.loads(gzip.decompress(route.fetch().body()))
    for card in block["cards"]:
        card |= {"id": evil, "title": evil, "say": evil, "label": evil, "meta": [evil]}
        card |= {"tags": [evil], "late": evil, "effect": {"text": evil, "around": evil}}
    route.fulfill(body=json.dumps(block), content_type="application/octet-stream")


def test_what_a_record_says_is_shown_letter_by_letter(
    context: BrowserContext, page: Page, address: str
) -> None:
    context.route(re.compile(r"/search/[0-9a-f]+/c\d+\.bin"), _attacked)
    page.goto(address)
    title = page.title()
    find(page, "letter")
    expect(results(page).first.get_by_role("heading")).to_have_text(
        "<img src=x onerror=\"document.title='ran'\"> letter & <b>'bold'</b>"
    )
    assert results(page).locator("img, b").count() == 0
    assert page.title() == title


def _gone(route: Route) -> None:
    route.fulfill(status=404, body="not here")


def _half(route: Route) -> None:
    body = route.fetch().body()
    route.fulfill(body=body[: len(body) // 2], content_type="application/octet-stream")


def _later(route: Route) -> None:
    route.fulfill(json={"format": 99, "folder": "0" * 16})


@pytest.mark.parametrize(
    ("what", "answer", "sentence"),
    [
        (r"^http://[^/]+/search/", _gone, "The index of the search is not here."),
        (r"/search/current\.json", _gone, "The index of the search is not here."),
        (r"/search/current\.json", _half, "The index of the search cannot be read."),
        (r"/start\.bin", _half, "The index of the search cannot be read."),
        (r"/search/current\.json", _later, "Reload the page to search."),
        (r"/search/engine\.js", _gone, "The search could not be fetched."),
    ],
    ids=[
        "folder missing",
        "missing",
        "half written itself",
        "half written",
        "of another version",
        "without its script",
    ],
)
def test_where_nothing_can_be_searched_it_says_so(
    context: BrowserContext,
    page: Page,
    address: str,
    what: str,
    answer: Callable[[Route], None],
    sentence: str,
) -> None:
    context.route(re.compile(what), answer)
    page.goto(f"{address}handbook/")
    page.get_by_role("link", name="Status").first.click()  # the theme puts it in this page's place
    expect(page.get_by_role("heading", level=1)).to_have_text("Status")
    find(page, "letter")
    expect(results(page)).to_have_count(1)
    expect(results(page)).to_contain_text(sentence)
    box(page).press("Enter")
    expect(page).to_have_url(re.compile(f"^{address}explore/"))


def test_two_tabs_search_side_by_side(context: BrowserContext, address: str, demo: Built) -> None:
    one, other = experiments(demo)[0], experiments(demo)[-1]
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(address)
    find(first, one["title"])
    find(second, other["title"])
    leads_to(first, one)
    leads_to(second, other)


def test_below_a_path_and_under_a_strict_policy(page: Page, demo: Built) -> None:
    """Our parts need no script but the site's own; the theme's lines in the page do."""

    class Strict(Quiet):
        def end_headers(self) -> None:
            policy = (
                "default-src 'self'; script-src 'self'{}; worker-src 'self'; style-src 'self' {}"
            )
            inline = " 'unsafe-inline'" if self.path.endswith(("/", ".html")) else ""
            self.send_header("Content-Security-Policy", policy.format(inline, "'unsafe-inline'"))
            super().end_headers()

    one = experiments(demo)[0]
    with served(demo.folder.parent, Strict) as url:
        page.goto(f"{url}{demo.folder.name}/handbook/")
        find(page, one["title"])
        leads_to(page, one)
        box(page).press("Enter")
        expect(page).to_have_url(re.compile(f"{url}{demo.folder.name}/{one['url']}"))


def test_on_a_phone(browser: Browser, address: str, demo: Built) -> None:
    one = max(experiments(demo), key=lambda one: len(one["title"]))
    with browser.new_context(viewport=PHONE, has_touch=True) as context:
        page = context.new_page()
        page.goto(address)
        page.locator("header label[for=__search]:visible").first.tap()
        expect(box(page)).to_be_focused()
        page.keyboard.type("more rem")
        completion = page.locator(".md-search__suggest")
        expect(completion).to_have_text(re.compile("more rem."))  # the rest of a word of a title
        # Where the box is full, another text behind what was typed would lie over it.
        box(page).fill("")
        page.keyboard.type(one["title"][:-2])
        leads_to(page, one)
        expect(completion).not_to_contain_text(one["title"])
        page.keyboard.type(one["title"][-2:])
        leads_to(page, one)
        results(page).first.get_by_role("link").tap()
        expect(page.get_by_role("heading", level=1)).to_have_text(one["title"])
