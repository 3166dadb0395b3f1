"""Asks a playbook for records, and prints them."""

import csv
import sys
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, Final

import click

from outcome_playbook.cli.common import could_not_run, show
from outcome_playbook.diagnostics.writers.printable import dumped, printable
from outcome_playbook.diagnostics.writers.text import excerpt
from outcome_playbook.playbook import Playbook, read_playbook
from outcome_playbook.project import ProjectError, find_config, read_project
from outcome_playbook.query import (
    Asked,
    Evaluation,
    Fault,
    Value,
    explain,
    read_columns,
    read_field,
    read_sort,
    read_where,
)
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Entry
from outcome_playbook.suggest import nearest

_COLUMNS: Final = "kind, status, owner, title"
_COLUMNS_OF_A_KIND: Final = "status, owner, title"


@dataclass(frozen=True, slots=True)
class _Options:
    """What was typed."""

    where: str
    kind: str | None
    sort: str
    group: str | None
    columns: str | None
    limit: int | None
    explain: bool


def run(form: str, config_file: Path | None, **typed: Any) -> None:
    """Do what the options of ``playbook query`` ask for."""
    options = _Options(**typed)
    try:
        project = read_project(config_file or find_config(Path.cwd()))
        playbook = read_playbook(project.root, project.settings, project.docs_dir)
        asked = _read(playbook, options)
    except _QueryError as error:
        could_not_run("query", *error.args)
    except (ProjectError, OSError, ValueError) as error:
        could_not_run("query", error)
    evaluation = Evaluation(playbook.registry, playbook.today, playbook.flags)
    if options.explain:
        show(_explained(asked, evaluation))
    else:
        _print(form, _Answer(asked, evaluation))
    if broken := len(playbook.registry.broken):
        files = "1 file is no record" if broken == 1 else f"{broken} files are no records"
        click.echo(f"{files} until mended: `playbook check` says how.", err=True)


def _explained(asked: Asked, evaluation: Evaluation) -> str:
    return "\n".join(map(printable, explain(asked, evaluation).split("\n")))


# What is asked ------------------------------------------------------------------------------------


class _QueryError(ValueError):
    """What is asked cannot be read; each argument is a reason."""


def _kind(word: str | None) -> Kind | None:
    if word is None:
        return None
    for kind in Kind:
        if word.lower() in (kind, kind.plural):
            return kind
    meant = nearest(word, list(Kind))
    asked = f" (did you mean `{meant}`?)" if meant else ""
    raise _QueryError(
        f"`{word}` is no kind{asked}. The kinds are {', '.join(f'`{k}`' for k in Kind)}"
    )


def _read(playbook: Playbook, options: _Options) -> Asked:
    """Return what is asked, or raise ``_QueryError`` with all that is wrong with it."""
    kind = _kind(options.kind)
    condition, wrong = read_where(options.where, kind, playbook.registry)
    reasons = [_pointed(fault, options.where) for fault in wrong]
    sort, wrong = read_sort(options.sort, kind)
    reasons += [_pointed(fault, options.sort) for fault in wrong]
    columns = options.columns
    if columns is None:
        columns = _COLUMNS_OF_A_KIND if kind else _COLUMNS
    fields, wrong = read_columns(columns, kind)
    reasons += [_pointed(fault, columns) for fault in wrong]
    group = None
    if options.group is not None:
        found = read_field(options.group, kind)
        if isinstance(found, Fault):
            reasons.append(_pointed(found, options.group))
        else:
            group = found
    if reasons:
        raise _QueryError(*reasons)
    shown = tuple(field for field in fields if field.name != "id")
    return Asked(kind, condition, sort, group, shown, options.limit)


def _pointed(fault: Fault, text: str) -> str:
    """Return what is wrong with the place below it, as a problem of a file is shown."""
    source, carets = excerpt(text, fault.start + 1, fault.end + 1)
    pointed = f"{carets} {fault.label}".rstrip()
    return f"{fault.message}\n  | {source}\n  | {pointed}\n  = fix: {fault.help}"


# What is found ------------------------------------------------------------------------------------


class _Answer:
    """The records that were asked for, cut to the limit, as their values."""

    def __init__(self, asked: Asked, evaluation: Evaluation) -> None:
        self.asked = asked
        self.evaluation = evaluation
        self.fields = asked.columns
        self.count = evaluation.count(asked)
        self.groups = list(self._cut())

    def _cut(self) -> Iterator[tuple[Value | None, Sequence[Entry[Any]]]]:
        """Yield the groups until as many records are shown as may be."""
        left = self.asked.limit
        for value, entries in self.evaluation.groups(self.asked):
            some = entries if left is None else entries[:left]
            if some:
                yield value, some
            if left is not None:
                left -= len(some)

    @property
    def hidden(self) -> int:
        """How many records the limit keeps back; one in several groups counts once."""
        return self.count - len({entry.id for _, entries in self.groups for entry in entries})

    def cells(self, entry: Entry[Any]) -> list[tuple[Value, ...]]:
        """Return the values of a record in each column."""
        return [self.evaluation.value(entry, field) for field in self.fields]


def _print(form: str, answer: _Answer) -> None:
    if form == "json":
        click.echo(dumped(_as_data(answer)).encode())
    elif form == "csv":
        click.echo(_as_csv(answer).encode("utf-8", "replace"), nl=False)
    elif sys.stdout.isatty():
        _print_tables(answer)
    else:
        for value, entries in answer.groups:
            under = [_text(value)] if answer.asked.group else []
            for entry in entries:
                show("\t".join([*under, printable(entry.id), *map(_joined, answer.cells(entry))]))
    if answer.hidden:
        click.echo(f"… and {answer.hidden} more", err=True)


def _as_data(answer: _Answer) -> list[dict[str, Any]]:
    groups = [
        {"value": _as_json(value), "records": [_record(answer, entry) for entry in entries]}
        for value, entries in answer.groups
    ]
    if answer.asked.group:
        return groups
    return groups[0]["records"] if groups else []


def _record(answer: _Answer, entry: Entry[Any]) -> dict[str, Any]:
    """Return a record for programs: a list where there may be several values, else one or null."""
    found: dict[str, Any] = {"id": entry.id}
    for field, values in zip(answer.fields, answer.cells(entry), strict=True):
        plain = [_as_json(value) for value in values]
        found[field.name] = plain if field.is_list else plain[0] if plain else None
    return found


def _as_json(value: Value | None) -> Any:
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _text(value: Value | None) -> str:
    """Return a value as it is written in a query, fit to print; nothing where there is none."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return printable(f"{value:.12g}" if isinstance(value, float) else str(value))


def _joined(values: Sequence[Value]) -> str:
    return "; ".join(map(_text, values))


# As CSV -------------------------------------------------------------------------------------------

_FORMULA: Final = ("=", "+", "-", "@")
"""What a formula begins with. The same signs in other widths are compatible with these."""


def _as_csv(answer: _Answer) -> str:
    """Return a head and one record a line; several values are parted by semicolons."""
    written = StringIO()
    writer = csv.writer(written)
    group = answer.asked.group
    names = ["id", *(field.name for field in answer.fields)]
    writer.writerow([group.name, *names] if group else names)
    for value, entries in answer.groups:
        under = [_harmless(() if value is None else (value,))] if group else []
        for entry in entries:
            writer.writerow([*under, _harmless((entry.id,)), *map(_harmless, answer.cells(entry))])
    return written.getvalue()


def _harmless(values: Sequence[Value]) -> str:
    """Return a cell that no spreadsheet takes for a formula.

    One that begins as a formula does has an apostrophe before it, by which a spreadsheet knows
    text. A number needs none, and would be text by it.
    """
    text = _joined(values)
    is_number = len(values) == 1 and isinstance(values[0], int | float)
    begun = unicodedata.normalize("NFKC", text.lstrip()[:1])
    return f"'{text}" if begun.startswith(_FORMULA) and not is_number else text


# In a terminal ------------------------------------------------------------------------------------


def _print_tables(answer: _Answer) -> None:
    from rich.console import Console

    console = Console(markup=False, highlight=False, emoji=False)
    if not answer.count:
        console.print("No record is like that.")
    for value, entries in answer.groups:
        title = f"{answer.asked.group.name} = {_named(value)}" if answer.asked.group else ""
        console.print(_table(answer, entries, title))
        console.print()


def _named(value: Value | None) -> str:
    return "none" if value is None else _text(value)


def _table(answer: _Answer, entries: Sequence[Entry[Any]], title: str) -> Any:
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title_justify="left")
    if title:
        table.title = Text(f"{title} ({len(entries)})", style="bold not italic")
    table.add_column(Text("id"), overflow="fold", header_style="underline", min_width=_NARROWEST)
    for field in answer.fields:
        justify: Any = "right" if field.type == "number" and not field.is_list else "left"
        head = Text(field.name)
        table.add_column(head, overflow="fold", header_style="underline", justify=justify)
    for entry in entries:
        cells = map(_joined, answer.cells(entry))
        table.add_row(Text(printable(entry.id)), *map(Text, cells))
    return table


_NARROWEST: Final = 12
"""Columns of an id at least: it is what other commands are given."""
