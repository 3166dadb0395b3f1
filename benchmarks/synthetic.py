"""Records that nobody wrote: of a chosen length, the same again from the same seed."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

CONSONANTS = "bcdfghjklmnprstvwz"
VOWELS = "aeiou"
VOCABULARY = 8000
BODY_WORDS = 150


@dataclass(frozen=True)
class Synthetic:
    """A record by its id, the YAML of its front matter, and its body."""

    name: str
    front_matter: str
    body: str

    @property
    def text(self) -> str:
        """The whole file."""
        return f"---\n{self.front_matter}---\n{self.body}"


class Words:
    """Words drawn as often as words are in a text: the n-th most common one 1/n as often."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 - no secret, only the same text again
        words: dict[str, None] = {}
        while len(words) < VOCABULARY:
            syllables = 1 + len(words) * 4 // VOCABULARY  # common words are short
            word = "".join(
                self._random.choice(CONSONANTS) + self._random.choice(VOWELS)
                for _ in range(syllables + self._random.randrange(2))
            )
            words[word] = None
        self._words = list(words)
        self._weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def begin(self) -> None:
        """Begin a record. Here all records have the same words."""

    def some(self, count: int) -> str:
        """So many words in a row."""
        return " ".join(self._random.choices(self._words, cum_weights=self._weights, k=count))

    def sentence(self, count: int) -> str:
        """So many words with a capital and a full stop."""
        return self.some(count).capitalize() + "."


def records(count: int, seed: int) -> Iterator[Synthetic]:
    """Make records with some twenty lines of front matter and a body with two headings."""
    words = Words(seed)
    for number in range(count):
        front_matter = "\n".join(
            [
                "kind: experiment",
                f"title: {words.some(5).capitalize()}",
                "status: running",
                f"owner: {words.some(2).capitalize()}",
                f"summary: {words.sentence(12)}",
                f"tags: [{words.some(1)}, {words.some(1)}]",
                f"hypothesis: {words.some(3).replace(' ', '-')}",
                "method: pilot",
                "start: 2026-11-22",
                "end: 2026-12-13",
                f"sample_size: {number + 10}",
                "decision_rule:",
                "  ship_if: >-",
                f"    {words.sentence(14)}",
                "  stop_if: >-",
                f"    {words.sentence(10)}",
                "  otherwise: >-",
                f"    {words.sentence(10)}",
                "sources:",
                f"  - title: {words.some(4).capitalize()}",
                f"    url: https://example.org/{number}",
                "",
            ]
        )
        part = BODY_WORDS // 2
        body = (
            f"\n{words.sentence(part)}\n\n## {words.some(3).capitalize()}\n\n{words.sentence(10)}\n"
            f"\n## {words.some(3).capitalize()}\n\n{words.sentence(part - 10)}\n"
        )
        yield Synthetic(f"record-{number:05}", front_matter, body)
