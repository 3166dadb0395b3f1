"""Front matter: whatever the text is, it is read without harm and nothing of it is lost."""

import json
import re
from typing import Any

import yaml
from hypothesis import assume, example, given
from hypothesis import strategies as st

from outcome_playbook import frontmatter, yaml12
from outcome_playbook.diagnostics import Span, writers
from outcome_playbook.frontmatter import FrontMatter
from outcome_playbook.records.reading import read_record
from tests.properties.values import DATA, SCALARS, TRICKY, WORDS

ANY_TEXT = st.text(st.characters())  # lone surrogates too: a caller may hand over anything
LINES = st.lists(
    st.sampled_from(["---", "---  ", "----", "...", " ---", "kind: outcome", "- a", "  b: 1", "a:"])
    | st.builds("{}: {}".format, TRICKY, TRICKY)
    | TRICKY
    | ANY_TEXT,
    max_size=12,
)
AROUND_DASHES = LINES.map("\n".join) | LINES.map(lambda lines: "\n".join(["---", *lines, "---"]))


def assert_inside(span: Span, lines: list[str]) -> None:
    assert 1 <= span.line <= span.end_line <= len(lines)
    assert 1 <= span.column <= len(lines[span.line - 1]) + 1
    assert 1 <= span.end_column <= len(lines[span.end_line - 1]) + 1
    assert (span.line, span.column) <= (span.end_line, span.end_column)


def read(text: str) -> tuple[FrontMatter, list[str]]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return frontmatter.read(text), text.split("\n")


@given(ANY_TEXT | AROUND_DASHES)
@example("---\n[")
@example("---\n\ufeff\n---\n")
@example("---\n? \n---")
@example("---\n!<\n---")
@example("---\n\x85&a\u2028*a\n---")
def test_reading_never_fails_and_every_place_lies_inside_the_file(text: str) -> None:
    front, lines = read(text)
    for fault in front.faults:
        assert_inside(fault.span, lines)
        assert fault.message
        assert "\n" not in fault.message + fault.help
        assert len(fault.message + fault.help) < 300
    for span in (*front.keys.values(), *front.values.values()):
        assert_inside(span, lines)


@given(ANY_TEXT | AROUND_DASHES)
def test_something_is_read_or_something_is_said(text: str) -> None:
    front, _ = read(text)
    assert front.fields or front.faults


@given(AROUND_DASHES, ANY_TEXT)
def test_front_matter_and_body_lose_no_line(text: str, body: str) -> None:
    front, lines = read(f"{text}\n{body}")
    assert front.body.split("\n") == lines[front.body_line - 1 :]
    if front.body_line > 1:
        above = lines[: front.body_line - 1]
        assert set(above[0].strip()) == set(above[-1].strip()) == {"-"}


@given(st.binary() | AROUND_DASHES.map(lambda text: text.encode("utf-8", "surrogatepass")))
def test_bytes_of_any_sort_are_a_file_with_problems_inside_it(data: bytes) -> None:
    file = read_record("hypotheses/x.md", data)
    shown = data.removeprefix(b"\xef\xbb\xbf").decode(errors="replace")
    lines = shown.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for problem in file.problems:
        if problem.span is not None:
            assert_inside(problem.span, lines)
    assert file.record is not None or file.problems
    for block in writers.as_text(file.problems, lambda _: lines):
        assert all(line.isprintable() for line in block.split("\n"))


# Data -------------------------------------------------------------------------------------------


def parsed(text: str) -> Any:
    found = yaml12.parse(text)
    assert found.faults == []
    return found.data


@given(st.dictionaries(WORDS | TRICKY, DATA, min_size=1, max_size=4))
def test_data_written_as_json_is_read_as_it_was(data: dict[str, Any]) -> None:
    found = parsed(json.dumps(data, ensure_ascii=False))
    assert repr(found) == repr(data)


# YAML 1.1 leaves these plain, and YAML 1.2 reads them as numbers.
NUMBERS_OF_YAML_12_ALONE = re.compile(
    r"0o[0-7]+|[-+]?(?:[0-9]+|[0-9]*\.[0-9]*)[eE][-+]?[0-9]+|[-+]\.[0-9]+"
)


@given(
    st.lists(SCALARS, max_size=6),
    st.booleans(),
    st.sampled_from([True, False, None]),
)
def test_data_written_by_pyyaml_is_read_as_it_was(
    values: list[Any], allow_unicode: bool, flow: bool | None
) -> None:
    texts = [value for value in values if isinstance(value, str)]
    assume(not any(map(NUMBERS_OF_YAML_12_ALONE.fullmatch, texts)))
    assume(not re.search("[\x85\u2028\u2029]", "".join(texts)))  # PyYAML folds them like lines
    text = yaml.safe_dump(values, allow_unicode=allow_unicode, default_flow_style=flow)
    assert repr(parsed(text)) == repr(values)


@given(st.dictionaries(WORDS | TRICKY, SCALARS, min_size=1, max_size=6))
def test_the_place_of_a_key_holds_the_key(data: dict[str, Any]) -> None:
    text = (
        "---\n"
        + "\n".join(f"{json.dumps(k)}: {json.dumps(v)}" for k, v in data.items())
        + "\n---\n"
    )
    front, lines = read(text)
    for key in front.fields:
        span = front.keys[(key,)]
        assert span.line == span.end_line
        assert json.loads(lines[span.line - 1][span.column - 1 : span.end_column - 1]) == key
