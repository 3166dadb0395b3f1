"""What a build and a check cost, beside MkDocs building the same files as plain pages.

    python -m benchmarks.costs --records 2000 --runs 3

Builds are strict and each is a process of its own; arms take turns.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from pathlib import Path

from benchmarks import turns
from benchmarks.generated import write_configurations, write_playbook

PLAIN, PLAYBOOK, CHECK = "plain pages", "playbook", "playbook check"


def main() -> None:
    """Measure in turns and print seconds and ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=3, help="runs an arm")
    parser.add_argument("--no-plain", action="store_true", help="only the playbook and its check")
    options = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_playbook(root, options.records)
        configurations = write_configurations(root)

        def run(*arguments: str) -> float:
            return turns.run_process([sys.executable, "-m", *arguments], root).seconds

        def build(arm: str) -> float:
            return run("mkdocs", "build", "--strict", "-f", str(configurations[arm]))

        def check() -> float:
            return run("outcome_playbook", "check", "-f", str(configurations["playbook"]))

        works = {PLAYBOOK: lambda: build("playbook"), CHECK: check}
        if not options.no_plain:
            works = {PLAIN: lambda: build("plain"), **works}
        measured = turns.take_turns(works, options.runs)
    print(f"{options.records} records\n")
    turns.print_arms(measured, "seconds", 2)
    print()
    if not options.no_plain:
        print(
            f"build: playbook / plain pages: {turns.ratio(measured[PLAIN], measured[PLAYBOOK]):.2f}"
        )
    print(f"check / build of the playbook: {turns.ratio(measured[PLAYBOOK], measured[CHECK]):.4f}")


if __name__ == "__main__":
    main()
