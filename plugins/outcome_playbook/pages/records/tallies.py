"""How many hypotheses and experiments an outcome has, its own and with those of its parts."""

from dataclasses import dataclass

from outcome_playbook.pages import words
from outcome_playbook.pages.language import say
from outcome_playbook.records.kinds import STATUSES, Conclusion, Kind
from outcome_playbook.rollups import Work


@dataclass(frozen=True, slots=True)
class Tally:
    """How many there are in one status: its own, and with those of its parts.

    ``anchor`` is where this page lists its own; empty when it has none.
    """

    word: str
    own: int
    with_parts: int
    anchor: str


@dataclass(frozen=True, slots=True)
class Tallies:
    """Counts of one kind. The totals are the sums of the rows."""

    title: str
    rows: tuple[Tally, ...]
    own: int
    with_parts: int


def tallies(own: Work, below: Work) -> tuple[Tallies, ...]:
    """Return the counts of an outcome's own work, beside those with its parts."""
    return (
        _by_status(
            Kind.HYPOTHESIS,
            own.hypotheses_by_status(),
            below.hypotheses_by_status(),
        ),
        _by_status(
            Kind.EXPERIMENT,
            own.experiments_by_status(),
            below.experiments_by_status(),
        ),
        _conclusions(own.conclusions(), below.conclusions()),
    )


def anchor(kind: Kind, word: str) -> str:
    """Return where an outcome's page lists what has a status or conclusion."""
    return f"{kind.plural}-{word.replace('_', '-')}"


def _by_status(kind: Kind, own: dict[str, int], below: dict[str, int]) -> Tallies:
    order = [str(status) for status in STATUSES[kind]]
    found = [word for word in order if below.get(word)]
    return _sums(words.kinds(kind), found, kind, own, below)


def _conclusions(own: dict[str, int], below: dict[str, int]) -> Tallies:
    order = [str(word) for word in Conclusion if below.get(str(word))]
    return _sums(say("Conclusions"), order, Kind.EXPERIMENT, own, below)


def _sums(
    title: str, order: list[str], kind: Kind, own: dict[str, int], below: dict[str, int]
) -> Tallies:
    rows = tuple(
        Tally(
            words.label(word),
            own.get(word, 0),
            below[word],
            anchor(kind, word) if own.get(word) else "",
        )
        for word in order
    )
    return Tallies(title, rows, sum(r.own for r in rows), sum(r.with_parts for r in rows))
