"""Changes: nothing without a difference, each difference once, and the same way back."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_playbook import changes
from outcome_playbook.changes import What
from outcome_playbook.changes.escaping import escaped
from outcome_playbook.changes.matching import fields_of
from outcome_playbook.playbook import Playbook
from outcome_playbook.registry import Entry
from outcome_playbook.settings import Settings
from tests.factories import path_of, read, record
from tests.properties.test_registry import files
from tests.properties.values import KINDS_AND_STATUSES, TRICKY, WORDS

TEXTS = st.sampled_from(["One thing", "Another thing", "A long text, " * 8, "A long word, " * 8])
SOME = st.lists(TEXTS, max_size=3)
DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 4))
NUMBERS = st.integers(0, 3)
RULES = st.fixed_dictionaries({"ship_if": TEXTS, "stop_if": TEXTS, "otherwise": TEXTS})
READINGS = st.lists(st.fixed_dictionaries({"date": DAYS.map(str), "value": NUMBERS}), max_size=3)
FIELDS: dict[str, dict[str, st.SearchStrategy[Any]]] = {
    "outcome": {"target": NUMBERS, "target_date": DAYS, "root_causes": SOME, "metric": TEXTS},
    "metric": {"unit": st.sampled_from(["%", "days"]), "readings": READINGS},
    "hypothesis": {"because": SOME, "change": TEXTS},
    "experiment": {"end": DAYS, "decision_rule": RULES, "sample_size": NUMBERS},
}
COMMON = {"title": TEXTS, "tags": SOME, "summary": TEXTS, "x-own": NUMBERS | st.booleans()}
TODAY = date(2026, 1, 2)


@st.composite
def two_of_a_kind(draw: st.DrawFn) -> tuple[dict[str, str], dict[str, str]]:
    """Draw one record twice, each time with other values in its fields."""
    kind = draw(st.sampled_from(list(FIELDS)))
    statuses = [status for of, status in KINDS_AND_STATUSES if of == kind]

    def one() -> dict[str, str]:
        own = {name: values for name, values in FIELDS[kind].items() if name != "metric"}
        fields = draw(st.fixed_dictionaries({}, optional={**COMMON, **own}))
        return {path_of(kind): record(kind, status=draw(st.sampled_from(statuses)), **fields)}

    return one(), one()


def playbook(of: Mapping[str, str]) -> Playbook:
    return Playbook(read(of), Settings(), TODAY)


def compare(before: Mapping[str, str], after: Mapping[str, str]) -> list[changes.Change]:
    return changes.compare(playbook(before), playbook(after))


@given(files())
def test_a_playbook_does_not_differ_from_itself(one: dict[str, str]) -> None:
    assert compare(one, one) == []
    assert changes.report(playbook(one), playbook(one)).effects == []


BACK = {What.ADDED: What.REMOVED, What.REMOVED: What.ADDED}


@given(files(), files())
def test_the_way_back_is_the_same_way(one: dict[str, str], other: dict[str, str]) -> None:
    there, back = compare(one, other), compare(other, one)
    now = {change.before: change.id for change in there if change.change is What.RENAMED}
    assert Counter(
        (c.id, BACK.get(c.change, c.change), c.field, repr(c.after), repr(c.before)) for c in there
    ) == Counter(
        (now.get(c.id, c.id), c.change, c.field, repr(c.before), repr(c.after)) for c in back
    )


@settings(max_examples=50)
@given(st.data(), files(), files())
def test_the_order_of_files_does_not_matter(
    data: st.DataObject, one: dict[str, str], other: dict[str, str]
) -> None:
    shuffled = dict(data.draw(st.permutations(list(other.items()))))
    assert compare(one, other) == compare(one, shuffled)


@given(two_of_a_kind())
def test_each_field_that_changed_is_told_once(pair: tuple[dict[str, str], dict[str, str]]) -> None:
    was, now = (fields(of) for of in pair)
    differ = {name for name in {*was, *now} if repr(was.get(name)) != repr(now.get(name))}
    found = compare(*pair)
    assert Counter(change.field for change in found) == Counter(differ)
    for change in found:
        assert change.before == was.get(str(change.field))
        assert change.after == now.get(str(change.field))
        assert change.said or (change.field == "conclusion" and "status" in differ)
        assert len(change.line) < 500
        assert "\n" not in change.line


def fields(of: Mapping[str, str]) -> dict[str, Any]:
    entry: Entry[Any]
    (entry,) = read(of).entries.values()
    return fields_of(entry)


@settings(max_examples=50)
@given(files(), files(), st.integers(1_500, 10_000))
def test_a_comment_fits_whatever_it_tells(
    one: dict[str, str], other: dict[str, str], most: int
) -> None:
    report = changes.report(playbook(one), playbook(other))
    comment = changes.as_markdown(report, most=most)
    assert len(comment.encode()) <= most
    assert comment.count("<details>") == comment.count("</details>")
    assert comment == changes.as_markdown(report, most=most)
    assert all(line.text.isprintable() for line in changes.as_text(report))


@given(WORDS | TRICKY)
def test_escaped_text_is_one_line_without_a_tag(text: str) -> None:
    shown = escaped(text)
    assert "\n" not in shown
    assert "<" not in shown.replace("<span>$</span>", "")
