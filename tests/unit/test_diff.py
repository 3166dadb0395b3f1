"""`playbook diff`: what is compared with what, its forms and exit codes, and what it never does."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from outcome_playbook.changes import MARKER, Line
from outcome_playbook.cli import comparing, diff
from tests.factories import CONFIG, family, path_of, record
from tests.scratch import Scratch, scratch

START: Mapping[str, str] = {"mkdocs.yml": CONFIG, **family("experiment", status="running")}
OUTCOME = path_of("outcome")
ODD = "hypotheses/été and more/later.md"


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """Return a repository in which `main` and `change` parted and both went on.

    `main` has a metric more, `change` has another target.
    """
    made = scratch(tmp_path_factory.mktemp("with space é"))
    made.commit({"README.md": "Nothing yet\n"})
    made.git("tag", "before-all")
    made.commit(START)
    made.git("branch", "change")
    made.commit({"content/metrics/of-main.md": record("metric")})
    made.git("checkout", "--quiet", "change")
    made.commit({OUTCOME: record("outcome", status="active", target=55)})
    return made


@pytest.fixture
def here(repository: Scratch, monkeypatch: pytest.MonkeyPatch) -> Scratch:
    """Stand in the repository, on `change`, with nothing to commit."""
    repository.git("checkout", "--quiet", "--force", "change")
    repository.git("clean", "-dfq")
    monkeypatch.chdir(repository.folder)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return repository


def run(*arguments: str) -> Result:
    return CliRunner().invoke(diff.command, arguments)


def told(*arguments: str) -> list[tuple[str, str, str | None]]:
    """Return change, id and field of each change in the JSON form."""
    result = run("--format", "json", *arguments)
    assert (result.exit_code, result.stderr) == (0, "")
    found: list[dict[str, Any]] = json.loads(result.stdout_bytes)
    return [(change["change"], change["id"], change["field"]) for change in found]


TARGET = ("changed", "an-outcome", "target")


@pytest.mark.usefixtures("here")
def test_a_change_begins_where_it_and_the_default_branch_parted() -> None:
    assert told() == told("main") == told("main", "HEAD") == told("main", "change") == [TARGET]
    assert told("change", "main") == [("added", "of-main", None)]


def test_the_work_tree_counts_with_files_that_git_does_not_know(here: Scratch) -> None:
    here.write({ODD: record("outcome"), OUTCOME: record("outcome", status="active")})
    assert told() == [("added", "later", None)]
    assert told("main", "HEAD") == [TARGET]


def test_a_detached_head_and_another_folder(here: Scratch, tmp_path: Path) -> None:
    here.git("checkout", "--quiet", "--detach")
    assert told("main") == [TARGET]
    here.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "w"), "change")
    assert told("main", "-f", str(tmp_path / "w" / "mkdocs.yml")) == [TARGET]
    here.git("worktree", "remove", str(tmp_path / "w"))


def test_a_playbook_below_the_top_of_a_repository(tmp_path: Path) -> None:
    made = scratch(tmp_path)
    made.commit({f"sub/{path}": text for path, text in START.items()})
    made.write({"sub/hypotheses/new.md": record("outcome")})
    assert told("main", "-f", str(tmp_path / "sub" / "mkdocs.yml")) == [("added", "new", None)]


@pytest.mark.usefixtures("here")
def test_before_there_was_a_playbook_there_was_nothing() -> None:
    assert {change for change, _, _ in told("before-all")} == {"added"}
    assert len(told("before-all")) == len(START) - 1


def test_the_settings_are_those_of_each_side(here: Scratch) -> None:
    here.write(
        {
            "mkdocs.yml": "plugins:\n  - playbook: {records: [all]}\n",
            **{f"all/{path}": text for path, text in START.items() if path != "mkdocs.yml"},
        }
    )
    assert told() == []


def test_settings_that_were_broken_hide_no_record(here: Scratch) -> None:
    here.git("checkout", "--quiet", "-B", "broken")
    here.commit({"mkdocs.yml": "plugins:\n  - playbook: {nonsense: 1}\n"})
    here.write({"mkdocs.yml": CONFIG, OUTCOME: record("outcome", status="active")})
    assert told("HEAD") == [TARGET]


# Forms --------------------------------------------------------------------------------------------


def test_text_says_what_was_compared_and_what_changed(here: Scratch) -> None:
    result = run("main", "HEAD")
    assert (result.exit_code, result.stderr) == (0, "")
    first, _, *rest = result.stdout.split("\n")
    parted, head = (here.git("rev-parse", name)[:10] for name in ("change~1", "HEAD"))
    assert first == f"From main (parted at {parted}) to HEAD ({head})."
    assert rest[:3] == [
        "Look twice",
        "  ! target changed",
        "      target of outcome an-outcome 60% → 55%",
    ]
    assert run("main").stdout.startswith(
        f"From main (parted at {parted}) to the work tree, with what is not committed.\n"
    )


@pytest.mark.usefixtures("here")
def test_nothing_changed_is_no_failure() -> None:
    result = run("HEAD", "HEAD")
    assert (result.exit_code, result.stdout.split("\n")[-2:]) == (0, ["No record changed.", ""])
    assert run("HEAD", "--format", "json").stdout == "[]\n"


def test_markdown_is_the_same_for_the_same_change(here: Scratch) -> None:
    once, again = (run("main", "HEAD", "--format", "markdown") for _ in range(2))
    assert once.stdout_bytes == again.stdout_bytes
    assert once.stdout.startswith(f"{MARKER}\n## ")
    assert here.git("rev-parse", "HEAD")[:7] not in once.stdout


@pytest.mark.parametrize(
    ("names", "command"),
    [
        ((None, None), "playbook diff"),
        (("HEAD^1", "HEAD"), "playbook diff"),
        (("origin/main", None), "playbook diff origin/main"),
        (("origin/main", "HEAD"), "playbook diff origin/main"),
        (("main", "change"), "playbook diff main change"),
    ],
)
def test_a_comment_names_a_command_that_works_elsewhere(
    names: tuple[str | None, str | None], command: str
) -> None:
    assert comparing._again(*names) == command


def test_what_is_contributed_only_shows(here: Scratch) -> None:
    here.write({"hypotheses/x.md": record("outcome", title="Red \x9b31m\u202e")})
    result = run("main")
    assert result.exit_code == 0
    assert all(line.isprintable() for line in result.stdout.split("\n"))


@pytest.mark.usefixtures("here")
def test_a_terminal_without_arrows_is_told_all_the_same() -> None:
    runner = CliRunner(charset="ascii")
    result = runner.invoke(diff.command, ["main", "HEAD"])
    assert "target of outcome an-outcome 60% -> 55%" in result.stdout


def test_a_narrow_terminal_gets_lines_as_wide_as_it_is() -> None:
    line = Line("! 日本語の 日本語の 日本語の 日本語の and some more words than fit", indent=2)
    parts = list(comparing._wrapped(line, 24))
    assert parts[0] == "  ! 日本語の 日本語の"
    assert all(part.startswith("    ") for part in parts[1:])
    assert " ".join(part.strip() for part in parts) == line.text


# What it cannot know ------------------------------------------------------------------------------


def refused(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr.removeprefix("playbook diff could not run: ").strip()


@pytest.mark.usefixtures("here")
def test_a_name_that_git_does_not_know() -> None:
    assert refused("no-such-branch") == "git knows no commit `no-such-branch`"
    assert refused("main", "--format", "json", "--", "-x").endswith("git knows no commit `-x`")


@pytest.mark.usefixtures("here")
def test_a_head_without_a_playbook() -> None:
    assert refused("main", "before-all") == "there is no mkdocs.yml in before-all"


def test_no_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "mkdocs.yml").write_text(CONFIG)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    assert refused().endswith("lies in no git repository")


def test_no_playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert refused().startswith("no mkdocs.yml in ")


def test_a_shallow_clone_says_what_it_cannot_know(here: Scratch, tmp_path: Path) -> None:
    here.git(
        *("clone", "--quiet", "--depth", "1", "--no-single-branch"),
        *(here.folder.as_uri(), str(tmp_path / "c")),
    )
    said = refused("origin/main", "-f", str(tmp_path / "c" / "mkdocs.yml"))
    assert "have no commit in common; this clone is shallow" in said
