"""``playbook new KIND``: the options of one kind, and what is done with them."""

import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import click
from click.shell_completion import CompletionItem

from outcome_playbook import drafting
from outcome_playbook.cli.common import could_not_run
from outcome_playbook.clock import today
from outcome_playbook.diagnostics import Severity
from outcome_playbook.diagnostics.writers import printable
from outcome_playbook.drafting import DraftError, Slot, slots_of
from outcome_playbook.editing import write_new
from outcome_playbook.pages.urls import always_there
from outcome_playbook.project import ProjectError, find_config, read_project
from outcome_playbook.records.asks import asked
from outcome_playbook.records.kinds import STATUSES, Kind

STOPPED = 130
_ANY_TIME = "What may be said at any time"


@dataclass(frozen=True, slots=True)
class Request:
    """What was asked for on the command line; ``texts`` are the values of fields by their slot."""

    kind: str
    title: str = ""
    texts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    settings: tuple[str, ...] = ()
    status: str | None = None
    body: str | None = None
    id: str | None = None
    folder: Path | None = None
    edit: bool = False
    only_print: bool = False
    may_ask: bool = True
    config_file: Path | None = None


# The options of a kind ---------------------------------------------------------------------------


class _OfKind(click.Command):
    """A command whose options stand in groups."""

    groups: Mapping[str, list[click.Option]]

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the options of the record by the status that needs them, then the others."""
        grouped = {id(option) for options in self.groups.values() for option in options}
        rest = [
            param
            for param in self.get_params(ctx)
            if isinstance(param, click.Option) and id(param) not in grouped
        ]
        for heading, options in {**self.groups, "The file": rest}.items():
            rows = [row for option in options if (row := option.get_help_record(ctx))]
            if rows:
                with formatter.section(heading):
                    formatter.write_dl(rows, col_max=36)


def command_of(name: str, about: str) -> click.Command:
    """Return the command that writes a record of a kind, with an option for each of its slots."""
    kind = Kind(name)
    groups: dict[str, list[click.Option]] = {
        heading: [] for heading in (*map(_needed_by, STATUSES[kind]), _ANY_TIME)
    }
    for slot in slots_of(kind):
        if not slot.is_written_out and slot.name != "title":
            groups[_group_of(kind, slot)].append(_option(slot))

    def callback(**given: Any) -> None:
        run(_request(name, given))

    of_record = (option for options in groups.values() for option in options)
    made = _OfKind(
        name,
        callback=callback,
        params=[
            click.Argument(["words"], nargs=-1, metavar="[TITLE]"),
            *of_record,
            *_others(kind),
        ],
        help=(
            f"{about}\n\nIn a terminal, what is not given is asked for. The title makes the id, "
            "which is the name of the file. The option of a list may be given more than once."
        ),
        short_help=about,
    )
    made.groups = groups
    return made


def _others(kind: Kind) -> Iterator[click.Option]:
    first, *later = map(str, STATUSES[kind])
    yield click.Option(["--title", "title_"], hidden=True)
    yield click.Option(
        ["--status", "status_"],
        type=click.Choice([first, *later]),
        metavar="STATUS",
        help=f"{', '.join([first, *later])}. Default: {first}.",
    )
    yield click.Option(
        ["--body", "body_"], metavar="TEXT", help="What stands below the fields, as Markdown."
    )
    yield click.Option(
        ["--set", "set_"],
        multiple=True,
        metavar="FIELD=VALUE",
        help="Any field, one with fields of its own as YAML; again for more.",
    )
    yield click.Option(["--id", "id_"], metavar="ID", help="The name of the file without .md.")
    yield click.Option(
        ["--folder", "folder_"],
        type=click.Path(path_type=Path, file_okay=False),
        metavar="DIR",
        help="The folder of the file. Default: that of its kind.",
    )
    yield click.Option(["--edit", "edit_"], is_flag=True, help="Open it in the editor.")
    yield click.Option(["--print", "print_"], is_flag=True, help="Print it, and write no file.")
    yield click.Option(["--no-input"], is_flag=True, help="Ask nothing, not in a terminal either.")
    yield click.Option(
        ["-f", "--config-file"],
        type=click.Path(path_type=Path),
        metavar="FILE",
        help="The playbook's mkdocs.yml. Default: the nearest one, here or above.",
    )


def _request(kind: str, given: dict[str, Any]) -> Request:
    return Request(
        kind,
        title=" ".join(given.pop("words")) or given.pop("title_", None) or "",
        settings=given.pop("set_"),
        status=given.pop("status_"),
        body=given.pop("body_"),
        id=given.pop("id_"),
        folder=given.pop("folder_"),
        edit=given.pop("edit_"),
        only_print=given.pop("print_"),
        may_ask=not given.pop("no_input"),
        config_file=given.pop("config_file"),
        texts={slot.name: texts for slot in slots_of(Kind(kind)) if (texts := given.get(slot.key))},
    )


def _needed_by(status: str) -> str:
    return f"What `{status}` needs"


def _group_of(kind: Kind, slot: Slot) -> str:
    """Return under what a slot stands in the help: the first status that needs it."""
    for status in STATUSES[kind]:
        for ask in asked(kind, str(status)):
            if slot.field in ask.fields and ask.severity is Severity.ERROR:
                return _needed_by(str(status))
    return _ANY_TIME


_METAVARS = {
    "text": "TEXT",
    "id": "ID",
    "date": "DATE",
    "address": "URL",
    "choice": "WORD",
    "true or false": "true|false",
}


def _option(slot: Slot) -> click.Option:
    about = f"{slot.meaning}: {', '.join(slot.choices)}" if slot.choices else slot.meaning
    return click.Option(
        [slot.option, slot.key],
        multiple=True,
        metavar=_METAVARS.get(slot.form, "NUMBER"),
        help=about if about.endswith("…") else f"{about}.",
        shell_complete=_completes(slot),
    )


Completes = Callable[[click.Context, click.Parameter, str], list[CompletionItem]]


def _completes(slot: Slot) -> Completes:
    """Return what completes the value of an option in a shell: words, or ids with their titles."""

    def complete(
        ctx: click.Context, _parameter: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        known = dict.fromkeys(slot.choices, "")
        if slot.names is not None:
            try:
                project = read_project(ctx.params.get("config_file") or find_config(Path.cwd()))
                known = drafting.ids_in(project.root, project.settings.records, slot.names.kind)
            except (ProjectError, OSError):
                return []
        return [
            CompletionItem(word, help=printable(title) or None)
            for word, title in known.items()
            if word.startswith(incomplete)
        ]

    return complete


# What it does ------------------------------------------------------------------------------------


def run(request: Request) -> None:
    """Write the record that was asked for, or say why not and exit with 2."""
    try:
        with stopping():
            _run(request)
    except (DraftError, ProjectError, OSError, ValueError) as error:
        could_not_run("new", _sentence(error))


def _sentence(error: Exception) -> str:
    if isinstance(error, FileExistsError):
        return f"{error.filename or error.filename2 or 'the file'} is there already"
    return str(error)


@contextmanager
def stopping() -> Iterator[None]:
    """Exit quietly where somebody would rather not go on."""
    try:
        yield
    except (KeyboardInterrupt, EOFError) as stopped:
        click.echo("Stopped. Nothing was written.", err=True)
        raise SystemExit(STOPPED) from stopped


def _run(request: Request) -> None:
    project = read_project(request.config_file or find_config(Path.cwd()))
    year = today(project.settings).year
    kind = Kind(request.kind)
    around = drafting.surroundings(project.root, project.settings, project.docs_dir, always_there())
    folder = drafting.folder_of(around, kind, request.folder, Path.cwd())
    wish = drafting.Wish(
        kind,
        request.status or str(next(iter(STATUSES[kind]))),
        body=request.body or "",
        id=request.id,
    )
    titled = {"title": (request.title,)} if request.title.strip() else {}
    wish.take(around.registry, {**titled, **request.texts}, request.settings)
    in_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    if in_terminal and request.may_ask:
        from outcome_playbook.cli import asking

        asking.ask(wish, around, year)
    made = drafting.draft(around, wish, folder, year)
    if request.only_print:
        click.echo(made.text.encode(), nl=False)  # UTF-8, whatever the terminal speaks
        return
    path = project.root / made.path
    write_new(path, made.text.encode())
    if request.edit:
        _edit(path)
    from outcome_playbook.cli import written

    written.tell(made, wish, around, project.hosting, in_terminal=in_terminal)


def _edit(path: Path) -> None:
    try:
        click.edit(filename=str(path))
    except click.ClickException as error:
        click.echo(f"The file is written, and no editor opened: {error.message}", err=True)
