"""The overview pages as HTML: links and anchors hold, and the text of records stays text."""

from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin

import pytest
from hypothesis import given

from outcome_playbook.pages.rendering import renderer
from outcome_playbook.pages.site import SitePage, site_pages
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.pages.view import View
from tests.pages.overview import experiment, hypothesis, metric, outcome, playbooks, view_of

OVERVIEWS = (
    *("home.html", "outcomes.html", "status.html", "one-status.html"),
    *("records.html", "people.html", "person.html"),
)
HOSTILE = '<script>alert("x")</script> & <b onmouseover=evil()>'


@dataclass
class Html(HTMLParser):
    """The ids, links, tags and headings of a page."""

    ids: list[str] = field(default_factory=list)
    links: list[str] = field(default_factory=list)
    tags: Counter[str] = field(default_factory=Counter)
    levels: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        for name, value in attrs:
            assert name != "style"
            assert not name.startswith("on")
            if name == "id":
                self.ids.append(value or "")
            if name == "href":
                self.links.append(value or "")
        if tag in ("h1", "h2", "h3", "h4"):
            self.levels.append(int(tag[1]))


def render(page: SitePage, body: str = "", *, introduced: bool = False) -> str:
    return renderer(Addresses()).render(page, body, is_introduced=introduced)


def parsed(html: str) -> Html:
    found = Html()
    found.feed(html)
    return found


def overviews(view: View) -> dict[str, Html]:
    """Return the overview pages by their address."""
    return {
        Addresses().url(page.key): parsed(render(page))
        for page in site_pages(view)
        if page.template in OVERVIEWS
    }


@given(playbooks(most=4))
def test_links_lead_to_pages_and_places_that_exist(files: dict[str, str]) -> None:
    view = view_of(files)
    pages = {Addresses().url(page.key): parsed(render(page)) for page in site_pages(view)}
    for url, page in overviews(view).items():
        assert [id_ for id_, number in Counter(page.ids).items() if number > 1] == []
        for link in page.links:
            target, _, place = urljoin(f"http://site/{url}", link).partition("#")
            address = target.removeprefix("http://site/").partition("?")[0]
            assert address in pages, (url, link)
            if place:
                assert unquote(place) in pages[address].ids, (url, link)


@given(playbooks(most=4))
def test_headings_begin_with_one_h1_and_skip_no_level(files: dict[str, str]) -> None:
    for url, page in overviews(view_of(files)).items():
        assert page.levels[0] == 1, url
        assert page.levels.count(1) == 1, url
        steps = zip(page.levels, page.levels[1:], strict=False)
        assert all(after <= before + 1 for before, after in steps), url


def hostile() -> dict[str, str]:
    files = metric("m", title=HOSTILE, status="approved", owner=HOSTILE, review_by="2026-01-01")
    files |= outcome("o", title=HOSTILE, status="active", metric="m", owner=HOSTILE)
    files |= outcome("p", title=HOSTILE, status="active", parent="o", tags=[HOSTILE])
    files |= hypothesis("h", title=HOSTILE, outcome="p", status="testing", summary=HOSTILE)
    rule = {"ship_if": HOSTILE, "stop_if": HOSTILE, "otherwise": HOSTILE}
    for n, status in enumerate(["planned", "running", "review", "concluded", "cancelled"]):
        files |= experiment(
            f"e-{n}",
            title=HOSTILE,
            status=status,
            hypothesis="h",
            end="2026-10-01",
            summary=HOSTILE,
            learning=HOSTILE,
            decision_rule=rule,
            no_results=HOSTILE,
            results=[],
        )
    files["hypotheses/broken.md"] = f"---\ntitle: '{HOSTILE}'\nkind: hypothesis\nstatus: [\n---\n"
    return files


def test_text_of_records_stays_text_on_every_page() -> None:
    pages = overviews(view_of(hostile()))
    assert len(pages) > 20
    for url, page in pages.items():
        assert page.tags["script"] == 0, url


@pytest.mark.parametrize("key", ["", "outcomes", "hypotheses", "status"])
def test_an_introduction_with_the_same_headings_leaves_every_id_unique(key: str) -> None:
    view = view_of(hostile())
    page = next(page for page in site_pages(view) if page.key == key)
    ids = parsed(render(page)).ids
    body = "".join(f'<h2 id="{id_}">Mine</h2>' for id_ in ids)
    found = parsed(render(page, body, introduced=True)).ids
    assert len(found) == 2 * len(ids) - 1  # the introduction's title stands for ours
    assert len(found) == len(set(found))


def test_a_site_without_records_says_how_to_begin_on_every_page() -> None:
    pages = {
        page.key: render(page) for page in site_pages(view_of({})) if page.template in OVERVIEWS
    }
    assert "hypotheses/a-reminder-the-day-before.md" in pages[""]
    assert "content/outcomes/fewer-missed-appointments.md" in pages["outcomes"]
    assert "content/metrics/share-of-appointments-missed.md" in pages["metrics"]
    assert "hypotheses/reminders-at-two-clinics.md" in pages["experiments"]
    assert "No hypothesis yet." in pages["status"]
    assert "No experiment is here." in pages["status/experiments/running"]
    assert "No record has an owner yet." in pages["owners"]
    assert "No record has a tag yet." in pages["tags"]


def test_a_list_of_five_hundred_is_rows_with_long_groups_folded() -> None:
    files: dict[str, str] = {}
    for n in range(25):
        files |= outcome(f"o-{n}", status="active")
    for n in range(500):
        above = f"o-{n % 25}" if n < 250 else "o-0"
        files |= hypothesis(f"h-{n}", status="proposed", outcome=above)
    pages = overviews(view_of(files))
    for url in ("hypotheses/", "status/hypotheses/proposed/"):
        page = pages[url]
        assert page.tags["table"] == 25
        assert page.tags["details"] >= 1
        assert len({link for link in page.links if "h-" in link}) == 500
    board = pages["status/"]
    assert board.tags["details"] == 1
