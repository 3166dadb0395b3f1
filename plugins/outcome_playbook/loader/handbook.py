"""The pages of the handbook that may hold live lists. Of all others, the bytes alone are read."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from stat import S_ISREG

from outcome_playbook.diagnostics import Problem, Severity, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.git import Blob, Repository
from outcome_playbook.livelists import Page, page_of
from outcome_playbook.loader.loaded import LEADS_OUTSIDE, as_text, leads_out
from outcome_playbook.loader.revision import target_of

_MARKDOWN = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")
"""What MkDocs takes for a page."""


def handbook_pages(
    root: Path, docs_dir: str, folders: Sequence[str], introductions: Iterable[str] = ()
) -> list[Page]:
    """Return the pages below ``docs_dir`` that may hold a live list, and such ``introductions``.

    Paths are relative to ``root``, sorted. A link that leads out of its folder is not followed: it
    is a page without a text, on which the problem says so. Records folders are passed over, and so
    are the theme's templates, hidden files and what cannot be read: MkDocs says so.
    """
    found = dict(_below(root, docs_dir, (*folders, _templates(docs_dir))))
    for path in introductions:
        home = next(folder for folder in folders if path.startswith(f"{folder}/"))
        found[path] = _leaves(f"{root}/{path}", root / home)
    pages = (
        _outside(path) if leaves else page_of(path, _bytes(root / path))
        for path, leaves in sorted(found.items())
    )
    return [page for page in pages if page is not None]


def not_followed(pages: Iterable[Page]) -> frozenset[str]:
    """Return which of the pages are links out of their folder: to the site, nothing is there."""
    return frozenset(
        page.path for page in pages if any(p.rule is catalogue.OUTSIDE for p in page.problems)
    )


def outside(path: str) -> Problem:
    """Return what is wrong with a link out of the handbook."""
    mend = told("put the file or the folder itself here")
    return Problem(catalogue.OUTSIDE, Severity.ERROR, path, LEADS_OUTSIDE, mend)


def _outside(path: str) -> Page:
    return Page(path, "", problems=[outside(path)])


def _below(root: Path, docs_dir: str, folders: Sequence[str]) -> Iterator[tuple[str, bool]]:
    """Yield the pages, and the links that leave; whether it is one of these stands behind each.

    A link to a folder of the handbook is followed, as MkDocs does, unless that was read already:
    a mistake is told of once, and a link to a folder around it has an end.
    """
    read: set[str] = set()
    starts = [docs_dir]
    for start in starts:
        if os.path.realpath(root / start) in read:
            continue
        for path, is_folder in _shown(root, start, folders, read):
            if _leaves(f"{root}/{path}", root / docs_dir):
                yield path, True
            elif is_folder:
                starts += [path] if (root / path).is_symlink() else []
            elif path.endswith(_MARKDOWN):
                yield path, False


def _shown(
    root: Path, start: str, folders: Sequence[str], read: set[str]
) -> Iterator[tuple[str, bool]]:
    """Yield what is not hidden below a folder, and whether it is a folder; note what was read."""
    for parent, names, files in os.walk(root / start):
        inside = Path(os.path.relpath(parent, root)).as_posix()
        if inside in folders:
            names.clear()
            continue
        read.add(os.path.realpath(parent))
        names[:] = sorted(name for name in names if not name.startswith("."))
        for name in (*names, *(name for name in files if not name.startswith("."))):
            path = f"{inside}/{name}" if inside != "." else name
            if path == as_text(path) and path not in folders:
                yield path, name in names


def _templates(docs_dir: str) -> str:
    """Return the one folder whose pages MkDocs never publishes, unless it is told to."""
    return f"{docs_dir}/templates"


def _leaves(path: str, home: Path) -> bool:
    return os.path.islink(path) and leads_out(path, home)  # noqa: PTH114 - asked of every file


def _bytes(path: Path) -> bytes:
    try:
        # A pipe that is named like a page would keep us waiting.
        return path.read_bytes() if S_ISREG(path.stat().st_mode) else b""
    except OSError:
        return b""


def handbook_pages_then(
    repository: Repository,
    files: Iterable[Blob],
    docs_dir: str,
    folders: Sequence[str],
    introductions: Iterable[str] = (),
) -> list[Page]:
    """Return the same pages as they were among the files of a commit. Raises ``GitError``."""
    blobs = {blob.path: blob for blob in files if blob.path == as_text(blob.path)}
    introducing = set(introductions)
    others = (*folders, _templates(docs_dir))
    inside = {path for path in blobs if _is_inside(path, docs_dir, others)} | introducing
    links = [blobs[path] for path in sorted(inside) if blobs[path].is_link]
    found = {path: blobs[path] for path in inside if not blobs[path].is_link}
    pages = []
    for link in links:
        homes = folders if link.path in introducing else (docs_dir,)
        target = target_of(repository, link, homes)
        if target is None:
            pages.append(_outside(link.path))
        else:
            found |= _behind(link.path, target, blobs, inside)
    read = [path for path in found if path.endswith(_MARKDOWN)]
    texts = repository.contents(found[path] for path in read)
    made = (page_of(path, text) for path, text in zip(read, texts, strict=True))
    return sorted((*pages, *filter(None, made)), key=lambda page: page.path)


def _behind(link: str, target: str, blobs: dict[str, Blob], inside: set[str]) -> dict[str, Blob]:
    """Return the file that a link leads to, or those of a folder that are not ``inside`` anyway."""
    if target in blobs:
        return {} if blobs[target].is_link else {link: blobs[target]}
    return {
        f"{link}{path.removeprefix(target)}": blob
        for path, blob in blobs.items()
        if path.startswith(f"{target}/")
        and not (path in inside or blob.is_link or _is_hidden(path.removeprefix(target)))
    }


def _is_inside(path: str, docs_dir: str, folders: Sequence[str]) -> bool:
    if path in folders or any(path.startswith(f"{folder}/") for folder in folders):
        return False
    return path.startswith(f"{docs_dir}/") and not _is_hidden(path.removeprefix(docs_dir))


def _is_hidden(path: str) -> bool:
    return any(name.startswith(".") for name in path.split("/"))
