"""``playbook check``: the problems of the build, without building."""

from pathlib import Path

import click

from outcome_playbook.cli import common

FORMS = ("text", "json", "github", "gitlab", "sarif")


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]…")
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMS),
    default="text",
    show_default=True,
    help="How the problems are written: for people, programs, GitHub's log, GitLab's Code "
    "Quality, or tools that read SARIF 2.1.0.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write that form to a file, and print the problems as text.",
)
@click.option(
    "--fix",
    "fixes",
    is_flag=True,
    help="Mend what is certain (slips in names of fields, statuses and other set words, dates "
    "written another way, earlier ids), say what was written, and show what remains.",
)
@click.option(
    "--changed-since",
    "since",
    metavar="REV",
    help="Only the problems that the change since REV brings (a branch, a tag or a commit), "
    "unsaved files included, and the steps that a status may not take. A change begins where it "
    "and REV parted.",
)
@click.option(
    "--write-baseline",
    "renews_baseline",
    is_flag=True,
    help="Let every problem of today stay: write them to the file that the option `baseline` of "
    "the plugin names, and say what that adds and removes.",
)
@common.config_file
def command(
    paths: tuple[Path, ...],
    form: str,
    output: Path | None,
    fixes: bool,
    since: str | None,
    renews_baseline: bool,
    config_file: Path | None,
) -> None:
    """Say what is wrong with the records, where, and how to mend it.

    With PATH, files or folders, only their problems are shown; every record is read all the same.
    Exits with 0 without errors, with 1 with errors, with 2 when the check could not run.
    """
    if renews_baseline and (paths or since or fixes):
        option = "PATH" if paths else "--changed-since" if since else "--fix"
        raise click.UsageError(f"a baseline is written for all records: leave {option} out")
    from outcome_playbook.cli.checking import run  # here, so that help loads nothing of it

    run(paths, form, output, fixes, since, renews_baseline, config_file)
