"""From values to the file of a record, checked among all the others."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from outcome_playbook import registry as registries
from outcome_playbook import rules
from outcome_playbook.diagnostics import Problem, Severity, catalogue
from outcome_playbook.drafting.names import id_of_title, resolve, why_not_free
from outcome_playbook.drafting.slots import (
    Slot,
    fault_of,
    put,
    read_value,
    slot_named,
    slots_of,
)
from outcome_playbook.loader import Published, load
from outcome_playbook.playbook import garbage_left_alone
from outcome_playbook.records.blank import blank, needs
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.folders import folder_for
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.reading import read_record
from outcome_playbook.records.references import references
from outcome_playbook.registry import Registry
from outcome_playbook.settings import Settings
from outcome_playbook.yaml12 import field as field_text


class DraftError(Exception):
    """A record that cannot be begun as it was asked for; the text says why."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The playbook that a new record comes into: where it lies, and the records it has."""

    root: Path
    settings: Settings
    published: Published
    registry: Registry


def surroundings(
    root: Path, settings: Settings, docs_dir: str, generated: frozenset[str]
) -> Surroundings:
    """Read the records of a playbook. Raises ``OSError``."""
    published = Published(root, docs_dir, tuple(settings.records), generated)
    with garbage_left_alone():
        registry = registries.build(load(root, settings.records).files)
    return Surroundings(root, settings, published, registry)


def folder_of(around: Surroundings, kind: Kind, wanted: Path | None, here: Path) -> str:
    """Return the folder of a new record, relative to the root: the one wanted, or its kind's.

    ``wanted`` is relative to ``here``, or else to the root. Raises ``DraftError`` where no record
    is read in it.
    """
    folders = around.settings.records
    if not folders:
        raise DraftError("the option `records` of the playbook plugin names no folder to write to")
    if wanted is None:
        return folder_for(kind, folders)
    for base in (here, around.root):
        full = (base / wanted).resolve()
        if full.is_relative_to(around.root):
            path = full.relative_to(around.root).as_posix()
            hidden = any(part.startswith(".") for part in PurePosixPath(path).parts)
            if not hidden and any(f"{path}/".startswith(f"{folder}/") for folder in folders):
                return path
    named = ", ".join(f"`{folder}`" for folder in folders)
    raise DraftError(f"no record is read in {wanted}, only in {named} and the folders below")


@dataclass(slots=True)
class Wish:
    """What is known of a record before it is one: its values as front matter has them."""

    kind: Kind
    status: str
    values: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    id: str | None = None

    def take(
        self,
        registry: Registry,
        texts: Mapping[str, tuple[str, ...]],
        settings: tuple[str, ...] = (),
    ) -> None:
        """Take in values as texts by the name of their slot, and others as ``name=text``.

        Raises ``DraftError`` with all that is wrong with them, a line each.
        """
        wrong: list[str] = []
        pairs = [(name, text) for name, several in texts.items() for text in several]
        for setting in settings:
            name, sign, text = setting.partition("=")
            if sign:
                pairs.append((name.strip(), text))
            else:
                wrong.append(f"--set takes FIELD=VALUE, not `{setting}`")
        for name, text in pairs:
            slot = slot_named(self.kind, name)
            if isinstance(slot, str):
                wrong.append(slot)
            elif said := self.fill(registry, slot, text):
                wrong.append(said)
        if wrong:
            raise DraftError(_lines("what was given cannot be written", wrong))

    def fill(self, registry: Registry, slot: Slot, text: str) -> str:
        """Take in what was typed for a slot; return what is wrong with it, empty where nothing is.

        An earlier id of a record becomes the one of today.
        """
        value = read_value(slot, text)
        if fault := fault_of(self.kind, slot, value):
            return "; ".join(fault)
        if slot.names is not None:
            named = value if isinstance(value, list) else [value]
            found = [_resolved(registry, slot, item) for item in named]
            if said := next((said for _, said in found if said), ""):
                return f"`{slot.name}`: {said}"
            value = [item for item, _ in found] if isinstance(value, list) else found[0][0]
        put(self.values, slot, value)
        return ""

    def missing(self) -> list[Slot]:
        """Return the slots without which the record has an error in its status, in their order.

        Of a field with fields of its own those are returned that it is nothing without.
        """
        given = {name: value for name, value in self.values.items() if value not in ("", [], {})}
        wanted = {"title", *needs(self.kind, self.status, given)} - given.keys()
        return [
            slot
            for slot in slots_of(self.kind)
            if (slot.field in wanted and (len(slot.path) == 1 or slot.needed))
            or (slot.needed and _half_given(given.get(slot.field), slot.path[-1]))
        ]


def _resolved(registry: Registry, slot: Slot, item: Any) -> tuple[Any, str]:
    """Return what names a record, by the id of today, and what is wrong with it."""
    kind = slot.names.kind if slot.names is not None else None
    if isinstance(item, dict) and slot.short_form:
        id_, said = resolve(registry, kind, str(item.get(slot.short_form)))
        return {**item, slot.short_form: id_}, said
    return resolve(registry, kind, str(item))


def _half_given(value: Any, name: str) -> bool:
    return isinstance(value, dict) and value.get(name) is None


@dataclass(frozen=True, slots=True)
class Drafted:
    """A new record: its id, its path below the root, its text, and the warnings it comes with."""

    id: str
    path: str
    text: str
    warnings: tuple[Problem, ...]


def draft(around: Surroundings, wish: Wish, folder: str, year: int) -> Drafted:
    """Return the record that was wished for, checked among the others; nothing is written.

    ``year`` is today's. Raises ``DraftError`` with all that is missing or wrong.
    """
    if lacking := wish.missing():
        heading = f"{wish.kind.with_article} with `status: {wish.status}` needs more"
        raise DraftError(_lines(heading, map(_wanted, lacking)))
    id_ = wish.id or id_of_title(wish.values["title"])
    if id_ is None:
        raise DraftError(
            "the title has letters that no id has, so give one with --id: lower-case letters, "
            "digits and hyphens, such as reminder-letter"
        )
    if reason := why_not_free(around.registry, id_, year):
        raise DraftError(f"{reason} (--id)")
    path = f"{folder}/{id_}.md"
    text = blank(wish.kind, wish.values, wish.status, wish.body)
    if text != text.encode("utf-8", "replace").decode():
        raise DraftError("the body holds a byte that is no letter; type it again")
    problems = problems_of(around, path, text)
    if errors := [problem for problem in problems if problem.severity is Severity.ERROR]:
        said = (f"{problem.message}; {problem.help}" for problem in errors)
        raise DraftError(_lines("the record would have errors", said))
    return Drafted(id_, path, text, tuple(problems))


def problems_of(around: Surroundings, path: str, text: str) -> list[Problem]:
    """Return what is wrong with a new record among the others, notes left out.

    The rules look at the records that it names, and at what those name: nothing names it yet.
    """
    file = read_record(path, text.encode())
    near: dict[str, RecordFile] = {}
    waiting = [file]
    for _ in range(_FAR):
        named = [
            entry.file
            for each in waiting
            if each.record is not None
            for reference in references(each.record)
            if (entry := around.registry.find(reference.target)) is not None
        ]
        waiting = [each for each in named if each.path not in near]
        near.update((each.path, each) for each in waiting)
    registry = registries.build([file, *near.values()])
    rules.check(registry, around.settings, around.published)
    return [problem for problem in file.problems if problem.severity is not Severity.NOTE]


_UNNAMED = "a-new-record"
_FAR = 2
"""Steps from a new record to what a rule looks at: its metric, and what replaced that."""


def clash(around: Surroundings, wish: Wish) -> str:
    """Return what is wrong with values beside each other, empty where nothing is so far."""
    slots = slots_of(wish.kind)
    halves = {
        slot.field
        for slot in slots
        if slot.needed and _half_given(wish.values.get(slot.field), slot.path[-1])
    }
    whole = {name: value for name, value in wish.values.items() if name not in halves}
    fields = {"kind": str(wish.kind), "status": wish.status, **whole}
    text = f"---\n{''.join(field_text(name, value) for name, value in fields.items())}---\n"
    path = f"{folder_for(wish.kind, around.settings.records)}/{wish.id or _UNNAMED}.md"
    for problem in problems_of(around, path, text):
        if problem.severity is Severity.ERROR and problem.rule is not catalogue.MISSING:
            return f"{problem.message}; {problem.help}"
    return ""


def _wanted(slot: Slot) -> str:
    if slot.name == "title":
        return f"TITLE: {slot.meaning}"
    if slot.is_written_out:
        return f"--set {slot.name}=…: {slot.meaning}, as YAML"
    about = f"one of {', '.join(slot.choices)}" if slot.choices else f"such as “{slot.example}”"
    return f"{slot.option}: {slot.meaning}, {about}"


def _lines(heading: str, lines: Iterable[str]) -> str:
    return "\n".join((heading, *(f"  {line}" for line in lines)))
