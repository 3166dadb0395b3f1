"""The site in other languages: every word of ours comes from the table of the language."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.site import playbooks, pseudo
from tests.site.building import Built
from tests.site.conftest import Site
from tests.site.html import Element
from tools import words

TABLES = sorted(words.TABLES.glob("*.po"))
LETTERS = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
SAID = ("aria-label", "data-label", "title", "alt", "placeholder")
"""Attributes that somebody reads or hears."""


@pytest.fixture(scope="session")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return a site with every kind of page in a language that nobody speaks."""
    return pseudo.site_in(tmp_path_factory.getbasetemp())


def test_every_word_on_a_page_comes_from_the_table(everything: Built) -> None:
    left = {
        (text, path)
        for path in everything.html_files
        for text in _read(everything.page(path).main)
        if LETTERS & set(text)
    }
    by_text = dict(sorted(left, reverse=True))
    assert not by_text, "\n".join(f"{text!r} on {path}" for text, path in by_text.items())


def _is_source(element: Element) -> bool:
    return "op-src" in element.attributes.get("class", "")


def _read(element: Element) -> Iterator[str]:
    """Yield the texts of an element that somebody reads or hears. Code is in no language."""
    if element.tag in ("code", "pre", "style", "script") or _is_source(element):
        return
    yield from (element.attributes[name] for name in SAID if name in element.attributes)
    for child in element.children:
        if isinstance(child, str):
            yield " ".join(child.split())
        else:
            yield from _read(child)


def test_the_words_in_the_browsers_tab_come_from_the_table_too(everything: Built) -> None:
    titles = {everything.page(path).title for path in everything.html_files}
    assert not [title for title in titles if LETTERS & set(title)]


@pytest.mark.parametrize("path", TABLES, ids=lambda path: path.stem)
class TestTable:
    def test_it_has_every_word_of_ours_and_no_other(self, path: Path) -> None:
        table, ours = words.read_table(path), words.words()
        assert {message.id for message in table} == {message.id for message in ours}
        assert words.missing(table) == []

    def test_its_translations_name_the_values_of_the_english(self, path: Path) -> None:
        table = words.read_table(path)
        wrong = {message.id: errors for message, errors in table.check() if errors}
        assert wrong == {}

    def test_it_is_as_the_tool_writes_it(self, path: Path) -> None:
        table = words.read_table(path)
        table.update(words.words(), no_fuzzy_matching=True)
        assert words.as_text(table) == path.read_text(encoding="utf-8")


def test_an_earlier_address_leads_on_in_the_language_of_the_site(site: Site) -> None:
    moved = playbooks.record("hypothesis", "Αλφα", "draft", aliases=["1"])
    built = site(
        {"hypotheses/2.md": moved, pseudo.PLACE.format(pseudo.CODE): pseudo.table()},
        nav=None,
        theme={**playbooks.CONFIG["theme"], "language": pseudo.CODE, "custom_dir": "overrides"},
    )
    page = built.page("hypotheses/1/")
    html = page.one("html").attributes
    assert (html["lang"], html["dir"]) == (pseudo.CODE, "rtl")
    said = page.one("p")
    link = said.one("a").text
    assert link.endswith("hypotheses/2/")
    assert not LETTERS & set(page.title + said.text.replace(link, ""))


def test_german_dates_numbers_and_words(site: Site) -> None:
    built = site(playbooks.small(), nav=None, theme={**playbooks.CONFIG["theme"], "language": "de"})
    page = built.page("experiments/six-questions/")
    assert "30. November 2026" in page.main.text
    assert "Oktober" in page.main.text


def test_a_language_without_a_table_stays_english_and_says_so(site: Site) -> None:
    built = site(playbooks.small(), theme={**playbooks.CONFIG["theme"], "language": "fr"})
    assert "1 running" in built.page("").main.text
    told = [r.getMessage() for r in built.logged if "stay English" in r.getMessage()]
    assert len(told) == 1
    assert told[0].endswith("Add one as playbook/languages/fr.po in custom_dir.")


def test_a_site_calls_things_by_other_names(site: Site) -> None:
    table = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Hypotheses"\nmsgstr "Wetten"\n'
    )
    built = site(
        {**playbooks.small(), pseudo.PLACE.format("en"): table},
        theme={**playbooks.CONFIG["theme"], "custom_dir": "overrides"},
    )
    assert built.page("hypotheses/").one("h1").text == "Wetten"


def test_a_broken_table_stops_the_build_with_its_name(site: Site) -> None:
    built = site(
        {**playbooks.small(), pseudo.PLACE.format("de"): 'msgid "Won"\nGewonnen\n'},
        theme={**playbooks.CONFIG["theme"], "language": "de", "custom_dir": "overrides"},
    )
    assert built.gave_up
    told = " ".join(record.getMessage() for record in built.logged)
    assert "playbook/languages/de.po is broken: line 2" in told
