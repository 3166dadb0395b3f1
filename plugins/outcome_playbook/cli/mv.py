"""``playbook mv``: renames a record, and all that names it."""

from pathlib import Path

import click

from outcome_playbook.cli import common


@click.command("mv")
@click.argument("old")
@click.argument("new")
@click.option("--dry-run", is_flag=True, help="Say what would be written, and write nothing.")
@common.config_file
def command(old: str, new: str, dry_run: bool, config_file: Path | None) -> None:
    """Rename the record OLD to NEW, and all that names it.

    Both are ids, or paths: a path takes the record to another folder as well, and one that ends in
    a slash is a folder. The old id stays as an alias, so that its address leads on. References in
    front matter and links in every text are rewritten, and nothing beside them changes.

    Exits with 0, or with 2 when something stands against it; then nothing is written.
    """
    from outcome_playbook.cli.moving import run  # here, so that help loads nothing of it

    run(old, new, dry_run=dry_run, config_file=config_file)
