"""The JSON Schemas for editors: an independent validator tells of a record what the check tells."""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from jsonschema import Draft202012Validator

from outcome_playbook.cli import main
from outcome_playbook.playbook import Playbook, read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.reading import read_record
from outcome_playbook.records.references import references
from outcome_playbook.schema import as_text, schemas
from tests.cases.reading import cases, file_of
from tests.factories import ASKS, CONFIG, family, read, record, write

Json = dict[str, Any]

REPOSITORY = Path(__file__).parent.parent.parent
RECORD = "record.schema.json"
FILES = [f"{name}.schema.json" for name in sorted([*map(str, Kind), "record"])]
EVERY = [(str(kind), str(status)) for kind in Kind for status in STATUSES[kind]]
NEEDED = [(kind, status, name) for kind, status in EVERY for name in ASKS[kind][status]["needs"]]

CASES = [case for table in ("files", "front_matter", "names", "values") for case in cases(table)]
BEYOND = {
    "a whole decimal for a count": "to JSON Schema, 3.0 is a whole number",
    "an address with half a bracket": "the pattern knows no hosts",
}
"""What the check refuses and no schema of ours can."""


@cache
def demo() -> Playbook:
    project = read_project(REPOSITORY / "mkdocs.yml")
    return read_playbook(project.root, project.settings, project.docs_dir)


@cache
def bare() -> dict[str, Json]:
    """Return the schemas that suggest no record."""
    return schemas()


@cache
def validator(name: str = RECORD) -> Draft202012Validator:
    checker = Draft202012Validator.FORMAT_CHECKER
    return Draft202012Validator(bare()[name], format_checker=checker)


def fields_of(text: str) -> Mapping[str, Any]:
    return read_record("hypotheses/x.md", text.encode()).front.fields


def accepted(kind: str, **fields: Any) -> bool:
    found = fields_of(record(kind, **fields))
    both = [validator().is_valid(found), validator(f"{kind}.schema.json").is_valid(found)]
    assert len(set(both)) == 1, "the two schemas agree"
    return both[0]


def nodes(node: Any) -> Iterator[Json]:
    """Yield every mapping inside a schema."""
    if isinstance(node, dict):
        yield node
    for inner in (
        node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    ):
        yield from nodes(inner)


# Right and wrong ---------------------------------------------------------------------------------


def test_the_schemas_are_schemas_and_stand_alone() -> None:
    for known in (None, demo().registry):
        found = schemas(known)
        assert list(found) == FILES
        for schema in found.values():
            Draft202012Validator.check_schema(schema)
            assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
            for node in nodes(schema):
                place, _, name = str(node.get("$ref", "#/$defs/")).rpartition("/")
                assert place == "#/$defs"
                assert not name or name in schema["$defs"]


def test_every_record_of_the_demo_is_as_the_schemas_say() -> None:
    found = schemas(demo().registry)
    checker = Draft202012Validator.FORMAT_CHECKER
    files = demo().registry.files
    assert len(files) > 100
    for name in FILES:
        one = Draft202012Validator(found[name], format_checker=checker)
        for file in files:
            if name == RECORD or name.startswith(f"{file.kind}."):
                wrong = [error.message for error in one.iter_errors(file.front.fields)]
                assert wrong == [], file.path


@pytest.mark.parametrize(("kind", "status"), EVERY)
def test_a_record_with_what_its_status_asks_for_is_accepted(kind: str, status: str) -> None:
    assert accepted(kind, status=status)


@pytest.mark.parametrize("needed", NEEDED, ids=" ".join)
def test_what_a_status_asks_for_can_neither_be_left_out_nor_left_blank(
    needed: tuple[str, str, str],
) -> None:
    kind, status, name = needed
    assert not accepted(kind, status=status, **{name: None})
    assert not accepted(kind, status=status, raw=f"{name}:")


def test_a_record_without_kind_title_or_status_is_refused() -> None:
    for name in ("kind", "title", "status"):
        for kind in Kind:
            fields = {k: v for k, v in fields_of(record(kind)).items() if k != name}
            assert not validator(f"{kind}.schema.json").is_valid(fields)
            assert not validator().is_valid(fields)


@pytest.mark.parametrize("name", ["files", "front_matter", "names", "values"])
def test_the_check_and_the_schema_agree_on_every_case(name: str) -> None:
    compared = 0
    for case in cases(name):
        file = file_of(case)
        if not file.front.fields or file.front.faults:
            continue  # an editor does not get as far as the schema
        wrong = any(problem.span for problem in file.problems)
        is_valid = validator().is_valid(file.front.fields)
        assert is_valid == (not wrong or case["name"] in BEYOND), case["name"]
        compared += 1
    assert compared > 0


def test_what_is_beyond_the_schema_is_still_a_case() -> None:
    assert {case["name"] for case in CASES} >= set(BEYOND)


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("outcome", "x-cost: {any: [thing]}"),
        ("outcome", "summary:\ntags:\nbaseline:"),
        ("outcome", "target_date: 2026-11-30"),
        ("outcome", "target_date: '2026-11-30'"),
        ("hypothesis", "because: [seen by hand]"),
        ("hypothesis", "because:\n  - {observation: seen by hand, source: }"),
        ("hypothesis", "guardrails: [no-such-metric-yet, {metric: another, limit: 3}]"),
        ("experiment", "retrospective: true\nstart: 2017\nend: 2017-08"),
        ("experiment", "retrospective: true\nstatus: concluded\nowner: A desk"),
        ("experiment", "status: concluded\nresults: []\nno_results: nobody came"),
    ],
)
def test_what_may_be_written(kind: str, raw: str) -> None:
    status = "concluded" if "concluded" in raw else None
    assert accepted(kind, raw=raw, **({"status": status} if status else {}))


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("outcome", "ownr: A desk"),
        ("outcome", "status: running"),
        ("outcome", "hypothesis: another"),
        ("outcome", "related: [No Id]"),
        ("outcome", "sources: [{title: A page, url: ftp://x.y}]"),
        ("outcome", "baseline: '12'"),
        ("hypothesis", "guardrails: [{limit: 3}]"),
        ("hypothesis", "because: ['']"),
        ("hypothesis", "prediction: {low: 1, expected: 2, high: 3, confidence: 60}"),
        ("experiment", "start: 2017"),
        ("experiment", "end: 2026-02-30"),
        ("experiment", "results: [{metric: a-metric, x-own: 1}]"),
    ],
)
def test_what_may_not_be_written(kind: str, raw: str) -> None:
    assert not accepted(kind, raw=raw)


# Suggestions --------------------------------------------------------------------------------------


def definition(schema: Json, field: str) -> Json:
    """Return what a field of a schema refers to."""
    (reference,) = (node["$ref"] for node in nodes(schema["properties"][field]) if "$ref" in node)
    found: Json = schema["$defs"][reference.rpartition("/")[2]]
    return found


def test_ids_in_use_are_suggested_with_their_titles_and_others_allowed() -> None:
    files = family("hypothesis", status="testing", title="Dates <first>")
    registry = read(files)
    metric = definition(schemas(registry)["hypothesis.schema.json"], "metric")

    suggested, any_other = metric["anyOf"]
    assert suggested == {
        "enum": ["a-metric", "another-metric"],
        "enumDescriptions": ["A record of kind metric", "A record of kind metric"],
    }
    assert any_other["type"] == "string"
    related = definition(schemas(registry)["metric.schema.json"], "related")
    assert related["anyOf"][0]["enum"] == list(registry.entries)
    assert "examples" not in schemas(registry)["hypothesis.schema.json"]["properties"]["metric"]


def test_without_records_the_examples_stand_in() -> None:
    schema = bare()["hypothesis.schema.json"]
    assert "anyOf" not in definition(schema, "metric")
    assert schema["properties"]["metric"]["examples"] == ["days-to-an-answer"]


def test_an_id_is_suggested_where_a_reference_of_its_kind_stands() -> None:
    seen = set()
    for entry in demo().registry.entries.values():
        schema = bare()[f"{entry.kind}.schema.json"]
        for reference in references(entry.record):
            wanted = {f"{reference.kind or 'record'}-id"}
            assert ids_below(schema, schema["properties"][reference.field]) == wanted
            seen.add((str(entry.kind), reference.field))
    assert len(seen) > 6


def ids_below(schema: Json, node: Json) -> set[str]:
    """Return the definitions of ids that a field comes to, by way of its groups of fields."""
    names = {one["$ref"].rpartition("/")[2] for one in nodes(node) if "$ref" in one}
    groups = [schema["$defs"][name] for name in names if not name.endswith("-id")]
    found = {name for name in names if name.endswith("-id")}
    return found.union(*(ids_below(schema, group) for group in groups))


def test_owners_and_tags_in_use_are_suggested() -> None:
    registry = read({"content/outcomes/o.md": record("outcome", owner="Zoë", tags=["b", "a"])})
    fields = schemas(registry)["experiment.schema.json"]["properties"]
    assert fields["owner"]["examples"] == ["Zoë"]
    assert fields["tags"]["items"]["examples"] == ["a", "b"]
    assert "examples" not in fields["tags"]


def test_a_status_says_what_it_asks_for() -> None:
    status = bare()["experiment.schema.json"]["properties"]["status"]
    said = dict(zip(status["enum"], status["enumDescriptions"], strict=True))
    assert said["planned"] == "Asks for hypothesis"
    assert said["concluded"].endswith("results or no_results, conclusion, decision, learning")


# What is said of a field --------------------------------------------------------------------------


def described() -> Iterator[tuple[str, Json, Json]]:
    """Yield each field with its schema and the schema that it stands in."""
    for kind in Kind:
        whole = bare()[f"{kind}.schema.json"]
        groups = [whole, *(one for one in whole["$defs"].values() if "properties" in one)]
        for group in groups:
            for name, node in group["properties"].items():
                yield f"{kind} {name}", node, whole


def test_every_field_is_described_and_its_examples_may_be_written() -> None:
    for name, node, whole in described():
        assert node["description"], name
        for example in node.get("examples", ()):
            inside = {"$defs": whole["$defs"], **node}
            assert Draft202012Validator(inside).is_valid(example), name


def test_every_text_number_id_and_date_has_an_example() -> None:
    without = {
        name for name, node, _ in described() if "examples" not in node and "enum" not in str(node)
    }
    groups = {"sources", "readings", "prediction", "decision_rule", "results", "control"}
    groups |= {"treatment", "arms", "extensions", "reopened", "decision", "retrospective", "kind"}
    assert {name.split()[1] for name in without} <= groups


def test_a_pattern_is_one_for_every_engine() -> None:
    """JavaScript refuses a needless backslash; Python's own escapes it does not know."""
    patterns = {
        node["pattern"]
        for one in bare().values()
        for node in nodes(one)
        if isinstance(node.get("pattern"), str)
    }
    assert patterns
    for pattern in patterns:
        assert set(re.findall(r"\\(.)", pattern)) <= {"s", "S", "\\"}
        re.compile(pattern)


# The command --------------------------------------------------------------------------------------


def run(*arguments: str) -> tuple[int, bytes, str]:
    result = CliRunner().invoke(main, ["schema", *arguments])
    return result.exit_code, result.stdout_bytes, result.stderr


def test_without_a_folder_the_schema_of_any_record_is_printed(tmp_path: Path) -> None:
    root = write(tmp_path, {"content/outcomes/o.md": record("outcome", title="Grüße")})
    code, out, err = run("-f", str(root / "mkdocs.yml"))
    assert (code, err) == (0, "")
    assert "Grüße" in out.decode("utf-8")
    Draft202012Validator.check_schema(json.loads(out))


def test_with_a_folder_every_schema_is_written_the_same_each_time(tmp_path: Path) -> None:
    root = write(tmp_path, {**family("experiment", status="running"), "hypotheses/x.md": "no\n"})
    place = tmp_path / "an editor's" / "schémas"
    code, out, err = run(str(place), "-f", str(root / "mkdocs.yml"))
    assert (code, err) == (0, "")
    assert out.decode().splitlines() == [f"Wrote {place / name}" for name in FILES]
    first = {path.name: path.read_bytes() for path in place.iterdir()}
    assert sorted(first) == FILES
    assert all(text.endswith(b"}\n") for text in first.values())
    run(str(place), "-f", str(root / "mkdocs.yml"))
    assert {path.name: path.read_bytes() for path in place.iterdir()} == first


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    root = write(tmp_path, {"mkdocs.yml": CONFIG, "taken": ""})
    code, out, err = run(str(root / "taken"), "-f", str(root / "mkdocs.yml"))
    assert (code, out) == (2, b"")
    assert err.startswith("playbook schema could not run: ")
    assert len(err.splitlines()) == 1


def test_the_text_of_a_schema_is_utf_8_whatever_a_title_holds() -> None:
    registry = read({"content/outcomes/o.md": record("outcome", raw='title: "\\ud800 x"')})
    for schema in schemas(registry).values():
        as_text(schema).encode("utf-8")
