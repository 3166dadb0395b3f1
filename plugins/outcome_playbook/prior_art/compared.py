"""What a record is compared by: its words, by where they stand, and what it is about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from outcome_playbook.prior_art.words import KEY, words_of
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Entry, Registry


@dataclass(frozen=True, slots=True)
class Draft:
    """A record that is not in the registry yet: its fields as front matter has them."""

    kind: Kind
    fields: Mapping[str, Any]
    body: str = ""


TITLE: Final = 3
TAG: Final = 2
CLAUSE: Final = 1
"""How much a word counts in a title, in a tag and in a clause."""

_CLAUSES: dict[Kind, tuple[str, ...]] = {
    Kind.OUTCOME: ("summary", "problem", "beneficiary"),
    Kind.METRIC: ("summary", "definition"),
    Kind.HYPOTHESIS: ("summary", "change", "problem", "benefits"),
    Kind.EXPERIMENT: ("summary",),
}
_OF_THE_TESTED = ("change", "problem")
_BODY_READ: Final = 400
"""A record without clauses is told by this many characters of its body."""

_ABOUT = ("outcome", "metric", "parent", "hypothesis")


@dataclass(frozen=True, slots=True)
class Compared:
    """The texts of a record by their weight, and the ids that it names by field."""

    texts: tuple[tuple[int, str], ...]
    about: dict[str, str]
    words: dict[str, int] = field(default_factory=dict)
    """The first letters of each word, with the greatest weight of a place where it stands."""

    def __post_init__(self) -> None:
        for weight, text in self.texts:  # the greatest weight comes last
            self.words.update(dict.fromkeys([word[:KEY] for word in words_of(text)], weight))

    def at(self, name: str, other: "Compared") -> bool:
        """Whether both name the same record in a field."""
        mine = self.about.get(name)
        return mine is not None and mine == other.about.get(name)


def of_entry(registry: Registry, entry: Entry[Any]) -> Compared:
    """Return what a record of the registry is compared by."""
    names = ("title", "tags", *_ABOUT, *_CLAUSES[entry.kind])
    fields = {name: getattr(entry.record, name, None) for name in names}
    return of_draft(registry, Draft(entry.kind, fields, entry.file.front.body))


def of_draft(registry: Registry, draft: Draft) -> Compared:
    """Return what a draft is compared by. An experiment is about what its hypothesis is about."""
    fields = draft.fields
    about = {
        name: registry.aliases.get(target, target)
        for name in _ABOUT
        if isinstance(target := fields.get(name), str)
    }
    clauses = [str(fields[name]) for name in _CLAUSES[draft.kind] if fields.get(name)]
    tested = registry.find(about.get("hypothesis")) if draft.kind is Kind.EXPERIMENT else None
    if tested is not None and tested.kind is Kind.HYPOTHESIS:
        for name in ("outcome", "metric"):
            if target := getattr(tested.record, name):
                about[name] = registry.aliases.get(target, target)
        clauses += [text for name in _OF_THE_TESTED if (text := getattr(tested.record, name))]
    if not clauses:
        clauses = [draft.body.strip()[:_BODY_READ]]
    tags = fields.get("tags")
    named = " ".join(map(str, tags)) if isinstance(tags, list) else ""
    texts = ((CLAUSE, "\n".join(clauses)), (TAG, named), (TITLE, str(fields.get("title") or "")))
    return Compared(texts, about)
