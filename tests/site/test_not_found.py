"""The page that is served where no page is."""

from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest

from tests.site import playbooks
from tests.site.building import Built
from tests.site.conftest import Site
from tests.site.html import Element

SITE_URL = "https://team.example/internal/playbook/"


def links(element: Element) -> dict[str, str]:
    return {a.text: a.attributes["href"] for a in element.all("a") if "href" in a.attributes}


def places(built: Built) -> list[dict[str, str]]:
    """Return the links of each group on the page."""
    return [links(group) for group in built.page("404.html").main.one("dl").all("div")]


def test_it_says_so_and_leads_on(site: Site) -> None:
    built = site(playbooks.small(), site_url=SITE_URL, strict=True)
    page = built.page("404.html")
    assert page.title == "Nothing is here - Small playbook"
    assert page.one("h1").text == "Nothing is here"
    below = "/internal/playbook/"
    tabs, lists = places(built)
    assert tabs == {
        "Home": below,
        "Outcomes": f"{below}outcomes/",
        "Status": f"{below}status/",
        "Handbook": f"{below}handbook/",
    }
    assert lists == {
        "Outcomes": f"{below}outcomes/",
        "Metrics": f"{below}metrics/",
        "Hypotheses": f"{below}hypotheses/",
        "Experiments": f"{below}experiments/",
    }


@pytest.mark.parametrize("site_url", [None, "https://team.example/", SITE_URL])
@pytest.mark.parametrize("folders", [True, False])
def test_it_holds_at_any_depth(site: Site, site_url: str | None, folders: bool) -> None:
    built = site(playbooks.small(), site_url=site_url, use_directory_urls=folders)
    root = urlsplit(site_url or "/").path
    page = built.page("404.html")
    assert len(links(page.main)) == 7  # Outcomes is a tab and a list
    needed = [*links(page.main).values(), *(e.attributes["href"] for e in page.all("link"))]
    for address in needed:
        assert urljoin(f"{root}hypotheses/long/gone/", address) == address
        file = address.removeprefix(root)
        assert (file if file and not file.endswith("/") else f"{file}index.html") in built.files


def test_a_tab_may_lead_elsewhere_or_to_the_first_page_below_it(site: Site) -> None:
    nav: list[dict[str, Any]] = [
        {"Home": "index.md"},
        {"Outcomes": "outcomes/index.md"},
        {"Status": "status/index.md"},
        {"How & why": [{"Deeper": [{"Still": "handbook/index.md"}]}]},
        {"Chat": "https://chat.example/"},
    ]
    tabs, _ = places(site(playbooks.small(), nav=nav))
    assert tabs["How & why"] == "/handbook/"
    assert tabs["Chat"] == "https://chat.example/"


def test_a_sites_own_page_wins(site: Site) -> None:
    built = site(
        {
            **playbooks.small(),
            "overrides/playbook/not-found.html": (
                '{% extends "playbook/base.html" %}{% block content %}<p>Ask Ada.</p>{% endblock %}'
            ),
        },
        theme={**playbooks.CONFIG["theme"], "custom_dir": "overrides"},
    )
    assert built.page("404.html").main.text == "Nothing is here Ask Ada."
