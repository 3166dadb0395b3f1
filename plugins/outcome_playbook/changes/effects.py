"""What a change does to the counts by outcome and by status, and to what waits for somebody."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from outcome_playbook.changes.matching import Match
from outcome_playbook.changes.words import cut
from outcome_playbook.playbook import Playbook
from outcome_playbook.records.kinds import STATUSES, Conclusion, Kind
from outcome_playbook.rollups import Work, by_outcome, by_status


class On(StrEnum):
    """What a count or a flag is about."""

    OUTCOME = "outcome"
    TOTAL = "total"
    FLAG = "flag"


@dataclass(frozen=True, slots=True)
class Effect:
    """A count that is another one, ``of`` an outcome or of the whole playbook.

    ``counted`` says what is counted, as in "3 supported". A flag is counted by record: it has
    none or one.
    """

    on: On
    of: str
    counted: str
    before: int
    after: int

    @property
    def line(self) -> str:
        """The effect where it is said already of what: ``3 supported, was 2``."""
        if self.on is On.FLAG:
            return f"is {self.counted}" if self.after else f"is not {self.counted} any more"
        counted = (
            self.counted.replace("experiments", "experiment") if self.after == 1 else self.counted
        )
        return f"{self.after} {counted}, was {self.before}"


_TITLE: Final = 80


def effects(matched: Match, before: Playbook, after: Playbook) -> list[Effect]:
    """Return every count and flag that is different, on the day and by the settings of ``after``.

    Outcomes by title, then totals in the order of kinds and statuses, then flags by record.
    """
    before = replace(before, today=after.today, settings=after.settings)
    return [
        *_by_outcome(matched, before, after),
        *_totals(before, after),
        *_flags(matched, before, after),
    ]


def _by_outcome(matched: Match, before: Playbook, after: Playbook) -> Iterator[Effect]:
    was = {matched.target(before.registry, k): v for k, v in by_outcome(before.registry).items()}
    now = by_outcome(after.registry)
    titles = {id_: cut((now.get(id_) or was[id_]).outcome.title, _TITLE) for id_ in {*was, *now}}
    for id_ in sorted(titles, key=lambda id_: (titles[id_].casefold(), id_)):
        old, new = (
            _counts(rollups[id_].own) if id_ in rollups else Counter[str]()
            for rollups in (was, now)
        )
        for counted in _COUNTED:
            if old[counted] != new[counted]:
                yield Effect(On.OUTCOME, titles[id_], counted, old[counted], new[counted])


_NO_CONCLUSION: Final = "experiments without a conclusion"


def _counts(work: Work) -> Counter[str]:
    """Return how many hypotheses and experiments there are, by where they stand."""
    found = Counter({_word(k): n for k, n in work.hypotheses_by_status().items()})
    experiments = work.experiments_by_status()
    conclusions = work.conclusions()
    open_ = experiments.pop("concluded", 0) - sum(conclusions.values())
    found.update({f"experiments {_word(k)}": n for k, n in {**experiments, **conclusions}.items()})
    found.update({_NO_CONCLUSION: open_} if open_ else {})
    return found


def _word(status: str) -> str:
    return status.replace("_", " ")


_COUNTED: Final = (
    *(_word(status) for status in STATUSES[Kind.HYPOTHESIS]),
    *(f"experiments {_word(s)}" for s in STATUSES[Kind.EXPERIMENT] if s != "concluded"),
    *(f"experiments {_word(conclusion)}" for conclusion in Conclusion),
    _NO_CONCLUSION,
)
"""All that is counted of an outcome, in the order in which it is told."""


def _totals(before: Playbook, after: Playbook) -> Iterator[Effect]:
    was, now = by_status(before.registry), by_status(after.registry)
    for kind in Kind:
        for status in STATUSES[kind]:
            old, new = len(was[kind].get(status, ())), len(now[kind].get(status, ()))
            if old != new:
                yield Effect(On.TOTAL, kind.plural.capitalize(), _word(status), old, new)


def _flags(matched: Match, before: Playbook, after: Playbook) -> Iterator[Effect]:
    was = {(matched.target(before.registry, k), f.name) for k, f in before.flags.items()}
    now: set[tuple[str, str]] = {(k, f.name) for k, f in after.flags.items()}
    entries: Mapping[str, object] = after.registry.entries
    for id_, name in sorted(was ^ now):
        if id_ in entries:  # what was removed waits for nobody, and is told as removed
            record = f"{after.registry.entries[id_].kind} {id_}"
            yield Effect(
                On.FLAG, record, str(name), int((id_, name) in was), int((id_, name) in now)
            )
