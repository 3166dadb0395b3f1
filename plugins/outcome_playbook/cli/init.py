"""``playbook init``: a playbook of one's own, that builds, is checked and gets published."""

import sys
from pathlib import Path

import click

from outcome_playbook import __version__
from outcome_playbook.cli.common import could_not_run, show
from outcome_playbook.editing import write_whole
from outcome_playbook.git import GitError, begin_repository, open_repository
from outcome_playbook.starter import StarterError, new_playbook
from outcome_playbook.starter.installed import requirement


@click.command("init")
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
@click.option("--name", help="What the playbook is called. Default: made from the folder's name.")
@click.option(
    "--repo-url",
    metavar="URL",
    help="Where its repository will be, as in a browser, so that pages can be edited and begun "
    "there. It may be added to mkdocs.yml later.",
)
def command(folder: Path, name: str | None, repo_url: str | None) -> None:
    """Begin a playbook of your own in DIR, which must be empty or absent.

    In a terminal it asks what is not given: two questions. It writes the site's configuration, the
    folders of records, one page of a handbook and the CI that checks and publishes, and begins a
    git repository there unless DIR lies in one.
    """
    try:
        _refuse_what_is_there(folder)
        default = _name_of(folder)
        if sys.stdin.isatty() and sys.stdout.isatty():
            if name is None:
                name = click.prompt("What is the playbook called?", default=default)
            if repo_url is None:
                click.echo(
                    "Where will its repository be? Enter skips it; mkdocs.yml takes it later."
                )
                repo_url = click.prompt("Such as https://github.com/your-team/your-playbook", "")
        wanted = requirement()
        files = new_playbook(name or default, (repo_url or "").strip(), wanted, version=__version__)
        for path, text in files.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            write_whole(folder / path, text.encode())
        began = _begin_repository(folder)
    except (StarterError, OSError) as error:
        could_not_run("init", error)
    show(_next_steps(folder, len(files), is_published=bool(wanted), began=began))


def _refuse_what_is_there(folder: Path) -> None:
    if folder.exists() and any(entry.name != ".git" for entry in folder.iterdir()):
        raise StarterError(f"{folder} holds something already; name a folder that is empty or new")


def _name_of(folder: Path) -> str:
    words = folder.resolve().name.replace("-", " ").replace("_", " ").strip()
    return words[:1].upper() + words[1:] or "Our playbook"


def _begin_repository(folder: Path) -> bool:
    """Begin a repository, unless there is one around or no git to do it; return whether."""
    try:
        open_repository(folder)
    except GitError:
        try:
            begin_repository(folder)
        except GitError:
            return False
        return True
    return False


def _next_steps(folder: Path, count: int, *, is_published: bool, began: bool) -> str:
    lines = [
        f"Wrote {count} files into {folder}{', a git repository on the branch main' * began}.",
        "",
        "Next:",
        f"  cd {folder}",
        "  playbook serve              the playbook in your browser",
        "  playbook new outcome        its first record",
        "  git add --all && git commit --message 'Begin the playbook'",
        "  README.md                   says how it is published, once it is on its host",
    ]
    if not is_published:
        lines += [
            "",
            (
                "requirements.txt holds a guess: this package was installed from a folder of this "
                "machine."
            ),
            "Write there where CI can install it from.",
        ]
    return "\n".join(lines)
