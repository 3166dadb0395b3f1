"""Our engine and Material's lunr, each in a page of its own site in a real Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import Final

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.compressed import CompressingHandler
from benchmarks.relevance.sites import Site
from tests.browser.chromium import find_or_install
from tests.browser.serving import served

FIRST: Final = 50
"""Results that are looked at: what comes later counts as not found."""

ARGUMENTS: Final = (
    "--no-sandbox",  # root has no sandbox, and the pages are our own
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-quic",
    "--no-first-run",
    "--enable-blink-features=ForceEagerMeasureMemory",  # a figure at once, not in half a minute
)
ENGINE: Final = "assets/javascripts/playbook/search/engine.js"

_OURS: Final = """async ([root, typed, first]) => {
  const { openIndex } = await import(`${root}ENGINE`)
  const engine = await openIndex(root)
  const found = []
  for (const text of typed) {
    const { docs } = await engine.search(text)
    found.push((await engine.cards(docs.subarray(0, first))).map(card => card.id))
  }
  return found
}""".replace("ENGINE", ENGINE)

# What the theme's own page says to its worker: 0 set up, 1 ready, 2 a query, 3 its results, grouped
# by page, the page's address in the first one of a group.
_LUNR: Final = """async ([root, typed, first]) => {
  const { search } = JSON.parse(document.querySelector("#__config").textContent)
  const index = await (await fetch(`${root}search/search_index.json`)).json()
  const worker = new Worker(new URL(search, location.href))
  const answer = message => new Promise((resolve, reject) => {
    worker.onmessage = event => resolve(event.data)
    worker.onerror = event => reject(new Error(event.message))
    worker.postMessage(message)
  })
  await answer({ type: 0, data: { ...index, options: { suggest: false } } })
  const found = []
  for (const text of typed) {
    const { data } = await answer({ type: 2, data: text })
    found.push(data.items.slice(0, first).map(group => group[0].location))
  }
  worker.terminate()
  return found
}"""


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start the Chromium or Chrome of this machine.

    Raises:
        NoBrowserError: there is none.
    """
    with sync_playwright() as playwright:
        path = find_or_install(os.environ, playwright.chromium.executable_path)
        with playwright.chromium.launch(executable_path=path, args=[*ARGUMENTS]) as browser:
            yield browser


def ours(browser: Browser, site: Site, typed: Sequence[str], first: int = FIRST) -> list[list[str]]:
    """Return the ids that our engine finds for each text, best first."""
    return _found(browser, site, _OURS, typed, first)


def lunr(browser: Browser, site: Site, typed: Sequence[str]) -> list[list[str]]:
    """Return the ids that Material's search finds for each text, best first."""
    found = _found(browser, site, _LUNR, typed, FIRST)
    return [[PurePosixPath(place.split("#")[0]).name for place in places] for places in found]


def _found(
    browser: Browser, site: Site, script: str, typed: Sequence[str], first: int
) -> list[list[str]]:
    with served(site.folder, CompressingHandler) as address:
        page: Page = browser.new_page()
        page.set_default_timeout(600_000)
        page.goto(address, wait_until="load")
        found: list[list[str]] = page.evaluate(script, [address, list(typed), first])
        page.close()
        return found
