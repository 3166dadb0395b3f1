"""Build a site as `mkdocs build` does, and write down what its search index took.

    python timed_build.py playbook.yml took.json

Run as a script, so that no module of the benchmarks adds to its memory.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from mkdocs.__main__ import cli

from outcome_playbook.plugin import searching


def main(config: str, took: str) -> None:
    """Build; ``took`` gets the seconds of the index, and peak MB before and after it."""
    write = searching.write

    def timed(*arguments: Any) -> None:
        before, start = _peak_mb(), time.perf_counter()
        write(*arguments)
        seconds = time.perf_counter() - start
        found = {"seconds": seconds, "before_mb": before, "after_mb": _peak_mb()}
        Path(took).write_text(json.dumps(found), encoding="utf-8")

    vars(searching)["write"] = timed  # the plugin looks it up there each time
    cli(["build", "--quiet", "-f", config])


def _peak_mb() -> float | None:
    try:
        import resource
    except ImportError:  # Windows
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:])
