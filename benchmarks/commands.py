"""What the commands cost that people wait for, beside what they would do without them.

    python -m benchmarks.commands --records 10000 --runs 3

A change of three records, of which one is new, one has another status and one another title, is
checked by itself and with everything else; the help is beside that of MkDocs. Each run is a process
of its own; arms take turns.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import turns
from benchmarks.generated import write_configurations, write_playbook

CHECK, SINCE, DIFF = "playbook check", "playbook check --changed-since", "playbook diff"
HELP, CHECK_HELP = "playbook --help", "playbook check --help"
MKDOCS_HELP = "mkdocs --help"


def main() -> None:
    """Measure in turns and print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=3, help="runs an arm")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_playbook(root, options.records)
        write_configurations(root)["playbook"].rename(root / "mkdocs.yml")
        (root / "plain.yml").unlink()
        _commit(root)
        _change(root)

        def run(*arguments: str) -> float:
            return turns.run_process([sys.executable, "-m", *arguments], root).seconds

        measured = turns.take_turns(
            {
                CHECK: lambda: run("outcome_playbook", "check"),
                SINCE: lambda: run("outcome_playbook", "check", "--changed-since", "main"),
                DIFF: lambda: run("outcome_playbook", "diff", "main"),
                HELP: lambda: run("outcome_playbook", "--help"),
                CHECK_HELP: lambda: run("outcome_playbook", "check", "--help"),
                MKDOCS_HELP: lambda: run("mkdocs", "--help"),
            },
            options.runs,
        )
    print(f"{options.records} records, three of them changed\n")
    turns.print_arms(measured, "seconds", 2)
    print()
    print(f"{SINCE} / {CHECK}: {turns.ratio(measured[CHECK], measured[SINCE]):.2f}")
    print(f"{DIFF} / {CHECK}: {turns.ratio(measured[CHECK], measured[DIFF]):.2f}")
    print(f"{HELP} / {MKDOCS_HELP}: {turns.ratio(measured[MKDOCS_HELP], measured[HELP]):.2f}")


def _commit(root: Path) -> None:
    """Put the playbook under git, as a clone has it; the folders of plain pages are not part."""
    (root / ".gitignore").write_text("plain/\n", encoding="utf-8")
    who = ["-c", "user.name=A benchmark", "-c", "user.email=benchmark@example.org"]
    for arguments in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all"],
        [*who, "commit", "--quiet", "--message=A playbook"],
    ):
        command = ["git", *arguments]
        subprocess.run(
            command, cwd=root, check=True, env={**os.environ, "GIT_CONFIG_NOSYSTEM": "1"}
        )


def _change(root: Path) -> None:
    """Change a title and a status, and add a record."""
    hypothesis = max(root.glob("hypotheses/hypothesis-*.md"))
    first, *others, last = sorted(root.glob("hypotheses/experiment-*.md"))
    (root / "hypotheses" / "one-more.md").write_bytes(last.read_bytes())
    _rewrite(hypothesis, "title: ", "title: New ")
    planned = (path for path in [first, *others] if "status: planned" in path.read_text("utf-8"))
    _rewrite(next(planned, first), "status: planned", "status: cancelled")


def _rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


if __name__ == "__main__":
    main()
