"""The record files of a folder: bytes and paths out."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG

from outcome_playbook.diagnostics.told import told
from outcome_playbook.loader.loaded import (
    Loaded,
    as_text,
    is_behind,
    is_introduction,
    leads_nowhere,
    leads_outside,
    stem,
    unread,
)
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.reading import Reader, read_record


def load(
    root: Path,
    folders: Iterable[str],
    only: Collection[str] | None = None,
    read: Reader = read_record,
) -> Loaded:
    """Read every record below ``folders``, which are relative to ``root``; or those at ``only``.

    Paths are relative to ``root`` with forward slashes, sorted, and text even where a name is not:
    see ``as_text``. A folder that is absent is no error. Raises ``OSError`` when a folder cannot
    be listed; a file that cannot be read is a problem of that file.
    """
    loaded = Loaded()
    seen: set[str] = set()
    for folder in folders:
        for path in _markdown(root, folder):
            if path in seen:
                continue
            seen.add(path)
            if is_introduction(path):
                if path == as_text(path):
                    loaded.introductions.append(path)
            elif only is None or path in only:
                loaded.files.append(_read(root, folder, path, read))
            else:
                loaded.left_out.add(stem(path))
    return loaded.sort()


def texts(root: Path, folders: Iterable[str]) -> dict[str, bytes]:
    """Return the bytes of the files that ``load`` would read, by path; none of one it cannot."""
    found = {}
    for folder in folders:
        for path in _markdown(root, folder):
            if not is_introduction(path):
                try:
                    # A pipe that is named like a record would keep us waiting.
                    found[path] = (root / path).read_bytes() if (root / path).is_file() else b""
                except OSError:
                    found[path] = b""
    return found


@dataclass(frozen=True)
class Published:
    """Tells whether a file of the repository is on the site. Paths are relative to ``root``.

    ``generated`` are the names, in ``docs_dir``, of the pages that the site has without a file;
    ``not_followed`` are the links behind which the site has nothing.
    """

    root: Path
    docs_dir: str
    folders: tuple[str, ...]
    generated: frozenset[str] = frozenset()
    not_followed: frozenset[str] = frozenset()

    def __call__(self, path: str) -> bool:
        """Return whether there is a file at ``path``, in the handbook or in a records folder."""
        if path.removeprefix(f"{self.docs_dir}/") in self.generated:
            return path.startswith(f"{self.docs_dir}/")
        is_there = path.startswith(self._homes) and os.path.isfile(f"{self.root}/{path}")  # noqa: PTH113 - asked very often
        return is_there and not is_behind(path, self.not_followed)

    @cached_property
    def _homes(self) -> tuple[str, ...]:
        return tuple(f"{folder}/" for folder in (self.docs_dir, *self.folders))


def attachments(root: Path, folders: Iterable[str]) -> list[str]:
    """Return the other files of the records folders, such as an image beside a record.

    Hidden files, links that leave their folder and files whose name is no text are left out.
    """
    found: set[str] = set()
    for folder in folders:
        inside = (root / folder).resolve()
        for path in _walk(root, folder):
            full = root / path
            wanted = not path.endswith(".md") and path == as_text(path)
            if wanted and full.is_file() and full.resolve().is_relative_to(inside):
                found.add(path)
    return sorted(found)


def _markdown(root: Path, folder: str) -> list[str]:
    """Return the paths of a folder's records, and of folders that stand where a record could."""
    found = _walk(root, folder)
    return sorted(path for path in found if path.endswith(".md") or (root / path).is_dir())


def _walk(root: Path, folder: str) -> Iterator[str]:
    """Yield the files below a folder that are not hidden.

    A link to a folder is not followed: it is yielded, as is a folder that is named like a record.
    """
    base = root / folder
    if not base.exists():
        return
    for parent, folders, names in os.walk(base, onerror=_raise):
        inside = Path(parent).relative_to(root).as_posix()
        folders[:] = [name for name in folders if not name.startswith(".")]
        odd = [name for name in folders if name.endswith(".md") or Path(parent, name).is_symlink()]
        for name in (*names, *odd):
            if not name.startswith("."):
                yield f"{inside}/{name}"


def _raise(error: OSError) -> None:
    raise error


def _read(root: Path, folder: str, path: str, read: Reader) -> RecordFile:
    full = root / path
    is_link = False
    try:
        mode = full.lstat().st_mode
        if is_link := S_ISLNK(mode):
            if not full.resolve().is_relative_to((root / folder).resolve()):
                return leads_outside(path)
            mode = full.stat().st_mode
        if S_ISREG(mode):
            return read(as_text(path), full.read_bytes())
    except (OSError, RuntimeError) as error:  # Python 3.11 raises RuntimeError for a link to itself
        if is_link:
            return leads_nowhere(path)
        reason = (getattr(error, "strerror", None) or "unreadable").lower()
        message = told("the file cannot be read: %(reason)s", reason=reason)
        return unread(path, message, told("check its rights"))
    if not S_ISDIR(mode):
        message, mend = told("this is no ordinary file"), told("put a text file here")
    elif is_link:
        message = told("this is a link to a folder, which is not followed")
        mend = told("put the folder here")
    else:
        message = told("this is a folder, not a file")
        mend = told("take `.md` off the folder's name")
    return unread(path, message, mend)
