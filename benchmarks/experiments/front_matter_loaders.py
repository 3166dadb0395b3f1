"""Which loader reads front matter, with positions, at what cost, and do they agree?

    python -m benchmarks.experiments.front_matter_loaders --records 1000 --runs 9

Texts lie in memory while the clock runs. ruamel.yaml is timed too where it is installed.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import yaml

from benchmarks import synthetic, turns

PYTHON, C = "pure Python, positions", "C, positions"
FOLDERS = ("hypotheses", "content/outcomes", "content/metrics")
BLOCK = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)
Place = tuple[str, str, int, int]


def records_here(root: Path) -> list[str]:
    """The front matter of each record of this repository."""
    texts = []
    for folder in FOLDERS:
        for path in sorted((root / folder).rglob("*.md")):
            found = BLOCK.match(path.read_text(encoding="utf-8"))
            if found:
                texts.append(found[1])
    return texts


def places(node: yaml.Node | None, ends: bool) -> Iterator[Place]:
    """Tag, text, line and column of the start (or end) of each node, in order."""
    if node is None:
        return
    mark = node.end_mark if ends else node.start_mark
    text = node.value if isinstance(node, yaml.ScalarNode) else ""
    yield node.tag, text, mark.line if mark else -1, mark.column if mark else -1
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from places(key, ends)
            yield from places(value, ends)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from places(item, ends)


def disagreements(texts: list[str], ends: bool) -> int:
    """Count the texts for which the two loaders give different nodes or places."""
    return sum(
        list(places(yaml.compose(text, Loader=yaml.SafeLoader), ends))
        != list(places(yaml.compose(text, Loader=yaml.CSafeLoader), ends))
        for text in texts
    )


def ways() -> dict[str, Callable[[str], object]]:
    """Ways to read one text."""
    found: dict[str, Callable[[str], object]] = {
        PYTHON: lambda text: yaml.compose(text, Loader=yaml.SafeLoader),
        C: lambda text: yaml.compose(text, Loader=yaml.CSafeLoader),
        "pure Python, values": lambda text: yaml.load(text, Loader=yaml.SafeLoader),
        "C, values": lambda text: yaml.load(text, Loader=yaml.CSafeLoader),
    }
    if importlib.util.find_spec("ruamel"):
        ruamel = importlib.import_module("ruamel.yaml")
        found["ruamel.yaml, positions"] = lambda text: ruamel.YAML(typ="rt").compose(text)
        found["ruamel.yaml, values"] = lambda text: ruamel.YAML(typ="rt").load(text)
    return found


def report(name: str, texts: list[str], runs: int) -> None:
    """Time a pass through the texts each way, and print milliseconds a text."""

    def one_pass(read: Callable[[str], object]) -> float:
        return turns.seconds_of(lambda: [read(text) for text in texts]) * 1000 / len(texts)

    works = {arm: lambda read=read: one_pass(read) for arm, read in ways().items()}
    measured = turns.take_turns(works, runs)
    lines = sum(text.count("\n") for text in texts) / len(texts)
    print(f"{name}: {len(texts)} texts of {lines:.0f} lines on average\n")
    turns.print_arms(measured, "ms a record", 3)
    turns.print_effect(measured, PYTHON, C, 3)
    print(f"texts with other nodes or starts: {disagreements(texts, ends=False)}")
    print(f"texts with other ends: {disagreements(texts, ends=True)}\n")


def main() -> None:
    """Time generated records, then those of this repository."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=9, help="passes an arm")
    options = parser.parse_args()
    if not yaml.__with_libyaml__:
        raise SystemExit("PyYAML was built without its C library here: nothing to compare")
    generated = [record.front_matter for record in synthetic.records(options.records, seed=1)]
    report("generated", generated, options.runs)
    report("this repository", records_here(Path(__file__).parents[2]), options.runs)


if __name__ == "__main__":
    main()
