"""How many of the decisions that were due have been made, and by the day?

    python -m benchmarks.experiments.decided_on_time --as-of 2026-12-31

Counts live experiments that have a decision or whose end has passed; the end is the one first
agreed on, whatever was added later.
"""

from __future__ import annotations

import argparse
import datetime as dt
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks import turns

BLOCK = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)


def live_experiments(folder: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Id and fields of each experiment under way or done, retrospective ones left out."""
    for path in sorted(folder.rglob("*.md")):
        found = BLOCK.match(path.read_text(encoding="utf-8"))
        fields = yaml.safe_load(found[1]) if found else None
        if not isinstance(fields, dict) or fields.get("kind") != "experiment":
            continue
        if fields.get("retrospective") or fields.get("status") in {"planned", "cancelled"}:
            continue
        yield path.stem, fields


def first_end(fields: dict[str, Any]) -> dt.date:
    """The day first agreed on."""
    extensions = fields.get("extensions") or []
    end = extensions[0]["from"] if extensions else fields["end"]
    return end if isinstance(end, dt.date) else dt.date.fromisoformat(end)


def main() -> None:
    """Print each experiment that counts, and the share."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--as-of", type=dt.date.fromisoformat, default=dt.datetime.now(dt.UTC).date()
    )
    options = parser.parse_args()
    rows = []
    for name, fields in live_experiments(Path(__file__).parents[2] / "hypotheses"):
        end, decided = first_end(fields), (fields.get("decision") or {}).get("date")
        if decided is not None and decided > options.as_of:
            decided = None
        if decided is None and end >= options.as_of:
            continue
        in_time = decided is not None and decided <= end
        rows.append([name, str(end), str(decided or "not yet"), "yes" if in_time else "no"])
    turns.print_table(["experiment", "due", "decided", "in time"], rows)
    kept = sum(row[-1] == "yes" for row in rows)
    share = f"{100 * kept / len(rows):.0f}%" if rows else "no share"
    print(f"\n{kept} of {len(rows)} in time on {options.as_of}: {share}")


if __name__ == "__main__":
    main()
