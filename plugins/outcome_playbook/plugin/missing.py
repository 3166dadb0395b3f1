"""The page that is served where no page is."""

from collections.abc import Iterator
from functools import partial
from html import escape, unescape
from urllib.parse import urljoin

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from outcome_playbook.pages import missing
from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.missing import Place
from outcome_playbook.pages.site import SitePage
from outcome_playbook.plugin.files import Site

NAME = "404.html"


def describe(site: Site, context: TemplateContext) -> None:
    """Give the template what it shows, laid out: MkDocs renders it, and has none of our words."""
    base = context["base_url"]
    tabs = _tabs(context["nav"], is_named=context["config"].nav is not None)
    model = partial(
        missing.missing,
        [Place(urljoin(base, url), title) for url, title in tabs],
        lambda key: urljoin(base, site.addresses.url(key)),
    )
    with speaking(site.renderer.language):
        title = missing.title()
    page = SitePage("404", title, missing.TEMPLATE, model)
    # The theme prints both as they are.
    shown = {"title": escape(title), "html": site.renderer.render(page)}
    context["not_found"] = shown  # type: ignore[typeddict-unknown-key]


def _tabs(nav: Navigation, *, is_named: bool) -> Iterator[tuple[str, str]]:
    """Yield the address and the title of what the navigation has on top.

    A folder that nobody named in the configuration is called as its own page is.
    """
    for item in nav.items:
        first = _first(item)
        url = getattr(first, "url", None)
        if url is not None:
            is_own = isinstance(first, Page) and first.is_index and not is_named
            title = first.title if is_own else item.title
            yield url, unescape(str(title))


def _first(item: StructureItem) -> StructureItem:
    """Return what a tab leads to: itself, or the first page or link below it."""
    while isinstance(item, Section) and item.children:
        item = item.children[0]
    return item
