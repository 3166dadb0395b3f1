"""What one file is read as, and the problems of one file: the tables in `tests/cases`."""

import pytest

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.records.reading import read_record, reading_once
from outcome_playbook.records.values import LONGEST_ID
from outcome_playbook.yaml12 import MAX_DEPTH, syntax
from tests.cases.reading import Case, cases, file_of, name_of, shown
from tests.factories import record

TABLES = ("files", "front_matter", "names", "values")
ALL = [case for table in TABLES for case in cases(table)]


@pytest.mark.parametrize("case", ALL, ids=name_of)
def test_a_file_has_these_problems_and_no_others(case: Case) -> None:
    assert [shown(problem) for problem in file_of(case).problems] == case["problems"]


@pytest.mark.parametrize("case", [case for case in ALL if "fields" in case], ids=name_of)
def test_fields_are_read_as_plain_data(case: Case) -> None:
    fields = file_of(case).front.fields
    found = {name: fields.get(name) for name in case["fields"]}
    assert repr(found) == repr(case["fields"])  # 1, 1.0 and true are equal and not the same


@pytest.mark.parametrize("case", [case for case in ALL if "body" in case], ids=name_of)
def test_the_body_is_what_stands_below_the_front_matter(case: Case) -> None:
    front = file_of(case).front
    assert front.body == case["body"]
    assert front.body_line == case.get("body_line", front.body_line)


@pytest.mark.parametrize("case", [case for case in ALL if "title" in case], ids=name_of)
def test_a_file_is_named_by_the_best_that_is_known(case: Case) -> None:
    assert file_of(case).title == case["title"]


def test_every_sentence_about_syntax_has_a_case() -> None:
    said = {problem["says"] for case in ALL for problem in case["problems"]}
    assert {message for _, message, _ in syntax._PLAIN_WORDS} <= said


def test_no_message_is_pydantics_or_the_parsers() -> None:
    said = " ".join(problem["says"] for case in ALL for problem in case["problems"])
    for words in (
        "Input should",
        "cannot be read:",
        "YAML cannot read",
        "while parsing",
        "NoneType",
    ):
        assert words not in said


def test_a_record_is_kept_unless_something_in_it_is_wrong() -> None:
    for case in ALL:
        file = file_of(case)
        inside = [problem for problem in file.problems if problem.span is not None]
        assert (file.record is None) == bool(inside), case["name"]


# Sizes that no table holds -----------------------------------------------------------------------


def problems_of(front: str) -> list[dict[str, str]]:
    return [shown(p) for p in read_record("hypotheses/x.md", front.encode()).problems]


@pytest.mark.parametrize(
    "value",
    ["[" * 200_000, "{" * 200_000, "[{" * 100_000, "\n" + "- " * 200_000, "\n" + "? " * 200_000],
    ids=["brackets", "braces", "both", "dashes", "question marks"],
)
def test_bottomless_nesting_is_refused_before_it_reaches_the_c_parser(value: str) -> None:
    (problem,) = problems_of(f"---\ntitle: {value}\n---\n")
    assert problem["says"] == "the front matter is nested more than 40 levels deep"
    assert problem["fix"] == "write the value as text or as a short list"


def test_bottomless_nesting_by_indent_is_refused() -> None:
    steps = "\n".join(" " * depth + "a:" for depth in range(2_000))
    (problem,) = problems_of(f"---\n{steps}\n---\n")
    assert problem["at"] == "error[PB028] 42:41-42:41"


def test_nesting_is_allowed_to_a_depth_that_no_field_needs() -> None:
    depth = MAX_DEPTH - 1  # the mapping around it is the first
    text = record("outcome", raw=f"x-deep: {'[' * depth}{']' * depth}")
    assert problems_of(text) == []
    (problem,) = problems_of(record("outcome", raw=f"x-deep: {'[' * 40}{']' * 40}"))
    assert problem["at"] == "error[PB028] 2:48-2:49"


def test_a_billion_laughs_end_at_the_first() -> None:
    lines = ["a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    lines += [
        f"{name}: &{name} [{', '.join(f'*{before}' for _ in range(9))}]"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    ]
    (problem,) = problems_of("---\n" + "\n".join(lines) + "\n---\n")
    assert problem["at"] == "error[PB010] 2:4-2:6"
    assert problem["says"] == "`&a` is a YAML anchor; records use none"


@pytest.mark.parametrize(
    "number",
    ["9" * 5_000, "-" + "9" * 400, "0x" + "f" * 5_000, "0o" + "7" * 5_000, "1e" + "9" * 5_000],
    ids=["digits", "as large as no float", "hexadecimal", "octal", "exponent"],
)
def test_a_number_too_large_to_compare_is_refused(number: str) -> None:
    (problem,) = problems_of(record("outcome", raw=f"baseline: {number}"))
    assert problem["says"] == f"`{number[:40]}…` is no number that can be counted with"
    assert problem["at"] == f"error[PB018] 2:11-2:{11 + len(number)}"


def test_a_large_number_that_a_float_holds_is_read() -> None:
    file = read_record("x.md", record("outcome", raw=f"baseline: {'9' * 300}").encode())
    assert file.problems == []


@pytest.mark.parametrize("value", ["word " * 200_000, "x" * 1_000_000, "é" * 500_000])
def test_a_megabyte_of_text_is_a_value(value: str) -> None:
    file = read_record("x.md", record("outcome", raw=f"problem: {value}").encode())
    assert file.problems == []
    assert file.record is not None
    assert file.front.fields["problem"] == value.strip()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("baseline", "`baseline` is text, not a number: `{}…`"),
        ("target_date", "`target_date` is not a date: `{}…`"),
        ("status", "`{}…` is not a status of an outcome"),
        ("metric", "`{}…` is no id: ids are lower-case letters, digits and hyphens"),
        ("tags", "`tags` is text, not a list"),
    ],
)
def test_a_megabyte_is_cut_in_a_message(field: str, said: str) -> None:
    text = record("outcome", raw=f"{field}: {'Ab ' * 350_000}")
    (problem,) = problems_of(text)
    assert problem["says"] == said.format(("Ab " * 20)[:59])
    assert len(problem["fix"]) < 200


def test_a_key_as_long_as_a_book_is_cut_in_a_message() -> None:
    (problem,) = problems_of(record("outcome", raw=f"? {'k' * 100_000}\n: 1"))
    assert problem["says"] == f"`{'k' * 59}…` is not a field of an outcome"


def test_an_id_may_be_as_long_as_a_file_system_can_name() -> None:
    longest = "a" * LONGEST_ID
    assert problems_of(record("outcome", aliases=[longest])) == []
    (problem,) = problems_of(record("outcome", raw=f"aliases: [{longest}a]"))
    assert problem == {
        "at": "error[PB019] 2:11-2:212",
        "says": "`aliases[1]` has 201 characters; an id has 200 at most",
        "fix": "write the name of the record's file, without `.md`",
    }


def test_a_file_name_may_be_as_long_as_an_id() -> None:
    data = record("outcome").encode()
    assert read_record(f"hypotheses/{'a' * LONGEST_ID}.md", data).problems == []
    (problem,) = read_record(f"hypotheses/{'a' * 201}.md", data).problems
    assert shown(problem) == {
        "at": "error[PB019] nowhere",
        "says": "the file's name has 201 characters; an id has 200 at most",
        "fix": "give the file a shorter name",
    }


def test_ten_thousand_problems_in_one_file_are_all_reported() -> None:
    raw = "".join(f"field_{number}: x\n" for number in range(10_000))
    problems = read_record("x.md", record("outcome", raw=raw).encode()).problems
    assert len(problems) == 10_000
    assert shown(problems[-1])["at"] == "error[PB012] 10001:1-10001:11"


def test_what_two_versions_share_is_read_once_and_has_problems_of_its_own_in_each() -> None:
    read = reading_once()
    text = record("metric").encode()
    one, other = read("content/metrics/x.md", text), read("content/metrics/x.md", text)
    assert one.record is not None
    assert one.record is other.record
    one.report(catalogue.CYCLE, Severity.ERROR, told("a rule"), told("of one version"))
    assert not other.problems
    assert not read("content/metrics/x.md", text).problems
    assert read("content/metrics/y.md", text).id == "y"
    assert read("content/metrics/x.md", text.replace(b"kind", b"knid")).problems
