"""The questions that search is judged by: enough of them, about what is there, in stable halves."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.finding import percentile
from benchmarks.relevance.generated import Asker, write_relevant_playbook
from benchmarks.relevance.prose import in_other_number, without_accents
from benchmarks.relevance.questions import Question, demo_questions, mean, reciprocal_rank

REPOSITORY = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[Question]]:
    root = tmp_path_factory.mktemp("playbook")
    write_relevant_playbook(root, 60)
    return root, Asker(root).questions()


def test_the_record_meant_counts_by_its_place() -> None:
    assert reciprocal_rank(["a", "b"], ("a",)) == 1
    assert reciprocal_rank(["a", "b"], ("b", "c")) == 0.5
    assert reciprocal_rank(["a", "b"], ("c",)) == 0
    assert mean([1, 0.5, 0]) == 0.5
    assert mean([]) == 0


def test_a_percentile_is_a_value_that_was_measured() -> None:
    assert percentile([3, 1, 2], 0.95) == 3
    assert percentile(list(range(1, 101)), 0.95) == 95


def test_a_half_follows_from_the_words_and_stays() -> None:
    halves = {typed: Question(typed, ("a",), "id").half for typed in ("robocall", "quetia")}
    assert halves == {"robocall": "tuning", "quetia": "held-out"}
    assert Question("ROBOCALL", ("other",), "title").half == halves["robocall"]


def test_the_questions_about_the_demo_are_many_and_mean_records_that_are_there() -> None:
    questions = demo_questions()
    folders = (REPOSITORY / "content", REPOSITORY / "hypotheses")
    ids = {path.stem for folder in folders for path in folder.rglob("*.md")}
    assert len(questions) >= 90
    assert [one for one in questions if not set(one.meant) <= ids] == []
    halves = Counter(one.half for one in questions)
    assert min(halves.values()) >= len(questions) * 0.4


def test_with_those_about_a_generated_playbook_there_are_over_150(
    asked: tuple[Path, list[Question]],
) -> None:
    root, questions = asked
    ids = {path.stem for path in root.rglob("*.md")}
    assert len(questions) + len(demo_questions()) >= 150
    assert {id_ for one in questions for id_ in one.meant} <= ids
    # Nobody half remembers what was made up by a program.
    assert {one.sort for one in questions} >= {one.sort for one in demo_questions()} - {
        "half remembered"
    }


def test_the_same_questions_are_drawn_again(asked: tuple[Path, list[Question]]) -> None:
    root, questions = asked
    assert Asker(root).questions() == questions


def test_what_is_generated_has_two_languages(asked: tuple[Path, list[Question]]) -> None:
    _, questions = asked
    assert any(set("äöüß") & set(one.typed) for one in questions)
    assert any("reminder" in one.typed or "letter" in one.typed for one in questions)


@pytest.mark.parametrize(
    ("word", "other"),
    [("letter", "letters"), ("letters", "letter"), ("survey", "surveys"), ("bakery", "bakeries")],
)
def test_a_noun_is_put_in_the_other_number(word: str, other: str) -> None:
    assert in_other_number(word) == other


def test_accents_are_left_out_as_they_are_typed() -> None:
    assert without_accents("Größenänderung") == "Grossenanderung"
