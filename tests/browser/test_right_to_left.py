"""From right to left, with words 40 per cent longer: the layout turns round and nothing is cut."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import served
from tests.site import pseudo

WIDTHS = (320, 390, 768, 1440)
PAGES = {
    "home": "",
    "outcomes": "outcomes/",
    "an outcome": "outcomes/benefits-reach-people/",
    "status": "status/",
    "a status": "status/experiments/concluded/",
    "hypotheses": "hypotheses/",
    "a hypothesis": "hypotheses/letters-close-the-ssi-gap/",
    "an experiment": "experiments/thousand-records-in-or-out-of-the-nav/",
    "a running one": "experiments/six-questions/",
    "a metric": "metrics/seconds-from-save-to-seen/",
    "owners": "owners/",
    "an error card": "hypotheses/many-errors/",
    "reference": "reference/",
}


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with served(pseudo.site_in(tmp_path_factory.getbasetemp()).folder) as url:
        yield url


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context() as context:
        yield context.new_page()


@pytest.mark.parametrize("kind", PAGES)
def test_no_page_is_wider_than_its_window(page: Page, address: str, kind: str) -> None:
    page.goto(f"{address}{PAGES[kind]}")
    wide = {}
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = page.evaluate(
            "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
    assert wide == dict.fromkeys(WIDTHS, 0)


# Of two blocks side by side the first stands on the right; a label stands in its own half.
_TURNED = """() => {
  const box = (selector) => document.querySelector(selector).getBoundingClientRect();
  const [connective, clause] = [box('.op-statement .k'), box('.op-statement .c')];
  const article = box('article');
  const title = document.querySelector('article h1');
  return {
    direction: getComputedStyle(title).direction,
    statement: connective.left >= clause.right - 1,
    title: Math.round(article.right - title.getBoundingClientRect().right) < 80,
  };
}"""


def test_the_layout_turns_round(page: Page, address: str) -> None:
    page.set_viewport_size({"width": 1440, "height": 900})
    page.goto(f"{address}{PAGES['a hypothesis']}")
    assert page.evaluate(_TURNED) == {"direction": "rtl", "statement": True, "title": True}


def test_time_still_runs_from_left_to_right(page: Page, address: str) -> None:
    page.goto(f"{address}{PAGES['a running one']}")
    ends = page.eval_on_selector_all(
        ".op-timebar text", "all => all.map(text => getComputedStyle(text).direction)"
    )
    assert ends
    assert set(ends) == {"ltr"}
