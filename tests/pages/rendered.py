"""Pages of records as a browser gets them, without MkDocs: the models laid out by the templates."""

from datetime import date
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

import outcome_playbook
from outcome_playbook.pages.site import SitePage, site_pages
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


@lru_cache
def _environment() -> Environment:
    folder = Path(outcome_playbook.__file__).parent / "templates"
    return Environment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def html_of(page: SitePage, today: date, body: str = "", edit_url: str | None = EDIT) -> str:
    """Return the HTML of a page. ``body`` is the HTML of the record's own text."""
    about = {
        "key": page.key,
        "title": page.title,
        "is_introduced": False,
        "edit_url": edit_url,
        "today": today,
    }
    text = Markup(body)  # noqa: S704 - a test's own
    template = _environment().get_template(f"playbook/{page.template}")
    return template.render(model=page.model(), page=about, body=text, href=lambda key: f"/{key}/")


def record_pages(view: View) -> list[SitePage]:
    """Return the pages of records, broken ones too."""
    return [page for page in site_pages(view) if page.template in RECORD_TEMPLATES]


def shown(view: View, id_: str, body: str = "", edit_url: str | None = EDIT) -> Element:
    """Return the page of one record as a tree."""
    page = next(page for page in record_pages(view) if page.key.endswith(f"/{id_}"))
    return parse(html_of(page, view.today, body, edit_url))
