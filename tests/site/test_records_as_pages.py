"""What becomes of records, and of what lies beside them, on the site."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests.indexed import index_in
from tests.site.building import Built, build, run
from tests.site.conftest import Site
from tests.site.links import broken_links
from tests.site.playbooks import CONFIG, HANDBOOK, make, record, small

PIXEL = bytes.fromhex(
    "47494638396101000100800000000000ffffff21f90401000000002c00000000010001000002"
)
LINKS = """
[outcome](../../content/outcomes/faster-claims.md) [metric](../../content/metrics/days-to-settle.md)
[neighbour](six-questions.md#plan) [parent](../fewer-questions.md) [readme](../README.md)
[handbook](../../content/handbook/index.md) [home](../../content/index.md) [self](linking.md)
[part](#a-part) ![drawing](drawing.gif) ![odd](<odd name (1).gif>) [sheet](figures/sheet.csv)

## A part
"""
LINKED = {
    "outcome": "outcomes/faster-claims/",
    "metric": "metrics/days-to-settle/",
    "neighbour": "experiments/six-questions/#plan",
    "parent": "hypotheses/fewer-questions/",
    "readme": "hypotheses/",
    "handbook": "handbook/",
    "home": "",
    "self": "hypotheses/linking/",
    "part": "hypotheses/linking/#a-part",
    "sheet": "hypotheses/forms/figures/sheet.csv",
}
FROM_THE_HANDBOOK = """# Handbook

[hypothesis](../../hypotheses/fewer-questions.md) [outcome](../outcomes/faster-claims.md)
[experiment](../../hypotheses/forms/six-questions.md#plan) [folder](../../hypotheses/README.md)
[by its path](../../content/metrics/days-to-settle.md) [list](../metrics/index.md)
"""
FILES = {
    **small(
        six_questions=record(
            "experiment",
            "Six questions in two offices",
            "planned",
            "## Plan\n\nTwo offices.\n",
            hypothesis="fewer-questions",
        ),
        fewer_questions=record(
            "hypothesis", "A form with fewer questions", "draft", outcome="faster-claims"
        ),
        handbook=FROM_THE_HANDBOOK,
    ),
    "content/index.md": "# Welcome\n\nRead on.\n",
    "hypotheses/README.md": "# Hypotheses\n\nWhat we believe. [One](forms/linking.md)\n",
    "hypotheses/forms/README.md": "# Forms\n\nAll about [forms](linking.md).\n",
    "hypotheses/forms/linking.md": record("hypothesis", "Links", "draft", LINKS),
    "hypotheses/forms/drawing.gif": PIXEL,
    "hypotheses/forms/odd name (1).gif": PIXEL,
    "hypotheses/forms/figures/sheet.csv": "a,b\n",
    "hypotheses/forms/.hidden.csv": "not for the site\n",
}
LAYOUTS: dict[str, dict[str, Any]] = {
    "folders": {},
    "files": {"use_directory_urls": False},
    "below a sub-path": {"site_url": "https://pages.example/a/b/"},
    "without a nav": {"nav": None},
}


@pytest.fixture(scope="module", params=sorted(LAYOUTS))
def linked(request: pytest.FixtureRequest, site: Site) -> Built:
    return site(FILES, strict=True, **LAYOUTS[request.param])


@pytest.fixture(scope="module")
def plain(site: Site) -> Built:
    return site(FILES, strict=True)


def test_links_that_work_in_the_repository_work_on_the_site(linked: Built) -> None:
    assert linked.gave_up is None
    base = "https://pages.example/a/b/" if "pages.example" in linked.text("index.html") else None
    assert broken_links(linked, *([base] if base else [])) == []


def followed(built: Built, here: str) -> dict[str, str]:
    """Return where each link of a page's text leads, by what is written on it."""
    links = built.page(here).main.all("a")
    return {a.text: urljoin(f"/{here}", a.attributes["href"])[1:] for a in links}


def test_a_record_links_to_all_that_is_published(plain: Built) -> None:
    leads = followed(plain, "hypotheses/linking/")

    assert {name: leads[name] for name in LINKED} == LINKED


def test_a_handbook_page_links_to_records_by_their_paths(plain: Built) -> None:
    leads = followed(plain, "handbook/")

    assert leads["hypothesis"] == leads["hypothesis"] == "hypotheses/fewer-questions/"
    assert leads["experiment"] == "experiments/six-questions/#plan"
    assert leads["outcome"] == "outcomes/faster-claims/"
    assert leads["folder"] == "hypotheses/"
    assert leads["by its path"] == "metrics/days-to-settle/"
    assert leads["list"] == "metrics/"


def test_what_lies_beside_a_record_is_published_with_it(plain: Built) -> None:
    assert (plain.folder / "hypotheses/forms/drawing.gif").read_bytes() == PIXEL
    assert "hypotheses/forms/figures/sheet.csv" in plain.files
    assert not [path for path in plain.files if "hidden" in path]


def test_an_introduction_stands_above_the_list_it_introduces(plain: Built) -> None:
    page = plain.page("hypotheses/")

    assert "What we believe." in page.main.text
    assert "A form with fewer questions" in page.main.text
    assert [h1.text.removesuffix("¶") for h1 in page.all("h1")] == ["Hypotheses"]
    assert page.edit_link == "https://git.example/team/playbook/edit/main/hypotheses/README.md"


def test_an_introduction_of_a_deeper_folder_is_a_page(plain: Built) -> None:
    assert "All about forms." in plain.page("hypotheses/forms/").main.text


def test_the_edit_links_lead_to_the_files(plain: Built) -> None:
    edit = "https://git.example/team/playbook/edit/main/"

    assert {r["id"]: plain.page(r["url"]).edit_link for r in plain.data["records"]} == {
        "days-to-settle": f"{edit}content/metrics/days-to-settle.md",
        "days-to-settle-wrongly": f"{edit}content/metrics/days-to-settle-wrongly.md",
        "faster-claims": f"{edit}content/outcomes/faster-claims.md",
        "fewer-questions": f"{edit}hypotheses/fewer-questions.md",
        "linking": f"{edit}hypotheses/forms/linking.md",
        "six-questions": f"{edit}hypotheses/forms/six-questions.md",
    }


BODIES = {
    # a record's text, and what is read on its page
    "Note: this line stays.\n": "Note: this line stays.",
    "Author: somebody\nDate: today\n\nMore.\n": "Author: somebody Date: today More.",
    "---\n\nAfter a rule.\n": "After a rule.",
    "---\nnot: front matter\n---\n": "not: front matter",
    "\n\n    indented code\n": "indented code",
    "# A heading of its own\n\nText.\n": "A heading of its own",
    "\N{ZERO WIDTH NO-BREAK SPACE}After a mark.\n": "After a mark.",
}


def test_a_body_is_shown_from_its_first_line_on(site: Site) -> None:
    files = {
        f"hypotheses/h{number}.md": record("hypothesis", "First", "draft", body)
        for number, body in enumerate(BODIES)
    }
    built = site(files, nav=None, strict=True)

    assert (built.gave_up, built.warnings) == (None, [])
    for number, shown in enumerate(BODIES.values()):
        assert shown in built.page(f"hypotheses/h{number}/").main.text.replace("¶", "")


def test_a_body_that_begins_with_a_rule_keeps_the_rule(site: Site) -> None:
    text = record("hypothesis", "Ruled", "draft", "---\n\nAfter.\n")
    built = site({"hypotheses/ruled.md": text}, nav=None)

    assert len(built.page("hypotheses/ruled/").main.all("hr")) == 1


def test_an_earlier_id_redirects(site: Site) -> None:
    text = record("hypothesis", "New", "draft", aliases=["old", "older"])
    for folders in (True, False):
        built = site({"hypotheses/new.md": text}, nav=None, strict=True, use_directory_urls=folders)
        assert built.gave_up is None
        assert broken_links(built) == []
        old = built.page("hypotheses/old/" if folders else "hypotheses/old.html")
        here = "/hypotheses/old/" if folders else "/hypotheses/old.html"
        new = "/hypotheses/new/" if folders else "/hypotheses/new.html"
        refresh = next(m for m in old.all("meta") if m.attributes.get("http-equiv") == "refresh")
        at_once, target = refresh.attributes["content"].split("; url=")
        assert (at_once, urljoin(here, target)) == ("0", new)
        assert [urljoin(here, a.attributes["href"]) for a in old.all("a")] == [new]
        assert "hypotheses/old" not in built.text("sitemap.xml")
        assert not [card for card in index_in(built.folder).cards if "old" in card["url"]]


@pytest.mark.parametrize("nav", [CONFIG["nav"][:3], None])
def test_a_site_without_records_says_how_to_add_the_first(site: Site, nav: object) -> None:
    built = site({}, nav=nav, strict=True)

    assert built.gave_up is None
    assert broken_links(built) == []
    assert built.data["records"] == []
    home = built.page("").main.text
    assert "kind: outcome" in home or "first" in home.lower()
    for page in ("outcomes/", "hypotheses/", "experiments/", "metrics/", "status/", "tags/"):
        assert built.page(page).main.text


def test_folders_that_are_absent_are_no_error(site: Site) -> None:
    built = site(
        {"content/outcomes/one.md": record("outcome", "One", "draft")},
        {"records": ["content/outcomes", "nowhere", "content/nor/here"]},
        strict=True,
        nav=None,
    )

    assert (built.gave_up, built.warnings) == (None, [])
    assert [r["id"] for r in built.data["records"]] == ["one"]


def test_without_a_nav_home_comes_first_and_records_have_no_tab(site: Site) -> None:
    built = site(small(), nav=None, strict=True)
    tabs = [tab.text for tab in built.page("").all("li", class_="md-tabs__item")]

    assert tabs[0] == "Home"
    assert sorted(tabs) == ["Explore", "Handbook", "Home", "Outcomes", "Status"]
    assert built.page("experiments/six-questions/").lit_tabs == ["Outcomes"]


HOOK = """
import json, pathlib
def on_post_page(output, page, config):
    with pathlib.Path(config.config_file_path).with_name("meta.jsonl").open("a") as file:
        file.write(json.dumps([page.file.src_uri, page.title, dict(page.meta)]) + "\\n")
"""


def test_what_a_handbook_page_says_of_itself_stays(root: Path) -> None:
    front = "---\ntitle: A <b>bold</b> title\ndescription: About us\nmine: 1\nhide: [toc]\n---\n"
    files = {**small(), "content/handbook/index.md": f"{front}Text.\n", "hook.py": HOOK}
    built = build(make(root, files, hooks=["hook.py"]), root / "site", strict=True)
    assert built.gave_up is None
    lines = (root / "meta.jsonl").read_text("utf-8").splitlines()
    pages = {path: (title, meta) for path, title, meta in map(json.loads, lines)}

    mine = {"title": "A <b>bold</b> title", "description": "About us", "mine": 1, "hide": ["toc"]}
    assert pages["handbook/index.md"] == (mine["title"], mine)
    _, meta = pages["../hypotheses/fewer-questions.md"]
    assert set(meta) <= {"title", "hide", "tags", "description"}


def description(built: Built, url: str) -> list[str]:
    return [meta.attributes["content"] for meta in built.page(url).all("meta", name="description")]


def test_a_record_page_describes_itself_in_one_line(site: Site) -> None:
    said = 'Fewer questions, "sooner" <b>paid</b> & done'
    shorter = record("hypothesis", "Fewer", "draft", "Not this.\n", summary=said)
    built = site(small(fewer_questions=shorter), site_description="What we learned")

    assert description(built, "hypotheses/fewer-questions/") == [said]
    assert description(built, "outcomes/faster-claims/") == ["People wait for their money."]
    assert description(built, "metrics/days-to-settle-wrongly/") == [
        "Share of claims that are reopened"
    ]
    assert description(built, "status/") == ["What we learned"]


def test_the_records_are_found_wherever_the_handbook_lies(site: Site) -> None:
    body = (
        "[outcome](../docs/site/outcomes/faster-claims.md) [page](../docs/site/handbook/index.md)\n"
    )
    files = {
        path.replace("content/", "docs/site/"): text
        for path, text in small(
            fewer_questions=record("hypothesis", "Fewer", "draft", body)
        ).items()
    }
    folders = ["hypotheses", "docs/site/outcomes", "docs/site/metrics"]
    built = site(files, {"records": folders}, strict=True, docs_dir="docs/site")

    assert (built.gave_up, built.warnings) == (None, [])
    assert broken_links(built) == []
    edit = "https://git.example/team/playbook/edit/main/docs/site/outcomes/faster-claims.md"
    built = site(files, {"records": folders}, docs_dir="docs/site", edit_uri="edit/main/docs/site/")
    assert built.page("outcomes/faster-claims/").edit_link == edit


def test_the_playbook_may_be_reached_through_a_link(root: Path) -> None:
    make(root, small())
    link = root.parent / "link"
    link.symlink_to(root, target_is_directory=True)
    built = build(link / "mkdocs.yml", root.parent / "site", strict=True)

    assert (built.gave_up, built.warnings) == (None, [])
    assert built.page("outcomes/faster-claims/").edit_link == (
        "https://git.example/team/playbook/edit/main/content/outcomes/faster-claims.md"
    )


def test_it_builds_from_another_folder(root: Path) -> None:
    make(root, small())
    done = run("mkdocs", "build", "--strict", "-f", "root/mkdocs.yml", folder=root.parent)

    assert done.returncode == 0, done.stderr
    built = Built(root / "site")
    assert built.page("hypotheses/fewer-questions/").edit_link == (
        "https://git.example/team/playbook/edit/main/hypotheses/fewer-questions.md"
    )
    assert broken_links(built) == []


def test_a_site_s_own_templates_and_stylesheet_win(site: Site) -> None:
    override = (
        '{% extends "playbook/base.html" %}{% block content %}<p>Ours: {{ page.title }}</p>'
        "{% endblock %}"
    )
    theme = {**CONFIG["theme"], "custom_dir": "overrides"}
    css = "assets/stylesheets/outcome-playbook.css"
    files = {**small(), "overrides/playbook/hypothesis.html": override, f"content/{css}": "a{}"}
    built = site(files, strict=True, theme=theme)

    assert (built.gave_up, built.warnings) == (None, [])
    shown = built.page("hypotheses/fewer-questions/").main.text
    assert "Ours: A form with fewer questions settles claims sooner" in shown
    assert built.text(css) == "a{}"
    assert "Ours" not in built.page("experiments/six-questions/").main.text


def test_the_handbook_is_left_as_it_is(site: Site) -> None:
    built = site({**small(), "content/handbook/index.md": HANDBOOK}, strict=True)

    assert built.page("handbook/").main.text.replace("¶", "").endswith("Handbook How we work.")
