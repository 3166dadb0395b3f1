"""Problems as text for a terminal and as JSON for a program."""

import json

import pytest

from outcome_playbook.diagnostics import Problem, Severity, Span, by_position, catalogue, writers
from outcome_playbook.diagnostics.told import Told, told
from tests.factories import problems

PATH = "hypotheses/2026-11-trust-badge.md"


def problem(
    span: Span | None = None, message: str = "it is wrong", path: str = PATH, label: str = ""
) -> Problem:
    return Problem(
        catalogue.WRONG_TYPE,
        Severity.ERROR,
        path,
        Told(message, message, None),
        told("mend it"),
        span,
        Told(label, label, None),
    )


def block(found: Problem, source: str) -> list[str]:
    (text,) = writers.as_text([found], lambda _: source.split("\n"))
    return text.split("\n")


def carets(source: str, column: int, end: int) -> tuple[str, str]:
    """Return the source line of a block and the line of carets below it, without the gutter."""
    lines = block(problem(Span(1, column, 1, end)), source)
    return lines[3].removeprefix(" 1 | "), lines[4].removeprefix("   | ")


def test_a_problem_is_printed_as_the_handbook_shows_it() -> None:
    text = "---\nkind: experiment\ntitle: A badge\nstatus: planned\nhypotesis: trust-badge\n---\n"
    found = problems({PATH: text})
    assert "\n".join(writers.as_text(found, lambda _: text.split("\n"))) == (
        "error[PB012]: `hypotesis` is not a field of an experiment\n"
        "  --> hypotheses/2026-11-trust-badge.md:5:1\n"
        "   |\n"
        " 5 | hypotesis: trust-badge\n"
        "   | ^^^^^^^^^ did you mean `hypothesis`?\n"
        "   = why: an unknown field is almost always a typing error, and its value would be lost\n"
        "   = fix: rename it to `hypothesis`"
    )


def test_the_gutter_grows_with_the_line_number() -> None:
    source = "\n" * 1233 + "title: [A]"
    assert block(problem(Span(1234, 8, 1234, 11)), source) == [
        "error[PB016]: it is wrong",
        f"  --> {PATH}:1234:8",
        "      |",
        " 1234 | title: [A]",
        "      |        ^^^",
        "      = why: a value of another type would be read as something else",
        "      = fix: mend it",
    ]


def test_a_problem_without_a_place_shows_no_source() -> None:
    assert block(problem(), "title: A") == [
        "error[PB016]: it is wrong",
        f"  --> {PATH}",
        "   = why: a value of another type would be read as something else",
        "   = fix: mend it",
    ]


def test_a_line_that_is_not_there_is_not_shown() -> None:
    assert len(block(problem(Span(3, 1, 3, 2)), "one\ntwo")) == 4


def test_an_empty_line_is_shown_without_trailing_space() -> None:
    assert block(problem(Span(1, 1, 1, 1)), "")[2:5] == ["   |", " 1 |", "   | ^"]


@pytest.mark.parametrize(
    ("source", "column", "end", "below"),
    [
        ("title: A title", 8, 15, "       ^^^^^^^"),
        ("title:", 7, 7, "      ^"),  # behind the last character, where a value is missing
        ("日本: 日本", 5, 7, "      ^^^^"),  # a wide letter takes two columns
        ("😀: x", 4, 5, "    ^"),
        ("e\u0301: x", 5, 6, "   ^"),  # a combining mark takes none
        ("❤\ufe0f: x", 5, 6, "   ^"),  # nor does a variation selector
        ("a\tb: x", 6, 7, "     ^"),  # a tab is shown as one space
        ("title: ﬁ x", 8, 9, "       ^"),
    ],
)
def test_carets_stand_below_what_they_mean(source: str, column: int, end: int, below: str) -> None:
    assert carets(source, column, end)[1] == below


def test_carets_of_several_lines_end_with_the_first() -> None:
    lines = block(problem(Span(1, 10, 4, 1)), "results: - metric: a\n  low: 1\n")
    assert lines[3:5] == [" 1 | results: - metric: a", "   |          ^^^^^^^^^^^"]


def test_a_megabyte_on_one_line_is_cut_around_the_carets() -> None:
    source = "a" * 500_000 + "XYZ" + "b" * 500_000
    shown, below = carets(source, 500_001, 500_004)
    assert shown == "…" + "a" * 20 + "XYZ" + "b" * 77 + "…"
    assert below == " " * 21 + "^^^"


def test_a_long_value_is_cut_at_its_end() -> None:
    shown, below = carets("title: " + "a" * 500_000, 8, 500_008)
    assert shown == "title: " + "a" * 93 + "…"
    assert below == " " * 7 + "^" * 93


def test_the_end_of_a_long_line_is_shown_to_its_end() -> None:
    shown, below = carets("a" * 300 + "X", 301, 302)
    assert shown == "…" + "a" * 99 + "X"
    assert below == " " * 100 + "^"


@pytest.mark.parametrize(
    "sign",
    ["\x1b[31m", "\x07", "\x9b2J", "\u202e", "\u2066", "\x7f", "\x08", "\r", "\u2028", "\x85"],
    ids=ascii,
)
def test_a_terminal_is_not_told_what_to_do(sign: str) -> None:
    found = problem(
        Span(1, 1, 1, 2), f"`{sign}` is wrong", f"hypotheses/{sign}.md", f"mean `{sign}`?"
    )
    text = "\n".join(block(found, f"{sign} title"))
    assert sign[0] not in text
    assert text.count("\N{REPLACEMENT CHARACTER}") == 4


def test_a_message_is_one_line_even_of_a_file_named_over_two() -> None:
    lines = block(problem(None, "two\nlines", "hypotheses/two\nlines.md"), "")
    assert lines[:2] == ["error[PB016]: two lines", "  --> hypotheses/two lines.md"]


def test_json_holds_every_field_and_no_other() -> None:
    (found,) = json.loads(writers.as_json([problem(Span(2, 3, 4, 5))]))
    assert found == {
        "code": "PB016",
        "severity": "error",
        "path": PATH,
        "line": 2,
        "column": 3,
        "end_line": 4,
        "end_column": 5,
        "message": "it is wrong",
        "help": "mend it",
        "fixable": False,
    }


def test_json_of_an_unknown_position_is_null() -> None:
    (found,) = json.loads(writers.as_json([problem()]))
    places = ("line", "column", "end_line", "end_column")
    assert [found[name] for name in places] == [None] * 4


def test_json_of_no_problems_is_an_empty_list() -> None:
    assert json.loads(writers.as_json([])) == []


def test_json_keeps_letters_and_any_sign() -> None:
    text = writers.as_json([problem(None, "Café \x1b\u2028 日本 \"`'")])
    assert "Café" in text
    assert json.loads(text)[0]["message"] == "Café \x1b\u2028 日本 \"`'"


def test_json_of_a_file_name_that_is_no_text_can_be_written() -> None:
    text = writers.as_json([problem(None, path="hypotheses/\udcff.md")])
    assert json.loads(text.encode())[0]["path"] == "hypotheses/?.md"


def test_problems_are_sorted_as_a_reader_meets_them() -> None:
    first = problem(None, "b", "a.md")
    second = problem(Span(1, 2, 1, 3), "a", "a.md")
    third = problem(Span(1, 2, 1, 3), "b", "a.md")
    fourth = problem(Span(2, 1, 2, 3), "a", "a.md")
    fifth = problem(None, "a", "b.md")
    assert by_position([fifth, third, fourth, second, first]) == [
        first,
        second,
        third,
        fourth,
        fifth,
    ]


def test_codes_are_never_given_twice() -> None:
    rules = [rule for rule in vars(catalogue).values() if isinstance(rule, catalogue.Rule)]
    assert len({rule.code for rule in rules}) == len({rule.name for rule in rules}) == len(rules)
