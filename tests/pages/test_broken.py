"""The error card: how many problems, which lines, carets below them, and the mend."""

from pathlib import Path

import pytest

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.pages import broken
from outcome_playbook.pages.broken import ErrorCard
from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.parts import Code, Said
from outcome_playbook.pages.rendering import renderer
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.pages.waiting import _to_mend
from outcome_playbook.records.reading import read_record
from tests.pages.overview import experiment, view_of
from tests.pages.rendered import record_pages, shown
from tests.pages.tables import Texts, language_of
from tests.site.html import parse

PATH = "hypotheses/a-record.md"


def card_of(text: str | bytes) -> ErrorCard:
    data = text if isinstance(text, bytes) else text.encode()
    view = view_of({})
    return broken.card(view, read_record(PATH, data)).card


def lines(card: ErrorCard) -> list[str]:
    return [f"{line.number or ''}|{line.text}" for line in card.source]


def text_of(said: Said) -> str:
    return "".join(part.code if isinstance(part, Code) else str(part) for part in said)


def test_the_card_counts_names_the_lines_and_points_at_them() -> None:
    card = card_of("---\nkind: outcome\ntitle: T\nstatus: activ\nowner: Us\nfoo: 1\n---\nText.\n")
    assert card.title == "2 problems keep this record from being shown"
    assert text_of(card.place) == f"{PATH}, lines 4 and 6."
    assert lines(card) == [
        "3|title: T",
        "4|status: activ",
        "|        ^^^^^ did you mean `active`?",
        "5|owner: Us",
        "6|foo: 1",
        "|^^^",
        "7|---",
    ]
    assert [mend.where for mend in card.mends] == ["Line 4.", "Line 6."]
    assert card.has_body


def test_one_problem_is_singular_and_far_lines_have_a_gap_between() -> None:
    assert card_of("---\nkind: outcome\ntitle: T\nstatus: activ\n---\n").title == (
        "1 problem keeps this record from being shown"
    )
    fields = "".join(f"x-{n}: {n}\n" for n in range(20))
    card = card_of(f"---\nkind: outcome\nfoo: 1\n{fields}title: T\nstatus: activ\n---\n")
    assert "|…" in lines(card)


def test_a_long_line_is_cut_around_its_problem() -> None:
    long = "y" * 1_000_000
    card = card_of(f"---\nkind: outcome\ntitle: T\nstatus: draft\nfoo: {long}\n---\n")
    assert max(len(line.text) for line in card.source) < 200
    assert card.source[1].text.startswith("foo: yyy")


def test_text_that_is_none_has_a_card_without_source() -> None:
    for data in (b"\xff\xfe\x00", b"---\nkind: \x00outcome\n---\n"):
        card = card_of(data)
        assert card.source == ()
        assert card.mends
        assert not card.has_body


def test_unclosed_front_matter_is_not_shown_as_the_records_text() -> None:
    card = card_of("---\nkind: outcome\ntitle: T\n\nWords.\n")
    assert not card.has_body
    assert text_of(card.place) == f"{PATH}, line 1."
    assert card_of("Words without fields.\n").has_body


def test_an_empty_file_has_a_card() -> None:
    card = card_of("")
    assert card.title == "1 problem keeps this record from being shown"
    assert not card.has_body


def test_of_many_problems_the_first_are_shown_and_the_rest_counted() -> None:
    unknown = "".join(f"field_{n}: 1\n" for n in range(100))
    card = card_of(f"---\nkind: outcome\ntitle: T\nstatus: draft\n{unknown}---\n")
    assert len(card.mends) == broken.MOST
    assert text_of(card.more) == f"And {100 - broken.MOST} more, which playbook check lists."
    assert text_of(card.place) == f"{PATH}, 100 lines from 5 to 104."


def test_a_readable_record_with_an_error_has_its_card_above_and_its_page_below() -> None:
    view = view_of(experiment("a-trial", hypothesis="nowhere"))
    page = shown(view, "a-trial")
    error = page.one("section", class_="op-error")
    assert error.one("h2").text == "1 problem in this record needs mending"
    assert error.one("a", class_="op-btn").text == "Edit this record"
    assert page.all("h2", id="decision-rule")
    file = view.registry.entries["a-trial"].file
    assert broken.card_above(file) is not None


def test_a_record_without_errors_has_no_card() -> None:
    view = view_of(experiment("a-trial"))
    file = view.registry.entries["a-trial"].file
    file.problems.clear()
    assert broken.card_above(file) is None


@pytest.mark.parametrize("held_back", [True, False])
def test_what_keeps_a_record_from_being_read_is_told_whatever_it_weighs(held_back: bool) -> None:
    file = read_record(PATH, b"---\nkind: outcome\ntitle: T\nstatus: activ\nfoo: 1\n---\nText.\n")
    file.problems = [p.weighing(Severity.NOTE, held_back=held_back) for p in file.problems]
    view = view_of({})
    card = broken.card(view, file).card
    assert card.title == "2 problems keep this record from being shown"
    assert [text_of(mend.rule)[:6] for mend in card.mends] == ["PB014:", "PB012:"]
    row = _to_mend(file)
    assert (row.number, row.unit) == (2, "errors")


def test_the_page_says_what_follows_and_offers_no_editor_where_there_is_none() -> None:
    text = "---\nkind: metric\ntitle: <i>T</i>\nstatus: no\n---\nText\n"
    view = view_of({"content/metrics/sad.md": text})
    page = shown(view, "sad", body="<p>Text</p>", edit_url=None)
    assert page.one("h1").text == "<i>T</i>"
    assert "Until it is mended, it is missing from lists and rollups." in page.text
    assert page.one("h2", id="the-text-of-the-record").text == "The text of the record"
    assert not page.all("a", class_="op-btn")


GERMAN: Texts = {
    (
        "%(number)s problem keeps this record from being shown",
        "%(number)s problems keep this record from being shown",
    ): ("%(number)s Fehler verbirgt diesen Eintrag", "%(number)s Fehler verbergen diesen Eintrag"),
    "%(path)s, lines %(lines)s.": "%(path)s, Zeilen %(lines)s.",
    "Line %(line)s.": "Zeile %(line)s.",
    "`%(field)s` is %(what)s, not text": "`%(field)s` ist %(what)s und kein Text",
    "a list": "eine Liste",
    "`%(field)s` is not a field of %(owner)s": "%(owner)s hat kein Feld `%(field)s`",
    "an outcome": "ein Outcome",
    catalogue.UNKNOWN_FIELD.why: "ein unbekanntes Feld ist meist vertippt",
    "did you mean `%(meant)s`?": "gemeint: `%(meant)s`?",
    "The rest of the site was built without it.": "Der Rest der Site kommt ohne ihn aus.",
}


def test_the_card_is_in_the_language_spoken(tmp_path: Path) -> None:
    with speaking(language_of(tmp_path, GERMAN)):
        card = card_of("---\nkind: outcome\ntitle: T\nstatus: activ\nowner: [1]\nfoo: 1\n---\n")
    assert card.title == "3 Fehler verbergen diesen Eintrag"
    assert text_of(card.place) == f"{PATH}, Zeilen 4, 5 und 6."
    assert [mend.where for mend in card.mends] == ["Zeile 4.", "Zeile 5.", "Zeile 6."]
    _, text, unknown = card.mends
    assert text_of(text.message) == "owner ist eine Liste und kein Text."
    assert text_of(unknown.message) == "Ein Outcome hat kein Feld foo."
    assert text_of(unknown.rule) == "PB012: Ein unbekanntes Feld ist meist vertippt."
    assert "|        ^^^^^ gemeint: `active`?" in lines(card)
    assert card.problems[1].message == "`owner` is a list, not text"


def test_the_page_of_a_card_is_in_the_language_of_the_site(tmp_path: Path) -> None:
    view = view_of({PATH: "---\nkind: outcome\ntitle: T\nstatus: draft\nfoo: 1\n---\n"})
    (page,) = (page for page in record_pages(view) if page.path == PATH)
    german = language_of(tmp_path, GERMAN)
    told = parse(renderer(Addresses(), language=german).render(page))
    assert told.one("section", class_="op-error").one("h2").text == (
        "1 Fehler verbirgt diesen Eintrag"
    )
    assert "Ein Outcome hat kein Feld foo." in told.text
    assert "Der Rest der Site kommt ohne ihn aus." in told.text
