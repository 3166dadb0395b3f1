"""The handbook's page "Make it yours": each example on it does what the page says.

An example is a block of code whose title names a file. It is written there in a small playbook, and
what lies in mkdocs.yml is merged with what is there already.
"""

import re
from collections.abc import Mapping
from typing import Any

import pytest
import yaml

from outcome_playbook.plugin.theme import stylesheet
from tests.pages.test_tokens import contrast
from tests.site import playbooks
from tests.site.building import REPOSITORY, Built
from tests.site.conftest import Site

PAGE = (REPOSITORY / "content/handbook/make-it-yours.md").read_text(encoding="utf-8")
OVERRIDES = REPOSITORY / "overrides"
CSS = "overrides/assets/stylesheets/this-site.css"
SOURCES = "overrides/playbook/components/sources.html"

_SECTION = re.compile(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", re.MULTILINE | re.DOTALL)
_EXAMPLE = re.compile(r'^```\S+ title="([^"\n]+)"\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_BLOCK = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_TOKEN = re.compile(r"(--op-[\w-]+):\s*([^;]+);")
_COLOUR = re.compile(r"#[0-9a-f]{6}")

FOLDER = yaml.safe_load(next(text for title, text in _EXAMPLE.findall(PAGE)))
"""What the page says first: where the files of one's own lie."""

Examples = dict[str, str]
SECTIONS: dict[str, Examples] = {
    title: dict(_EXAMPLE.findall(text)) for title, text in _SECTION.findall(PAGE)
}


def built_with(
    site: Site, examples: Examples, files: Mapping[str, str | bytes], **options: Any
) -> Built:
    """Build a small playbook with the examples of a section."""
    ours = yaml.safe_load(examples.get("mkdocs.yml", "")) or {}
    theme = {**playbooks.CONFIG["theme"], **FOLDER["theme"], **ours.pop("theme", {})}
    for plugin in ours.get("plugins", []):
        if isinstance(plugin, dict):
            plugin["playbook"]["as_of"] = playbooks.DAY
    placed = {name: text for name, text in examples.items() if name != "mkdocs.yml"}
    placed["overrides/README.md"] = "The folder is there, whatever else it holds.\n"
    built = site({**files, **placed}, theme=theme, **ours, **options)
    assert built.gave_up is None or options.get("strict")
    return built


def test_every_example_names_its_file_and_is_tried_here() -> None:
    assert len(_BLOCK.findall(PAGE)) == len(_EXAMPLE.findall(PAGE))
    assert {title: sorted(examples) for title, examples in SECTIONS.items() if examples} == {
        "Colours and sizes": ["mkdocs.yml", CSS],
        "One component": [SOURCES],
        "A part of Material": ["overrides/main.html"],
        "Another language": ["mkdocs.yml"],
        "Other names": ["overrides/playbook/languages/en.po"],
        "What counts as late": ["mkdocs.yml"],
    }


def test_the_folder_is_the_one_that_this_site_has() -> None:
    text = (REPOSITORY / "mkdocs.yml").read_text(encoding="utf-8")
    assert "  custom_dir: overrides\n" in text
    assert FOLDER == {"theme": {"name": "material", "custom_dir": "overrides"}}


@pytest.mark.parametrize(
    ("section", "path"), [("Colours and sizes", CSS), ("One component", SOURCES)]
)
def test_what_the_page_says_of_this_site_is_what_lies_there(section: str, path: str) -> None:
    assert SECTIONS[section][path] == (REPOSITORY / path).read_text(encoding="utf-8")


class TestTokens:
    def test_ones_own_stylesheet_comes_after_the_plugins(self, site: Site) -> None:
        built = built_with(site, SECTIONS["Colours and sizes"], playbooks.small())
        for page, way in (("", ""), ("experiments/six-questions/", "../../")):
            sheets = [link.attributes["href"] for link in built.page(page).all("link")]
            ours = f"{way}assets/stylesheets/this-site.css"
            assert ours in sheets
            assert sheets.index(f"{way}assets/stylesheets/outcome-playbook.css") < sheets.index(
                ours
            )
        assert built.text("assets/stylesheets/this-site.css") == SECTIONS["Colours and sizes"][CSS]

    def test_it_sets_tokens_that_there_are_where_the_plugin_sets_them(self) -> None:
        light, slate = _schemes(SECTIONS["Colours and sizes"][CSS])
        plugins_light, plugins_slate = _schemes(stylesheet())
        assert light.keys() <= plugins_light.keys()
        assert slate.keys() <= plugins_slate.keys()
        assert light != slate

    def test_a_colour_that_is_set_is_set_in_both_schemes_and_can_be_read(self) -> None:
        light, slate = _schemes(SECTIONS["Colours and sizes"][CSS])
        for ours, plugins in zip((light, slate), _schemes(stylesheet()), strict=True):
            colours = {name: value for name, value in ours.items() if _COLOUR.fullmatch(value)}
            assert list(colours) == ["--op-accent"]
            for ground in ("--op-paper", "--op-sunk"):
                assert contrast(colours["--op-accent"], plugins[ground]) >= 4.5

    def test_the_page_names_no_token_that_is_not_there(self) -> None:
        named = set(re.findall(r"`(--op-[\w-]+\w)`", PAGE))
        assert len(named) > 15
        assert named <= {name for scheme in _schemes(stylesheet()) for name in scheme}


def _schemes(css: str) -> tuple[dict[str, str], dict[str, str]]:
    """Return the tokens set for the light scheme, and those set for slate.

    Forced colours are set for any scheme, with a selector of two brackets.
    """
    light: dict[str, str] = {}
    slate: dict[str, str] = {}
    plain = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for selector, body in re.findall(r"([^{}]+)\{([^{}]*)\}", plain):
        if (":root" in selector or "slate" in selector) and "][" not in selector:
            tokens = slate if "slate" in selector else light
            tokens.update((name, value.strip()) for name, value in _TOKEN.findall(body))
    return light, slate


class TestComponent:
    def test_it_is_used_on_every_page_that_has_one(self, site: Site) -> None:
        agency = {"title": "The letters", "url": "https://oes.gsa.gov/projects/letters/"}
        other = {"title": "A report", "url": "https://report.example/"}
        quoted = playbooks.record("outcome", "Quoted", "draft", sources=[agency])
        own = playbooks.record("outcome", "Own", "draft", sources=[other])
        files = {
            **playbooks.small(),
            "content/outcomes/quoted.md": quoted,
            "content/outcomes/own.md": own,
        }
        built = built_with(site, SECTIONS["One component"], files)
        line = "No endorsement; statuses as stored, not current."
        quoted_page, own_page = (built.page(f"outcomes/{name}/").main for name in ("quoted", "own"))
        assert line in quoted_page.text
        assert line not in own_page.text
        assert "A report" in own_page.text

    def test_this_site_says_it_wherever_it_quotes(self, demo: Built) -> None:
        line = "No endorsement; statuses as stored, not current."
        quoting = {
            f"{record['kind']}s/{id_}/".replace("hypothesiss", "hypotheses")
            for id_, record in _records(demo)
            if any("gsa" in source["url"] for source in record.get("sources", []))
        }
        saying = {
            path.removesuffix("index.html")
            for path in demo.html_files
            if path.startswith(("outcomes/", "metrics/", "hypotheses/", "experiments/"))
            and line in demo.page(path).main.text
        }
        assert saying == quoting
        assert len(saying) == 56


def _records(built: Built) -> list[tuple[str, Any]]:
    return [(record["id"], record) for record in built.data["records"]]


def test_a_part_of_material(site: Site) -> None:
    built = built_with(site, SECTIONS["A part of Material"], playbooks.small())
    for page in ("", "outcomes/faster-claims/", "handbook/"):
        (banner,) = built.page(page).all("aside", class_="md-banner__inner") or built.page(
            page
        ).all("div", class_="md-banner__inner")
        assert banner.text == "Stuck? The evidence desk is in on Tuesdays from two to four."


def test_another_language(site: Site) -> None:
    built = built_with(site, SECTIONS["Another language"], playbooks.small())
    page = built.page("experiments/six-questions/")
    assert page.one("html").attributes["lang"] == "de"
    assert "30. November 2026" in page.main.text


def test_other_names(site: Site) -> None:
    built = built_with(site, SECTIONS["Other names"], playbooks.small())
    headings = [heading.text for heading in built.page("").main.all("h2")]
    assert "All decided" in headings
    assert "What we know since last month" in headings
    assert "Latest learnings" not in headings


class TestOptions:
    SOONER = SECTIONS["What counts as late"]

    def test_a_longer_time_box_is_warned_about_and_a_warning_fails_a_strict_build(
        self, site: Site
    ) -> None:
        built = built_with(site, self.SOONER, playbooks.small(), strict=True)
        (warning,) = built.warnings
        assert "the time-box is 49 days; the playbook's limit is 42" in warning
        assert built.gave_up is not None
        assert site(playbooks.small(), strict=True).gave_up is None

    def test_a_result_is_undecided_sooner(self, site: Site) -> None:
        files = playbooks.small(six_questions=_experiment("review", end="2026-11-12"))
        assert _flags(built_with(site, self.SOONER, files)) == {"six-questions": "undecided"}
        assert _flags(site(files)) == {}

    def test_an_outcome_is_silent_sooner(self, site: Site) -> None:
        concluded = _experiment(
            "concluded",
            end="2026-09-10",
            no_results="The offices lost the forms",
            conclusion="invalid",
            decision={"date": "2026-09-10", "action": "stop", "why": "Nothing to read"},
            learning="Ask for copies first",
        )
        files = playbooks.small(six_questions=concluded)
        assert _flags(built_with(site, self.SOONER, files)) == {"faster-claims": "silent"}
        assert _flags(site(files)) == {}


def _experiment(status: str, **fields: Any) -> str:
    """Return the small playbook's experiment at another point of its life."""
    text = playbooks.small()["hypotheses/forms/six-questions.md"]
    assert isinstance(text, str)
    front = yaml.safe_load(text.split("---\n")[1])
    kind, title = front.pop("kind"), front.pop("title")
    del front["status"]
    return playbooks.record(kind, title, status, **{**front, "start": "2026-09-01", **fields})


def _flags(built: Built) -> dict[str, str]:
    records = built.data["records"]
    return {record["id"]: flag for record in records for flag in record["flags"]}
