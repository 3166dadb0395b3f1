"""Live lists in a whole site: every view, in pages and records, whatever the records hold."""

import re
from pathlib import Path

import pytest

from outcome_playbook.livelists import find_blocks
from outcome_playbook.pages.drawing import Html
from outcome_playbook.pages.rendering import renderer
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.plugin import files as files_of
from outcome_playbook.plugin import livelists
from tests.factories import path_of
from tests.factories import record as write_record
from tests.pages.overview import view_of
from tests.site.building import Built
from tests.site.conftest import Site
from tests.site.html import Element
from tests.site.links import broken_links
from tests.site.playbooks import record, small

TITLE = (
    "<img src=x onerror=alert(1)> { #evil onclick=alert(1) } **bold** [x](javascript:1) `code` "
    "wzxhzdk:0 &lt;b&gt; שלום \u202egnp.exe 日本語 🙂 {{ playbook.count(overdue) }} " + "long " * 50
).strip()

PAGE = """# Lists

Running: {{ playbook.count(kind = experiment and status = running) }}, not
`{{ playbook.count(overdue) }}`, and {{ playbook.count(statsu = running) }}.

## Here

```playbook
from: experiment
group: status
```

```playbook
from: experiment
group: status
```

1. In an item:

    ```playbook
    from: hypothesis
    view: list
    ```

2. And on.

!!! note

    ```playbook
    from: hypothesis
    view: cards
    ```

### Board

```playbook
from: hypothesis
view: board
```

```playbook
from: hypothesis
group: outcome
```

```playbook
view: count
group: kind
```

```playbook
from: hypothesis
view: stack
group: outcome
```

```playbook
from: experiment
where: status = cancelled
```

```playbook
from: experiment
where: statsu = running
```

````text
```playbook
from: outcome
```
````

<!--
```playbook
from: outcome
```
-->

    ```playbook
    from: metric
    ```

[To a group](#status-running), [to its second](#status-running_1)
"""


EXTENSIONS = [
    *("admonition", "attr_list", "footnotes", "md_in_html", "tables"),
    *("pymdownx.details", "pymdownx.highlight", "pymdownx.inlinehilite", "pymdownx.superfences"),
    {"toc": {"permalink": True}},
]
"""Those that change what stands in the text, or what a heading is."""


def files() -> dict[str, str | bytes]:
    found = small()
    found["content/lists.md"] = PAGE
    found["hypotheses/hostile.md"] = record(
        "hypothesis",
        TITLE,
        "draft",
        "## Its own\n\n```playbook\nfrom: experiment\ngroup: status\n```\n",
        outcome="faster-claims",
        owner='"><script>alert(2)</script>',
    )
    found["content/outcomes/hostile-outcome.md"] = record("outcome", TITLE, "draft")
    found["hypotheses/of-hostile.md"] = record(
        "hypothesis", "Of a hostile one", "draft", outcome="hostile-outcome"
    )
    return found


@pytest.fixture(scope="module")
def built(site: Site) -> Built:
    return site(files(), nav=None, markdown_extensions=EXTENSIONS)


@pytest.fixture(scope="module")
def flat(site: Site) -> Built:
    return site(files(), nav=None, use_directory_urls=False)


@pytest.fixture(scope="module")
def page(built: Built) -> Element:
    return built.page("lists/").main


def test_only_what_is_wrong_is_warned_about(built: Built) -> None:
    assert {re.findall(r"PB\d+", line)[0] for line in built.warnings} == {"PB081"}
    assert all(line.startswith("content/lists.md:") for line in built.warnings)


def test_links_lead_somewhere_in_either_layout(built: Built, flat: Built) -> None:
    for one in (built, flat):
        assert [link for link in broken_links(one) if "lists" in str(link)] == []
    assert 'href="experiments/six-questions.html"' in flat.text("lists.html")
    assert 'href="../experiments/six-questions/"' in built.text("lists/index.html")


def test_groups_have_headings_below_that_of_the_page_and_places_of_their_own(page: Element) -> None:
    found = {
        element.attributes["id"]: element.tag
        for element in page.walk()
        if re.fullmatch("h[1-6]", element.tag)
    }
    assert found["status-running"] == "h3"
    assert found["status-running_1"] == "h3"
    assert found["status-testing"] == "h4"
    assert found["outcome-hostile-outcome"] == "h4"


def test_the_table_of_contents_names_the_groups_as_text(built: Built) -> None:
    toc = next(
        one for one in built.page("lists/").all("nav", class_="md-nav--secondary") if one.text
    )
    named = {link.attributes["href"]: link.text for link in toc.all("a")}
    assert named["#status-running"].startswith("Running (1)")
    assert named["#outcome-hostile-outcome"].startswith("<img src=x onerror=alert(1)> { #evil")


def test_what_a_record_holds_stays_text(built: Built) -> None:
    for path in built.html_files:
        html = built.page(path)
        assert not html.all("img", src="x"), path
        assert not [one for one in html.walk() if "onclick" in one.attributes], path
        assert not [one for one in html.walk() if one.attributes.get("id") == "evil"], path
        assert "alert(2)" not in "".join(str(one.children) for one in html.all("script")), path


def test_a_hostile_title_is_whole_in_every_view(page: Element) -> None:
    links = [one for one in page.all("a") if one.text.startswith("<img src=x")]
    assert len(links) >= 6
    assert all("**bold** [x](javascript:1) `code`" in one.text for one in links)
    assert all("{{ playbook.count(overdue) }}" in one.text for one in links)


def test_a_list_stands_in_its_item_and_in_its_note(page: Element) -> None:
    item = page.all("li")[[one.text.startswith("In an item") for one in page.all("li")].index(True)]
    assert "A form with fewer questions settles claims sooner" in item.text
    assert "A form with fewer questions" in page.one("div", class_="admonition").text


def test_a_number_stands_in_its_sentence_and_code_stays_code(page: Element) -> None:
    first = page.all("p")[0]
    assert "Running: 1, not {{ playbook.count(overdue) }}" in first.text
    assert first.all("a")[0].attributes["href"] == "../explore/?kind=experiment&status=running"
    assert "`statsu` is no field" in first.text.replace("statsu is", "`statsu` is")


def test_code_that_only_looks_like_a_list_stays(built: Built, page: Element) -> None:
    code = [one.text for one in page.all("code")]
    assert "```playbook from: outcome ```" in code
    assert "```playbook from: metric ```" in code
    assert "playbook-list:" not in built.text("lists/index.html")


def test_an_error_has_its_card_and_an_empty_list_its_sentence(page: Element) -> None:
    card = page.one("section", class_="op-error")
    assert card.attributes["aria-label"] == "1 problem keeps this list from being shown"
    assert "statsu" in card.one("tr", class_="bad").text
    assert "^" in card.one("tr", class_="caret").text
    assert "No experiment fits status = cancelled." in [one.text for one in page.all("p")]


def test_a_record_has_lists_too(built: Built) -> None:
    main = built.page("hypotheses/hostile/").main
    assert main.one("h3", id="status-running").text.startswith("Running (1)")
    assert "Six questions in two offices" in main.text


def test_a_list_that_does_not_fit_on_its_page_has_a_card_and_those_that_do_are_drawn() -> None:
    tags = [f"tag {number}" for number in range(450)]
    view = view_of({path_of("outcome", "of-many"): write_record("outcome", tags=tags)})
    addresses = Addresses()
    one_page = files_of.Site(view, addresses, renderer(addresses), Path(), "docs")
    cards = "```playbook\ngroup: tags\nview: cards\nlimit: 500\n```\n"
    blocks = find_blocks(cards * 6 + "```playbook\nview: count\n```\n")
    *shown, beyond, again, last = livelists.draw(one_page, blocks, "lists/")
    assert [len(nodes) for nodes in shown] == [2 * len(tags)] * 4  # a heading and a card each
    for (card,) in (beyond, again):
        assert isinstance(card, Html)
        assert "PB086" in card.html
    (number,) = last
    assert isinstance(number, Html)
    assert "1 record" in number.html


def test_a_list_of_10_000_letters_of_signs_is_a_card_and_no_hang(site: Site) -> None:
    hostile = "(" * 5_000 + "not " * 1_000 + '"' * 999
    page = f"# Hostile\n\n```playbook\nwhere: '{hostile}'\n```\n\n```playbook\n&a [*a]\n```\n"
    found = site(small() | {"content/hostile.md": page}, nav=None)
    assert len(found.page("hostile/").main.all("section", class_="op-error")) == 2
