"""What does Material's search cost a reader who does not search?

    python -m benchmarks.experiments.search_index_bytes --records 50 500 2000 --seeds 3

The index is weighed as it lies and as gzip at level 6 sends it, beside the first page with every
style sheet and script that it names. Bytes are the same on a busy computer and a quiet one.
"""

from __future__ import annotations

import argparse
import gzip
import json
import statistics
import sys
import tempfile
from html.parser import HTMLParser
from pathlib import Path

import yaml

from benchmarks import synthetic, turns


class Named(HTMLParser):
    """Collects the style sheets and scripts that a page makes a browser fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._in_config = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note a style sheet or a script."""
        given = dict(attrs)
        if tag == "link" and given.get("rel") == "stylesheet":
            self.found.append(given.get("href") or "")
        if tag == "script":
            self._in_config = given.get("id") == "__config"
            if given.get("src"):
                self.found.append(given["src"] or "")

    def handle_data(self, data: str) -> None:
        """Note the script that searches in the background, which the configuration names."""
        if self._in_config:
            self.found.append(json.loads(data)["search"])
            self._in_config = False


def compressed(path: Path) -> int:
    """Bytes of a file as gzip sends it."""
    return len(gzip.compress(path.read_bytes(), compresslevel=6, mtime=0))


def rest_of_first_page(site: Path) -> int:
    """Compressed bytes of the home page and of what it names."""
    page = site / "index.html"
    parser = Named()
    parser.feed(page.read_text(encoding="utf-8"))
    return compressed(page) + sum(compressed(site / name) for name in dict.fromkeys(parser.found))


def build(folder: Path, count: int, seed: int) -> Path:
    """Build a site of synthetic records with Material's own search; return its folder."""
    records = folder / "docs" / "records"
    records.mkdir(parents=True)
    (folder / "docs" / "index.md").write_text("# Home\n\nA page.\n", encoding="utf-8")
    for record in synthetic.records(count, seed):
        (records / f"{record.name}.md").write_text(record.text, encoding="utf-8")
    settings = {
        "site_name": "A synthetic playbook",
        "theme": {"name": "material", "font": False},
        "plugins": ["search"],
        "not_in_nav": "/records/",
        "nav": ["index.md"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    turns.run_process([sys.executable, "-m", "mkdocs", "build", "--quiet"], folder)
    return folder / "site"


def main() -> None:
    """Build a site for each size and seed, and print kilobytes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, nargs="+", default=[50, 500, 2000])
    parser.add_argument("--seeds", type=int, default=3, help="sites of each size")
    options = parser.parse_args()
    rows, rest = [], 0
    for count in options.records:
        plain, sent = [], []
        for seed in range(1, options.seeds + 1):
            with tempfile.TemporaryDirectory() as name:
                site = build(Path(name), count, seed)
                index = site / "search" / "search_index.json"
                plain.append(index.stat().st_size / 1000)
                sent.append(compressed(index) / 1000)
                rest = rest_of_first_page(site)
        rows.append(
            [
                str(count),
                str(options.seeds),
                f"{statistics.median(plain):.0f}",
                f"{statistics.median(sent):.1f}",
                f"{min(sent):.1f}",
                f"{max(sent):.1f}",
                f"{statistics.median(sent) * 1000 / rest:.2f}",
            ]
        )
    head = ["records", "seeds", "index, kB", "compressed", "least", "most", "to the rest"]
    turns.print_table(head, rows)
    print(f"\nrest of the first page, compressed: {rest / 1000:.1f} kB")


if __name__ == "__main__":
    main()
