"""What a page tells those who hear it: headings, landmarks, names, tables and links."""

from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

import pytest

from tests.site.building import Built
from tests.site.conftest import Site
from tests.site.html import Element, Page
from tests.site.playbooks import HANDBOOK
from tests.site.troubled import troubled

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LANDMARKS = {"header": "banner", "main": "main", "footer": "contentinfo"}
SAYS_NOTHING = {"here", "click here", "this", "link", "read more", "more", "details"}


@pytest.fixture(scope="module", params=["demo", "troubled", "empty"])
def built(request: pytest.FixtureRequest, site: Site) -> Built:
    """Return the repository's own site, one with all that may be wrong, one without a record."""
    if request.param == "demo":
        demo: Built = request.getfixturevalue("demo")
        return demo
    return site(troubled() if request.param == "troubled" else {"content/a.md": HANDBOOK}, nav=None)


def pages(built: Built) -> Iterator[tuple[str, Page]]:
    """Yield the pages that somebody reads: none that only leads on to another."""
    for path in built.html_files:
        page = built.page(path)
        if page.title != "Moved":
            yield path, page


@cache
def _parents(page: Page) -> dict[Element, Element]:
    return {
        child: element
        for element in page.walk()
        for child in element.children
        if isinstance(child, Element)
    }


def around(page: Page, element: Element) -> Iterator[Element]:
    """Yield what an element stands in, from the nearest."""
    parents = _parents(page)
    while element in parents:
        element = parents[element]
        yield element


def is_hidden(page: Page, element: Element) -> bool:
    """Return whether a screen reader passes over an element."""
    return any(
        one.attributes.get("aria-hidden") == "true" for one in (element, *around(page, element))
    )


def name(page: Page, element: Element) -> str:
    """Return the name that an element is given by an attribute."""
    labels = element.attributes.get("aria-labelledby", "").split()
    if labels:
        by_id = {one.attributes.get("id"): one for one in page.walk()}
        return " ".join(by_id[label].text for label in labels)
    return element.attributes.get("aria-label", "").strip()


def test_one_heading_names_the_page_and_no_level_is_skipped(built: Built) -> None:
    wrong = {}
    for path, page in pages(built):
        levels = [int(one.tag[1]) for one in page.walk() if one.tag in HEADINGS]
        skips = [b for a, b in pairwise(levels) if b > a + 1]
        if levels[:1] != [1] or levels.count(1) != 1 or skips:
            wrong[path] = levels

    assert wrong == {}


def test_no_heading_is_empty(built: Built) -> None:
    empty = [
        (path, one.tag)
        for path, page in pages(built)
        for one in page.walk()
        if one.tag in HEADINGS and not one.text.removesuffix("¶").strip()
    ]

    assert empty == []


def test_each_page_has_each_landmark_once(built: Built) -> None:
    found = {
        path: tuple(
            sum(one.tag == tag or one.attributes.get("role") == role for one in page.walk())
            for tag, role in LANDMARKS.items()
        )
        for path, page in pages(built)
    }

    assert found
    assert set(found.values()) == {(1, 1, 1)}, found


def test_each_navigation_has_a_name_of_its_own(built: Built) -> None:
    for path, page in pages(built):
        # The theme has the contents of a page a second time, in the drawer of a narrow window,
        # where the others are not displayed.
        drawers = page.all("nav", class_="md-nav--primary")
        drawn = {one for drawer in drawers for one in drawer.walk() if one is not drawer}
        shown = [nav for nav in page.walk_tag("nav") if nav not in drawn]
        names = Counter(name(page, nav) for nav in shown)
        assert "" not in names, path
        assert max(names.values()) == 1, (path, names)
        assert all(name(page, one) for one in drawn if one.tag == "nav"), path


def test_a_page_below_a_list_says_where_it_is(built: Built) -> None:
    for path, page in pages(built):
        parts = path.split("/")
        if len(parts) < 3 or parts[0] == "handbook":  # a list, or beside its like in the sidebar
            continue
        (crumb,) = page.all("nav", class_="op-crumb")
        assert name(page, crumb) == "Breadcrumb", path
        steps = [one for one in crumb.all("li") if "aria-current" not in one.attributes]
        assert steps, path
        assert all([link.text for link in one.all("a")] == [one.text] for one in steps), path


def test_each_region_has_a_name(built: Built) -> None:
    nameless = [
        (path, one.tag, one.attributes)
        for path, page in pages(built)
        for one in page.walk()
        if one.tag in ("section", "aside") or one.attributes.get("role") == "region"
        if not name(page, one)
    ]

    assert nameless == []


def test_a_figure_is_named_or_left_to_the_eye(built: Built) -> None:
    for path, page in pages(built):
        main = page.main
        for svg in main.all("svg"):
            named = svg.attributes.get("role") == "img" and name(page, svg)
            in_button = "md-icon" in next(around(page, svg)).attributes.get("class", "")
            assert is_hidden(page, svg) or named or in_button, (path, svg.attributes)
        for figure in main.all("figure"):
            words = [one.text for one in figure.all("figcaption")] + [name(page, figure)]
            assert any(words) or is_hidden(page, figure), (path, figure.attributes)
        for bar in (*main.all("meter"), *main.all("progress")):
            assert name(page, bar), (path, bar.attributes)
            assert bar.text, path  # what a browser without it shows
            assert "value" in bar.attributes, path
        for image in page.all("img"):
            assert "alt" in image.attributes, (path, image.attributes)


def test_what_is_judged_here_is_there_to_be_judged(site: Site) -> None:
    built = site(troubled())
    home = built.page("")

    assert built.page("outcomes/faster-claims/").all("meter")
    assert home.all("meter")
    assert home.all("progress")
    assert home.all("li", class_="op-decision")
    assert built.page("hypotheses/wrong/").all("section", class_="op-error")


def test_a_drawing_that_is_hidden_holds_nothing_to_press(built: Built) -> None:
    caught = [
        (path, one.tag)
        for path, page in pages(built)
        for one in page.main.walk()
        if one.tag in ("a", "button", "input", "summary") or "tabindex" in one.attributes
        if is_hidden(page, one)
    ]

    assert caught == []


def tables(page: Page) -> list[Element]:
    """Return our tables. Those in Markdown are simple, and Markdown has no captions."""
    return [one for one in page.main.all("table") if "op-table" in one.attributes.get("class", "")]


def test_each_table_says_what_it_holds(built: Built) -> None:
    for path, page in pages(built):
        for table in tables(page):
            assert table.one("caption").text, path
        titles = Counter(table.one("caption").text for table in tables(page))
        doubled = {title: n for title, n in titles.items() if n > 1}
        # The rest of a long list is folded away below its beginning, under the same caption.
        assert not doubled or page.all("details"), (path, doubled)


def test_each_header_of_a_table_says_what_it_heads(built: Built) -> None:
    for path, page in pages(built):
        for table in page.main.all("table"):
            ours = table in tables(page)
            for header in table.all("th"):
                assert header.text, (path, table.text[:60])
                in_head = any(one.tag == "thead" for one in around(page, header))
                said = header.attributes.get("scope") in ("row", "col", "rowgroup")
                assert said or (in_head and not ours), (path, header.text)


def test_no_identifier_is_given_twice(built: Built) -> None:
    twice = {}
    for path, page in pages(built):
        ids = Counter(one.attributes["id"] for one in page.walk() if "id" in one.attributes)
        if doubled := [id_ for id_, number in ids.items() if number > 1]:
            twice[path] = doubled

    assert twice == {}


def test_what_an_attribute_refers_to_is_there(built: Built) -> None:
    missing = [
        (path, attribute, id_)
        for path, page in pages(built)
        for ids in [{one.attributes.get("id") for one in page.walk()}]
        for one in page.walk()
        for attribute in ("aria-labelledby", "aria-describedby", "aria-controls", "aria-owns")
        for id_ in one.attributes.get(attribute, "").split()
        if id_ not in ids
    ]

    assert missing == []


def words_of(page: Page, link: Element) -> str:
    """Return what a link is called."""
    return name(page, link) or link.text or link.attributes.get("title", "")


def context_of(page: Page, link: Element) -> str:
    """Return what tells links of the same words apart: a row, a column, a heading, a named list."""
    said, below = [], link
    for one in around(page, link):
        if one.tag in ("li", "dd", "p", "section", "nav", *HEADINGS):
            said.append(name(page, one) or one.text)
        if one.tag == "tr":
            said += [header.text for header in one.all("th", scope="row")]
            column = [cell for cell in one.children if isinstance(cell, Element)].index(below)
        if one.tag == "tbody":
            said += [header.text for header in one.all("th", scope="rowgroup")]
        if one.tag == "table":
            said += [header.text for header in one.all("th", scope="col")[column : column + 1]]
        below = one
    return " / ".join(said)


def test_links_of_the_same_words_lead_to_the_same_place_or_tell_why_not(built: Built) -> None:
    confusing = {}
    for path, page in pages(built):
        places: dict[tuple[str, str], set[str]] = {}
        for link in page.main.all("a"):
            if "href" in link.attributes and "headerlink" not in link.attributes.get("class", ""):
                key = (words_of(page, link), context_of(page, link))
                places.setdefault(key, set()).add(link.attributes["href"])
        if several := {key: found for key, found in places.items() if len(found) > 1}:
            confusing[path] = several

    assert confusing == {}


def test_a_link_says_where_it_leads(built: Built) -> None:
    mute = [
        (path, link.attributes)
        for path, page in pages(built)
        for link in page.all("a")
        if "href" in link.attributes
        if not words_of(page, link) or words_of(page, link).lower() in SAYS_NOTHING
    ]

    assert mute == []


def test_nothing_steps_out_of_the_order_of_the_page(built: Built) -> None:
    found = {
        one.attributes["tabindex"]
        for _, page in pages(built)
        for one in page.walk()
        if "tabindex" in one.attributes
    }

    assert found <= {"", "0", "-1"}


def test_the_skip_link_leads_to_the_heading_of_the_page(built: Built) -> None:
    for path, page in pages(built):
        for skip in page.all("a", class_="md-skip"):
            place = skip.attributes["href"].removeprefix("#")
            (target,) = [one for one in page.main.walk() if one.attributes.get("id") == place]
            assert target.tag in HEADINGS, path
        if path != "404.html":
            assert page.all("a", class_="md-skip"), path


def test_the_partials_of_the_theme_that_we_mend_are_mended(demo: Built) -> None:
    page = demo.page("handbook/")
    (dialog,) = [one for one in page.walk() if one.attributes.get("role") == "dialog"]
    assert dialog.attributes["aria-label"] == "Search"
    assert not [one for one in page.walk() if one.attributes.get("role") == "progressbar"]
    assert page.one("div", class_="md-progress").attributes["aria-hidden"] == "true"
    labels = page.all("label", class_="md-header__button", for_="__drawer")
    assert [label.text for label in labels] == ["Navigation"]
    for path, other in pages(demo):
        stops = [one for one in other.all("label") if one.attributes.get("tabindex") == "0"]
        assert not stops, path
