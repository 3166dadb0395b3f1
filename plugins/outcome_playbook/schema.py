"""JSON Schema of the front matter of records, for editors: what may stand there, what is meant.

It knows what the models know and what a status asks for. What takes a second record to tell, the
check tells. Ids, owners and tags in use are suggestions: a record that was begun a minute ago may
be named all the same.
"""

from collections.abc import Iterable
from typing import Any

from outcome_playbook.diagnostics import Severity
from outcome_playbook.diagnostics.writers.printable import dumped
from outcome_playbook.records.asks import Ask, asked
from outcome_playbook.records.fields import NAMES
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.records.values import WHOLE_DAY
from outcome_playbook.registry import Registry

Json = dict[str, Any]

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NULL: Json = {"type": "null"}
_NOT_RETROSPECTIVE: Json = {"retrospective": {"not": {"const": True}}}
_WHAT_AN_ID_IS = "The name of a record's file, without .md: lower-case letters, digits and hyphens"


def schemas(registry: Registry | None = None) -> dict[str, Json]:
    """Return the schemas by the names of their files; ``record`` is for a record of any kind.

    Each stands alone. Without a ``registry``, no record is suggested.
    """
    known = registry or Registry([])
    kinds = {kind: _of_kind(kind, known) for kind in Kind}
    found = {str(kind): {"$schema": _DIALECT, **schema} for kind, schema in kinds.items()}
    found["record"] = _of_any(kinds)
    return {f"{name}.schema.json": schema for name, schema in sorted(found.items())}


def as_text(schema: Json) -> str:
    """Return a schema as the text of its file."""
    return dumped(schema) + "\n"


def _of_any(kinds: dict[Kind, Json]) -> Json:
    """Return the schema that ``kind`` leads on from.

    By `if`, so that an editor speaks of the kind that is written; with `oneOf`, it would complete
    the fields of all four, and say of each why it does not fit.
    """
    bodies = {kind: dict(schema) for kind, schema in kinds.items()}
    definitions = {name: one for body in bodies.values() for name, one in body.pop("$defs").items()}
    return {
        "$schema": _DIALECT,
        "title": "Record",
        "description": "The front matter of a record of an outcome playbook.",
        "type": "object",
        "properties": {
            "kind": {
                "description": _meaning_of_kind(),
                "enum": [str(kind) for kind in Kind],
                "enumDescriptions": [bodies[kind]["description"] for kind in Kind],
            },
        },
        "required": ["kind"],
        "allOf": [
            {
                "if": {
                    "type": "object",
                    "properties": {"kind": {"const": str(kind)}},
                    "required": ["kind"],
                },
                "then": {"$ref": f"#/$defs/{kind}"},
            }
            for kind in Kind
        ],
        "$defs": {**{str(kind): body for kind, body in bodies.items()}, **definitions},
    }


def _meaning_of_kind() -> str:
    return "What the record is. Begin with it: it says which fields there are."


def _of_kind(kind: Kind, registry: Registry) -> Json:
    made = MODELS[kind].model_json_schema(mode="validation", by_alias=True)
    asks = [ask for ask in _errors(kind) if set(ask.statuses) < set(STATUSES[kind])]
    always = [ask.fields[0] for ask in _errors(kind) if ask not in asks]
    needed = ["kind", *made["required"], *always]
    written = _Written(registry, made.get("$defs", {}))
    fields: Json = {"kind": {"description": _meaning_of_kind(), "const": str(kind)}}
    fields |= written.fields({**made, "required": needed})
    fields["status"] |= {"enumDescriptions": [_asks_for(kind, s) for s in STATUSES[kind]]}
    conditions = [_condition(group, fields) for group in _grouped(asks)]
    if "retrospective" in fields:
        conditions.append(_days_are_known("start", "end"))
    return {
        "title": str(kind).capitalize(),
        "description": made["description"],
        "type": "object",
        "properties": fields,
        "required": needed,
        "patternProperties": {"^x-": True},
        "additionalProperties": False,
        "allOf": conditions,
        "$defs": written.definitions(),
    }


# What a status asks for ---------------------------------------------------------------------------


def _errors(kind: Kind) -> list[Ask]:
    """Return what the statuses of a kind ask for without a choice, each once."""
    asks = dict.fromkeys(ask for status in STATUSES[kind] for ask in asked(kind, status))
    return [ask for ask in asks if ask.severity is Severity.ERROR]


def _asks_for(kind: Kind, status: str) -> str:
    names = [" or ".join(ask.fields) for ask in asked(kind, status) if ask in _errors(kind)]
    return f"Asks for {', '.join(names)}" if names else "Asks for no more than a title"


def _grouped(asks: Iterable[Ask]) -> list[list[Ask]]:
    """Put together what the same statuses ask for in the same way."""
    groups: dict[tuple[frozenset[str], bool], list[Ask]] = {}
    for ask in asks:
        groups.setdefault((ask.statuses, ask.lasting), []).append(ask)
    return list(groups.values())


def _condition(asks: list[Ask], fields: Json) -> Json:
    first = asks[0]
    statuses = [str(s) for s in STATUSES[first.kind] if s in first.statuses]
    when: Json = {"status": {"enum": statuses}}
    if "retrospective" in fields and not first.lasting:
        when |= _NOT_RETROSPECTIVE
    asked_for: Json = {"required": [], "properties": {}}
    for ask in asks:
        if len(ask.fields) > 1:
            asked_for["anyOf"] = [_filled([name], fields) for name in ask.fields]
        else:
            one = _filled(ask.fields, fields)
            asked_for["required"] += one["required"]
            asked_for["properties"] |= one["properties"]
    return {"if": {"properties": when, "required": ["status"]}, "then": asked_for}


def _filled(names: Iterable[str], fields: Json) -> Json:
    """Return what says that these fields are there, and are not left blank."""
    filled: Json = {}
    for name in names:
        types = sorted(_types(fields[name]) - {"null"})
        filled[name] = {"type": types[0] if len(types) == 1 else types}
        if types == ["array"]:
            filled[name]["minItems"] = 1
    return {"required": list(filled), "properties": filled}


def _types(node: Json) -> set[str]:
    if "anyOf" in node:
        return {one for part in node["anyOf"] for one in _types(part)}
    if "$ref" in node:
        return {"string" if node["$ref"].endswith("-id") else "object"}
    types = node.get("type", "string")
    return {types} if isinstance(types, str) else set(types)


def _days_are_known(*names: str) -> Json:
    """Return what says that only what is written down afterwards may know less than the day."""
    day: Json = {"type": ["string", "null"], "format": "date", "pattern": WHOLE_DAY}
    return {
        "if": {"properties": _NOT_RETROSPECTIVE},
        "then": {"properties": dict.fromkeys(names, day)},
    }


# What is written in a field -----------------------------------------------------------------------


class _Written:
    """Turns the schemas that pydantic makes into those of what somebody may write.

    A field that is left blank is as good as absent, names of classes and defaults say nothing, and
    what is in use is suggested.
    """

    def __init__(self, registry: Registry, models: Json) -> None:
        self._registry = registry
        self._models = models
        self._used: dict[str, Json] = {}
        records = [entry.record for entry in registry.entries.values()]
        self._in_use = {
            "owner": sorted({one.owner for one in records if one.owner}),
            "tags": sorted({tag for one in records for tag in one.tags}),
        }

    def fields(self, model: Json) -> Json:
        """Return the schemas of a model's fields by their names."""
        needed = model.get("required", ())
        return {
            name: self._field(name, node, blank=name not in needed)
            for name, node in model["properties"].items()
        }

    def definitions(self) -> Json:
        """Return what the fields refer to: other groups of fields, and ids."""
        return dict(sorted(self._used.items()))

    def _field(self, name: str, node: Json, *, blank: bool) -> Json:
        about: Json = {key: node[key] for key in ("description", "examples") if key in node}
        value = self._value(node)
        if self._in_use.get(name):
            used: Json = {"examples": self._in_use[name]}
            about.pop("examples", None)
            value |= {"items": value["items"] | used} if "items" in value else used
        if self._suggests(value):
            about.pop("examples", None)  # records that exist are the better ones
        return {**about, **(_or_blank(value) if blank else value)}

    def _suggests(self, value: Json) -> bool:
        inner = value.get("items", value)
        alternatives = inner.get("anyOf", [inner])
        names = (one.get("$ref", "").rpartition("/")[2] for one in alternatives)
        return any("anyOf" in self._used.get(name, {}) for name in names)

    def _value(self, node: Json) -> Json:
        """Return the schema of a value, without what is said of the field that it stands in."""
        if NAMES in node:
            return self._id(node[NAMES], node)
        if "$ref" in node:
            return self._reference(node["$ref"].rpartition("/")[2])
        if "anyOf" in node:
            parts = [self._value(part) for part in node["anyOf"] if part != _NULL]
            return parts[0] if len(parts) == 1 else {"anyOf": parts}
        if "items" in node:
            return {"type": "array", "items": self._value(node["items"])}
        said = ("title", "default", "description", "examples")
        return {key: value for key, value in node.items() if key not in said}

    def _reference(self, name: str) -> Json:
        model = self._models[name]
        if "enum" in model:
            return {"type": "string", "enum": model["enum"]}
        if name not in self._used:
            self._used[name] = {}  # its place, should it refer to itself
            self._used[name] = {
                "type": "object",
                "properties": self.fields(model),
                "required": model.get("required", []),
                "additionalProperties": False,
            }
        return {"$ref": f"#/$defs/{name}"}

    def _id(self, kind: str, node: Json) -> Json:
        name = f"{kind}-id"
        any_id: Json = {
            "type": "string",
            "pattern": node["pattern"],
            "patternErrorMessage": _WHAT_AN_ID_IS,
        }
        entries = [e for e in self._registry.entries.values() if kind in ("record", str(e.kind))]
        known: Json = {
            "enum": [entry.id for entry in entries],
            "enumDescriptions": [entry.title for entry in entries],
        }
        self._used[name] = {"anyOf": [known, any_id]} if entries else any_id
        return {"$ref": f"#/$defs/{name}"}


def _or_blank(value: Json) -> Json:
    """Let a field be left blank, which is as if it were not there."""
    if "anyOf" in value:
        return {"anyOf": [*value["anyOf"], _NULL]}
    if "$ref" in value:
        return {"anyOf": [value, _NULL]}
    allowed: Json = {"enum": [*value["enum"], None]} if "enum" in value else {}
    return {**value, "type": [value["type"], "null"], **allowed}
