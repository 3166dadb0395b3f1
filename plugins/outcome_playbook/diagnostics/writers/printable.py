"""What the forms share: text that only shows, JSON that can be written, a place in a repository."""

import json
from typing import Any


def printable(text: str) -> str:
    """Replace what a terminal would obey instead of show; a tab or a line end is one space."""
    if text.isprintable():
        return text
    return "".join(
        " " if c in "\t\n" else c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def as_utf8(text: str) -> str:
    """Return text that UTF-8 can write: the name of a file may hold bytes that are no text."""
    return text.encode("utf-8", "replace").decode("utf-8")


def dumped(data: Any) -> str:
    """Return data as JSON for readers and programs."""
    return as_utf8(json.dumps(data, ensure_ascii=False, indent=2))
