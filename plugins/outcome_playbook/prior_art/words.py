"""Words by which two texts are alike, without knowing their language."""

import re
from collections.abc import Iterable, Iterator
from typing import Final
from unicodedata import normalize

KEY: Final = 6
"""Words that agree in so many letters count as the same: what differs are endings."""

_ENDING: Final = 2
_SHORTEST: Final = 4
_ASCII_WORD = re.compile("[a-z0-9]{3,}")
# Letters and digits; what joins to them in scripts whose vowels are signs of their own.
_WORD = re.compile(
    "[^\\W_](?:[^\\W_]|[\u0300-\u036f\u0591-\u05c7\u0610-\u065f\u0900-\u0963"
    "\u0966-\u0dff\u0e00-\u109f\u1780-\u17ff\u200c\u200d])*"
)
_UNSPACED = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]"
)
# Counting tells that these say nothing, but not in a playbook of five records.
_EMPTY = frozenset(
    """
    about after all also and another any are been before being both but can could did does each
    few for from get had has have her his how into its just less like made make makes many may
    more most much need needs not one only other others our out over per same she should some
    such than that the their them then there these they this those through too two under until
    very via want was well were what when where which while who whom why will with would yet you
    your
    """.split()  # noqa: SIM905 - readable as it stands
)


def words_of(text: str) -> list[str]:
    """Return the words of a text in small letters, without the shortest.

    A script that writes no spaces is read in pairs of letters.
    """
    text = text.casefold()
    if text.isascii():
        return _ASCII_WORD.findall(text)
    return [part for word in _WORD.findall(normalize("NFC", text)) for part in _parts(word)]


def _parts(word: str) -> Iterator[str]:
    if not word.isascii() and _UNSPACED.search(word):
        yield from (word[n : n + 2] for n in range(max(1, len(word) - 1)))
    elif len(word) >= _SHORTEST - 1:
        yield word


def tells_something(word: str) -> bool:
    """Whether a word can tell two texts apart."""
    return word not in _EMPTY and not word.isdigit()


def same_words(keys: Iterable[str], known: Iterable[str]) -> dict[str, str]:
    """Return which of the ``known`` words each of the keys means, where it means one.

    It is the word itself, or one that is a letter or two longer or shorter at the end.
    """
    meant: dict[str, str] = {}
    for word in sorted(known):
        meant[word] = word
        for cut in range(1, _ENDING + 1):
            if len(word) - cut >= _SHORTEST:
                meant.setdefault(word[:-cut], word)
    same: dict[str, str] = {}
    exact = set(known)
    for key in keys:
        shorter = (key[:-cut] for cut in range(1, _ENDING + 1) if len(key) - cut >= _SHORTEST)
        found = meant.get(key) or next((word for word in shorter if word in exact), None)
        if found is not None:
            same[key] = found
    return same
