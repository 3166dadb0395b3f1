"""What must hold of the workflow files beside what the linters of `make check` know of them."""

import re
from typing import Any

import pytest

from tests.ci.workflows import REPOSITORY, WORKFLOWS, gitlab, workflow
from tools.workflows import FILES, STARTER, there

NAMES = sorted(path.name for path in WORKFLOWS.glob("*.yml"))
EVERY = [(name, job) for name in NAMES for job in workflow(name)["jobs"]]


def steps(name: str, job: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = workflow(name)["jobs"][job]["steps"]
    return found


def test_the_files_of_a_new_playbook_are_made_from_these() -> None:
    kept = {path.relative_to(STARTER).as_posix() for path in STARTER.rglob("*") if path.is_file()}
    assert kept == set(FILES.values())
    for here, path in FILES.items():
        made = there((REPOSITORY / here).read_text(encoding="utf-8"))
        told = f"{path} is not what {here} makes: run `make workflows`"
        assert (STARTER / path).read_text(encoding="utf-8") == made, told


def test_a_new_playbook_installs_its_requirement_and_tests_no_code() -> None:
    texts = {path: (STARTER / path).read_text(encoding="utf-8") for path in FILES.values()}
    for path, text in texts.items():
        assert not re.search(r"requirements\.lock|--editable|\.ci/run|Only in this", text), path
    installed = "python -m pip install --requirement requirements.txt\n"
    assert {path: text.count(installed) for path, text in texts.items() if installed in text} == {
        "github/workflows/publish.yml": 1,
        "github/workflows/pull-request.yml": 1,
        "gitlab-ci.yml": 1,
    }


def test_both_hosts_use_the_same_python() -> None:
    version = (REPOSITORY / ".github" / "python-version").read_text(encoding="utf-8").strip()
    assert gitlab()["variables"]["PYTHON_VERSION"] == version


def test_an_action_is_used_at_one_commit_everywhere() -> None:
    pins: dict[str, set[str]] = {}
    for name in NAMES:
        text = (WORKFLOWS / name).read_text(encoding="utf-8")
        for action, pin in re.findall(r"uses: (\S+)@(.+)", text):
            assert re.fullmatch(r"[0-9a-f]{40} # v\d+\.\d+\.\d+", pin), (name, action)
            pins.setdefault(action, set()).add(pin)
    assert {action for action, found in pins.items() if len(found) > 1} == set()
    assert len(pins) == 6


def test_rights_to_write_are_where_they_are_needed_and_nowhere_else() -> None:
    assert [name for name in NAMES if workflow(name)["permissions"] != {}] == []
    rights = {
        f"{name}:{job}": {
            right
            for right, level in workflow(name)["jobs"][job]["permissions"].items()
            if level != "read"
        }
        for name, job in EVERY
    }
    assert {job: found for job, found in rights.items() if found} == {
        "comment.yml:comment": {"pull-requests"},
        "publish.yml:deploy": {"pages", "id-token"},
    }


@pytest.mark.parametrize(("name", "job"), EVERY)
def test_code_runs_only_where_nothing_can_be_written_and_no_secret_is(name: str, job: str) -> None:
    assert "secrets." not in (WORKFLOWS / name).read_text(encoding="utf-8")
    can_write = set(workflow(name)["jobs"][job]["permissions"].values()) != {"read"}
    uses = {step["uses"].partition("@")[0] for step in steps(name, job) if "uses" in step}
    assert ("actions/checkout" in uses) is not can_write


@pytest.mark.parametrize(("name", "job"), EVERY)
def test_no_value_of_an_event_is_pasted_into_a_script(name: str, job: str) -> None:
    for step in steps(name, job):
        assert "${{" not in step.get("run", "")


def test_a_stranger_starts_only_what_runs_from_main_or_without_rights() -> None:
    triggers = {name: set(workflow(name)["on"]) for name in NAMES}
    assert triggers == {
        "code.yml": {"push", "pull_request", "merge_group"},
        "comment.yml": {"workflow_run"},
        "publish.yml": {"push", "schedule", "workflow_dispatch"},
        "pull-request.yml": {"pull_request", "merge_group"},
    }


def test_the_comment_waits_for_the_run_that_hands_it_over() -> None:
    run, comment = workflow("pull-request.yml"), workflow("comment.yml")
    assert comment["on"]["workflow_run"]["workflows"] == [run["name"]]
    handed = [
        s["with"]["name"]
        for s in steps("pull-request.yml", "playbook")
        if "id" not in s and s.get("uses", "").startswith("actions/upload-artifact@")
    ]
    taken = steps("comment.yml", "comment")[0]["with"]["pattern"]
    assert handed == ["site", taken]


def test_an_older_build_never_takes_the_place_of_a_newer_one() -> None:
    publish = workflow("publish.yml")
    # One group for pushes, mornings and hands, in which each run builds main as it then is.
    assert publish["concurrency"] == {"group": "pages", "cancel-in-progress": False}
    assert publish["on"]["push"]["branches"] == ["main"]
    checkout, *_ = steps("publish.yml", "build")
    assert checkout["with"]["ref"] == "refs/heads/main"
    pages = gitlab()["pages"]
    assert (pages["resource_group"], pages["interruptible"]) == ("pages", False)


def test_every_build_is_strict_and_none_is_quiet() -> None:
    texts = [path.read_text(encoding="utf-8") for path in WORKFLOWS.glob("*.yml")]
    texts.append((REPOSITORY / ".gitlab-ci.yml").read_text(encoding="utf-8"))
    builds = [found for text in texts for found in re.findall(r"mkdocs build.*", text)]
    assert len(builds) == 4
    for build in builds:
        assert re.fullmatch(
            r'mkdocs build --strict --site-dir ("\$RUNNER_TEMP/site"|public)', build
        )
