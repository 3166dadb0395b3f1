"""A playbook as a whole: the records of a folder, checked, on one day."""

import gc
from collections.abc import Collection, Iterator
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
from outcome_playbook.loader import (
    Loaded,
    Published,
    PublishedThen,
    load,
    load_revision,
    report_undecided,
)
from outcome_playbook.records.reading import Reader, read_record
from outcome_playbook.registry import Registry
from outcome_playbook.settings import Settings


@dataclass(frozen=True, slots=True)
class Playbook:
    """What every face reads: the registry, the settings and the day.

    ``introductions`` are the paths of the files that introduce a records folder. ``outdated`` are
    the entries of the baseline that no problem answers to any more, ``None`` without a baseline.
    """

    registry: Registry
    settings: Settings
    today: date
    introductions: tuple[str, ...] = ()
    outdated: Baseline | None = None

    @property
    def flags(self) -> dict[str, Flag]:
        """What waits for somebody today, by the record's id; worked out anew at each asking."""
        return flags_of(self.registry, self.today, self.settings)

    @property
    def problems(self) -> list[Problem]:
        """Every problem of every file, notes included, in order of position."""
        return by_position(p for file in self.registry.files for p in file.problems)


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
    published = Published(root, docs_dir, tuple(settings.records), generated)
    with garbage_left_alone():
        loaded = load(root, settings.records, only, read)
        report_undecided(root, loaded.files)
        playbook = _checked(loaded, settings, published)
        if settings.baseline is None:
            return playbook
        left = hold_back(playbook.registry, read_baseline(root / settings.baseline))
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
    published = PublishedThen(paths, docs_dir, folders, generated)
    with garbage_left_alone():
        return _checked(load_revision(repository, blobs, folders, only, read), settings, published)


def _checked(loaded: Loaded, settings: Settings, published: Published | PublishedThen) -> Playbook:
    registry = registries.build(loaded.files, loaded.left_out)
    rules.check(registry, settings, published)
    return Playbook(registry, settings, today(settings), tuple(loaded.introductions))


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
