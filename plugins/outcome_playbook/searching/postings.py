"""Which words stand in which documents: collected in small arrays, one document after the other."""

from array import array
from collections import Counter
from collections.abc import Iterable
from operator import sub
from typing import Final, NamedTuple

from outcome_playbook.searching.documents import Document
from outcome_playbook.searching.weighing import FIELDS, impact
from outcome_playbook.searching.words import Words, index_words

IN_ID: Final = 1
IN_TITLE: Final = 2
FLAG_BITS: Final = 2
GAP: Final = 100
"""Places between two texts of a document: no phrase reaches from one into the next."""


_NOWHERE: list[int] = []  # a word of an id alone


class Postings(NamedTuple):
    """The documents of a word, as the index writes them.

    ``pairs`` are documents and weights in turn; of a document, its distance from the one before.
    ``places`` are, for each of the documents, the number of places and the distances between them.
    """

    pairs: "array[int]"
    places: "array[int]"
    last: "array[int]"  # the last document, in an array of one: it changes


class Collected:
    """The postings of all words, and how long ids and titles are. Documents are numbered from 0."""

    def __init__(self) -> None:
        self.postings: dict[str, Postings] = {}
        self.sizes: dict[str, list[int]] = {"id": [], "title": []}

    @property
    def documents(self) -> int:
        """The number of documents."""
        return len(self.sizes["id"])

    def add(self, document: Document) -> None:
        """Read a document."""
        number = self.documents
        fields = _fields(document)
        for name, sizes in self.sizes.items():
            sizes.append(sum(text.end for text in fields[name]))
        flags = dict.fromkeys((w for text in fields["title"] for w in text.words), IN_TITLE)
        for text in fields["id"]:
            for word in text.words:
                flags[word] = flags.get(word, 0) | IN_ID
        places = _places(fields)
        postings = self.postings
        for word, total in _totals(fields).items():
            found = postings.get(word)
            if found is None:
                found = postings[word] = Postings(array("i"), array("i"), array("i", [-1]))
            pairs, at, last = found
            weight = impact(total) << FLAG_BITS | flags.get(word, 0)
            pairs.extend((number - last[0], weight))
            last[0] = number
            here = places.get(word, _NOWHERE)
            if len(here) == 1:  # as most are
                at.extend((1, here[0]))
            else:
                at.append(len(here))
                at.extend(map(sub, here, [0, *here]))


def _fields(document: Document) -> dict[str, list[Words]]:
    def read(texts: Iterable[str]) -> list[Words]:
        return [index_words(text) for text in texts]

    return {
        "id": read([document.id]),
        "title": read([document.title]),
        "names": read(document.names),
        "lead": read(document.lead),
        "body": read(document.body),
    }


def _totals(fields: dict[str, list[Words]]) -> dict[str, float]:
    """Return what each word counts in all fields together."""
    totals: dict[str, float] = {}
    for name, texts in fields.items():
        counted: Counter[str] = Counter()
        for text in texts:
            counted.update(text.words)
        each = FIELDS[name].of(sum(text.end for text in texts))
        for word, times in counted.items():
            totals[word] = totals.get(word, 0.0) + each * times
    return totals


def _places(fields: dict[str, list[Words]]) -> dict[str, list[int]]:
    """Return where each word stands in the running text: title, lead, body, then the names."""
    places: dict[str, list[int]] = {}
    start = 0
    for name in ("title", "lead", "body", "names"):
        for text in fields[name]:
            at = (
                range(start, start + text.end)
                if isinstance(text.places, range)
                else [start + place for place in text.places]
            )
            for word, place in zip(text.words, at, strict=True):
                if word in places:
                    places[word].append(place)
                else:
                    places[word] = [place]
            start += text.end + GAP
    return places
