"""The only reader of record files: a folder's files in, bytes and paths out."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISREG

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.reading import read_record

INTRODUCTIONS = ("README.md", "index.md")
"""Files of a records folder that are no records: they introduce it."""


@dataclass(slots=True)
class Loaded:
    """The record files of all folders, and the paths of the files that introduce a folder."""

    files: list[RecordFile] = field(default_factory=list)
    introductions: list[str] = field(default_factory=list)


def load(root: Path, folders: Iterable[str]) -> Loaded:
    """Read every record below ``folders``, which are relative to ``root``.

    Paths are relative to ``root`` with forward slashes, sorted. A folder that is absent is no
    error. Raises ``OSError`` when a folder cannot be listed; a file that cannot be read is a
    problem of that file.
    """
    loaded = Loaded()
    seen: set[str] = set()
    for folder in folders:
        for path in _markdown(root, folder):
            if path in seen:
                continue
            seen.add(path)
            if path.rsplit("/", 1)[-1] in INTRODUCTIONS:
                loaded.introductions.append(path)
            else:
                loaded.files.append(_read(root, folder, path))
    loaded.files.sort(key=lambda file: file.path)
    loaded.introductions.sort()
    return loaded


@dataclass(frozen=True, slots=True)
class Published:
    """Tells whether a file of the repository is on the site. Paths are relative to ``root``."""

    root: Path
    docs_dir: str
    folders: tuple[str, ...]

    def __call__(self, path: str) -> bool:
        """Return whether there is a file at ``path``, in the handbook or in a records folder."""
        inside = any(path.startswith(f"{folder}/") for folder in (self.docs_dir, *self.folders))
        return inside and (self.root / path).is_file()


def attachments(root: Path, folders: Iterable[str]) -> list[str]:
    """Return the other files of the records folders, such as an image beside a record.

    Hidden files and links that leave their folder are left out.
    """
    found: set[str] = set()
    for folder in folders:
        inside = (root / folder).resolve()
        for path in _walk(root, folder):
            full = root / path
            wanted = not path.endswith(".md") and full.is_file()
            if wanted and full.resolve().is_relative_to(inside):
                found.add(path)
    return sorted(found)


def _markdown(root: Path, folder: str) -> list[str]:
    return sorted(path for path in _walk(root, folder) if path.endswith(".md"))


def _walk(root: Path, folder: str) -> Iterator[str]:
    """Yield the files below a folder that are not hidden. A link to a folder is not followed."""
    base = root / folder
    if not base.exists():
        return
    for parent, folders, names in os.walk(base, onerror=_raise):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith("."):
                yield Path(parent, name).relative_to(root).as_posix()


def _raise(error: OSError) -> None:
    raise error


def _read(root: Path, folder: str, path: str) -> RecordFile:
    full = root / path
    try:
        if full.is_symlink() and not full.resolve().is_relative_to((root / folder).resolve()):
            return _unread(
                path,
                catalogue.OUTSIDE,
                "the file is a link to a place outside its folder",
                "put the record itself here",
            )
        if not S_ISREG(full.stat().st_mode):
            return _unread(
                path, catalogue.UNREADABLE, "this is no ordinary file", "put a text file here"
            )
        return read_record(path, full.read_bytes())
    except OSError as error:
        reason = (error.strerror or "unreadable").lower()
        return _unread(
            path, catalogue.UNREADABLE, f"the file cannot be read: {reason}", "check its rights"
        )


def _unread(path: str, rule: catalogue.Rule, message: str, mend: str) -> RecordFile:
    stem = path.rsplit("/", 1)[-1].removesuffix(".md")
    file = RecordFile(path, id=stem, title=stem)
    file.report(rule, Severity.ERROR, message, mend)
    return file
