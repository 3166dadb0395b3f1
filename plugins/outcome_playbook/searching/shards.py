"""The postings cut into files of about one size, by the order of their words."""

from collections.abc import Iterable, Iterator, Sequence
from math import log2
from typing import Final

from outcome_playbook.searching.files import as_json
from outcome_playbook.searching.postings import Postings
from outcome_playbook.searching.words import query_words

SHARD: Final = 10_000
"""About how many bytes a file of postings has, compressed; a word with more has its own."""

_WORD = 4.5  # bytes that a word itself takes, compressed
_WEIGHT = 0.75  # and the weight of one of its documents


def cut(postings: dict[str, Postings], documents: int) -> Iterator[list[str]]:
    """Yield the words of each file, in order."""
    shard: list[str] = []
    size = 0.0
    for word in sorted(postings):
        more = _size(len(postings[word].pairs) // 2, documents)
        if shard and size + more > SHARD:
            yield shard
            shard, size = [], 0.0
        shard.append(word)
        size += more
    if shard:
        yield shard


def _size(found: int, documents: int) -> float:
    """Return about how many bytes a word's documents take: rare ones are further apart."""
    return _WORD + found * (_WEIGHT + (log2(documents / found) + 2) / 8)


def documents_of(words: Sequence[str], postings: dict[str, Postings]) -> bytes:
    """Return a file of words with their documents."""
    return as_json({"terms": words, "docs": [list(postings[word].pairs) for word in words]})


def places_of(words: Sequence[str], postings: dict[str, Postings]) -> bytes:
    """Return the file beside it: the places of the same words, in the same order."""
    return as_json({"places": [list(postings[word].places) for word in words]})


def vocabulary(postings: dict[str, Postings], synonyms: Iterable[Iterable[str]] = ()) -> bytes:
    """Return the file of all words: of each, how much it shares with the one before, and its rest.

    It tells what a word with a typing error was meant to be, and how many documents have it: none
    have some of the ``synonyms``, groups of words that mean the same.
    """
    others = (query_words(member).words for group in synonyms for member in group)
    known = {*postings, *(words[0] for words in others if len(words) == 1)}
    words: list[int | str] = []
    found = []
    before = ""
    for word in sorted(known):
        shared = _shared(before, word)
        words += (shared, word[shared:])
        found.append(len(postings[word].pairs) // 2 if word in postings else 0)
        before = word
    return as_json({"words": words, "df": found})


def _shared(one: str, other: str) -> int:
    length = 0
    for a, b in zip(one, other, strict=False):
        if a != b:
            break
        length += 1
    return length
