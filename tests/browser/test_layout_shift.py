"""Nothing moves under a reader's eyes while a page comes in."""

import pytest
from playwright.sync_api import Browser, Route, ViewportSize

from tests.browser.windows import DESK, PHONE
from tests.site.building import Built

SIZES: dict[str, ViewportSize] = {
    "desk": DESK,
    "phone": PHONE,
}
# A busy browser paints while a page still arrives: an icon stands a hair elsewhere until the words
# beside it are there, and a column until its longest cell is. Of these, seconds of arriving in
# small pieces gave 0.005 at most; what a reader calls quiet is twenty times that (web.dev: 0.1).
UNSEEN = 0.005
SHIFTS = """
() => new Promise(done => {
  const seen = [];
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) {
      if (!entry.hadRecentInput) {
        seen.push([entry.value, ...entry.sources.map(s => s.node?.outerHTML?.slice(0, 80) ?? "")]);
      }
    }
  }).observe({type: "layout-shift", buffered: true});
  setTimeout(() => done(seen), 300);
})
"""


def fullest(demo: Built, kind: str) -> str:
    """Return the address of the longest page of a kind."""
    urls = [str(record["url"]) for record in demo.data["records"] if record["kind"] == kind]
    return max(urls, key=lambda url: len(demo.text(f"{url}index.html")))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kind", ["home", "outcome", "hypothesis", "experiment", "metric"])
def test_nothing_moves_while_a_page_loads(
    browser: Browser, demo: Built, address: str, kind: str, size: str
) -> None:
    url = "" if kind == "home" else fullest(demo, kind)
    with browser.new_context(viewport=SIZES[size]) as context:
        page = context.new_page()
        page.goto(address + url, wait_until="networkidle")
        page.mouse.wheel(0, 20_000)
        page.wait_for_timeout(100)
        shifts = page.evaluate(SHIFTS)
        assert sum(shift[0] for shift in shifts) <= UNSEEN, shifts


def test_what_moves_is_seen(browser: Browser, address: str) -> None:
    def push(route: Route) -> None:
        late = "setTimeout(() => document.querySelector('main').prepend(box), 300)"
        box = "const box = document.createElement('div'); box.style.height = '200px';"
        answer = route.fetch()
        body = answer.text().replace("</body>", f"<script>{box}{late}</script></body>")
        route.fulfill(response=answer, body=body)

    with browser.new_context(viewport=SIZES["desk"]) as context:
        page = context.new_page()
        page.route(address, push)
        page.goto(address, wait_until="networkidle")
        page.wait_for_timeout(300)
        assert sum(shift[0] for shift in page.evaluate(SHIFTS)) > UNSEEN
