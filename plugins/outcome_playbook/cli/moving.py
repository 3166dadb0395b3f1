"""Renames a record for the command line, and prints what was written."""

import os
from collections.abc import Iterator
from pathlib import Path

from outcome_playbook.cli.common import could_not_run, show
from outcome_playbook.diagnostics.writers import printable
from outcome_playbook.project import ProjectError, find_config, read_project
from outcome_playbook.renaming import (
    Change,
    RefusedError,
    Renaming,
    carry_out,
    config_names,
    is_path,
    plan,
)


def run(old: str, new: str, *, dry_run: bool, config_file: Path | None) -> None:
    """Do what the options of ``playbook mv`` ask for."""
    try:
        config_file = config_file or find_config(Path.cwd())
        project = read_project(config_file)
        old, new = (_from_root(project.root, name) for name in (old, new))
        renaming = plan(project.root, project.settings.records, project.docs_dir, old, new)
        if not dry_run:
            carry_out(project.root, renaming)
        in_config = config_names(config_file, project.docs_dir, renaming.old_path)
    except RefusedError as error:
        could_not_run("mv", *error.reasons)
    except (ProjectError, OSError, ValueError) as error:
        could_not_run("mv", error)
    for line in _lines(renaming):
        show(printable(line))
    if in_config:
        show(printable(f"{config_file.name} names {renaming.old_path}: change it there by hand"))
    show(f"\n{_summary(renaming, dry_run=dry_run)}")


def _from_root(root: Path, name: str) -> str:
    """Return an id as it is; a path, which begins where one stands, from the playbook's root."""
    name = name.replace(os.sep, "/")
    if not is_path(name):
        return name
    path = Path(os.path.normpath(Path.cwd() / name))
    full = path.parent.resolve() / path.name
    if not full.is_relative_to(root):
        raise ProjectError(f"{name} is not in this playbook, which is {root}")
    is_folder = name.endswith("/") or full.is_dir()
    return f"{full.relative_to(root).as_posix()}{'/' if is_folder else ''}"


def _lines(renaming: Renaming) -> Iterator[str]:
    moved = next((c for c in renaming.changes if c.path == renaming.old_path), None)
    what = f" ({_what(moved)})" if moved else ""
    yield f"{renaming.old_path} → {renaming.new_path}{what}"
    for change in renaming.changes:
        if change is not moved:
            yield f"{change.path}: {_what(change)}"
    for path in renaming.shared_with:
        yield f"{path} has the id `{renaming.old}` too: what names it means that file from now on"


def _what(change: Change) -> str:
    links = f"{change.links} link{'s' if change.links > 1 else ''}"
    return ", ".join([*change.fields, *([links] if change.links else [])])


def _summary(renaming: Renaming, *, dry_run: bool) -> str:
    others = sum(change.path != renaming.old_path for change in renaming.changes)
    files = f"{others} other file{'s' if others > 1 else ''}"
    alias = f"; `{renaming.old}` stays as an alias" if renaming.keeps_alias else ""
    if dry_run:
        return f"Nothing is written. This is what would be{alias}."
    if renaming.old == renaming.new:
        return f"Moved `{renaming.new}`{f', also in links of {files}' if others else ''}."
    also = f", also in {files}" if others else ""
    return f"Renamed `{renaming.old}` to `{renaming.new}`{also}{alias}."
