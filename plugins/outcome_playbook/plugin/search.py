"""The search box of the theme's header, with the playbook's own index behind it.

The theme's search plugin stays, since the box comes with it. What it does with each page is taken
out, and in place of its index is a stub that has none of the texts. Each page has the stub in its
configuration, so that the box says what is wrong even where no file of the search is there. The
worker that the theme sends each query to is the playbook's.
"""

import json
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
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
_ANSWERS = Path(__file__).parent.parent / "assets" / "page" / "search.js"
_COMMENT = re.compile(r"/\*[\s\S]*?\*/|^\s*//.*$", re.MULTILINE)
_BOX = 'data-md-component="search"'


def take_over(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Keep the box of the theme's search plugin, take the rest out, and add the stub.

    The theme's plugin ``offline`` makes a script of the file, and a page that was opened before
    the site was published with this version asks for it.

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
    content = json.dumps(_stub(site, plugin.config), ensure_ascii=False)
    files.append(File.generated(config, _STUB, content=content))


def _stub(site: Site, options: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the theme has in place of an index, and hands to the worker.

    The theme marks the words of a query on a page by the separator.
    """
    with speaking(site.renderer.language):
        ours = {
            "language": site.renderer.language.code,
            "explore": site.addresses.url(EXPLORE),
            "said": header.said(),
        }
    config = {"lang": options["lang"], "separator": options["separator"], "playbook": ours}
    return {"config": config, "docs": []}


def put_in(site: Site, html: str, where: str, config: MkDocsConfig) -> str:
    """Return a page whose configuration names the playbook's worker, and has the stub.

    Raises ``PluginError`` for a page with the theme's box and no such place: the box would find
    nothing on it.
    """
    before, begin, rest = html.partition(_BEGIN)
    if not begin:
        if _BOX in html:
            raise _is_unknown(f"{where} has its search box and no '{_BEGIN}'")
        return html
    text, end, after = rest.partition(_END)
    plugin = config.plugins.get(_THEMES_PLUGIN)
    if _BOX not in before or plugin is None:
        return html
    with speaking(site.renderer.language):
        words = header.above_results()
    text = _with_worker(text, words, _stub(site, plugin.config), where)
    return f"{before}{begin}{text}{end}<script>{_script()}</script>{after}"


@cache
def _script() -> str:
    """Return the lines that answer the theme's request for its index, in every page alike."""
    lines = _COMMENT.sub("", _ANSWERS.read_text(encoding="utf-8")).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


def _with_worker(text: str, words: Mapping[str, str], stub: Mapping[str, Any], where: str) -> str:
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
    page["playbook"] = stub
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
