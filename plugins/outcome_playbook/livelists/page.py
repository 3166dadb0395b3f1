"""Pages of Markdown that are no records: of the handbook, or introducing a records folder."""

import re
from codecs import BOM_UTF8
from dataclasses import dataclass, field
from typing import Final

from outcome_playbook.diagnostics import Problem
from outcome_playbook.diagnostics.problem import id_at
from outcome_playbook.livelists.finding import NAME

# As MkDocs reads it.
_FRONT_MATTER: Final = re.compile(r"-{3}[ \t]*\n(?:.*?\n)(?:-{3}|\.{3})[ \t]*\n", re.DOTALL)


@dataclass(slots=True)
class Page:
    r"""A page at ``path``, relative to the folder of ``mkdocs.yml``.

    ``body`` is its text without front matter, with ``\n`` as its line end; it begins on line
    ``body_line``.
    """

    path: str
    body: str
    body_line: int = 1
    problems: list[Problem] = field(default_factory=list)

    @property
    def id(self) -> str:
        """By what a baseline knows the page."""
        return id_at(self.path)


def page_of(path: str, data: bytes) -> Page | None:
    """Return the page of a file that may hold a live list; of most files, nothing is made.

    Bytes that are no UTF-8 become U+FFFD: MkDocs says what is wrong with them.
    """
    if NAME.encode() not in data:
        return None
    text = data.removeprefix(BOM_UTF8).decode("utf-8", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    front = _FRONT_MATTER.match(text)
    start = front.end() if front else 0
    return Page(path, text[start:], 1 + text.count("\n", 0, start))
