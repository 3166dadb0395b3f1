"""What `playbook check` found, in each of its forms."""

import os
import re
import secrets
import shutil
import sys
import textwrap
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import click

from outcome_playbook import __version__
from outcome_playbook.baseline import Renewal
from outcome_playbook.diagnostics import Problem, Severity, writers
from outcome_playbook.fixing import Fixed, mendable
from outcome_playbook.git import GitError, open_repository
from outcome_playbook.project import Project


@dataclass(frozen=True, slots=True)
class Found:
    """The ``problems`` to mend among ``read`` records, and those that the baseline holds back.

    Where nobody asked for a record, they are among ``pages`` of the handbook. ``outdated`` counts
    the problems that the baseline names and that occur no more. ``since`` is the revision whose
    change alone was looked at; then nobody counts what was read.
    """

    project: Project
    problems: Sequence[Problem]
    held_back: Sequence[Problem]
    read: int = 0
    pages: int = 0
    outdated: int = 0
    since: str | None = None


def written(form: str, found: Found) -> str:
    """Return what was found in one of the forms, as it goes to a file or to standard output."""
    problems = found.problems
    if form == "json":
        return writers.as_json(problems)
    if form == "gitlab":
        from outcome_playbook.diagnostics.writers.gitlab import as_gitlab

        return as_gitlab(problems, _prefix(found.project))
    if form == "sarif":
        from outcome_playbook.diagnostics import by_position
        from outcome_playbook.diagnostics.writers.sarif import as_sarif
        from outcome_playbook.explaining import address

        project = found.project
        return as_sarif(
            by_position([*problems, *found.held_back]),
            __version__,
            _prefix(project),
            lambda rule: address(rule, project.site_url, project.directory_urls),
        )
    return "\n".join(_lines(form, found))


def _lines(form: str, found: Found) -> Iterator[str]:
    lines_of = _lines_below(found.project.root)
    if form == "github":
        from outcome_playbook.diagnostics.writers.github import as_github

        token = secrets.token_hex(16)
        yield from as_github(found.problems, lines_of, token, _prefix(found.project))
    else:
        for block in writers.as_text(found.problems, lines_of):
            yield f"{block}\n"
    yield from _summary(found)
    yield from _hint(found.problems)


_COLOURS = {"error": "red", "warning": "yellow"}
_FIRST = re.compile(r"^(error|warning)(?=\[PB[0-9]+\]: )")
_LAST = re.compile(r"^( *= (?:why|fix): )")


def for_people(text: str) -> str:
    """Return the text form as a terminal shows it best: severities in colour, long lines wrapped.

    Anywhere else it stays as it is, so that other programs find each part on a line of its own.
    """
    if not sys.stdout.isatty():
        return text
    width = max(_NARROWEST, shutil.get_terminal_size().columns)
    return "\n".join(_dressed(line, width) for line in text.split("\n"))


_NARROWEST = 40


def _dressed(line: str, width: int) -> str:
    if found := _FIRST.match(line):
        severity = found[1]
        colour = None if "NO_COLOR" in os.environ else _COLOURS[severity]
        return click.style(severity, fg=colour, bold=True) + line[found.end() :]
    if len(line) > width and (found := _LAST.match(line)):
        return textwrap.fill(
            line,
            width,
            subsequent_indent=" " * len(found[1]),
            break_long_words=False,
            break_on_hyphens=False,
        )
    return line


def _prefix(project: Project) -> str:
    """Return where the playbook lies in its repository: at its top where there is none."""
    try:
        return open_repository(project.root).prefix
    except GitError:
        return ""


def _lines_below(root: Path) -> Callable[[str], Sequence[str]]:
    @lru_cache(maxsize=1)  # problems come sorted by file
    def lines(path: str) -> Sequence[str]:
        try:
            text = (root / path).read_text(encoding="utf-8-sig", errors="replace")
        except OSError:
            return ()
        return text.split("\n")

    return lines


def _summary(found: Found) -> Iterator[str]:
    counts = Counter(problem.severity for problem in found.problems)
    said = [
        _number(counts[severity], str(severity))
        for severity in (Severity.ERROR, Severity.WARNING)
        if counts[severity]
    ]
    if found.since is not None:
        since = writers.printable(found.since)
        yield f"{' and '.join(said) or 'No problems'} brought by the change since {since}"
        return
    held = len(found.held_back)
    held_back = f"; {_number(held, 'problem')} held back by the baseline" if held else ""
    only_pages = found.pages and not found.read
    records = _number(found.pages, "page") if only_pages else _number(found.read, "record")
    yield f"{' and '.join(said) or 'No problems'} in {records}{held_back}"
    if found.outdated:
        yield (
            f"{found.project.settings.baseline} names {_number(found.outdated, 'problem')} that "
            f"{'occurs' if found.outdated == 1 else 'occur'} no more: `playbook check "
            "--write-baseline` renews it"
        )


def _hint(problems: Sequence[Problem]) -> Iterator[str]:
    count = mendable(problems)
    if count:
        many = "All" if count == len(problems) else str(count)
        them = "It" if len(problems) == 1 else f"{many} of them"
        yield f"{them} can be mended by `playbook check --fix`"


def renewed(name: str, renewal: Renewal, *, is_written: bool) -> Iterator[str]:
    """Yield what changed in the baseline called ``name``, one problem a line."""
    for sign, changed in (("+", renewal.added), ("-", renewal.removed)):
        for entry, count in sorted(changed.items()):
            often = f" ({count} times)" if count > 1 else ""
            yield writers.printable(f"{sign} {entry.code} {entry.id}: {entry.message}{often}")
    held = _number(renewal.now.total(), "problem")
    added, removed = renewal.added.total(), renewal.removed.total()
    if added or removed:
        yield f"Wrote {name}: it holds back {held} ({added} added, {removed} removed)"
    elif is_written:
        yield f"Wrote {name}: it holds back {held}, as before"
    else:
        yield f"{name} is up to date: it holds back {held}"


def _number(count: int, of: str) -> str:
    return f"{count} {of}" if count == 1 else f"{count} {of}s"


def mended(fixed: Fixed) -> Iterator[str]:
    """Yield what was written in place of what, one file a line; then the files that were left."""
    for path, edits in sorted(fixed.mended.items()):
        in_order = sorted(edits, key=lambda edit: edit.span)
        changes = ", ".join(f"{edit.was} → {edit.text}" for edit in in_order)
        yield writers.printable(f"{path}: {changes}")
    for path, reason in sorted(fixed.left.items()):
        yield writers.printable(f"{path} stays as it is: {reason}")
