"""Compares two revisions for the command line, and prints what is different."""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from outcome_playbook import changes
from outcome_playbook.cli.common import could_not_run
from outcome_playbook.diagnostics.writers.printable import printable
from outcome_playbook.git import GitError, Repository, open_repository
from outcome_playbook.pages.urls import always_there
from outcome_playbook.playbook import Playbook, read_playbook, read_revision
from outcome_playbook.project import (
    Project,
    ProjectError,
    find_config,
    project_then,
    read_project,
)
from outcome_playbook.records.reading import Reader, reading_once
from outcome_playbook.registry import Registry

_NARROWEST = 40


def run(base: str | None, head: str | None, form: str, config_file: Path | None) -> None:
    """Do what the options of ``playbook diff`` ask for."""
    try:
        sides = _sides(config_file or find_config(Path.cwd()), base, head)
        report = changes.report(sides.before, sides.after)
    except (ProjectError, GitError, OSError, ValueError) as error:
        could_not_run("diff", error)
    if form == "json":
        click.echo(changes.as_json(report.changes).encode())  # UTF-8, whatever the terminal speaks
    elif form == "markdown":
        text = changes.as_markdown(report, _again(base, head))
        click.echo(text.encode("utf-8", "replace"), nl=False)
    else:
        _print(report, sides)


def _again(base: str | None, head: str | None) -> str:
    """Return the command that shows the same on the machine of whoever reads the comment.

    What HEAD is there, and what stands before it, is not what it was here.
    """
    if base is None or "HEAD" in base:
        return "playbook diff"
    names = [base] if head in (None, "HEAD") else [base, head]
    return printable(" ".join(["playbook diff", *filter(None, names)]))


# Both sides ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Sides:
    """The playbook before and after, and in words which those are."""

    before: Playbook
    after: Playbook
    since: str
    until: str


def _sides(config_file: Path, base: str | None, head: str | None) -> _Sides:
    config_file = config_file.resolve()
    repository = open_repository(config_file.parent)
    base = base or repository.default_branch
    parted = repository.merge_base(base, head or "HEAD")
    read = reading_once()  # most records are the same on both sides
    if head is None:
        project = read_project(config_file)
        after = read_playbook(
            project.root, project.settings, project.docs_dir, always_there(), read=read
        )
        until = "the work tree, with what is not committed"
    else:
        commit = repository.commit(head)
        then = project_then(config_file, repository, commit)
        if then is None:
            raise ProjectError(f"there is no {config_file.name} in {head}")
        project, after = then, _read(repository, commit, then, read)
        until = f"{head} ({commit[:10]})"
    before = _before(config_file, repository, parted, project, after, read)
    since = parted[:10] if parted.startswith(base) else f"{base} (parted at {parted[:10]})"
    return _Sides(before, after, since, until)


def _before(
    config_file: Path,
    repository: Repository,
    commit: str,
    project: Project,
    after: Playbook,
    read: Reader,
) -> Playbook:
    """Return the playbook as it was: without a record where there was none yet."""
    try:
        then = project_then(config_file, repository, commit)
    except ProjectError:
        then = project  # whoever mends the settings wants to see the records
    if then is None:
        return Playbook(Registry([]), after.settings, after.today)
    return _read(repository, commit, then, read)


def _read(repository: Repository, commit: str, project: Project, read: Reader) -> Playbook:
    settings, docs_dir = project.settings, project.docs_dir
    return read_revision(repository, commit, settings, docs_dir, always_there(), read=read)


# In a terminal ------------------------------------------------------------------------------------

_STYLES: dict[str, dict[str, Any]] = {
    "heading": {"bold": True},
    "called out": {"fg": "yellow", "bold": True},
    "added": {"fg": "green"},
    "removed": {"fg": "red"},
    "quiet": {"dim": True},
    "plain": {},
}
_ASCII = str.maketrans({"→": "->", "“": '"', "”": '"', "…": "...", "−": "-", "’": "'"})


def _print(report: changes.Report, sides: _Sides) -> None:
    is_terminal = sys.stdout.isatty()
    width = max(_NARROWEST, shutil.get_terminal_size().columns) if is_terminal else None
    coloured = None if "NO_COLOR" not in os.environ else False
    told = changes.Line(printable(f"From {sides.since} to {sides.until}."), style="quiet")
    for line in (told, changes.Line(), *changes.as_text(report)):
        for part in _wrapped(line, width):
            text = click.style(_spoken(part), **_STYLES[line.style]) if part else ""
            click.echo(text, color=coloured)


def _wrapped(line: changes.Line, width: int | None) -> Iterator[str]:
    """Yield a line as wide as the terminal is, the rest of it further to the right."""
    left = " " * line.indent
    if width is None:
        yield f"{left}{line.text}"
        return
    from rich.cells import cell_len

    part = left
    for word in line.text.split(" "):
        if part.strip() and cell_len(part) + 1 + cell_len(word) > width:
            yield part
            part = f"{left}  "
        part += f" {word}" if part.strip() else word
    yield part


def _spoken(text: str) -> str:
    """Return a text in signs that the terminal has; the others become what is nearest."""
    encoding = sys.stdout.encoding or "utf-8"
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(_ASCII).encode(encoding, "replace").decode(encoding)
    return text
