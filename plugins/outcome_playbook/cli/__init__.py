"""The command line: ``playbook COMMAND``. One module a command, loaded when it is called."""

import os
import sys
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any, TextIO

import click

from outcome_playbook import __version__
from outcome_playbook.cli.common import COULD_NOT_RUN, show

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

    def main(self, *args: Any, **options: Any) -> Any:
        """Run the command that was typed; one that cannot write all it has to say ends with 2.

        Where nobody listens any more, as behind ``| head``, click ends it without a word.
        """
        # Python has no stream where whoever called closed it: then nobody wants to read it.
        sys.stdout, sys.stderr = sys.stdout or _nowhere(), sys.stderr or _nowhere()
        try:
            return super().main(*args, **options)
        except OSError as error:
            with suppress(OSError):  # what is left in it would fail once more at the very end
                sys.stdout.close()
            named = f": {error.filename}" if error.filename else ""
            reason = f"{(error.strerror or str(error)).lower()}{named}"
            from outcome_playbook.diagnostics.writers.printable import printable

            show(printable(f"playbook could not run: {reason}"), err=True)
            raise SystemExit(COULD_NOT_RUN) from None

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


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


@click.group(cls=_Lazy)
@click.version_option(__version__, prog_name="playbook")
def main() -> None:
    """Work with an outcome playbook: its records of outcomes, hypotheses and experiments."""
