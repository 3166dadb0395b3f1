"""All records at once: ids, aliases, links and their inverses, suggestions."""

import time

import pytest

from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Link
from tests.factories import family, path_of, problems, read, record


def outcome(id_: str, raw: str = "") -> dict[str, str]:
    return {path_of("outcome", id_): record("outcome", raw=raw)}


TREE = {
    **outcome("root"),
    **outcome("left", "parent: root"),
    **outcome("right", "parent: root"),
    **outcome("leaf", "parent: left"),
    **outcome("alone"),
}


def test_records_are_kept_by_id_in_order() -> None:
    files = {"hypotheses/z/a.md": record("outcome"), "hypotheses/a/z.md": record("metric")}
    found = read(files)
    assert list(found.entries) == ["a", "z"]
    assert [file.path for file in found.files] == ["hypotheses/a/z.md", "hypotheses/z/a.md"]
    assert (found.entries["a"].kind, found.entries["z"].kind) == (Kind.OUTCOME, Kind.METRIC)


def test_where_a_file_lies_changes_nothing() -> None:
    here = read({"hypotheses/x.md": record("metric")}).entries["x"]
    there = read({"content/outcomes/deep/er/x.md": record("metric")}).entries["x"]
    assert here.record == there.record


def test_every_kind_has_its_list() -> None:
    found = read(family("experiment", status="running"))
    assert [entry.id for entry in found.outcomes] == ["an-outcome"]
    assert [entry.id for entry in found.metrics] == ["a-metric", "another-metric"]
    assert [entry.id for entry in found.hypotheses] == ["a-hypothesis"]
    assert [entry.id for entry in found.experiments] == ["an-experiment"]


def test_each_relation_is_known_at_both_ends() -> None:
    found = read(family("experiment", status="concluded"))
    assert found.links["a-hypothesis"] == [
        Link("a-hypothesis", "outcome", "an-outcome"),
        Link("a-hypothesis", "metric", "a-metric"),
        Link("a-hypothesis", "guardrails", "another-metric"),
    ]
    assert found.links["an-experiment"] == [
        Link("an-experiment", "hypothesis", "a-hypothesis"),
        Link("an-experiment", "results", "a-metric"),
    ]
    assert found.backlinks["a-metric"] == [
        Link("a-hypothesis", "metric", "a-metric"),
        Link("an-experiment", "results", "a-metric"),
        Link("an-outcome", "metric", "a-metric"),
    ]
    assert found.backlinks["an-experiment"] == []


def test_inverses_are_computed() -> None:
    found = read(family("experiment", status="running"))
    assert [entry.id for entry in found.hypotheses_of("an-outcome")] == ["a-hypothesis"]
    assert [entry.id for entry in found.experiments_of("a-hypothesis")] == ["an-experiment"]
    assert found.experiments_of("an-outcome") == []
    assert [entry.id for entry in found.naming("a-metric", "metric", Kind.OUTCOME)] == [
        "an-outcome"
    ]


def test_a_record_named_twice_is_one_relative() -> None:
    raw = "results:\n  - {metric: a-metric, estimate: 1}\n  - {metric: a-metric, estimate: 2}"
    found = read(family("experiment", status="review", raw=raw))
    assert len(found.backlinks["a-metric"]) == 4
    (experiment,) = found.naming("a-metric", "results", Kind.EXPERIMENT)
    assert experiment.id == "an-experiment"


def test_an_outcome_has_children_and_descendants() -> None:
    found = read(TREE)
    assert [entry.id for entry in found.children_of("root")] == ["left", "right"]
    family_ = [entry.id for entry in found.with_descendants("root")]
    assert family_ == ["root", "left", "leaf", "right"]
    assert [entry.id for entry in found.with_descendants("alone")] == ["alone"]
    assert found.with_descendants("nobody") == []


def test_descendants_in_a_circle_are_counted_once() -> None:
    found = read(
        {**outcome("a", "parent: c"), **outcome("b", "parent: a"), **outcome("c", "parent: b")}
    )
    assert sorted(entry.id for entry in found.with_descendants("b")) == ["a", "b", "c"]


def test_an_alias_leads_to_the_record_of_today() -> None:
    files = {**outcome("new", "aliases: [old, older]"), **outcome("child", "parent: older")}
    found = read(files)
    assert found.aliases == {"old": "new", "older": "new"}
    assert found.find("old") is found.find("new") is found.entries["new"]
    assert found.find("oldest") is None
    assert found.find(None) is None
    assert found.links["child"] == [Link("child", "parent", "new")]
    assert [entry.id for entry in found.children_of("new")] == ["child"]


def test_an_alias_never_hides_a_record() -> None:
    found = read({**outcome("a", "aliases: [b]"), **outcome("b")})
    assert found.aliases == {}
    assert found.find("b") is found.entries["b"]


def test_one_bad_record_hides_no_other() -> None:
    files = family("experiment", status="running") | {"hypotheses/bad.md": "---\n"}
    found = read(files)
    assert [file.path for file in found.broken] == ["hypotheses/bad.md"]
    assert len(found.entries) == 5


def test_of_two_files_with_one_id_the_first_is_kept() -> None:
    files = {
        "hypotheses/b/x.md": record("outcome", raw="title: B"),
        "hypotheses/a/x.md": record("outcome", raw="title: A"),
    }
    found = read(files)
    assert found.entries["x"].title == "A"
    assert [file.path for file in found.broken] == ["hypotheses/b/x.md"]


def test_a_relation_to_a_broken_record_is_one_problem() -> None:
    files = family("experiment", status="running")
    files[path_of("outcome")] = "---\nkind: outcome\n"
    assert [problem.path for problem in problems(files)] == [path_of("outcome")]


def test_a_relation_to_the_wrong_kind_is_no_link() -> None:
    found = read({**outcome("a", "parent: m"), path_of("metric", "m"): record("metric")})
    assert found.links["a"] == []
    assert found.backlinks["m"] == []


def test_the_nearest_titles_are_offered_best_first() -> None:
    titles = {
        "letters-that-work": "Letters that work",
        "letters-that-walk": "Letters on foot",
        "cats": "Cats",
    }
    files = {path_of("outcome", id_): record("outcome", title=t) for id_, t in titles.items()}
    (problem,) = problems(files | outcome("x", "parent: letter-that-work"))
    assert problem.label == "did you mean `letters-that-work`?"
    assert problem.help == (
        "write one of `letters-that-work` (Letters that work); "
        "`letters-that-walk` (Letters on foot)"
    )


def test_a_title_of_a_megabyte_is_cut_where_it_is_offered() -> None:
    files = outcome("letters") | outcome("x", "parent: leters")
    files[path_of("outcome", "letters")] = record("outcome", title="Letters " * 130_000)
    (problem,) = problems(files)
    assert problem.help == f"write `letters` ({('Letters ' * 8)[:59]}…)"


def test_only_records_of_the_kind_that_is_named_are_offered() -> None:
    files = {path_of("metric", "letters"): record("metric"), **outcome("x", "parent: leters")}
    (problem,) = problems(files)
    assert problem.help == "add the outcome, or write the id of one that exists"


def test_thousands_of_references_to_nothing_are_reported_in_time() -> None:
    files = {
        f"hypotheses/record-number-{n}.md": record("outcome", raw=f"related: [recrod-numbr-{n}]")
        for n in range(5_000)
    }
    began = time.monotonic()
    found = problems(files)
    assert len(found) == 5_000
    assert all(problem.code == "PB052" for problem in found)
    assert sum(problem.label != "" for problem in found) == 100  # suggestions end, problems do not
    assert time.monotonic() - began < 30


@pytest.mark.parametrize("order", [1, -1])
def test_the_order_of_files_changes_no_problem(order: int) -> None:
    files = {
        **outcome("a", "parent: b\naliases: [old]"),
        **outcome("b", "parent: a\naliases: [old]"),
        "hypotheses/a.md": record("hypothesis", raw="outcome: nowhere"),
    }
    found = problems(dict(list(files.items())[::order]))
    assert [(problem.path, problem.code) for problem in found] == [
        ("content/outcomes/a.md", "PB050"),
        ("content/outcomes/a.md", "PB055"),
        ("content/outcomes/b.md", "PB051"),
        ("hypotheses/a.md", "PB050"),
    ]


def test_an_earlier_id_of_a_broken_record_is_no_dangling_reference() -> None:
    files = {
        "hypotheses/new-name.md": record("outcome", raw="aliases: [old-name]\nkind-of: x"),
        "hypotheses/a-hypothesis.md": record("hypothesis", raw="outcome: old-name"),
    }
    codes = {(problem.path, problem.code) for problem in problems(files)}
    assert ("hypotheses/new-name.md", "PB012") in codes
    assert not any(code == "PB052" for _, code in codes)
