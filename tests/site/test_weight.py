"""What a reader's connection carries for a record's page, beside the theme's own files.

The index of the search comes once somebody searches, and not with a page: a browser tests that.
"""

import gzip
import posixpath
import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from outcome_playbook.plugin.theme import stylesheet
from tests.site.building import Built
from tests.site.html import Element

MOST = 60_000
"""Bytes after compression, for a page with all that it names and Material does not bring."""

_SPEC = find_spec("material")
assert _SPEC is not None
assert _SPEC.origin is not None
MATERIAL = Path(_SPEC.origin).parent / "templates"
LOADED = {
    "link": ("href",),
    "script": ("src",),
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "iframe": ("src",),
    "video": ("src", "poster"),
    "audio": ("src",),
    "object": ("data",),
    "embed": ("src",),
}
"""The attributes by which a page makes a browser load something."""
NOT_LOADED = {"canonical", "prev", "next", "alternate", "edit", "author", "license"}
IN_CSS = re.compile(r"""url\(\s*["']?([^"')]+)""")
IN_CSS_IMPORT = re.compile(r"""@import\s+["']([^"']+)""")


def named(page: Element) -> Iterator[str]:
    """Yield the addresses of what a browser loads with the page, as they are written."""
    for element in page.walk():
        rel = set(element.attributes.get("rel", "").split())
        if element.tag == "link" and rel & NOT_LOADED:
            continue
        for attribute in LOADED.get(element.tag, ()):
            written = element.attributes.get(attribute, "")
            urls = written.split(",") if attribute == "srcset" else [written]
            yield from (url.split()[0] for url in urls if url.strip())


def files_of(built: Built, path: str) -> set[str]:
    """Return the files of the site that a page needs, itself and what stylesheets name included."""
    base = "https://site.invalid/"
    found = {path}
    todo = [(path, url) for url in named(built.page(path))]
    while todo:
        source, url = todo.pop()
        whole = urlsplit(urljoin(base + source, url))
        if whole.scheme == "data":
            continue
        assert f"{whole.scheme}://{whole.netloc}/" == base, f"{source} loads {url}"
        file = posixpath.normpath(whole.path.lstrip("/"))
        if file not in found and not is_materials(file):
            found.add(file)
            if file.endswith(".css"):
                css = built.text(file)
                names = [*IN_CSS.findall(css), *IN_CSS_IMPORT.findall(css)]
                todo += [(file, name) for name in names]
    return found


def is_materials(path: str) -> bool:
    return (MATERIAL / path).is_file()


def compressed(built: Built, path: str) -> int:
    return len(gzip.compress((built.folder / path).read_bytes(), compresslevel=6, mtime=0))


def test_a_record_page_loads_in_less_than_60_kb(demo: Built) -> None:
    weights = {}
    for record in demo.data["records"]:
        files = files_of(demo, f"{record['url']}index.html")
        assert "assets/stylesheets/outcome-playbook.css" in files
        weights[record["url"]] = sum(compressed(demo, file) for file in files)

    assert {url: weight for url, weight in weights.items() if weight >= MOST} == {}
    assert len(weights) > 50


def test_a_page_and_its_stylesheet_make_up_the_weight(demo: Built) -> None:
    url = demo.data["records"][0]["url"]
    stylesheet = "assets/stylesheets/outcome-playbook.css"
    # This site's own, in overrides/.
    ours = {"assets/images/favicon.svg", "assets/stylesheets/this-site.css"}
    assert files_of(demo, f"{url}index.html") == {f"{url}index.html", stylesheet, *ours}


def test_the_stylesheet_is_sent_whole_without_what_only_its_writers_read(demo: Built) -> None:
    sent = demo.text("assets/stylesheets/outcome-playbook.css")
    written = re.sub(r"/\*.*?\*/", "", stylesheet(), flags=re.DOTALL)

    assert sent.split() == written.split()
    assert "/*" not in sent
    assert not re.search(r"^\s|\s$", sent.rstrip(), re.MULTILINE)
