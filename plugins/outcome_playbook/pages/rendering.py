"""From a page's model to its HTML. Templates are found by name, the first folder wins.

A component is a macro in a file of ``playbook/components/``. Templates and other components call
it as ``ui.<macro>``, so a site that has a file of that name in its ``overrides/`` changes it
everywhere.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path
from types import SimpleNamespace

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from outcome_playbook.pages import words
from outcome_playbook.pages.language import (
    ENGLISH,
    Language,
    looked_up,
    looked_up_plural,
    say,
    speaking,
)
from outcome_playbook.pages.parts import Ref
from outcome_playbook.pages.site import SitePage
from outcome_playbook.pages.urls import Addresses

TEMPLATES = str(Path(__file__).parent.parent / "templates")
"""The folder of the templates that come with the package."""


_DRAWN_ONCE = ("icon", "status")
"""Components that every page shows in a few forms only: each form is drawn once a build."""


@dataclass(slots=True)
class _Here:
    """The page that is being rendered. Components ask it for links and anchors.

    They are part of the environment and no variables of a template, so that a component is made
    ready once and not anew on every page.
    """

    addresses: Addresses = field(default_factory=Addresses)
    url: str = ""
    body: str = ""
    links: dict[tuple[int, Ref, str], Markup] = field(default_factory=dict)

    def href(self, _: Context, key: str) -> str:
        """Return the link to a page, or to a ``key#place`` on it."""
        return self.addresses.relative(key, self.url)

    def asset(self, _: Context, path: str) -> str:
        """Return the link to a file of the site that is no page."""
        return self.addresses.asset(path, self.url)

    def link(self, _: Context, ref: Ref, class_: str = "") -> Markup:
        """Return a link to a page with its title on it."""
        # From two pages of one depth the way to a third is the same.
        made = (self.url.count("/"), ref, class_)
        if made not in self.links:
            target = escape(self.addresses.relative(ref.key, self.url))
            look = f' class="{escape(class_)}"' if class_ else ""
            link = f'<a{look} href="{target}">{escape(ref.title)}</a>'
            self.links[made] = Markup(link)  # noqa: S704 - each part is escaped above
        return self.links[made]

    def anchor(self, name: str) -> str:
        """Return an anchor that no heading of the record's own text has."""
        return f"{name}-of-this-record" if f'id="{name}"' in self.body else name


@dataclass(frozen=True, slots=True)
class Renderer:
    """Renders templates of the folder ``playbook/``; what a template is given is escaped."""

    environment: Environment
    here: _Here
    language: Language

    def render(
        self,
        page: SitePage,
        body: str = "",
        *,
        edit_url: str | None = None,
        address: str | None = None,
        is_introduced: bool = False,
    ) -> str:
        """Return the HTML of a page around ``body``, the HTML of what somebody wrote there.

        ``edit_url`` is where the file can be edited, ``address`` where the page is published, if
        that is known; a page that ``is_introduced`` has its title in the body.
        """
        self.here.url, self.here.body = self.here.addresses.url(page.key), body
        about = {
            "key": page.key,
            "title": page.title,
            "edit_url": edit_url,
            "address": address or self.here.url,
            "is_introduced": is_introduced,
        }
        template = self.environment.get_template(f"playbook/{page.template}")
        with speaking(self.language):
            # The body is HTML already, made from Markdown like that of any other page.
            return template.render(model=page.model(), page=about, body=Markup(body))  # noqa: S704

    def part(self, component: str, url: str, *models: object) -> str:
        """Return the HTML of a component for the page at ``url``: what stands in its Markdown."""
        self.here.url, self.here.body = url, ""
        with speaking(self.language):
            return str(getattr(self.environment.globals["ui"], component)(*models))


def renderer(
    addresses: Addresses, folders: Sequence[str] = (TEMPLATES,), language: Language = ENGLISH
) -> Renderer:
    """Return the renderer of the templates in ``folders``, which speaks the given language.

    One page is rendered at a time. Templates that changed since the last call are read again, and
    then no more until the next.
    """
    environment, here = _environment(tuple(folders))
    here.addresses = addresses
    here.links.clear()
    environment.auto_reload = True
    for name in _names(folders):
        template = environment.get_template(name)
        if name.startswith("playbook/components/"):
            vars(environment.globals["ui"]).update(_macros(template))
    ui = environment.globals["ui"]
    for name in _DRAWN_ONCE:
        setattr(ui, name, cache(getattr(ui, name)))
    environment.auto_reload = False
    return Renderer(environment, here, language)


def _names(folders: Sequence[str]) -> list[str]:
    """Return the names of the templates of the site's pages. The theme has thousands of others."""
    found = {
        path.relative_to(folder).as_posix()
        for folder in folders
        for path in Path(folder, "playbook").rglob("*.html")
    }
    return sorted(found)


@lru_cache(maxsize=4)  # a rebuild under `serve` keeps the compiled templates
def _environment(folders: tuple[str, ...]) -> tuple[Environment, _Here]:
    environment = Environment(
        loader=FileSystemLoader(folders),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    environment.policies["ext.i18n.trimmed"] = True
    environment.install_gettext_callables(  # type: ignore[attr-defined] # by the extension
        looked_up, looked_up_plural, newstyle=True
    )
    # What the extension has looks itself up on each page; a page says some thirty texts.
    environment.globals.update(_=_marked, gettext=_marked)
    here = _Here()
    # A filter without a context would be worked out once, for the first page that has it.
    environment.filters["href"] = pass_context(partial(_Here.href, here))
    environment.filters["asset"] = pass_context(partial(_Here.asset, here))
    environment.filters["link"] = pass_context(partial(_Here.link, here))
    # The language may be another in the next build of `serve`, so it is asked each time.
    environment.filters["number"] = pass_context(lambda _, value: words.number(value))
    environment.globals.update(anchor=here.anchor, ui=SimpleNamespace())
    return environment, here


def _marked(text: str, /, **values: object) -> Markup:
    """Return a text of ours as HTML; its values are escaped, unless they are HTML themselves."""
    # The text is ours: a template's or a table's.
    return Markup(looked_up(text)) % values if values else Markup(say(text))  # noqa: S704


def _macros(component: Template) -> dict[str, Macro]:
    """Return the macros of a component by name; those that begin with ``_`` are its own."""
    exported = vars(component.module).items()
    return {name: macro for name, macro in exported if isinstance(macro, Macro)}
