"""The search index: read back, it says what a plain count of the texts says."""

from collections import defaultdict
from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from outcome_playbook.searching.documents import Document, Facet
from outcome_playbook.searching.index import write_index
from outcome_playbook.searching.postings import GAP
from outcome_playbook.searching.words import Words, index_words
from tests.indexed import Index

TEXTS = st.lists(
    st.sampled_from(["a", "zebra", "it's", "Straße", "東京都", "สวัสดี", "🎉", "2026-11", "عربي"])
    | st.text(max_size=4),
    max_size=8,
).map(" ".join)
SOME = st.lists(TEXTS, max_size=3)
VALUES = st.dictionaries(
    st.sampled_from(["tag", "owner"]),
    st.lists(st.sampled_from(["x", "Y", "ä"]), min_size=1, max_size=3, unique=True),
)
DOCUMENTS = st.lists(
    st.builds(
        Document,
        title=TEXTS,
        card=st.fixed_dictionaries({"title": TEXTS, "url": st.just("")}),
        id=st.sampled_from(["", "fewer-questions", "zebra"]),
        names=SOME,
        lead=SOME,
        body=SOME,
        values=VALUES,
    ),
    max_size=6,
)


def index(records: Sequence[Document], pages: Sequence[Document] = ()) -> Index:
    orders = {"title": list(range(len(records)))}
    return Index(write_index(records, pages, [Facet("tag"), Facet("owner")], orders))


def pairs(found: Words) -> list[tuple[str, int]]:
    return list(zip(found.words, found.places, strict=True))


@settings(max_examples=60)
@given(DOCUMENTS)
def test_the_index_says_what_a_plain_count_says(documents: list[Document]) -> None:
    counted: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    in_title, in_id = set(), set()
    for number, one in enumerate(documents):
        start = 0
        for text in (one.title, *one.lead, *one.body, *one.names):
            found = index_words(text)
            for word, place in pairs(found):
                counted[word][number].append(start + place)
            start += found.end + GAP
        in_title |= {(word, number) for word in index_words(one.title).words}
        in_id |= {(word, number) for word in index_words(one.id).words}
    for word, number in in_id:
        counted[word][number] += []
    read = index(documents)

    assert {word: set(hits) for word, hits in read.words.items()} == {
        word: set(hits) for word, hits in counted.items()
    }
    assert read.vocabulary == {word: len(hits) for word, hits in sorted(counted.items())}
    for number, one in enumerate(documents):  # every word of a title leads to it
        assert all(number in read.words[word] for word in index_words(one.title).words)
    for word, hits in read.words.items():
        for number, hit in hits.items():
            assert list(hit.places) == counted[word][number]
            assert hit.in_title is ((word, number) in in_title)
            assert hit.in_id is ((word, number) in in_id)
            assert 1 <= hit.weight <= 63
    assert read.start["sizes"]["title"] == [index_words(one.title).end for one in documents]
    assert read.start["sizes"]["id"] == [index_words(one.id).end for one in documents]


@settings(max_examples=50)
@given(DOCUMENTS, DOCUMENTS)
def test_columns_and_cards_are_those_of_the_documents(
    records: list[Document], pages: list[Document]
) -> None:
    read = index(records, pages)

    for name in ("tag", "owner"):
        assert [set(of) for of in read.facet(name)] == [
            set(one.values.get(name, ())) for one in records
        ]
    assert read.cards == [one.card for one in [*records, *pages]]
    assert (read.start["records"], read.start["docs"]) == (len(records), len(read.cards))
