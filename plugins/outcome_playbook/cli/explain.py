"""``playbook explain``: what a rule means, with an example before and after."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import click

from outcome_playbook.cli.common import could_not_run, show

if TYPE_CHECKING:
    from outcome_playbook.project import Project

_WIDEST = 88  # columns in which a paragraph still reads well
_NARROWEST = 40


@click.command("explain")
@click.argument("code", nargs=-1, metavar="[CODE]")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How it is written.",
)
def command(code: tuple[str, ...], form: str) -> None:
    """Say what a rule means, why it is there, and show an example before and after.

    CODE stands in brackets in a message of `playbook check`, such as PB012; the name of a rule will
    do. Without it, every rule is listed. Exits with 2 when there is no such rule.
    """
    # Here, so that help loads nothing of it.
    from outcome_playbook import explaining
    from outcome_playbook.diagnostics.writers import printable

    asked = " ".join(code)
    try:
        about = explaining.find(asked) if asked else None
    except explaining.UnknownRuleError as error:
        could_not_run("explain", error)
    project = _project()
    site = (project.site_url, project.directory_urls) if project else ("",)
    if form == "json":
        click.echo(explaining.as_json(about or explaining.rules(), *site).encode())
        return
    width = max(_NARROWEST, min(shutil.get_terminal_size().columns, _WIDEST))
    if about is None:
        show(explaining.as_list(width))
    else:
        place = explaining.address(about, *site)
        here = printable(explaining.weighed(about, project.settings)) if project else ""
        show(explaining.as_text(about, printable(place) if place else None, width, here))


def _project() -> "Project | None":
    """Return the playbook around us, which only tells where its site is: any failure is none."""
    from outcome_playbook.project import ProjectError, find_config, read_project

    try:
        return read_project(find_config(Path.cwd()))
    except (ProjectError, OSError):
        return None
