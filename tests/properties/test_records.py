"""Records: whatever stands in a field, it is told in words; your own fields change nothing."""

import json
import re
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_playbook.diagnostics import Severity, writers
from outcome_playbook.records import guesses
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.reading import read_record
from outcome_playbook.records.values import ID
from tests.factories import family, problems, read, record
from tests.properties.test_front_matter import assert_inside
from tests.properties.values import (
    DATA,
    FIELD_DATA,
    FIELDS,
    KINDS_AND_STATUSES,
    TRICKY,
    WORDS,
)

OWN_FIELDS = st.dictionaries(WORDS.map("x-{}".format), DATA, max_size=4)


def as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


@st.composite
def records(draw: st.DrawFn) -> str:
    """Draw a record that is valid but for a few fields, whose values may be anything."""
    kind, status = draw(st.sampled_from(KINDS_AND_STATUSES))
    values = draw(st.dictionaries(st.sampled_from(FIELDS[Kind(kind)]), FIELD_DATA, max_size=4))
    raw = "".join(f"{name}: {as_json(v)}\n" for name, v in values.items())
    return record(kind, raw=raw, status=status)


@settings(max_examples=500)  # the one place where a record could be lost in silence
@given(records())
def test_whatever_stands_in_a_field_is_told_in_our_words(text: str) -> None:
    found = read({"hypotheses/x.md": text}).files[0]
    said = set()
    for problem in found.problems:
        assert (problem.span, problem.message) not in said, "one problem is told once"
        said.add((problem.span, problem.message))
        assert problem.help
        assert "\n" not in problem.message
        assert len(problem.message) < 300
        assert not re.search(r"cannot be read:|[Ii]nput should|None|True|False", problem.message)
        if problem.span is not None:
            assert_inside(problem.span, text.split("\n"))
    errors = [p for p in found.problems if p.severity is Severity.ERROR]
    assert found.record is not None or errors


@given(st.sampled_from(KINDS_AND_STATUSES), OWN_FIELDS)
def test_a_valid_record_stays_valid_with_fields_of_your_own(
    what: tuple[str, str], own: dict[str, Any]
) -> None:
    kind, status = what
    raw = "".join(f"{as_json(name)}: {as_json(v)}\n" for name, v in own.items())
    files = family(kind, raw=raw, status=status)
    assert problems(files) == []
    path = next(iter(files))
    plain = read_record(path, record(kind, status=status).encode())
    assert read_record(path, files[path].encode()).record == plain.record


@given(st.text(st.characters()), st.integers(1, 300), st.integers(0, 300))
def test_carets_stand_below_the_line_that_is_shown(source: str, column: int, length: int) -> None:
    shown, carets = writers.excerpt(source, min(column, len(source) + 1), column + length)
    assert shown.isprintable()
    assert set(carets.lstrip(" ")) == {"^"}
    assert len(carets) <= 2 * (len(shown) + 1)


# Guesses ----------------------------------------------------------------------------------------

SOMETHING = (
    WORDS | TRICKY | st.from_regex(r"[-+−€$]?[0-9.,' _/]{1,12}[%a-z T:]{0,6}", fullmatch=True)
)


@given(SOMETHING)
def test_what_is_proposed_can_be_written(text: str) -> None:
    if (day := guesses.day(text)) is not None:
        assert date.fromisoformat(day).isoformat() == day
    if (number := guesses.number(text)) is not None:
        assert read_record("x.md", record("outcome", raw=f"baseline: {number}").encode()).record
    if (share := guesses.share(text)) is not None:
        assert 0 <= float(share) <= 1
    if (id_ := guesses.record_id(text)) is not None:
        assert ID.fullmatch(id_)
    if (names := guesses.names(text)) != []:
        raw = f"tags: [{', '.join(names)}]"
        assert read_record("x.md", record("outcome", raw=raw).encode()).record
    if (address := guesses.address(text)) is not None:
        raw = f"sources:\n  - {{title: A page, url: '{address}'}}"
        assert read_record("x.md", record("outcome", raw=raw).encode()).record
