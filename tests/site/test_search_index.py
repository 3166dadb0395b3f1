"""What a search of the site finds: records and pages by what is written there, and no YAML."""

import re
from pathlib import Path
from typing import Any

import pytest

from outcome_playbook.facets import FACETS, facets_of
from outcome_playbook.pages.urls import always_there
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.searching.markup import plain
from tests.indexed import Index, index_in
from tests.site.building import REPOSITORY, Built, build, seconds
from tests.site.conftest import Site
from tests.site.demo import DAY as DEMO_DAY
from tests.site.playbooks import make, record, small


@pytest.fixture(scope="module")
def found(demo: Built) -> Index:
    return index_in(demo.folder)


def numbers(index: Index) -> dict[str, int]:
    """Return the number of each record by its id."""
    return {card["id"]: n for n, card in enumerate(index.cards[: index.start["records"]])}


# The demo ----------------------------------------------------------------------------------------


def test_every_record_is_found_by_title_and_id(demo: Built, found: Index) -> None:
    numbered = numbers(found)

    assert set(numbered) == {one["id"] for one in demo.data["records"]}
    for one in demo.data["records"]:
        number = numbered[one["id"]]
        card = found.cards[number]
        assert (card["title"], card["url"], card["kind"]) == (one["title"], one["url"], one["kind"])
        assert number in found.documents(one["title"])
        assert one["url"] in found.phrase(one["title"])
        assert number in found.documents(one["id"])
        for name in (*one["tags"], *one.get("aliases", []), *filter(None, [one.get("owner")])):
            assert number in found.documents(name), name


def test_records_come_newest_first_and_in_every_order_once(found: Index) -> None:
    records = found.start["records"]
    order = found.start["order"]

    assert list(order) == ["due", "title"]
    assert all(sorted(ranks) == list(range(records)) for ranks in order.values())
    by_title = sorted(range(records), key=order["title"].__getitem__)
    titles = [found.cards[number]["title"].casefold() for number in by_title]
    assert titles == sorted(titles)


def test_facets_are_those_of_the_records(found: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", seconds(DEMO_DAY))
    project = read_project(REPOSITORY / "mkdocs.yml")
    playbook = read_playbook(project.root, project.settings, project.docs_dir, always_there())
    expected = facets_of(playbook.registry, playbook.flags)
    numbered = numbers(found)

    assert [facet["name"] for facet in found.start["facets"]] == list(FACETS)
    for name in FACETS:
        column = found.facet(name)
        for id_, values in expected.items():
            assert set(column[numbered[id_]]) == set(values.get(name, ())), (name, id_)
    labels = {
        facet["name"]: dict(zip(facet["values"], facet["labels"], strict=True))
        for facet in found.start["facets"]
    }
    assert labels["kind"]["hypothesis"] == "Hypotheses"
    assert labels["status"]["not_supported"] == "Not supported"
    assert not any(labels["owner"].values())
    titles = {one["id"]: one["title"] for one in found.cards}
    assert all(label == titles[id_] for id_, label in labels["outcome"].items())


def test_pages_are_found_by_their_parts(demo: Built, found: Index) -> None:
    pages = found.cards[found.start["records"] :]
    urls = {card["url"] for card in pages}

    assert all(card["kind"] == "page" for card in pages)
    assert len(urls) == len(pages)
    assert {"", "handbook/writing-a-hypothesis/", "outcomes/", "status/", "reference/"} <= urls
    assert not [url for url in urls if re.match(r"(owners|tags|status)/[^#]", url)]
    parts = [card for card in pages if "#" in card["url"]]
    assert len(parts) > 50
    for card in parts:
        url, _, anchor = card["url"].partition("#")
        (heading,) = [e for e in demo.page(url).walk() if e.attributes.get("id") == anchor]
        assert heading.text.removesuffix("¶").strip() == card["title"]
        assert card["page"]


def test_no_front_matter_is_in_the_index(found: Index) -> None:
    records = {card["url"] for card in found.cards[: found.start["records"]]}

    assert found.urls("hypothesis") & records
    assert not found.phrase("kind hypothesis title") & records
    assert not [card for card in found.cards if card["say"].startswith(("---", "kind:"))]


def test_a_part_of_a_page_shows_the_list_and_not_the_block_that_asks_for_it(
    demo: Built, found: Index
) -> None:
    html = demo.text("handbook/lists-in-a-page/index.html").partition('id="table"')[2]
    (example,) = [card for card in found.cards if card["url"].endswith("lists-in-a-page/#table")]
    title = plain(html.partition('<th scope="row">')[2].partition("</th>")[0])

    assert "from:" not in example["say"]
    assert title in example["say"]
    assert example["url"] in found.phrase("from experiment") & found.urls(title)
    # On a board, too, a title ends where the next text begins.
    board = next(card["url"] for card in found.cards if card["url"].endswith("#status-parked"))
    assert board in found.phrase("Unchanged records kept in memory")


def test_what_a_card_says_is_text(found: Index) -> None:
    for card in found.cards:
        texts = [card["title"], card["say"], *card["meta"], *card["tags"]]
        texts += (card["effect"] or {}).values()
        # What is left of `<b>` is the sign itself, and the engine never reads it as a tag.
        assert not any(re.search(r"</?\w+ ?[^>]*>|&(?:amp|lt|#\d+);", text) for text in texts), card


def test_effects_and_lateness_are_those_of_the_lists(found: Index) -> None:
    cards = {card["id"]: card for card in found.cards}
    concluded = [card for card in cards.values() if card["effect"]]

    assert {card["kind"] for card in concluded} == {"experiment"}
    assert all(card["effect"]["text"] for card in concluded)
    assert any("points" in card["effect"]["text"] for card in concluded)
    flagged = found.facet("flag")
    for number, flags in enumerate(flags for flags in flagged):
        if flags:
            assert found.cards[number]["late"]


# Small playbooks ---------------------------------------------------------------------------------


def test_the_text_of_a_record_is_found(site: Site) -> None:
    body = "Zebras prefer *cross*ings.\n\n## Why stripes\n\nBecause quaggas are gone.\n"
    built = site({**small(), "hypotheses/zebra.md": record("hypothesis", "Z", "draft", body)})
    found = index_in(built.folder)

    assert found.phrase("zebras prefer crossings") == {"hypotheses/zebra/"}
    assert found.urls("quaggas") == {"hypotheses/zebra/"}
    # A neighbour that links to it says its own words, and not those of the other.
    assert found.urls("Claims are settled within a week") == {"outcomes/faster-claims/"}


def test_a_record_is_found_by_tags_and_earlier_ids(site: Site) -> None:
    title = "Six questions in two offices"
    names: dict[str, Any] = {"aliases": ["former-name"], "tags": ["Zoë’s claims"]}
    changed = record("experiment", title, "planned", hypothesis="fewer-questions", **names)
    found = index_in(site(small(six_questions=changed)).folder)

    for name in ("six-questions", "former-name", "zoes claims", "Zoë's"):
        assert "experiments/six-questions/" in found.urls(name), name


def test_a_page_and_a_part_can_ask_not_to_be_found(site: Site) -> None:
    part = "# Shown\n\nGiraffes.\n\n## Off { data-search-exclude }\n\nGnus.\n\n## On\n\nKudus.\n"
    files = {
        **small(),
        "content/handbook/off.md": "---\nsearch:\n  exclude: true\n---\n# Off\n\nOkapis.\n",
        "content/handbook/part.md": part,
    }
    found = index_in(site(files, markdown_extensions=["attr_list"]).folder)

    assert found.urls("okapis") == found.urls("gnus") == set()
    assert found.urls("giraffes") == {"handbook/part/"}
    assert found.urls("kudus") == {"handbook/part/#on"}
    (card,) = [card for card in found.cards if card["url"] == "handbook/part/#on"]
    assert (card["page"], card["title"], card["say"]) == ("Shown", "On", "Kudus.")


def test_a_broken_record_is_found_as_a_page(site: Site) -> None:
    files = {**small(), "hypotheses/bad.md": record("hypothesis", "Bad one", "no-status", "Emus.")}
    found = index_in(site(files).folder)

    (card,) = [card for card in found.cards if card["title"] == "Bad one"]
    assert card["kind"] == "page"
    assert found.urls("emus") == {card["url"]}


def test_cards_speak_the_language_of_the_site(site: Site) -> None:
    theme = {"name": "material", "font": False, "language": "de"}
    found = index_in(site(small(), theme=theme).folder)
    card = next(card for card in found.cards if card["id"] == "six-questions")

    assert (card["label"], card["status"]["word"]) == ("Experiment", "Läuft")
    assert {card["label"] for card in found.cards if card["kind"] == "page"} == {"Seite"}
    (kinds,) = [facet for facet in found.start["facets"] if facet["name"] == "kind"]
    assert dict(zip(kinds["values"], kinds["labels"], strict=True))["hypothesis"] == "Hypothesen"
    titles = {facet["name"]: facet["title"] for facet in found.start["facets"]}
    assert (titles["owner"], titles["tag"]) == ("Verantwortlich", "Schlagwort")


def test_addresses_are_those_of_the_site(site: Site) -> None:
    found = index_in(site(small(), use_directory_urls=False).folder)
    urls = {card["url"] for card in found.cards}

    assert {"index.html", "hypotheses/fewer-questions.html", "handbook/index.html"} <= urls


def test_indexes_of_earlier_builds_are_removed(root: Path) -> None:
    config = make(root, small())
    place = root / "site"
    older = place / "search" / "0123456789abcdef"
    own = place / "search" / "of-somebody"
    build(config, place)
    for folder in (older, own):
        folder.mkdir()
        (folder / "start.bin").write_bytes(b"older")
    before = {path for path in root.rglob("*") if place not in path.parents}
    (root / "hypotheses/fewer-questions.md").write_text(
        record("hypothesis", "Another title", "draft"), encoding="utf-8"
    )
    again = build(config, place, dirty=True)

    assert again.gave_up is None
    folders = [path.name for path in (place / "search").iterdir() if path.is_dir()]
    current = index_in(place).current["folder"]
    assert sorted(folders) == sorted([current, "of-somebody"])
    assert {path for path in root.rglob("*") if place not in path.parents} == before


@pytest.mark.parametrize("plugins", [["playbook"], ["playbook", "search"]])
def test_the_order_of_the_plugins_does_not_matter(site: Site, plugins: list[Any]) -> None:
    built = site(small(), plugins=plugins, strict=True)

    assert (built.gave_up, built.warnings) == (None, [])
    assert "hypotheses/fewer-questions/" in index_in(built.folder).urls("fewer questions")
