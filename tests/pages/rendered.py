"""Pages of records as a browser gets them, without MkDocs: the models laid out by the templates."""

from outcome_playbook.pages.rendering import renderer
from outcome_playbook.pages.site import SitePage, site_pages
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.pages.view import View
from tests.site.html import Element, parse

RECORD_TEMPLATES = (
    "outcome.html",
    "hypothesis.html",
    "experiment.html",
    "metric.html",
    "broken.html",
)
EDIT = "https://git.example/edit"


def html_of(page: SitePage, body: str = "", edit_url: str | None = EDIT) -> str:
    """Return the HTML of a page. ``body`` is the HTML of the record's own text."""
    return renderer(Addresses()).render(page, body, edit_url=edit_url)


def record_pages(view: View) -> list[SitePage]:
    """Return the pages of records, broken ones too."""
    return [page for page in site_pages(view) if page.template in RECORD_TEMPLATES]


def shown(view: View, id_: str, body: str = "", edit_url: str | None = EDIT) -> Element:
    """Return the page of one record as a tree."""
    page = next(page for page in record_pages(view) if page.key.endswith(f"/{id_}"))
    return parse(html_of(page, body, edit_url))
