"""How long from saving a record to seeing it, in the live preview and built by hand?

    python -m benchmarks.experiments.save_to_seen --edits 30

Two copies of the project are made: one is served, in the other a strict build is started after
each edit. Edits take turns between the two, and between a word in the body, a word in the title
and a status. Nobody's files are touched.
"""

from __future__ import annotations

import argparse
import http.client
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path

from benchmarks import turns

PREVIEW, BY_HAND = "live preview", "strict build by hand"
FOLDERS = ("hypotheses", "content/outcomes", "content/metrics")
PLACES = {
    "outcome": "outcomes",
    "metric": "metrics",
    "hypothesis": "hypotheses",
    "experiment": "experiments",
}
LIVE_RELOAD = re.compile(r"livereload\([^)]*\)")
PATIENCE = 120.0


def copy_project(project: Path, to: Path) -> Path:
    """Copy the committed state of a project, or its files where there is no git."""
    if (project / ".git").exists():
        command = ["git", "clone", "--quiet", "--no-hardlinks", str(project), str(to)]
        turns.run_process(command, project)
    else:
        shutil.copytree(project, to)
    return to


def record_files(project: Path) -> list[Path]:
    """Every record of the project, relative to it."""
    found = [
        path.relative_to(project)
        for folder in FOLDERS
        for path in sorted((project / folder).rglob("*.md"))
        if _kind(path) in PLACES
    ]
    if not found:
        raise SystemExit("no record here to edit")
    return found


def _kind(path: Path) -> str:
    found = re.search(r"^kind: (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def edit(path: Path, number: int) -> str | None:
    """Change a record, and return the new word to look for, or None when only a status changed."""
    text = path.read_text(encoding="utf-8")
    word = f"edit{number:04}word"
    parked = re.compile(r"^status: (proposed|parked)$", re.MULTILINE)
    if number % 3 == 2 and "kind: hypothesis" in text and parked.search(text):  # noqa: PLR2004
        other = {"proposed": "parked", "parked": "proposed"}
        text = parked.sub(lambda found: f"status: {other[found[1]]}", text, count=1)
        path.write_text(text, encoding="utf-8")
        return None
    if number % 3 == 1 and re.search(r"^title: \w", text, re.MULTILINE):
        text = re.sub(
            r"^(title: .*?)( edit\d+word)?$", rf"\1 {word}", text, count=1, flags=re.MULTILINE
        )
    else:
        text = f"{text.rstrip()} {word}\n"
    path.write_text(text, encoding="utf-8")
    return word


def fetch(port: int, place: str) -> str:
    """The page at a place of the preview, without what the preview adds to it."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    try:
        connection.request("GET", place)
        body = connection.getresponse().read().decode("utf-8", "replace")
    finally:
        connection.close()
    return LIVE_RELOAD.sub("", body)


def _until(port: int, place: str, before: str, word: str | None) -> None:
    end = time.perf_counter() + PATIENCE
    while time.perf_counter() < end:
        page = fetch(port, place)
        if page != before and (word is None or word in page):
            return
        time.sleep(0.02)
    raise SystemExit(f"{place} did not change within {PATIENCE:.0f} seconds")


@contextmanager
def serving(project: Path) -> Iterator[int]:
    """Serve a project on a free port until the block ends."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = int(free.getsockname()[1])
    command = [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"]
    with (project.parent / "serve.log").open("wb") as log:
        process = subprocess.Popen(command, cwd=project, stdout=log, stderr=subprocess.STDOUT)
    try:
        end = time.perf_counter() + PATIENCE
        while True:
            try:
                fetch(port, "/")
                break
            except OSError as error:
                if process.poll() is not None or time.perf_counter() > end:
                    said = (project.parent / "serve.log").read_text(errors="replace")[-2000:]
                    raise SystemExit(f"the preview did not start:\n{said}") from error
                time.sleep(0.2)
        yield port
    finally:
        process.terminate()
        process.wait()


def main() -> None:
    """Edit in turns, and print seconds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=30, help="edits an arm")
    parser.add_argument("--project", type=Path, default=Path(__file__).parents[2])
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        served = copy_project(options.project.resolve(), Path(name) / "served" / "project")
        built = copy_project(options.project.resolve(), Path(name) / "built" / "project")
        records = record_files(served)
        draws = {arm: cycle(enumerate(records * options.edits)) for arm in (PREVIEW, BY_HAND)}
        with serving(served) as port:

            def preview() -> float:
                number, record = next(draws[PREVIEW])
                path = served / record
                place = f"/{PLACES[_kind(path)]}/{path.stem}/"
                before = fetch(port, place)
                word = edit(path, number)
                return turns.seconds_of(lambda: _until(port, place, before, word))

            def by_hand() -> float:
                number, record = next(draws[BY_HAND])
                edit(built / record, number)
                command = [sys.executable, "-m", "mkdocs", "build", "--strict"]
                return turns.run_process(command, built).seconds

            works = {PREVIEW: preview, BY_HAND: by_hand}
            measured = turns.take_turns(works, options.edits)
    print(f"{len(records)} records, {options.edits} edits an arm\n")
    turns.print_arms(measured, "seconds from save to seen", 2)
    turns.print_effect(measured, BY_HAND, PREVIEW, 2)
    ninth = sorted(measured[PREVIEW])[max(0, -(-len(measured[PREVIEW]) * 9 // 10) - 1)]
    print(f"nine edits in ten seen in the preview within: {ninth:.2f}")


if __name__ == "__main__":
    main()
