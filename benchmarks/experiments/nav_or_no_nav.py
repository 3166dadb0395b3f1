"""What does an entry in the navigation cost? Build the same records with one each, and without.

    python -m benchmarks.experiments.nav_or_no_nav --records 1000 --runs 5

MkDocs and Material alone, no plugin, search off; each build is a process of its own.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import yaml

from benchmarks import synthetic, turns

IN_NAV, OUT_OF_NAV = "in the nav", "out of the nav"


def write_site(folder: Path, count: int) -> dict[str, Path]:
    """Write the records once and a configuration for each arm; return the configurations."""
    docs = folder / "docs"
    (docs / "records").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n\nA page.\n", encoding="utf-8")
    names = []
    for record in synthetic.records(count, seed=1):
        name = f"records/{record.name}.md"
        (docs / name).write_text(record.text, encoding="utf-8")
        names.append(name)
    home: list[object] = [{"Home": "index.md"}]
    configurations = {}
    for arm, nav in {IN_NAV: [*home, {"Records": names}], OUT_OF_NAV: home}.items():
        stem = arm.replace(" ", "-")
        settings = {
            "site_name": "A synthetic playbook",
            "docs_dir": "docs",
            "site_dir": f"site-{stem}",
            "theme": {"name": "material", "font": False},
            "plugins": [],
            "not_in_nav": "/records/",
            "nav": nav,
        }
        configurations[arm] = folder / f"{stem}.yml"
        configurations[arm].write_text(yaml.safe_dump(settings), encoding="utf-8")
    return configurations


def megabytes(folder: Path) -> float:
    """Size of all files in a folder, in millions of bytes."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def main() -> None:
    """Build in turns, and print time, peak memory and size."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=5, help="builds an arm")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configurations = write_site(folder, options.records)
        peaks: turns.Arms = {arm: [] for arm in configurations}

        def build(arm: str) -> float:
            command = [sys.executable, "-m", "mkdocs", "build", "--clean", "--quiet"]
            done = turns.run_process([*command, "-f", str(configurations[arm])], folder)
            if done.peak_mb is not None:
                peaks[arm].append(done.peak_mb)
            return done.seconds

        seconds = turns.take_turns(
            {arm: lambda arm=arm: build(arm) for arm in configurations},  # type: ignore[misc]
            options.runs,
        )
        sizes = {arm: megabytes(folder / f"site-{arm.replace(' ', '-')}") for arm in configurations}
    print(f"{options.records} records\n")
    turns.print_arms(seconds, "seconds a build", 2)
    turns.print_effect(seconds, IN_NAV, OUT_OF_NAV, 2)
    if all(peaks.values()):
        print()
        turns.print_arms(peaks, "peak memory, MB", 0)
        turns.print_effect(peaks, IN_NAV, OUT_OF_NAV, 0)
    print()
    turns.print_table(["site", "MB"], [[arm, f"{size:.1f}"] for arm, size in sizes.items()])


if __name__ == "__main__":
    main()
