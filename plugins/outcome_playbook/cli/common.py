"""What every command has in common: where the playbook is, how it prints, how it gives up."""

import sys
from pathlib import Path
from typing import NoReturn

import click

COULD_NOT_RUN = 2
"""The exit code of a command that could not do what it was asked for."""

config_file = click.option(
    "-f",
    "--config-file",
    type=click.Path(path_type=Path),
    help="The playbook's mkdocs.yml. Default: the nearest one, here or above.",
)


def show(text: str, *, err: bool = False) -> None:
    """Print text; what the terminal has no sign for becomes a question mark."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), err=err)


def could_not_run(command: str, *reasons: object) -> NoReturn:
    """Say on standard error why a command could not run, and end it.

    Each reason is a sentence; what it lists stands on lines of their own below it.
    """
    from outcome_playbook.diagnostics.writers.printable import printable

    for reason in reasons:
        for line in f"playbook {command} could not run: {reason}".split("\n"):
            show(printable(line), err=True)
    raise SystemExit(COULD_NOT_RUN)
