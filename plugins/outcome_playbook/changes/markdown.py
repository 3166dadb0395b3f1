"""A change as a comment on a pull request: the same bytes for the same change, however often."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from outcome_playbook.changes.change import Change, What
from outcome_playbook.changes.effects import Effect, On
from outcome_playbook.changes.escaping import code, escaped
from outcome_playbook.changes.report import Report
from outcome_playbook.changes.text import heading, number, summary
from outcome_playbook.changes.words import cut
from outcome_playbook.prior_art import Neighbour

MARKER: Final = "<!-- outcome-playbook -->"
"""The first line, by which the comment is found again and updated."""

MOST: Final = 65_000
"""Bytes of a comment: a host takes 65,536 characters, however it counts them."""

_OPEN: Final = 12
"""A section with more entries than this is folded."""
_FIELDS: Final = 25
"""So many changes of one record are told."""
_TITLE: Final = 120


@dataclass(frozen=True, slots=True)
class _Section:
    """A part of the comment: entries, of which the first ``kept`` are shown, below a heading.

    What ``is_last_cut`` is shorter than the rest and worth more.
    """

    above: str
    entries: tuple[str, ...]
    kept: int
    below: str = ""
    more: str = "- … and {number} more: run {again}"
    is_last_cut: bool = False

    def render(self, again: str) -> str:
        """Return the part with what is kept, and how many entries are not."""
        left = len(self.entries) - self.kept
        more = self.more.format(number=f"{left:,}", again=again)
        lines = [*self.entries[: self.kept], *([more] if left else []), ""]
        return "\n" + self.above + "\n".join(lines) + self.below


def as_markdown(report: Report, again: str = "playbook diff", most: int = MOST) -> str:
    """Return the comment, at most so many bytes long; its headings take a thousand.

    ``again`` is the command that shows all of it, where whole entries were cut from the end.
    """
    head = f"{MARKER}\n## What this changes in the playbook\n\n"
    head += "".join(f"{escaped(line)}\n" for line in summary(report))
    sections = [_called_out(report.called_out), *_records(report), _effects(report.effects)]
    sections = [section for section in sections if section.entries]
    command = f"`` {again} ``" if "``" not in again else escaped(again)
    fitted = _fitted(sections, most - len(head.encode()), command)
    return head + "".join(section.render(command) for section in fitted)


def _fitted(sections: list[_Section], room: int, again: str) -> list[_Section]:
    """Cut entries from the end of records, last kinds first; then of what stands around them."""
    fitted = list(sections)
    sizes = [_size(section, again) for section in fitted]
    from_the_end = reversed(range(len(fitted)))
    for at in sorted(from_the_end, key=lambda at: fitted[at].is_last_cut):
        section = fitted[at]
        entries = [len(entry.encode()) + 1 for entry in section.entries]
        while section.kept and sum(sizes) > room:
            over = sum(sizes) - room
            kept = section.kept
            while kept and over > 0:
                kept -= 1
                over -= entries[kept]
            section = replace(section, kept=kept)
            sizes[at] = _size(section, again)
        fitted[at] = section
    return fitted


def _size(section: _Section, again: str) -> int:
    return len(section.render(again).encode())


# Parts --------------------------------------------------------------------------------------------


def _called_out(changes: list[Change]) -> _Section:
    entries = tuple(f"> - {_titled(c)}: {_why(c)}" for c in changes)
    above = "> [!WARNING]\n> **Look twice**\n>\n"
    more = "> - … and {number} more: run {again}"
    return _Section(above, entries, len(entries), more=more, is_last_cut=True)


def _why(change: Change) -> str:
    why = escaped(change.called_out)
    if not change.said or change.field is None or change.said == change.called_out:
        return why
    return f"{why} ({escaped(change.short)})"


def _records(report: Report) -> Iterator[_Section]:
    for kind, records in report.by_kind():
        entries = tuple(_record(changes, report.prior_art) for changes in records)
        above, below = f"### {heading(kind)}\n\n", ""
        if len(entries) > _OPEN:
            said = number(len(entries), "record")
            above += f"<details>\n<summary>{said}</summary>\n\n"
            below = "\n</details>\n"
        yield _Section(above, entries, len(entries), below)


def _record(changes: list[Change], prior_art: dict[str, list[Neighbour]]) -> str:
    first = changes[0]
    said = [escaped(change.short) for change in changes]
    more = len(said) - _FIELDS
    if more > 0:
        said = [*said[:_FIELDS], f"… and {more} more changes of this record"]
    if first.change is What.ADDED:
        said += [f"close: {_near(neighbour)}" for neighbour in prior_art.get(first.id, [])]
        begin, said = f"- {_titled(first)}: {said[0]}", said[1:]
    elif len(said) == 1:
        begin, said = f"- {_titled(first)}: {said[0]}", []
    else:
        begin = f"- {_titled(first)}"
    return "\n".join((begin, *(f"  - {each}" for each in said)))


def _titled(change: Change) -> str:
    return f"**{escaped(cut(change.title, _TITLE))}** {code(change.id)}"


def _near(near: Neighbour) -> str:
    learned = f" Learned: {escaped(near.learning)}" if near.learning else ""
    because = escaped("; ".join(near.because))
    return (
        f"{escaped(cut(near.title, _TITLE))} {code(near.id)} ({because}): "
        f"{escaped(near.ending)}.{learned}"
    )


def _effects(effects: list[Effect]) -> _Section:
    rows = tuple(_row(effect) for effect in effects)
    above = "### What it does\n\n"
    below = ""
    if len(rows) > _OPEN:
        above += f"<details>\n<summary>{number(len(rows), 'count')}</summary>\n\n"
        below = "\n</details>\n"
    above += "| On | What | Was | Is |\n| --- | --- | ---: | ---: |\n"
    more = "| … | and {number} more: run {again} | | |"
    return _Section(above, rows, len(rows), below, more, is_last_cut=True)


def _row(effect: Effect) -> str:
    was, now = effect.before, effect.after
    cells = [effect.of, effect.counted, f"{was:,}", f"{now:,}"]
    if effect.on is On.FLAG:
        cells[2:] = ["yes" if was else "no", "yes" if now else "no"]
    return f"| {' | '.join(map(escaped, cells))} |"
