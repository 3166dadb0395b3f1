"""Selects records for the command line, and prints them."""

import json
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import click
from rich.console import Console, ConsoleOptions, RenderResult
from rich.measure import Measurement
from rich.segment import Segment
from rich.table import Table
from rich.text import Text

from outcome_playbook import export
from outcome_playbook.cli.common import could_not_run, show
from outcome_playbook.diagnostics.writers import printable
from outcome_playbook.diagnostics.writers.printable import as_utf8
from outcome_playbook.flags import Flag
from outcome_playbook.pages import words
from outcome_playbook.pages.parts import late
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.playbook import Playbook, read_playbook
from outcome_playbook.project import Project, ProjectError, find_config, read_project
from outcome_playbook.records.kinds import ExperimentStatus, Kind
from outcome_playbook.registry import Entry
from outcome_playbook.selection import SelectionError, Wanted, due, select

WIDE = 120
"""From this many columns on, a table has room for the titles."""

_DUE = {Kind.OUTCOME: "By", Kind.METRIC: "Review by", Kind.EXPERIMENT: "End"}
"""What the date of a kind is called; a hypothesis has none."""


def run(form: str, config_file: Path | None, **asked: tuple[str, ...]) -> None:
    """Do what the options of ``playbook list`` ask for."""
    try:
        project = read_project(config_file or find_config(Path.cwd()))
        playbook = read_playbook(project.root, project.settings, project.docs_dir)
        flags = playbook.flags
        found = select(playbook.registry, flags, Wanted(**asked))
    except (ProjectError, SelectionError, OSError, ValueError) as error:
        could_not_run("list", error)
    if form == "json":
        click.echo(_as_json(project, playbook, found, flags).encode())
    elif sys.stdout.isatty():
        _print_tables([_row(playbook, entry, flags.get(entry.id)) for entry in found])
    else:
        for entry in found:
            show("\t".join(_row(playbook, entry, flags.get(entry.id)).cells))
    if broken := len(playbook.registry.broken):
        files = "1 file is no record" if broken == 1 else f"{broken} files are no records"
        click.echo(f"{files} until mended: `playbook check` says how.", err=True)


def _as_json(
    project: Project, playbook: Playbook, found: Iterable[Entry[Any]], flags: dict[str, Flag]
) -> str:
    addresses = Addresses(project.directory_urls)
    records = [export.as_data(playbook, e, flags.get(e.id), addresses) for e in found]
    return as_utf8(json.dumps(records, ensure_ascii=False, indent=2, sort_keys=True))


@dataclass(frozen=True, slots=True)
class _Row:
    """A record as it is printed: words of ours, and contributed ones that only show."""

    kind: Kind
    id: str
    status: str
    outcome: str
    owner: str
    due: str
    late: str
    title: str

    @property
    def cells(self) -> list[str]:
        """All that is known, in the order of a line."""
        known = (self.id, str(self.kind), self.status, self.outcome, self.owner, self.due)
        return [*known, self.late, self.title]


def _row(playbook: Playbook, entry: Entry[Any], flag: Flag | None) -> _Row:
    record = entry.record
    outcome = playbook.registry.outcome_of(entry)
    status = words.label(str(record.status))
    if record.status is ExperimentStatus.CONCLUDED and record.conclusion:
        status = f"{status}: {words.label(str(record.conclusion)).lower()}"
    return _Row(
        kind=entry.kind,
        id=printable(entry.id),
        status=status,
        outcome=printable(outcome.id) if outcome else "",
        owner=printable(record.owner or ""),
        due=due(entry),
        late=late(flag) or "",
        title=printable(entry.title),
    )


# In a terminal ------------------------------------------------------------------------------------


def _print_tables(rows: Sequence[_Row]) -> None:
    console = Console(markup=False, highlight=False, emoji=False)
    if not rows:
        console.print("No record is like that.")
    for kind, of_kind in groupby(rows, key=lambda row: row.kind):
        console.print(_table(kind, list(of_kind), wide=console.width >= WIDE))
        console.print()


def _table(kind: Kind, rows: Sequence[_Row], *, wide: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2, 0, 0), title_justify="left")
    table.title = Text(f"{words.kinds(kind)} ({len(rows)})", style="bold not italic")
    columns: list[tuple[str, list[Any]]] = [
        ("ID", [_Hyphenated(row.id, at_least=24) for row in rows]),
        ("Status", [_status(row) for row in rows]),
        ("Outcome", [_Hyphenated(row.outcome) for row in rows]),
        ("Owner", [Text(row.owner) for row in rows]),
        (_DUE.get(kind, ""), [Text(row.due, no_wrap=True) for row in rows]),
        ("Title", [Text(row.title) for row in rows]),
    ]
    empty = {"Outcome"} if not any(row.outcome for row in rows) else set()
    empty |= {""} | (set() if wide else {"Title"})
    shown = [column for column in columns if column[0] not in empty]
    for head, _ in shown:
        table.add_column(Text(head), overflow="fold", header_style="underline")
    for cells in zip(*(cells for _, cells in shown), strict=True):
        table.add_row(*cells)
    return table


def _status(row: _Row) -> Text:
    text = Text(row.status)
    if row.late:
        text.append("\n" if row.status else "")
        text.append(row.late, style="bold red")
    return text


@dataclass(frozen=True, slots=True)
class _Hyphenated:
    """An id that is broken after a hyphen, and only where the terminal is narrow.

    It keeps ``at_least`` so many columns, if it is as long as that.
    """

    id: str
    at_least: int = 0

    def __rich_measure__(self, console: Console, options: ConsoleOptions) -> Measurement:
        longest = max(len(part) for part in self.id.split("-")) + len(f"{_INDENT}-")
        least = min(max(longest, self.at_least), len(self.id))
        return Measurement(least, len(self.id)).with_maximum(options.max_width)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._lines(options.max_width):
            yield Segment(line)
            yield Segment.line()

    def _lines(self, width: int) -> Iterator[str]:
        wrapped = textwrap.wrap(self.id, width, subsequent_indent=_INDENT)
        yield from wrapped or [""]


_INDENT = "  "
