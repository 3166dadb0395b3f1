"""Live lists: what a query asked for, in the words of the pages."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from outcome_playbook.diagnostics import Problem
from outcome_playbook.livelists import LiveList
from outcome_playbook.livelists import View as Look
from outcome_playbook.pages import counted, status, words
from outcome_playbook.pages.broken import Mend, SourceLine, mend, source_lines
from outcome_playbook.pages.cells import AND_MORE, Cell, cell_of, head_of, in_words, sign_of, yes_no
from outcome_playbook.pages.effects import Effect, pending
from outcome_playbook.pages.explored import explored
from outcome_playbook.pages.glance import Block
from outcome_playbook.pages.language import say, term, term_plural
from outcome_playbook.pages.listing import BY_ATTENTION, as_card, flag_of, fold
from outcome_playbook.pages.parts import (
    Card,
    Code,
    Lozenge,
    Moment,
    Ref,
    Said,
    late,
    ref,
    tell,
)
from outcome_playbook.pages.records.experiments import headline, is_concluded
from outcome_playbook.pages.status import Tick, tick
from outcome_playbook.pages.urls import BOARDS, slugs
from outcome_playbook.pages.view import View
from outcome_playbook.query import Asked, Field, Groups, Value
from outcome_playbook.query.conditions import All, Op, Test
from outcome_playbook.records.kinds import Conclusion, Kind
from outcome_playbook.records.models import Experiment
from outcome_playbook.registry import Entry

_STACKED: dict[Kind, tuple[str, ...]] = {
    **BY_ATTENTION,
    Kind.OUTCOME: ("achieved", "missed", "active", "draft", "paused", "dropped"),
    Kind.HYPOTHESIS: (
        *("supported", "not_supported", "inconclusive"),
        *("testing", "proposed", "draft", "parked", "dropped"),
    ),
    Kind.EXPERIMENT: (
        *map(str, Conclusion),
        *("concluded", "review", "running", "planned", "cancelled"),
    ),
}
"""The words of a stack, from what is known to what was set aside."""


@dataclass(frozen=True, slots=True)
class LiveCard:
    """A record as a card; an experiment that is over with what it showed."""

    card: Card
    effect: Effect | None
    pending: str


@dataclass(frozen=True, slots=True)
class Word:
    """How many records share a word; ``key`` is the page that shows them, or empty."""

    text: str
    key: str


@dataclass(frozen=True, slots=True)
class Part:
    """A group of a live list, or all of it.

    A group is named by its ``lozenge``, or else by its ``title``; ``name`` is the same as a text.
    One without an ``anchor`` has no
    heading. ``total`` counts all its records, shown or not; ``key`` is the page that shows them, or
    empty. ``look`` is that of its status. ``more`` are folded away.
    """

    anchor: str
    name: str
    title: Said
    lozenge: Lozenge | None
    look: str
    total: int
    key: str
    rows: tuple[tuple[Cell, ...], ...] = ()
    cards: tuple[LiveCard, ...] = ()
    ticks: tuple[Tick, ...] = ()
    more: tuple[Tick, ...] = ()
    blocks: tuple[Block, ...] = ()
    counts: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Live:
    """A live list as a page shows it.

    ``label`` says what it is, ``text`` how many records it found, and ``key`` is the page that
    shows them all, or empty. ``heads`` are those of a table, and ``title_at`` is the column that
    names a row. ``more`` says what is beyond its limit. An ``empty`` one says what it looked for.
    """

    view: Look
    label: str
    text: str
    key: str
    parts: tuple[Part, ...]
    is_grouped: bool
    heads: tuple[str, ...] = ()
    title_at: int = 0
    more: Said = ()
    empty: Said = ()


@dataclass(frozen=True, slots=True)
class Wrong:
    """What stands in the place of a list whose block cannot be read."""

    title: str
    source: tuple[SourceLine, ...]
    mends: tuple[Mend, ...]


def wrong(source: str, problems: Sequence[Problem]) -> Wrong:
    """Return what is wrong with a block. Lines are those of ``source``."""
    return Wrong(
        words.plural(
            len(problems),
            "%(number)s problem keeps this list from being shown",
            "%(number)s problems keep this list from being shown",
        ),
        tuple(source_lines(source.split("\n"), problems)),
        tuple(mend(problem) for problem in problems),
    )


def live(view: View, one: LiveList) -> Live:
    """Return a live list as a page shows it."""
    asked, look, group, most = one.asked, one.view, one.group, one.rows
    key = explored(view, asked)
    total = view.evaluation.count(asked)
    made = Live(look, _label(asked, group), _how_many(asked.kind, total), key, (), bool(group))
    if not total and look is not Look.COUNT:
        return replace(made, empty=_nothing(asked))
    found = view.evaluation.groups(one.grouped)
    # There may be thousands of groups, and each has a record at least: no more are shown than rows.
    groups = _named_groups(view, one, found[:most])
    if look in (Look.COUNT, Look.STACK):
        summed = (_summed(asked, look, part, here) for part, here in groups)
        return replace(made, parts=tuple(summed), more=_more_groups(len(found) - most))
    parts, left = [], most
    for part, entries in groups:
        here = entries[: max(left, 0)]
        left -= len(entries)
        if here:
            parts.append(_filled(view, look, one.columns, part, here))
    left -= sum(len(entries) for _, entries in found[most:])
    names = [column.name for column in one.columns]
    return replace(
        made,
        parts=tuple(parts),
        heads=tuple(head_of(column) for column in one.columns),
        title_at=names.index("title") if "title" in names else 0,
        more=_more(-left, key),
    )


def number(view: View, asked: Asked) -> Word:
    """Return how many records are asked for, and where they are shown."""
    return Word(words.number(view.evaluation.count(asked)), explored(view, asked))


# Groups ------------------------------------------------------------------------------------------


def _named_groups(
    view: View, one: LiveList, found: Groups
) -> list[tuple[Part, tuple[Entry[Any], ...]]]:
    """Return groups with how each is named, still without their records."""
    asked, group = one.asked, one.group
    if group is None:
        key = explored(view, asked)
        return [(Part("", "", (), None, "", len(all_), key), all_) for _, all_ in found]
    names = slugs(str(value) for value, _ in found)
    before = group.name.replace(".", "-").replace("_", "-")
    return [
        (_named(view, asked, group, value, f"{before}-{names[str(value)]}", len(entries)), entries)
        for value, entries in found
    ]


def _named(
    view: View, asked: Asked, group: Field, value: Value | None, anchor: str, total: int
) -> Part:
    """Return a group without its records. Without a ``value`` it is of those that have none."""
    sign = sign_of(group, value) if isinstance(value, str) else None
    if value is None or value == ():
        title: Said = (say("%(field)s: none", field=head_of(group)),)
    elif group.type == "yes_no":
        title = (say("%(field)s: %(value)s", field=head_of(group), value=yes_no(bool(value))),)
    else:
        title = (in_words(view, group, value),)
    key = _narrowed_key(view, asked, group, value)
    name = sign.word if sign else "".join(map(_text, title))
    return Part(anchor, name, title, sign, sign.look if sign else "draft", total, key)


def _text(part: str | Ref | Moment | Code) -> str:
    match part:
        case Ref(_, text) | Moment(_, text) | Code(text):
            return text
        case _:
            return part


def _narrowed_key(view: View, asked: Asked, group: Field, value: Value | None) -> str:
    """Return the page that shows what is asked for with this value in a field, or nothing."""
    if not isinstance(value, str | bool):
        return ""
    test = Test(group, Op.HAS if group.is_list else Op.IS, (value,))
    where = test if asked.where is None else All((asked.where, test))
    return explored(view, replace(asked, where=where))


# Records -----------------------------------------------------------------------------------------


def _filled(
    view: View, look: Look, columns: Sequence[Field], part: Part, entries: Sequence[Entry[Any]]
) -> Part:
    if look is Look.CARDS:
        mixed = len({entry.kind for entry in entries}) > 1
        return replace(part, cards=tuple(_card(view, entry, is_mixed=mixed) for entry in entries))
    if look is Look.BOARD:
        ticks = [_tick(view, entry) for entry in entries]
        shown, more = fold(ticks, status.MOST_IN_A_COLUMN)
        return replace(part, ticks=tuple(shown), more=tuple(more))
    heads = [(column, head_of(column)) for column in columns]
    rows = (
        tuple(cell_of(view, entry, column, head) for column, head in heads) for entry in entries
    )
    return replace(part, rows=tuple(rows))


def _card(view: View, entry: Entry[Any], *, is_mixed: bool) -> LiveCard:
    card = as_card(view, entry)
    if is_mixed:
        card = replace(card, kind=words.kind(entry.kind))
    if isinstance(entry.record, Experiment) and is_concluded(entry):
        return LiveCard(card, headline(view, entry), pending(entry.record))
    return LiveCard(card, None, "")


def _tick(view: View, entry: Entry[Any]) -> Tick:
    if entry.kind in BOARDS:
        return tick(view, entry)
    return Tick(ref(entry), late(flag_of(view, entry)), entry.record.owner or "")


def _summed(asked: Asked, look: Look, part: Part, entries: Sequence[Entry[Any]]) -> Part:
    if look is Look.COUNT:
        return part
    order = (
        _STACKED[asked.kind]
        if asked.kind
        else tuple(dict.fromkeys(word for words_ in _STACKED.values() for word in words_))
    )
    rank = {word: place for place, word in enumerate(order)}
    found: dict[str, int] = {}
    for entry in entries:
        word = _standing(entry)
        found[word] = found.get(word, 0) + 1
    inside = sorted(found, key=rank.__getitem__)
    return replace(
        part,
        blocks=tuple(
            Block(words.look(word), joined=nth > 0) for word in inside for nth in range(found[word])
        ),
        counts=tuple(Word(counted.with_word(word, found[word]), "") for word in inside),
    )


def _standing(entry: Entry[Any]) -> str:
    """Return where a record stands: an experiment's conclusion once it has one."""
    record = entry.record
    if isinstance(record, Experiment) and is_concluded(entry) and record.conclusion:
        return str(record.conclusion)
    return str(record.status)


# Sentences ---------------------------------------------------------------------------------------

_RECORDS = term_plural("%(number)s record", "%(number)s records")


def _how_many(kind: Kind | None, total: int) -> str:
    return counted.of_kind(kind, total) if kind else words.plural(total, *_RECORDS)


def _label(asked: Asked, group: Field | None) -> str:
    """Return what a list is, so that it is told from the others of a page."""
    records = words.kinds(asked.kind) if asked.kind else say("Records")
    if asked.where is not None:
        # Translators: what a list shows, and the query behind it: "Experiments: status = running".
        records = say("%(records)s: %(query)s", records=records, query=asked.where)
    if group is None:
        return records
    # Translators: what a list shows and what it is grouped by: "Experiments by status" in parts.
    return say("%(records)s, grouped: %(field)s", records=records, field=head_of(group))


def _more(number: int, key: str) -> Said:
    if number <= 0:
        return ()
    text = words.plural(number, *AND_MORE)
    return (Ref(key, text),) if key else (text,)


def _more_groups(number: int) -> Said:
    return _more(number, "")


_NOTHING: dict[Kind | None, tuple[str, str]] = {
    None: (term("No record fits %(where)s."), term("There is no record yet.")),
    Kind.OUTCOME: (term("No outcome fits %(where)s."), term("There is no outcome yet.")),
    Kind.METRIC: (term("No metric fits %(where)s."), term("There is no metric yet.")),
    Kind.HYPOTHESIS: (
        term("No hypothesis fits %(where)s."),
        term("There is no hypothesis yet."),
    ),
    Kind.EXPERIMENT: (
        term("No experiment fits %(where)s."),
        term("There is no experiment yet."),
    ),
}


def _nothing(asked: Asked) -> Said:
    fits, none = _NOTHING[asked.kind]
    if asked.where is None:
        return (say(none),)
    return tell(fits, where=Code(str(asked.where)))
