"""What makes sense in one record, and between records. Each rule is a plain function."""

from collections.abc import Sequence

from outcome_playbook.livelists import Lists, Page
from outcome_playbook.records.asks import check_asks
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.models import Hypothesis
from outcome_playbook.registry import Registry
from outcome_playbook.rules import (
    addresses,
    alone,
    cycles,
    levels,
    links,
    lists,
    measures,
    statuses,
)
from outcome_playbook.settings import Settings


def check(
    registry: Registry,
    settings: Settings,
    published: links.Published,
    pages: Sequence[Page] = (),
    asking: Lists | None = None,
) -> None:
    """Run every rule; problems are added to the file they belong to, weighed as configured.

    ``pages`` are those of the handbook that may hold live lists, ``asking`` reads these lists.
    """
    for file in registry.files:
        check_asks(file, afterwards=is_history(registry, file))
    for entry in registry.entries.values():
        alone.check(entry, settings)
    cycles.check(registry)
    measures.check(registry)
    statuses.check(registry)
    links.check(registry, published)
    addresses.check(registry, published)
    lists.check(asking or Lists(registry), pages)
    levels.apply([*registry.files, *pages], settings.severity)


def is_history(registry: Registry, file: RecordFile) -> bool:
    """Whether a record was written down afterwards, or rests on nothing but such experiments."""
    if file.front.fields.get("retrospective") is True:
        return True
    if not isinstance(file.record, Hypothesis):
        return False
    experiments = registry.experiments_of(file.id)
    return bool(experiments) and all(e.record.retrospective for e in experiments)
