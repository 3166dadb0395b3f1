"""`playbook check --changed-since`: the problems that a change brings, and steps left out."""

from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from outcome_playbook.cli import check
from outcome_playbook.git import open_repository
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import project_then, read_project
from outcome_playbook.settings import Settings
from outcome_playbook.since import brought
from tests.factories import CONFIG, family, record, write
from tests.scratch import Scratch, scratch

EXPERIMENT = "hypotheses/an-experiment.md"
HYPOTHESIS = "hypotheses/a-hypothesis.md"
OUTCOME = "content/outcomes/an-outcome.md"


@pytest.fixture
def playbook(tmp_path: Path) -> Scratch:
    """Return a playbook in a repository, its first commit tagged `base`, with an old problem."""
    made = scratch(tmp_path / "play book é")
    old = record("outcome", raw="ownr: Post room")
    made.commit({"mkdocs.yml": CONFIG, **family("experiment"), "content/outcomes/old.md": old})
    made.git("tag", "base")
    return made


def said(repository: Scratch, base: str = "base") -> list[str]:
    """Return path and message of each problem that the change since a commit brings."""
    config = repository.folder / "mkdocs.yml"
    found = open_repository(repository.folder)
    commit = found.merge_base(base, "HEAD")
    then = project_then(config, found, commit)
    problems = brought(read_project(config), then, found, commit)
    return [f"{p.path}: {p.severity}[{p.code}] {p.message}" for p in problems]


def checked(repository: Scratch) -> list[str]:
    """Return what `playbook check` says of all records."""
    found = read_playbook(repository.folder, Settings(), "content").problems
    return [f"{p.path}: {p.severity}[{p.code}] {p.message}" for p in found]


# What a change brings -----------------------------------------------------------------------------


def test_what_was_there_before_is_not_reported(playbook: Scratch) -> None:
    assert said(playbook) == []
    old = record("outcome", raw="# A line more\nownr: Post room", body="Changed.\n")
    playbook.write({"content/outcomes/old.md": old})
    assert said(playbook) == []


def test_what_is_new_is_reported_saved_or_not(playbook: Scratch) -> None:
    new = {"hypotheses/new ü.md": record("outcome", raw="ownr: A")}
    playbook.write(new)
    path = "hypotheses/new ü.md"
    expected = [
        f"{path}: error[PB012] `ownr` is not a field of an outcome",
        (
            f"{path}: error[PB019] `new ü` is no id: the file's name is lower-case letters, "
            "digits and hyphens"
        ),
    ]
    assert sorted(said(playbook)) == expected
    playbook.git("checkout", "--quiet", "-b", "branch")
    playbook.commit({})
    assert sorted(said(playbook)) == expected


def test_a_record_that_nobody_touched_may_get_a_problem(playbook: Scratch) -> None:
    playbook.commit({HYPOTHESIS: None})
    assert said(playbook) == [f"{EXPERIMENT}: error[PB052] no hypothesis has the id `a-hypothesis`"]


def test_a_reference_to_nothing_names_what_it_may_mean(playbook: Scratch) -> None:
    playbook.write({"hypotheses/n.md": record("experiment", hypothesis="a-hypothesi")})
    config = playbook.folder / "mkdocs.yml"
    found = open_repository(playbook.folder)
    project = read_project(config)
    (problem,) = brought(project, project, found, found.commit("HEAD"))
    assert problem.label == "did you mean `a-hypothesis`?"


def test_a_broken_link_to_a_page_that_went_is_brought(playbook: Scratch) -> None:
    linking = record("outcome", body="See [the page](../page%20one.md).\n")
    playbook.commit({"content/page one.md": "# Page\n", OUTCOME: linking})
    playbook.git("tag", "--force", "base")
    (playbook.folder / "mkdocs.yml").write_text(f"docs_dir: content\n{CONFIG}")
    playbook.commit({})
    playbook.git("tag", "--force", "base")
    assert said(playbook) == []
    playbook.commit({"content/page one.md": None})
    assert said(playbook) == [
        (
            f"{OUTCOME}: error[PB071] the link `../page%20one.md` leads to no page: there is no "
            "content/page one.md on the site"
        )
    ]


def test_a_page_that_nobody_touched_may_become_too_large(
    playbook: Scratch, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("outcome_playbook.livelists.lists.MOST_CELLS", 5)
    page = "```playbook\nfrom: hypothesis\ncolumns: [title, owner]\n```\n"
    playbook.commit({"docs/all.md": page, "hypotheses/b.md": record("hypothesis")})
    playbook.git("tag", "-f", "base")
    assert said(playbook) == []

    playbook.write({"hypotheses/c.md": record("hypothesis")})
    (told,) = said(playbook)
    assert told.startswith("docs/all.md: error[PB086]")


def test_a_rename_brings_no_old_problem_again(playbook: Scratch) -> None:
    old = record("outcome", raw="ownr: Post room", aliases=["old"])
    playbook.commit({"content/outcomes/old.md": None, "content/outcomes/newer.md": old})
    assert said(playbook) == []


def test_stricter_settings_bring_what_they_ask_for(playbook: Scratch) -> None:
    long = {"start": "2026-01-05", "end": "2026-02-27"}
    running = family("experiment", status="running", **long)
    playbook.commit({**running})
    playbook.git("tag", "--force", "base")
    playbook.commit(
        {"mkdocs.yml": f"{CONFIG}:\n      time_box_weeks: 4\n".replace("book\n:", "book:")}
    )
    (problem,) = said(playbook)
    assert "PB025" in problem


def test_a_rule_that_weighs_more_brings_what_breaks_it(playbook: Scratch) -> None:
    playbook.commit({OUTCOME: record("outcome", status="active", baseline=None)})
    playbook.git("tag", "--force", "base")
    (rule,) = {line.partition("[")[2][:5] for line in checked(playbook) if "warning" in line}
    for level, brings in (("note", False), ("error", True)):
        severity = f"{{{rule}: {{level: {level}, reason: Ours}}}}"
        config = f"{CONFIG}:\n      severity: {severity}\n".replace("book\n:", "book:")
        playbook.write({"mkdocs.yml": config})
        assert any(rule in line for line in said(playbook)) is brings


def test_a_base_without_a_playbook_makes_everything_new(tmp_path: Path) -> None:
    made = scratch(tmp_path)
    made.commit({"README.md": "x"})
    made.git("tag", "base")
    made.commit({"mkdocs.yml": CONFIG, "hypotheses/o.md": record("outcome", raw="ownr: A")})
    assert said(made) == ["hypotheses/o.md: error[PB012] `ownr` is not a field of an outcome"]


def test_what_others_did_meanwhile_is_theirs(playbook: Scratch) -> None:
    playbook.git("checkout", "--quiet", "-b", "mine")
    playbook.commit({OUTCOME: record("outcome", status="active", body="Mine.\n")})
    playbook.git("checkout", "--quiet", "main")
    playbook.commit({"hypotheses/theirs.md": record("outcome", raw="ownr: A")})
    playbook.git("checkout", "--quiet", "mine")
    assert said(playbook, "main") == []
    playbook.git("merge", "--quiet", "--no-edit", "main")
    assert said(playbook, "main") == []


def test_two_branches_that_add_one_id_are_told_of_each_other(playbook: Scratch) -> None:
    playbook.git("checkout", "--quiet", "-b", "mine")
    playbook.commit({"hypotheses/new.md": record("outcome")})
    playbook.git("checkout", "--quiet", "main")
    playbook.commit({"content/outcomes/new.md": record("outcome")})
    playbook.git("merge", "--quiet", "--no-edit", "mine")
    assert said(playbook) == [
        "content/outcomes/new.md: error[PB050] the id `new` is taken: hypotheses/new.md has it too",
        "hypotheses/new.md: error[PB050] the id `new` is taken: content/outcomes/new.md has it too",
    ]


def test_two_branches_that_rename_one_record_are_told_of_each_other(playbook: Scratch) -> None:
    playbook.git("checkout", "--quiet", "-b", "mine")
    aliased = record("outcome", aliases=["an-outcome"])
    playbook.commit({OUTCOME: None, "content/outcomes/mine.md": aliased})
    playbook.git("checkout", "--quiet", "main")
    playbook.commit({OUTCOME: None, "content/outcomes/theirs.md": aliased})
    playbook.git("merge", "mine", check=False)
    playbook.git("add", "--all")
    # Git leaves both files and says so; whoever commits them is told by the check.
    told = [line for line in said(playbook) if "PB051" in line]
    assert told == [
        (
            "content/outcomes/theirs.md: error[PB051] the alias `an-outcome` is taken: "
            "content/outcomes/mine.md has it already"
        )
    ]


@pytest.mark.parametrize(
    ("here", "there", "has", "other"),
    [("mine", "main", "main", "HEAD"), ("main", "mine", "HEAD", "mine")],
)
def test_one_branch_deletes_what_the_other_edits(
    here: str, there: str, has: str, other: str, playbook: Scratch
) -> None:
    playbook.git("checkout", "--quiet", "-b", "mine")
    playbook.commit({OUTCOME: None})
    playbook.git("checkout", "--quiet", "main")
    playbook.commit({OUTCOME: record("outcome", title="Edited")})
    playbook.git("checkout", "--quiet", here)
    playbook.git("merge", there, check=False)
    told = (
        f"{OUTCOME}: error[PB030] of the two sides of a merge, `{has}` has this file, and "
        f"`{other}` deleted it or gave it another name"
    )
    assert told in said(playbook, "base")
    assert told in said(playbook, "HEAD")
    playbook.git("add", OUTCOME)
    assert told not in said(playbook, "HEAD")


def test_one_branch_deletes_what_the_other_refers_to(playbook: Scratch) -> None:
    playbook.git("checkout", "--quiet", "-b", "mine")
    playbook.commit({"hypotheses/second.md": record("experiment")})
    playbook.git("checkout", "--quiet", "main")
    playbook.commit({HYPOTHESIS: None, EXPERIMENT: None})
    playbook.git("merge", "--quiet", "--no-edit", "mine")
    assert said(playbook) == [
        "hypotheses/second.md: error[PB052] no hypothesis has the id `a-hypothesis`"
    ]


# Steps --------------------------------------------------------------------------------------------


def stepped(repository: Scratch) -> list[str]:
    return [line for line in said(repository) if "PB044" in line or "PB043" in line]


def experiment(status: str, **fields: Any) -> dict[str, str | bytes | None]:
    return {EXPERIMENT: record("experiment", status=status, **fields)}


def test_each_step_in_a_commit_of_its_own_is_fine(playbook: Scratch) -> None:
    for status in ("running", "review", "concluded"):
        playbook.commit(experiment(status))
    assert stepped(playbook) == []


def test_a_step_left_out_is_told_with_its_commit(playbook: Scratch) -> None:
    commit = playbook.commit(experiment("concluded"))
    told = f"in commit {commit[:10]} the status went from `planned` to `concluded`"
    assert stepped(playbook) == [f"{EXPERIMENT}: error[PB044] {told}"]


def test_a_step_that_was_taken_back_is_no_problem(playbook: Scratch) -> None:
    playbook.commit(experiment("concluded"))
    playbook.commit(experiment("planned"))
    assert stepped(playbook) == []
    for status in ("running", "review"):
        playbook.commit(experiment(status))
    assert stepped(playbook) == []
    playbook.write(experiment("running"))
    (told,) = stepped(playbook)
    assert told.endswith("the status went from `review` to `running`")


def test_a_step_left_out_and_made_up_for_afterwards_stands(playbook: Scratch) -> None:
    playbook.commit(experiment("concluded"))
    playbook.commit({EXPERIMENT: None, "hypotheses/new.md": experiment("concluded")[EXPERIMENT]})
    playbook.commit({EXPERIMENT: record("experiment", status="running")})
    assert len(stepped(playbook)) == 1


def test_a_step_left_out_is_told_before_it_is_committed(playbook: Scratch) -> None:
    playbook.write(experiment("review"))
    told = "the status went from `planned` to `review`"
    assert stepped(playbook) == [f"{EXPERIMENT}: error[PB044] {told}"]


def test_what_was_written_down_afterwards_may_be_concluded_at_once(playbook: Scratch) -> None:
    playbook.commit(experiment("concluded", retrospective=True))
    playbook.write({HYPOTHESIS: record("hypothesis", status="supported")})
    assert stepped(playbook) == []


def test_a_new_record_may_begin_anywhere(playbook: Scratch) -> None:
    playbook.commit({"hypotheses/new.md": record("experiment", status="concluded")})
    assert stepped(playbook) == []


@pytest.mark.parametrize("reopened", [True, False])
def test_back_to_review_needs_a_reason(playbook: Scratch, reopened: bool) -> None:
    playbook.commit(experiment("concluded"))
    playbook.git("tag", "--force", "base")
    entry = [{"date": "2026-05-02", "reason": "Counted twice"}]
    playbook.commit(experiment("review", reopened=entry if reopened else None))
    told = ["the status went from `concluded` to `review`"] * (not reopened)
    assert [line.split("] ")[1].split("the", 1)[1] for line in stepped(playbook)] == [
        line.removeprefix("the") for line in told
    ]


@pytest.mark.parametrize("path", ["content/metrics/an-experiment.md", "hypotheses/renamed.md"])
def test_a_record_that_moved_keeps_its_history(playbook: Scratch, path: str) -> None:
    aliases = ["an-experiment"] if "renamed" in path else []
    text = record("experiment", status="concluded", aliases=aliases)
    playbook.commit({EXPERIMENT: None, path: text})
    (told,) = stepped(playbook)
    assert told.startswith(f"{path}: error[PB044]")


def test_steps_that_others_took_meanwhile_are_theirs(playbook: Scratch) -> None:
    playbook.git("checkout", "--quiet", "-b", "mine")
    playbook.commit({OUTCOME: record("outcome", status="active", body="Mine.\n")})
    playbook.git("checkout", "--quiet", "main")
    for status in ("running", "review", "concluded"):
        playbook.commit(experiment(status))
    playbook.git("checkout", "--quiet", "mine")
    playbook.git("merge", "--quiet", "--no-edit", "main")
    playbook.git("tag", "--force", "base", "HEAD~1")
    assert stepped(playbook) == []


def test_a_reason_may_weigh_a_step_otherwise(playbook: Scratch) -> None:
    level = "{level: warning, reason: We begin}"
    options = f"      severity: {{PB044: {level}}}\n"
    playbook.commit({"mkdocs.yml": CONFIG.replace("- playbook\n", f"- playbook:\n    {options}")})
    playbook.commit(experiment("concluded"))
    (told,) = stepped(playbook)
    assert "warning[PB044]" in told


# The command --------------------------------------------------------------------------------------


def run(folder: Path, *arguments: str) -> tuple[int, str, str]:
    config = str(folder / "mkdocs.yml")
    result = CliRunner().invoke(check.command, ["-f", config, "--changed-since", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_the_command_counts_what_the_change_brings(playbook: Scratch) -> None:
    brings = "brought by the change since base\n"
    assert run(playbook.folder, "base") == (0, f"No problems {brings}", "")
    playbook.write({"hypotheses/new.md": record("outcome", raw="ownr: A")})
    code, text, _ = run(playbook.folder, "base")
    assert code == 1
    assert f"\n1 error {brings}" in text
    assert "hypotheses/new.md:2:1" in text
    assert run(playbook.folder, "base", str(playbook.folder / "content"))[0] == 0


def test_the_command_says_what_it_cannot_know(playbook: Scratch, tmp_path: Path) -> None:
    playbook.commit({})
    clone = tmp_path / "clone"
    playbook.git("clone", "--quiet", "--depth=1", playbook.folder.as_uri(), str(clone))
    could_not = "playbook check could not run: git knows no commit `base`; this clone is shallow"
    code, text, said = run(clone, "base")
    assert (code, text) == (2, "")
    assert said.startswith(could_not)
    assert "git fetch --unshallow" in said


def test_without_git_the_command_says_so(tmp_path: Path) -> None:
    write(tmp_path, family("experiment"))
    code, _, said = run(tmp_path, "main")
    assert (code, said) == (
        2,
        f"playbook check could not run: {tmp_path} lies in no git repository\n",
    )


def test_a_baseline_is_not_written_for_a_change(playbook: Scratch) -> None:
    code, _, said = run(playbook.folder, "base", "--write-baseline")
    assert code == 2
    assert "leave --changed-since out" in said
