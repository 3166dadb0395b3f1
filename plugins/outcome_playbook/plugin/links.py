"""A link that is no address, such as ``[x](http://[y)``, would stop MkDocs and lose every page."""

import xml.etree.ElementTree as ET
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from markdown import Markdown  # type: ignore[import-untyped]
from markdown.extensions import Extension  # type: ignore[import-untyped]
from markdown.treeprocessors import Treeprocessor  # type: ignore[import-untyped]

_BEFORE_MKDOCS = 1  # which reads each link at 0


class ReadableLinks(Extension):  # type: ignore[misc]
    """Hands each link that cannot be read to ``report`` and leaves one that leads nowhere."""

    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__()
        self._report = report

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - Python-Markdown's name
        """Take a look at the links once they are all found."""
        md.treeprocessors.register(_Reader(self._report), "playbook_links", _BEFORE_MKDOCS)


class _Reader(Treeprocessor):  # type: ignore[misc]
    def __init__(self, report: Callable[[str], None]) -> None:
        super().__init__()
        self._report = report

    def run(self, root: ET.Element) -> None:
        for element in root.iter():
            for name in ("href", "src"):
                url = element.get(name)
                if url is not None and not _is_readable(url):
                    self._report(url)
                    element.set(name, quote(url, safe="/:"))


def _is_readable(url: str) -> bool:
    try:
        urlsplit(url)
    except ValueError:
        return False
    return True
