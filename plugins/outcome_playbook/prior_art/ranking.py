"""Which records are nearest to a new one, and why."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import log
from typing import Any, Final

from outcome_playbook.prior_art.compared import TITLE, Compared, Draft, of_draft, of_entry
from outcome_playbook.prior_art.endings import ending_of
from outcome_playbook.prior_art.words import KEY, same_words, tells_something, words_of
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Entry, Registry


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A record near to a new one, in English.

    ``because`` are the reasons: ``same metric``, ``words: reminder, letter``. ``ending`` says in a
    phrase how it ended or where it stands, ``learning`` is the first sentence of what was learned,
    if anything was.
    """

    id: str
    kind: Kind
    title: str
    because: tuple[str, ...]
    ending: str
    learning: str | None


_RELATIONS: tuple[tuple[str, float, str], ...] = (
    ("hypothesis", 0.3, "same hypothesis"),
    ("outcome", 0.1, "same outcome"),
    ("metric", 0.15, "same metric"),
    ("parent", 0.1, "part of the same outcome"),
)
"""What a shared record adds to a likeness in words, which is 1 at the most or close to it."""

_BINDING = ("hypothesis", "metric")
"""Records that share one of these are neighbours without a word in common."""

_NEAR: Final = 0.12
"""The least score of a neighbour."""
_ALIKE: Final = 0.2
"""What rare words must reach where they are the only reason."""
_ALONE: Final = 0.35
"""What one rare word must, alone."""
_RARE: Final = 5
"""A word is rare when not more than one in so many records has it, or three in all."""
_SHOWN: Final = 4
"""A reason names so many words."""


def nearest(registry: Registry, draft: Draft | Entry[Any], most: int = 3) -> list[Neighbour]:
    """Return the records of the draft's kind that are nearest to it, the nearest first.

    A record of the registry is compared with all others. The list is short, and empty where
    nothing is near: a neighbour that has nothing to do with the draft would be worse than none.
    """
    mine = of_draft(registry, draft) if isinstance(draft, Draft) else of_entry(registry, draft)
    but = None if isinstance(draft, Draft) else draft.id
    entries = [entry for entry in registry.of_kind(draft.kind) if entry.id != but]
    others = [of_entry(registry, entry) for entry in entries]
    measure = _Measure(mine, others)
    ranked = []
    for entry, other in zip(entries, others, strict=True):
        score, because = measure.compare(other)
        if because:
            ranked.append((-round(score, 9), entry.id, because))
    found = []
    for _, id_, because in sorted(ranked)[:most]:
        entry = registry.entries[id_]
        ending, learning = ending_of(registry, entry)
        found.append(Neighbour(id_, entry.kind, entry.title, because, ending, learning))
    return found


class _Measure:
    """How near other records are to one."""

    def __init__(self, mine: Compared, others: list[Compared]) -> None:
        self._mine = mine
        self._written: dict[str, str] = {}
        for _, text in reversed(mine.texts):
            for word in filter(tells_something, words_of(text)):
                self._written.setdefault(word[:KEY], word)
        vocabulary = set().union(*(other.words for other in others))
        self._same = same_words(vocabulary, self._written)
        # Most records share little: looking for what they share is quickest by sets of keys.
        having = Counter(
            key for other in others for key in {self._same[w] for w in self._shared(other)}
        )
        records = len(others)
        self._rare = {key for key, n in having.items() if n <= max(3, records // _RARE)}
        self._weight = {key: mine.words[key] * _weight(n, records) for key, n in having.items()}
        self._length = sum(len(other.words) for other in others) / (records or 1) or 1
        self._most = self._could_reach(records)

    def _shared(self, other: Compared) -> Iterable[str]:
        return other.words.keys() & self._same.keys()

    def _could_reach(self, records: int) -> float:
        """Return what a record of average length would reach that has every word in its title."""
        unknown = _weight(0, records)
        weights = (self._weight.get(k, self._mine.words[k] * unknown) for k in self._written)
        return sum(weights) * _bm25(TITLE, 1) or 1

    def compare(self, other: Compared) -> tuple[float, tuple[str, ...]]:
        """Return how near another record is, and why; no reason where it is not near."""
        length = len(other.words) / self._length
        told: dict[str, float] = {}
        for word in sorted(self._shared(other)):
            key = self._same[word]
            worth = self._weight[key] * _bm25(other.words[word], length) / self._most
            told[key] = max(told.get(key, 0), worth)
        relations = [each for each in _RELATIONS if self._mine.at(each[0], other)]
        score = sum(told.values()) + sum(worth for _, worth, _ in relations)
        rare = sorted(self._rare.intersection(told), key=lambda key: (-told[key], key))
        is_bound = any(name in _BINDING for name, _, _ in relations)
        least = _ALIKE if len(rare) > 1 else _ALONE
        tells = is_bound or sum(told[key] for key in rare) >= least
        if score < _NEAR or not tells:
            return score, ()
        because = [text for _, _, text in relations]
        if rare:
            because.append(f"words: {', '.join(self._written[key] for key in rare[:_SHOWN])}")
        return score, tuple(because)


def _weight(having: int, records: int) -> float:
    """Return the weight of a word that so many of the records have: the fewer, the more it says."""
    return log(1 + (records - having + 0.5) / (having + 0.5))


def _bm25(count: float, length: float, k1: float = 1.2, b: float = 0.75) -> float:
    """Return how much a word counts that occurs so often, in a text so long for the average."""
    return count * (k1 + 1) / (count + k1 * (1 - b + b * length))
