"""Links in the text of records: they must lead to a page or file that the site publishes.

MkDocs reports the same when it builds; here it costs no build and comes with line and column.
"""

import posixpath
import re
from collections.abc import Iterator
from typing import Protocol
from urllib.parse import unquote, urlsplit

from outcome_playbook.diagnostics import Severity, Span, catalogue
from outcome_playbook.diagnostics.told import Told, told
from outcome_playbook.prose import outside_code
from outcome_playbook.records.file import RecordFile
from outcome_playbook.registry import Registry
from outcome_playbook.yaml12 import cut


class Published(Protocol):
    """Tells whether the file at a path relative to the folder of ``mkdocs.yml`` is on the site."""

    @property
    def docs_dir(self) -> str:
        """The folder of the handbook pages."""

    def __call__(self, path: str) -> bool:
        """Return whether the site has this file."""


_LONGEST = 200  # characters of a link that are shown

_DEFINITION = re.compile(r" {0,3}\[(?!\^)[^\[\]]+\]:[ \t]*(<[^>]*>|\S+)")
_LINK = re.compile(r"\]\(\s*(<[^>]*>|[^()\s]+(?:\([^()\s]*\)[^()\s]*)?)")


def check(registry: Registry, published: Published) -> None:
    """Report each link of a record's body that leads nowhere or out of the playbook."""
    for entry in registry.entries.values():
        if "](" in entry.file.front.body:
            _check_body(entry.file, published)


def _check_body(file: RecordFile, published: Published) -> None:
    for target, span in links_in(file.front.body, file.front.body_line):
        if message := _wrong(target, file.path, published):
            file.report(
                catalogue.BROKEN_LINK,
                Severity.ERROR,
                message,
                told("link a record, a handbook page or an image by its path from this file"),
                span,
            )


def _wrong(target: str, from_path: str, published: Published) -> Told | None:
    """Return what is wrong with a link in the file at ``from_path``, or ``None``."""
    shown = cut(target, _LONGEST)
    try:
        parts = urlsplit(target)
    except ValueError:  # such as brackets without an address in them
        return told("the link `%(link)s` is no address", link=shown)
    if parts.scheme or parts.netloc or not parts.path or parts.path.startswith("/"):
        return None
    path = posixpath.normpath(posixpath.join(posixpath.dirname(from_path), unquote(parts.path)))
    if path.startswith("../"):
        return told("the link `%(link)s` leads out of the playbook", link=shown)
    if not published(path):
        return told(
            "the link `%(link)s` leads to no page: there is no %(path)s on the site",
            link=shown,
            path=cut(path, _LONGEST),
        )
    return None


def links_in(body: str, first_line: int) -> Iterator[tuple[str, Span]]:
    """Yield the target and place of each inline link that stands outside of code.

    ``first_line`` is the line of the file on which the body begins. The place of a target in angle
    brackets takes them in.
    """
    for number, line in outside_code(body, first_line):
        for match in _LINK.finditer(line):
            column = match.start(1) + 1
            yield match[1].strip("<>"), Span(number, column, number, match.end(1) + 1)


def definitions_in(body: str, first_line: int) -> Iterator[tuple[str, Span]]:
    """Yield the same of each definition, ``[name]: target``, to which links of a page refer."""
    for number, line in outside_code(body, first_line):
        if match := _DEFINITION.match(line):
            column = match.start(1) + 1
            yield match[1].strip("<>"), Span(number, column, number, match.end(1) + 1)
