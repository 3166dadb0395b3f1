"""The theme's search box, taken over: what a page names, what is left out, what fails loudly."""

import json
import re
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pytest
from mkdocs.plugins import get_plugins

from tests.site.building import Built, build
from tests.site.conftest import Site
from tests.site.playbooks import DAY, make, small

OURS = {"playbook": {"as_of": DAY}}


def config(built: Built, path: str) -> Any:
    found = re.search(
        '<script id="__config" type="application/json">(.*?)</script>', built.text(path)
    )
    assert found
    return json.loads(found[1])


def test_every_page_names_our_worker(demo: Built) -> None:
    for path in demo.html_files:
        if 'data-md-component="search"' in (html := demo.text(path)):
            page = config(demo, path)
            assert page["search"].endswith("/assets/javascripts/playbook/header.js"), path
            assert "workers/search." not in html, path
    assert config(demo, "404.html")["search"] == "/assets/javascripts/playbook/header.js"
    assert "assets/javascripts/playbook/header.js" in demo.files


def test_the_themes_index_is_a_stub(demo: Built) -> None:
    stub = json.loads(demo.text("search/search_index.json"))

    assert stub == config(demo, "index.html")["playbook"] == config(demo, "404.html")["playbook"]
    assert stub["docs"] == []
    assert re.split(stub["config"]["separator"], "two words") == ["two", "words"]
    assert stub["config"]["playbook"]["explore"] == "explore/"
    assert all(stub["config"]["playbook"]["said"].values())


@pytest.mark.parametrize(
    "search", [None, {"search": {"enabled": False}}], ids=["not there", "switched off"]
)
def test_a_site_without_the_themes_search_has_no_box(
    site: Site, search: dict[str, Any] | None
) -> None:
    built = site(small(), plugins=[*([search] if search else []), OURS], strict=True)

    assert (built.gave_up, built.warnings) == (None, [])
    assert 'data-md-component="search-query"' not in built.text("index.html")
    assert "search/search_index.json" not in built.files
    assert "search/current.json" in built.files


def test_the_offline_plugin_gets_the_stub(site: Site) -> None:
    built = site(small(), plugins=["search", "offline", OURS], strict=True)

    assert built.gave_up is None
    assert '"docs": []' in built.text("search/search_index.js")


def test_a_search_plugin_that_is_made_otherwise_stops_the_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(get_plugins()["material/search"].load(), "on_page_context")
    built = build(make(tmp_path / "root", small()), tmp_path / "site")

    (said,) = built.warnings
    assert built.gave_up == "Aborted with a BuildError!"
    assert f"Material {version('mkdocs-material')}: its search plugin has no" in said


def test_a_site_with_a_base_of_its_own_has_the_stub_and_what_answers_with_it(
    tmp_path: Path,
) -> None:
    theme = {"name": "material", "font": False, "language": "de", "custom_dir": "own"}
    config_file = make(tmp_path / "root", small(), theme=theme)
    own = tmp_path / "root" / "own" / "partials" / "javascripts" / "base.html"
    own.parent.mkdir(parents=True)
    own.write_text("<script>__md_scope = new URL('.', location)</script>", encoding="utf-8")
    built = build(config_file, tmp_path / "site")

    html = built.text("index.html")
    assert config(built, "index.html")["playbook"]["config"]["playbook"]["language"] == "de"
    assert html.index('id="__config"') < html.index("search_index") < html.index("/bundle.")
    assert "//" not in html.partition("const { open, send }")[2].partition("</script>")[0]


def test_a_page_with_the_box_and_no_place_for_the_worker_stops_the_build(tmp_path: Path) -> None:
    theme = {"name": "material", "font": False, "custom_dir": "own"}
    config_file = make(tmp_path / "root", small(), theme=theme)
    own = tmp_path / "root" / "own" / "main.html"
    own.parent.mkdir()
    own.write_text('{% extends "base.html" %}{% block config %}{% endblock %}', encoding="utf-8")
    built = build(config_file, tmp_path / "site")

    (said,) = built.warnings
    assert built.gave_up == "Aborted with a BuildError!"
    assert ".html has its search box and no" in said
