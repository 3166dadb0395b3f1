"""The two sites that are compared: the playbook, and its records as pages with Material's search.

Material's search gets the best that a page can give it: each record's id, title and all texts of
its front matter stand on its page, which the plain file would hide from it.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from benchmarks import turns
from benchmarks.relevance.generated import write_relevant_playbook

REPOSITORY: Final = Path(__file__).parent.parent.parent
_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
# As the plugin sets it where Material's own search is left on: titles weigh what tags do.
_SEARCH: Final = {
    "search": {"fields": {"title": {"boost": 1e6}, "text": {"boost": 1.0}, "tags": {"boost": 1e6}}}
}


@dataclass(frozen=True)
class Site:
    """A built site, and what its build took."""

    folder: Path
    seconds: float
    peak_mb: float | None


def generate(root: Path, records: int) -> None:
    """Write the files of both sites of a generated playbook below ``root``."""
    write_relevant_playbook(root, records)
    _configure(root / "playbook.yml", "content", ["search", "playbook"])
    write_pages(root, [root / "content", root / "hypotheses"])


def write_pages(root: Path, folders: list[Path]) -> None:
    """Write the records in folders as pages of MkDocs, with what configures them."""
    pages = root / "pages"
    pages.mkdir()
    (pages / "index.md").write_text("# Home\n", encoding="utf-8")
    for folder in folders:
        for path in folder.rglob("*.md"):
            text = path.read_text(encoding="utf-8")
            if text.startswith("---\nkind:"):
                (pages / path.name).write_text(_page(path.stem, text), encoding="utf-8")
    _configure(root / "lunr.yml", "pages", [_SEARCH], not_in_nav="/*.md")


def _configure(path: Path, docs: str, plugins: list[Any], **more: object) -> None:
    settings = {
        "site_name": "A generated playbook",
        "theme": {"name": "material", "font": False, "features": ["navigation.instant"]},
        "docs_dir": docs,
        "site_dir": f"site-{path.stem}",
        "nav": [{"Home": "index.md"}],
        "plugins": plugins,
        "validation": {"links": {"not_found": "ignore", "anchors": "ignore"}},
        **more,
    }
    path.write_text(yaml.safe_dump(settings), encoding="utf-8")


def _page(id_: str, text: str) -> str:
    _, front_matter, body = text.split("---\n", 2)
    fields = yaml.load(front_matter, Loader=_LOADER)  # noqa: S506 - both are safe ones
    title = fields.pop("title")
    fields.pop("sources", None)
    texts = "\n\n".join([id_, *_texts(fields)])
    return f"---\ntitle: {yaml.safe_dump(title).splitlines()[0]}\n---\n\n{texts}\n\n{body}"


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for inner in value.values():
            yield from _texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _texts(inner)
    elif value is not None:
        yield str(value)


def build(root: Path, arm: str) -> Site:
    """Build an arm, ``playbook`` or ``lunr``, from its configuration in ``root``, into nothing."""
    folder = root / f"site-{arm}"
    shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "-f", f"{arm}.yml"]
    finished = turns.run_process(command, root)
    return Site(folder, finished.seconds, finished.peak_mb)


def build_demo(root: Path) -> tuple[Site, Site]:
    """Build this repository's own playbook, and its records as pages."""
    folder = root / "site-playbook"
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder)]
    finished = turns.run_process(command, REPOSITORY)
    write_pages(root, [REPOSITORY / "content", REPOSITORY / "hypotheses"])
    return Site(folder, finished.seconds, finished.peak_mb), build(root, "lunr")
