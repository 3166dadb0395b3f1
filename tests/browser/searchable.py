"""Small sites with an index and the engine that reads it, without a build."""

import shutil
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

import outcome_playbook
from outcome_playbook.facets import FACETS
from outcome_playbook.searching import shards
from outcome_playbook.searching.columns import ranks
from outcome_playbook.searching.documents import Document, Facet
from outcome_playbook.searching.files import FOLDER
from outcome_playbook.searching.index import write_index

Json = dict[str, Any]
Texts = Mapping[str, Any]
"""A record or page: id, title and owner, kind, status, tags, lead, body where there are any."""

SCRIPTS = Path(outcome_playbook.__file__).parent / "assets" / "javascripts" / "search"
ENGINE = "assets/search/engine.js"
_LABELS = {"status": {"running": "Läuft"}}
_TITLES = {"owner": "Verantwortliche"}


def document(texts: Texts) -> Document:
    """Return what is indexed of a record or a page."""
    return Document(
        id=texts["id"] if "kind" in texts else "",
        title=texts["title"],
        names=[texts.get("owner", ""), *texts.get("tags", [])],
        lead=[texts.get("lead", "")],
        body=[texts.get("body", "")],
        values=values(texts),
        card={"id": texts["id"], "kind": texts.get("kind", "page"), "title": texts["title"]},
    )


def values(texts: Texts) -> dict[str, list[str]]:
    """Return by what a record is narrowed down."""
    found = {name: [texts[name]] for name in ("kind", "status", "owner") if name in texts}
    return {**found, **({"tag": texts["tags"]} if texts.get("tags") else {})}


def index(
    records: Iterable[Texts],
    pages: Iterable[Texts] = (),
    synonyms: Sequence[Sequence[str]] = (),
    size: int = 200,
) -> Json:
    """Return the files of an index, cut into files of about so many bytes."""
    records = list(records)
    by_title = sorted(range(len(records)), key=lambda n: records[n]["title"])
    orders = {
        "due": ranks(reversed(range(len(records)))),
        "title": ranks(by_title),
    }
    facets = [Facet(name, _LABELS.get(name, {}), _TITLES.get(name, name)) for name in FACETS]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shards, "SHARD", size)
        found, beside = map(document, records), map(document, pages)
        return write_index(found, beside, facets, orders, synonyms)


def publish(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put an index in the place of the one before, as a deploy does."""
    shutil.rmtree(folder / FOLDER, ignore_errors=True)
    for name, content in files.items():
        write(folder / name, content)


def write(path: Path, content: bytes) -> None:
    """Write a file of an index, or what stands in its place."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def site(folder: Path) -> Path:
    """Return a folder with an empty page and the engine."""
    shutil.copytree(SCRIPTS, folder / Path(ENGINE).parent)
    (folder / "index.html").write_text("<!doctype html><title>Empty</title>", encoding="utf-8")
    return folder
