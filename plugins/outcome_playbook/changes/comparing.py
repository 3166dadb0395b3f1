"""Two playbooks compared: what is different about their records, each field once."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from outcome_playbook.changes.callouts import (
    TAKEN_TWICE,
    UNREADABLE,
    Altered,
    called_out,
    called_out_gone,
)
from outcome_playbook.changes.change import Change, What, position
from outcome_playbook.changes.matching import (
    Match,
    fields_of,
    files_by_id,
    match,
    with_targets,
)
from outcome_playbook.changes.phrases import Side, name_of, phrase, word
from outcome_playbook.playbook import Playbook
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.registry import Entry, Registry


def compare(before: Playbook, after: Playbook) -> list[Change]:
    """Return what is different, by kind and record; of a record, the whole first, then its fields.

    The order of files does not matter, and neither does where a record lies. What only follows
    from the rename of another record is no change.
    """
    matched = match(before.registry, after.registry)
    was = _Times(before.registry)
    now = _Times(after.registry)
    found = [
        change
        for old, new in matched.pairs()
        for change in _of_record(matched, was.state(old), now.state(new))
    ]
    return sorted(found, key=position)  # stable: fields stay in the order of their model


@dataclass(frozen=True, slots=True)
class _State:
    """All that is there under an id, which may be nothing: its record and all of its files."""

    id: str
    entry: Entry[Any] | None
    files: list[RecordFile]

    @property
    def kind(self) -> Kind | None:
        """What it is, as far as anybody can tell."""
        return self.entry.kind if self.entry else self.files[0].kind

    @property
    def title(self) -> str:
        """What it is called, as far as anybody can tell."""
        return self.entry.title if self.entry else self.files[0].title

    @property
    def status(self) -> str | None:
        """Where the work stands; not known of a file that cannot be read."""
        return str(self.entry.record.status) if self.entry else None

    @property
    def text(self) -> str:
        """The text of all its files."""
        return "\n".join(file.text for file in self.files)

    @property
    def whole(self) -> dict[str, str | None]:
        """What is told of a record that came or went."""
        return {"title": self.title, "status": self.status}


class _Times:
    """A registry, asked by id."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._files = files_by_id(registry)

    def state(self, id_: str | None) -> _State | None:
        """Return what is there under an id, ``None`` where there is nothing."""
        if id_ is None:
            return None
        return _State(id_, self._registry.entries.get(id_), self._files[id_])


def _of_record(matched: Match, was: _State | None, now: _State | None) -> Iterator[Change]:
    if was is None and now is not None:
        yield _came(now)
    elif was is not None and now is None:
        yield _went(was, matched.after.aliases.get(was.id))
    elif was is not None and now is not None:
        if was.id != now.id:
            said = f"{was.id} → {now.id}"
            yield _change(now, What.RENAMED, "id", was.id, now.id, said)
        yield from _twice(now, was=len(was.files))
        if was.entry and now.entry:
            yield from _of_fields(matched, was.entry, now.entry)
        elif bool(was.entry) != bool(now.entry):
            said = "can be read again" if now.entry else UNREADABLE
            callout = "" if now.entry else UNREADABLE
            was_read, is_read = bool(was.entry), bool(now.entry)
            yield _change(
                *(now, What.CHANGED, "readable", was_read, is_read, said), callout=callout
            )
        elif was.text != now.text:
            said = "edited, and cannot be read, now as before"
            yield _change(now, What.CHANGED, "file", was.text, now.text, said)


def _change(
    of: _State,
    what: What,
    field: str | None,
    before: Any,
    after: Any,
    said: str,
    callout: str = "",
) -> Change:
    return Change(of.id, of.kind, what, field, before, after, of.title, "", said, callout)


def _came(now: _State) -> Change:
    said, callout = (_words(now), "") if now.entry else (UNREADABLE, UNREADABLE)
    if len(now.files) > 1:
        said, callout = f"{said}; {_taken_twice(now)}", callout or TAKEN_TWICE
    return _change(now, What.ADDED, None, None, now.whole, said, callout)


def _went(was: _State, led_to: str | None) -> Change:
    said = f"was {_words(was)}" if was.entry else "could not be read"
    if led_to is not None:
        said += f"; its id leads to {led_to} now"
    callout = called_out_gone(was.status or "")
    return _change(was, What.REMOVED, None, was.whole, None, said, callout)


def _words(state: _State) -> str:
    conclusion = getattr(state.entry.record, "conclusion", None) if state.entry else None
    return _stands(state.status, conclusion)


def _stands(status: str | None, conclusion: str | None) -> str:
    """Return a status and what came of it, said together: ``concluded, won``."""
    return ", ".join(word("status", str(part)) for part in (status, conclusion) if part)


def _twice(now: _State, was: int) -> Iterator[Change]:
    """Yield what is to be said of an id that more files have than before, or fewer."""
    files = len(now.files)
    if files > was:
        said = _taken_twice(now)
        yield _change(now, What.CHANGED, "files", was, files, said, callout=TAKEN_TWICE)
    elif files < was:
        said = "fewer files have its id"
        yield _change(now, What.CHANGED, "files", was, files, said)


def _taken_twice(now: _State) -> str:
    return f"{TAKEN_TWICE}: {', '.join(file.path for file in now.files)}"


# Fields -------------------------------------------------------------------------------------------


def _of_fields(matched: Match, was: Entry[Any], now: Entry[Any]) -> Iterator[Change]:
    same_file = was.id == now.id and was.file.text == now.file.text and not matched.renamed
    if same_file:
        return
    written, fields = fields_of(was), fields_of(now)
    old = _comparable(matched, matched.before, was, written)
    new = _comparable(matched, matched.after, now, fields)
    sides = Side(matched.before, was.kind, old), Side(matched.after, now.kind, new)
    if was.kind is not now.kind:
        said = f"was {was.kind.with_article}, is {now.kind.with_article}"
        yield _field(now, "kind", str(was.kind), str(now.kind), "", said)
    moved = _stands(old["status"], old.get("conclusion"))
    stands = _stands(new["status"], new.get("conclusion"))
    moves = old["status"] != new["status"]
    for name in _names(was, now, old, new):
        before, after = old.get(name), new.get(name)
        if _same(name, before, after):
            continue
        called, said = name_of(name), phrase(name, before, after, *sides)
        if name == "status":
            called, said = "", f"{moved} → {stands}"
        elif name == "conclusion" and moves:
            called, said = "", ""  # the status says it too
        change = _field(now, name, written.get(name), fields.get(name), called, said)
        if was.kind is now.kind:
            altered = Altered(old, new, before, after)
            change = replace(change, called_out=called_out(now.kind, name, altered))
        yield change
    yield from _of_body(matched, was, now)


def _field(now: Entry[Any], field: str, before: Any, after: Any, name: str, said: str) -> Change:
    kind, title = now.kind, now.title
    return Change(now.id, kind, What.CHANGED, field, before, after, title, name, said)


def _comparable(
    matched: Match, registry: Registry, entry: Entry[Any], fields: dict[str, Any]
) -> dict[str, Any]:
    """Return fields that are equal where they mean the same: a rename is told once, by itself."""
    found: dict[str, Any] = with_targets(fields, entry, matched, registry)
    told = {*matched.renamed, *matched.renamed.values()}
    if told.intersection(found.get("aliases", ())):
        found["aliases"] = [alias for alias in found["aliases"] if alias not in told]
        if not found["aliases"]:
            del found["aliases"]
    return found


def _names(was: Entry[Any], now: Entry[Any], old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Return the names of all fields: those of the models in their order, then one's own."""
    models = (*MODELS[now.kind].model_fields, *MODELS[was.kind].model_fields)
    own = sorted({name for name in (*old, *new) if name.startswith("x-")})
    return list(dict.fromkeys((*models, *own)))


def _same(name: str, before: Any, after: Any) -> bool:
    if name.startswith("x-"):  # no model says what these are: 1 and true are two things
        return json.dumps(before, sort_keys=True) == json.dumps(after, sort_keys=True)
    return bool(before == after)


def _of_body(matched: Match, was: Entry[Any], now: Entry[Any]) -> Iterator[Change]:
    before, after = was.file.front.body, now.file.front.body
    if matched.body(before) == matched.body(after):
        return
    said = " edited" if before.strip() else " written"
    if not after.strip():
        said = " taken out"
    yield _field(now, "body", before or None, after or None, "text", said)
