"""``playbook query``: which records are like that, in the language of live lists."""

from pathlib import Path

import click

from outcome_playbook.cli import common


@click.command("query")
@click.argument("where", default="")
@click.option("--from", "kind", metavar="KIND", help="Only outcomes, only metrics, …")
@click.option("--sort", metavar="FIELDS", default="", help="Such as `-end, title`; - is downwards.")
@click.option("--group", metavar="FIELD", help="Put records of one value together.")
@click.option(
    "--columns", metavar="FIELDS", help="Such as `title, outcome.owner, end`; the id comes first."
)
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Print no more than N.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How the records are written.",
)
@click.option("--explain", is_flag=True, help="Say how it is read instead, and by which index.")
@common.config_file
def command(form: str, config_file: Path | None, **asked: str | int | bool | None) -> None:
    """Print the records of which a condition holds.

    \b
    playbook query 'overdue or end < +2w' --from experiment --sort end
    playbook query 'conclusion in [won, lost] and outcome.owner = "Benefits desk"'
    playbook query 'experiments.count = 0 and age_days > 90 and not tags has old'

    A condition is a field, an operator and a value: = != < > <= >=, in [a, b], has (a list has
    it), ~ (a text contains it, whatever its case and accents). A field of yes or no stands alone.
    Join conditions by and, or, not, ( ). Put texts of several words in "…".

    Fields are those of the records and what is derived: overdue, undecided, silent, stale,
    age_days, days_left, days_late, effect, year. A dot leads on: hypothesis.status is of the
    record that is named, experiments.count and experiments.status are of those that name it.

    Days are 2026-11-01, 2026-11, 2026, today, -90d, +2w, -3m, -1y. A month or a year is before a
    day if the whole of it is. `none` is no value: owner = none. Where there is no value, only !=
    and not hold.

    Into a pipe or a file, the table is one record a line, its columns parted by tabs. JSON is a
    list of objects with `id` and the columns, and with --group a list of `value` and `records`. In
    CSV, a text that begins with = + - @ has an apostrophe before it, so that no spreadsheet takes
    it for a formula; numbers stay as they are.

    Exits with 2 when it could not run: the place of what is wrong, the nearest name, and what is
    allowed.
    """  # noqa: D301 - click keeps the lines below a real \b as they are
    from outcome_playbook.cli.querying import run  # here, so that help loads nothing of it

    run(form, config_file, **asked)
