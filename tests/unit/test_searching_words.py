"""The words of the index. The table is shared with those of the browser's engine."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook.searching.words import LONGEST, Words, index_words, query_words

TABLE = Path(__file__).parents[1] / "cases" / "words.json"
CASES: list[dict[str, Any]] = json.loads(TABLE.read_text(encoding="utf-8"))


def places(case: dict[str, Any], of: str) -> list[int]:
    """Return the places of a case's words: one after the other, unless the table says more."""
    return list(case.get(f"{of}_places", range(len(case[of]))))


@pytest.mark.parametrize("case", CASES, ids=lambda case: ascii(case["text"])[:40])
def test_the_words_of_a_text(case: dict[str, Any]) -> None:
    for of, read in (("index", index_words), ("query", query_words)):
        found = read(case["text"])
        assert (found.words, list(found.places)) == (case[of], places(case, of)), of


def test_every_way_to_write_a_name_is_found_by_every_other() -> None:
    for spellings in (
        ("Crème", "creme", "CRE\u0300ME"),
        ("Straße", "STRASSE", "strasse"),
        ("שָׁלוֹם", "שלום"),
        ("مُحَمَّد", "محمد"),
        ("co\u00adop", "coop"),
        ("\uff26\uff55ll", "full"),
    ):
        assert len({tuple(index_words(text).words) for text in spellings}) == 1, spellings


@given(st.text())
def test_what_is_asked_for_is_what_is_indexed(text: str) -> None:
    def pairs(found: Words) -> set[tuple[int, str]]:
        return set(zip(found.places, found.words, strict=True))

    indexed, asked = index_words(text), query_words(text)

    assert pairs(asked) <= pairs(indexed)
    assert asked.end == indexed.end
    assert all(place < indexed.end for place in indexed.places)
    assert all(0 < len(word) <= LONGEST and not word.isspace() for word in indexed.words)


@given(st.text(st.characters(max_codepoint=127)))
def test_ascii_is_read_as_the_rest_is(text: str) -> None:
    # The same text with a letter beyond ASCII behind it takes the slower way.
    assert [*index_words(text).words, "ж"] == index_words(f"{text} ж").words
