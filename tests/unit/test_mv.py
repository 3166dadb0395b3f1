"""`playbook mv`: a record is renamed with all that names it, or nothing is written."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from outcome_playbook import editing, registry
from outcome_playbook.cli import mv
from outcome_playbook.diagnostics import Problem
from outcome_playbook.loader import load
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.reading import read_record
from outcome_playbook.records.references import named, references
from outcome_playbook.renaming import RefusedError, carry_out, plan
from tests.factories import path_of, record, write
from tests.properties.test_registry import files as playbooks
from tests.properties.values import KINDS_AND_STATUSES

FOLDERS = ["hypotheses", "content/outcomes", "content/metrics"]
CONFIG = "docs_dir: content\nplugins: [playbook]\n"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(mv.command, arguments)


def texts(root: Path) -> dict[str, str]:
    """Return every file below a folder by its path."""
    return {
        path.relative_to(root).as_posix(): path.read_bytes().decode()
        for path in root.rglob("*")
        if path.is_file() and path.name != "mkdocs.yml"
    }


def changed(root: Path, before: Mapping[str, str]) -> dict[str, str | None]:
    """Return what files hold that hold something else than before, ``None`` for one that left."""
    now = texts(root)
    paths = {*before, *now}
    return {path: now.get(path) for path in sorted(paths) if now.get(path) != before.get(path)}


# References -------------------------------------------------------------------------------------

OTHER = "---\nkind: {kind}\ntitle: x\nstatus: draft\n{raw}\n---\n"


@pytest.mark.parametrize(
    ("kind", "raw", "written"),
    [
        ("outcome", "parent: old # why", "parent: new # why"),
        ("outcome", "metric:   'old'", "metric:   'new'"),
        ("metric", 'replaced_by: "old"', 'replaced_by: "new"'),
        ("hypothesis", "outcome: old\nmetric: old", "outcome: new\nmetric: new"),
        ("hypothesis", "guardrails: [old, older]", "guardrails: [new, older]"),
        ("hypothesis", "guardrails:\n- metric: old\n  limit: 3\n", "guardrails:\n- metric: new\n"),
        ("hypothesis", "supersedes: [a, old , a]", "supersedes: [a, new , a]"),
        ("experiment", "hypothesis: old", "hypothesis: new"),
        ("experiment", "results:\n - metric: old\n - {metric: old}", "new\n - {metric: new}"),
        ("outcome", "related:\n - old # a\n # b\n - old-er", "- new # a\n # b\n - old-er"),
        ("goal", "related: [old]", "related: [new]"),  # of no kind that is known
        ("outcome", "metric: old\nowner: [no text", None),  # cannot be read at all
    ],
)  # fmt: skip
def test_every_field_that_names_it_is_rewritten(
    kind: str, raw: str, written: str | None, here: Path
) -> None:
    files = {
        "mkdocs.yml": CONFIG,
        "hypotheses/old.md": record("outcome"),
        "hypotheses/other.md": OTHER.format(kind=kind, raw=raw),
    }
    write(here, files)
    result = run("old", "new")
    now = (here / "hypotheses/other.md").read_text()
    if written is None:
        assert result.exit_code == 2
        assert "its front matter cannot be read, and names `old`; mend it first" in result.stderr
        assert now == files["hypotheses/other.md"]
    else:
        assert result.exit_code == 0
        assert written in now
        assert len(now.split("\n")) == len(files["hypotheses/other.md"].split("\n"))


@pytest.mark.parametrize(
    "raw",
    ["owner: old", "x-metric: old", "tags: [old]", "summary: old", "sources: [{title: old}]"],
)
def test_what_is_no_reference_stays(raw: str, here: Path) -> None:
    files = {"hypotheses/old.md": record("outcome"), "hypotheses/a.md": record("metric", raw=raw)}
    write(here, {"mkdocs.yml": CONFIG, **files})
    assert run("old", "new").exit_code == 0
    assert "hypotheses/a.md" not in changed(here, files)


@pytest.mark.parametrize(("kind", "status"), KINDS_AND_STATUSES)
def test_what_front_matter_names_is_what_the_record_names(kind: str, status: str) -> None:
    file = read_record("x.md", record(kind, status=status, related=["a", "b"]).encode())
    assert file.record is not None
    known = {(ref.loc, ref.target) for ref in references(file.record)}
    written = {
        ((*loc, "metric") if loc[0] == "guardrails" and len(loc) == 2 else loc, target)
        for loc, target in named(file.front.fields, Kind(kind))
    }
    assert written == known


# Aliases ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "aliases: [old]\n"),
        ("aliases: [older]\n", "aliases: [older, old]\n"),
        ("aliases:\n  - older # once\n", "aliases:\n  - older # once\n  - old\n"),
        ("aliases: [new, older]\n", "aliases: [old, older]\n"),  # back to an earlier name
        ("aliases: [old]\n", "aliases: [old]\n"),
    ],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_old_id_stays_as_an_alias(before: str, after: str, end: str, here: Path) -> None:
    text = f"\ufeff---\nkind: outcome\ntitle: x\nstatus: draft\n{before}---\nBody\n"
    write(here, {"mkdocs.yml": CONFIG, "hypotheses/old.md": text.replace("\n", end)})
    assert run("old", "new").exit_code == 0
    wanted = text.replace(f"status: draft\n{before}", f"status: draft\n{after}")
    assert texts(here) == {"hypotheses/new.md": wanted.replace("\n", end)}


def test_a_name_that_was_no_id_becomes_no_alias(here: Path) -> None:
    write(here, {"mkdocs.yml": CONFIG, "hypotheses/Old Name.md": record("outcome")})
    assert run("Old Name", "old-name").exit_code == 0
    assert texts(here) == {"hypotheses/old-name.md": record("outcome")}


def test_one_of_two_records_with_an_id_is_renamed_by_its_path(here: Path) -> None:
    files = {
        path_of("outcome", "old"): record("outcome", body="[it](../metrics/old.md)\n"),
        path_of("metric", "old"): record("metric"),
        "hypotheses/a.md": record("outcome", related=["old"]),
    }
    write(here, {"mkdocs.yml": CONFIG, **files})
    assert "name one of them by its path" in run("old", "new").stderr
    result = run(path_of("metric", "old"), "new")
    assert result.exit_code == 0
    assert "content/outcomes/old.md has the id `old` too" in result.stdout
    assert changed(here, files) == {
        path_of("metric", "old"): None,
        path_of("metric", "new"): record("metric"),
        path_of("outcome", "old"): record("outcome", body="[it](../metrics/new.md)\n"),
    }


# Links ------------------------------------------------------------------------------------------

LINKED = """\
# Old

See [it](../../hypotheses/old.md), [a part](../../hypotheses/old.md#part "Its title").
![no](../../hypotheses/old.png) [in brackets](<../../hypotheses/old.md?a=1>) [x][ref]
Code `[it](../../hypotheses/old.md)`, [older](../../hypotheses/old-er.md), [web](https://x.y/old.md)

- item

    [inside](../../hypotheses/./old.md)

A paragraph

    [code](../../hypotheses/old.md)

```
[code](../../hypotheses/old.md)
```

[ref]: ../../hypotheses/old.md 'Title'
[^1]: A note on [it](../../hypotheses/old.md).
"""


def _outside_of_code(text: str, old: str, new: str) -> str:
    kept = re.compile(r"`[^`\n]+`|A paragraph.*?```\n.*?```", re.DOTALL)
    parts = kept.split(text)
    code = kept.findall(text)
    done = [part.replace(old, new) for part in parts]
    return "".join(a + b for a, b in zip(done, [*code, ""], strict=True))


def test_links_follow_a_new_name(here: Path) -> None:
    files = {
        "content/handbook/page.md": LINKED.replace("\n", "\r\n"),
        "hypotheses/README.md": "[it](old.md) [it](./old.md) [it](%6Fld.md)",
        "hypotheses/old.md": record("outcome", body="[me](old.md#a) ![b](old.png) [c](a/b.md)\n"),
        "hypotheses/a/b.md": record("outcome", body="[it](../old.md)\n\n[it]: <../old.md>"),
    }
    write(here, {"mkdocs.yml": CONFIG, **files})
    result = run("old", "new")
    assert result.stdout == (
        "hypotheses/old.md → hypotheses/new.md (aliases, 1 link)\n"
        "hypotheses/a/b.md: 2 links\n"
        "content/handbook/page.md: 6 links\n"
        "hypotheses/README.md: 3 links\n"
        "\n"
        "Renamed `old` to `new`, also in 3 other files; `old` stays as an alias.\n"
    )
    new = record("outcome", body="[me](new.md#a) ![b](old.png) [c](a/b.md)\n")
    page = _outside_of_code(LINKED, "hypotheses/old.md", "hypotheses/new.md")
    assert changed(here, files) == {
        "content/handbook/page.md": page.replace("./old.md", "./new.md").replace("\n", "\r\n"),
        "hypotheses/README.md": "[it](new.md) [it](./new.md) [it](new.md)",
        "hypotheses/old.md": None,
        "hypotheses/new.md": new.replace("draft\n", "draft\naliases: [old]\n"),
        "hypotheses/a/b.md": record("outcome", body="[it](../new.md)\n\n[it]: <../new.md>"),
    }


def test_links_follow_to_another_folder(here: Path) -> None:
    body = (
        "[me](old.md) ![b](x/b%20c.png) [o](../content/outcomes/o.md#a) [a](<a b.md>) [n](gone.md)"
        "\n[s](../status/) [t](#old) [d](./deep/e.md)\n\n[r]: ./a%20b.md\n"
    )
    files = {
        "hypotheses/old.md": record("outcome", body=body),
        "hypotheses/a b.md": record("outcome", body="[it](old.md)"),
        "hypotheses/deep/e.md": record("outcome", body="[it](../old.md) [it](./../old.md)"),
        "content/page.md": "[it](../hypotheses/old.md)",
    }
    write(here, {"mkdocs.yml": CONFIG, **files})
    result = run("hypotheses/old.md", "hypotheses/deep/")
    assert result.stdout.endswith("\nMoved `old`, also in links of 3 other files.\n")
    moved = (
        "[me](old.md) ![b](../x/b%20c.png) [o](../../content/outcomes/o.md#a) [a](<../a b.md>)"
        " [n](../gone.md)\n[s](../status/) [t](#old) [d](./e.md)\n\n[r]: ../a%20b.md\n"
    )
    assert changed(here, files) == {
        "hypotheses/old.md": None,
        "hypotheses/deep/old.md": record("outcome", body=moved),
        "hypotheses/a b.md": record("outcome", body="[it](deep/old.md)"),
        "hypotheses/deep/e.md": record("outcome", body="[it](old.md) [it](./old.md)"),
        "content/page.md": "[it](../hypotheses/deep/old.md)",
    }


def test_a_new_folder_is_made_and_a_name_given_on_the_way(here: Path) -> None:
    files = {
        "content/outcomes/old.md": record("outcome"),
        "content/p.md": "[it](/outcomes/old.md)\n[x]: <old.md>\n[x]: </outcomes/old.md>",
    }
    write(here, {"mkdocs.yml": CONFIG, **files})
    assert run("old", "content/outcomes/2026 ü/new.md").exit_code == 0
    assert changed(here, files) == {
        "content/outcomes/old.md": None,
        "content/outcomes/2026 ü/new.md": record("outcome").replace(
            "draft\n", "draft\naliases: [old]\n"
        ),
        "content/p.md": "[it](/outcomes/2026%20%C3%BC/new.md)\n[x]: <old.md>\n"
        "[x]: </outcomes/2026 ü/new.md>",
    }


def test_the_configuration_is_left_to_people(here: Path) -> None:
    config = f"{CONFIG}nav:\n  - outcomes/old.md\n"
    write(here, {"mkdocs.yml": config, "content/outcomes/old.md": record("outcome")})
    assert "mkdocs.yml names content/outcomes/old.md" in run("old", "new").stdout
    assert (here / "mkdocs.yml").read_text() == config


# What stands against it -------------------------------------------------------------------------

CASES = yaml.safe_load((Path(__file__).parents[1] / "cases/mv.yaml").read_text(encoding="utf-8"))
AROUND = {
    "hypotheses/old.md": record("outcome", aliases=["older"]),
    "hypotheses/other.md": record("outcome", aliases=["earlier"], related=["old"]),
    "hypotheses/broken.md": "---\nkind: [\n---\n",
    "hypotheses/no-kind.md": "---\ntitle: x\naliases: [kept]\n---\n",
}


@pytest.mark.parametrize("case", CASES["refused"], ids=lambda case: f"{case['old']}-{case['new']}")
def test_what_stands_against_it_is_said_at_once(case: dict[str, Any], here: Path) -> None:
    page = {"content/outcomes/handbook/index.md": "# A page"}
    write(here, {"mkdocs.yml": CONFIG, **AROUND, **page})
    before = texts(here)
    result = run(case["old"], case["new"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.splitlines() == [
        f"playbook mv could not run: {line}" for line in case["said"]
    ]
    assert texts(here) == before


def test_an_id_that_is_too_long_is_refused(here: Path) -> None:
    write(here, {"mkdocs.yml": CONFIG, **AROUND})
    said = f"`{'a' * 59}…` has 201 characters; an id has 200 at most"
    assert run("old", "a" * 201).stderr == f"playbook mv could not run: {said}\n"


@pytest.mark.parametrize("case", CASES["unreadable"], ids=lambda case: case["text"])
def test_a_file_that_nobody_can_rewrite_stops_it_where_it_names_the_record(
    case: dict[str, str], here: Path
) -> None:
    path, data, said = case["path"], case["text"].encode("latin-1"), case.get("said")
    write(here, {"mkdocs.yml": CONFIG, "hypotheses/old.md": record("outcome"), path: data})
    result = run("old", "new")
    assert result.exit_code == (2 if said else 0)
    assert (here / path).read_bytes() == data
    assert result.stderr == (f"playbook mv could not run: {path}: {said}\n" if said else "")
    assert (here / "hypotheses/old.md").exists() == (said is not None)


def test_a_path_outside_the_playbook_is_refused(here: Path) -> None:
    write(here / "playbook", {"mkdocs.yml": CONFIG, "hypotheses/old.md": record("outcome")})
    result = run("-f", "playbook/mkdocs.yml", "old", "other/new.md")
    assert result.exit_code == 2
    assert "other/new.md is not in this playbook, which is" in result.stderr


def test_a_link_of_the_file_system_is_refused(here: Path) -> None:
    write(here, {"mkdocs.yml": CONFIG, "hypotheses/real.md": record("outcome")})
    (here / "hypotheses/old.md").symlink_to("real.md")
    assert "old.md is a link to another file; rename that one" in run("old", "new").stderr


def test_a_dry_run_writes_nothing(here: Path) -> None:
    write(here, {"mkdocs.yml": CONFIG, **AROUND})
    before = texts(here)
    result = run("old", "new", "--dry-run")
    assert result.exit_code == 0
    assert result.stdout == (
        "hypotheses/old.md → hypotheses/new.md (aliases)\n"
        "hypotheses/other.md: related[1]\n"
        "\n"
        "Nothing is written. This is what would be; `old` stays as an alias.\n"
    )
    assert texts(here) == before


@pytest.mark.parametrize("fails", ["write", "rename", "stop"])
def test_what_fails_halfway_is_taken_back(
    fails: str, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, {"mkdocs.yml": CONFIG, **AROUND})
    before = texts(here)
    renaming = plan(here, FOLDERS, "content", "old", "new")
    write_whole = editing.write_whole

    def write_some(path: Path, data: bytes) -> None:
        if path.name == "other.md" and b"new" in data:
            raise KeyboardInterrupt if fails == "stop" else OSError(28, "no space left on device")
        write_whole(path, data)

    if fails != "rename":
        monkeypatch.setattr(editing, "write_whole", write_some)
    else:
        write(here, {"hypotheses/new.md": "came in between"})
        before["hypotheses/new.md"] = "came in between"
    said = {"write": "no space left", "rename": "appeared", "stop": "^$"}[fails]
    with pytest.raises((OSError, KeyboardInterrupt), match=said):
        carry_out(here, renaming)
    assert texts(here) == before


def test_a_rename_that_was_cut_off_goes_on_from_there(here: Path) -> None:
    write(here, {"mkdocs.yml": CONFIG, **AROUND})
    renaming = plan(here, FOLDERS, "content", "old", "new")
    for change in renaming.changes[: len(renaming.changes) // 2 + 1]:
        editing.write_whole(here / change.path, change.data)
    carry_out(here, plan(here, FOLDERS, "content", "old", "new"))
    cut_off = texts(here)
    write(here, {**AROUND})
    (here / renaming.new_path).unlink()
    carry_out(here, plan(here, FOLDERS, "content", "old", "new"))
    assert texts(here) == cut_off


# Properties -------------------------------------------------------------------------------------


def _picture(root: Path, old: str, new: str) -> Any:
    """Return what a registry of the folder holds, the new id told as the old one.

    Whether the old id is an alias, and whether it may be, is what a rename changes.
    """
    found = registry.build(load(root, FOLDERS).files)

    def then(text: str) -> str:
        return re.sub(rf"(?<![\w-]){new}(?![\w-])", old, text)

    def told(problem: Problem) -> tuple[str, ...]:
        return problem.code, then(problem.path), then(problem.message)

    return (
        sorted((then(e.id), e.kind, then(e.file.path)) for e in found.entries.values()),
        {alias: then(id_) for alias, id_ in found.aliases.items() if alias != old},
        sorted(
            told(problem)
            for file in found.files
            for problem in file.problems
            if problem.code != "PB051" or f"`{old}`" not in problem.message
        ),
        sorted(
            (then(link.source), link.field, then(link.target))
            for links in found.links.values()
            for link in links
        ),
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(playbook=playbooks(), old=st.sampled_from("abcde"), end=st.sampled_from(["\n", "\r\n"]))
def test_renaming_leaves_the_same_playbook_and_every_byte_beside_the_name(
    playbook: dict[str, str], old: str, end: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = tmp_path_factory.mktemp("mv")
    write(root, {path: text.replace("\n", end) for path, text in playbook.items()})
    before, seen = texts(root), _picture(root, old, "brand-new")
    try:
        renaming = plan(root, FOLDERS, "content", old, "brand-new")
    except RefusedError:
        assert texts(root) == before
        assert sum(path.endswith(f"/{old}.md") for path in before) != 1
        return
    carry_out(root, renaming)
    now = texts(root)
    assert now.keys() == {renaming.new_path, *before} - {renaming.old_path}
    assert _picture(root, old, "brand-new") == seen
    moved, was = now.pop(renaming.new_path), before.pop(renaming.old_path)
    assert {path: text.replace("brand-new", old) for path, text in now.items()} == before
    aliases = re.compile(r"^aliases: .*\r?\n", re.MULTILINE)
    assert aliases.sub("", moved).replace("brand-new", old) == aliases.sub("", was)
    assert re.findall(r"\r?\n", moved) == [end] * moved.count("\n")
