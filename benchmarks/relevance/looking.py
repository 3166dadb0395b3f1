"""Somebody searches in a browser: what is transferred for it, and how long each step takes."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any, Final

from playwright.sync_api import Browser, Page

from benchmarks.compressed import CompressingHandler
from benchmarks.relevance.engines import ENGINE
from tests.browser.serving import served

DELAY: Final = 0.040
"""Seconds before each answer."""

RATE: Final = 10e6 / 8
"""Bytes a second that all answers share."""

_PIECE: Final = 16_384
_PATIENCE: Final = 180_000  # milliseconds
_AT_ONCE: Final = 100  # selections


@dataclass
class Line:
    """A line to the site: what went over it, and how slow it is."""

    is_slow: bool = False
    sent: list[tuple[str, int]] = field(default_factory=list)
    _free: float = 0.0
    _lock: Lock = field(default_factory=Lock)

    def take(self, size: int) -> None:
        """Wait until the line has carried so many bytes more."""
        with self._lock:
            self._free = max(self._free, time.perf_counter()) + size / RATE
            until = self._free
        time.sleep(max(0.0, until - time.perf_counter()))

    def bytes_of(self, *parts: str) -> int:
        """Return the bytes of the files whose address begins with one of these."""
        return sum(size for path, size in self.sent if path.startswith(parts))


class _Handler(CompressingHandler):
    """Counts the bodies of answers as they are sent, compressed; paces them where it is to.

    A browser's own throttling leaves workers alone, and both engines work in one.
    """

    def __init__(self, *arguments: Any, line: Line, **named: Any) -> None:
        self._line = line
        super().__init__(*arguments, **named)

    def do_GET(self) -> None:  # noqa: N802 - the library's name
        """Answer after the delay of the line."""
        if self._line.is_slow:
            time.sleep(DELAY)
        super().do_GET()

    def end_headers(self) -> None:
        """Let pages measure the memory of their workers, which browsers allow isolated ones."""
        self.send_header("Cross-Origin-Opener-Policy", "same-origin")
        self.send_header("Cross-Origin-Embedder-Policy", "require-corp")
        super().end_headers()
        connection: Any = self.wfile
        if not isinstance(connection, _Counting):
            connection = _Counting(connection, self._line)
        connection.path = self.path
        self.wfile = connection


class _Counting:
    """Writes to a connection, a body piece by piece."""

    def __init__(self, inner: Any, line: Line) -> None:
        self._inner, self._line = inner, line
        self.path = ""

    def write(self, content: bytes) -> None:
        """Write headers or a body; of these only the body is counted."""
        if content.startswith(b"HTTP/1."):
            self._inner.write(content)
            return
        self._line.sent.append((self.path, len(content)))
        for start in range(0, len(content), _PIECE):
            piece = content[start : start + _PIECE]
            if self._line.is_slow:
                self._line.take(len(piece))
            self._inner.write(piece)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)


# A query is answered when the frame after its results is drawn: `keys` holds the milliseconds from
# each key until then, `results` the number of results that came from the worker.
_WATCH: Final = """
  globalThis.keys = []
  let pressed = 0
  addEventListener("keydown", event => pressed = event.timeStamp, true)
  const Plain = Worker
  globalThis.Worker = class extends Plain {
    constructor(...given) {
      super(...given)
      this.addEventListener("message", ({ data }) => {
        if (data?.type !== 3 || !pressed) return
        const from = pressed
        pressed = 0
        const found = data.data.items.length
        requestAnimationFrame(() => setTimeout(() => {
          keys.push({ took: performance.now() - from, found })
        }))
      })
    }
  }
"""

_MEMORY: Final = "async () => (await performance.measureUserAgentSpecificMemory()).bytes"


@contextmanager
def site_on(folder: Path, line: Line) -> Iterator[str]:
    """Serve a site over a line and yield its address."""
    with served(folder, partial(_Handler, line=line)) as address:  # type: ignore[arg-type]
        yield address


@dataclass(frozen=True)
class Looked:
    """What looking for something cost: bytes, seconds, MB, and milliseconds of each key.

    ``before`` are those of the index on opening a page; ``until_first`` has scripts too.
    """

    before: int
    until_first: int
    seconds: float
    heap_mb: float
    keys: list[float]


def look(browser: Browser, folder: Path, index: Sequence[str], typed: Sequence[str]) -> Looked:
    """Type texts into the box in the header, letter by letter, as soon as a page is there.

    ``index`` are beginnings of the addresses of what is fetched for the search alone.
    """
    fast = Line()
    with site_on(folder, fast) as address:
        page = _opened(browser, address)
        page.wait_for_timeout(1000)
        before = fast.bytes_of("/search/")
        memory = page.evaluate(_MEMORY)
        page.locator(".md-search__input").click()
        _type(page, typed[0])
        until_first = fast.bytes_of(*index)
        for text in typed[1:]:
            page.locator(".md-search__input").fill("")
            _type(page, text)
        keys = [one["took"] for one in page.evaluate("keys")]
        used = (page.evaluate(_MEMORY) - memory) / 1e6
        page.close()
    slow = Line(is_slow=True)
    with site_on(folder, slow) as address:
        page = _opened(browser, address)
        start = time.perf_counter()
        page.locator(".md-search__input").click()
        page.keyboard.type(typed[0])
        page.wait_for_function("keys.some(({ found }) => found > 0)", timeout=_PATIENCE)
        seconds = time.perf_counter() - start
        page.close()
    return Looked(before, until_first, seconds, used, keys)


def _opened(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.add_init_script(_WATCH)
    page.goto(address, wait_until="load")
    return page


def _type(page: Page, text: str) -> None:
    for letter in text:
        answered = page.evaluate("keys.length")
        page.keyboard.press("Space" if letter == " " else letter)
        page.wait_for_function("n => keys.length > n", arg=answered, timeout=_PATIENCE)


# From a click on a value until the frame after its results are drawn.
_TOGGLES: Final = """async times => {
  const form = document.querySelector("[data-explore]")
  const frame = () => new Promise(done => requestAnimationFrame(() => setTimeout(done)))
  const shown = form.querySelector(".op-found")
  const took = []
  let box = null
  for (let n = 0; n <= times; n++) {
    const boxes = [...form.querySelectorAll("[data-facet] input[type=checkbox]")]
    // Each is chosen and taken back: what is offered in between is not the same.
    if (n % 2 === 0) box = boxes[(n >> 1) * 7 % boxes.length]
    const start = performance.now()
    const changed = new Promise(done => {
      const observer = new MutationObserver(() => { observer.disconnect(); done() })
      observer.observe(shown.querySelector("[data-results]"), { childList: true, subtree: true })
    })
    box.click()
    await changed
    await frame()
    if (n > 0) took.push(performance.now() - start)  // the first one opens the index
    await new Promise(done => setTimeout(done, 30))
  }
  return took
}"""


def toggle(browser: Browser, folder: Path, times: int) -> list[float]:
    """Return the milliseconds that each of so many choices of a facet's value takes on Explore."""
    with site_on(folder, Line()) as address:
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(f"{address}explore/", wait_until="load")
        took: list[float] = page.evaluate(_TOGGLES, times)
        page.close()
        return took


_SELECTIONS: Final = """async ([root, selections]) => {
  const { openIndex } = await import(`${root}ENGINE`)
  const engine = await openIndex(root)
  const values = Object.fromEntries(engine.facets.map(({ name, values }) => [name, values]))
  const found = []
  for (const selection of selections) {
    const { counts, records } = await engine.search("", { selection })
    found.push({ records, counts })
  }
  return JSON.stringify({ values, found })
}""".replace("ENGINE", ENGINE)

_AGAIN: Final = """async ([root, typed]) => {
  const { openIndex } = await import(`${root}ENGINE`)
  const same = (one, other) =>
    one.length === other.length && one.every((doc, n) => doc === other[n])
  const alone = []
  for (const text of typed) alone.push((await (await openIndex(root)).search(text)).docs)
  const engine = await openIndex(root)
  let differing = 0
  for (let n = typed.length - 1; n >= 0; n--) {
    if (!same((await engine.search(typed[n])).docs, alone[n])) differing++
  }
  return differing
}""".replace("ENGINE", ENGINE)

Counts = dict[str, Any]


def counted(
    browser: Browser, folder: Path, selections: list[dict[str, list[str]]]
) -> tuple[dict[str, list[str]], list[Counts]]:
    """Return the values of each facet, and what our engine counts for each selection of them.

    A count is ``{"records": …, "counts": {facet: [of each value]}}``.
    """
    values: dict[str, list[str]] = {}
    found: list[Counts] = []
    for start in range(0, len(selections), _AT_ONCE):
        part = selections[start : start + _AT_ONCE]
        told = json.loads(_evaluated(browser, folder, _SELECTIONS, part))
        values = told["values"]
        found += told["found"]
    return values, found


def differing(browser: Browser, folder: Path, typed: Sequence[str]) -> int:
    """Return how many texts find something else in a fresh engine than after all the others."""
    return int(_evaluated(browser, folder, _AGAIN, list(typed)))


def _evaluated(browser: Browser, folder: Path, script: str, given: object) -> Any:
    with site_on(folder, Line()) as address:
        page = browser.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(address, wait_until="load")
        found = page.evaluate(script, [address, json.loads(json.dumps(given))])
        page.close()
        return found
