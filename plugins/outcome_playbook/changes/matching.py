"""Which record of one time is which of another: by its id, or by an alias where it was renamed."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.models import Record
from outcome_playbook.records.references import references
from outcome_playbook.registry import Entry, Registry
from outcome_playbook.yaml12 import Loc


def files_by_id(registry: Registry) -> dict[str, list[RecordFile]]:
    """Return all files by id: more than one where an id is taken twice."""
    found: dict[str, list[RecordFile]] = defaultdict(list)
    for file in registry.files:
        found[file.id].append(file)
    return dict(found)


@dataclass(frozen=True, slots=True)
class Match:
    """Two registries with what was ``renamed`` between them: ids as they were by ids as they are.

    Certain renames only: an id went, another came, and one of the two records says in its aliases
    that it is the other.
    """

    before: Registry
    after: Registry
    renamed: Mapping[str, str]
    _now: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._now.update({old: new for new, old in self.renamed.items()})

    def pairs(self) -> list[tuple[str | None, str | None]]:
        """Return each record as the id it had and the id it has, ``None`` where it is not."""
        before = dict.fromkeys(file.id for file in self.before.files)
        after = dict.fromkeys(file.id for file in self.after.files)
        found: list[tuple[str | None, str | None]] = [
            (self.renamed.get(id_, id_ if id_ in before else None), id_) for id_ in after
        ]
        gone = before.keys() - after.keys() - set(self.renamed.values())
        return [*found, *((id_, None) for id_ in sorted(gone))]

    def target(self, registry: Registry, id_: str) -> str:
        """Return the id that a reference means, as it is called now."""
        id_ = registry.aliases.get(id_, id_)
        return self._now.get(id_, id_)

    def body(self, text: str) -> list[str]:
        """Return the words of a body, with every link to a record by that record's id now.

        Where a record lies, and how lines are broken, says nothing.
        """

        def link(found: re.Match[str]) -> str:
            id_ = self._now.get(found["stem"], found["stem"])
            is_record = id_ in self.after.entries or id_ in self.before.entries
            return f"{id_}.md" if is_record else found[0]

        return _LINK.sub(link, text).split()


_LINK = re.compile(r"(?<=[(\s<])(?:[\w.%~-]+/)*(?P<stem>[\w%~-]+)\.md(?=[)\s>#])")


def match(before: Registry, after: Registry) -> Match:
    """Return which record is which."""
    old_ids = {file.id for file in before.files}
    new_ids = {file.id for file in after.files}
    candidates = {
        *((old, new) for old, new in after.aliases.items()),
        *((old, new) for new, old in before.aliases.items()),  # a rename that is taken back
    }
    certain = {
        (old, new)
        for old, new in candidates
        if old in old_ids and old not in new_ids and new in new_ids and new not in old_ids
    }
    renamed: dict[str, str] = {}
    for old, new in sorted(certain, key=sorted):
        if new not in renamed and old not in renamed.values():
            renamed[new] = old
    return Match(before, after, renamed)


def fields_of(entry: Entry[Any]) -> dict[str, Any]:
    """Return what is written in a record's front matter as plain data, its own fields included."""
    record: Record = entry.record
    written = record.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    own = {k: v for k, v in entry.file.front.fields.items() if k.startswith("x-")}
    return {**written, **own}


def with_targets(
    fields: dict[str, Any], entry: Entry[Any], match: Match, registry: Registry
) -> Any:
    """Return the fields of a record with every reference by the id that its target has now."""
    found = dict(fields)
    for reference in references(entry.record):
        now = match.target(registry, reference.target)
        if now != reference.target:
            found = _put(found, reference.loc, now)
    return found


def _put(data: Any, loc: Loc, value: str) -> Any:
    """Return plain data with another value at a place."""
    if not loc:
        return value
    step, rest = loc[0], loc[1:]
    copy = list(data) if isinstance(data, list) else dict(data)
    copy[step] = _put(copy[step], rest, value)  # type: ignore[index]
    return copy
