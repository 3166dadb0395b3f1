"""`playbook init`: what a new playbook begins with, and what is refused."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner, Result
from mkdocs.utils.yaml import yaml_load

from outcome_playbook.cli import init
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.starter import StarterError, new_playbook
from outcome_playbook.starter.installed import requirement_of
from tests.factories import record, write
from tests.site.building import build

GITHUB = "https://github.com/acme/book"
GITHUB_FILES = {
    ".github/dependabot.yml",
    ".github/python-version",
    ".github/workflows/comment.yml",
    ".github/workflows/publish.yml",
    ".github/workflows/pull-request.yml",
}


def begun(name: str = "Our book", repo_url: str = "", wanted: str = "x") -> dict[str, str]:
    return new_playbook(name, repo_url, wanted, version="1.2.3")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(init.command, [str(a) for a in arguments])


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder in which git finds no repository above."""
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return tmp_path / "our-book"


# The files ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("repo_url", "expected"),
    [
        (GITHUB, GITHUB_FILES),
        ("https://gitlab.com/acme/book", {".gitlab-ci.yml"}),
        ("https://codeberg.org/acme/book", set[str]()),
        ("", GITHUB_FILES | {".gitlab-ci.yml"}),
    ],
)
def test_the_ci_is_that_of_the_host(repo_url: str, expected: set[str]) -> None:
    hosts = {path for path in begun(repo_url=repo_url) if path.startswith((".github", ".gitlab"))}
    assert hosts == expected


def test_nothing_of_the_demo_is_there() -> None:
    files = begun()
    assert [path for path in files if path.endswith(".md")] == [
        "README.md",
        "content/handbook/index.md",
        "content/index.md",
        "content/metrics/index.md",
        "content/outcomes/index.md",
        "hypotheses/README.md",
    ]


@pytest.mark.parametrize("name", ['A "quoted" name', "Yes: #1", "{{ name }}", "Übung", "- no", "*"])
def test_a_name_is_data(name: str) -> None:
    files = begun(f" {name}\n")
    assert yaml_load(files["mkdocs.yml"])["site_name"] == name
    assert "<" not in begun("<script>")["README.md"].splitlines()[0].replace("\\<", "")


@pytest.mark.parametrize(
    "repo_url", ["acme/book", "javascript:alert(1)", "https://", "https://a b", f'{GITHUB}"x']
)
def test_an_address_that_is_none_is_refused(repo_url: str) -> None:
    with pytest.raises(StarterError, match="is no address of a repository"):
        begun(repo_url=repo_url)


@pytest.mark.parametrize("name", ["", " \n", "a\x1bb"])
def test_a_name_that_cannot_be_read_is_refused(name: str) -> None:
    with pytest.raises(StarterError, match="needs a name"):
        begun(name)


@pytest.mark.parametrize(
    ("origin", "expected"),
    [
        (None, "outcome-playbook==1.2"),
        (
            {"url": "https://e.org/a.git", "vcs_info": {"vcs": "git", "commit_id": "abc"}},
            "outcome-playbook @ git+https://e.org/a.git@abc",
        ),
        (
            {"url": "https://e.org/a.whl", "archive_info": {}},
            "outcome-playbook @ https://e.org/a.whl",
        ),
        ({"url": "file:///home/ada/a", "dir_info": {"editable": True}}, ""),
        ({"url": "file:///home/ada/a.whl", "archive_info": {}}, ""),
    ],
)
def test_the_package_is_required_as_it_was_installed(
    origin: dict[str, Any] | None, expected: str
) -> None:
    assert requirement_of("1.2", origin) == expected


def test_a_guess_about_the_package_says_so() -> None:
    assert begun(wanted="outcome-playbook==1.2")["requirements.txt"] == "outcome-playbook==1.2\n"
    *said, guess = begun(wanted="")["requirements.txt"].splitlines()
    assert guess == "outcome-playbook==1.2.3"
    assert "guess" in " ".join(said)


# The command --------------------------------------------------------------------------------------


def test_it_writes_a_playbook_that_builds_and_takes_a_record(alone: Path) -> None:
    result = run(alone, "--repo-url", GITHUB)
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith(
        f"Wrote {len(begun(repo_url=GITHUB))} files into {alone}, a git"
    )
    assert yaml.safe_load((alone / ".github/workflows/publish.yml").read_text())["jobs"]
    assert (alone / ".git" / "HEAD").read_text() == "ref: refs/heads/main\n"
    (alone / "hypotheses" / "first.md").write_text(record("hypothesis"))
    project = read_project(alone / "mkdocs.yml")
    playbook = read_playbook(project.root, project.settings, project.docs_dir)
    assert [entry.id for entry in playbook.registry.hypotheses] == ["first"]
    assert project.hosting.repository == GITHUB
    built = build(alone / "mkdocs.yml", alone.parent / "site")
    assert built.warnings == []
    assert "Our book" in built.text("index.html")


def test_it_writes_over_nothing(alone: Path) -> None:
    write(alone, {"mine.txt": "mine"})
    result = run(alone)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "holds something already; name a folder that is empty or new" in result.stderr
    assert sorted(path.name for path in alone.iterdir()) == ["mine.txt", "mkdocs.yml"]


def test_it_begins_no_repository_within_one(alone: Path) -> None:
    (alone / "team").mkdir(parents=True)
    assert run(alone).exit_code == 2  # not empty
    run(alone / "team" / "outer")
    result = run(alone / "team" / "outer" / "docs" / "book")
    assert result.exit_code == 0
    assert "a git repository" not in result.stdout


def test_it_goes_on_without_git(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(alone))
    result = run(alone)
    assert result.exit_code == 0
    assert "a git repository" not in result.stdout
    assert (alone / "mkdocs.yml").exists()
