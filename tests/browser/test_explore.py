"""The Explore page in a browser: words, facets, views to share, keys, and without an index."""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from outcome_playbook.facets import FACETS, facets_of
from outcome_playbook.pages.urls import always_there
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import read_project
from tests.browser.serving import served
from tests.browser.windows import DESK, PHONE
from tests.site.building import REPOSITORY, Built, build, seconds
from tests.site.demo import DAY
from tests.site.playbooks import CONFIG, make, small

Values = dict[str, dict[str, tuple[str, ...]]]
Selection = dict[str, list[str]]


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    with browser.new_context(viewport=DESK, reduced_motion="reduce") as context:
        context.set_default_timeout(10_000)
        yield context


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    page = context.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def values() -> Values:
    """Return the values of the demo's records, by id and facet."""
    project = read_project(REPOSITORY / "mkdocs.yml")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", seconds(DAY))
        read = read_playbook(project.root, project.settings, project.docs_dir, always_there())
    return facets_of(read.registry, read.flags)


def fitting(values: Values, selection: Selection) -> set[str]:
    """Return the records that fit: or within a facet, and between facets."""
    return {
        id_
        for id_, of in values.items()
        if all(set(of.get(facet, ())) & set(chosen) for facet, chosen in selection.items())
    }


def expected(values: Values, selection: Selection) -> dict[str, Counter[str]]:
    """Return what each value of a facet would leave, its own facet's choice left aside."""
    counts = {}
    for facet in FACETS:
        others = {name: chosen for name, chosen in selection.items() if name != facet}
        left = fitting(values, others)
        counts[facet] = Counter(v for id_ in left for v in values[id_].get(facet, ()))
    return counts


def shown(page: Page) -> dict[str, dict[str, int]]:
    """Return the counts that stand beside the values."""
    found: dict[str, dict[str, int]] = page.evaluate(
        """() => Object.fromEntries([...document.querySelectorAll("[data-facet]")].map(box =>
          [box.dataset.facet, Object.fromEntries([...box.querySelectorAll("label")].map(row =>
            [row.querySelector("input").value, Number(row.querySelector(".ct").textContent)]))]))"""
    )
    return found


def count(page: Page, text: str) -> None:
    expect(page.locator("[data-count]")).to_have_text(text)


def chosen(page: Page) -> list[str]:
    return page.locator(".op-chip > :first-child").all_inner_texts()


def box(page: Page, facet: str, value: str) -> Any:
    return page.locator(f'[data-facet="{facet}"] input[value="{value}"]')


def test_opening_the_page_fetches_nothing_of_the_index(page: Page, address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    page.goto(f"{address}explore/", wait_until="networkidle")
    index = [url for url in asked if url.startswith("search/")]
    assert index == []
    assert not any(url.endswith("search/engine.js") for url in asked)
    newest = page.locator("[data-results] .op-card__title").all_inner_texts()
    page.get_by_label("Find records").press_sequentially("l")
    page.wait_for_timeout(200)
    assert not any(url.endswith("search/engine.js") for url in asked), "a letter finds nothing"
    page.get_by_label("Find records").press_sequentially("etter")
    expect(page.locator("[data-results] mark").first).to_be_visible()
    page.get_by_label("Find records").fill("")
    expect(page.locator("[data-results] mark")).to_have_count(0)
    assert page.locator("[data-results] .op-card__title").all_inner_texts() == newest


def test_counts_equal_those_of_a_plain_count(page: Page, address: str, values: Values) -> None:
    total = len(values)
    page.goto(f"{address}explore/")
    none = expected(values, {})
    for facet, of in shown(page).items():
        assert of.items() <= none[facet].items(), facet
    for selection in (
        {"kind": ["experiment", "hypothesis"], "tag": ["letter", "email"]},
        {"status": ["concluded"], "conclusion": ["won", "lost"], "year": ["2017", "2026"]},
        {"owner": ["Benefits desk"], "kind": ["metric"]},
    ):
        query = "&".join(f"{name}={value}" for name, of in selection.items() for value in of)
        page.goto(f"{address}explore/?{query}")
        count(page, f"{len(fitting(values, selection))} of {total} records")
        wanted = expected(values, selection)
        for facet, of in shown(page).items():
            assert {value: wanted[facet][value] for value in of} == of, (query, facet)
            assert set(selection.get(facet, ())) <= set(of), "what is chosen is in view"


def test_counts_come_first_then_what_is_in_sight_then_the_rest(
    page: Page, address: str, values: Values
) -> None:
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/search/*/c*.bin", hold)
    page.goto(f"{address}explore/?kind=experiment&sort=title")  # in this order, far apart
    fit = len(fitting(values, {"kind": ["experiment"]}))
    count(page, f"{fit} of {len(values)} records")
    page.wait_for_timeout(200)
    before = len(held)
    for route in held[:before]:
        route.continue_()
    expect(page.locator("[data-results] > li")).to_have_count(6)
    page.wait_for_timeout(100)
    assert len(held) > before, "the rest is asked for once those in sight are shown"
    for route in held[before:]:
        route.continue_()
    expect(page.locator("[data-results] > li")).to_have_count(20)


def test_a_view_is_an_address_and_back_works(page: Page, address: str, values: Values) -> None:
    page.goto(f"{address}explore/")
    box(page, "kind", "experiment").check()
    count(page, f"{len(fitting(values, {'kind': ['experiment']}))} of {len(values)} records")
    expect(box(page, "kind", "experiment")).to_be_focused()
    box(page, "kind", "hypothesis").check()
    expect(page.locator(".op-chip")).to_have_count(2)
    assert page.url == f"{address}explore/?kind=experiment&kind=hypothesis"
    page.get_by_label("Find records").press_sequentially("letters", delay=20)
    expect(page.locator("[data-results] mark").first).to_be_visible()
    assert page.url.endswith("?find=letters&kind=experiment&kind=hypothesis")
    page.get_by_label("Sort").select_option("title")
    expect(page.locator("[data-results]")).not_to_have_attribute("aria-busy", "true")
    titles = page.locator("[data-results] .op-card__title").all_inner_texts()
    assert titles == sorted(titles, key=str.casefold)

    page.go_back()  # before the sort
    expect(page.get_by_label("Sort")).to_have_value("relevance")
    page.go_back()  # one kind; what was typed replaced the view with two
    expect(page.locator(".op-chip")).to_have_count(1)
    expect(page.get_by_label("Find records")).to_have_value("")
    page.go_back()
    count(page, f"{len(values)} records")
    expect(box(page, "kind", "experiment")).not_to_be_checked()


def test_a_choice_right_after_a_key_keeps_what_was_typed(page: Page, address: str) -> None:
    for choice in (
        'sort.value = "title"; sort.dispatchEvent(new Event("change"))',
        'form.querySelector("[name=kind][value=experiment]").click()',
    ):
        page.goto(f"{address}explore/?find=postcard")
        expect(page.locator("[data-results] mark").first).to_be_visible()
        page.locator("[data-explore]").evaluate(
            """form => { const { find, sort } = form.elements
                 find.value = "letter"; find.dispatchEvent(new Event("input")); CHOICE }""".replace(
                "CHOICE", choice
            )
        )
        expect(page.locator("[data-results] mark").first).to_contain_text("etter")
        expect(page.get_by_label("Find records")).to_have_value("letter")
        assert "find=letter&" in page.url, page.url


def test_a_facet_that_is_typed_is_chosen(page: Page, address: str, values: Values) -> None:
    page.goto(f"{address}explore/")
    find = page.get_by_label("Find records")
    find.press_sequentially("letter status:concluded", delay=5)
    expect(page.locator(".op-chip")).to_have_count(1)
    assert chosen(page) == ["Status: Concluded"]
    expect(box(page, "status", "concluded")).to_be_checked()
    expect(find).to_have_value("letter status:concluded")  # somebody may go on typing
    told = page.locator("[data-count]").inner_text()
    find.press("Enter")
    expect(find).to_have_value("letter")
    assert page.url == f"{address}explore/?find=letter&status=concluded"
    count(page, told)
    assert chosen(page) == ["Status: Concluded"]

    find.fill("letter conclusion:won year:2017")
    expect(page.locator(".op-chip")).to_have_count(3)
    shared = page.url
    box(page, "conclusion", "won").uncheck()
    expect(page.locator(".op-chip")).to_have_count(2)
    expect(find).to_have_value("letter")
    assert page.url == f"{address}explore/?find=letter&status=concluded&year=2017"
    page.go_back()
    expect(find).to_have_value("letter conclusion:won year:2017")
    assert page.url == shared
    expect(page.locator(".op-chip")).to_have_count(3)
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".op-chip")).to_have_count(0)
    expect(find).to_have_value("letter")

    find.fill("status:concluded")
    count(page, f"{len(fitting(values, {'status': ['concluded']}))} of {len(values)} records")
    expect(page.get_by_label("Sort")).to_have_value("newest")  # there are no words to match
    begun = sorted({tag for of in values.values() for tag in of.get("tag", ()) if tag[0] in "rs"})
    assert len(begun) > 12
    find.fill("tag:r tag:s")
    count(page, f"{len(fitting(values, {'tag': begun}))} of {len(values)} records")
    expect(page.locator(".op-chip")).to_have_count(0)  # one still says which of them


def test_what_an_address_asks_for_in_vain_can_be_taken_away(page: Page, address: str) -> None:
    page.goto(f"{address}explore/?tag=no+such+tag&tag=<b>x</b>&status=nonsense&sort=up&other=1")
    expect(page.locator("[data-note]")).to_have_text(
        "No record fits. Take away a word or a choice."
    )
    assert chosen(page) == ["Status: nonsense", "Tag: no such tag", "Tag: <b>x</b>"]
    page.get_by_role("button", name="Tag: no such tag remove").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Tag: <b>x</b> remove")).to_be_focused()
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".op-chip")).to_have_count(0)
    expect(page.get_by_label("Find records")).to_be_focused()
    assert page.url == f"{address}explore/"


def test_markup_that_is_typed_stays_text(page: Page, address: str) -> None:
    hostile = '<img src=x onerror="window.ran=1">letters'
    page.goto(f"{address}explore/?find={hostile}&owner={hostile}")
    expect(page.locator(".op-chip")).to_have_count(1)
    expect(page.get_by_label("Find records")).to_have_value(hostile)
    page.get_by_label("Find records").fill(hostile * 300)
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator(".op-chip")).to_have_count(0)
    assert page.locator("[data-explore] img").count() == 0
    assert page.evaluate("window.ran") is None


def test_it_is_told_once_when_typing_has_settled(page: Page, address: str) -> None:
    page.goto(f"{address}explore/")
    page.evaluate(
        """() => { window.told = []; new MutationObserver(() =>
          told.push(document.querySelector("[data-announced]").textContent)
        ).observe(document.querySelector("[data-announced]"), {childList: true}) }"""
    )
    page.get_by_label("Find records").press_sequentially("letters", delay=120)
    page.wait_for_function("window.told.length > 0")
    page.wait_for_timeout(300)
    told = page.evaluate("window.told")
    assert len(told) == 1, told
    assert told[0].startswith(page.locator("[data-count]").inner_text())


def test_all_can_be_done_by_keyboard(page: Page, address: str) -> None:
    page.goto(f"{address}explore/")
    page.get_by_label("Find records").focus()
    page.keyboard.press("Tab")
    skip = page.get_by_role("button", name="Skip to the results")
    expect(skip).to_be_focused()
    seen = skip.bounding_box()
    assert seen is not None
    assert seen["width"] > 50, "it shows while it has the focus"
    page.keyboard.press("Enter")
    expect(page.locator("[data-results] a").first).to_be_focused()
    skip.focus()
    page.keyboard.press("Tab")
    expect(box(page, "kind", "outcome")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".op-chip")).to_have_count(1)
    expect(box(page, "kind", "outcome")).to_be_focused()
    more = page.locator('[data-facet="tag"] > button')
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_have_attribute("aria-expanded", "true")
    find = page.get_by_label("Find in: Tag")
    expect(find).to_be_focused()
    page.keyboard.type("EMÁIL")
    labels = page.locator('[data-facet="tag"] label > [dir]')
    expect(labels.first).to_have_text("email")
    assert all("email" in one for one in labels.all_inner_texts())
    find.fill("")
    more.focus()
    more.evaluate("button => button.scrollIntoView()")
    page.keyboard.press("Enter")
    expect(more).to_be_focused()
    expect(more).to_be_in_viewport()
    owners = page.locator('[data-facet="owner"]')
    owners.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(owners.locator("input").nth(6)).to_be_focused()
    page.get_by_role("button", name="Outcomes remove").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("Find records")).to_be_focused()
    page.get_by_role("button", name="Show 20 more").focus()
    page.keyboard.press("Enter")
    expect(page.locator("[data-results] > li")).to_have_count(40)
    expect(page.locator("[data-results] > li").nth(20).locator("a")).to_be_focused()


def test_values_that_would_leave_nothing_are_not_shown(
    page: Page, address: str, values: Values
) -> None:
    page.goto(f"{address}explore/?kind=metric")
    count(page, f"{len(fitting(values, {'kind': ['metric']}))} of {len(values)} records")
    left = expected(values, {"kind": ["metric"]})
    assert shown(page)["status"] == left["status"], "statuses of metrics, and no others"
    expect(page.locator('[data-facet="conclusion"]')).to_be_hidden()
    box(page, "kind", "metric").uncheck()
    expect(page.locator('[data-facet="conclusion"]')).to_be_visible()

    page.get_by_label("Find records").fill("qqqqq")
    expect(page.locator("[data-note]")).to_contain_text("No record fits.")
    expect(page.locator("[data-facet] label")).to_have_count(0)
    page.get_by_label("Find records").fill("")
    box(page, "kind", "hypothesis").check()
    page.get_by_label("Find records").fill("qqqqq")
    expect(page.locator("[data-facet] label:visible")).to_have_count(1)
    expect(box(page, "kind", "hypothesis")).to_be_checked()


def test_a_facet_says_when_no_value_fits(page: Page, address: str) -> None:
    page.goto(f"{address}explore/")
    facet = page.locator('[data-facet="tag"]')
    facet.get_by_role("button").click()
    find = page.get_by_label("Find in: Tag")
    find.press_sequentially("qq")
    expect(facet.locator("p")).to_have_text("No value fits.")
    expect(page.locator("[data-announced]")).to_have_text("No value fits.")
    expect(facet.locator("label")).to_have_count(0)
    find.fill("email")
    expect(facet.locator("p")).to_have_count(0)
    number = facet.locator("label").count()
    expect(page.locator("[data-announced]")).to_have_text(f"Values found: {number}")
    page.get_by_label("Find records").fill("qqqqq")
    expect(page.locator("[data-note]")).to_contain_text("No record fits.")
    expect(facet.get_by_text("email", exact=True)).to_be_visible()  # who looks for it, sees it
    find.press("Escape")
    expect(find).to_have_value("")
    expect(find).to_be_focused()


def test_the_focus_is_never_lost(page: Page, address: str) -> None:
    page.route(
        "**/bundle.*.js", lambda route: route.abort()
    )  # instant navigation puts a new page in its place
    page.goto(f"{address}explore/")
    box(page, "kind", "metric").focus()
    page.keyboard.press("Space")
    expect(page.locator(".op-chip")).to_have_count(1)
    box(page, "status", "approved").focus()
    page.keyboard.press("Space")
    expect(page.locator(".op-chip")).to_have_count(2)
    page.get_by_role("button", name="Metrics remove").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Approved remove")).to_be_focused()
    more = page.locator('[data-facet="status"] > button')
    page.get_by_role("button", name="Approved remove").click()
    expect(more).to_be_visible()
    more.focus()
    page.go_back()
    page.go_back()
    expect(page.locator(".op-chip")).to_have_count(2)
    expect(more).to_be_hidden()
    expect(page.locator('[data-facet="status"] input').first).to_be_focused()


def test_on_paper_it_says_what_was_asked_for_and_what_is_left_out(page: Page, address: str) -> None:
    first = page.locator("[data-printed]")
    find = page.get_by_label("Find records")
    page.emulate_media(media="print")
    page.goto(f"{address}explore/")
    expect(first).to_have_text("These are the first 20.")
    expect(first).to_be_visible()
    expect(find).to_be_hidden()
    expect(page.get_by_role("button", name="Show 20 more")).to_be_hidden()
    page.goto(f"{address}explore/?find=postcard&kind=experiment")
    expect(page.locator("[data-results] mark").first).to_be_visible()
    expect(find).to_be_visible()
    expect(find).to_have_value("postcard")
    expect(first).to_be_hidden()
    page.emulate_media(media="screen")
    expect(first).to_be_hidden()


def test_a_misspelt_word_is_repaired_and_said(page: Page, address: str) -> None:
    page.goto(f"{address}explore/?find=experimnet")
    expect(page.locator("[data-note]")).to_contain_text("Showing results for “experiment")
    assert page.locator("[data-results] > li").count() > 0


def test_on_a_phone_the_facets_are_folded(browser: Browser, address: str) -> None:
    with browser.new_context(viewport=PHONE) as context:
        page = context.new_page()
        page.goto(f"{address}explore/?kind=experiment")
        expect(page.locator(".op-facets > summary")).to_have_text("Filters, 1 in use")
        expect(box(page, "kind", "experiment")).to_be_hidden()
        # The counts come before the results, which take the place of those of before.
        expect(page.locator("[data-results]")).not_to_have_attribute("aria-busy", "true")
        first = page.locator("[data-results] > li").first.bounding_box()
        assert first is not None
        assert first["y"] < PHONE["height"]
        page.locator(".op-facets > summary").click()
        expect(box(page, "kind", "experiment")).to_be_checked()
        page.goto(f"{address}explore/?find=qqqqq")
        expect(page.locator(".op-facets > summary")).to_be_hidden()  # it would open to nothing


def test_instant_navigation_brings_it_once(
    page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("instant")
    features = [*CONFIG["theme"]["features"], "navigation.instant"]
    theme = {**CONFIG["theme"], "features": features}
    (folder / "site").mkdir()
    with served(folder / "site") as there:
        build(
            make(folder / "root", small(), theme=theme, site_url=there, nav=None), folder / "site"
        )
        tabs = page.get_by_role("navigation", name="Tabs")
        page.goto(there, wait_until="networkidle")
        page.evaluate("window.stayed = true")
        for _ in range(2):
            tabs.get_by_role("link", name="Explore").click()
            box(page, "kind", "metric").check()
            expect(page.locator(".op-chip")).to_have_count(1)
            before = page.evaluate("history.length")
            box(page, "kind", "outcome").check()
            expect(page.locator(".op-chip")).to_have_count(2)
            assert page.evaluate("history.length") == before + 1, "one listens, and not two"
            tabs.get_by_role("link", name="Status").click()
            expect(page.get_by_role("heading", level=1)).to_have_text("Status")
        page.go_back()
        expect(page.locator(".op-chip")).to_have_count(2)
        assert page.evaluate("window.stayed"), "no page was loaded anew"


def test_without_a_script_the_whole_list_is_there(
    browser: Browser, address: str, values: Values
) -> None:
    with browser.new_context(viewport=DESK, java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{address}explore/?kind=experiment")
        expect(page.locator("[data-explore]")).to_be_hidden()
        expect(page.get_by_text("Searching and narrowing down needs JavaScript.")).to_be_visible()
        assert page.locator("[data-whole] .op-titles a").count() == len(values)
        expect(page.get_by_role("heading", level=2, name="Experiments")).to_be_visible()


def test_without_an_index_it_says_so_and_shows_the_list(
    page: Page, demo: Built, tmp_path: Path, values: Values
) -> None:
    site = tmp_path / "site"
    shutil.copytree(demo.folder, site)
    current = site / "search" / "current.json"
    whole = current.read_text("utf-8")
    current.unlink()
    with served(site) as there:
        page.goto(f"{there}explore/")
        page.get_by_label("Find records").fill("letters")
        expect(page.get_by_text("The index of the search is not here.")).to_be_visible()
        expect(page.locator("[data-results]")).to_be_hidden()
        assert page.locator("[data-whole] .op-titles a").count() == len(values)
        current.write_text(whole, "utf-8")
        page.get_by_label("Find records").fill("letter")
        expect(page.locator("[data-results] mark").first).to_be_visible()
        expect(page.locator("[data-whole]")).to_be_hidden()
    start = site / "search" / json.loads(whole)["folder"] / "start.bin"
    start.write_bytes(start.read_bytes()[:100])
    with served(site) as there:  # anew: what a browser has fetched once it keeps
        page.goto(f"{there}explore/?kind=outcome")
        expect(page.get_by_text("The index of the search cannot be read.")).to_be_visible()
        expect(page.locator("[data-whole]")).to_be_visible()


def test_the_static_lists_lead_here(page: Page, address: str, values: Values) -> None:
    for url, selection in (
        ("status/experiments/concluded/", {"kind": ["experiment"], "status": ["concluded"]}),
        ("tags/letter/", {"tag": ["letter"]}),
    ):
        page.goto(address + url)
        page.get_by_role("link", name="Narrow them down in Explore").click()
        count(page, f"{len(fitting(values, selection))} of {len(values)} records")
