"""A change as lines for a terminal, before anything is known of its width or its colours."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from outcome_playbook.changes.change import Change, What
from outcome_playbook.changes.effects import Effect, On
from outcome_playbook.changes.report import MOST_COMPARED, Report
from outcome_playbook.diagnostics.writers.printable import printable
from outcome_playbook.prior_art import Neighbour
from outcome_playbook.records.kinds import Kind

Style = Literal["heading", "called out", "added", "removed", "plain", "quiet"]


@dataclass(frozen=True, slots=True)
class Line:
    """A line, so many columns from the left, and what it looks like where there are colours."""

    text: str = ""
    indent: int = 0
    style: Style = "plain"


_STYLES: dict[What, Style] = {What.ADDED: "added", What.REMOVED: "removed"}


def as_text(report: Report) -> Iterator[Line]:
    """Yield what to print: what is called out, then kind by kind, then what it does."""
    if report.called_out:
        yield Line("Look twice", style="heading")
        for why, those in groupby(report.called_out, key=lambda change: change.called_out):
            yield from _called_out(why, those)
        yield Line()
    for kind, records in report.by_kind():
        yield Line(heading(kind), style="heading")
        for changes in records:
            for change in changes:
                yield _line(change)
                if change.change is What.ADDED:
                    yield from _near(report.prior_art.get(change.id, []))
        yield Line()
    if report.effects:
        yield Line("What it does", style="heading")
        yield from (Line(line, indent=2) for line in effect_lines(report.effects))
        yield Line()
    yield from (Line(printable(line)) for line in summary(report))


def heading(kind: Kind | None) -> str:
    """Return what stands above the changes of a kind."""
    return kind.plural.capitalize() if kind else "Files of no known kind"


def _called_out(why: str, changes: Iterable[Change]) -> Iterator[Line]:
    yield Line(printable(f"! {why}"), 2, "called out")
    for change in changes:
        yield Line(printable(change.line if change.said else change.record), indent=6)


def _line(change: Change) -> Line:
    return Line(printable(change.line), 2, _STYLES.get(change.change, "plain"))


def _near(neighbours: list[Neighbour]) -> Iterator[Line]:
    for neighbour in neighbours:
        yield Line(printable(f"close: {neighbour_line(neighbour)}"), 6, "quiet")


def neighbour_line(near: Neighbour) -> str:
    """Return a record that is near to a new one, why, and how it ended."""
    learned = f" Learned: {near.learning}" if near.learning else ""
    return f"{near.id} ({'; '.join(near.because)}): {near.ending}.{learned}"


def effect_lines(effects: list[Effect]) -> Iterator[str]:
    """Yield effects by what they are on: ``Faster claims: 3 supported, was 2``."""
    for (_, of), own in groupby(effects, key=lambda effect: (effect.on, effect.of)):
        some = list(own)
        said = "; ".join(effect.line for effect in some)
        yield printable(f"{of} {said}" if some[0].on is On.FLAG else f"{of}: {said}")


def summary(report: Report) -> Iterator[str]:
    """Yield how much changed, and what was left out."""
    if report.changes:
        said = sum(1 for change in report.changes if change.said)
        yield f"{number(said, 'change')} in {number(report.records, 'record')}."
    else:
        yield "No record changed."
    if report.moved:
        lie = "lies" if len(report.moved) == 1 else "lie"
        yield f"{number(len(report.moved), 'record')} {lie} in another folder, which means nothing."
    came = sum(1 for change in report.changes if change.change is What.ADDED)
    if came > MOST_COMPARED and not report.prior_art:
        yield "With so many new records, none was compared with those that were there."


def number(count: int, of: str) -> str:
    """Return a count: 1 record, 2 records."""
    return f"{count:,} {of}" if count == 1 else f"{count:,} {of}s"
