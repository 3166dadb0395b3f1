"""The words of a text, as the index has them and as a search asks for them.

``assets/javascripts/search/words.js`` does the same in the browser: a word that the two read in
two ways is never found. ``tests/cases/words.json`` holds both to it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import Final, NamedTuple

LONGEST: Final = 40
"""Characters of a word that count; what follows tells no two of them apart."""

# Signs that some write and others leave out: accents, vowel points, stretched Arabic, invisible
# characters, and apostrophes (of Hebrew too).
_LEFT_OUT = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed"
    "\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "'\u2018\u2019\u02bb\u02bc\u05f3\u05f4]"
)
# Letters that no normal form takes apart, as they are typed without them.
_AS_TYPED: Final = {
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "đ": "d",
    "ð": "d",
    "þ": "th",
    "ł": "l",
    "ħ": "h",
    "\u0131": "i",  # without a dot
    "ς": "\u03c3",  # sigma at a word's end
}
# Scripts that write no spaces between words, and Korean, which joins words freely.
_UNSPACED = re.compile(
    "([\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u312f\u3131-\u318e"
    "\u31a0-\u31bf\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff]+)"
)
# The "e-" of e-mail belongs to the word, which others write as one.
# What must not stand before it is looked at last: text is full of words, and poor in hyphens.
_APART = re.compile("([eE])[-\u2010\u2011](?<![^\\W_]..)(?<![\u0300-\u036f]..)(?=[^\\W\\d_])")
_ASCII_TABLE: Final = bytes(
    ord(chr(n).lower()) if chr(n).isascii() and chr(n).isalnum() else ord(" ") for n in range(256)
)


class Words(NamedTuple):
    """Words in the order in which they stand, the place of each, and the place after the last.

    Several words may share a place: a character of a script without spaces, and the pair that
    begins with it.
    """

    words: list[str]
    places: Sequence[int]
    end: int


def index_words(text: str) -> Words:
    """Return the words under which a text is found.

    A script without spaces is indexed by its characters and by pairs of them.
    """
    return _read(text, _characters_and_pairs)


def query_words(text: str) -> Words:
    """Return the words that a search for a text asks for: of a script without spaces, the pairs."""
    return _read(text, _pairs)


def _read(text: str, parts: Callable[[str], Iterator[tuple[str, int]]]) -> Words:
    joined = _APART.sub(r"\1", text)
    return _ascii(joined) if joined.isascii() else _words(joined, parts)


def _ascii(text: str) -> Words:
    """Return the words of most texts, quickly."""
    words = [
        word[:LONGEST] for word in text.encode().translate(_ASCII_TABLE, b"'").decode().split()
    ]
    return Words(words, range(len(words)), len(words))


def _words(text: str, parts: Callable[[str], Iterator[tuple[str, int]]]) -> Words:
    words: list[str] = []
    places: list[int] = []
    place = 0
    for run in _runs(text):
        if _UNSPACED.match(run):
            for part, offset in parts(run):
                words.append(part)
                places.append(place + offset)
            place += len(run)
        else:
            words.append(run[:LONGEST])
            places.append(place)
            place += 1
    return Words(words, places, place)


def _runs(text: str) -> Iterator[str]:
    """Yield the words of a text, and the stretches of it that are written without spaces."""
    small = unicodedata.normalize("NFKD", text).lower().translate(_LETTERS)
    # Put together again: what is left are signs that make another letter, and Korean syllables.
    for word in unicodedata.normalize("NFC", small).split():
        if word.isascii():
            yield word
        else:
            yield from filter(None, _UNSPACED.split(word))


def _characters_and_pairs(run: str) -> Iterator[tuple[str, int]]:
    for n, character in enumerate(run):
        yield character, n
        if n + 1 < len(run):
            yield run[n : n + 2], n


def _pairs(run: str) -> Iterator[tuple[str, int]]:
    if len(run) == 1:
        yield run, 0
    for n in range(len(run) - 1):
        yield run[n : n + 2], n


class _Letters(dict[int, str]):
    """What becomes of each character: itself, what it is typed as, a space, or nothing.

    Filled with the characters that turn up: most of Unicode never does.
    """

    def __missing__(self, code: int) -> str:
        character = chr(code)
        if _LEFT_OUT.match(character):
            found = ""
        elif unicodedata.category(character)[0] in "LNM":
            found = _AS_TYPED.get(character, character)
        else:
            found = " "
        self[code] = found
        return found


_LETTERS: Final = _Letters()
