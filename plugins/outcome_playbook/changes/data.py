"""Changes as data, and the JSON Schema (2020-12) that describes it."""

from collections.abc import Iterable
from typing import Any

from outcome_playbook.changes.change import Change, What
from outcome_playbook.diagnostics.writers.printable import dumped
from outcome_playbook.records.kinds import Kind

Json = dict[str, Any]


def as_json(changes: Iterable[Change]) -> str:
    """Return a JSON list of ``{id, kind, change, field, before, after}``, sorted as they are."""
    return dumped(
        [
            {
                "id": change.id,
                "kind": change.kind and str(change.kind),
                "change": str(change.change),
                "field": change.field,
                "before": change.before,
                "after": change.after,
            }
            for change in changes
        ]
    )


def schema() -> Json:
    """Return the JSON Schema of what ``as_json`` returns."""
    whole: Json = {
        "type": "object",
        "description": "The record that came or went.",
        "properties": {
            "title": {"type": "string"},
            "status": {"type": ["string", "null"], "description": "null: the file is unreadable"},
        },
        "required": ["title", "status"],
        "additionalProperties": False,
    }
    nothing, text = {"type": "null"}, {"type": "string"}
    any_field = {"type": "string", "description": "A field, or kind, body, readable, file or files"}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Changes between two revisions of an outcome playbook",
        "type": "array",
        "items": {
            "oneOf": [
                _item(What.ADDED, nothing, nothing, whole),
                _item(What.REMOVED, nothing, whole, nothing),
                _item(What.RENAMED, {"const": "id"}, text, text),
                _item(What.CHANGED, any_field, {}, {}),
            ]
        },
    }


def _item(what: What, field: Json, before: Json, after: Json) -> Json:
    properties = {
        "id": {"type": "string", "description": "The record's id now, or the last it had"},
        "kind": {
            "enum": [*map(str, Kind), None],
            "description": "null where the file does not say it",
        },
        "change": {"const": str(what)},
        "field": field,
        "before": before,
        "after": after,
    }
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
