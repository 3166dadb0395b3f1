"""``playbook list``: records in a table for a terminal, in lines for a pipe, or as JSON."""

from pathlib import Path

import click

from outcome_playbook.cli import common


@click.command("list")
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="outcome, metric, …")
@click.option("--status", "statuses", multiple=True, metavar="STATUS", help="running, supported, …")
@click.option(
    "--outcome",
    "outcomes",
    multiple=True,
    metavar="ID",
    help="The outcome, its parts, and all the hypotheses and experiments on them.",
)
@click.option("--owner", "owners", multiple=True, metavar="NAME", help="Whom to ask.")
@click.option("--tag", "tags", multiple=True, metavar="TAG", help="A word to find it by.")
@click.option(
    "--flag",
    "flags",
    multiple=True,
    metavar="FLAG",
    help="What waits for somebody: overdue, undecided, silent or stale.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json"]),
    default="table",
    show_default=True,
    help="How the records are written.",
)
@common.config_file
def command(form: str, config_file: Path | None, **asked: tuple[str, ...]) -> None:
    """Print records by kind, status and id.

    An option may be given more than once: of its values, any will do. Of different options, all
    hold. Without any, every record is printed.

    Into a pipe or a file, the table is one record a line, whole, its columns parted by tabs: id,
    kind, status, outcome, owner, date, what is late, title. In JSON a record is as the site
    publishes it in api/playbook.json.

    A file that is no record is not among them: `playbook check` says why. Exits with 2 when it
    could not run.
    """
    from outcome_playbook.cli.listing import run  # here, so that help loads nothing of it

    run(form, config_file, **asked)
