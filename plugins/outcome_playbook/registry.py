"""All records at once: ids, aliases, references resolved, inverses computed."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, term, told
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import Experiment, Hypothesis, Metric, Outcome, Record
from outcome_playbook.records.references import Reference, references
from outcome_playbook.records.wording import short
from outcome_playbook.suggest import Titles

R_co = TypeVar("R_co", bound=Record, covariant=True)


@dataclass(frozen=True, slots=True, eq=False)
class Entry(Generic[R_co]):
    """A readable record in the registry."""

    id: str
    record: R_co
    file: RecordFile

    @property
    def kind(self) -> Kind:
        """What the record is."""
        return self.record.kind

    @property
    def title(self) -> str:
        """What the record is called."""
        return self.record.title


@dataclass(frozen=True, slots=True)
class Link:
    """Record ``source`` names record ``target`` in ``field``. Both are ids that exist."""

    source: str
    field: str
    target: str


@dataclass(slots=True, eq=False)
class Registry:
    """Every record by id, with both ends of every relation.

    ``files`` holds all files in order of their paths, readable or not; ``entries`` the readable
    records by id, sorted; ``aliases`` earlier ids by the id they lead to. It is equal to itself
    alone, so that what is worked out of one can be kept beside it.
    """

    files: list[RecordFile]
    entries: dict[str, Entry[Any]] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    links: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))
    backlinks: dict[str, list[Link]] = field(default_factory=lambda: defaultdict(list))

    @property
    def broken(self) -> list[RecordFile]:
        """The files that are no record of the registry: unreadable, or with a taken id."""
        kept = {id(entry.file) for entry in self.entries.values()}
        return [file for file in self.files if id(file) not in kept]

    def of_kind(self, kind: Kind) -> list[Entry[Any]]:
        """Return the records of a kind, by id."""
        return [entry for entry in self.entries.values() if entry.kind is kind]

    @property
    def outcomes(self) -> list[Entry[Outcome]]:
        """The outcomes, by id."""
        return self.of_kind(Kind.OUTCOME)

    @property
    def metrics(self) -> list[Entry[Metric]]:
        """The metrics, by id."""
        return self.of_kind(Kind.METRIC)

    @property
    def hypotheses(self) -> list[Entry[Hypothesis]]:
        """The hypotheses, by id."""
        return self.of_kind(Kind.HYPOTHESIS)

    @property
    def experiments(self) -> list[Entry[Experiment]]:
        """The experiments, by id."""
        return self.of_kind(Kind.EXPERIMENT)

    def find(self, id_: str | None) -> Entry[Any] | None:
        """Return a record by its id or by an earlier one."""
        return self.entries.get(self.aliases.get(id_, id_)) if id_ else None

    def naming(self, target: str, field_: str, kind: Kind) -> list[Entry[Any]]:
        """Return the records of a kind that name ``target`` in a field: the inverse relation."""
        sources = (link.source for link in self.backlinks.get(target, ()) if link.field == field_)
        entries = (self.entries[source] for source in dict.fromkeys(sources))
        return [entry for entry in entries if entry.kind is kind]

    def hypotheses_of(self, outcome: str) -> list[Entry[Hypothesis]]:
        """Return the hypotheses that serve an outcome."""
        return self.naming(outcome, "outcome", Kind.HYPOTHESIS)

    def experiments_of(self, hypothesis: str) -> list[Entry[Experiment]]:
        """Return the experiments that test a hypothesis."""
        return self.naming(hypothesis, "hypothesis", Kind.EXPERIMENT)

    def outcome_of(self, entry: Entry[Any]) -> Entry[Outcome] | None:
        """Return the outcome that a hypothesis or an experiment serves, if it is readable."""
        record = entry.record
        if isinstance(record, Experiment):
            above = self.find(record.hypothesis)
            record = above.record if above else None
        if not isinstance(record, Hypothesis):
            return None
        found = self.find(record.outcome)
        return found if found and isinstance(found.record, Outcome) else None

    def children_of(self, outcome: str) -> list[Entry[Outcome]]:
        """Return the outcomes that are part of an outcome."""
        return self.naming(outcome, "parent", Kind.OUTCOME)

    def with_descendants(self, outcome: str) -> list[Entry[Outcome]]:
        """Return an outcome and all below it, each once, even where parents run in a circle."""
        found: dict[str, Entry[Outcome]] = {}
        waiting = [outcome]
        while waiting:
            id_ = waiting.pop()
            if id_ not in found and id_ in self.entries:
                found[id_] = self.entries[id_]
                waiting += (child.id for child in reversed(self.children_of(id_)))
        return list(found.values())


def build(files: Iterable[RecordFile], left_out: Collection[str] = ()) -> Registry:
    """Build the registry of these files and report what is wrong with ids and references.

    The order of ``files`` does not matter. Problems are added to the file they belong to.
    ``left_out`` are ids of further records: a reference to one leads somewhere, nobody asks where.
    """
    registry = Registry(sorted(files, key=lambda file: file.path))
    claimed = _claim_ids(registry)
    _claim_aliases(registry, claimed)
    near = _Near(registry)
    for entry in registry.entries.values():
        for reference in references(entry.record):
            target = registry.find(reference.target)
            if target is None:
                # A broken record is reported where it is.
                if reference.target not in claimed and reference.target not in left_out:
                    _report_dangling(registry, entry, reference, near)
                continue
            target = _of_right_kind(entry, reference, target)
            if target is not None:
                link = Link(entry.id, reference.field, target.id)
                registry.links[entry.id].append(link)
                registry.backlinks[target.id].append(link)
    return registry


def _claim_ids(registry: Registry) -> dict[str, RecordFile]:
    """Give each id to the first file that has it; report every file that shares one."""
    claimed: dict[str, RecordFile] = {}
    for file in registry.files:
        first = claimed.setdefault(file.id, file)
        if first is not file:
            for one, other in ((first, file), (file, first)):
                one.report(
                    catalogue.DUPLICATE_ID,
                    Severity.ERROR,
                    told(
                        "the id `%(id)s` is taken: %(path)s has it too",
                        id=file.id,
                        path=other.path,
                    ),
                    told("rename one of the two files"),
                )
    for file in registry.files:
        if file.record is None:  # its earlier ids are its own all the same
            for alias in file.earlier_ids:
                claimed.setdefault(alias, file)
    readable = [file for file in claimed.values() if file.record is not None]
    for file in sorted(readable, key=lambda file: file.id):
        if file.record is not None:
            registry.entries[file.id] = Entry(file.id, file.record, file)
    return claimed


def _claim_aliases(registry: Registry, claimed: dict[str, RecordFile]) -> None:
    for entry in registry.entries.values():
        for index, alias in enumerate(entry.record.aliases):
            taken = claimed.get(alias)
            owner = registry.aliases.get(alias)
            if taken is None and owner is None:
                registry.aliases[alias] = entry.id
                continue
            mend = told("delete it")
            if taken is entry.file:
                message = told("the alias `%(id)s` is the record's own id", id=alias)
            elif taken is None and owner == entry.id:
                message = told("the alias `%(id)s` is listed twice", id=alias)
            else:
                other = taken.path if taken else registry.entries[str(owner)].file.path
                message = told(
                    "the alias `%(id)s` is taken: %(path)s has it already", id=alias, path=other
                )
                mend = told("delete it here, or rename the other")
            entry.file.report(
                catalogue.ALIAS_CLASH, Severity.ERROR, message, mend, ("aliases", index)
            )


def _of_right_kind(
    entry: Entry[Any], reference: Reference, target: Entry[Any]
) -> Entry[Any] | None:
    """Return the record that is named, or report that it is of another kind."""
    if reference.kind is not None and target.kind is not reference.kind:
        entry.file.report(
            catalogue.WRONG_KIND,
            Severity.ERROR,
            told(
                "`%(id)s` is %(kind)s; `%(field)s` names %(wanted)s",
                id=reference.target,
                kind=target.kind.with_article,
                field=reference.field,
                wanted=reference.kind.with_article,
            ),
            told("write the id of %(kind)s", kind=reference.kind.with_article),
            reference.loc,
        )
        return None
    if target.id != reference.target:
        entry.file.report(
            catalogue.OLD_ID,
            Severity.WARNING,
            told("`%(id)s` is an earlier id of `%(now)s`", id=reference.target, now=target.id),
            told("write `%(value)s`", value=target.id),
            reference.loc,
            mend=target.id,
        )
    return target


class _Near:
    """The records that a reference to nothing may mean.

    Where a hundred lead to nothing, no misspelling is behind it, and nobody reads suggestions.
    """

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._titles: dict[Kind | None, Titles] = {}
        self._left = 100

    def to(self, reference: Reference, source: str) -> list[str]:
        """Return the ids nearest to the one that ``source`` names, best first."""
        self._left -= 1
        if self._left < 0:
            return []
        kind = reference.kind
        if kind not in self._titles:
            entries = self._registry.entries.values()
            self._titles[kind] = Titles({e.id: e.title for e in entries if kind in (None, e.kind)})
        return self._titles[kind].nearest(reference.target, but=source)


def _report_dangling(
    registry: Registry, entry: Entry[Any], reference: Reference, nearest: _Near
) -> None:
    near = nearest.to(reference, entry.id)
    none, mend = _NOWHERE[reference.kind]
    if near:
        meant = "; ".join(f"`{id_}` ({short(registry.entries[id_].title)})" for id_ in near)
        mend = told("write %(records)s", records=meant)
        if len(near) > 1:
            mend = told("write one of %(records)s", records=meant)
    entry.file.report(
        catalogue.DANGLING,
        Severity.ERROR,
        told(none, id=reference.target),
        mend,
        reference.loc,
        told("did you mean `%(meant)s`?", meant=near[0]) if near else NOTHING,
    )


_NOWHERE: dict[Kind | None, tuple[str, Told]] = {
    Kind.OUTCOME: (
        term("no outcome has the id `%(id)s`"),
        told("add the outcome, or write the id of one that exists"),
    ),
    Kind.METRIC: (
        term("no metric has the id `%(id)s`"),
        told("add the metric, or write the id of one that exists"),
    ),
    Kind.HYPOTHESIS: (
        term("no hypothesis has the id `%(id)s`"),
        told("add the hypothesis, or write the id of one that exists"),
    ),
    Kind.EXPERIMENT: (
        term("no experiment has the id `%(id)s`"),
        told("add the experiment, or write the id of one that exists"),
    ),
    None: (
        term("no record has the id `%(id)s`"),
        told("add the record, or write the id of one that exists"),
    ),
}
"""What is said of a reference to nothing by the kind that it should lead to."""
