"""The command line: ``playbook COMMAND``. One module a command, loaded when it is called."""

from importlib import import_module

import click

from outcome_playbook import __version__

_COMMANDS = {
    "check": "Say what is wrong with the records, where, and how to mend it.",
    "diff": "Say what a change means: which records, which fields, which rollups.",
    "explain": "Say what a rule means, and show an example of it.",
    "init": "Begin a playbook of your own.",
    "list": "Print records by kind, status, outcome and owner.",
    "mv": "Rename a record, and all that names it.",
    "new": "Write a new record, question by question or from options.",
    "query": "Print the records of which a condition holds.",
    "schema": "Write JSON Schemas that help an editor complete front matter.",
    "serve": "Show the playbook on this machine, and follow every change.",
}


class _Lazy(click.Group):
    """Loads a command's module when the command is called: starting up stays quick."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        del ctx
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        del ctx
        if cmd_name not in _COMMANDS:
            return None
        command: click.Command = import_module(f"outcome_playbook.cli.{cmd_name}").command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        del ctx
        with formatter.section("Commands"):
            formatter.write_dl(sorted(_COMMANDS.items()))


@click.group(cls=_Lazy)
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Work with an outcome playbook: its records of outcomes, hypotheses and experiments."""
