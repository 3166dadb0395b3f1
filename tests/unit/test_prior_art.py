from pathlib import Path
from typing import Any

import pytest

from outcome_playbook.playbook import read_playbook
from outcome_playbook.prior_art import Draft, nearest
from outcome_playbook.project import read_project
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Registry
from tests.factories import family, path_of, read, record

H, E = Kind.HYPOTHESIS, Kind.EXPERIMENT


@pytest.fixture(scope="module")
def demo() -> Registry:
    project = read_project(Path(__file__).parents[2] / "mkdocs.yml")
    return read_playbook(project.root, project.settings, project.docs_dir).registry


@pytest.mark.parametrize(
    ("kind", "fields", "first"),
    [
        (H, {"title": "A reminder letter before the deadline"}, ["one-more-reminder"]),
        (
            H,
            {
                "title": "Reminder letters bring in late survey answers",
                "outcome": "people-answer-government",
                "metric": "share-answering-survey",
                "change": "sending a second reminder letter a week before the visit",
            },
            ["second-survey-letter", "targeted-survey-cash"],
        ),
        (
            H,
            {"title": "Postcards lift vaccination among older people"},
            ["vaccine-prompts"],
        ),
        (
            H,
            {"title": "Letters to doctors who prescribe opioids", "metric": "risky-drug-days"},
            ["repeated-peer-comparison", "one-off-prescriber-messages"],
        ),
        (
            H,
            {"title": "Students renew their repayment plan when an email tells them how"},
            ["renew-or-repay-reminders", "repayment-emails-reach-borrowers"],
        ),
        (H, {"title": "Cash for people who answer"}, ["targeted-survey-cash"]),
        (
            H,
            {
                "title": "The search index is loaded once somebody searches",
                "outcome": "readers-find-what-was-learned",
            },
            ["search-fetched-when-asked"],
        ),
        (
            E,
            {"title": "Cash in the envelope", "hypothesis": "targeted-survey-cash"},
            ["targeted-cash-for-housing-survey"],
        ),
        (
            E,
            {"title": "Messages on flu shots in the patient portal"},
            ["flu-message-to-pregnant-patients", "flu-letters-to-medicare-members"],
        ),
        (Kind.OUTCOME, {"title": "More people get their flu shot"}, ["more-people-vaccinated"]),
        (Kind.METRIC, {"title": "Share of people vaccinated"}, ["share-vaccinated"]),
        (H, {"title": "Kürzere Briefe werden gelesen"}, []),
    ],
)
def test_a_new_record_finds_what_was_tried(
    demo: Registry, kind: Kind, fields: dict[str, Any], first: list[str]
) -> None:
    found = [each.id for each in nearest(demo, Draft(kind, fields))]
    assert found[: len(first) or None] == first


def test_a_neighbour_says_why_it_is_near_and_how_it_ended(demo: Registry) -> None:
    draft = Draft(
        H,
        {
            "title": "Cash in the letter makes more households answer the survey",
            "outcome": "people-answer-government",
            "metric": "share-answering-survey",
        },
    )
    near = {each.id: each for each in nearest(demo, draft)}["targeted-survey-cash"]
    assert near.because[:2] == ("same outcome", "same metric")
    assert near.because[2].startswith("words: cash, ")
    assert near.ending == "supported; its test: won, +0.7 percentage points"
    assert near.learning == (
        "The same cash, aimed at the people least likely to answer, brings slightly more answers."
    )


def test_a_record_of_the_registry_is_not_its_own_neighbour(demo: Registry) -> None:
    found = nearest(demo, demo.entries["one-more-reminder"], most=5)
    assert found
    assert "one-more-reminder" not in [each.id for each in found]
    assert found == nearest(demo, demo.entries["one-more-reminder"], most=5)


def of(kind: Kind, titles: dict[str, str], **fields: Any) -> Registry:
    return read({path_of(kind, id_): record(kind, title=t, **fields) for id_, t in titles.items()})


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("Vaccine postcards", "A postcard about vaccination", "words: vaccine, postcards"),
        ("Town forms", "Forms for towns", "words: town, forms"),
        ("Kürzere Briefe", "Ein Brief, kürzer", "words: kürzere, briefe"),
        ("Ярче письмо", "Ярким письмом, ярче", "words: письмо, ярче"),
        ("提醒信", "一封提醒信", "words: 提醒, 醒信"),
        ("Cafe\u0301 visits", "A visit to the caf\u00e9", "words: visits, café"),
    ],
)
def test_words_are_compared_in_any_language(one: str, other: str, words: str) -> None:
    registry = of(H, {"a": other, "b": "Something else altogether"})
    (near,) = nearest(registry, Draft(H, {"title": one}))
    assert near.id == "a"
    assert set(near.because[0].removeprefix("words: ").split(", ")) == set(
        words.removeprefix("words: ").split(", ")
    )


def test_words_that_say_nothing_make_no_neighbours() -> None:
    registry = of(H, {"a": "What they should have with the other one"})
    assert nearest(registry, Draft(H, {"title": "What the others have with 2026"})) == []
    assert nearest(read({}), Draft(H, {"title": "A letter"})) == []
    assert nearest(registry, Draft(H, {})) == []


def test_the_same_metric_is_a_reason_without_a_word_in_common() -> None:
    registry = read(family("hypothesis", title="Alpha", status="proposed"))
    (near,) = nearest(registry, Draft(H, {"title": "Beta", "metric": "a-metric"}))
    assert near.because == ("same metric",)
    assert near.ending == "proposed, one test not concluded"


@pytest.mark.parametrize(
    ("fields", "ending"),
    [
        ({}, "concluded: won, 55% against 40%, shipped"),
        (
            {"results": [{"metric": "a-metric", "estimate": -2.5}]},
            "concluded: won, −2.5 points, shipped",
        ),
        (
            {"results": [{"metric": "a-metric", "estimate": 0.6, "unit": "hazard ratio"}]},
            "concluded: won, hazard ratio 0.6, shipped",
        ),
        ({"results": None, "no_results": "Lost"}, "concluded: won, shipped"),
        ({"status": "running"}, "running, until 2026-10-01"),
        ({"status": "cancelled"}, "cancelled"),
    ],
)
def test_an_experiment_says_how_it_ended(fields: dict[str, Any], ending: str) -> None:
    fields = {"status": "concluded"} | fields
    registry = read(family("experiment", title="A dated letter", **fields))
    (near,) = nearest(registry, Draft(E, {"title": "Dated letters"}))
    assert near.ending == ending
    assert (near.learning is not None) is (fields["status"] == "concluded")


def test_a_hypothesis_ended_as_its_last_telling_test_did() -> None:
    files = family("hypothesis", title="A dated letter", status="supported")
    files[path_of("experiment", "later")] = record(
        "experiment", status="concluded", conclusion="invalid", end="2027-01-01"
    )
    (near,) = nearest(read(files), Draft(H, {"title": "Dated letters"}))
    assert near.ending == "supported; the last of its 2 tests: won, 55% against 40%, shipped"


def test_outcomes_and_metrics_say_where_they_stand() -> None:
    files = family("outcome", title="Answers in time", status="active")
    files[path_of("metric", "old")] = record("metric", status="deprecated", title="Timely answers")
    registry = read(files)
    (near,) = nearest(registry, Draft(Kind.OUTCOME, {"title": "Timely: answers in time"}))
    assert near.ending == "active; its hypotheses: 1 testing"
    (near,) = nearest(registry, Draft(Kind.METRIC, {"title": "Timely answer"}))
    assert near.ending == "deprecated, replaced by another-metric"
