"""How much a word says about a document: BM25F, without what depends on all documents.

A word counts more where it stands in a field of more weight, less in a long field, and each time
less than the time before. How rare it is, the engine knows from the number of its documents. So
one record's weights stay as they are whatever is written in others.
"""

from dataclasses import dataclass
from functools import cache
from typing import Final


@dataclass(frozen=True, slots=True)
class Weighing:
    """How a field counts. ``usual`` is a usual number of words, ``by_length`` (0 to 1) its pull."""

    boost: float
    usual: int
    by_length: float

    def of(self, length: int) -> float:
        """Return what each time counts that a word stands in a field of this many words."""
        return self.boost / (1 - self.by_length + self.by_length * length / self.usual)


# Tuned on one half of the queries in benchmarks/relevance, and reported on the other.
FIELDS: Final = {
    "id": Weighing(boost=8, usual=4, by_length=0.2),
    "title": Weighing(boost=7, usual=8, by_length=0.4),
    "names": Weighing(boost=4, usual=8, by_length=0.2),
    "lead": Weighing(boost=2, usual=60, by_length=0.5),
    "body": Weighing(boost=1, usual=180, by_length=0.6),
}
"""The fields of a document, in the order in which they are indexed."""

HALF: Final = 3.0
"""The sum that gives half of the most that a word can weigh."""

MOST: Final = 63
"""The largest weight; the smallest is 1."""


@cache  # the sums of most words are one of a few thousand
def impact(total: float) -> int:
    """Return the weight of a word, from 1 to 63, for the sum of what it counts in all fields."""
    return 1 + int((MOST - 1) * total / (HALF + total) + 0.5)
