"""The hooks. Each is a call to a plain function with plain arguments."""

import gc
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, event_priority, get_plugin_logger
from mkdocs.structure.files import Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils.templates import TemplateContext

from outcome_playbook.hosting import hosting
from outcome_playbook.livelists import Block
from outcome_playbook.pages.drawing import Node
from outcome_playbook.pages.rendering import renderer
from outcome_playbook.pages.urls import Addresses, always_there
from outcome_playbook.pages.view import View
from outcome_playbook.playbook import read_playbook
from outcome_playbook.plugin import (
    content,
    data,
    links,
    livelists,
    missing,
    report,
    search,
    searching,
    theme,
)
from outcome_playbook.plugin.files import Site, assemble
from outcome_playbook.settings import Settings, read_settings

log = get_plugin_logger("playbook")


class PlaybookPlugin(BasePlugin):  # type: ignore[no-untyped-call,type-arg]
    """Turns folders of records into pages of the site."""

    settings: Settings
    site: Site
    read: str
    """The file whose Markdown is being read."""
    url: str
    """Where its page will be."""

    def load_config(
        self, options: dict[str, Any], config_file_path: str | None = None
    ) -> tuple[list[tuple[str, Exception]], list[tuple[str, str]]]:
        """Read the options by the one definition in ``settings``."""
        super().load_config({}, config_file_path)
        settings, problems = read_settings(options)
        if settings is not None:
            self.settings = settings
        return [(name, ValueError(sentence)) for name, sentence in problems], []

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Make the plugin's templates known to the theme, and links readable."""
        theme.add_templates(config)
        config.markdown_extensions.append(links.ReadableLinks(self._report_link))
        config.markdown_extensions.append(livelists.LiveLists(self._draw, self._count))
        return config

    def on_files(self, files: Files, /, *, config: MkDocsConfig) -> Files:
        """Read the records and add their pages, the generated pages and the stylesheet."""
        root = theme.root(config)
        docs_dir = Path(os.path.relpath(config.docs_dir, root)).as_posix()
        try:
            playbook = read_playbook(root, self.settings, docs_dir, always_there())
        except (OSError, ValueError) as error:
            raise PluginError(f"playbook: the records cannot be read: {error}") from error
        addresses = Addresses(config.use_directory_urls)
        drawn = renderer(addresses, config.theme.dirs, theme.language(config))
        where = hosting(
            config.repo_url,
            config.edit_uri_template or config.edit_uri,
            docs_dir,
            self.settings.host,
        )
        self.site = Site(View(playbook, where), addresses, drawn, root, docs_dir)
        found = assemble(self.site, files, config)
        theme.leave_out_tables(found, config)
        theme.add_assets(found, config)
        search.take_over(self.site, found, config)
        data.add_api(self.site, found, config)
        report.log_problems([*playbook.problems, *self.site.problems], self.settings, log)
        # The records live as long as the build: looking for garbage among them is time lost.
        gc.freeze()
        return found

    def on_nav(self, nav: Navigation, /, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Give each page that is not in the navigation its place below a tab."""
        content.place(self.site, files, config)
        return nav

    @event_priority(-100)  # others may expect the loader that MkDocs made
    def on_env(self, env: Environment, /, *, config: MkDocsConfig, files: Files) -> Environment:
        """Let our templates build on the theme's of the same name; write the search index."""
        theme.name_originals(env, config)
        searching.write(self.site, files, config)  # every page is read by now
        return env

    def on_page_read_source(self, /, *, page: Page, config: MkDocsConfig) -> str | None:
        """Hand MkDocs a record's body, without its front matter."""
        del config
        return content.source(self.site, page)

    def on_page_markdown(
        self, markdown: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Set the title and what the theme may see of a page."""
        del config, files
        self.read, self.url = page.file.src_uri, page.url
        content.describe(self.site, page)
        return markdown

    def _draw(self, blocks: Sequence[Block]) -> list[tuple[Node, ...]]:
        return livelists.draw(self.site, blocks, self.url)

    def _count(self, where: str) -> str:
        return livelists.count(self.site, where, self.url)

    def _report_link(self, url: str) -> None:
        log.warning("Doc file '%s' contains a link '%s', which is no address.", self.read, url)

    def on_page_content(
        self, html: str, /, *, page: Page, config: MkDocsConfig, files: Files
    ) -> str:
        """Lay the page out around its Markdown."""
        del config, files
        return content.lay_out(self.site, page, html)

    def on_post_page(self, output: str, /, *, page: Page, config: MkDocsConfig) -> str:
        """Put the playbook's search behind the box in the header."""
        return search.put_in(self.site, output, page.file.dest_uri, config)

    def on_template_context(
        self, context: TemplateContext, /, *, template_name: str, config: MkDocsConfig
    ) -> TemplateContext:
        """Say in our words what stands where no page is."""
        del config
        if template_name == missing.NAME:
            missing.describe(self.site, context)
        return context

    def on_post_template(
        self, output_content: str, /, *, template_name: str, config: MkDocsConfig
    ) -> str:
        """Put the playbook's search behind the box in the header of the page for no page."""
        return search.put_in(self.site, output_content, template_name, config)

    def on_serve(
        self, server: LiveReloadServer, /, *, config: MkDocsConfig, builder: Any
    ) -> LiveReloadServer:
        """Follow changes of records and templates too."""
        del builder
        for path in theme.watched(config, self.settings):
            server.watch(path)
        return server
