"""How long 2,000 different questions take over 10,000 records: ``python -m benchmarks.queries``."""

from __future__ import annotations

import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from time import process_time

from benchmarks.generated import write_playbook
from outcome_playbook.playbook import Playbook, read_playbook
from outcome_playbook.query import Asked, Evaluation, read_sort, read_where
from outcome_playbook.records.kinds import Kind
from outcome_playbook.settings import Settings

RECORDS, QUESTIONS = 10_000, 2_000
SORTS = ("", "-end", "title", "-start, title", "status")
HAYSTACKS = ("title", "learning", "summary", "hypothesis.change")


def questions(playbook: Playbook, count: int, seed: int = 1) -> Iterator[tuple[str, str]]:
    """Yield so many different conditions on experiments, each with an order."""
    chosen = random.Random(seed)  # noqa: S311 - nothing secret
    outcomes = [entry.id for entry in playbook.registry.outcomes]
    seen: set[str] = set()
    while len(seen) < count:
        parts = [
            f"outcome = {chosen.choice(outcomes)}",
            f'owner = "Team {chosen.randrange(40)}"',
            f'outcome.owner != "Team {chosen.randrange(40)}"',
            f'tags has "tag {chosen.randrange(60)}"',
            f"status in [{', '.join(chosen.sample(['running', 'review', 'concluded'], 2))}]",
            f"end < 2026-{chosen.randrange(1, 13):02}-{chosen.randrange(1, 29):02}",
            f"start >= -{chosen.randrange(400)}d",
            f"effect > {chosen.uniform(-5, 9):.2f}",
            f"hypothesis.experiments.count >= {chosen.randrange(1, 4)}",
            f"{chosen.choice(HAYSTACKS)} ~ {chosen.choice('abcdefghij')}{chosen.choice('aeiou')}",
            "overdue",
        ]
        some = chosen.sample(parts, chosen.randrange(1, 5))
        where = f" {chosen.choice(['and', 'or'])} ".join(
            f"not {part}" if chosen.random() < 0.2 else part  # noqa: PLR2004
            for part in some
        )
        if where not in seen:
            seen.add(where)
            yield where, chosen.choice(SORTS)


def main() -> None:
    """Print how long reading and answering took, in all and for the slowest."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write_playbook(root, RECORDS)
        settings = Settings(records=["content/outcomes", "content/metrics", "hypotheses"])
        playbook = read_playbook(root, settings, "content")
    kind = Kind.EXPERIMENT
    asked = list(questions(playbook, QUESTIONS))
    evaluation = Evaluation(playbook.registry, playbook.today, playbook.flags)
    reading: list[float] = []
    finding: list[float] = []
    found = 0
    for where, order in asked:
        start = process_time()
        condition, faults = read_where(where, kind, playbook.registry)
        if faults:
            sys.exit(f"{where}: {faults[0].message}")
        question = Asked(kind, condition, read_sort(order, kind)[0])
        middle = process_time()
        found += len(evaluation.find(question))
        reading.append(middle - start)
        finding.append(process_time() - middle)
    print(f"{len(playbook.registry.entries)} records, {len(asked)} questions, {found} found in all")
    for name, times in (("read", reading), ("answered", finding)):
        middling, slowest = sorted(times)[len(times) // 2], sorted(times)[-20:]
        print(
            f"{name:>9}: {sum(times):.2f} s of a processor, median {middling * 1e3:.2f} ms, "
            f"the slowest {', '.join(f'{t * 1e3:.0f}' for t in reversed(slowest[-5:]))} ms"
        )


if __name__ == "__main__":
    main()
