"""``playbook check``: the problems of the build, without building."""

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from pathlib import Path

import click

from outcome_playbook.diagnostics import Problem, Severity, writers
from outcome_playbook.loader import as_text
from outcome_playbook.pages.urls import always_there
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import ProjectError, find_config, read_project

COULD_NOT_RUN = 2


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How the problems are written.",
)
@click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The playbook's mkdocs.yml. Default: the nearest one, here or above.",
)
def command(paths: tuple[Path, ...], form: str, config_file: Path | None) -> None:
    """Say what is wrong with the records, where, and how to mend it.

    With PATH, files or folders, only their problems are shown; every record is read all the same.
    Exits with 0 without errors, with 1 with errors, with 2 when the check could not run.
    """
    try:
        project = read_project(config_file or find_config(Path.cwd()))
        playbook = read_playbook(project.root, project.settings, project.docs_dir, always_there())
        wanted = _filter(project.root, paths)
    except (ProjectError, OSError, ValueError) as error:
        click.echo(f"playbook check could not run: {error}", err=True)
        raise SystemExit(COULD_NOT_RUN) from error
    # A note is for the record's page; the check prints what somebody should mend.
    problems = [p for p in playbook.problems if p.severity is not Severity.NOTE and wanted(p.path)]
    if form == "json":
        click.echo(writers.as_json(problems).encode())  # UTF-8, whatever the terminal speaks
    else:
        for block in writers.as_text(problems, _lines_below(project.root)):
            _echo(block + "\n")
        read = sum(1 for file in playbook.registry.files if wanted(file.path))
        _echo(_summary(problems, read))
    raise SystemExit(1 if any(p.severity is Severity.ERROR for p in problems) else 0)


def _echo(text: str) -> None:
    """Print text; what the terminal has no sign for becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding))


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


def _lines_below(root: Path) -> writers.SourceLines:
    @lru_cache(maxsize=1)  # problems come sorted by file
    def lines(path: str) -> Sequence[str]:
        try:
            text = (root / path).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return ()
        return text.split("\n")

    return lines


def _summary(problems: Iterable[Problem], read: int) -> str:
    counts = Counter(problem.severity for problem in problems)
    said = [
        f"{counts[severity]} {severity}{'s' if counts[severity] > 1 else ''}"
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    ]
    records = "1 record" if read == 1 else f"{read} records"
    return f"{' and '.join(said) or 'No problems'} in {records}"
