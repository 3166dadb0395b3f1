"""A playbook as a whole: the records of a folder, checked, on one day."""

import gc
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from outcome_playbook import registry as registries
from outcome_playbook import rules
from outcome_playbook.baseline import Baseline, hold_back, read_baseline
from outcome_playbook.clock import today
from outcome_playbook.diagnostics import Problem, by_position
from outcome_playbook.flags import Flag, flags_of
from outcome_playbook.git import Repository
from outcome_playbook.livelists import Lists, Page
from outcome_playbook.loader import (
    Loaded,
    Published,
    PublishedThen,
    handbook_pages,
    handbook_pages_then,
    load,
    load_revision,
    not_followed,
    report_undecided,
)
from outcome_playbook.query import Evaluation
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.reading import Reader, read_record
from outcome_playbook.registry import Registry
from outcome_playbook.settings import Settings


@dataclass(frozen=True, slots=True)
class Playbook:
    """What every face reads: the registry, the settings and the day.

    ``introductions`` are the paths of the files that introduce a records folder. ``outdated`` are
    the entries of the baseline that no problem answers to any more, ``None`` without a baseline.
    ``pages`` are those of the handbook that may hold live lists, with what is wrong with these, and
    the links that lead out of it; ``not_followed`` are the paths of these links. ``lists`` has read
    the live lists already, and knows them again.
    """

    registry: Registry
    settings: Settings
    today: date
    introductions: tuple[str, ...] = ()
    outdated: Baseline | None = None
    pages: tuple[Page, ...] = ()
    not_followed: frozenset[str] = frozenset()
    lists: Lists | None = None

    @property
    def flags(self) -> dict[str, Flag]:
        """What waits for somebody today, by the record's id; worked out anew at each asking."""
        return flags_of(self.registry, self.today, self.settings)

    @property
    def problems(self) -> list[Problem]:
        """Every problem of every record and page, notes included, in order of position."""
        files: tuple[RecordFile | Page, ...] = (*self.registry.files, *self.pages)
        return by_position(problem for file in files for problem in file.problems)


def read_playbook(
    root: Path,
    settings: Settings,
    docs_dir: str = "docs",
    generated: frozenset[str] = frozenset(),
    only: Collection[str] | None = None,
    read: Reader = read_record,
) -> Playbook:
    """Read and check the records below ``root``, the folder of ``mkdocs.yml``.

    ``docs_dir`` is the folder of the handbook pages, relative to ``root``; ``generated`` are the
    names of the pages that the site has there without a file, to which a record may link. With
    ``only``, the records at these paths are read, and of the others no more than that they exist;
    ``reading_once`` is a ``read`` for who reads other versions too.
    Raises ``OSError`` when a folder cannot be listed and ``ValueError`` for a bad clock or a
    baseline that cannot be read.
    """
    folders = tuple(settings.records)
    with garbage_left_alone():
        loaded = load(root, folders, only, read)
        report_undecided(root, loaded.files)
        pages = handbook_pages(root, docs_dir, folders, loaded.introductions)
        published = Published(root, docs_dir, folders, generated, not_followed(pages))
        playbook = _checked(loaded, settings, published, pages)
        if settings.baseline is None:
            return playbook
        left = hold_back(playbook.registry, read_baseline(root / settings.baseline), pages)
        return replace(playbook, outdated=left)


def read_revision(
    repository: Repository,
    commit: str,
    settings: Settings,
    docs_dir: str = "docs",
    generated: frozenset[str] = frozenset(),
    only: Collection[str] | None = None,
    read: Reader = read_record,
) -> Playbook:
    """Read and check the records of a commit, as ``read_playbook`` does those of the work tree.

    Today is the same day for both. Raises ``GitError``, and ``ValueError`` for a bad clock.
    """
    folders = tuple(settings.records)
    blobs = repository.files(commit, (docs_dir, *folders))
    paths = frozenset(blob.path for blob in blobs)
    with garbage_left_alone():
        loaded = load_revision(repository, blobs, folders, only, read)
        pages = handbook_pages_then(repository, blobs, docs_dir, folders, loaded.introductions)
        published = PublishedThen(paths, docs_dir, folders, generated, not_followed(pages))
        return _checked(loaded, settings, published, pages)


def _checked(
    loaded: Loaded,
    settings: Settings,
    published: Published | PublishedThen,
    pages: Sequence[Page],
) -> Playbook:
    registry = registries.build(loaded.files, loaded.left_out)
    day = today(settings)

    def evaluate() -> Evaluation:
        return Evaluation(registry, day, flags_of(registry, day, settings))

    lists = Lists(registry, evaluate, unread=len(loaded.left_out))
    rules.check(registry, settings, published, pages, lists)
    left_out = published.not_followed
    return Playbook(
        registry,
        settings,
        day,
        tuple(path for path in loaded.introductions if path not in left_out),
        pages=tuple(pages),
        not_followed=left_out,
        lists=lists,
    )


@contextmanager
def garbage_left_alone() -> Iterator[None]:
    """Keep Python from looking for garbage: all that is read is kept, and each look walks it all.

    It is a quarter of the time that ten thousand records take. Afterwards all of it counts as old,
    or the next look would come at once and walk it after all.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.freeze()
            gc.unfreeze()
            gc.enable()
