"""Questions about a generated playbook, drawn from its records by one seed.

A question is one that a record answers best: where its words are from the title, no other title
of the playbook has all of them; where they are from the text, no other record has all of them
anywhere. So whoever asks it can only mean that one.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import yaml

from benchmarks.generated import write_playbook
from benchmarks.relevance.prose import (
    COMMON,
    NOUNS,
    Prose,
    in_other_number,
    misspelt,
    without_accents,
)
from benchmarks.relevance.questions import Question

EACH: Final = 24
"""Questions of each sort."""

_LONG: Final = 5
"""Letters from which on a word may hold a typing error."""

_TRIES: Final = 3000
_WORD: Final = re.compile(r"\w+")


def write_relevant_playbook(root: Path, count: int) -> None:
    """Write a playbook with words of two languages, the same again each time."""
    write_playbook(root, count, words=Prose(7))


@dataclass(frozen=True)
class _Read:
    id: str
    title: list[str]
    owner: str
    text: str
    words: list[str]


def _folded(text: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", without_accents(text).casefold())
    return _WORD.findall("".join(c for c in plain if not unicodedata.combining(c)))


def _read(path: Path) -> _Read:
    _, front_matter, body = path.read_text(encoding="utf-8").split("---\n", 2)
    # The C loader, where there is one: ten thousand records are to be read.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    fields = yaml.load(front_matter, Loader=loader)  # noqa: S506 - both are safe ones
    title = str(fields["title"])
    whole = f"{front_matter} {body}"
    return _Read(path.stem, _WORD.findall(title), str(fields["owner"]), whole, _WORD.findall(body))


class Asker:
    """Draws questions about the records of a generated playbook."""

    def __init__(self, root: Path) -> None:
        paths = sorted([*root.glob("content/*/*.md"), *root.glob("hypotheses/*.md")])
        self._draw = random.Random(20261123)  # noqa: S311 - a seed, so that they are the same again
        self._records = [_read(path) for path in paths]
        self._in_title: dict[str, set[str]] = defaultdict(set)
        self._in_text: dict[str, set[str]] = defaultdict(set)
        for record in self._records:
            for word in _folded(" ".join(record.title)):
                self._in_title[word].add(record.id)
            for word in _folded(record.text):
                self._in_text[word].add(record.id)

    def questions(self) -> list[Question]:
        """Return the questions of all sorts."""
        sorts: dict[str, Callable[[_Read], str | None]] = {
            "id": lambda record: record.id,
            "title": lambda record: self._title(record, 3),
            "beginning of a word": self._beginning,
            "misspelt": self._misspelt,
            "owner and a word": self._owned,
            "phrase": self._phrase,
            "plural": self._plural,
            "without accents": self._without_accents,
            "words from the text": self._from_text,
        }
        return [
            Question(typed, (id_,), sort)
            for sort, ask in sorts.items()
            for typed, id_ in self._drawn(ask)
        ]

    def _drawn(self, ask: Callable[[_Read], str | None]) -> list[tuple[str, str]]:
        drawn: dict[str, str] = {}
        for _ in range(_TRIES):
            record = self._draw.choice(self._records)
            typed = ask(record)
            if typed and typed not in drawn:
                drawn[typed] = record.id
            if len(drawn) == EACH:
                break
        return list(drawn.items())

    def _is_only(self, record: _Read, words: list[str], where: dict[str, set[str]]) -> bool:
        folded = _folded(" ".join(words))
        return set.intersection(*(where[word] for word in folded)) == {record.id}

    def _title_words(self, record: _Read, count: int) -> list[str] | None:
        telling = [word for word in record.title if word.casefold() not in COMMON]
        if len(telling) < count:
            return None
        chosen = self._draw.sample(telling, count)
        return chosen if self._is_only(record, chosen, self._in_title) else None

    def _title(self, record: _Read, count: int) -> str | None:
        words = self._title_words(record, count)
        return " ".join(words).lower() if words else None

    def _beginning(self, record: _Read) -> str | None:
        words = self._title_words(record, 3)
        if not words or len(words[-1]) <= _LONG:
            return None
        return " ".join([*words[:-1], words[-1][:_LONG]]).lower()

    def _misspelt(self, record: _Read) -> str | None:
        words = self._title_words(record, 3)
        if not words or len(words[0]) < _LONG:
            return None
        wrong = misspelt(words[0].lower(), self._draw)
        # A slip that makes another word of the playbook is no typing error that anyone could see.
        if wrong == words[0].lower() or self._in_text.get(wrong) or self._in_title.get(wrong):
            return None
        return " ".join([wrong, *words[1:]]).lower()

    def _owned(self, record: _Read) -> str | None:
        words = self._title_words(record, 2)
        return f"{record.owner} {' '.join(words)}".lower() if words else None

    def _phrase(self, record: _Read) -> str | None:
        start = self._draw.randrange(len(record.words) - 4)
        words = record.words[start : start + 4]
        phrase = " ".join(words)
        if phrase not in record.text or not self._is_only(record, words, self._in_text):
            return None
        return f'"{phrase.lower()}"'

    def _plural(self, record: _Read) -> str | None:
        words = self._title_words(record, 3)
        if not words or words[0].lower() not in NOUNS:
            return None
        return " ".join([in_other_number(words[0].lower()), *words[1:]]).lower()

    def _without_accents(self, record: _Read) -> str | None:
        words = self._title_words(record, 2)
        typed = without_accents(" ".join(words or [])).lower()
        return typed if words and typed != " ".join(words).lower() else None

    def _from_text(self, record: _Read) -> str | None:
        telling = [word for word in record.words if word.casefold() not in COMMON]
        words = self._draw.sample(telling, 4)
        return " ".join(words).lower() if self._is_only(record, words, self._in_text) else None
