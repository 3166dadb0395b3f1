"""The whole index, written from documents.

``search/current.json`` names the folder of the rest:

- ``start.bin``: what every search needs: the first word of each shard, lengths of ids and titles,
  orders, facets and words that mean the same;
- ``t0.bin`` …: words with their documents and weights; ``p0.bin`` …: the places of the same words;
- ``w.bin``: all words, for typing errors;
- ``c0.bin`` …: cards, sixteen to a file.

Each is JSON, compressed. The engine that reads them is ``assets/javascripts/search/``.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from outcome_playbook.searching import shards
from outcome_playbook.searching.columns import columns
from outcome_playbook.searching.documents import Card, Document, Facet
from outcome_playbook.searching.files import FORMAT, QUICK, SMALLEST, as_json, compressed, in_folder
from outcome_playbook.searching.postings import Collected

BLOCK: Final = 16
"""Cards in a file: a screen of results that are near each other takes one or two."""


def write_index(
    records: Iterable[Document],
    pages: Iterable[Document],
    facets: Sequence[Facet],
    orders: Mapping[str, Sequence[int]],
    synonyms: Sequence[Sequence[str]] = (),
) -> dict[str, bytes]:
    """Return the files of the index by name, relative to the site's root.

    ``records`` are numbered as they come, newest first, ``pages`` behind them. ``orders`` gives the
    rank of each record in each order, ``synonyms`` groups of words that mean the same.
    """
    collected = Collected()
    values: list[Mapping[str, Sequence[str]]] = []
    cards: list[Card] = []
    files: dict[str, bytes] = {}

    def add(document: Document) -> None:
        collected.add(document)
        cards.append(document.card)
        if len(cards) == BLOCK:
            write_cards()

    def write_cards() -> None:
        number = (collected.documents - 1) // BLOCK
        files[f"c{number}.bin"] = compressed(as_json({"cards": cards}))
        cards.clear()

    for record in records:
        values.append(record.values)
        add(record)
    for page in pages:
        add(page)
    if cards:
        write_cards()

    postings = collected.postings
    firsts = []
    for number, words in enumerate(shards.cut(postings, collected.documents)):
        firsts.append(words[0])
        files[f"t{number}.bin"] = compressed(shards.documents_of(words, postings))
        places = shards.places_of(words, postings)
        files[f"p{number}.bin"] = compressed(places, QUICK)  # only for phrases
    files["w.bin"] = compressed(shards.vocabulary(postings, synonyms))
    start = {
        "format": FORMAT,
        "records": len(values),
        "docs": collected.documents,
        "block": BLOCK,
        "shards": firsts,
        "sizes": collected.sizes,
        "order": orders,
        "facets": columns(facets, values),
        "synonyms": synonyms,
    }
    files["start.bin"] = compressed(as_json(start), SMALLEST)  # every search reads it
    return in_folder(files)
