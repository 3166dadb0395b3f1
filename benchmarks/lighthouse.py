"""What Lighthouse says of the demo: home, the fullest outcome and the fullest experiment.

    python -m benchmarks.lighthouse --runs 3

Builds the site, serves it compressed on this machine, and lets Lighthouse load each page on a
slow phone and at a desk, with nothing kept from before. Prints the median score of the runs and
ends with 1 where one is below its goal. Lighthouse comes through npm, in one pinned version, into
`.cache/`; it needs npm and Node.js 18.16 or newer (Debian: `sudo apt-get install npm`) and a
Chromium or Chrome.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from benchmarks import turns
from benchmarks.compressed import CompressingHandler
from tests.browser.chromium import NoBrowserError, find_or_install
from tests.browser.serving import served

VERSION: Final = "12.8.2"
"""The last that runs on the Node.js of Debian 12; 13 wants Node.js 22."""

GOALS: Final = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}
SETTINGS: Final[dict[str, list[str]]] = {"phone": [], "desk": ["--preset=desktop"]}
FLAGS: Final = (
    "--headless",
    "--no-sandbox",  # root has no sandbox, and the pages are our own
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
)
_FINE: Final = 0.9
"""From this score on, out of 1, Lighthouse shows an audit in green."""

REPOSITORY: Final = Path(__file__).parent.parent
HOW_TO_GET_NPM: Final = """\
Lighthouse needs npm and Node.js 18.16 or newer, and `npm` was not found. To get them:
  Debian:  sudo apt-get install npm
  macOS:   brew install node
  others:  the installer that Node.js offers for your system
Then run this again; Lighthouse itself is fetched into .cache/lighthouse."""


class CannotMeasureError(Exception):
    """Something that Lighthouse needs is missing; the message says how to get it."""


@dataclass
class Measured:
    """The runs of a page in a setting: scores out of 100, and what cost points in any of them."""

    page: str
    setting: str
    scores: dict[str, list[int]] = field(default_factory=dict)
    figures: dict[str, list[float]] = field(default_factory=dict)
    complaints: dict[str, str] = field(default_factory=dict)
    browser: str = ""

    def score(self, category: str) -> int:
        """Return the median of the runs, rounded down."""
        return int(statistics.median(self.scores[category]))

    def read(self, report: dict[str, Any]) -> None:
        """Take in the report of one run.

        Raises:
            CannotMeasureError: the page did not load.
        """
        if error := report.get("runtimeError"):
            raise CannotMeasureError(f"Lighthouse could not load {self.page}: {error['message']}")
        self.browser = report["environment"]["hostUserAgent"].split("Chrome/")[-1].split()[0]
        for name in GOALS:
            category = report["categories"][name]
            self.scores.setdefault(name, []).append(round(category["score"] * 100))
            for reference in category["auditRefs"]:
                audit = report["audits"][reference["id"]]
                if reference["weight"] and audit["score"] is not None and audit["score"] < _FINE:
                    said = audit.get("displayValue") or _where(audit)
                    self.complaints[f"{name}: {audit['title']}"] = said
        for name in _FIGURES:
            value = report["audits"][name].get("numericValue", 0.0)
            self.figures.setdefault(name, []).append(value)


_FIGURES: Final = {
    "first-contentful-paint": ("first paint, s", 1000.0),
    "largest-contentful-paint": ("largest paint, s", 1000.0),
    "total-blocking-time": ("blocked, ms", 1.0),
    "cumulative-layout-shift": ("layout shift", 1.0),
    "total-byte-weight": ("all bytes, kB", 1000.0),
}


def _where(audit: dict[str, Any]) -> str:
    """Return the first thing that an audit found wanting."""
    for item in (audit.get("details") or {}).get("items", []):
        node = item.get("node") or {}
        found = node.get("snippet") or item.get("description") or item.get("url")
        if found:
            return str(found)[:200]
    return ""


def installed(environment: dict[str, str]) -> str:
    """Return the path of Lighthouse's command, which npm brings the first time.

    Raises:
        CannotMeasureError: there is no npm, or it could not fetch Lighthouse.
    """
    folder = REPOSITORY / ".cache" / "lighthouse" / VERSION
    command = folder / "node_modules" / ".bin" / "lighthouse"
    if command.exists():
        return str(command)
    npm = shutil.which("npm")
    if npm is None:
        raise CannotMeasureError(HOW_TO_GET_NPM)
    folder.mkdir(parents=True, exist_ok=True)
    print(f"Fetching Lighthouse {VERSION} through npm into {folder.relative_to(REPOSITORY)} …")
    # No package may run anything while it is installed, and no lock file names where it came from.
    options = ("--ignore-scripts", "--no-package-lock", "--no-audit", "--no-fund", "--silent")
    done = subprocess.run(
        [npm, "install", "--prefix", str(folder), *options, f"lighthouse@{VERSION}"],
        env=environment,
        check=False,
    )
    if done.returncode or not command.exists():
        shutil.rmtree(folder, ignore_errors=True)
        raise CannotMeasureError(f"npm could not install lighthouse@{VERSION}.")
    return str(command)


def pages(site: Path) -> Iterator[str]:
    """Yield the addresses of home, the longest outcome page and the longest experiment page."""
    yield ""
    for folder in ("outcomes", "experiments"):
        sizes = [(path.stat().st_size, path) for path in (site / folder).glob("*/index.html")]
        yield f"{max(sizes)[1].parent.relative_to(site).as_posix()}/"


def measure(command: str, url: str, setting: str, environment: dict[str, str]) -> dict[str, Any]:
    """Return Lighthouse's report of one load.

    Raises:
        CannotMeasureError: Lighthouse ended without a report.
    """
    with tempfile.TemporaryDirectory() as name:
        output = Path(name) / "report.json"
        done = subprocess.run(
            [
                command,
                url,
                "--quiet",
                "--output=json",
                f"--output-path={output}",
                f"--only-categories={','.join(GOALS)}",
                f"--chrome-flags={' '.join(FLAGS)}",
                "--no-enable-error-reporting",
                *SETTINGS[setting],
            ],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        if not output.exists():
            raise CannotMeasureError(f"Lighthouse gave up on {url}:\n{done.stderr[-2000:]}")
        report: dict[str, Any] = json.loads(output.read_text(encoding="utf-8"))
        return report


def build(site: Path) -> None:
    """Build the demo as `make site` does."""
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(site)]
    turns.run_process(command, REPOSITORY)


def measured(site: Path, urls: Sequence[str], runs: int) -> list[Measured]:
    """Return each page in each setting after its runs, which take turns.

    Raises:
        CannotMeasureError: see there.
        NoBrowserError: there is no browser.
    """
    environment = {**os.environ, "CHROME_PATH": find_or_install(os.environ)}
    command = installed(environment)
    found = [Measured(url, setting) for url in urls or list(pages(site)) for setting in SETTINGS]
    with served(site, CompressingHandler) as address:
        for _ in range(runs):
            for one in found:
                one.read(measure(command, address + one.page, one.setting, environment))
    return found


def show(found: Sequence[Measured], runs: int) -> bool:
    """Print what was measured; tell whether every goal was met."""
    node = subprocess.run(["node", "--version"], capture_output=True, text=True, check=False)  # noqa: S607 - the one on PATH
    print(f"Lighthouse {VERSION}, Chromium {found[0].browser}, Node.js {node.stdout.strip()}")
    print(f"median of {runs} runs; goals: {', '.join(f'{k} {v}' for k, v in GOALS.items())}\n")
    rows = [
        [f"/{one.page} ({one.setting})", *(str(one.score(name)) for name in GOALS)] for one in found
    ]
    turns.print_table(["page", *GOALS], rows)
    print()
    figures = [
        [
            f"/{one.page} ({one.setting})",
            *(
                f"{statistics.median(one.figures[name]) / scale:.{0 if scale == 1.0 else 2}f}"
                if name != "cumulative-layout-shift"
                else f"{statistics.median(one.figures[name]):.3f}"
                for name, (_, scale) in _FIGURES.items()
            ),
        ]
        for one in found
    ]
    turns.print_table(["page", *(words for words, _ in _FIGURES.values())], figures)
    below = [(one, name) for one in found for name, goal in GOALS.items() if one.score(name) < goal]
    for one, name in below:
        print(f"\nBelow its goal: {name} of /{one.page} ({one.setting}), {one.score(name)}")
        for title, said in one.complaints.items():
            if title.startswith(name):
                print(f"  {title} {said}")
    return not below


def main() -> int:
    """Measure, print, and return 1 where a goal was missed or nothing could be measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs a page and setting")
    parser.add_argument("--site", type=Path, help="a site that is built already")
    parser.add_argument("pages", nargs="*", help="addresses below the site's root, such as status/")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        site = options.site or Path(name)
        try:
            if not options.site:
                build(site)
            found = measured(site, options.pages, options.runs)
        except (CannotMeasureError, NoBrowserError) as error:
            print(error, file=sys.stderr)
            return 1
        return 0 if show(found, options.runs) else 1


if __name__ == "__main__":
    sys.exit(main())
