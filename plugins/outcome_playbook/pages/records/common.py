"""What every record's page shows around its own sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outcome_playbook.diagnostics import Problem, Severity, by_position, catalogue
from outcome_playbook.diagnostics.told import inside
from outcome_playbook.pages import broken, words
from outcome_playbook.pages.broken import ErrorCard
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.listing import fold
from outcome_playbook.pages.parts import (
    Code,
    Lozenge,
    Moment,
    Ref,
    Said,
    coded,
    late,
    maybe_ref,
    moment,
    owner_ref,
    ref,
    status_of,
    tag_refs,
    tell,
)
from outcome_playbook.pages.view import View
from outcome_playbook.records.asks import asked
from outcome_playbook.records.kinds import (
    ExperimentStatus,
    HypothesisStatus,
    Kind,
    MetricStatus,
    OutcomeStatus,
)
from outcome_playbook.records.models import MODELS, Metric, Source
from outcome_playbook.registry import Entry, Link

RELATIONS: dict[tuple[Kind, str], tuple[str, str]] = {
    (Kind.OUTCOME, "parent"): (term("Part of"), term("Has parts")),
    (Kind.OUTCOME, "metric"): (term("Measured by"), term("Measures the outcome")),
    (Kind.METRIC, "replaced_by"): (term("Replaced by"), term("Replaces")),
    (Kind.HYPOTHESIS, "outcome"): (term("Serves"), term("Hypotheses")),
    (Kind.HYPOTHESIS, "metric"): (term("Measured by"), term("Measures the hypothesis")),
    (Kind.HYPOTHESIS, "guardrails"): (term("Guarded by"), term("Guards")),
    (Kind.HYPOTHESIS, "supersedes"): (term("Supersedes"), term("Superseded by")),
    (Kind.EXPERIMENT, "hypothesis"): (term("Tests"), term("Tested by")),
    (Kind.EXPERIMENT, "results"): (term("Has results on"), term("Has results from")),
}
"""The words of each relation, seen from the record that names it and from the one named."""
_RELATED = term("Related to")

_NEXT: dict[StrEnum, tuple[StrEnum, str]] = {
    OutcomeStatus.DRAFT: (OutcomeStatus.ACTIVE, term("To be active, an outcome needs:")),
    MetricStatus.PROPOSED: (MetricStatus.APPROVED, term("To be approved, a metric needs:")),
    HypothesisStatus.DRAFT: (
        HypothesisStatus.PROPOSED,
        term("To be proposed, a hypothesis needs:"),
    ),
    HypothesisStatus.PROPOSED: (
        HypothesisStatus.TESTING,
        term("To be testing, a hypothesis needs:"),
    ),
    ExperimentStatus.PLANNED: (
        ExperimentStatus.RUNNING,
        term("To be running, an experiment needs:"),
    ),
    ExperimentStatus.RUNNING: (ExperimentStatus.REVIEW, term("To go to review it needs:")),
    ExperimentStatus.REVIEW: (
        ExperimentStatus.CONCLUDED,
        term("To be concluded, an experiment needs:"),
    ),
}
"""The usual next status, where there is one, and the words that lead to what it needs."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in a row of facts: a label and what stands below it."""

    label: str
    said: Said


@dataclass(frozen=True, slots=True)
class Linked:
    """A record that is linked, with its kind and status."""

    ref: Ref
    kind: str
    status: Lozenge


@dataclass(frozen=True, slots=True)
class Links:
    """The records on the other side of one relation; ``more`` are folded away."""

    words: str
    shown: tuple[Linked, ...]
    more: tuple[Linked, ...]


@dataclass(frozen=True, slots=True)
class Lacks:
    """What a record lacks now, and what its next status will ask for."""

    now: tuple[Said, ...]
    next: str
    then: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands above and below the sections of a record's page."""

    kind: str
    crumbs: tuple[Ref, ...]
    status: Lozenge
    late: str | None
    owner: Ref | None
    relation: Said
    error: ErrorCard | None
    tags: tuple[Ref, ...]
    sources: tuple[Source, ...]
    links: tuple[Links, ...]
    lacks: Lacks | None
    today: Moment


def frame(view: View, entry: Entry[Any], crumbs: Iterable[Ref | None], relation: Said) -> Frame:
    """Return what surrounds a record's sections. ``relation`` follows its status in a sentence."""
    error = broken.card_above(entry.file)
    return Frame(
        kind=words.kind(entry.kind),
        crumbs=tuple(crumb for crumb in crumbs if crumb),
        status=status_of(entry),
        late=late(view.flags.get(entry.id)),
        owner=owner_ref(view, entry.record.owner),
        relation=relation,
        error=error,
        tags=tuple(tag_refs(view, entry.record.tags)),
        sources=tuple(entry.record.sources),
        links=tuple(_links(view, entry)),
        lacks=_lacks(entry, shows_errors=error is not None),
        today=moment(view.today),
    )


def named(view: View, id_: str | None, otherwise: str) -> Said:
    """Return a link to a record, or in words that it cannot be read, or ``otherwise``.

    ``otherwise`` is in the language spoken.
    """
    if id_ is None:
        return (otherwise,)
    found = maybe_ref(view, id_)
    return (found,) if found else tell("%(id)s, which cannot be read", id=Code(id_))


def metric_of(view: View, id_: str | None) -> Entry[Metric] | None:
    """Return the metric with this id, if it is a readable metric."""
    found = view.registry.find(id_)
    return found if found and isinstance(found.record, Metric) else None


def metrics_by_name(view: View, names: Iterable[str]) -> dict[str, Metric]:
    """Return the readable metrics among these ids, by the id as it was written."""
    found = {name: metric_of(view, name) for name in names}
    return {name: metric.record for name, metric in found.items() if metric}


def _links(view: View, entry: Entry[Any]) -> Iterator[Links]:
    """Yield both directions of every relation, what the record names before what names it."""
    registry = view.registry
    groups: dict[str, dict[str, None]] = {}
    for link in registry.links.get(entry.id, ()):
        groups.setdefault(_words(view, link, 0), {})[link.target] = None
    for link in registry.backlinks.get(entry.id, ()):
        groups.setdefault(_words(view, link, 1), {})[link.source] = None
    for name, ids in groups.items():
        ids.pop(entry.id, None)
        found = [registry.entries[id_] for id_ in ids]
        records = tuple(Linked(ref(e), words.kind(e.kind), status_of(e)) for e in found)
        if records:
            shown, more = fold(records, _SHOWN)
            yield Links(say(name), tuple(shown), tuple(more))


_SHOWN = 20


def _words(view: View, link: Link, side: int) -> str:
    kind = view.registry.entries[link.source].kind
    pair = RELATIONS.get((kind, link.field))
    return pair[side] if pair else _RELATED


def _lacks(entry: Entry[Any], *, shows_errors: bool) -> Lacks | None:
    soft = (Severity.NOTE,) if shows_errors else (Severity.NOTE, Severity.WARNING)
    problems = [p for p in by_position(entry.file.problems) if p.severity in soft]
    afterwards = [p for p in problems if p.by_rule is Severity.NOTE and p.rule in _ASKED]
    now = tuple(
        (*_sentence(p.message), " ", *_sentence(p.help)) for p in problems if p not in afterwards
    )
    if afterwards:
        now = (_not_asked_in_time(entry, afterwards), *now)
    following, needs = _NEXT.get(entry.record.status, (None, ""))
    then = tuple(_asked_next(entry, following)) if following else ()
    if not now and not then:
        return None
    return Lacks(now, say(needs) if following else "", then)


def _sentence(of_a_problem: str) -> Said:
    return coded(words.sentence(words.translated(of_a_problem)))


_ASKED = (catalogue.MISSING, catalogue.ADVISED)


def _not_asked_in_time(entry: Entry[Any], problems: list[Problem]) -> Said:
    """Return in one sentence what a record lacks because it was written down afterwards."""
    names = [f"`{name}`" for problem in problems for name in problem.fields]
    fields = coded(words.listed(names, "or"))
    if entry.kind is Kind.EXPERIMENT:
        return tell("Written down afterwards, so it has no %(fields)s.", fields=fields)
    return tell(
        "Its experiments were written down afterwards, so it has no %(fields)s.", fields=fields
    )


def _asked_next(entry: Entry[Any], status: StrEnum) -> Iterator[Said]:
    file, record = entry.file, entry.record
    already = {ask.fields for ask in asked(entry.kind, str(record.status))}
    for ask in asked(entry.kind, str(status)):
        if ask.only_method and getattr(record, "method", None) is not ask.only_method:
            continue
        written = any(file.has(name) and file.front.fields.get(name) != [] for name in ask.fields)
        if written or ask.fields in already:
            continue
        fields = coded(words.listed([f"`{name}`" for name in ask.fields], "or"))
        described = MODELS[entry.kind].model_fields[ask.fields[0]].description or ""
        about = words.translated(inside(described))
        if ask.severity is Severity.ERROR:
            yield tell("%(fields)s: %(about)s", fields=fields, about=about)
        else:
            yield tell("%(fields)s (advised): %(about)s", fields=fields, about=about)
