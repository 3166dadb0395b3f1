"""Contributed text in a comment on a code host: it shows, and does nothing else.

Hosts make links of more than Markdown does, and some of it wakes people up: ``@team``, ``#12``,
``!12``, the id of a commit, an address. Their filters look at the text that is left when Markdown
is done, so that a backslash is of no help: a space of no width inside parts what they look for.
"""

import re

from outcome_playbook.diagnostics.writers.printable import printable

_NO_WIDTH = "&#8203;"

_MARKUP = re.compile(r"([\\`*_\[\]|~^=])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
# GitHub sets mathematics between signs of dollar, and tells to write one alone like this.
_DOLLAR = "<span>$</span>"

_REFERENCES = re.compile(
    r"""
      (?<= [@\#!%&~^] ) (?= [\w"'.-] )          # @team, #12, !12, %milestone, &epic, ~label
    | (?<= : ) (?= // | [\w+-]+: )              # an address; an :emoji:
    | (?<= \bwww ) (?= \. )                     # an address without its beginning
    | (?<= \bmailto ) (?= : ) | (?<= \bxmpp ) (?= : )
    | (?<= [A-Za-z] ) (?= -\d )                # ABC-12, a ticket of another system
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMIT = re.compile(r"\b[0-9a-f]{7,}\b", re.IGNORECASE)
_TOO_SHORT = 6
"""Digits that are no commit's id yet."""
_PARTED = "\N{ZERO WIDTH SPACE}"


def escaped(text: str) -> str:
    """Return a text as Markdown on one line that shows what it says, in a list or a table."""
    line = printable(" ".join(text.split()))
    line = _COMMIT.sub(_in_parts, _REFERENCES.sub(_PARTED, line))
    line = "".join(_ENTITIES.get(c, c) for c in line)
    line = _MARKUP.sub(r"\\\1", line)
    return line.replace("$", _DOLLAR).replace(_PARTED, _NO_WIDTH)


def _in_parts(commit: re.Match[str]) -> str:
    id_ = commit[0]
    return _PARTED.join(id_[at : at + _TOO_SHORT] for at in range(0, len(id_), _TOO_SHORT))


def code(text: str) -> str:
    """Return an id as code, where it is one; whatever else it is only shows."""
    return f"`{text}`" if re.fullmatch(r"[a-z0-9-]+", text) else escaped(text)
