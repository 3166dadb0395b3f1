"""The records as documents of the search index: their texts, their cards, their facets."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from outcome_playbook.facets import FACETS
from outcome_playbook.pages import words
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.listing import alphabetical, as_card, last_change
from outcome_playbook.pages.records.experiments import headline, is_concluded
from outcome_playbook.pages.searchable import texts
from outcome_playbook.pages.urls import Addresses, record_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import STATUSES, Conclusion, Kind
from outcome_playbook.records.models import Experiment
from outcome_playbook.registry import Entry
from outcome_playbook.searching.columns import ranks
from outcome_playbook.searching.documents import Document, Facet

TITLES = {
    "kind": term("Kind"),
    "status": term("Status"),
    "conclusion": term("Conclusion"),
    "outcome": term("Outcome"),
    "owner": term("Owner"),
    "tag": term("Tag"),
    "metric": term("Metric"),
    "year": term("Year"),
    "flag": term("Needs attention"),
}
"""What the facets are called."""

_OVER = ("concluded", "cancelled", "achieved", "missed", "dropped")
"""Statuses of experiments and outcomes on which nothing ends any more."""


def numbered(view: View) -> list[Entry[Any]]:
    """Return all records in the order in which the index numbers them: the newest first."""

    def key(entry: Entry[Any]) -> tuple[int, str]:
        return -last_change(view, entry).toordinal(), entry.id

    return sorted(view.registry.entries.values(), key=key)


def documents(
    view: View,
    entries: Sequence[Entry[Any]],
    addresses: Addresses,
    body: Callable[[Entry[Any]], str],
) -> Iterator[Document]:
    """Yield each record as a document, in the language spoken. ``body`` gives its body's text."""
    for entry in entries:
        record = entry.record
        before, after = texts(entry)
        owner = [record.owner] if record.owner else []
        yield Document(
            title=entry.title,
            card=_card(view, entry, addresses),
            id=entry.id,
            names=[*record.aliases, *record.tags, *owner, words.kind(entry.kind)],
            lead=before,
            body=[body(entry), *(text for text in after if text != record.owner)],
            values=view.facets[entry.id],
        )


def facets(view: View) -> list[Facet]:
    """Return the facets with what they and their values are called in the language spoken."""
    registry = view.registry
    labels: dict[str, Mapping[str, str]] = {
        "kind": {str(kind): words.kinds(kind) for kind in Kind},
        "status": {str(one): words.label(str(one)) for of in STATUSES.values() for one in of},
        "conclusion": {str(one): words.label(str(one)) for one in Conclusion},
        "outcome": {entry.id: entry.title for entry in registry.outcomes},
        "metric": {entry.id: entry.title for entry in registry.metrics},
        "flag": {str(flag.name): words.label(str(flag.name)) for flag in view.flags.values()},
    }
    return [Facet(name, labels.get(name, {}), say(TITLES[name])) for name in FACETS]


def orders(view: View, entries: Sequence[Entry[Any]]) -> dict[str, list[int]]:
    """Return the rank of each record in each order beside relevance and newest, their own."""
    number = {entry.id: n for n, entry in enumerate(entries)}
    due = sorted(entries, key=lambda entry: _due(entry, view.today))
    return {
        "due": ranks(number[entry.id] for entry in due),
        "title": ranks(number[entry.id] for entry in alphabetical(entries)),
    }


def _due(entry: Entry[Any], today: date) -> date:
    """Return when something ends that is not over yet; what does not end comes last."""
    due = entry.record.due
    # Nothing ends on the day by which a metric is reviewed.
    if due is None or entry.kind is Kind.METRIC or str(entry.record.status) in _OVER:
        return date.max
    end: date = due.last
    return end if end >= today else date.max


def _card(view: View, entry: Entry[Any], addresses: Addresses) -> dict[str, Any]:
    shown, effect = as_card(view, entry), effect_of(view, entry)
    return {
        "id": entry.id,
        "kind": str(entry.kind),
        "label": words.kind(entry.kind),
        "title": entry.title,
        "url": addresses.url(record_key(entry.kind, entry.id)),
        "say": shown.say,
        "meta": shown.meta,
        "status": asdict(shown.status),
        "late": shown.late,
        "effect": {"text": effect.with_unit, "around": effect.around} if effect else None,
        "tags": list(dict.fromkeys(entry.record.tags)),
    }


def effect_of(view: View, entry: Entry[Any]) -> Effect | None:
    """Return the effect that a result shows: that of a concluded experiment."""
    is_told = isinstance(entry.record, Experiment) and is_concluded(entry)
    return headline(view, entry) if is_told else None
