"""The commands of the workflows, run on a small playbook with real branches and a real merge."""

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.ci.github import TOKEN, Host, serving
from tests.ci.workflows import Ran, run_github, run_gitlab
from tests.scratch import Scratch, scratch
from tests.site import playbooks

CHECK, BUILD, CHANGE = "Check the records", "Build the site", "Say what the change means"
KEEP, HAND_OVER = "Keep the site, to be looked at", "Hand over what is to be posted"
INSTALL, NEWEST = "Install", "Is the built commit still the newest?"
ADDED = playbooks.record("hypothesis", "A call before the claim is refused", "draft")


def git(folder: Path, *arguments: str) -> str:
    return Scratch(folder).git(*arguments)


@dataclass(frozen=True)
class Origin:
    """A repository on a host, in a folder with a space and a letter beyond ASCII."""

    folder: Path

    def branch(self, name: str, changes: dict[str, str], start: str = "main") -> None:
        """Commit files on a new branch."""
        git(self.folder, "checkout", "--quiet", "-b", name, start)
        Scratch(self.folder).commit(changes, f"Propose {name}")
        git(self.folder, "checkout", "--quiet", "main")

    def merge(self, name: str) -> str:
        """Merge a branch as the host's button does, and return the new commit."""
        git(self.folder, "merge", "--quiet", "--no-ff", "--message", f"Merge {name}", name)
        return git(self.folder, "rev-parse", "HEAD")

    def pull(self, name: str, to: Path, depth: int | None = None) -> Path:
        """Check out what GitHub makes of a pull request: main, with the branch merged into it."""
        git(self.folder, "checkout", "--quiet", "--detach", "main")
        self.merge(name)
        git(self.folder, "update-ref", f"refs/pull/{name}/merge", "HEAD")
        git(self.folder, "checkout", "--quiet", "main")
        return self.clone(to, f"refs/pull/{name}/merge", depth)

    def clone(self, to: Path, ref: str, depth: int | None = None) -> Path:
        """Check out a reference, detached, as the hosts do."""
        scratch(to)
        git(to, "remote", "add", "origin", self.folder.as_uri())
        shallow = [f"--depth={depth}"] if depth else []
        git(to, "fetch", "--quiet", *shallow, "origin", ref)
        git(to, "checkout", "--quiet", "--detach", "FETCH_HEAD")
        return to


def begin(folder: Path) -> Origin:
    """Begin a repository with a small playbook and three branches.

    `call` adds a hypothesis and moves a target; `same-call` adds a hypothesis of the same id in
    another folder.
    """
    config = playbooks.make(folder, playbooks.small(), site_url="TO BE SET")
    asked = config.read_text(encoding="utf-8").replace("TO BE SET", '!ENV [SITE_URL, ""]')
    config.write_text(asked, encoding="utf-8")
    scratch(folder).commit({}, "Begin")
    origin = Origin(folder)
    outcome = "content/outcomes/faster-claims.md"
    text = (folder / outcome).read_text(encoding="utf-8")
    moved = text.replace("target: 7", "target: 5")
    assert moved != text
    origin.branch("call", {"hypotheses/call-before-refusal.md": ADDED, outcome: moved})
    origin.branch("same-call", {"hypotheses/letters/call-before-refusal.md": ADDED})
    return origin


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Origin:
    return begin(tmp_path_factory.mktemp("begun") / "Größe der Welt")


@pytest.fixture
def origin(begun: Origin, tmp_path: Path) -> Origin:
    """Return a repository of the test's own."""
    folder = tmp_path / "ein Wörterbuch"
    shutil.copytree(begun.folder, folder)
    return Origin(folder)


@pytest.fixture
def host() -> Iterator[Host]:
    with serving() as served:
        yield served


def comment(host: Host, temp: Path) -> Ran:
    """Run the workflow that posts, after a run that left its files in ``temp``."""
    host.answers["pulls/7"] = {"head": {"sha": "c" * 40, "repo": {"id": 1}}}
    return run_github(
        "comment.yml",
        "comment",
        folder=temp,
        temp=temp,
        environment=host.environment,
        only=["Post or update the comment"],
        github__token=TOKEN,
        github__event__workflow_run__head_sha="c" * 40,
        github__event__workflow_run__head_repository__id="1",
    )


def pull_request(folder: Path, temp: Path, only: list[str] | None = None) -> Ran:
    return run_github(
        "pull-request.yml",
        "playbook",
        folder=folder,
        temp=temp,
        only=only,
        github__event_name="pull_request",
        github__event__pull_request__number="7",
    )


def publish(host: Host, folder: Path, temp: Path, only: list[str] | None = None) -> Ran:
    host.answers["pages"] = {"html_url": "https://team.example/our-playbook/"}
    return run_github(
        "publish.yml",
        "build",
        folder=folder,
        temp=temp,
        environment=host.environment,
        only=only,
        github__token=TOKEN,
    )


def deploy(host: Host, temp: Path, built: str) -> Ran:
    return run_github(
        "publish.yml",
        "deploy",
        folder=temp,
        temp=temp,
        environment=host.environment,
        github__token=TOKEN,
        needs__build__outputs__commit=built,
    )


# GitHub -----------------------------------------------------------------------------------------


def test_a_pull_request_is_checked_built_and_compared_and_its_merge_published(
    origin: Origin, host: Host, tmp_path: Path
) -> None:
    temp = tmp_path / "runner"
    ran = pull_request(origin.pull("call", tmp_path / "work"), temp)
    assert set(ran.outcomes.values()) == {"success"}, ran.printed
    assert ran.used[-2:] == ["actions/upload-artifact"] * 2
    assert (temp / "site" / "hypotheses" / "call-before-refusal" / "index.html").is_file()
    assert (temp / "comment" / "number").read_text() == "7"
    text = (temp / "comment" / "text.md").read_text(encoding="utf-8")
    assert "call-before-refusal" in text
    assert "faster-claims" in text
    assert ran.summary == text
    assert "call-before-refusal" in ran.printed[CHANGE]

    merged = origin.merge("call")
    temp = tmp_path / "publisher"
    ran = publish(host, origin.clone(tmp_path / "main", "main"), temp)
    assert set(ran.outcomes.values()) == {"success"}, ran.printed
    assert ran.outputs["commit"] == merged
    missing = (temp / "site" / "404.html").read_text(encoding="utf-8")
    assert 'href="/our-playbook/hypotheses/"' in missing
    assert (temp / "site" / "hypotheses" / "call-before-refusal" / "index.html").is_file()


def test_two_branches_with_the_same_id_merge_into_an_error_that_names_both(
    origin: Origin, tmp_path: Path
) -> None:
    origin.merge("call")
    ran = pull_request(origin.pull("same-call", tmp_path / "work"), tmp_path / "runner")
    assert ran.failed
    assert (ran.outcomes[CHECK], ran.outcomes[BUILD]) == ("failure", "failure")
    for step in (CHECK, BUILD):
        assert "hypotheses/call-before-refusal.md" in ran.printed[step]
        assert "hypotheses/letters/call-before-refusal.md" in ran.printed[step]
    assert "::error" in ran.printed[CHECK]
    assert ran.outcomes[KEEP] == "skipped"  # there is no site to keep …
    assert (ran.outcomes[CHANGE], ran.outcomes[HAND_OVER]) == ("success", "success")


SKIPPED = "in commit [0-9a-f]{10} the status went from `draft` to `testing`"


def skip_a_status(origin: Origin) -> None:
    """Let the branch `skip` put the hypothesis of `call` to the test before anybody proposed it."""
    origin.merge("call")
    origin.branch("skip", {"hypotheses/call-before-refusal.md": ADDED.replace("draft", "testing")})


def test_a_status_that_was_skipped_is_told_from_history(origin: Origin, tmp_path: Path) -> None:
    skip_a_status(origin)
    work = origin.pull("skip", tmp_path / "work")
    ran = pull_request(work, tmp_path / "runner", only=[INSTALL, CHECK])
    assert ran.outcomes[CHECK] == "failure"
    assert re.search(SKIPPED, ran.printed[CHECK])


def test_a_shallow_clone_says_what_it_cannot_know_and_fails(origin: Origin, tmp_path: Path) -> None:
    work = origin.pull("call", tmp_path / "work", depth=1)
    ran = pull_request(work, tmp_path / "runner", only=[INSTALL, CHANGE, HAND_OVER])
    assert ran.outcomes == {INSTALL: "success", CHANGE: "failure", HAND_OVER: "skipped"}
    assert "playbook diff could not run: " in ran.printed[CHANGE]
    assert "shallow" in ran.printed[CHANGE]


def test_what_a_change_means_becomes_a_comment_unless_there_is_nothing_to_say(
    origin: Origin, host: Host, tmp_path: Path
) -> None:
    origin.branch("read-me", {"README.md": "# Our playbook\n"})
    work = origin.pull("read-me", tmp_path / "read-me")
    nothing = tmp_path / "nothing"
    assert not pull_request(work, nothing, only=[INSTALL, CHANGE]).failed
    assert not comment(host, nothing).failed
    assert host.comments == []

    something = tmp_path / "something"
    work = origin.pull("call", tmp_path / "call")
    assert not pull_request(work, something, only=[INSTALL, CHANGE]).failed
    assert not comment(host, something).failed
    (posted,) = host.comments
    assert posted["body"] == (something / "comment" / "text.md").read_text(encoding="utf-8")

    assert not comment(host, nothing).failed
    assert [one["body"] for one in host.comments] == [
        (nothing / "comment" / "text.md").read_text(encoding="utf-8")
    ]


def test_only_the_newest_commit_is_deployed(host: Host, tmp_path: Path) -> None:
    newest, older = "a" * 40, "b" * 40
    host.answers["commits/heads/main"] = newest
    ran = deploy(host, tmp_path, newest)
    assert ran.used == ["actions/deploy-pages"]
    ran = deploy(host, tmp_path, older)
    assert (ran.used, ran.failed) == ([], False)
    assert ran.printed[NEWEST] == (
        f"::notice::main is at {newest} by now and {older} was built: "
        "the run of the newer commit publishes.\n"
    )


def test_what_the_newest_commit_is_has_to_be_known(host: Host, tmp_path: Path) -> None:
    ran = deploy(host, tmp_path, "a" * 40)
    assert (ran.used, ran.failed) == ([], True)


def test_a_repository_without_pages_is_told_how_to_get_them(host: Host, tmp_path: Path) -> None:
    ran = run_github(
        "publish.yml",
        "build",
        folder=tmp_path,
        temp=tmp_path,
        environment=host.environment,
        only=["Ask for the site's address"],
        github__token=TOKEN,
    )
    assert ran.failed
    assert "Settings → Pages → Source: GitHub Actions" in ran.printed["Ask for the site's address"]


# GitLab -----------------------------------------------------------------------------------------

TARGET = {"CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main"}


def test_a_merge_request_is_checked_and_compared_and_its_merge_published(
    origin: Origin, tmp_path: Path
) -> None:
    work = origin.clone(tmp_path / "work", "call")
    done = run_gitlab("records", folder=work, temp=tmp_path / "runner", **TARGET)
    assert done.returncode == 0, done.stdout
    assert json.loads((work / "gl-code-quality-report.json").read_bytes()) == []
    done = run_gitlab("change", folder=work, temp=tmp_path / "runner", **TARGET)
    assert done.returncode == 0, done.stdout
    assert "call-before-refusal" in done.stdout
    assert "call-before-refusal" in (work / "change.md").read_text(encoding="utf-8")

    origin.merge("call")
    main = origin.clone(tmp_path / "main", "main")
    address = "https://team.example/our-playbook"
    done = run_gitlab("pages", folder=main, temp=tmp_path / "runner", SITE_URL=address)
    assert done.returncode == 0, done.stdout
    missing = (main / "public" / "404.html").read_text(encoding="utf-8")
    assert 'href="/our-playbook/hypotheses/"' in missing


def test_a_merge_request_is_checked_as_the_target_branch_would_be_with_it(
    origin: Origin, tmp_path: Path
) -> None:
    origin.merge("call")
    work = origin.clone(tmp_path / "work", "same-call")
    done = run_gitlab("records", folder=work, temp=tmp_path / "runner", **TARGET)
    assert done.returncode == 1
    assert "hypotheses/call-before-refusal.md" in done.stdout
    assert "hypotheses/letters/call-before-refusal.md" in done.stdout
    found = json.loads((work / "gl-code-quality-report.json").read_bytes())
    both = {"hypotheses/call-before-refusal.md", "hypotheses/letters/call-before-refusal.md"}
    assert {problem["location"]["path"] for problem in found} <= both
    assert len(found) > 0


def test_a_status_that_was_skipped_is_told_to_a_merge_request(
    origin: Origin, tmp_path: Path
) -> None:
    skip_a_status(origin)
    work = origin.clone(tmp_path / "work", "skip")
    done = run_gitlab("records", folder=work, temp=tmp_path / "runner", **TARGET)
    assert done.returncode == 1
    assert re.search(SKIPPED, done.stdout)


def test_a_shallow_merge_request_says_what_it_cannot_know_and_fails(
    origin: Origin, tmp_path: Path
) -> None:
    work = origin.clone(tmp_path / "work", "call", depth=1)
    done = run_gitlab("change", folder=work, temp=tmp_path / "runner", **TARGET)
    assert done.returncode == 1
    assert done.stdout == (
        "Where the branches parted is not known, so nothing can be merged or compared. "
        "This clone is shallow: GIT_DEPTH has to be 0.\n"
    )
    assert not (work / "change.md").exists()
