"""How long does a command load before it begins to work, with MkDocs and without?

    python -m benchmarks.experiments.command_start_up --runs 21

Each run is a fresh Python process that imports and ends; one round warms the caches.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from benchmarks import turns

WITH, WITHOUT = "core and MkDocs", "core"
CORE = "import click, yaml; from pydantic import BaseModel"
ARMS = {
    WITH: f"{CORE}; import mkdocs.__main__",
    WITHOUT: CORE,
    "MkDocs alone": "import mkdocs.__main__",
    "bare interpreter": "pass",
}


def main() -> None:
    """Start processes in turns, and print milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=21, help="processes an arm")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def start(code: str) -> float:
            return turns.run_process([sys.executable, "-c", code], folder).seconds * 1000

        works = {arm: lambda code=code: start(code) for arm, code in ARMS.items()}
        turns.take_turns(works, 1)
        measured = turns.take_turns(works, options.runs)
    turns.print_arms(measured, "ms a process", 0)
    turns.print_effect(measured, WITH, WITHOUT, 0)


if __name__ == "__main__":
    main()
