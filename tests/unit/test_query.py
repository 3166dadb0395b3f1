"""The query language: what is found, what is wrong and where, in which order, in which groups."""

import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.pages.records.experiments import headline
from outcome_playbook.pages.view import View
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.query import (
    Asked,
    Evaluation,
    Fault,
    Field,
    Value,
    explain,
    field_table,
    read_columns,
    read_field,
    read_sort,
    read_where,
)
from outcome_playbook.query.parsing import DEEPEST, LONGEST, MOST, MOST_FIELDS
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.registry import Registry
from tests.cases.reading import Case, cases, name_of
from tests.queried import evaluation_of, registry


@pytest.fixture(scope="module")
def records() -> Registry:
    return registry()


@pytest.fixture(scope="module")
def evaluation(records: Registry) -> Evaluation:
    return evaluation_of(records)


def field(name: str, kind: Kind | None = None) -> Field:
    found = read_field(name, kind)
    assert isinstance(found, Field), found
    return found


def asked(
    where: str = "", kind: Kind | None = None, sort: str = "", group: str | None = None
) -> Asked:
    condition, faults = read_where(where, kind)
    by, wrong = read_sort(sort, kind)
    assert not [*faults, *wrong]
    return Asked(kind, condition, by, field(group, kind) if group else None)


def ids(evaluation: Evaluation, question: Asked) -> str:
    return " ".join(entry.id for entry in evaluation.find(question))


# What is found, and what is wrong -----------------------------------------------------------------


@pytest.mark.parametrize("case", cases("queries"), ids=name_of)
def test_a_query_finds_what_it_says_or_says_what_is_wrong(
    case: Case, records: Registry, evaluation: Evaluation
) -> None:
    kind = Kind(case["from"]) if "from" in case else None
    condition, faults = read_where(case["query"], kind, records)
    assert [shown(fault) for fault in faults] == case.get("faults", [])
    if "finds" in case:
        question = Asked(kind, condition)
        assert ids(evaluation, question) == case["finds"]
        assert evaluation.count(question) == len(case["finds"].split())
    else:
        # A name may be somebody's again tomorrow; all else stays wrong.
        only_names = all(fault.rule is catalogue.QUERY_NAME for fault in faults)
        assert (condition is not None) is only_names


def shown(fault: Fault) -> dict[str, str]:
    found = {
        "at": f"{fault.rule.code} {fault.start}-{fault.end}",
        "says": str(fault.message),
        "fix": str(fault.help),
        "label": str(fault.label),
    }
    return {name: text for name, text in found.items() if text}


def test_without_a_registry_no_name_is_looked_up() -> None:
    condition, faults = read_where("owner = Nobody and outcome = nowhere", None)
    assert condition is not None
    assert faults == []


# Bounds -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "says"),
    [
        (f'title ~ "{"x" * LONGEST}"', f"a query has at most {LONGEST} characters"),
        (f"{'(' * 41}stale{')' * 41}", f"a query has at most {DEEPEST} levels"),
        (f"{'not ' * 41}stale", f"a query has at most {DEEPEST} levels"),
        (
            " or ".join(f"{one.name} = none" for one in field_table(None)[: MOST_FIELDS + 1]),
            f"a query names at most {MOST_FIELDS} fields",
        ),
        (" or ".join(["stale"] * 201), f"a query has at most {MOST} conditions"),
    ],
)
def test_a_query_too_large_is_refused(query: str, says: str) -> None:
    condition, (fault,) = read_where(query, None)
    assert condition is None
    assert fault.message.startswith(says)
    assert 0 <= fault.start < fault.end <= len(query)


def test_a_query_as_large_as_may_be_is_answered(evaluation: Evaluation) -> None:
    deep = f"{'(' * 20}{'not ' * 20}stale{')' * 20}"
    assert ids(evaluation, asked(deep)) == "a-metric"
    wide = " or ".join(["silent"] * (MOST - 1) + ["stale"])
    assert ids(evaluation, asked(wide)) == "a-metric"


HOSTILE = (
    *("(" * 2000, "not " * 500, '"' * 1999, "[" * 2000, "= " * 1000, "a=" * 900, "\x00" * 9, "!="),
    *("." * 50, "a." * 999, "hypothesis." * 180, "-" * 2000, "\\" * 2000, '"\\', "9" * 1999, "\n"),
    *("owner = zz or " * 140 + "stale", "hypothesis = zz or " * 100 + "stale"),
    *("status in [" + "a," * 900, "{{ 1 }}", "${x}", "; rm -rf /", "__import__('os')", "\ud800"),
)


@pytest.mark.parametrize(
    "query", [*HOSTILE, *(f"title ~ {one}" for one in HOSTILE)], ids=lambda query: repr(query[:20])
)
def test_a_hostile_query_ends_soon_and_well(
    query: str, records: Registry, evaluation: Evaluation
) -> None:
    started = time.perf_counter()
    condition, faults = read_where(query, None, records)
    if condition is not None:
        evaluation.count(Asked(None, condition))
    assert time.perf_counter() - started < 2
    assert all(0 <= fault.start < fault.end <= len(query) + 1 for fault in faults)


@pytest.mark.parametrize("number", ["9" * 400, "1e400", "nan", "inf", "1_000", "0x10", "--1"])
def test_a_number_is_finite_and_written_plainly(number: str) -> None:
    assert read_where(f"effect > {number}", None)[1]


@pytest.mark.parametrize("day", ["+999999y", "-999999d", "-999999m", "+999999w"])
def test_a_day_beyond_the_calendar_is_its_end(day: str, evaluation: Evaluation) -> None:
    found = ids(evaluation, asked(f"end < {day}", Kind.EXPERIMENT))
    assert found == ("done late past soon" if day.startswith("+") else "")


# Order --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sort", "found"),
    [
        ("", "done late past soon stray"),
        ("end", "past done late soon stray"),
        ("-end", "soon done late past stray"),
        ("status", "stray late soon done past"),
        ("-status, -title", "done past late soon stray"),
        ("effect", "past done late soon stray"),
        ("-effect", "done past late soon stray"),
        ("-retrospective, id", "past done late soon stray"),
        ("hypothesis.experiments.count, -id", "stray soon past late done"),
    ],
)
def test_records_come_in_order(sort: str, found: str, evaluation: Evaluation) -> None:
    """Those without a value come last, whichever way round; those that are even by kind and id."""
    assert sorted(found.split()) == ["done", "late", "past", "soon", "stray"]
    assert ids(evaluation, asked("", Kind.EXPERIMENT, sort)) == found


def test_what_was_asked_before_changes_no_order(records: Registry) -> None:
    one, other = evaluation_of(records), evaluation_of(records)
    everything, some = asked("", None, "status"), asked("", Kind.HYPOTHESIS, "status")
    assert one.find(everything)
    assert one.find(some) == other.find(some)
    assert one.find(everything) == other.find(everything)


@pytest.mark.parametrize("kind", Kind)
def test_the_statuses_of_all_kinds_stand_in_the_order_of_each(kind: Kind) -> None:
    of_all = field("status").allowed
    assert [word for word in of_all if word in list(STATUSES[kind])] == list(STATUSES[kind])


@pytest.mark.parametrize(
    ("sort", "faults"),
    [
        ("-end,titel", [("PB081", 5, 10, "did you mean `title`?")]),
        ("end,", [("PB081", 4, 5, "")]),
        ("-", [("PB081", 1, 2, "")]),
        (" , end", [("PB081", 1, 2, "")]),
        ("hypothesis.nope", [("PB081", 11, 15, "")]),
    ],
)
def test_what_is_wrong_with_an_order_is_said(
    sort: str, faults: Sequence[tuple[str, int, int, str]]
) -> None:
    _, wrong = read_sort(sort, Kind.EXPERIMENT)
    assert [(f.rule.code, f.start, f.end, f.label) for f in wrong] == faults


def test_columns_are_fields_in_their_order() -> None:
    columns, faults = read_columns("title, hypothesis.status , end", Kind.EXPERIMENT)
    assert [column.name for column in columns] == ["title", "hypothesis.status", "end"]
    assert faults == []
    assert [str(column.title) for column in columns] == ["Title", "Hypothesis: Status", "End"]


# Groups -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "group", "groups"),
    [
        (
            Kind.EXPERIMENT,
            "status",
            ["planned: stray", "running: late soon", "concluded: done past"],
        ),
        (
            Kind.EXPERIMENT,
            "end",
            ["2016: past", "2026-10-01: done late", "2026-11-10: soon", "None: stray"],
        ),
        (Kind.EXPERIMENT, "overdue", ["False: done past soon stray", "True: late"]),
        (None, "tags", ["health: part", "Letters: part", "letters: on-whole", "None: …"]),
        (Kind.EXPERIMENT, None, ["None: done late past soon stray"]),
    ],
)
def test_records_stand_under_each_of_their_values(
    kind: Kind | None, group: str | None, groups: list[str], evaluation: Evaluation
) -> None:
    found = evaluation.groups(asked("", kind, "", group))
    if groups[-1].endswith("…"):
        found, groups = found[:-1], groups[:-1]
    assert [f"{value}: {' '.join(e.id for e in under)}" for value, under in found] == groups


def test_nothing_makes_no_group(evaluation: Evaluation) -> None:
    assert evaluation.groups(asked("silent and stale")) == ()


# Fields -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_a_model_can_be_asked_for(kind: Kind) -> None:
    names = {found.name.split(".")[0] for found in field_table(kind)}
    assert {info.alias or name for name, info in MODELS[kind].model_fields.items()} <= names


@pytest.mark.parametrize("kind", [None, *Kind])
def test_every_field_has_a_title_a_meaning_and_values_of_its_type(
    kind: Kind | None, evaluation: Evaluation
) -> None:
    for one in field_table(kind):
        assert one.title, one.name
        assert one.meaning, one.name
        assert field(one.name, kind) == one
        assert bool(one.allowed) == (one.type == "word"), one.name
        for entry in evaluation.entries:
            values = evaluation.value(entry, one)
            assert all(is_of_type(value, one) for value in values), (one, values)
            assert one.is_list or len(values) <= 1, one.name


def is_of_type(value: Value, of: Field) -> bool:
    if of.type == "yes_no":
        return isinstance(value, bool)
    if of.type == "number":
        return isinstance(value, int | float)
    if of.type == "date":
        return hasattr(value, "year") or hasattr(value, "first")
    return type(value) is str


def test_the_kinds_agree_on_what_a_field_is() -> None:
    for one in field_table(None):
        types = {field(one.name, kind).type for kind in one.kinds}
        assert types == {one.type}, one.name


def test_the_effect_is_the_one_that_the_page_leads_with() -> None:
    project = read_project(Path(__file__).parents[2] / "mkdocs.yml")
    demo = View(read_playbook(project.root, project.settings, project.docs_dir))
    evaluation = Evaluation(demo.registry, demo.today, demo.flags)
    told = 0
    for experiment in demo.registry.experiments:
        effect = headline(demo, experiment)
        expected = () if effect is None else (effect.value,)
        assert evaluation.value(experiment, field("effect")) == expected, experiment.id
        told += effect is not None
    assert told > 10


# Told ---------------------------------------------------------------------------------------------


def test_it_is_explained_part_by_part(evaluation: Evaluation) -> None:
    question = asked(
        "outcome = part and (overdue or not (end < +2w)) and title ~ kind and owner != none",
        Kind.EXPERIMENT,
        "-end, title",
        "status",
    )
    assert explain(replace(question, limit=5), evaluation).split("\n") == [
        "Of 5 experiments:",
        "  all of: 1",
        "    outcome = part: 2, from the index of outcome by value",
        "    any of: 2",
        "      overdue: 1, from the index of overdue by value",
        "      none of: 1",
        "        end < +2w (+2w is 2026-11-15): 4, from the values of end in order",
        "    title ~ kind: 4, by reading each value of title once",
        "    owner != none: 4, from the index of who has owner",
        "Found: 1",
        "Grouped by status, in order; those without come last",
        "Sorted by end, downwards, then title; those without it last, even ones by kind and id",
        "Shown: at most 5",
    ]
