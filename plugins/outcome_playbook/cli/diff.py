"""``playbook diff``: what a change means, for a terminal, a review or a program."""

from pathlib import Path

import click

from outcome_playbook.cli import common


@click.command("diff")
@click.argument("base", required=False)
@click.argument("head", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="For a terminal, for a program, or for a comment on a pull request.",
)
@common.config_file
def command(base: str | None, head: str | None, form: str, config_file: Path | None) -> None:
    """Say what a change means: which records, which fields, which rollups.

    As a review does, it shows what HEAD brings since it and BASE parted: what others changed on
    BASE meanwhile is left out. BASE is the default branch unless you name another branch, tag or
    commit. HEAD is the work tree unless you name one, with what is not committed and with files
    that git does not know yet. Nothing is checked out.

    In JSON it is a list of {id, kind, change, field, before, after}.

    Exits with 0 whether or not there are changes, with 2 when it could not run.
    """
    from outcome_playbook.cli.comparing import run  # here, so that help loads nothing of it

    run(base, head, form, config_file)
