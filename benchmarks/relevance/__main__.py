"""How well known records are found, by our engine and by Material's lunr, in a real browser.

    python -m benchmarks.relevance --half held-out
    python -m benchmarks.relevance --records 10000 --half tuning --failures

Without ``--records``, the playbook of this repository with the questions of demo.yml; with it, a
generated one with questions drawn from it. Printed is the mean reciprocal rank by sort of question:
1 where the record meant is always first, 0.5 where it is always second, 0 for what isn't among the
first fifty. Engines are tuned on one half of the questions and judged by the other.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks import turns
from benchmarks.relevance import engines, sites
from benchmarks.relevance.generated import Asker
from benchmarks.relevance.questions import (
    HALVES,
    Question,
    demo_questions,
    mean,
    reciprocal_rank,
)
from tests.browser.chromium import NoBrowserError

OURS, LUNR = "ours", "Material's lunr"
_SHOWN = 3


def rows(questions: Sequence[Question], ranks: dict[str, list[float]]) -> list[list[str]]:
    """Return a row for each sort of question, and one for all: their number and each engine's."""
    found = []
    for sort in [*dict.fromkeys(question.sort for question in questions), "all"]:
        chosen = [n for n, one in enumerate(questions) if sort in (one.sort, "all")]
        means = [f"{mean([of[n] for n in chosen]):.3f}" for of in ranks.values()]
        found.append([sort, str(len(chosen)), *means])
    return found


def main() -> int:
    """Build the sites, ask both engines, print; 1 where there is no browser."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--records", type=int, help="of a generated playbook; without: the demo")
    parser.add_argument("--half", choices=HALVES, help="ask only these")
    parser.add_argument("--failures", action="store_true", help="print what is not found first")
    parser.add_argument("--only-ours", action="store_true", help="leave Material's lunr out")
    parser.add_argument("--sites", type=Path, help="a folder with the sites, written if empty")
    options = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as name:
        root = options.sites or Path(name)
        try:
            _measure(root, options)
        except NoBrowserError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def _measure(root: Path, options: argparse.Namespace) -> None:
    built = _sites(root, options.records)
    questions = Asker(root).questions() if options.records else demo_questions()
    questions = [one for one in questions if options.half in (None, one.half)]
    typed = [question.typed for question in questions]
    with engines.chromium() as browser:
        found = {OURS: engines.ours(browser, built[0], typed)}
        if not options.only_ours:
            found[LUNR] = engines.lunr(browser, built[1], typed)
    ranks = {
        name: [reciprocal_rank(of[n], one.meant) for n, one in enumerate(questions)]
        for name, of in found.items()
    }
    where = f"{options.records} generated records" if options.records else "the demo"
    print(f"mean reciprocal rank, {where}, {options.half or 'both halves'}\n")
    turns.print_table(["question", "n", *found], rows(questions, ranks))
    if options.failures:
        _print_failures(questions, found, ranks)


def _sites(root: Path, records: int | None) -> tuple[sites.Site, sites.Site]:
    """Return the two sites in a folder, which are built where they are not there yet."""
    folders = [root / "site-playbook", root / "site-lunr"]
    if all(folder.is_dir() for folder in folders):
        return sites.Site(folders[0], 0, None), sites.Site(folders[1], 0, None)
    if not records:
        return sites.build_demo(root)
    sites.generate(root, records)
    return sites.build(root, "playbook"), sites.build(root, "lunr")


def _print_failures(
    questions: Sequence[Question],
    found: dict[str, list[list[str]]],
    ranks: dict[str, list[float]],
) -> None:
    for name, answers in found.items():
        print(f"\nNot in the first place by {name}:")
        for question, answer, rank in zip(questions, answers, ranks[name], strict=True):
            if rank < 1:
                place = f"{round(1 / rank)}." if rank else "not found"
                print(
                    f"  {question.sort}: {question.typed}  →  {', '.join(question.meant)} {place}"
                )
                print(f"      found: {', '.join(answer[:_SHOWN]) or 'nothing'}")


if __name__ == "__main__":
    sys.exit(main())
