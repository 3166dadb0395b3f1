"""The small parts that many pages show, each a plain value that a component lays out."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from outcome_playbook.flags import Flag, FlagName
from outcome_playbook.pages import counted, words
from outcome_playbook.pages.language import looked_up, say, term_plural
from outcome_playbook.pages.urls import record_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import ExperimentStatus
from outcome_playbook.records.models import Experiment
from outcome_playbook.records.values import CoarseDay
from outcome_playbook.registry import Entry

ATTENTION = "attn"


@dataclass(frozen=True, slots=True)
class Ref:
    """A link to a page of the site: its key and what is written on it."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in a sentence, as coarse as it is known: for machines and in words."""

    iso: str
    words: str


@dataclass(frozen=True, slots=True)
class Code:
    """A word of the records' own language, such as a field's name."""

    code: str


Said = tuple["str | Ref | Moment | Code", ...]
"""A sentence with links, days and field names in it; the component ``say`` lays it out."""


@dataclass(frozen=True, slots=True)
class Lozenge:
    """A status in words with its look and icon. See ``words.LOOKS`` for the looks."""

    look: str
    word: str
    icon: str


@dataclass(frozen=True, slots=True)
class Count:
    """A number that is a link to the list of what it counts. ``text`` has the number in it."""

    number: int
    text: str
    look: str
    key: str


@dataclass(frozen=True, slots=True)
class Card:
    """A record in a list: a row with its status at the side."""

    kind: str
    ref: Ref
    say: str
    status: Lozenge
    late: str | None
    meta: tuple[str, ...]


def ref(entry: Entry[Any]) -> Ref:
    """Return the link to a record's page."""
    return Ref(record_key(entry.kind, entry.id), entry.title)


def maybe_ref(view: View, id_: str | None) -> Ref | None:
    """Return the link to the record with this id, if it is readable."""
    entry = view.registry.find(id_)
    return ref(entry) if entry else None


def owner_ref(view: View, owner: str | None) -> Ref | None:
    """Return the link to the list of an owner's records."""
    return Ref(f"owners/{view.owner_slugs[owner]}", owner) if owner in view.owner_slugs else None


def tag_refs(view: View, tags: list[str]) -> list[Ref]:
    """Return the links to the lists of these tags."""
    return [Ref(f"tags/{view.tag_slugs[tag]}", tag) for tag in dict.fromkeys(tags)]


def moment(day: date | CoarseDay) -> Moment:
    """Return a day, month or year as it stands in a sentence."""
    if isinstance(day, CoarseDay):
        return Moment(str(day), words.some_day(day))
    return Moment(day.isoformat(), words.day(day))


_VALUE = re.compile(r"%\((\w+)\)s")


def tell(text: str, /, **parts: "str | Ref | Moment | Code | Said") -> Said:
    """Return a sentence of ours in the language spoken, with links and days where it names them.

    ``tell("Ended on %(day)s.", day=moment(end))``
    """
    return _filled(looked_up(text).replace("%%", "%"), parts)


def listed(parts: Sequence[Ref | Code], style: Literal["or", "standard"] = "standard") -> Said:
    """Return links or field names as they are listed in a sentence: "a, b or c", or with "and"."""
    names = [f"%({n})s" for n in range(len(parts))]
    return _filled(words.listed(names, style), {str(n): part for n, part in enumerate(parts)})


def _filled(text: str, parts: "Mapping[str, str | Ref | Moment | Code | Said]") -> Said:
    pieces = _VALUE.split(text)
    said: list[str | Ref | Moment | Code] = []
    for nth, piece in enumerate(pieces):
        if nth % 2 == 0:
            said += [piece] if piece else []
        else:
            part = parts[piece]
            said += part if isinstance(part, tuple) else [part]
    return tuple(said)


def coded(text: str) -> Said:
    """Return a text whose words between backticks are field names or values."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:
        return (text,)
    said = (Code(piece) if i % 2 else piece for i, piece in enumerate(pieces))
    return tuple(piece for piece in said if piece not in ("", Code("")))


def lozenge(word: str) -> Lozenge:
    """Return the lozenge of a status or conclusion."""
    look = words.look(word)
    return Lozenge(look, words.label(word), look)


def status_of(entry: Entry[Any]) -> Lozenge:
    """Return what a record's lozenge says: an experiment's conclusion once it has one."""
    record = entry.record
    if isinstance(record, Experiment):
        if record.status is ExperimentStatus.CONCLUDED and record.conclusion:
            return lozenge(str(record.conclusion))
        if record.status is ExperimentStatus.REVIEW:
            return Lozenge("testing", words.label(str(record.status)), "fork")
    return lozenge(str(record.status))


def late(flag: Flag | None) -> str | None:
    """Return in words why somebody should act on a record, or ``None``."""
    if flag is None:
        return None
    if flag.days is None:
        return say("Nothing tried yet")
    return words.plural(flag.days, *_LATE[flag.name])


_LATE = {
    FlagName.OVERDUE: term_plural("%(number)s day overdue", "%(number)s days overdue"),
    FlagName.UNDECIDED: term_plural("%(number)s day undecided", "%(number)s days undecided"),
    FlagName.SILENT: term_plural("Silent for %(number)s day", "Silent for %(number)s days"),
    FlagName.STALE: term_plural(
        "%(number)s day past its review", "%(number)s days past its review"
    ),
}


def end(day: CoarseDay, today: date) -> str:
    """Return when something ends or ended, for a line of such facts."""
    if day.last < today:
        return say("ended %(day)s", day=words.some_day(day))
    return say("ends %(day)s", day=words.some_day(day))


def counts(
    order: Iterable[str], found: Mapping[str, int], key: Callable[[str], str]
) -> tuple[Count, ...]:
    """Return counts by a word of a closed list, in that order; ``key`` is where each leads."""
    return tuple(
        Count(found[word], counted.with_word(word, found[word]), words.look(word), key(word))
        for word in map(str, order)
        if word in found
    )


def card(view: View, entry: Entry[Any]) -> Card:
    """Return a record as a row of a list."""
    record = entry.record
    meta = [record.owner] if record.owner else []
    if isinstance(record, Experiment) and record.decision:
        meta.append(say("decided %(day)s", day=words.day(record.decision.date)))
    elif isinstance(record, Experiment) and record.end:
        meta.append(end(record.end, view.today))
    return Card(
        words.kind(entry.kind),
        ref(entry),
        summary(entry),
        status_of(entry),
        late(view.flags.get(entry.id)),
        tuple(meta),
    )


def summary(entry: Entry[Any]) -> str:
    """Return one line about a record: its summary, else its body's first paragraph as text."""
    if entry.record.summary:
        return str(entry.record.summary)
    for paragraph in entry.file.front.body.split("\n\n"):
        text = paragraph.strip()
        if text and not text.startswith(("#", "```", "|", ">", "!", "<", "- ", "* ")):
            return _plain(text)
    return ""


_LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
_MARKS = re.compile(r"[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}")


def _plain(markdown: str, most: int = 240) -> str:
    text = " ".join(_MARKS.sub("", _LINK.sub(r"\1", markdown)).split())
    return text if len(text) <= most else text[: text.rfind(" ", 0, most)] + " …"
