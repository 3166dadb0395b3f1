"""A page's way through MkDocs: its source, its title, its HTML, its place below a tab."""

import re
from collections.abc import Iterator
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import AnchorLink, TableOfContents

from outcome_playbook.pages.parts import summary
from outcome_playbook.pages.site import SitePage
from outcome_playbook.plugin.files import Site

_WIDE = ("home.html", "outcomes.html", "explore.html", "status.html")
"""Pages that need the width of a table of contents more than the contents."""


class ListPage(Page):
    """A page nobody wrote: it has no Markdown to make ready for and to convert."""

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Leave the page empty until it is laid out."""
        del config, files
        self.content = ""
        self.present_anchor_ids = set()


def place(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Make a page of every file of ours that the navigation left out, below the tab it lights."""
    for src_uri, site_page in site.pages.items():
        file = files.get_file_from_path(src_uri)
        if file is None:
            continue
        kind = Page if site_page.path or src_uri in site.introductions else ListPage
        page = file.page or kind(None, file, config)
        if site_page.tab is not None and page.parent is None:
            tab = files.get_file_from_path(f"{site_page.tab}/index.md")
            if tab is not None and tab.page is not None and tab.page is not page:
                page.parent = tab.page  # type: ignore[assignment] # a tab may be a page


def source(site: Site, page: Page) -> str | None:
    """Return a record's body, and ``None`` for every other page.

    The empty first line keeps MkDocs from reading ``Note: …`` as metadata.
    """
    site_page = site.pages.get(page.file.src_uri)
    if site_page is None or site_page.path is None:
        return None
    return f"\n{site.records[site_page.path].front.body}"


def describe(site: Site, page: Page) -> None:
    """Set the title and the metadata that the theme and its search read. Both print them raw."""
    site_page = site.pages.get(page.file.src_uri)
    if site_page is None:
        return
    hidden = ["navigation", *(["toc"] if site_page.template in _WIDE else [])]
    if page.file.src_uri in site.introductions:
        page.meta.setdefault("hide", hidden)
        return
    title = escape(site_page.title)
    page.title = title
    page.meta = {"title": title, "hide": hidden}
    if site_page.names:
        # Search ranks the words of this list above all others.
        page.meta["tags"] = [escape(name) for name in site_page.names]
    if said := _description(site, site_page):
        page.meta["description"] = escape(said)
    if site_page.path is None:
        page.edit_url = None


def _description(site: Site, site_page: SitePage) -> str:
    """Return what a search engine, or whoever a link is sent to, shows of a record's page."""
    entry = site.entries.get(site_page.path or "")
    if entry is None:
        return ""
    return summary(entry) or getattr(entry.record, "definition", None) or ""


def lay_out(site: Site, page: Page, html: str) -> str:
    """Return the page's HTML around its Markdown, and give MkDocs its headings and anchors."""
    site_page = site.pages.get(page.file.src_uri)
    if site_page is None:
        return html
    site.written[page.file.src_uri] = html
    laid_out = site.renderer.render(
        site_page,
        html,
        edit_url=page.edit_url,
        address=page.canonical_url,
        is_introduced=page.file.src_uri in site.introductions,
    )
    page.toc = TableOfContents(list(_headings(laid_out)))
    page.present_anchor_ids = {*(page.present_anchor_ids or ()), *_ID.findall(laid_out)}
    return laid_out


_ID = re.compile(r'\sid="([^"]+)"')
_HEADING = re.compile(r'<h([1-3])\b[^>]*?\sid="([^"]+)"[^>]*>(.*?)</h\1>', re.DOTALL)
_HEADER_LINK = re.compile(r'<a class="headerlink".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


def _headings(html: str) -> Iterator[AnchorLink]:
    """Yield the headings of a page with those of the next level below them.

    Their text stays escaped: the theme prints it as it is.
    """
    stack: list[AnchorLink] = []
    for level, anchor, inner in _HEADING.findall(html):
        title = " ".join(_TAG.sub("", _HEADER_LINK.sub("", inner)).split())
        link = AnchorLink(title, anchor, int(level))
        while stack and stack[-1].level >= link.level:
            stack.pop()
        if stack:
            stack[-1].children.append(link)
        else:
            yield link
        stack.append(link)
