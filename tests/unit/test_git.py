"""What git says of a repository, and records read from a commit as from a folder."""

import subprocess
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from outcome_playbook.git import GitError, Repository, open_repository
from outcome_playbook.loader import Loaded, load, load_revision
from outcome_playbook.playbook import read_playbook, read_revision
from outcome_playbook.project import ProjectError, project_then
from outcome_playbook.settings import Settings
from tests.factories import CONFIG, family, record
from tests.scratch import Scratch, scratch

FOLDERS = ("hypotheses", "content/outcomes", "content/metrics")
ODD: dict[str, str | bytes] = {
    "hypotheses/README.md": "# Hypotheses\n",
    "hypotheses/deep down/été.md": record("outcome", title="Été"),
    "hypotheses/windows.md": record("outcome").replace("\n", "\r\n").encode(),
    "hypotheses/.hidden.md": record("outcome"),
    "hypotheses/.folder/x.md": record("outcome"),
    "hypotheses/latin-1.md": "---\ntitle: Été\n---\n".encode("latin-1"),
    "hypotheses/picture.png": b"\x89PNG",
    "content/page.md": "# A page\n",
    "content/outcomes/index.md": "# Outcomes\n",
}


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Scratch:
    """Return a repository with a commit on `main`, tagged `first`, and one after it."""
    made = scratch(tmp_path_factory.mktemp("with space é"))
    (made.folder / "hypotheses").mkdir()
    for name, target in (
        ("alias.md", "windows.md"),
        ("gone.md", "nothing.md"),
        ("outside.md", "../mkdocs.yml"),
    ):
        (made.folder / "hypotheses" / name).symlink_to(target)
    running: dict[str, str | bytes] = dict(family("experiment", status="running"))
    made.commit({"mkdocs.yml": CONFIG, **running, **ODD})
    made.git("tag", "first")
    made.commit({"hypotheses/windows.md": None, "hypotheses/later.md": record("outcome")})
    return made


@pytest.fixture
def opened(repository: Scratch) -> Repository:
    return open_repository(repository.folder)


@pytest.fixture
def elsewhere(repository: Scratch, tmp_path: Path) -> Iterator[Path]:
    """Return a second work tree of the repository, with a detached head at its first commit."""
    repository.git("worktree", "add", "--quiet", "--detach", str(tmp_path / "w"), "first")
    yield tmp_path / "w"
    repository.git("worktree", "remove", "--force", str(tmp_path / "w"))


def seen(loaded: Loaded) -> list[tuple[object, ...]]:
    return [
        (file.path, file.id, file.title, file.record, file.text, file.problems)
        for file in loaded.files
    ]


def then(repository: Repository, commit: str, folders: Sequence[str] = FOLDERS) -> Loaded:
    return load_revision(repository, repository.files(commit, folders), folders)


def test_records_of_a_commit_are_read_as_those_of_its_folder(
    opened: Repository, elsewhere: Path
) -> None:
    here, there = load(elsewhere, FOLDERS), then(opened, "first")
    assert len(there.files) == len(list(elsewhere.glob("[ch]*/**/*.md"))) - 5
    assert seen(there) == seen(here)
    assert there.introductions == here.introductions
    now = read_playbook(elsewhere, Settings(), "content")
    assert read_revision(opened, "first", Settings(), "content").problems == now.problems


def test_a_later_commit_is_read_without_touching_the_work_tree(
    opened: Repository, elsewhere: Path
) -> None:
    before = sorted(elsewhere.rglob("*"))
    found = {file.id for file in then(open_repository(elsewhere), "main").files}
    assert found == {f.id for f in then(opened, "first").files} - {"windows"} | {"later"}
    assert sorted(elsewhere.rglob("*")) == before


def test_no_folder_is_no_record(opened: Repository) -> None:
    assert then(opened, "first", ()).files == []
    assert then(opened, "first", ("absent",)).files == []


def test_what_changed_names_both_paths_of_a_rename(opened: Repository) -> None:
    assert opened.changed("first", "main") == {"hypotheses/windows.md", "hypotheses/later.md"}


def test_the_work_tree_counts_untracked_files_and_no_ignored_ones(tmp_path: Path) -> None:
    made = scratch(tmp_path)
    made.commit({".gitignore": "*.tmp\n", "a.md": "a", "b.md": "b"})
    made.write({"a.md": "changed", "b.md": None, "ü ü.md": "new", "x.tmp": "ignored"})
    assert open_repository(tmp_path).changed("HEAD") == {"a.md", "b.md", "ü ü.md"}


def test_paths_are_relative_to_a_folder_below_the_top(tmp_path: Path) -> None:
    made = scratch(tmp_path)
    made.commit({"book/hypotheses/h.md": "x", "book/mkdocs.yml": CONFIG, "other.md": "y"})
    below = open_repository(tmp_path / "book")
    assert below.prefix == "book/"
    assert [blob.path for blob in below.files("main")] == ["hypotheses/h.md", "mkdocs.yml"]
    assert below.content("main", "hypotheses/h.md") == b"x"
    made.write({"book/hypotheses/h.md": "z", "other.md": "z", "new.md": "z"})
    assert below.changed("main") == {"hypotheses/h.md"}


def test_settings_are_those_of_the_commit(tmp_path: Path) -> None:
    made = scratch(tmp_path.resolve())
    option = "plugins:\n  - playbook:\n      time_box_weeks: "
    made.commit({"base.yml": f"{option}4\n", "mkdocs.yml": "INHERIT: base.yml\n"})
    made.commit({"base.yml": f"{option}6\n"})
    made.commit({"base.yml": None})
    made.commit({"mkdocs.yml": None})
    found = open_repository(made.folder)
    config = made.folder / "mkdocs.yml"
    for commit, weeks in (("HEAD~3", 4), ("HEAD~2", 6)):
        project = project_then(config, found, commit)
        assert project is not None
        assert project.settings.time_box_weeks == weeks
    assert project_then(config, found, "HEAD") is None
    with pytest.raises(ProjectError, match=r"base\.yml: is not in the commit"):
        project_then(config, found, "HEAD~1")


@pytest.mark.parametrize("name", ["nowhere", "--help", "main:a.md", ""])
def test_a_name_of_no_commit_is_refused(opened: Repository, name: str) -> None:
    with pytest.raises(GitError, match="git knows no commit"):
        opened.commit(name)


def test_a_branch_that_only_the_remote_has_is_named(repository: Scratch, tmp_path: Path) -> None:
    address = repository.folder.as_uri()
    repository.git("clone", "--quiet", address, str(tmp_path / "c"))
    Scratch(tmp_path / "c").git("checkout", "--quiet", "-b", "mine")
    Scratch(tmp_path / "c").git("branch", "--quiet", "-D", "main")
    with pytest.raises(GitError, match=r"no commit `main`; did you mean `origin/main`\?"):
        open_repository(tmp_path / "c").commit("main")


@pytest.mark.parametrize("name", ["main", "HEAD"])
def test_before_the_first_commit_that_is_what_is_said(name: str, tmp_path: Path) -> None:
    scratch(tmp_path)
    with pytest.raises(GitError, match="nothing is committed here yet"):
        open_repository(tmp_path).commit(name)
    with pytest.raises(GitError, match="nothing is committed here yet"):
        _ = open_repository(tmp_path).default_branch


def test_a_shallow_clone_says_what_it_cannot_know(repository: Scratch, tmp_path: Path) -> None:
    address = repository.folder.as_uri()
    repository.git("clone", "--quiet", "--depth=1", "--branch=main", address, str(tmp_path / "c"))
    clone = open_repository(tmp_path / "c")
    assert clone.is_shallow
    first = repository.git("rev-parse", "first")
    with pytest.raises(GitError, match=f"no commit `{first}`; this clone is shallow.*--unshallow"):
        clone.commit(first)


def test_branches_without_a_common_commit_are_refused(tmp_path: Path) -> None:
    made = scratch(tmp_path)
    made.commit({"a.md": "a"})
    made.git("checkout", "--quiet", "--orphan", "other")
    made.commit({"a.md": "b"})
    with pytest.raises(GitError, match=r"^`main` and `other` have no commit in common$"):
        open_repository(tmp_path).merge_base("main", "other")


def test_the_default_branch_is_the_remotes_where_there_is_one(
    repository: Scratch, tmp_path: Path
) -> None:
    repository.git("clone", "--quiet", repository.folder.as_uri(), str(tmp_path / "c"))
    assert open_repository(tmp_path / "c").default_branch == "origin/HEAD"
    made = scratch(tmp_path / "trunk")
    made.git("checkout", "--quiet", "-b", "trunk")
    made.commit({"a.md": "a"})
    with pytest.raises(GitError, match="no default branch is known here"):
        _ = open_repository(made.folder).default_branch


def test_a_folder_without_git_is_said_to_be_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(GitError, match="lies in no git repository"):
        open_repository(tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(GitError, match="git is not installed"):
        open_repository(tmp_path)


def test_in_a_hook_the_folder_decides_which_repository_is_meant(
    repository: Scratch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = scratch(tmp_path)
    commit = made.commit({"a.md": "a"})
    monkeypatch.setenv("GIT_DIR", str(repository.folder / ".git"))
    monkeypatch.setenv("GIT_ICASE_PATHSPECS", "1")  # git refuses it beside literal ones
    assert open_repository(tmp_path).commit("HEAD") == commit
    assert open_repository(tmp_path).content("HEAD", "a.md") == b"a"


def test_what_git_refuses_is_told_in_its_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess([], 128, b"", b"fatal: dubious ownership\nmore\n")

    monkeypatch.setattr(subprocess, "run", refuse)
    with pytest.raises(GitError, match=r"git refused: dubious ownership$"):
        open_repository(Path())


def test_a_submodule_is_not_of_this_repository(repository: Scratch, tmp_path: Path) -> None:
    made = scratch(tmp_path)
    made.commit({"a.md": "a"})
    address = repository.folder.as_uri()
    add = ("-c", "protocol.file.allow=always", "submodule", "add", "--quiet", address, "hypotheses")
    made.git(*add)
    made.commit({}, "With a submodule")
    found = open_repository(tmp_path)
    assert [b.path for b in found.files("HEAD")] == [".gitmodules", "a.md"]
    assert then(found, "HEAD", ["hypotheses"]).files == []
    (commit,) = found.history("HEAD~1", "HEAD", ["hypotheses"])
    assert [(touched.path, touched.after) for touched in commit.touched] == [("hypotheses", None)]
    assert open_repository(tmp_path / "hypotheses").commit("HEAD") == repository.git(
        "rev-parse", "main"
    )


def test_bytes_come_back_in_the_order_asked_for(tmp_path: Path) -> None:
    made = scratch(tmp_path)
    texts: dict[str, str | bytes | None] = {
        "a.md": b"",
        "b.md": b"x\ny\n",
        "c.md": bytes(range(256)),
    }
    made.commit(texts)
    found = open_repository(tmp_path)
    blobs = found.files("HEAD")
    assert found.contents(reversed(blobs)) == list(reversed(texts.values()))
    assert found.contents([]) == []
