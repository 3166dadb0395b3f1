"""``api/playbook.json``: the registry as data, and the JSON Schema that describes it."""

from typing import Any

from outcome_playbook import rollups
from outcome_playbook.flags import Flag
from outcome_playbook.pages.urls import Addresses, record_key
from outcome_playbook.playbook import Playbook
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.registry import Entry
from outcome_playbook.rollups import Work

SCHEMA_VERSION = 1
"""Rises when something that was there is renamed, removed or means something else."""

Json = dict[str, Any]


def export(playbook: Playbook, addresses: Addresses) -> Json:
    """Return the whole playbook as plain data. Lists are sorted, so equal input is equal output."""
    registry = playbook.registry
    flags = playbook.flags
    return {
        "schema_version": SCHEMA_VERSION,
        "as_of": playbook.today.isoformat(),
        "records": [
            as_data(playbook, entry, flags.get(entry.id), addresses)
            for entry in registry.entries.values()
        ],
        "broken": [
            {"id": file.id, "path": file.path, "problems": sorted({p.code for p in file.problems})}
            for file in registry.broken
        ],
        "rollups": {
            "by_outcome": [
                {
                    "outcome": id_,
                    **_counts(rollup.own),
                    "with_children": _counts(rollup.with_children),
                }
                for id_, rollup in rollups.by_outcome(registry).items()
            ],
            "by_status": {str(k): v for k, v in rollups.by_status(registry).items()},
        },
    }


def as_data(playbook: Playbook, entry: Entry[Any], flag: Flag | None, addresses: Addresses) -> Json:
    """Return a record as plain data: its fields, and what the playbook makes of it."""
    registry = playbook.registry
    fields = entry.record.model_dump(mode="json", by_alias=True, exclude_none=True)
    own = {k: v for k, v in entry.file.front.fields.items() if k.startswith("x-")}
    return {
        "id": entry.id,
        "kind": str(entry.kind),
        **fields,
        "owner": entry.record.owner,
        **own,
        "url": addresses.url(record_key(entry.kind, entry.id)),
        "path": entry.file.path,
        "links": [{"field": k.field, "id": k.target} for k in registry.links.get(entry.id, ())],
        "backlinks": [
            {"field": k.field, "id": k.source} for k in registry.backlinks.get(entry.id, ())
        ],
        "flags": [str(flag.name)] if flag else [],
    }


def _counts(work: Work) -> Json:
    return {
        "hypotheses": work.hypotheses_by_status(),
        "experiments": work.experiments_by_status(),
        "conclusions": work.conclusions(),
    }


# The schema ---------------------------------------------------------------------------------------

_TEXT: Json = {"type": "string"}
_IDS: Json = {"type": "array", "items": _TEXT}
_COUNTS: Json = {"type": "object", "additionalProperties": {"type": "integer", "minimum": 1}}
_LINKS: Json = {
    "type": "array",
    "items": {
        "type": "object",
        "properties": {"field": _TEXT, "id": _TEXT},
        "required": ["field", "id"],
        "additionalProperties": False,
    },
}
_WORK: Json = {"hypotheses": _COUNTS, "experiments": _COUNTS, "conclusions": _COUNTS}
_OWN_FIELDS: Json = {"^x-": True}


def schema() -> Json:
    """Return the JSON Schema (2020-12) of what ``export`` returns."""
    definitions: Json = {}
    kinds = []
    for kind in Kind:
        model = MODELS[kind].model_json_schema(
            mode="serialization", by_alias=True, ref_template="#/$defs/{model}"
        )
        definitions.update(model.pop("$defs", {}))
        definitions[str(kind)] = _of_kind(kind, model)
        kinds.append({"$ref": f"#/$defs/{kind}"})
    # They are what somebody may write in a file, which has shorter forms than what is published.
    for fields in definitions.values():
        for described in fields.get("properties", {}).values():
            described.pop("examples", None)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Outcome playbook",
        "description": "Every readable record of a playbook, and its rollups.",
        "type": "object",
        "properties": {
            "schema_version": {"const": SCHEMA_VERSION},
            "as_of": {"type": "string", "format": "date"},
            "records": {"type": "array", "items": {"oneOf": kinds}},
            "broken": {
                "type": "array",
                "description": "Files that are no record of the playbook until they are mended.",
                "items": _strict({"id": _TEXT, "path": _TEXT, "problems": _IDS}),
            },
            "rollups": _strict(
                {
                    "by_outcome": {
                        "type": "array",
                        "items": _strict(
                            {"outcome": _TEXT, **_WORK, "with_children": _strict(_WORK)}
                        ),
                    },
                    "by_status": _strict(
                        {
                            str(kind): {"type": "object", "additionalProperties": _IDS}
                            for kind in Kind
                        }
                    ),
                }
            ),
        },
        "required": ["schema_version", "as_of", "records", "broken", "rollups"],
        "additionalProperties": False,
        "$defs": definitions,
    }


def _strict(properties: Json) -> Json:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


def _of_kind(kind: Kind, model: Json) -> Json:
    """Return the schema of an exported record: the model's fields and what is derived."""
    derived: Json = {
        "id": _TEXT,
        "kind": {"const": str(kind)},
        "owner": {"type": ["string", "null"]},
        "url": {"type": "string", "description": "Relative to the site's root"},
        "path": {"type": "string", "description": "Relative to the folder of mkdocs.yml"},
        "links": _LINKS,
        "backlinks": _LINKS,
        "flags": {"type": "array", "items": {"enum": ["overdue", "undecided", "silent", "stale"]}},
    }
    return {
        **model,
        "properties": {**model["properties"], **derived},
        "required": [*derived, "title", "status", "tags"],
        "patternProperties": _OWN_FIELDS,
    }
