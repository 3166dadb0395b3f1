"""The page that is served where no page is."""

from collections.abc import Iterator
from functools import partial
from html import escape, unescape
from urllib.parse import urljoin

from mkdocs.structure import StructureItem
from mkdocs.structure.nav import Navigation, Section
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
    model = partial(
        missing.missing,
        [Place(urljoin(base, url), title) for url, title in _tabs(context["nav"])],
        lambda key: urljoin(base, site.addresses.url(key)),
    )
    with speaking(site.renderer.language):
        title = missing.title()
    page = SitePage("404", title, missing.TEMPLATE, model)
    # The theme prints both as they are.
    shown = {"title": escape(title), "html": site.renderer.render(page)}
    context["not_found"] = shown  # type: ignore[typeddict-unknown-key]


def _tabs(nav: Navigation) -> Iterator[tuple[str, str]]:
    """Yield the address and the title of what the navigation has on top."""
    for item in nav.items:
        url = _first_address(item)
        if url is not None:
            yield url, unescape(str(item.title))


def _first_address(item: StructureItem) -> str | None:
    """Return where a tab leads: to its page, or to the first one below it."""
    if not isinstance(item, Section):
        return getattr(item, "url", None)
    below = (_first_address(child) for child in item.children)
    return next((url for url in below if url is not None), None)
