"""The record files of a commit, read from git without a work tree."""

import posixpath
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from outcome_playbook.git import Blob, Repository
from outcome_playbook.loader.loaded import (
    Loaded,
    as_text,
    is_behind,
    is_introduction,
    leads_nowhere,
    leads_outside,
    stem,
)
from outcome_playbook.records.reading import Reader, read_record


def load_revision(
    repository: Repository,
    files: Iterable[Blob],
    folders: Sequence[str],
    only: Collection[str] | None = None,
    read: Reader = read_record,
) -> Loaded:
    """Read every record among the files of a commit, as ``load`` reads those of a folder.

    The folders are relative to the repository's ``folder``. Raises ``GitError``.
    """
    blobs = {blob.path: blob for blob in files if _inside(blob.path, folders)}
    loaded = Loaded()
    found: list[tuple[str, Blob]] = []
    for path, blob in blobs.items():
        if not path.endswith(".md") or _is_hidden(path, folders):
            continue
        if is_introduction(path):
            if path == as_text(path):
                loaded.introductions.append(path)
        elif only is not None and path not in only:
            loaded.left_out.add(stem(path))
        elif blob.is_link:
            target = target_of(repository, blob, folders)
            if isinstance(target, str) and target in blobs:
                found.append((path, blobs[target]))
            else:
                loaded.files.append(leads_outside(path) if target is None else leads_nowhere(path))
        else:
            found.append((path, blob))
    texts = repository.contents(blob for _, blob in found)
    loaded.files += (
        read(as_text(path), text) for (path, _), text in zip(found, texts, strict=True)
    )
    return loaded.sort()


@dataclass(frozen=True, slots=True)
class PublishedThen:
    """Tells whether a file was on the site that a commit made; see ``Published``."""

    paths: frozenset[str]
    docs_dir: str
    folders: tuple[str, ...]
    generated: frozenset[str] = frozenset()
    not_followed: frozenset[str] = frozenset()

    def __call__(self, path: str) -> bool:
        """Return whether there was a file at ``path``, in the handbook or in a records folder."""
        if path.removeprefix(f"{self.docs_dir}/") in self.generated:
            return path.startswith(f"{self.docs_dir}/")
        is_there = path in self.paths and _inside(path, (self.docs_dir, *self.folders))
        return is_there and not is_behind(path, self.not_followed)


def _inside(path: str, folders: Iterable[str]) -> bool:
    return any(path.startswith(f"{folder}/") for folder in folders)


def _is_hidden(path: str, folders: Sequence[str]) -> bool:
    """Whether a name below the records folder begins with a dot."""
    ways = (path.removeprefix(f"{f}/") for f in folders if path.startswith(f"{f}/"))
    return all(any(name.startswith(".") for name in way.split("/")) for way in ways)


def target_of(repository: Repository, link: Blob, folders: Sequence[str]) -> str | None:
    """Return the path that a link leads to, ``None`` when it leaves its folder among ``folders``.

    Raises ``GitError``.
    """
    way = repository.contents([link])[0].decode("utf-8", "surrogateescape")
    target = posixpath.normpath(posixpath.join(posixpath.dirname(link.path), way))
    home = [folder for folder in folders if link.path.startswith(f"{folder}/")]
    return target if target in home or _inside(target, home) else None
