"""api/playbook.json: what it says is what the files say, and its schema describes it."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from tests.site.building import REPOSITORY, Built
from tests.site.conftest import Site
from tests.site.playbooks import record, small

Json = dict[str, Any]


def validator(built: Built) -> Draft202012Validator:
    schema = json.loads(built.text("api/playbook.schema.json"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_data_is_as_its_schema_says(demo_of: Callable[[str], Built], layout: str) -> None:
    built = demo_of(layout)

    assert [error.message for error in validator(built).iter_errors(built.data)] == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("schema_version", 2),
        ("as_of", "2026-02-30"),
        ("as_of", None),
        ("records", {}),
        ("broken", [{"id": "x"}]),
        ("rollups", {"by_outcome": [], "by_status": {}}),
        ("more", 1),
    ],
)
def test_the_schema_refuses_what_is_not_promised(demo: Built, field: str, value: object) -> None:
    with pytest.raises(ValidationError):
        validator(demo).validate({**demo.data, field: value})


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("kind", "epic"),
        ("status", "done"),
        ("url", None),
        ("links", [{"field": "x"}]),
        ("flags", ["late"]),
        ("unknown", 1),
        ("tags", None),
    ],
)
def test_the_schema_refuses_a_wrong_record(demo: Built, field: str, value: object) -> None:
    for kind in ("outcome", "metric", "hypothesis", "experiment"):
        good = next(r for r in demo.data["records"] if r["kind"] == kind)
        validator(demo).validate({**demo.data, "records": [good]})
        with pytest.raises(ValidationError):
            validator(demo).validate({**demo.data, "records": [{**good, field: value}]})


def counted(words: Iterable[str]) -> dict[str, int]:
    return dict(Counter(words))


def work_on(records: list[Json], outcomes: set[str]) -> Json:
    """Count by hand, from nothing but the records' own fields."""
    hypotheses = [r for r in records if r["kind"] == "hypothesis" and r.get("outcome") in outcomes]
    ids = {r["id"] for r in hypotheses}
    experiments = [r for r in records if r["kind"] == "experiment" and r.get("hypothesis") in ids]
    return {
        "hypotheses": counted(r["status"] for r in hypotheses),
        "experiments": counted(r["status"] for r in experiments),
        "conclusions": counted(
            r["conclusion"] for r in experiments if r["status"] == "concluded" and "conclusion" in r
        ),
    }


def below(records: list[Json], outcome: str) -> set[str]:
    found = {outcome}
    while more := {
        r["id"]
        for r in records
        if r["kind"] == "outcome" and r.get("parent") in found and r["id"] not in found
    }:
        found |= more
    return found


def check_rollups(data: Json) -> None:
    records = data["records"]
    outcomes = sorted(r["id"] for r in records if r["kind"] == "outcome")
    assert data["rollups"]["by_outcome"] == [
        {
            "outcome": id_,
            **work_on(records, {id_}),
            "with_children": work_on(records, below(records, id_)),
        }
        for id_ in outcomes
    ]
    by_status: dict[str, dict[str, list[str]]] = {
        kind: {} for kind in ("outcome", "metric", "hypothesis", "experiment")
    }
    for one in records:
        by_status[one["kind"]].setdefault(one["status"], []).append(one["id"])
    assert data["rollups"]["by_status"] == by_status


def test_the_rollups_of_the_demo_equal_the_records_behind_them(demo: Built) -> None:
    check_rollups(demo.data)
    assert sum(
        len(ids) for groups in demo.data["rollups"]["by_status"].values() for ids in groups.values()
    ) == len(demo.data["records"])


def tree() -> dict[str, str | bytes]:
    """Outcomes three deep, one on its own, one whose parent is gone; work on most of them."""
    parents = {"a": None, "b": "a", "c": "b", "d": "a", "e": None, "f": "nowhere"}
    files: dict[str, str | bytes] = {}
    for id_, parent in parents.items():
        above = {"parent": parent} if parent else {}
        files[f"content/outcomes/{id_}.md"] = record("outcome", id_.upper(), "draft", **above)
    statuses = ["draft", "proposed", "testing", "supported", "parked"]
    conclusions = ["won", "lost", "inconclusive"]
    for number, outcome in enumerate("aabbccdde"):
        hypothesis = f"h{number}"
        files[f"hypotheses/{hypothesis}.md"] = record(
            "hypothesis", hypothesis, statuses[number % 5], outcome=outcome
        )
        for other in range(number % 4):
            done = {"conclusion": conclusions[other]} if other else {}
            status = "concluded" if other else "planned"
            files[f"hypotheses/e{number}-{other}.md"] = record(
                "experiment", "E", status, hypothesis=hypothesis, **done
            )
    files["hypotheses/loose.md"] = record("hypothesis", "Loose", "draft")
    files["hypotheses/lost.md"] = record("experiment", "Lost", "planned", hypothesis="h99")
    return files


def test_a_tree_of_outcomes_counts_nothing_twice(site: Site) -> None:
    built = site(tree(), nav=None)

    check_rollups(built.data)
    validator(built).validate(built.data)
    top = next(r for r in built.data["rollups"]["by_outcome"] if r["outcome"] == "a")
    assert sum(top["with_children"]["hypotheses"].values()) == 8
    assert sum(top["hypotheses"].values()) == 2


def test_outcomes_in_a_circle_are_counted_once(site: Site) -> None:
    ring = {"a": "b", "b": "c", "c": "a"}
    files: dict[str, str | bytes] = {
        f"content/outcomes/{id_}.md": record("outcome", id_, "draft", parent=parent)
        for id_, parent in ring.items()
    }
    files["hypotheses/h.md"] = record("hypothesis", "H", "draft", outcome="a")
    built = site(files, nav=None)

    check_rollups(built.data)
    assert all(
        r["with_children"]["hypotheses"] == {"draft": 1}
        for r in built.data["rollups"]["by_outcome"]
    )


def test_every_link_has_its_backlink(demo: Built) -> None:
    forth = defaultdict(set)
    back = defaultdict(set)
    for one in demo.data["records"]:
        for link in one["links"]:
            forth[one["id"]].add((link["field"], link["id"]))
        for link in one["backlinks"]:
            back[link["id"]].add((link["field"], one["id"]))

    assert forth == back
    ids = {one["id"] for one in demo.data["records"]}
    assert {target for links in forth.values() for _, target in links} <= ids


def test_the_records_stand_in_the_order_of_their_ids(demo: Built) -> None:
    ids = [one["id"] for one in demo.data["records"]]

    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert all((REPOSITORY / one["path"]).is_file() for one in demo.data["records"])


def test_fields_of_one_s_own_are_handed_on(site: Site) -> None:
    own: Json = {"x_cost": 12.5, "x_jira": ["A-1", {"deep": True}], "x_": None, "x_no": "no"}
    built = site(
        {"hypotheses/own.md": record("hypothesis", "Own", "draft", **own)}, nav=None, strict=True
    )

    assert (built.gave_up, built.warnings) == (None, [])
    (one,) = built.data["records"]
    assert one["x-cost"] == 12.5
    assert one["x-jira"] == ["A-1", {"deep": True}]
    assert one["x-no"] == "no"
    validator(built).validate(built.data)


def test_broken_records_are_listed_apart(site: Site) -> None:
    built = site({**small(), "hypotheses/bad.md": "---\ntitle: [\n---\n"})

    assert built.data["broken"] == [
        {"id": "bad", "path": "hypotheses/bad.md", "problems": ["PB007"]}
    ]
    assert "bad" not in {one["id"] for one in built.data["records"]}
    validator(built).validate(built.data)


def test_the_day_and_the_flags_hold_together(site: Site) -> None:
    built = site(small(), {"as_of": "2027-03-01"})

    assert built.data["as_of"] == "2027-03-01"
    assert {r["id"]: r["flags"] for r in built.data["records"] if r["flags"]} == {
        "six-questions": ["overdue"]
    }
