"""The search box of the theme's header, with the playbook's own index behind it.

The theme's search plugin stays, since the box comes with it. What it does with each page is taken
out, and in place of its index the page fetches a stub that has none of the texts. The worker that
the theme sends each query to is the playbook's.
"""

import json
from collections.abc import Callable, Mapping
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from jinja2.utils import htmlsafe_json_dumps
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files

from outcome_playbook.pages import header
from outcome_playbook.pages.language import speaking
from outcome_playbook.pages.urls import EXPLORE
from outcome_playbook.plugin.files import Site
from outcome_playbook.plugin.theme import SCRIPTS

_THEMES_PLUGIN = "material/search"
_ITS_HANDLERS = ("page_context", "post_build")
_STUB = "search/search_index.json"
_WORKER = f"{SCRIPTS}/header.js"
_BEGIN, _END = '<script id="__config" type="application/json">', "</script>"
_BOX = 'data-md-component="search"'


def take_over(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Keep the box of the theme's search plugin, take the rest out, and add the stub.

    A site without the plugin has no box. Raises ``PluginError`` where the plugin is not made as
    this module knows it: it would then write an index that nobody reads.
    """
    plugin = config.plugins.get(_THEMES_PLUGIN)
    if plugin is None or not plugin.config.get("enabled", True):
        return
    for event in _ITS_HANDLERS:
        handlers = config.plugins.events[event]
        left = [handler for handler in handlers if getattr(handler, "__self__", None) is not plugin]
        if len(left) == len(handlers):
            raise _is_unknown(f"its search plugin has no 'on_{event}'")
        handlers[:] = left
    stub = File.generated(config, _STUB, content=_stub(site, plugin.config))
    files.append(stub)


def _stub(site: Site, options: Mapping[str, Any]) -> str:
    """Return what the page fetches in place of an index, and hands to the worker.

    The theme marks the words of a query on a page by the separator.
    """
    with speaking(site.renderer.language):
        ours = {
            "language": site.renderer.language.code,
            "explore": site.addresses.url(EXPLORE),
            "said": header.said(),
        }
    config = {"lang": options["lang"], "separator": options["separator"], "playbook": ours}
    return json.dumps({"config": config, "docs": []}, ensure_ascii=False)


def name_worker(site: Site, html: str, where: str) -> str:
    """Return a page whose configuration names the playbook's worker.

    Raises ``PluginError`` for a page with the theme's box and no such place: the box would find
    nothing on it.
    """
    before, begin, rest = html.partition(_BEGIN)
    if not begin:
        if _BOX in html:
            raise _is_unknown(f"{where} has its search box and no '{_BEGIN}'")
        return html
    text, end, after = rest.partition(_END)
    if _BOX not in before:
        return html
    with speaking(site.renderer.language):
        text = _with_worker(text, header.above_results(), where)
    return f"{before}{begin}{text}{end}{after}"


def _with_worker(text: str, words: Mapping[str, str], where: str) -> str:
    try:
        page = json.loads(text)
        has_all = "search" in page and words.keys() <= page["translations"].keys()
        base = str(page["base"])
    except (ValueError, TypeError, KeyError, AttributeError):
        has_all = False
    if not has_all:
        raise _is_unknown(f"the configuration in {where} names no worker of the search")
    page["search"] = f"{base.rstrip('/')}/{_WORKER}"
    page["translations"].update(words)
    return str(htmlsafe_json_dumps(page, dumps=_compact))


_compact: Callable[..., str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _is_unknown(what: str) -> PluginError:
    try:
        theme = version("mkdocs-material")
    except PackageNotFoundError:
        theme = "of an unknown version"
    return PluginError(
        f"playbook: the search cannot be put into Material {theme}: {what}. "
        "Take a version that this plugin knows, or take 'search' out of the plugins: "
        "the page 'Explore' searches as well."
    )
