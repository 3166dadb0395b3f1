"""Live lists in the text of records and in handbook pages: each must be understood."""

from collections.abc import Iterable

from outcome_playbook.livelists import Page, problems_in
from outcome_playbook.registry import Registry


def check(registry: Registry, pages: Iterable[Page] = ()) -> None:
    """Report what is wrong with the live lists of the records and of these pages."""
    for entry in registry.entries.values():
        file = entry.file
        found = problems_in(file.front.body, file.front.body_line, registry)
        file.problems += (problem.at(file.path) for problem in found)
    for page in pages:
        found = problems_in(page.body, page.body_line, registry)
        page.problems += (problem.at(page.path) for problem in found)
