"""The repository's own playbook as a site, in every layout."""

import re
from collections.abc import Callable
from pathlib import PurePosixPath
from urllib.parse import urljoin, urlsplit

import pytest

from tests.site.building import REPOSITORY, Built
from tests.site.demo import base_of
from tests.site.links import broken_links

FOLDERS = ("hypotheses", "content/outcomes", "content/metrics")


def record_files() -> list[str]:
    return sorted(
        path.relative_to(REPOSITORY).as_posix()
        for folder in FOLDERS
        for path in (REPOSITORY / folder).rglob("*.md")
        if path.name not in ("README.md", "index.md")
    )


def test_it_builds_strictly_without_a_warning(demo_of: Callable[[str], Built], layout: str) -> None:
    built = demo_of(layout)

    assert built.warnings == []
    assert built.gave_up is None


def test_every_link_and_anchor_leads_somewhere(
    demo_of: Callable[[str], Built], layout: str
) -> None:
    assert broken_links(demo_of(layout), base_of(layout)) == []


def test_every_record_has_its_page(demo_of: Callable[[str], Built], layout: str) -> None:
    built = demo_of(layout)
    records = built.data["records"]

    assert sorted(record["path"] for record in records) == record_files()
    for record in records:
        page = built.page(record["url"])
        assert record["title"] in page.title
        assert [h1.text.removesuffix("¶") for h1 in page.all("h1")] == [record["title"]]


def test_the_edit_link_of_a_record_leads_to_its_file(demo: Built) -> None:
    repository = "https://github.com/example/outcome-playbook/edit/main/"

    assert {r["path"]: demo.page(r["url"]).edit_link for r in demo.data["records"]} == {
        path: f"{repository}{path}" for path in record_files()
    }


@pytest.mark.parametrize(
    ("url", "path"),
    [
        ("", "content/index.md"),
        ("outcomes/", "content/outcomes/index.md"),
        ("metrics/", "content/metrics/index.md"),
        ("hypotheses/", "hypotheses/README.md"),
        ("handbook/", "content/handbook/index.md"),
    ],
)
def test_the_edit_link_of_a_written_page_leads_to_its_file(
    demo: Built, url: str, path: str
) -> None:
    assert demo.page(url).edit_link == (
        f"https://github.com/example/outcome-playbook/edit/main/{path}"
    )


@pytest.mark.parametrize(
    "url",
    [
        "status/",
        "status/experiments/concluded/",
        "status/hypotheses/testing/",
        "experiments/",
        "owners/",
        "tags/",
    ],
)
def test_a_page_that_nobody_wrote_has_no_edit_link(demo: Built, url: str) -> None:
    assert demo.page(url).edit_link is None


def test_no_record_is_in_the_navigation(demo: Built) -> None:
    records = {record["url"] for record in demo.data["records"]}
    for here in ("", "handbook/", next(iter(sorted(records)))):
        for nav in demo.page(here).all("nav", class_="md-nav--primary"):
            linked = {
                urlsplit(urljoin(f"https://x/{here}", a.attributes["href"])).path[1:]
                for a in nav.all("a")
                if "href" in a.attributes
            }
            assert not linked & records
            assert "outcomes/" in linked


def test_a_tab_is_lit_on_every_page_of_a_record(demo: Built) -> None:
    lit = {record["url"]: demo.page(record["url"]).lit_tabs for record in demo.data["records"]}

    assert set(map(tuple, lit.values())) == {("Outcomes",)}


@pytest.mark.parametrize(
    ("url", "tab"),
    [
        ("", "Home"),
        ("status/hypotheses/supported/", "Status"),
        ("hypotheses/", "Outcomes"),
        ("handbook/contributing/", "Handbook"),
    ],
)
def test_the_tab_above_a_page_is_lit(demo: Built, url: str, tab: str) -> None:
    assert demo.page(url).lit_tabs == [tab]


def test_nothing_comes_from_another_origin(demo: Built) -> None:
    loads = {"script": "src", "img": "src", "iframe": "src", "source": "src", "link": "href"}
    foreign = [
        (path, element.tag, element.attributes[loads[element.tag]])
        for path in demo.html_files
        for element in demo.page(path).walk()
        if element.attributes.get(loads.get(element.tag, ""), "").startswith(
            ("http:", "https:", "//")
        )
    ]

    assert foreign == []
    # The mark by which the theme's script finds a repository whose host it asks for figures.
    assert not [path for path in demo.html_files if 'component="source"' in demo.text(path)]


def test_every_page_has_one_heading_a_title_and_a_language(demo: Built) -> None:
    for path in demo.html_files:
        page = demo.page(path)
        assert page.title, path
        assert page.one("html").attributes["lang"] == "en", path
        if path != "404.html":
            assert len(page.all("h1")) == 1, path


def test_the_site_map_lists_every_page(demo_of: Callable[[str], Built]) -> None:
    built = demo_of("below a sub-path")
    base = base_of("below a sub-path")
    pages = {
        f"{base}{path.removesuffix('index.html')}"
        for path in built.html_files
        if path != "404.html" and built.page(path).title != "Moved"
    }

    assert set(re.findall("<loc>(.+?)</loc>", built.text("sitemap.xml"))) == pages


def test_no_file_of_a_records_folder_is_published_as_it_is(demo: Built) -> None:
    assert not [path for path in demo.files if PurePosixPath(path).suffix == ".md"]
