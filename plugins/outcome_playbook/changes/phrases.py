"""How the change of a field is said, kind by kind: names, units, items of lists."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from outcome_playbook.changes.words import (
    cut,
    difference_unit,
    from_to,
    list_from_to,
    listed,
    measured,
    number,
    quoted,
    text_from_to,
)
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Registry

Fields = Mapping[str, Any]
"""A record as plain data: what is written, without what is as it is anyway."""


@dataclass(frozen=True, slots=True)
class Side:
    """A record as it was or is, among the others of that time."""

    registry: Registry
    kind: Kind
    fields: Fields

    def unit_of(self, metric: str | None) -> str | None:
        """Return the unit of a metric, ``None`` where it is not known."""
        entry = self.registry.find(metric)
        return entry.record.unit if entry is not None and entry.kind is Kind.METRIC else None

    @property
    def unit(self) -> str | None:
        """The unit of the metric that the record is measured by, or of the metric itself."""
        if self.kind is Kind.METRIC:
            return self.fields.get("unit")
        if self.kind is Kind.EXPERIMENT:
            tested = self.registry.find(self.fields.get("hypothesis"))
            is_one = tested is not None and tested.kind is Kind.HYPOTHESIS
            return self.unit_of(tested.record.metric) if tested and is_one else None
        return self.unit_of(self.fields.get("metric"))


_MEASURED: Final = ("baseline", "target")
_DIFFERENCES: Final = ("minimum_detectable_effect", "low", "expected", "high")
_PLAIN: Final = frozenset(
    (
        *("kind", "status", "method", "conclusion", "direction", "value", "indicator", "action"),
        *("start", "end", "target_date", "review_by", "date", "from", "to"),
        *("metric", "outcome", "hypothesis", "parent", "replaced_by", "unit"),
    )
)
"""Fields whose text is a word of ours, a date or an id: it stands without quotation marks."""

_NAMES = {
    "method": {"ab_test": "A/B test"},
    "value": {"customer": "customer value", "business": "business value"},
}


def name_of(field: str) -> str:
    """Return a field in words; a field of one's own, such as ``x-team``, is called as it is."""
    if field.startswith("x-"):
        return field
    return _CALLED.get(field, field.replace("_", " "))


_CALLED = {
    "if_up": "what we would do if it rose",
    "if_down": "what we would do if it fell",
    "would_change_our_mind": "what would change our mind",
    "retrospective": "“written down afterwards”",
    "because": "observations",
}


def word(field: str, value: str) -> str:
    """Return a word of a closed list: ``not_supported`` is "not supported"."""
    return _NAMES.get(field, {}).get(value, value.replace("_", " "))


def phrase(field: str, before: Any, after: Any, was: Side, now: Side) -> str:
    """Return what is said behind the field's name, with what parts the two.

    ``None`` is what is not written. The values are plain data of the field on either side.
    """
    if isinstance(before, list) or isinstance(after, list):
        if not (isinstance(before or [], list) and isinstance(after or [], list)):
            return " changed"
        was_said, now_said = _Items(field, was), _Items(field, now)
        return f": {list_from_to(before or [], after or [], was_said.key, was_said, now_said)}"
    if before is None:
        return f" set to {_said(field, after, now)}"
    if after is None:
        return f" taken out, was {_said(field, before, was)}"
    if isinstance(before, dict) and isinstance(after, dict):
        return f": {'; '.join(_inside(before, after, was, now))}"
    return f" {_from_to(field, before, after, was, now)}"


def _from_to(field: str, before: Any, after: Any, was: Side, now: Side) -> str:
    if _is_number(before) and _is_number(after):
        return from_to(before, after, _unit(field, was), _unit(field, now))
    if isinstance(before, str) and isinstance(after, str) and field not in _PLAIN:
        return text_from_to(before, after)
    return f"{_said(field, before, was)} → {_said(field, after, now)}"


def _inside(before: Fields, after: Fields, was: Side, now: Side) -> Iterator[str]:
    """Yield what changed in a group of fields."""
    for name in dict.fromkeys((*before, *after)):
        old, new = before.get(name), after.get(name)
        if old != new or (name in before) != (name in after):
            yield f"{name_of(name)}{phrase(name, old, new, was, now)}"


def _said(field: str, value: Any, side: Side) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if _is_number(value):
        return measured(value, _unit(field, side))
    if isinstance(value, str):
        return word(field, value) if field in _PLAIN else quoted(value)
    if isinstance(value, dict) and not field.startswith("x-"):
        inner = (f"{name_of(name)} {_said(name, v, side)}" for name, v in value.items())
        return cut(", ".join(inner), 200)
    return cut(json.dumps(value, ensure_ascii=False))


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _unit(field: str, side: Side) -> str | None:
    if field in _MEASURED:
        return side.unit
    return difference_unit(side.unit) if field in _DIFFERENCES else None


# Items of lists -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Items:
    """Says an item of a list in words, and knows an item again by its key."""

    field: str
    side: Side

    def key(self, item: Any) -> str:
        """Return what an item is known again by, even if the rest of it changed."""
        names = _KEYS.get(self.field)
        if names and isinstance(item, dict):
            return "\n".join(str(item.get(name)) for name in names)
        return json.dumps(item, ensure_ascii=False, sort_keys=True)

    def __call__(self, item: Any) -> str:
        """Return an item in words."""
        if not isinstance(item, dict) or self.field not in _KEYS:
            if not isinstance(item, str):
                return cut(json.dumps(item, ensure_ascii=False))
            return quoted(item) if self.field in _TEXTS else cut(item)
        return _ITEMS[self.field](item, self.side)


_KEYS: dict[str, tuple[str, ...]] = {
    "guardrails": ("metric",),
    "because": ("observation",),
    "results": ("metric",),
    "readings": ("date",),
    "extensions": ("from", "to"),
    "reopened": ("date",),
    "sources": ("url",),
}
_TEXTS: Final = ("tags", "root_causes")


def _guardrail(item: Fields, side: Side) -> str:
    limit = item.get("limit")
    if limit is None:
        return f"{item['metric']}"
    return f"{item['metric']} (limit {measured(limit, side.unit_of(item['metric']))})"


def _result(item: Fields, side: Side) -> str:
    unit = side.unit_of(item["metric"])
    said = []
    if item.get("estimate") is not None:
        own = item.get("unit") or difference_unit(unit)
        said.append(f"effect {measured(item['estimate'], own)}")
        if item.get("low") is not None and item.get("high") is not None:
            said.append(f"interval {number(item['low'])} to {measured(item['high'], own)}")
    arms = item.get("arms") or [item[name] for name in ("control", "treatment") if name in item]
    said += (text for arm in arms if (text := _arm(arm, unit)))
    return f"{item['metric']}: {listed(said)}" if said else f"{item['metric']}"


def _arm(arm: Fields, unit: str | None) -> str:
    n, conversions, mean, rate = (arm.get(name) for name in ("n", "conversions", "mean", "rate"))
    of = f" of {number(n)}" if n is not None else ""
    if conversions is not None:
        return f"{number(conversions)}{of}"
    if rate is not None:
        return f"{number(round(rate * 100, 10))}%{of}"
    if mean is not None:
        return f"{measured(mean, unit)}{of}"
    return f"n {number(n)}" if n is not None else ""


_ITEMS: dict[str, Callable[[Fields, Side], str]] = {
    "guardrails": _guardrail,
    "because": lambda item, _: quoted(item["observation"]),
    "results": _result,
    "readings": lambda item, side: f"{item['date']}: {measured(item['value'], side.unit)}",
    "extensions": lambda item, _: f"{item['from']} → {item['to']} ({cut(item['reason'])})",
    "reopened": lambda item, _: f"{item['date']} ({cut(item['reason'])})",
    "sources": lambda item, _: quoted(item["title"]),
}
