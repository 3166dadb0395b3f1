"""Which records a change can have given a problem to, and which have to be read to tell.

Reading ten thousand records twice takes seconds; finding those that mention a changed one takes a
look at their bytes. What stays unread is only known by its id, before and after alike, so that
whatever cannot be told of the rest cannot be told of it on either side.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from outcome_playbook.loader import stem
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.reading import read_record
from outcome_playbook.records.references import references

_CHAINS = ("parent", "supersedes", "replaced_by")
_MOST = 300  # names to look for; with more of them, reading everything is as quick

Texts = Mapping[str, bytes]
"""The bytes of records by path."""


def nearby(now: Texts, then: Texts, changed: Iterable[str]) -> set[str] | None:
    """Return the paths of the records to read, ``None`` when it is as well to read them all.

    ``now`` holds all records as they are, ``then`` those of the changed ones that were there before
    as they were. ``changed`` are all changed paths, of records or not.
    """
    paths = set(changed)
    near = _Near(now)
    records = {path for path in paths if path in now or path in then}
    near.named(map(stem, records))  # of two with one id, either may count now
    near.paths |= records
    before = [read_record(path, text) for path, text in then.items()]
    versions = [*before, *(read_record(path, now[path]) for path in near.paths & now.keys())]
    for path in paths - records:
        near.mentioning([path.rsplit("/", 1)[-1], quote(path.rsplit("/", 1)[-1])])
        near.named(_may_share_its_address(path))
    own = {file.id for file in versions} | {id_ for file in versions for id_ in file.earlier_ids}
    near.named(own)
    near.mentioning(own)
    hypotheses = {id_ for file in versions for id_ in _hypothesis(file)}
    near.leading_to({target for file in versions for target in _targets(file)} | hypotheses)
    near.mentioning(hypotheses | {id_ for id_ in hypotheses for id_ in near.names_of(id_)})
    near.along_chains(versions)
    near.named({stem(path) for path in near.paths})
    return near.paths if len(near.sought) <= _MOST else None


@dataclass(slots=True)
class _Near:
    """The paths found so far, and the names that were looked for."""

    texts: Texts
    paths: set[str] = field(default_factory=set)
    sought: set[str] = field(default_factory=set)
    _by_id: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for path in self.texts:
            self._by_id.setdefault(stem(path), []).append(path)

    def named(self, ids: Iterable[str]) -> None:
        """Add the records with these ids."""
        for id_ in ids:
            self.paths.update(self._by_id.get(id_, ()))

    def mentioning(self, names: Iterable[str]) -> None:
        """Add the records in whose text one of these names stands."""
        new = {name for name in names if name} - self.sought
        self.sought |= new
        if not new or len(self.sought) > _MOST:
            return
        encoded = sorted(re.escape(name).encode("utf-8", "surrogateescape") for name in new)
        found = re.compile(rb"(?<![a-z0-9-])(?:%s)(?![a-z0-9-])" % b"|".join(encoded)).search
        self.paths.update(path for path, text in self.texts.items() if found(text))

    def leading_to(self, targets: Iterable[str]) -> None:
        """Add the records that references lead to, by their ids or by earlier ones."""
        wanted = set(targets)
        self.named(wanted)
        self.mentioning(wanted - self._by_id.keys())

    def names_of(self, id_: str) -> set[str]:
        """Return the id and the earlier ids of the record that an id leads to."""
        known = self._by_id.get(id_)
        files = [self._read(path) for path in (known or self.paths & self.texts.keys())]
        return {
            name
            for file in files
            if known or id_ in file.earlier_ids
            for name in (file.id, *file.earlier_ids)
        }

    def along_chains(self, files: Iterable[RecordFile]) -> None:
        """Add what these records lead to by fields that may run in a circle, to the end."""
        waiting = [id_ for file in files for id_ in _targets(file, _CHAINS.__contains__)]
        done: set[str] = set()
        while waiting:
            id_ = waiting.pop()
            if id_ in done:
                continue
            done.add(id_)
            self.leading_to([id_])
            for path in self._by_id.get(id_, ()):
                waiting += _targets(self._read(path), _CHAINS.__contains__)

    def _read(self, path: str) -> RecordFile:
        return read_record(path, self.texts[path])


def _targets(file: RecordFile, wanted: Callable[[str], bool] = lambda _: True) -> Iterator[str]:
    if file.record is not None:
        yield from (r.target for r in references(file.record) if wanted(r.field))


def _hypothesis(file: RecordFile) -> list[str]:
    """Return the hypothesis that a record names, even one that cannot be read."""
    named = file.front.fields.get("hypothesis")
    return [named] if isinstance(named, str) else []


def _may_share_its_address(path: str) -> list[str]:
    """Return the ids of records whose page could lie where a handbook page is put."""
    return [stem(path), *path.split("/")[-2:-1]]
