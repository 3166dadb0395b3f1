"""The search index: its files, its weights, and the text of pages."""

import gzip
import json
import time
import zlib

import pytest

from outcome_playbook.searching.columns import column, ranks
from outcome_playbook.searching.documents import Document, Facet
from outcome_playbook.searching.files import QUICK, SMALLEST, USUAL, as_json, compressed, in_folder
from outcome_playbook.searching.index import BLOCK, write_index
from outcome_playbook.searching.markup import Section, plain, sections
from outcome_playbook.searching.postings import GAP
from outcome_playbook.searching.shards import SHARD
from outcome_playbook.searching.weighing import FIELDS, MOST, impact
from tests.indexed import Index


def index(*records: Document, pages: tuple[Document, ...] = ()) -> Index:
    facets = [Facet("kind", {"outcome": "Outcomes"}), Facet("tag")]
    newest = {"newest": list(range(len(records)))}
    return Index(write_index(records, pages, facets, newest))


def document(title: str = "", **more: object) -> Document:
    return Document(title=title, card={"title": title, "url": title}, **more)  # type: ignore[arg-type]


# Files -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", [QUICK, USUAL, SMALLEST])
def test_a_file_is_what_every_gzip_unpacks(level: int) -> None:
    content = as_json({"text": "Straße 東京 🎉" * 1000})
    packed = compressed(content, level)

    assert gzip.decompress(packed) == content
    assert zlib.decompress(packed, wbits=31) == content
    assert packed[:2] == b"\x1f\x8b"
    assert packed[4:8] == bytes(4)  # no time


def test_the_folder_is_named_after_all_that_is_in_it() -> None:
    def folder(files: dict[str, bytes]) -> str:
        name: str = json.loads(in_folder(files)["search/current.json"])["folder"]
        return name

    one = folder({"a.bin": b"1", "b.bin": b"2"})
    assert one == folder({"b.bin": b"2", "a.bin": b"1"})
    assert len(one) == 16
    assert len({one, folder({"a.bin": b"12"}), folder({"a.bin": b"1"}), folder({})}) == 4


def test_an_empty_index_can_be_read() -> None:
    empty = index()

    assert (empty.start["records"], empty.start["docs"], empty.start["shards"]) == (0, 0, [])
    assert (empty.words, empty.cards, empty.vocabulary) == ({}, [], {})


def test_cards_come_in_blocks_in_the_order_of_the_documents() -> None:
    records = [document(f"Record {n}") for n in range(BLOCK + 1)]
    found = index(*records, pages=(document("A page"),))

    assert [card["title"] for card in found.cards] == [*(r.title for r in records), "A page"]
    assert len(found.read("c0")["cards"]) == BLOCK
    assert (found.start["records"], found.start["docs"]) == (BLOCK + 1, BLOCK + 2)


def test_shards_are_of_about_one_size() -> None:
    records = [
        document(f"Record {n}", body=[" ".join(f"word{n * w * w % 7919}" for w in range(200))])
        for n in range(400)
    ]
    found = index(*records)
    sizes = [len(file) for name, file in found.files.items() if "/t" in name]

    assert len(sizes) > 3
    assert all(SHARD / 2 < size < SHARD * 1.5 for size in sorted(sizes)[1:])
    assert found.start["shards"] == sorted(found.start["shards"])
    assert sorted(found.words) == list(found.words) == list(found.vocabulary)


def test_words_that_mean_the_same_are_known_though_no_document_has_them() -> None:
    groups = [["Zebra", "Séagull"], ["horse", "beast of burden"]]
    found = Index(write_index([document("A zebra")], [], [], {}, groups))

    assert found.start["synonyms"] == groups
    assert found.vocabulary == {"a": 1, "horse": 0, "seagull": 0, "zebra": 1}
    assert list(found.words) == ["a", "zebra"]


# Weights -----------------------------------------------------------------------------------------


def test_weights_go_from_one_to_the_most() -> None:
    assert impact(0) == 1
    assert impact(1e9) == MOST
    totals = [0.1 * n for n in range(1000)]
    assert [impact(total) for total in totals] == sorted(impact(total) for total in totals)


def test_a_word_weighs_by_its_field() -> None:
    padding = "some other words"
    fields = [
        document(padding, id="zebra"),
        document("zebra other words"),
        document(padding, names=["zebra"]),
        document(padding, lead=["zebra"]),
        document(padding, body=["zebra"]),
    ]
    weights = [hit.weight for _, hit in sorted(index(*fields).words["zebra"].items())]

    assert list(FIELDS) == ["id", "title", "names", "lead", "body"]
    assert weights == sorted(weights, reverse=True)
    assert weights[-2] > weights[-1]


def test_more_often_weighs_more_and_a_long_text_less() -> None:
    often, once, lost = (
        document(body=[text])
        for text in ("zebra zebra zebra a b c", "zebra a b c d e", "zebra " + "other " * 500)
    )
    found = index(often, once, lost).words["zebra"]

    assert found[0].weight > found[1].weight > found[2].weight


def test_the_weights_of_a_record_do_not_depend_on_the_others() -> None:
    one = document("Zebras cross", lead=["A zebra"], body=["stripes"])
    alone, among = index(one), index(one, *(document(f"Zebras {n}") for n in range(50)))

    assert {w: hits[0] for w, hits in alone.words.items()} == {
        w: hits[0] for w, hits in among.words.items() if 0 in hits
    }


def test_a_word_knows_where_it_stands() -> None:
    one = document("Red zebra", id="red-horse", lead=["A zebra", "grazes"], body=["東京都"])
    words = index(one).words

    assert (words["red"][0].in_id, words["red"][0].in_title) == (True, True)
    assert (words["horse"][0].in_id, words["horse"][0].in_title) == (True, False)
    assert words["horse"][0].places == ()
    assert words["zebra"][0].places == (1, 2 + GAP + 1)
    assert words["京都"][0].places == (words["東京"][0].places[0] + 1,)


def test_a_phrase_does_not_reach_into_another_text() -> None:
    found = index(
        document("one", lead=["fewer questions"]), document("two", lead=["fewer", "questions"])
    )

    assert found.phrase("Fewer questions") == {"one"}
    assert found.urls("fewer questions") == {"one", "two"}


# Columns -----------------------------------------------------------------------------------------


def test_a_column_has_its_title_and_sorted_values_with_their_labels() -> None:
    facet = Facet("kind", {"outcome": "Outcomes"}, "Art")

    assert column(facet, [["outcome"], [], ["metric", "outcome", "metric"]]) == {
        "name": "kind",
        "title": "Art",
        "values": ["metric", "outcome"],
        "labels": [None, "Outcomes"],
        "of": [1, -1, [0, 1]],
    }


def test_ranks_turn_an_order_round() -> None:
    assert ranks([2, 0, 1]) == [1, 2, 0]


# Text of pages -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("", ""),
        ("plain &amp; simple\n  text", "plain & simple text"),
        ("<p>in<em>com</em>plete</p><p>Next</p>", "incomplete Next"),
        ("<li>one</li><li>two</li>", "one two"),
        ("a<br>b", "a b"),
        ("<script>if (a<b) alert(1)</script>kept<style>p{}</style>", "kept"),
        ("<SCRIPT\n>x</SCRIPT>kept", "kept"),
        ("<!-- <b>not</b> shown -->shown", "shown"),
        ('Title<a class="headerlink" href="#t" title="Link">¶</a>', "Title"),
        ("1 < 2 and 3 > 2", "1 < 2 and 3 > 2"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>alert(1)</script>"),
        ("<svg><path d='M0'/><title>icon</title></svg>text", "text"),
        ("<p", "<p"),
        ("shown<script>hidden", "shown"),
        ("<script>'<script>'</script>shown", "shown"),
        ("a<div data-search-exclude>b<div>c</div>d</div>e", "a e"),
        ("a<img data-search-exclude>b", "a b"),
        ("shown<!-- hidden", "shown"),
    ],
)
def test_the_text_of_html(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.parametrize("part", ["<script", "<!--", "<h2 id=", "<a ", "<h1>", "<", "</"])
def test_text_takes_time_by_its_length(part: str) -> None:
    html = part * 100_000
    started = time.perf_counter()

    assert isinstance(plain(html), str)
    assert len(list(sections(html))) <= 100_001
    assert time.perf_counter() - started < 5  # a minute and more if each part read all the rest


def test_a_page_falls_into_the_parts_that_can_be_linked_to() -> None:
    html = (
        '<h1 id="t">Title</h1><p>First.</p><h2>No anchor</h2>Second.'
        '<h2 id="a-b">A &amp; <code>b</code></h2><p>Third.</p><h3 id="deep">Deep</h3>Fourth'
    )

    assert [section[:3] for section in sections(f"Before. {html}")] == [
        ("", "Title", "Before. First. No anchor Second."),
        ("a-b", "A & b", "Third."),
        ("deep", "Deep", "Fourth"),
    ]
    assert list(sections(html)) == [
        Section("", "Title", *["First. No anchor Second."] * 2),
        Section("a-b", "A & b", *["Third."] * 2),
        Section("deep", "Deep", *["Fourth"] * 2),
    ]


@pytest.mark.parametrize(
    ("html", "prose"),
    [
        ("Write<pre><code>from: <span>x</span></code></pre>so", "Write so"),
        ("<table><caption>c</caption><thead><tr><th>h</th></tr></thead><tr><td>d</table>", "d"),
        ("a</pre>b<pre>c</thead>d</pre>e", "a b e"),
        ("a <code>b</code> c<pre>d", "a b c"),
    ],
)
def test_the_prose_of_a_part_is_without_code_and_without_the_heads_of_tables(
    html: str, prose: str
) -> None:
    (section,) = sections(html)

    assert section.prose == prose
    assert section.text == plain(html)


def test_a_part_can_ask_not_to_be_found() -> None:
    html = 'Start<h2 id="a" data-search-exclude="">A</h2>hidden<h2 id="b">B</h2>shown'

    assert [section[:3] for section in sections(html)] == [("", "", "Start"), ("b", "B", "shown")]
