"""The pages of the handbook that may hold live lists. Of all others, the bytes alone are read."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG

from outcome_playbook.git import Blob, Repository
from outcome_playbook.livelists import Page, page_of
from outcome_playbook.loader.loaded import as_text

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for a page."""


def handbook_pages(
    root: Path, docs_dir: str, folders: Sequence[str], introductions: Iterable[str] = ()
) -> list[Page]:
    """Return the pages below ``docs_dir`` that may hold a live list, and such ``introductions``.

    Paths are relative to ``root``, sorted. Records folders are passed over, and so are hidden
    files, links that lead out of their folder and what cannot be read: MkDocs says so.
    """
    found = []
    for home, path in sorted({*_below(root, docs_dir, folders), *_homes(introductions, folders)}):
        data = _bytes(root / path, root / home)
        page = page_of(path, data) if data else None
        if page is not None:
            found.append(page)
    return sorted(found, key=lambda page: page.path)


def _below(root: Path, docs_dir: str, folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    for parent, names, files in os.walk(root / docs_dir):
        inside = Path(os.path.relpath(parent, root)).as_posix()
        if inside in folders:
            names.clear()
            continue
        names[:] = [name for name in names if not name.startswith(".")]
        for name in files:
            path = f"{inside}/{name}" if inside != "." else name
            is_page = name.endswith(_MARKDOWN) and not name.startswith(".")
            if is_page and path == as_text(path):
                yield docs_dir, path


def _homes(introductions: Iterable[str], folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    for path in introductions:
        yield next(folder for folder in folders if path.startswith(f"{folder}/")), path


def _bytes(path: Path, home: Path) -> bytes:
    try:
        if path.is_symlink() and not path.resolve().is_relative_to(home.resolve()):
            return b""
        # A pipe that is named like a page would keep us waiting.
        return path.read_bytes() if S_ISREG(path.stat().st_mode) else b""
    except (OSError, RuntimeError):  # Python 3.11 raises RuntimeError for a link to itself
        return b""


def handbook_pages_then(
    repository: Repository,
    files: Iterable[Blob],
    docs_dir: str,
    folders: Sequence[str],
    introductions: Iterable[str] = (),
) -> list[Page]:
    """Return the same pages as they were among the files of a commit; links are passed over.

    Raises ``GitError``.
    """
    introducing = set(introductions)
    blobs = [
        blob
        for blob in files
        if not blob.is_link
        and (blob.path in introducing or _is_page(blob.path, docs_dir, folders))
        and blob.path == as_text(blob.path)
    ]
    contents = zip(blobs, repository.contents(blobs), strict=True)
    return [page for blob, data in contents if (page := page_of(blob.path, data)) is not None]


def _is_page(path: str, docs_dir: str, folders: Sequence[str]) -> bool:
    if not path.endswith(_MARKDOWN) or not path.startswith(f"{docs_dir}/"):
        return False
    if any(path.startswith(f"{folder}/") for folder in folders):
        return False
    return not any(name.startswith(".") for name in path.removeprefix(f"{docs_dir}/").split("/"))
