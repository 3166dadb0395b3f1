"""Reads a search index as plainly as can be: what its files say, without what makes it quick."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from outcome_playbook.searching.words import query_words


@dataclass(frozen=True, slots=True)
class Hit:
    """A document that has a word: how much it weighs, and where it stands in the text."""

    weight: int
    in_title: bool
    in_id: bool
    places: tuple[int, ...]


@dataclass(frozen=True)
class Index:
    """An index by the names of its files, as they are below the site's root."""

    files: Mapping[str, bytes]
    current: dict[str, Any] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "current", json.loads(self.files["search/current.json"]))

    def read(self, name: str) -> Any:
        """Return what is in a file of the folder."""
        content = self.files[f"search/{self.current['folder']}/{name}.bin"]
        return json.loads(gzip.decompress(content))

    @cached_property
    def start(self) -> dict[str, Any]:
        """Return what every search reads first."""
        found: dict[str, Any] = self.read("start")
        return found

    @cached_property
    def cards(self) -> list[dict[str, Any]]:
        """Return the cards of all documents."""
        blocks = range(0, self.start["docs"], self.start["block"])
        return [card for n in range(len(blocks)) for card in self.read(f"c{n}")["cards"]]

    @cached_property
    def words(self) -> dict[str, dict[int, Hit]]:
        """Return the documents of each word."""
        return dict(self._words())

    def _words(self) -> Iterator[tuple[str, dict[int, Hit]]]:
        for n, first in enumerate(self.start["shards"]):
            shard, places = self.read(f"t{n}"), self.read(f"p{n}")["places"]
            assert shard["terms"][0] == first
            for word, pairs, at in zip(shard["terms"], shard["docs"], places, strict=True):
                yield word, dict(_hits(pairs, at))

    @cached_property
    def vocabulary(self) -> dict[str, int]:
        """Return all words, each with the number of its documents, as typing errors need them."""
        told = self.read("w")
        found, before = [], ""
        for shared, rest in zip(told["words"][::2], told["words"][1::2], strict=True):
            before = before[:shared] + rest
            found.append(before)
        return dict(zip(found, told["df"], strict=True))

    def documents(self, text: str) -> set[int]:
        """Return the numbers of the documents that have all words of a text."""
        found = [set(self.words.get(word, ())) for word in query_words(text).words]
        return set.intersection(*found) if found else set()

    def urls(self, text: str) -> set[str]:
        """Return the addresses of the documents that have all words of a text."""
        return {self.cards[number]["url"] for number in self.documents(text)}

    def phrase(self, text: str) -> set[str]:
        """Return the addresses of the documents that have the words of a text in a row."""
        asked = query_words(text)
        wanted = list(zip(asked.words, asked.places, strict=True))
        return {
            self.cards[number]["url"]
            for number in self.documents(text)
            if any(
                all(start + place in self.words[word][number].places for word, place in wanted)
                for start in self.words[wanted[0][0]][number].places
            )
        }

    def facet(self, name: str) -> list[tuple[str, ...]]:
        """Return the values of each record in a facet."""
        (found,) = [facet for facet in self.start["facets"] if facet["name"] == name]
        values = found["values"]
        assert values == sorted(values)
        return [
            tuple(values[n] for n in (of if isinstance(of, list) else [of]) if n >= 0)
            for of in found["of"]
        ]


def _hits(pairs: list[int], places: list[int]) -> Iterator[tuple[int, Hit]]:
    number, at = -1, 0
    for more, weight in zip(pairs[::2], pairs[1::2], strict=True):
        number += more
        count, here = places[at], []
        before = 0
        for step in places[at + 1 : at + 1 + count]:
            before += step
            here.append(before)
        at += 1 + count
        yield number, Hit(weight >> 2, bool(weight & 2), bool(weight & 1), tuple(here))
    assert at == len(places)


def index_in(site: Path) -> Index:
    """Return the index of a built site."""
    paths = (path for path in (site / "search").rglob("*") if path.is_file())
    return Index({path.relative_to(site).as_posix(): path.read_bytes() for path in paths})
