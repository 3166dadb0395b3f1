"""What Material's search reads of a page, and what it ranks first.

Only what somebody wrote there: a record's own words, an introduction. The lists around them name
every neighbour, so that a search for one record would find all that link to it; and Material reads
HTML slowly.
"""

from collections.abc import Iterable
from html import escape

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.pages import Page

from outcome_playbook.pages.searchable import texts
from outcome_playbook.plugin.files import Site

_AS_BY_DEFAULT = {"boost": 1e3}
_AS_MUCH_AS_TAGS = {"boost": 1e6}


def rank_titles(config: MkDocsConfig) -> None:
    """Let a title's words weigh as much as those of ids and tags, unless the site has its own say.

    Material finds the beginnings of words, and lets a tag weigh 1,000 times what a title does: a
    search for a title that begins with "A" finds every record with a tag in "a" before it.
    """
    search = config.plugins.get("material/search")
    fields = getattr(getattr(search, "config", None), "fields", None)
    if isinstance(fields, dict) and fields.get("title", _AS_BY_DEFAULT) == _AS_BY_DEFAULT:
        fields["title"] = dict(_AS_MUCH_AS_TAGS)


def hide_lists(site: Site, page: Page) -> None:
    """Give the page the content that is to be searched, and keep the real one."""
    site_page = site.pages.get(page.file.src_uri)
    if site_page is None:
        return
    site.laid_out[page.file.src_uri] = page.content or ""
    written = site.written.get(page.file.src_uri, "")
    entry = site.entries.get(site_page.path or "")
    if page.file.src_uri in site.introductions:
        page.content = written
        return
    before, after = map(_paragraphs, texts(entry)) if entry else ("", "")
    # Without an id, Material takes a heading for text.
    page.content = f'<h1 id="title">{escape(site_page.title)}</h1>{before}{written}{after}'


def _paragraphs(texts: Iterable[str]) -> str:
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def show_lists(site: Site, page: Page) -> None:
    """Give the page its real content back."""
    if page.file.src_uri in site.laid_out:
        page.content = site.laid_out.pop(page.file.src_uri)
