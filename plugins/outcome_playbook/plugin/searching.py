"""The search index of the site: gathered from its records and pages, written beside them."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page

from outcome_playbook.pages import documents
from outcome_playbook.pages.language import say, speaking
from outcome_playbook.pages.urls import REFERENCE
from outcome_playbook.plugin.files import Site
from outcome_playbook.registry import Entry
from outcome_playbook.searching.documents import Document
from outcome_playbook.searching.files import FOLDER
from outcome_playbook.searching.index import write_index
from outcome_playbook.searching.markup import Section, plain, sections

_BY_NAME = ("owners/", "tags/", "status/")
"""Pages below these list records by a value: that finds the records themselves."""
_MOST = 200  # characters of a section that a result shows
_OLDER = re.compile("[0-9a-f]{16}")


def write(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Write the index into the built site, when every page has been read."""
    with speaking(site.renderer.language):
        entries = documents.numbered(site.view)
        sources = {  # of each record's file, the name that MkDocs has for it
            page.path: src_uri for src_uri, page in site.pages.items() if page.path is not None
        }

        def body(entry: Entry[Any]) -> str:
            return plain(site.written.get(sources.get(entry.file.path, ""), ""))

        index = write_index(
            documents.documents(site.view, entries, site.addresses, body),
            _pages(site, files),
            documents.facets(site.view),
            documents.orders(site.view, entries),
            site.view.playbook.settings.synonyms,
        )
    folder = Path(config.site_dir)
    for name, content in index.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    _remove_older(folder / FOLDER, {Path(name).parent.name for name in index})


def _remove_older(folder: Path, current: set[str]) -> None:
    """Remove the indexes of earlier builds, which a site that is not cleaned still has."""
    for path in folder.iterdir():
        if path.is_dir() and _OLDER.fullmatch(path.name) and path.name not in current:
            shutil.rmtree(path)


def _pages(site: Site, files: Files) -> Iterator[Document]:
    """Yield the sections of the pages that are no records, by their addresses."""
    pages = (file.page for file in files.documentation_pages() if file.page is not None)
    for page in sorted(pages, key=lambda page: page.file.dest_uri):
        if not _is_left_out(page):
            yield from _documents(page, _html(site, page))


def _is_left_out(page: Page) -> bool:
    """Whether a page asks not to be found, as one does that Material's search is to leave out."""
    search = page.meta.get("search")
    return isinstance(search, dict) and bool(search.get("exclude"))


def _html(site: Site, page: Page) -> str | None:
    """Return what somebody wrote on a page, ``None`` for one that is not to be found itself."""
    src_uri = page.file.src_uri
    site_page = site.pages.get(src_uri)
    if site_page is None or site_page.key == REFERENCE:
        return page.content or ""
    if site_page.path in site.entries or site_page.key.startswith(_BY_NAME):
        return None
    return site.written.get(src_uri, "")


def _documents(page: Page, html: str | None) -> Iterator[Document]:
    if html is None:
        return
    name = plain(str(page.title or ""))
    for section in sections(html):
        title = section.title or name
        if section.anchor or section.text or section.title or title:
            yield Document(title=title, card=_card(page, name, section), body=[section.text])


def _card(page: Page, name: str, section: Section) -> dict[str, Any]:
    url = page.url if page.url != "./" else ""
    address = f"{url}#{quote(section.anchor)}" if section.anchor else url
    return {
        "id": address,
        "kind": "page",
        "label": say("Page"),
        "title": section.title or name,
        "url": address,
        "say": _shortened(section.prose or section.text),
        "meta": [],
        "status": None,
        "late": None,
        "effect": None,
        "tags": [],
        **({"page": name} if section.anchor else {}),
    }


def _shortened(text: str) -> str:
    if len(text) <= _MOST:
        return text
    return f"{text[: max(text.rfind(' ', 0, _MOST), _MOST // 2)]} …"
