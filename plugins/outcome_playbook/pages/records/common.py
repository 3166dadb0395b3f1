"""What every record's page shows around its own sections."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outcome_playbook.diagnostics import Problem, Severity, by_position, catalogue
from outcome_playbook.pages import broken, words
from outcome_playbook.pages.broken import ErrorCard
from outcome_playbook.pages.listing import fold
from outcome_playbook.pages.parts import (
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
    (Kind.OUTCOME, "parent"): ("Part of", "Has parts"),
    (Kind.OUTCOME, "metric"): ("Measured by", "Measures the outcome"),
    (Kind.METRIC, "replaced_by"): ("Replaced by", "Replaces"),
    (Kind.HYPOTHESIS, "outcome"): ("Serves", "Hypotheses"),
    (Kind.HYPOTHESIS, "metric"): ("Measured by", "Measures the hypothesis"),
    (Kind.HYPOTHESIS, "guardrails"): ("Guarded by", "Guards"),
    (Kind.HYPOTHESIS, "supersedes"): ("Supersedes", "Superseded by"),
    (Kind.EXPERIMENT, "hypothesis"): ("Tests", "Tested by"),
    (Kind.EXPERIMENT, "results"): ("Has results on", "Has results from"),
}
"""The words of each relation, seen from the record that names it and from the one named."""
_RELATED = "Related to"

_NEXT: dict[StrEnum, StrEnum] = {
    OutcomeStatus.DRAFT: OutcomeStatus.ACTIVE,
    MetricStatus.PROPOSED: MetricStatus.APPROVED,
    HypothesisStatus.DRAFT: HypothesisStatus.PROPOSED,
    HypothesisStatus.PROPOSED: HypothesisStatus.TESTING,
    ExperimentStatus.PLANNED: ExperimentStatus.RUNNING,
    ExperimentStatus.RUNNING: ExperimentStatus.REVIEW,
    ExperimentStatus.REVIEW: ExperimentStatus.CONCLUDED,
}
"""The usual next status, where there is one."""


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
    """Return a link to a record, or in words that it cannot be read, or ``otherwise``."""
    if id_ is None:
        return (otherwise,)
    found = maybe_ref(view, id_)
    return (found,) if found else (*coded(f"`{id_}`"), ", which cannot be read")


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
            yield Links(name, tuple(shown), tuple(more))


_SHOWN = 20


def _words(view: View, link: Link, side: int) -> str:
    kind = view.registry.entries[link.source].kind
    pair = RELATIONS.get((kind, link.field))
    return pair[side] if pair else _RELATED


def _lacks(entry: Entry[Any], *, shows_errors: bool) -> Lacks | None:
    soft = (Severity.NOTE,) if shows_errors else (Severity.NOTE, Severity.WARNING)
    problems = [p for p in by_position(entry.file.problems) if p.severity in soft]
    afterwards = [p for p in problems if p.severity is Severity.NOTE and p.rule in _ASKED]
    now = tuple(
        (*coded(words.sentence(p.message)), " ", *coded(words.sentence(p.help)))
        for p in problems
        if p not in afterwards
    )
    if afterwards:
        now = (_not_asked_in_time(entry.kind, afterwards), *now)
    following = _NEXT.get(entry.record.status)
    then = tuple(_asked_next(entry, following)) if following else ()
    if not now and not then:
        return None
    return Lacks(now, _in_status(entry.kind, following) if following else "", then)


_ASKED = (catalogue.MISSING, catalogue.ADVISED)


def _not_asked_in_time(kind: Kind, problems: list[Problem]) -> Said:
    """Return in one sentence what a record lacks because it was written down afterwards."""
    who = "Written" if kind is Kind.EXPERIMENT else "Its experiments were written"
    *names, last = (problem.label.removeprefix("asks for ") for problem in problems)
    listed = f"{', '.join(names)} or {last}" if names else last
    return coded(f"{who} down afterwards, so it has no {listed}.")


def _asked_next(entry: Entry[Any], status: StrEnum) -> Iterator[Said]:
    file, record = entry.file, entry.record
    already = {ask.fields for ask in asked(entry.kind, str(record.status))}
    for ask in asked(entry.kind, str(status)):
        if ask.only_method and getattr(record, "method", None) is not ask.only_method:
            continue
        written = any(file.has(name) and file.front.fields.get(name) != [] for name in ask.fields)
        if written or ask.fields in already:
            continue
        names = " or ".join(f"`{name}`" for name in ask.fields)
        about = MODELS[entry.kind].model_fields[ask.fields[0]].description or ""
        advised = "" if ask.severity is Severity.ERROR else " (advised)"
        yield coded(f"{names}{advised}: {about[:1].lower()}{about[1:]}")


def _in_status(kind: Kind, status: StrEnum) -> str:
    if status is ExperimentStatus.REVIEW:
        return "To go to review it needs:"
    return f"To be {status.value.replace('_', ' ')}, {kind.with_article} needs:"
