"""Ids: the one of a new record, and those that it names."""

import re
from collections.abc import Iterable
from pathlib import Path
from unicodedata import combining, normalize

from outcome_playbook.loader import stem, texts
from outcome_playbook.records import guesses
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.values import ID, LONGEST_ID, UNNAMED
from outcome_playbook.registry import Registry
from outcome_playbook.suggest import Titles

_LONGEST_FROM_TITLE = 60
# Letters that are Latin and fall apart into none.
_LATIN = str.maketrans({"ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th"})
_RESERVED = ("index", "readme", UNNAMED.lower())


def id_of_title(title: str) -> str | None:
    """Return the id that a title gives, ``None`` where its letters are not those of an id.

    It is cut between words where the title is long.
    """
    letters = normalize("NFKD", title.casefold().translate(_LATIN))
    letters = "".join(letter for letter in letters if not combining(letter))
    if any(letter.isalnum() and not letter.isascii() for letter in letters):
        return None
    slug = guesses.record_id(re.sub(r"[^a-z0-9]+", " ", letters.replace("'", "").replace("’", "")))
    if slug is None or len(slug) <= _LONGEST_FROM_TITLE:
        return slug
    return slug[: _LONGEST_FROM_TITLE + 1].rpartition("-")[0] or slug[:_LONGEST_FROM_TITLE]


def why_not_free(registry: Registry, id_: str, year: int) -> str | None:
    """Return why a new record cannot have an id, and which it could; ``None`` where it can."""
    if not ID.fullmatch(id_) or len(id_) > LONGEST_ID:
        better = id_of_title(id_)
        said = f"`{id_}` is no id: lower-case letters, digits and hyphens"
        return f"{said}; `{better}` would be" if better else said
    if id_ in _RESERVED:
        return f"`{id_}` is no name for a record: the file would introduce its folder"
    taken = next((file.path for file in registry.files if file.id.lower() == id_), None)
    if taken is None and id_ in registry.aliases:
        taken = f"{registry.entries[registry.aliases[id_]].file.path}, as an earlier id"
    if taken is None:
        return None
    other = f"{id_}-{year}"
    free = other if registry.find(other) is None else "another"
    return (
        f"the id `{id_}` is taken by {taken}; if this is another record, say what differs"
        f", such as `{free}`"
    )


def resolve(registry: Registry, kind: Kind | None, id_: str) -> tuple[str, str]:
    """Return the current id of the record that is named, and what is wrong, empty where nothing is.

    ``kind`` is what it must be, if anything. An earlier id becomes the one of today.
    """
    found = registry.find(id_)
    if found is None and any(file.id == id_ for file in registry.broken):
        return id_, ""  # it is there, and its own problem
    if found is None:
        entries = [e for e in registry.entries.values() if kind in (None, e.kind)]
        near = Titles({entry.id: entry.title for entry in entries}).nearest(id_, but="")
        message = f"no {kind or 'record'} has the id `{id_}`"
        if near:
            meant = "; ".join(f"`{each}` ({registry.entries[each].title})" for each in near)
            return id_, f"{message}; did you mean {meant}?"
        if not entries:
            return id_, f"{message}: there is no {kind or 'record'} yet"
        return id_, message
    if kind is not None and found.kind is not kind:
        return id_, f"`{id_}` is {found.kind.with_article}, not {kind.with_article}"
    return found.id, ""


_KIND = re.compile(rb"^kind:[ \t]*[\"']?(\w+)", re.MULTILINE)
_TITLE = re.compile(rb"^title:[ \t]*(.+?)[ \t\r]*$", re.MULTILINE)
_FIRST_LINES = 2000


def ids_in(root: Path, folders: Iterable[str], kind: Kind | None) -> dict[str, str]:
    """Return the titles of the records of a kind by id, as their first lines have them.

    No record is read for it: a shell waits while it completes a word.
    """
    found = {}
    for path, data in texts(root, folders).items():
        first = data[:_FIRST_LINES]
        its = _KIND.search(first)
        if its and (kind is None or its[1].decode("ascii", "replace") == kind):
            title = _TITLE.search(first)
            found[stem(path)] = title[1].decode("utf-8", "replace").strip("\"'") if title else ""
    return dict(sorted(found.items()))
