"""Links in a text, written anew for a file that is called otherwise or lies elsewhere."""

import posixpath
import re
from dataclasses import dataclass
from urllib.parse import quote, unquote, urlsplit

from outcome_playbook.diagnostics import Edit, Span
from outcome_playbook.rules.links import definitions_in, links_in

_DEEP = "/_" * 64  # enough folders for every `..` of a link to leave one


@dataclass(frozen=True, slots=True)
class Move:
    """A file goes from one path to another; ``docs_dir`` is the folder of the handbook pages."""

    old: str
    new: str
    docs_dir: str


def rewritten(body: str, first_line: int, path: str, move: Move) -> list[Edit]:
    """Return what to write into the links of a text, which begins on line ``first_line``.

    ``path`` is that of its file, as it is now. Only the path of a link changes: its brackets, its
    title and what follows a `?` or `#` stay.
    """
    if "](" not in body and "]:" not in body:
        return []
    edits = []
    for links in (links_in, definitions_in):
        for target, span in links(body, first_line):
            old = re.split("[?#]", target, maxsplit=1)[0]
            in_brackets = span.end_column - span.column > len(target)
            new = _path(target, old, path, move, in_brackets=in_brackets)
            if new != old:
                column = span.column + in_brackets
                place = Span(span.line, column, span.line, column + len(old))
                edits.append(Edit(place, new, old))
    return edits


def _path(target: str, old: str, path: str, move: Move, *, in_brackets: bool) -> str:
    """Return the path of a link in the file at ``path`` as it must be written from now on."""
    try:
        parts = urlsplit(target)
    except ValueError:
        return old
    # What ends in a slash is an address of the site, and records keep theirs in every folder.
    if parts.scheme or parts.netloc or not old or old.endswith("/"):
        return old
    if old.startswith("/"):
        top = _from_top(old, move)
        return top if in_brackets or top == old else _quoted(top)
    here = posixpath.dirname(path)
    leads_to = posixpath.normpath(posixpath.join(here, unquote(old)))
    will_be_here = posixpath.dirname(move.new) if path == move.old else here
    will_lead_to = move.new if leads_to == move.old else leads_to
    if (here, leads_to) == (will_be_here, will_lead_to):
        return old
    folder, slash, name = old.rpartition("/")
    stays = here == will_be_here and posixpath.dirname(move.old) == posixpath.dirname(move.new)
    if stays and unquote(name) == posixpath.basename(move.old):
        return f"{folder}{slash}{posixpath.basename(move.new)}"
    relative = posixpath.relpath(f"{_DEEP}/{will_lead_to}", f"{_DEEP}/{will_be_here}")
    if old.startswith("./") and not relative.startswith("."):
        relative = f"./{relative}"
    return relative if in_brackets else _quoted(relative)


def _quoted(path: str) -> str:
    return quote(path, safe="/!$&'*+,;=:@~")


def _from_top(old: str, move: Move) -> str:
    """Return a path from the top of the handbook, where MkDocs is told to read one so."""
    stays_inside = move.new.startswith(f"{move.docs_dir}/")
    if posixpath.join(move.docs_dir, unquote(old[1:])) == move.old and stays_inside:
        return move.new.removeprefix(move.docs_dir)
    return old
