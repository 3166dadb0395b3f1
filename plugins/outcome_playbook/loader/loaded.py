"""What was read of records folders, wherever they lie, and what is said of a file that was not."""

import os
from collections.abc import Collection
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Self

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.problem import id_at
from outcome_playbook.diagnostics.told import Told, told
from outcome_playbook.records.file import RecordFile

_INTRODUCTIONS = ("README.md", "index.md")

LEADS_OUTSIDE = told("this is a link to a place outside its folder")


@dataclass(slots=True)
class Loaded:
    """The record files of all folders, and the paths of the files that introduce a folder.

    ``left_out`` are the ids of records that nobody asked for: they are there, and were not read.
    """

    files: list[RecordFile] = field(default_factory=list)
    introductions: list[str] = field(default_factory=list)
    left_out: set[str] = field(default_factory=set)

    def sort(self) -> Self:
        """Put both in the order of their paths."""
        self.files.sort(key=lambda file: file.path)
        self.introductions.sort()
        return self


def is_introduction(path: str) -> bool:
    """Whether a Markdown file of a records folder is no record: it introduces the folder."""
    return path.rsplit("/", 1)[-1] in _INTRODUCTIONS


def stem(path: str) -> str:
    """Return the id of the record at a path."""
    return id_at(as_text(path))


def as_text(path: str) -> str:
    """Return a path that can be written to a page: bytes that are no UTF-8 become U+FFFD."""
    return os.fsencode(path).decode("utf-8", "replace")


def is_behind(path: str, links: Collection[str]) -> bool:
    """Whether a path is one of these links, or leads through one."""
    if not links:
        return False
    ways = accumulate(path.split("/"), "{}/{}".format)
    return any(way in links for way in ways)


def leads_out(path: str, home: Path) -> bool:
    """Whether a path leads to a place outside a folder, every link on the way followed."""
    return not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(home))


def leads_outside(path: str) -> RecordFile:
    """Return the file of a link that leaves its folder, which is not followed."""
    return unread(path, LEADS_OUTSIDE, told("put the record itself here"), catalogue.OUTSIDE)


def leads_nowhere(path: str) -> RecordFile:
    """Return the file of a link to nothing."""
    message = told("this is a link that leads to no file")
    return unread(path, message, told("put the record itself here"))


def unread(
    path: str, message: Told, mend: Told, rule: catalogue.Rule = catalogue.UNREADABLE
) -> RecordFile:
    """Return a file that was not read, and why."""
    file = RecordFile(as_text(path), id=stem(path), title=stem(path))
    file.report(rule, Severity.ERROR, message, mend)
    return file
