"""``playbook new``: a new record, question by question in a terminal, or from options."""

import sys

import click

from outcome_playbook.cli.common import COULD_NOT_RUN

_KINDS = {
    "outcome": "A change in people's behaviour or situation that we want.",
    "metric": "A number we would act on.",
    "hypothesis": "By a change we will solve a problem, as a metric shows.",
    "experiment": "A small time-bound test of one hypothesis.",
}
"""What a record is, by its kind: known here, so that help needs no models."""


class _Kinds(click.Group):
    """One command a kind, made when it is called: each has options of its own."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return list(_KINDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        name = {"hypotheses": "hypothesis"}.get(cmd_name, cmd_name)
        name = name if name in _KINDS else name.removesuffix("s")
        if name not in _KINDS:
            return None
        from outcome_playbook.cli.new_of_kind import command_of

        return command_of(name, _KINDS[name])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Kinds of record"):
            formatter.write_dl(list(_KINDS.items()))


@click.group("new", cls=_Kinds, invoke_without_command=True, subcommand_metavar="KIND [TITLE] …")
@click.pass_context
def command(ctx: click.Context) -> None:
    """Write a new record.

    In a terminal it asks, one thing at a time; elsewhere it takes options named like the fields.
    `playbook new hypothesis --help` lists those of a hypothesis.
    """
    if ctx.invoked_subcommand is not None:
        return
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        click.echo(ctx.get_help(), err=True)
        raise SystemExit(COULD_NOT_RUN)
    from outcome_playbook.cli import asking
    from outcome_playbook.cli.new_of_kind import Request, run, stopping

    with stopping():
        kind = asking.ask_kind(_KINDS)
    run(Request(kind))
