"""What live lists add to a build: the same playbook with lists and without, in turns.

    python -m benchmarks.lists --records 2000 --lists 400 --runs 3

Hardly two lists ask the same. Seconds are those that a processor worked: what else a computer does
meanwhile makes a build wait, but is no work of its own. Without lists, their pages hold as many
sentences instead.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
from pathlib import Path
from typing import Final

from benchmarks import turns
from benchmarks.generated import write_configurations, write_playbook
from benchmarks.synthetic import CONSONANTS, VOWELS
from outcome_playbook.livelists import MOST_LISTS

WITHOUT, WITH = "without lists", "with lists"
GOAL: Final = 1.1
"""The build with lists may take so many times the one without."""

# What is asked is different in each list, in the names and days that a generated playbook has.
SHAPES: Final = (
    """\
from: experiment
where: status = concluded and outcome.owner = "Team {team}" and start < 2026-10-{day:02}
sort: -end, title
columns: [title, outcome, owner, end, effect]
limit: {rows}
""",
    """\
from: hypothesis
where: experiments.count >= {few} and title ~ "{letters}"
limit: {rows}
""",
    """\
from: experiment
where: (age_days > {day} or overdue) and tags has "tag {tag}"
view: list
limit: {rows}
""",
    """\
from: outcome
where: hypotheses.count > {few} and not (owner = "Team {team}" or title ~ "{letters}")
sort: title
limit: {rows}
""",
    """\
from: experiment
where: hypothesis.status = inconclusive and hypothesis.title ~ "{letters}"
group: status
view: count
""",
)


def list_(number: int) -> str:
    """Return a block; of thousands, hardly two are the same."""
    draw = random.Random(number)  # noqa: S311 - a seed, so that it is the same again
    asked = SHAPES[number % len(SHAPES)].format(
        team=draw.randrange(40),
        tag=draw.randrange(60),
        day=draw.randint(1, 28),
        few=draw.randrange(3),
        letters="".join(map(draw.choice, (CONSONANTS, VOWELS, CONSONANTS))),
        rows=draw.randint(5, 12),
    )
    return f"```playbook\n{asked}```\n"


def write_pages(folder: Path, count: int, *, with_lists: bool) -> None:
    """Write pages with as many lists as a page may have, or with sentences in their place."""
    folder.mkdir(exist_ok=True)
    for first in range(0, count, MOST_LISTS):
        numbers = range(first, min(first + MOST_LISTS, count))
        parts = [
            f"## Part {number}\n\n{list_(number) if with_lists else 'A sentence.'}\n"
            for number in numbers
        ]
        page = folder / f"page-{first // MOST_LISTS:03}.md"
        page.write_text("# Lists\n\n" + "\n".join(parts), encoding="utf-8")


def main() -> None:
    """Measure in turns, and print seconds and what lists add."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=2000)
    parser.add_argument("--lists", type=int, default=400)
    parser.add_argument("--runs", type=int, default=3, help="runs an arm")
    options = parser.parse_args()
    os.environ["NO_MKDOCS_2_WARNING"] = "1"
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        write_playbook(root, options.records)
        configuration = write_configurations(root)["playbook"]
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "-f", str(configuration)]
        walls: turns.Arms = {WITHOUT: [], WITH: []}

        def build(arm: str) -> float:
            write_pages(root / "content" / "lists", options.lists, with_lists=arm == WITH)
            done = turns.run_process(command, root)
            walls[arm].append(done.seconds)
            return done.work if done.work is not None else done.seconds

        works = {arm: lambda arm=arm: build(arm) for arm in walls}
        measured = turns.take_turns(works, options.runs)
    print(f"{options.lists} lists over {options.records} records\n")
    turns.print_arms(measured, "seconds of work", 2)
    print()
    turns.print_arms(walls, "seconds on the clock", 2)
    print()
    turns.print_effect(measured, WITHOUT, WITH, 2)
    print(f"goal: at most {GOAL:.2f} of the build without them")


if __name__ == "__main__":
    main()
