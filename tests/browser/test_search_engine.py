"""The engine that finds records, in a browser, over indexes that the plugin's writer wrote."""

import gzip
import json
import random
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import yaml
from playwright.sync_api import Browser, Page
from rapidfuzz.distance import OSA

from outcome_playbook.facets import FACETS
from tests.browser.searchable import ENGINE, index, publish, site, values, write
from tests.browser.serving import Quiet, served

Json = dict[str, Any]
CASES = Path(__file__).parents[1] / "cases"
TABLE: Json = yaml.safe_load((CASES / "search.yaml").read_text(encoding="utf-8"))

# Keeps each engine under a name, and returns failures as what they say of themselves.
SETUP = """
async () => {
  const engine = await import("/ENGINE")
  const words = await import("/assets/search/words.js")
  const repairing = await import("/assets/search/repairing.js")
  const open = {}
  const failing = error => ({failed: error.reason ?? error.name})
  const plain = (result, cards) => ({
    ...result, docs: [...result.docs], ids: cards.map(card => card.id),
    near: cards.filter((_, n) => result.near.has(result.docs[n])).map(card => card.id),
  })
  window.play = {
    ...engine, ...words, ...repairing, open,
    openAs: (name, options) =>
      engine.openIndex(location.href, options).then(
        found => { open[name] = found; return found.records }, failing),
    find: async (name, typed, options) => {
      try {
        const result = await open[name].search(typed, options)
        return plain(result, await open[name].cards(result.docs))
      } catch (error) { return failing(error) }
    },
  }
}
""".replace("ENGINE", ENGINE)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder that is served, with the index of the table."""
    return site(tmp_path_factory.mktemp("searched") / "site")


class Forgetful(Quiet):
    """Has nothing kept: these tests damage files that a browser would not ask for again."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-store")
        super().end_headers()


@pytest.fixture(scope="module")
def window(browser: Browser, folder: Path) -> Iterator[Page]:
    """Return the one page of these tests, which has loaded the engine."""
    with served(folder, Forgetful) as address, browser.new_context() as context:
        page = context.new_page()
        page.goto(address)
        page.evaluate(SETUP)
        yield page


@pytest.fixture
def page(window: Page, folder: Path) -> Page:
    """Return the page, with the index of the table published and opened as ``it``."""
    publish(folder, TABLES)
    assert window.evaluate("play.openAs('it')") == len(TABLE["records"])
    return window


TABLES = index(TABLE["records"], TABLE["pages"], TABLE["synonyms"])


def find(page: Page, typed: str, name: str = "it", **options: Any) -> Json:
    found: Json = page.evaluate("([n, t, o]) => play.find(n, t, o)", [name, typed, options])
    return found


def test_words_are_read_as_the_index_has_them(page: Page) -> None:
    table = json.loads((CASES / "words.json").read_text(encoding="utf-8"))
    read = """texts => texts.map(text => {
      const [index, query] = [play.indexWords(text), play.queryWords(text)]
      return {index: index.words, query: query.words,
              index_places: index.places, query_places: query.places}
    })"""

    found = page.evaluate(read, [case["text"] for case in table])

    for case, read_as in zip(table, found, strict=True):
        for of in ("index", "query"):
            case.setdefault(f"{of}_places", list(range(len(case[of]))))
        assert {"text": case["text"], **read_as} == case


def test_what_is_found(page: Page) -> None:
    asked = [[case["typed"], {"pages": case.get("pages", False)}] for case in TABLE["searches"]]
    results = page.evaluate(
        "async asked => { const all = []; for (const [typed, options] of asked)"
        " all.push(await play.find('it', typed, options)); return all }",
        asked,
    )
    wrong = {}
    for case, result in zip(TABLE["searches"], results, strict=True):
        told = result.get("ids", result)
        near = result.get("near", [])
        complete = [one for one in told if one not in near]
        first = case.get("first", [])
        meant = {one["typed"]: one["meant"] for one in result.get("repaired", [])}
        holds = (
            told[: len(first)] == first
            and sorted(case.get("all", complete)) == sorted(complete)
            and sorted(case.get("near", near)) == sorted(near)
            and not set(told) & set(case.get("never", []))
            and result["total"] == case.get("total", result["total"])
            and meant == case.get("repaired", {})
            and result["selection"] == case.get("selection", result["selection"])
            and result["isEmpty"] == case.get("isEmpty", False)
            and result["total"] == len(told)
        )
        if not holds:
            wrong[case["name"]] = {k: v for k, v in result.items() if k not in ("docs", "counts")}
    assert wrong == {}


def test_what_comes_near_follows_what_has_all_words_in_every_order(page: Page) -> None:
    for sort in ("newest", "due", "title"):
        found = find(page, "trial weeks tour", sort=sort)
        assert found["ids"][0] == "onboarding-tour", sort
        assert found["near"] == found["ids"][1:] == ["guest-checkout"], sort


def test_words_that_mean_the_same_are_marked(page: Page) -> None:
    for typed, others in (("twentyone", ["three", "weeks"]), ("tourists", ["guest", "guests"])):
        assert set(others) <= set(find(page, typed)["words"]), typed


def test_the_same_records_are_found_with_pages_and_without(page: Page) -> None:
    # Pages alone have the word "spelling", and pages alone have both of "trial" and "time".
    for typed in ("trial time", "trial times box", '"ends a trial"', "spelling checkout"):
        alone, beside = find(page, typed), find(page, typed, pages=True)
        records = [doc for doc in beside["docs"] if doc < len(TABLE["records"])]
        assert sorted(alone["docs"]) == sorted(records), typed
        assert alone["records"] == beside["records"], typed


def test_nothing_comes_near_where_many_have_all_words(page: Page, folder: Path) -> None:
    def titles(both: int) -> list[Json]:
        many = [f"Letters about harvests {n}" for n in range(both)]
        return [
            {"id": f"r{n}", "title": title, "kind": "metric", "status": "active"}
            for n, title in enumerate([*many, "Letters", "Harvests"])
        ]

    for both, near in ((9, ["r10", "r9"]), (10, [])):
        publish(folder, index(titles(both), []))
        page.evaluate("play.openAs('few')")
        assert sorted(find(page, "letters harvests", "few")["near"]) == near, both


def test_the_same_search_finds_the_same_whatever_was_searched_before(page: Page) -> None:
    asked = [case["typed"] for case in TABLE["searches"]]
    letters = ["".join(pair) for pair in product("abcdeghiklmnoprstw", "aeiou")]
    script = """async ({asked, letters}) => {
      const told = async (engine, typed) => {
        const {docs, counts, words} = await engine.search(typed)
        return JSON.stringify([[...docs], counts, words])
      }
      for (const typed of [...letters, ...asked]) await play.open.it.search(typed)
      const changed = []
      for (const typed of [...asked.filter((_, n) => n % 3 === 0), ...letters.slice(0, 10)]) {
        await play.openAs("fresh")
        const [cold, warm] = [await told(play.open.fresh, typed), await told(play.open.it, typed)]
        if (cold !== warm) changed.push(typed)
      }
      return changed
    }"""

    assert page.evaluate(script, {"asked": asked, "letters": letters}) == []


def test_facets_count_what_counting_by_hand_counts(window: Page, folder: Path) -> None:
    drawn = random.Random(5)  # noqa: S311 - no secret
    records = [
        {
            "id": f"r{n}",
            "title": f"Record {n}",
            "kind": drawn.choice(["hypothesis", "experiment", "metric"]),
            "status": drawn.choice(["planned", "running", "concluded"]),
            **({"owner": drawn.choice(["A", "B", "C"])} if drawn.random() < 0.8 else {}),
            "tags": drawn.sample(["u", "v", "w", "x", "y", "z"], drawn.randrange(4)),
            "body": drawn.choice(["red", "green", "red and green"]),
        }
        for n in range(120)
    ]
    has = [values(record) for record in records]
    options = {name: sorted({v for of in has for v in of.get(name, [])}) for name in FACETS}
    selections = [
        {
            name: drawn.sample(of, min(len(of), drawn.randint(1, 3)))
            for name, of in options.items()
            if of and drawn.random() < 0.5
        }
        for _ in range(1_000)
    ]
    typed = [drawn.choice(["", "red", "green"]) for _ in selections]
    publish(folder, index(records))

    found = window.evaluate(
        """async ([typed, selections]) => {
          await play.openAs("many")
          const all = []
          for (const [n, selection] of selections.entries()) {
            const options = {selection, sort: "newest"}
            const {docs, counts} = await play.open.many.search(typed[n], options)
            all.push([[...docs], counts])
          }
          return all
        }""",
        [typed, selections],
    )

    for text, selection, (docs, counts) in zip(typed, selections, found, strict=True):
        among = [n for n, record in enumerate(records) if text in record["body"]]

        def left(but: str = "", among: list[int] = among, selection: Json = selection) -> list[int]:
            return [
                n
                for n in among
                if all(
                    set(chosen) & set(has[n].get(name, []))
                    for name, chosen in selection.items()
                    if name != but
                )
            ]

        assert docs == left()
        for name, of in options.items():
            counted = Counter(value for n in left(name) for value in has[n].get(name, []))
            assert counts[name] == [counted[value] for value in of]


def test_orders(page: Page) -> None:
    titles = [record["title"] for record in TABLE["records"]]
    count = len(titles)

    assert find(page, "")["docs"] == list(range(count))
    assert find(page, "", sort="due")["docs"] == list(reversed(range(count)))
    by_title = find(page, "", sort="title")["docs"]
    assert [titles[n] for n in by_title] == sorted(titles)
    found = find(page, "checkout", sort="title", pages=True)
    assert found["docs"][: found["records"]] == [n for n in by_title if n in found["docs"]]
    assert found["docs"][found["records"] :] == [count]  # pages are in no order


def test_values_that_no_record_has_are_found_nowhere(page: Page) -> None:
    assert find(page, "", selection={"owner": ["Nobody"]})["total"] == 0
    assert find(page, "", selection={"owner": ["Nobody", "Team B"]})["total"] == 3
    assert find(page, "", selection={"colour": ["red"]})["isEmpty"] is True


HOSTILE = """async () => {
  const half = String.fromCharCode(0xd83d)
  const asked = [
    "x".repeat(10_000), "word ".repeat(2_000), '"'.repeat(10_000), "a:".repeat(5_000),
    '"'.repeat(3), "((((", ")*+-?[]{}|\\\\^$", "status:", ":", "::", ':"', 'owner:"',
    "-", "AND OR NOT", "<img src=x onerror=window.ran=1>", "<script>window.ran=1</script>",
    half, half + "a" + half, "a" + half + " b", "\\u0000\\u0001", "\\u202e", "\\u0301".repeat(500),
    "constructor", "__proto__", "status:__proto__", "__proto__:a", "hasOwnProperty:toString",
    "搜".repeat(10_000), "\\ufdfa".repeat(200), "e\\u0301".repeat(5_000),
    42, null, undefined, ["a"],
  ]
  const wrong = []
  for (const typed of asked) {
    const before = performance.now()
    const got = await play.find("it", typed, {pages: true})
    const took = performance.now() - before
    if (got.failed || took > 3_000) wrong.push([String(typed).slice(0, 20), got.failed, took])
    const text = String(typed)
    const pieces = play.marked(text, got.words ?? [])
    if (pieces.map(piece => piece.text).join("") !== text) wrong.push(["marked", text.slice(0, 20)])
  }
  return [wrong, window.ran ?? null]
}"""


def test_no_query_fails_or_takes_long(page: Page) -> None:
    assert page.evaluate(HOSTILE) == [[], None]


def test_what_is_found_is_marked(page: Page) -> None:
    for case in TABLE["marks"]:
        pieces = page.evaluate("([t, w]) => play.marked(t, w)", [case["text"], case["words"]])
        shown = "".join(f"[{one['text']}]" if one["hit"] else one["text"] for one in pieces)
        assert shown == case["marked"]


def test_one_typing_error_is_what_others_count_as_one(page: Page) -> None:
    drawn = random.Random(7)  # noqa: S311 - no secret
    pairs = [
        ["".join(drawn.choices("abc", k=drawn.randrange(2, 7))) for _ in range(2)]
        for _ in range(3_000)
    ]

    found = page.evaluate("pairs => pairs.map(([one, other]) => play.off(one, other))", pairs)

    assert found == [OSA.distance(*pair) == 1 for pair in pairs]


def test_a_search_can_be_given_up(page: Page) -> None:
    script = """async () => {
      const early = new AbortController()
      early.abort()
      const late = new AbortController()
      const searches = [
        play.open.it.search("papier", {signal: early.signal}),
        play.open.it.search("papier", {signal: late.signal}),
        play.open.it.search("papier"),
      ]
      late.abort()
      const done = await Promise.allSettled(searches)
      return done.map(one => one.reason?.name ?? one.value.total)
    }"""

    assert page.evaluate(script) == ["AbortError", "AbortError", 2]


def test_searches_at_once_do_not_disturb_each_other(page: Page) -> None:
    script = """async asked => {
      await play.openAs("fresh")
      const all = await Promise.all(asked.map(typed => play.find("fresh", typed)))
      const single = []
      for (const typed of asked) single.push(await play.find("it", typed))
      return JSON.stringify(all) === JSON.stringify(single)
    }"""

    assert page.evaluate(script, [case["typed"] for case in TABLE["searches"]]) is True


def test_nothing_is_fetched_before_it_is_needed(page: Page) -> None:
    script = """async () => {
      const asked = []
      const counted = (address, options) => {
        asked.push(String(address).split("/").at(-1)); return fetch(address, options)
      }
      await play.openAs("counted", {fetch: counted})
      const opened = asked.splice(0)
      await play.find("counted", "papier")
      const searched = asked.splice(0)
      await play.find("counted", "papier")
      return [opened, searched.some(name => /^[wp]/.test(name)), asked]
    }"""

    opened, too_much, again = page.evaluate(script)

    assert (opened, too_much, again) == (["current.json", "start.bin"], False, [])


def test_an_index_that_is_not_there(window: Page, folder: Path) -> None:
    shutil.rmtree(folder / "search", ignore_errors=True)

    assert window.evaluate("play.openAs('none')") == {"failed": "missing"}


def damaged(content: bytes) -> Iterator[bytes]:
    """Yield what a file may be while it is written, or when something else answers."""
    yield b""
    yield content[:-1]
    yield gzip.compress(b'{"terms": [1], "docs": []}')
    yield gzip.compress(b'{"terms": ["a"], "docs": [[0, 1]], "places": 4, "cards": [], "words": 1}')
    yield b"<!doctype html><title>Not found</title>"


@pytest.mark.parametrize("kind", ["start", "t", "c", "p", "w"])
def test_a_file_that_cannot_be_read_is_told_and_read_again_later(
    page: Page, folder: Path, kind: str
) -> None:
    typed = {"p": '"six questions"', "w": "chckout"}.get(kind, "six questions")
    before = find(page, typed)
    [current] = [path for path in (folder / "search").iterdir() if path.is_dir()]
    paths = [current / "start.bin"] if kind == "start" else sorted(current.glob(f"{kind}*.bin"))
    paths = [path for path in paths if path.name != "start.bin" or kind == "start"]
    whole = {path: path.read_bytes() for path in paths}
    for n in range(len(list(damaged(b"ab")))):
        for path, content in whole.items():
            write(path, list(damaged(content))[n])
        opened = page.evaluate("play.openAs('damaged')")
        told = opened if kind == "start" else find(page, typed, "damaged")
        assert told == {"failed": "broken"}, n
        for path, content in whole.items():
            write(path, content)
        if kind == "start":
            page.evaluate("play.openAs('damaged')")
        # Of several files the first one told; another may have been under way with what it was.
        page.wait_for_function("async t => !(await play.find('damaged', t)).failed", arg=typed)
        assert find(page, typed, "damaged") == before


def test_files_that_the_server_has_unpacked(page: Page, folder: Path) -> None:
    before = find(page, "papier")
    for path in folder.glob("search/*/*.bin"):
        write(path, gzip.decompress(path.read_bytes()))

    page.evaluate("play.openAs('plain')")

    assert find(page, "papier", "plain") == before


def test_an_index_of_another_version(window: Page, folder: Path) -> None:
    publish(folder, {**TABLES, "search/current.json": b'{"format": 2, "folder": "x"}'})

    assert window.evaluate("play.openAs('newer')") == {"failed": "outdated"}


def test_a_browser_that_cannot_unpack(page: Page) -> None:
    script = """async () => {
      const kept = window.DecompressionStream
      delete window.DecompressionStream
      try { return await play.openAs("old") } finally { window.DecompressionStream = kept }
    }"""

    assert page.evaluate(script) == {"failed": "unsupported"}


def test_nobody_answers(page: Page) -> None:
    script = """async () => {
      let down = true
      const flaky = (...asked) => down ? Promise.reject(new TypeError("down")) : fetch(...asked)
      const first = await play.openAs("flaky", {fetch: flaky})
      down = false
      await play.openAs("flaky", {fetch: flaky})
      down = true
      const second = await play.find("flaky", "papier")
      down = false
      return [first, second, (await play.find("flaky", "papier")).total]
    }"""

    assert page.evaluate(script) == [{"failed": "offline"}, {"failed": "offline"}, 2]


def test_a_site_that_is_published_anew_while_it_is_open(page: Page, folder: Path) -> None:
    other = index([{"id": "new", "title": "Papier of today", "kind": "metric", "status": "active"}])
    page.evaluate(
        "async () => { window.old = (await play.open.it.search('papier', {pages: true})).docs }"
    )
    publish(folder, other)
    cards = "() => play.open.it.cards(old).then(() => 'shown', error => error.reason)"

    assert page.evaluate(cards) == "outdated"
    assert page.evaluate(cards) == "outdated"  # though the engine has moved to the new index
    both = page.evaluate("Promise.all(['papier', 'today'].map(t => play.find('it', t)))")
    assert [one["ids"] for one in both] == [["new"], ["new"]]
    assert page.evaluate("play.open.it.records") == 1


def test_a_deploy_at_the_moment_of_opening(page: Page, folder: Path) -> None:
    other = index([{"id": "new", "title": "New", "kind": "metric", "status": "active"}])
    first = TABLES["search/current.json"].decode()
    publish(folder, other)
    script = """async first => {
      let asked = 0
      const late = (address, options) =>
        asked++ === 0 ? Promise.resolve(new Response(first)) : fetch(address, options)
      return await play.openAs("late", {fetch: late})
    }"""

    assert page.evaluate(script, first) == 1
