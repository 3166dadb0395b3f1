"""What the search of the site finds: every record by its title and its id, and no YAML."""

import json
import re
from typing import Any

import pytest

from tests.site.building import REPOSITORY, Built
from tests.site.conftest import Site
from tests.site.html import parse
from tests.site.playbooks import DAY, record, small


def entry(built: Built, url: str) -> dict[str, object]:
    """Return what the index holds of a page as a whole."""
    (found,) = [one for one in built.search if one["location"] in (url, f"{url}#{url[:-1]}")] or [
        next(one for one in built.search if one["location"].startswith(url))
    ]
    return found


def test_every_record_is_found_by_title_and_id(demo: Built) -> None:
    for one in demo.data["records"]:
        entries = [e for e in demo.search if e["location"].split("#")[0] == one["url"]]
        assert one["title"] in {parse(e["title"]).text for e in entries}, one["id"]
        # Its own names rank above all text: titles 1,000 times, tags a million times.
        assert all(one["id"] in e["tags"] for e in entries), one["id"]
        assert not [e for e in entries if parse(e["text"]).text.startswith(one["title"])]
        assert all(set(one["tags"]) <= {parse(t).text for t in e["tags"]} for e in entries)


def test_the_handbook_and_the_lists_are_found_too(demo: Built) -> None:
    found = {e["location"].split("#")[0] for e in demo.search}

    assert {"", "handbook/writing-a-hypothesis/", "outcomes/", "status/"} <= found


def test_no_front_matter_is_in_the_index(demo: Built) -> None:
    texts = [parse(e["text"]).text for e in demo.search if not e["location"].startswith("handbook")]
    yaml_line = re.compile(r"(?:^|\s)(?:kind: (?:outcome|metric|hypothesis|experiment) title:|---)")
    shown = [
        text
        for text in texts
        # The home page of an empty playbook and the reference may show how a record begins.
        if yaml_line.search(text) and "kind: " in text and "status: " in text
    ]

    assert (REPOSITORY / "hypotheses").is_dir()
    assert shown == []


def test_the_text_of_a_record_is_found(site: Site) -> None:
    body = "Zebras prefer crossings.\n\n## Why stripes\n\nBecause quaggas are gone.\n"
    built = site({**small(), "hypotheses/zebra.md": record("hypothesis", "Z", "draft", body)})
    entries = {e["location"]: e for e in built.search if e["location"].startswith("hypotheses/z")}

    assert any("Zebras prefer" in e["text"] for e in entries.values())
    assert "Because quaggas" in entries["hypotheses/zebra/#why-stripes"]["text"]


@pytest.mark.parametrize("name", ["claims", "six-questions", "former-name"])
def test_tags_and_earlier_ids_rank_as_high_as_the_id(site: Site, name: str) -> None:
    changed = record(
        "experiment",
        "Six questions in two offices",
        "planned",
        hypothesis="fewer-questions",
        aliases=["former-name"],
        tags=["claims"],
    )
    built = site(small(six_questions=changed))
    entries = [e for e in built.search if e["location"].startswith("experiments/six-questions/")]

    assert entries
    assert all(name in e["tags"] for e in entries)


def test_what_is_generated_is_found_as_well(site: Site) -> None:
    built = site(small())

    texts = {e["location"].split("#")[0]: e["text"] for e in built.search}
    assert "owners/claims-team/" in texts
    assert "status/experiments/running/" in texts


def config(built: Built) -> Any:
    return json.loads(built.text("search/search_index.json"))["config"]


def test_titles_and_ids_rank_first(site: Site, demo: Built) -> None:
    fields = config(demo)["fields"]
    assert fields["title"]["boost"] == fields["tags"]["boost"] > 1000 * fields["text"]["boost"]

    own = {"search": {"fields": {"title": {"boost": 7}}}}
    built = site(small(), plugins=[own, {"playbook": {"as_of": DAY}}], strict=True)
    assert built.gave_up is None
    assert config(built)["fields"]["title"]["boost"] == 7


@pytest.mark.parametrize(
    "plugins", [["playbook"], ["playbook", "search"], {"playbook": {}, "search": {}}]
)
def test_the_order_of_the_plugins_does_not_matter(site: Site, plugins: Any) -> None:
    built = site(small(), plugins=plugins, strict=True)

    assert (built.gave_up, built.warnings) == (None, [])
    if "search" in plugins:
        assert config(built)["fields"]["title"]["boost"] == 1e6
        assert any(e["location"].startswith("hypotheses/fewer") for e in built.search)
    # What search is shown of a page is less than what its readers see.
    assert "Hypotheses" in built.page("outcomes/faster-claims/").main.text
