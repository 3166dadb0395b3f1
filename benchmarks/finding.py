"""What it takes to find something, from 50 to 10,000 records, in a real Chromium.

    python -m benchmarks.finding --records 50 500
    python -m benchmarks.finding --records 2000 10000 --no-lunr

Each line has its goal. Material's own search over the same records stands beside it where somebody
could choose it instead. Bytes are those of bodies as a host sends them, compressed; seconds are
those of a line of 10 Mbit/s and 40 ms an answer. A key's time is from the key to the frame in which
its results are drawn; a computer that does other work makes it longer.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser

from benchmarks import turns
from benchmarks.relevance import engines, looking, sites
from benchmarks.relevance.generated import Asker
from benchmarks.relevance.questions import Question, mean, reciprocal_rank
from outcome_playbook.facets import FACETS, facets_of
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import read_project
from tests.browser.chromium import NoBrowserError

OURS, LUNR = "ours", "Material's lunr"
SCRIPTS: Final = "/assets/javascripts"
FETCHED: Final = {  # what is fetched for the search alone
    OURS: ("/search/", f"{SCRIPTS}/playbook/", f"{SCRIPTS}/workers/", f"{SCRIPTS}/lunr/"),
    LUNR: ("/search/", f"{SCRIPTS}/workers/", f"{SCRIPTS}/lunr/"),
}
# What is typed, letter by letter: more than 99 keys.
TYPED: Final = (
    "checkout reminder letter",
    "bicycle parking survey",
    "zahlungserinnerung",
    "team 7 discount voucher",
    "playgruond swimmer",
    "renewal of the contract",
)
SELECTIONS: Final = 1000
TOGGLES: Final = 60
IDS: Final = 1000
TWICE: Final = 2

Row = tuple[str, str, str, str]
KB, MB = 1e3, 1e6


@dataclass(frozen=True)
class Index:
    """The files of an index, what writing them took, and whether a second build wrote the same."""

    seconds: float
    peak_mb: float | None
    grown_mb: float | None
    files: int
    size: int
    is_same_again: bool | None


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value that this share of the values is not above."""
    found = sorted(values)
    return found[min(len(found) - 1, math.ceil(share * len(found)) - 1)]


def build(root: Path, *, twice: bool) -> Index:
    """Build the playbook in a process of its own, and once more to compare if asked to."""
    index = root / "site-playbook" / "search"
    prints: list[str] = []
    for _ in range(2 if twice else 1):
        script = Path(sites.__file__).with_name("timed_build.py")
        finished = turns.run_process(
            [sys.executable, str(script), "playbook.yml", "took.json"], root
        )
        files = sorted(path for path in index.rglob("*") if path.suffix in {".bin", ".json"})
        files = [path for path in files if path.name != "search_index.json"]
        digest = sha256()
        for path in files:
            digest.update(str(path.relative_to(index)).encode() + path.read_bytes())
        prints.append(digest.hexdigest())
    took = json.loads((root / "took.json").read_text(encoding="utf-8"))
    grown = None if took["after_mb"] is None else took["after_mb"] - took["before_mb"]
    size = sum(path.stat().st_size for path in files)
    same = len(set(prints)) == 1 if twice else None
    return Index(took["seconds"], finished.peak_mb, grown, len(files), size, same)


def wrong_counts(browser: Browser, root: Path, folder: Path) -> int:
    """Return how many of the random selections of facets our engine counts wrongly.

    They are counted here again, record by record: or within a facet, and between facets, and the
    values of a facet as if nothing of it were selected.
    """
    project = read_project(root / "playbook.yml")
    playbook = read_playbook(project.root, project.settings, project.docs_dir)
    records = list(facets_of(playbook.registry, playbook.flags).values())
    values = {name: sorted({v for of in records for v in of.get(name, ())}) for name in FACETS}
    draw = random.Random(4)  # noqa: S311 - a seed, so that they are the same again
    selections = [_selection(draw, values) for _ in range(SELECTIONS)]
    there, found = looking.counted(browser, folder, selections)
    if there != values:
        return SELECTIONS
    return sum(
        told != _counted(records, values, selection)
        for selection, told in zip(selections, found, strict=True)
    )


def _selection(draw: random.Random, values: Mapping[str, list[str]]) -> dict[str, list[str]]:
    facets = draw.sample([name for name in values if values[name]], draw.randint(1, 4))
    return {
        name: draw.sample(values[name], min(len(values[name]), draw.randint(1, 3)))
        for name in facets
    }


def _counted(
    records: Sequence[Mapping[str, Sequence[str]]],
    values: Mapping[str, list[str]],
    selection: Mapping[str, list[str]],
) -> looking.Counts:
    chosen = {name: set(of) for name, of in selection.items()}
    counts = {name: dict.fromkeys(of, 0) for name, of in values.items()}
    total = 0
    for record in records:
        missed = [name for name, of in chosen.items() if of.isdisjoint(record.get(name, ()))]
        total += not missed
        # A record counts for every facet but those of others that it misses.
        for name in values if not missed else missed if len(missed) == 1 else ():
            for value in record.get(name, ()):
                counts[name][value] += 1
    told = {name: list(of.values()) for name, of in counts.items()}
    return {"records": total, "counts": told}


def ids_found_first(browser: Browser, site: sites.Site, root: Path) -> tuple[int, int]:
    """Return of how many ids the record comes first, and of how many that was asked."""
    paths = [*root.glob("content/*/*.md"), *root.glob("hypotheses/*.md")]
    ids = sorted(path.stem for path in paths)
    if len(ids) > IDS:
        ids = random.Random(5).sample(ids, IDS)  # noqa: S311 - a seed
    found = engines.ours(browser, site, ids, first=1)
    return sum(answer[:1] == [id_] for id_, answer in zip(ids, found, strict=True)), len(ids)


def measure(browser: Browser, root: Path, records: int, options: argparse.Namespace) -> list[Row]:
    """Build what is missing of a size, measure it, and return the rows of its table."""
    if not (root / "playbook.yml").exists():
        sites.generate(root, records)
    index = build(root, twice=options.builds == TWICE) if options.builds else None
    ours = sites.Site(root / "site-playbook", 0, None)
    lunr = None
    if not options.no_lunr:
        folder = root / "site-lunr"
        lunr = sites.Site(folder, 0, None) if folder.is_dir() else sites.build(root, "lunr")
    questions = [one for one in Asker(root).questions() if one.half == "held-out"]
    rows = _of_looking(browser, ours, lunr, records)
    took = looking.toggle(browser, ours.folder, TOGGLES)
    rows.append(("facet toggle, p95", "100 ms", f"{percentile(took, 0.95):.0f} ms", "none"))
    rows += _of_index(index) if index else []
    rows += _of_finding(browser, ours, lunr, questions)
    first, asked = ids_found_first(browser, ours, root)
    rows.append(("exact id in the first place", "all", f"{first} of {asked}", ""))
    right = SELECTIONS - wrong_counts(browser, root, ours.folder)
    rows.append(("facet counts right", f"{SELECTIONS}", f"{right} of {SELECTIONS}", "none"))
    typed = [text[:end] for text in TYPED for end in range(1, len(text) + 1)]
    typed += [one.typed for one in questions]
    other = looking.differing(browser, ours.folder, typed)
    same = f"{len(typed) - other} of {len(typed)}"
    rows.append(("same result whatever came before", "all", same, ""))
    return rows


def _of_looking(
    browser: Browser, ours: sites.Site, lunr: sites.Site | None, records: int
) -> list[Row]:
    arms = {OURS: ours, **({LUNR: lunr} if lunr else {})}
    looked = {
        name: looking.look(browser, site.folder, FETCHED[name], TYPED)
        for name, site in arms.items()
    }
    goal = {500: "150 kB", 10_000: "350 kB"}.get(records, "")

    def row(what: str, goal: str, said: str) -> Row:
        values = [said.format(**_figures(one)) for one in looked.values()]
        return (what, goal, values[0], values[1] if lunr else "")

    return [
        row("bytes of the index before searching", "0", "{before:.1f} kB"),
        row("bytes until the first query is answered", goal, "{until_first:.1f} kB"),
        row("time to the first result", "1.5 s", "{seconds:.2f} s"),
        row("key, median", "", "{median:.0f} ms"),
        row("key, p95", "150 ms", "{p95:.0f} ms"),
        row("key, worst", "500 ms", "{worst:.0f} ms"),
        row("heap", "40 MB", "{heap_mb:.1f} MB"),
    ]


def _figures(looked: looking.Looked) -> dict[str, float]:
    return {
        "before": looked.before / KB,
        "until_first": looked.until_first / KB,
        "seconds": looked.seconds,
        "heap_mb": looked.heap_mb,
        "median": statistics.median(looked.keys),
        "p95": percentile(looked.keys, 0.95),
        "worst": max(looked.keys),
    }


def _of_index(index: Index) -> list[Row]:
    peak = "unknown" if index.peak_mb is None else f"{index.peak_mb:.0f} MB"
    grown = "unknown" if index.grown_mb is None else f"{index.grown_mb:.0f} MB"
    same = {True: "yes", False: "no", None: "not tried"}[index.is_same_again]
    return [
        ("index written in", "", f"{index.seconds:.2f} s", ""),
        ("peak memory of the build", "", peak, ""),
        ("of it for the index", "", grown, ""),
        ("files of the index", "", f"{index.files}, {index.size / MB:.2f} MB", ""),
        ("two builds the same to the byte", "yes", same, ""),
    ]


def _of_finding(
    browser: Browser, ours: sites.Site, lunr: sites.Site | None, questions: Sequence[Question]
) -> list[Row]:
    typed = [question.typed for question in questions]
    found = [engines.ours(browser, ours, typed)]
    if lunr:
        found.append(engines.lunr(browser, lunr, typed))
    means = []
    for only in (None, "misspelt"):
        chosen = [n for n, one in enumerate(questions) if only in (None, one.sort)]
        means.append(
            [
                f"{mean([reciprocal_rank(of[n], questions[n].meant) for n in chosen]):.3f}"
                for of in found
            ]
        )
    return [
        ("mean reciprocal rank, held out", "0.95", means[0][0], means[0][1] if lunr else ""),
        ("the same with one typing error", "0.90", means[1][0], means[1][1] if lunr else ""),
    ]


def main() -> int:
    """Measure each size and print a table of it; 1 where there is no browser."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--no-lunr", action="store_true", help="leave Material's own search out")
    parser.add_argument("--builds", type=int, choices=(0, 1, 2), default=2, help="0 for none")
    parser.add_argument("--sites", type=Path, help="where a folder for each size is kept")
    options = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as name:
        try:
            with engines.chromium() as browser:
                for records in options.records:
                    root = (options.sites or Path(name)) / f"{records}"
                    root.mkdir(parents=True, exist_ok=True)
                    rows = measure(browser, root, records, options)
                    print(f"{records} records\n")
                    turns.print_table(["finding something", "goal", OURS, LUNR], rows)
                    print(flush=True)
        except NoBrowserError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
