"""Runs the check for the command line, and prints what it found."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from outcome_playbook.baseline import read_baseline, renewal, write_baseline
from outcome_playbook.cli.common import could_not_run, show
from outcome_playbook.cli.output import Found, for_people, mended, renewed, written
from outcome_playbook.diagnostics import Problem, Severity
from outcome_playbook.editing import write_whole
from outcome_playbook.fixing import fix
from outcome_playbook.git import GitError, open_repository
from outcome_playbook.loader import as_text
from outcome_playbook.pages.urls import always_there
from outcome_playbook.playbook import Playbook, read_playbook
from outcome_playbook.project import (
    Project,
    ProjectError,
    find_config,
    project_then,
    read_project,
)


def run(
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    fixes: bool,
    since: str | None,
    renews_baseline: bool,
    config_file: Path | None,
) -> None:
    """Do what the options of ``playbook check`` ask for, and end with its exit code."""
    try:
        config_file = config_file or find_config(Path.cwd())
        project = read_project(config_file)
        wanted = _filter(project.root, paths)
        if renews_baseline:
            _renew_baseline(project, _read(project))
            return

        def look() -> Found:
            if since is not None:
                return _found_since(since, project, config_file, wanted)
            return _found(project, _read(project), wanted, is_part=bool(paths))

        found = _fixed(project, look, to_stderr=form != "text") if fixes else look()
        text = written(form, found)
        if output is not None:
            write_whole(output, f"{text}\n".encode())
    except (ProjectError, GitError, OSError, ValueError) as error:
        could_not_run("check", error)
    if output is not None or form == "text":
        show(for_people(text if form == "text" else written("text", found)))
    else:
        click.echo(text.encode())  # UTF-8, whatever the terminal speaks
    raise SystemExit(1 if any(p.severity is Severity.ERROR for p in found.problems) else 0)


def _read(project: Project) -> Playbook:
    return read_playbook(project.root, project.settings, project.docs_dir, always_there())


def _fixed(project: Project, look: Callable[[], Found], *, to_stderr: bool) -> Found:
    """Mend what is certain, say what was written, and return what is found afterwards."""
    looked: list[Found] = []

    def problems() -> Sequence[Problem]:
        looked[:] = [look()]
        return looked[0].problems

    for line in mended(fix(project.root, problems)):
        show(line, err=to_stderr)
    return looked[0]


def _found(
    project: Project, playbook: Playbook, wanted: Callable[[str], bool], *, is_part: bool
) -> Found:
    problems = [problem for problem in playbook.problems if wanted(problem.path)]
    outdated = playbook.outdated if playbook.outdated and not is_part else None
    return Found(
        project,
        # A note is for the record's page; the check prints what somebody should mend.
        problems=[p for p in problems if p.severity is not Severity.NOTE],
        held_back=[p for p in problems if p.held_back],
        read=sum(1 for file in playbook.registry.files if wanted(file.path)),
        pages=sum(1 for page in playbook.pages if wanted(page.path)),
        outdated=outdated.total() if outdated else 0,
    )


def _found_since(
    since: str, project: Project, config_file: Path, wanted: Callable[[str], bool]
) -> Found:
    from outcome_playbook.since import brought

    repository = open_repository(project.root)
    base = repository.merge_base(since, "HEAD")
    then = project_then(config_file.resolve(), repository, base)
    problems = brought(project, then, repository, base, always_there())
    return Found(
        project,
        problems=[p for p in problems if p.severity is not Severity.NOTE and wanted(p.path)],
        held_back=[],
        since=since,
    )


def _renew_baseline(project: Project, playbook: Playbook) -> None:
    name = project.settings.baseline
    if name is None:
        raise ProjectError(
            "mkdocs.yml names no baseline; add `baseline: baseline.json` to the options of the "
            "playbook plugin"
        )
    path = project.root / name
    new = renewal(playbook.problems, read_baseline(path), playbook.registry.aliases)
    is_written = write_baseline(path, new.now)
    for line in renewed(name, new, is_written=is_written):
        show(line)


def _filter(root: Path, paths: Sequence[Path]) -> Callable[[str], bool]:
    """Return what tells whether a problem's path is among the files and folders asked for."""
    wanted = []
    for path in paths:
        if not os.path.lexists(path):
            raise ProjectError(f"there is no file or folder {path}")
        # A record that is a link is meant itself, wherever it leads.
        full = path.parent.resolve() / path.name if path.is_symlink() else path.resolve()
        if not full.is_relative_to(root):
            raise ProjectError(f"{path} is not in this playbook, which is {root}")
        wanted.append(as_text(full.relative_to(root).as_posix()))
    if not wanted or "." in wanted:
        return lambda _: True
    return lambda path: any(path == want or path.startswith(f"{want}/") for want in wanted)
