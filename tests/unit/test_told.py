"""Sentences that are English everywhere, and can be told again in the language of a page."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from outcome_playbook.diagnostics import Problem, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import NOTHING, Told, both, either, inside, listed, told
from outcome_playbook.pages import words
from outcome_playbook.pages.language import speaking
from outcome_playbook.playbook import read_playbook
from outcome_playbook.records.asks import asked
from outcome_playbook.records.fields import Form, parts_of
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.settings import Settings
from tests.cases.reading import Case, cases, file_of, name_of, problems_of
from tests.factories import write
from tests.pages.tables import Texts, language_of
from tools.words import words as words_in_the_code

OURS = {message.id for message in words_in_the_code() if isinstance(message.id, str)}
TABLES = ("files", "front_matter", "names", "values")


def test_what_is_told_is_its_english() -> None:
    sentence = told("`%(field)s` is %(what)s: 35%%", field="unit", what=told("a list"))
    assert sentence == "`unit` is a list: 35%"
    assert f"{sentence}!" == "`unit` is a list: 35%!"
    assert hash(sentence) == hash("`unit` is a list: 35%")
    assert sentence.template == "`%(field)s` is %(what)s: 35%%"


def test_what_is_listed_is_joined_by_our_words() -> None:
    assert listed(["a", "b", "c"]) == "a, b, c"
    assert both(["a", "b", "c"]) == "a and b and c"
    assert either(["a", "b"]) == "a or b"
    assert either(["a"]) == both(["a"]) == listed(["a"]) == "a"


GERMAN: Texts = {
    "`%(field)s` is %(what)s, not text": "%(what)s statt Text: `%(field)s`",
    "a list": "eine Liste",
    "%(some)s or %(last)s": "%(some)s oder %(last)s",
    "The metric that shows it": "Die Metrik, die es zeigt",
    "add `%(field)s`: %(meaning)s": "`%(field)s` fehlt: %(meaning)s",
    "%, days, USD, …": "%, Tage, USD, …",
    "a line cannot begin with `%%`": "keine Zeile beginnt mit `%%`",
}


@pytest.mark.parametrize(
    ("english", "german"),
    [
        (
            told("`%(field)s` is %(what)s, not text", field="unit", what=told("a list")),
            "eine Liste statt Text: `unit`",
        ),
        (either(["`a`", "`b`", told("a list")]), "`a` oder `b` oder eine Liste"),
        (told("a line cannot begin with `%%`"), "keine Zeile beginnt mit `%`"),
        (told("`%(field)s` is empty", field="100%(x)s"), "`100%(x)s` is empty"),
        (told("no table has %(what)s", what=told("a list")), "no table has eine Liste"),
        (
            told(
                "add `%(field)s`: %(meaning)s",
                field="m",
                meaning=inside("The metric that shows it"),
            ),
            "`m` fehlt: Die Metrik, die es zeigt",
        ),
        (inside("%, days, USD, …"), "%, Tage, USD, …"),
        (inside("By when"), "by when"),
        ("The metric that shows it", "Die Metrik, die es zeigt"),
        ("%, days, USD, …", "%, Tage, USD, …"),
        ("35% of nothing", "35% of nothing"),
        (NOTHING, ""),
        ("", ""),
    ],
)
def test_a_table_translates_a_sentence_and_its_values(
    english: str, german: str, tmp_path: Path
) -> None:
    with speaking(language_of(tmp_path, GERMAN)):
        assert words.translated(english) == german
    assert words.translated(english) == english


def templates_of(problem: Problem) -> Iterator[str]:
    """Yield every text that the tables are asked for when a page shows a problem."""
    for sentence in (problem.message, problem.help, problem.label):
        assert isinstance(sentence, Told), sentence
        if sentence:
            yield from _templates(sentence)


def _templates(sentence: Told) -> Iterator[str]:
    yield sentence.template
    for value in (sentence.values or {}).values():
        if isinstance(value, Told):
            yield from _templates(value)


@pytest.mark.parametrize("case", [case for name in TABLES for case in cases(name)], ids=name_of)
def test_tables_are_asked_for_words_in_the_code_only(case: Case) -> None:
    for problem in file_of(case).problems:
        assert set(templates_of(problem)) <= OURS


@pytest.mark.parametrize("case", cases("rules"), ids=name_of)
def test_so_they_are_by_every_rule(case: Case, tmp_path: Path) -> None:
    for problem in problems_of(tmp_path, case):
        assert set(templates_of(problem)) <= OURS


@pytest.mark.parametrize("kind", Kind)
def test_every_status_that_asks_for_something_has_its_words(kind: Kind, tmp_path: Path) -> None:
    for status in STATUSES[kind]:
        path = f"hypotheses/{status.replace('_', '-')}.md"
        write(tmp_path, {path: f"---\nkind: {kind}\ntitle: T\nstatus: {status}\n---\n"})
    found = read_playbook(tmp_path, Settings(), "content").problems
    asks = {ask for status in STATUSES[kind] for ask in asked(kind, status)}
    assert {p.fields for p in found if p.fields} == {a.fields for a in asks if not a.only_method}
    assert set().union(*map(templates_of, found)) <= OURS


def descriptions(model: type[BaseModel]) -> Iterator[str]:
    for field in model.model_fields.values():
        yield field.description or ""
        for part in parts_of(field):
            if isinstance(part, Form):
                yield part.words
            elif isinstance(part, type) and issubclass(part, BaseModel):
                yield from descriptions(part)


def test_what_the_reference_shows_is_marked_as_ours() -> None:
    rules = [rule for rule in vars(catalogue).values() if isinstance(rule, Rule)]
    shown = {text for rule in rules for text in (rule.name, rule.why)}
    shown |= {model.__doc__ or "" for model in MODELS.values()}
    models: list[type[BaseModel]] = [*MODELS.values(), Settings]
    shown |= {text for model in models for text in descriptions(model)}
    assert shown <= OURS
