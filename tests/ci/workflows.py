"""Reads the commands of the workflow files and runs them as the hosts do, on this machine.

Of an expression only the forms that the files use are understood; another one is a KeyError, so
that a new form is not taken for true.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

REPOSITORY = Path(__file__).parent.parent.parent
WORKFLOWS = REPOSITORY / ".github" / "workflows"

ENVIRONMENT = {
    "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    "PYTHONDONTWRITEBYTECODE": "1",
    "CI": "true",
    "LANG": "C.UTF-8",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}
"""What every command sees: nothing of this machine's git, of its proxies or of its home."""

_SHELLS = {"bash": "bash --noprofile --norc -eo pipefail {0}"}  # as GitHub's runner starts it
_EXPRESSION = re.compile(r"\$\{\{\s*(.+?)\s*\}\}")


def workflow(name: str) -> dict[str, Any]:
    """Return a workflow of GitHub. Its triggers are under ``on``, which YAML 1.1 takes for true."""
    loaded: dict[Any, Any] = yaml.safe_load((WORKFLOWS / name).read_text(encoding="utf-8"))
    loaded["on"] = loaded.pop(True)
    return loaded


def gitlab() -> dict[str, Any]:
    """Return the pipeline of GitLab."""
    text = (REPOSITORY / ".gitlab-ci.yml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@dataclass
class Ran:
    """What came of a job: the outcome of each step by name, what it printed, what it handed over.

    ``used`` are the names of the actions that were reached, without their versions.
    """

    outcomes: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    outputs: dict[str, str] = field(default_factory=dict)
    used: list[str] = field(default_factory=list)
    summary: str = ""

    @property
    def failed(self) -> bool:
        """Whether the host would show the job in red."""
        return "failure" in self.outcomes.values()


def run_github(
    name: str,
    job: str,
    *,
    folder: Path,
    temp: Path,
    environment: Mapping[str, str] | None = None,
    only: Iterable[str] | None = None,
    **context: str,
) -> Ran:
    """Run the commands of a job in ``folder``, with ``temp`` as the runner's own.

    Actions are not run, nor is the installation: what it brings is here. ``only`` names the steps
    to run. ``context`` has the values of expressions, with ``__`` for a dot: what the files ask
    for beyond it is an error.
    """
    read = workflow(name)
    temp.mkdir(parents=True, exist_ok=True)
    known = {key.replace("__", "."): value for key, value in context.items()}
    known["runner.temp"] = str(temp)
    ran = Ran()
    for number, step in enumerate(read["jobs"][job]["steps"]):
        title = step.get("name") or step["uses"].partition("@")[0]
        if only is not None and title not in only:
            continue
        wanted = _holds(step.get("if"), known, failed=ran.failed)
        if not wanted:
            outcome = "skipped"
        elif "uses" in step:
            outcome = "success"
            ran.used.append(step["uses"].partition("@")[0])
        elif title == "Install":
            outcome = "success"
        else:
            script = temp / f"{number}.script"
            script.write_text(step["run"], encoding="utf-8")
            output, summary = temp / f"{number}.output", temp / f"{number}.summary"
            for file in (output, summary):
                file.write_bytes(b"")
            env = {
                **ENVIRONMENT,
                "HOME": str(temp),
                "RUNNER_TEMP": str(temp),
                "GITHUB_OUTPUT": str(output),
                "GITHUB_STEP_SUMMARY": str(summary),
                **(environment or {}),
                **read.get("env", {}),
                **_filled(step.get("env", {}), known),
            }
            shell = step.get("shell") or read["defaults"]["run"]["shell"]
            command = _SHELLS.get(shell, shell).replace("{0}", str(script))
            done = _run(command.split(), folder, env)
            ran.printed[title] = done.stdout
            outcome = "failure" if done.returncode else "success"
            for line in output.read_text(encoding="utf-8").splitlines():
                key, _, value = line.partition("=")
                known[f"steps.{step['id']}.outputs.{key}"] = ran.outputs[key] = value
            ran.summary += summary.read_text(encoding="utf-8")
        ran.outcomes[title] = outcome
        if "id" in step:
            known[f"steps.{step['id']}.outcome"] = outcome
    return ran


def run_gitlab(
    job: str, *, folder: Path, temp: Path, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run the script of a job of GitLab in ``folder``, without the installation before it."""
    read = gitlab()
    temp.mkdir(parents=True, exist_ok=True)
    lines = [
        line
        for part in read[job]["script"]
        for line in (part if isinstance(part, list) else [part])  # GitLab flattens a list in it
    ]
    script = temp / f"{job}.script"
    script.write_text("\n".join(["set -eo pipefail", *lines, ""]), encoding="utf-8")
    fixed = {key: value for key, value in read["variables"].items() if "$" not in value}
    env = {**ENVIRONMENT, "HOME": str(temp), **fixed, **environment}
    return _run(["bash", str(script)], folder, env)


def _run(
    command: list[str], folder: Path, environment: Mapping[str, str]
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,  # as in the log of a job
        encoding="utf-8",
        check=False,
    )


def _filled(values: Mapping[str, str], known: Mapping[str, str]) -> dict[str, str]:
    return {
        name: _EXPRESSION.sub(lambda found: known[found[1]], value)
        for name, value in values.items()
    }


def _holds(condition: str | None, known: Mapping[str, str], *, failed: bool) -> bool:
    """Tell whether a step is run; after a failure, only if its ``if`` says so."""
    inner = _EXPRESSION.fullmatch(condition or "${{ success() }}")
    assert inner, f"an `if` without braces: {condition}"
    parts = [part.strip() for part in inner[1].split("&&")]
    if "!cancelled()" in parts:
        parts.remove("!cancelled()")
    elif failed:
        return False
    return all(_is_true(part, known) for part in parts if part != "success()")


def _is_true(part: str, known: Mapping[str, str]) -> bool:
    name, value = re.fullmatch(r"([\w.]+) == '([^']*)'", part).groups()  # type: ignore[union-attr]
    if name.startswith("steps."):  # of a step that did not run nothing is known
        return known.get(name, "") == value
    return known[name] == value
