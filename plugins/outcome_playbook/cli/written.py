"""What ``playbook new`` says when a record is written: where, what came before it, what is next."""

import os
import shlex
import shutil
import sys
import textwrap
from pathlib import Path

import click

from outcome_playbook import prior_art
from outcome_playbook.diagnostics.writers import printable
from outcome_playbook.drafting import Drafted, Surroundings, Wish
from outcome_playbook.git import GitError, open_repository
from outcome_playbook.hosting import Hosting

_WIDEST = 88


def tell(
    made: Drafted, wish: Wish, around: Surroundings, where: Hosting, *, in_terminal: bool
) -> None:
    """Print the path of the new file, the records nearest to it and the next steps.

    Into a pipe or a file, the path alone is printed, and the rest to standard error.
    """
    path = _from_here(around.root / made.path)
    click.echo(f"\nWritten: {_shown(path)}" if in_terminal else path)
    lines: list[str] = []
    for problem in made.warnings:
        lines += ["", *_wrapped(f"Warning: {problem.message}; {problem.help}.")]
    draft = prior_art.Draft(wish.kind, wish.values, wish.body)
    if near := prior_art.nearest(around.registry, draft):
        lines += ["", "Close to it, and worth a look:"]
        for neighbour in near:
            lines += _neighbour(neighbour, around)
    lines += ["", "Next", *_next(made, wish, around.root, where)]
    for line in lines:
        click.echo(_shown(line), err=not in_terminal)


def _neighbour(near: prior_art.Neighbour, around: Surroundings) -> list[str]:
    path = around.registry.entries[near.id].file.path
    lines = [
        *_wrapped(near.title, "  "),
        f"    {_from_here(around.root / path)}",
        *_wrapped(f"{near.ending} ({', '.join(near.because)})", "    "),
    ]
    if near.learning:
        lines += _wrapped(f"Learned: {near.learning}", "    ")
    return lines


def _next(made: Drafted, wish: Wish, root: Path, where: Hosting) -> list[str]:
    path = shlex.quote(_from_here(root / made.path))
    title = shlex.quote(f"Add {wish.kind}: {wish.values['title']}")
    try:
        open_repository(root)
    except GitError as error:
        page = where.new_file(made.path, "")
        propose = [f"put the file on {where.name}: {page.partition('&value=')[0]}"] if page else []
        propose = propose or [f"send the file to whoever keeps this playbook ({error})"]
    else:
        ask = f"then open {_request(where)}"
        propose = [
            f"git switch -c add-{made.id}",
            f"git add {path}",
            f"git commit -m {title}",
            "git push -u origin HEAD",
            f"{ask} on {where.name}" if where.name else ask,
        ]
    return [
        *_step("check it", [f"playbook check {path}"]),
        *_step("see it", ["playbook serve"]),
        *_step("propose it", propose),
    ]


def _request(where: Hosting) -> str:
    return "the merge request" if where.name == "GitLab" else "the pull request"


def _step(name: str, lines: list[str]) -> list[str]:
    first, *rest = lines
    return [f"  {name:<11} {first}", *(f"  {'':<11} {line}" for line in rest)]


def _from_here(path: Path) -> str:
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return str(path)


def _wrapped(text: str, indent: str = "") -> list[str]:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    return textwrap.wrap(
        printable(text),
        width,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )


def _shown(text: str) -> str:
    """Return text fit to print; what the terminal has no sign for becomes a question mark."""
    encoding = sys.stdout.encoding or "utf-8"
    return printable(text).encode(encoding, "replace").decode(encoding)
