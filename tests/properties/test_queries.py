"""Queries: an index finds what reading every record finds, and what is printed reads back."""

from collections.abc import Callable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_playbook.query import (
    Asked,
    CoarseDay,
    Condition,
    Evaluation,
    Field,
    SortBy,
    Value,
    field_table,
    read_field,
    read_where,
)
from outcome_playbook.query import conditions as q
from outcome_playbook.query.checking import allowed_ops
from outcome_playbook.query.folding import folded
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.values import coarse_day
from outcome_playbook.registry import Entry
from tests.factories import read
from tests.queried import FILES, TODAY, evaluation_of

THROUGH = (
    *(
        "hypothesis.status",
        "hypothesis.outcome.owner",
        "outcome.title",
        "metric.unit",
        "tags.count",
    ),
    *("experiments.status", "experiments.count", "hypothesis.experiments.count", "results.count"),
    *(
        "experiments.end",
        "hypotheses.tags",
        "related.status",
        "results.metric.unit",
        "parent.title",
    ),
)
FIELDS = [
    *field_table(None),
    *(f for f in (read_field(n, None) for n in THROUGH) if isinstance(f, Field)),
]
KINDS = st.none() | st.sampled_from(list(Kind))

ALL_FILES = evaluation_of(read(FILES))


def seen(field: Field) -> list[Any]:
    """Return the values that some record has in a field."""
    return [value for entry in ALL_FILES.entries for value in ALL_FILES.value(entry, field)]


def days() -> st.SearchStrategy[q.Operand]:
    written = st.sampled_from(
        ["2016", "2016-05", "2017", "2026-10", "2026-10-01", "2026-11-10", "2026"]
    )
    relative = st.builds(q.Relative, st.integers(-400, 400), st.sampled_from("dwmy"))
    return written.map(coarse_day) | relative.filter(lambda r: r.number or r.unit == "d")


def operands(field: Field, op: q.Op) -> st.SearchStrategy[q.Operand]:
    if op is q.Op.LIKE:
        return parts(field)
    if field.type == "word":
        return st.sampled_from(field.allowed)
    known = st.sampled_from([*map(str, seen(field)), "nothing like it"])
    found: dict[str, st.SearchStrategy[q.Operand]] = {
        "date": days(),
        "yes_no": st.booleans(),
        "number": st.sampled_from([*seen(field), 0]) | st.integers(-50, 50) | st.floats(-99, 99),
        "reference": known.map(lambda id_: id_.replace(" ", "-")),
        "text": known | st.text(max_size=8),
    }
    return found[field.type]


def parts(field: Field) -> st.SearchStrategy[q.Operand]:
    texts = st.sampled_from([str(value) for value in seen(field)] or ["x"])
    places = st.tuples(st.integers(0, 9), st.integers(1, 9))
    return st.builds(lambda text, at: text[at[0] :][: at[1]], texts, places).filter(folded)


@st.composite
def comparisons(draw: st.DrawFn) -> q.Test:
    field = draw(st.sampled_from(FIELDS))
    op = draw(st.sampled_from(allowed_ops(field)))
    if op is q.Op.IN:
        return q.Test(field, op, tuple(draw(st.lists(operands(field, op), min_size=1, max_size=4))))
    if op in (q.Op.IS, q.Op.IS_NOT) and draw(st.booleans()):
        return q.Test(field, op, (q.Missing(),))
    return q.Test(field, op, (draw(operands(field, op)),))


CONDITIONS: st.SearchStrategy[Condition] = st.recursive(
    comparisons(),
    lambda inner: (
        st.builds(q.Not, inner)
        | st.builds(q.All, st.lists(inner, min_size=2, max_size=3).map(tuple))
        | st.builds(q.Any, st.lists(inner, min_size=2, max_size=3).map(tuple))
    ),
    max_leaves=6,
)


# A reading without indexes ------------------------------------------------------------------------


def holds(condition: Condition, entry: Entry[Any], evaluation: Evaluation) -> bool:
    if isinstance(condition, q.Not):
        return not holds(condition.of, entry, evaluation)
    if isinstance(condition, q.All):
        return all(holds(one, entry, evaluation) for one in condition.of)
    if isinstance(condition, q.Any):
        return any(holds(one, entry, evaluation) for one in condition.of)
    values = evaluation.value(entry, condition.field)
    if condition.values == (q.Missing(),):
        return bool(values) is (condition.op is q.Op.IS_NOT)
    if condition.op is q.Op.IS_NOT:
        return not any(compares(q.Op.IS, value, condition.values[0]) for value in values)
    return any(
        compares(condition.op, value, operand) for value in values for operand in condition.values
    )


def compares(op: q.Op, value: Value, operand: q.Operand) -> bool:
    if op is q.Op.LIKE:
        return folded(str(operand)) in folded(str(value))
    low, high = ends(value)
    first, last = ends(operand.on(TODAY) if isinstance(operand, q.Relative) else operand)
    found: dict[q.Op, Callable[[], Any]] = {
        q.Op.BEFORE: lambda: high < first,
        q.Op.UP_TO: lambda: high <= last,
        q.Op.AFTER: lambda: low > last,
        q.Op.FROM: lambda: low >= first,
    }
    return bool(found[op]() if op in found else first <= low and high <= last)


def ends(value: Any) -> tuple[Any, Any]:
    if isinstance(value, CoarseDay):
        return value.first, value.last
    if isinstance(value, date):
        return value, value
    plain = folded(value) if isinstance(value, str) else value
    return plain, plain


# What holds ---------------------------------------------------------------------------------------

SOME = st.sets(st.sampled_from(sorted(FILES))).map(lambda paths: {p: FILES[p] for p in paths})


@settings(max_examples=40)  # each asks several questions
@given(st.lists(st.tuples(KINDS, CONDITIONS), min_size=1, max_size=8), SOME | st.just(FILES))
def test_indexes_find_what_reading_every_record_finds(
    questions: list[tuple[Kind | None, Condition]], files: dict[str, str]
) -> None:
    evaluation = evaluation_of(read(files))
    for kind, condition in questions:
        expected = [
            entry.id
            for entry in evaluation.entries
            if kind in (None, entry.kind) and holds(condition, entry, evaluation)
        ]
        asked = Asked(kind, condition)
        assert [entry.id for entry in evaluation.find(asked)] == expected
        assert evaluation.count(asked) == len(expected)


@given(KINDS, CONDITIONS)
def test_not_is_the_rest(kind: Kind | None, condition: Condition) -> None:
    one = {entry.id for entry in ALL_FILES.find(Asked(kind, condition))}
    other = {entry.id for entry in ALL_FILES.find(Asked(kind, q.Not(condition)))}
    assert one.isdisjoint(other)
    assert one | other == {entry.id for entry in ALL_FILES.find(Asked(kind))}


@given(CONDITIONS)
def test_what_is_printed_reads_back_as_the_same(condition: Condition) -> None:
    read_again, faults = read_where(str(condition), None)
    assert faults == []
    assert str(read_again) == str(condition)
    question, again = Asked(None, condition), Asked(None, read_again)
    assert ALL_FILES.find(question) == ALL_FILES.find(again)


@settings(max_examples=40)
@given(st.permutations(sorted(FILES)), CONDITIONS, st.sampled_from(FIELDS), st.booleans())
def test_the_order_of_files_does_not_matter(
    paths: list[str], condition: Condition, by: Field, descending: bool
) -> None:
    evaluation = evaluation_of(read({path: FILES[path] for path in paths}))
    asked = Asked(None, condition, (SortBy(by, descending),), by)
    assert [e.id for e in evaluation.find(asked)] == [e.id for e in ALL_FILES.find(asked)]
    assert grouped(evaluation, asked) == grouped(ALL_FILES, asked)


def grouped(evaluation: Evaluation, asked: Asked) -> list[tuple[object, list[str]]]:
    return [(value, [e.id for e in under]) for value, under in evaluation.groups(asked)]


@given(st.text(max_size=60) | st.text(' ()[],=!<>~"\\andortisknumbe-0129.', max_size=60))
def test_any_text_is_read_or_refused_in_its_place(text: str) -> None:
    condition, faults = read_where(text, None)
    assert condition is None or faults == []
    assert condition is not None or faults or not text.strip()
    assert all(0 <= fault.start < fault.end <= len(text) + 1 for fault in faults)
