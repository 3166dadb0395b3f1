"""The Explore page: every record, narrowed down by words and by facets.

What is here is there before any script runs and before the index of the search is fetched: the
newest records, the facets with what each would find, and for readers without a script, the whole
list.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from outcome_playbook.facets import FACETS
from outcome_playbook.flags import FlagName
from outcome_playbook.pages import counted, documents, header, words
from outcome_playbook.pages.adding import HowTo, how_to_add
from outcome_playbook.pages.effects import Effect
from outcome_playbook.pages.language import say, spoken
from outcome_playbook.pages.listing import as_card, fold
from outcome_playbook.pages.lists import Index, index, statuses_of
from outcome_playbook.pages.parts import ATTENTION, Card, Count, Lozenge, lozenge
from outcome_playbook.pages.status import status_lozenge
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import STATUSES, Conclusion, Kind
from outcome_playbook.registry import Entry

MOST_RESULTS = 20
"""So many results are shown at first, and so many more each time."""
MOST_VALUES = 6
"""A facet with more values than this shows so many at first."""
MOST_TITLES = 1000
"""A playbook with more records than this names their lists here, and not their titles."""

_OF_STATUSES = (Kind.EXPERIMENT, Kind.HYPOTHESIS, Kind.OUTCOME, Kind.METRIC)
_CLOSED: dict[str, tuple[str, ...]] = {
    "kind": tuple(map(str, Kind)),
    "status": tuple(dict.fromkeys(str(one) for kind in _OF_STATUSES for one in STATUSES[kind])),
    "conclusion": tuple(map(str, Conclusion)),
    "flag": tuple(map(str, FlagName)),
}
"""The facets whose values are closed lists, in the order in which they are shown."""

_KINDS_IN_ORDER = (Kind.OUTCOME, Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC)


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet, and how many records have it. ``lozenge`` is what a status looks like."""

    value: str
    label: str
    count: int
    lozenge: Lozenge | None


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its first values; ``more`` is how many others it has."""

    name: str
    title: str
    values: tuple[Value, ...]
    more: int


@dataclass(frozen=True, slots=True)
class Found:
    """A record among others that were found: its card with its kind, and its effect if any."""

    card: Card
    effect: Effect | None


@dataclass(frozen=True, slots=True)
class OfKind:
    """The records of a kind: their titles under each status, or only counts that lead to lists."""

    id: str
    title: str
    all: str
    index: tuple[Index, ...]
    statuses: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Explore:
    """The page as it is built.

    ``script`` is what the scripts need to know, as JSON has it. ``printed`` says on paper that more
    results than these were found.
    """

    total: int
    all: str
    facets: tuple[Facet, ...]
    results: tuple[Found, ...]
    more: int
    printed: str
    kinds: tuple[OfKind, ...]
    lozenges: tuple[Lozenge, ...]
    script: Mapping[str, Any]
    empty: HowTo | None


def explore(view: View) -> Explore:
    """Return the page with every record found and nothing chosen."""
    entries = documents.numbered(view)
    shown, more = entries[:MOST_RESULTS], entries[MOST_RESULTS:]
    total = len(entries)
    every = _all(total)
    return Explore(
        total=total,
        all=every,
        facets=_facets(view),
        results=tuple(_found(view, entry) for entry in shown),
        more=min(len(more), MOST_RESULTS),
        printed=_printed(words.number(len(shown))),
        kinds=tuple(_of_kind(view, kind, total) for kind in _KINDS_IN_ORDER),
        lozenges=_lozenges(),
        script={"language": spoken().code, "facets": _told(), "said": _said(total)},
        empty=None if entries else how_to_add(view, Kind.OUTCOME),
    )


def _all(total: int) -> str:
    return words.plural(total, "%(number)s record", "%(number)s records")


def _printed(number: str) -> str:
    return say("These are the first %(number)s.", number=number)


def _found(view: View, entry: Entry[Any]) -> Found:
    card = replace(as_card(view, entry), kind=words.kind(entry.kind))
    return Found(card, documents.effect_of(view, entry))


def _facets(view: View) -> tuple[Facet, ...]:
    labels = {facet.name: facet.labels for facet in documents.facets(view)}
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in FACETS}
    for of in view.facets.values():
        for facet, values in of.items():
            counts[facet].update(values)
    found = []
    for facet in FACETS:
        every = _in_order(facet, counts[facet], labels[facet])
        shown, more = fold(every, MOST_VALUES)
        if every:
            found.append(Facet(facet, say(documents.TITLES[facet]), tuple(shown), len(more)))
    return tuple(found)


def _in_order(facet: str, counts: Counter[str], labels: Mapping[str, str]) -> Sequence[Value]:
    """Return the values of a facet: a closed list in its order, years backwards, others by count.

    The scripts keep to the same order.
    """
    found = [
        Value(value, labels.get(value, value), count, _lozenge(facet, value))
        for value, count in counts.items()
    ]
    if facet in _CLOSED:
        return sorted(found, key=lambda one: _CLOSED[facet].index(one.value))
    if facet == "year":
        return sorted(found, key=lambda one: one.value, reverse=True)
    return sorted(found, key=lambda one: (-one.count, one.label.lower(), one.value))


def _lozenge(facet: str, value: str) -> Lozenge | None:
    if facet == "status":
        return status_lozenge(value)
    if facet == "conclusion":
        return lozenge(value)
    if facet == "flag":
        icon = "fork" if value == FlagName.UNDECIDED else "clock"
        return Lozenge(ATTENTION, words.label(value), icon)
    return None


def _lozenges() -> tuple[Lozenge, ...]:
    """Return one lozenge with each icon that a result or a value of a facet may have."""
    made = [_lozenge(facet, value) for facet, values in _CLOSED.items() for value in values]
    return tuple({one.icon: one for one in made if one}.values())


def _told() -> list[dict[str, Any]]:
    """Return what the scripts know of each facet: its title, its order and the looks of values."""
    return [
        {
            "name": facet,
            "title": say(documents.TITLES[facet]),
            "order": list(_CLOSED.get(facet, ())),
            "backwards": facet == "year",
            "looks": {
                value: [one.look, one.icon]
                for value in _CLOSED.get(facet, ())
                if (one := _lozenge(facet, value))
            },
        }
        for facet in FACETS
    ]


def _said(total: int) -> dict[str, str]:
    """Return the sentences that the scripts show; they fill in what stands in braces."""
    return {
        "all": _all(total),
        "of": words.plural(
            total,
            "%(found)s of %(number)s record",
            "%(found)s of %(number)s records",
            found="{number}",
        ),
        "none": say("No record fits. Take away a word or a choice."),
        **header.notes(),
        "chip": say("%(facet)s: %(value)s", facet="{facet}", value="{value}"),
        "remove": say("remove"),
        "clear": say("Clear all"),
        "filters": say("Filters"),
        "inUse": say("Filters, %(number)s in use", number="{number}"),
        "moreValues": say("%(number)s more", number="{number}"),
        "fewerValues": say("Show fewer"),
        "narrow": say("Find in: %(facet)s", facet="{facet}"),
        "noValue": say("No value fits."),
        "valuesFound": say("Values found: %(number)s", number="{number}"),
        "beyond": say("%(number)s more: type to find them.", number="{number}"),
        "printed": _printed("{number}"),
        "moreResults": say("Show %(number)s more", number="{number}"),
        "missing": say("The index of the search is not here. This is the whole list."),
        "broken": say("The index of the search cannot be read. This is the whole list."),
        "outdated": say(
            "The playbook was published anew while this page was open. Reload the page to search; "
            "this is the whole list."
        ),
        "unsupported": say(
            "This browser cannot read the index of the search. This is the whole list."
        ),
        "offline": say(
            "The index of the search could not be fetched. Type again to try once more; this is "
            "the whole list."
        ),
    }


def _of_kind(view: View, kind: Kind, total: int) -> OfKind:
    entries = view.registry.of_kind(kind)
    with_titles = total <= MOST_TITLES
    return OfKind(
        id=f"all-{kind.plural}",
        title=words.kinds(kind),
        all=counted.of_kind(kind, len(entries)),
        index=index(entries, kind, f"{kind.plural}-") if with_titles else (),
        statuses=() if with_titles else statuses_of(view, kind),
    )
