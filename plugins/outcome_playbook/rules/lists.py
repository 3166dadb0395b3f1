"""Live lists in the text of records and in handbook pages: each must be understood."""

from collections.abc import Iterable

from outcome_playbook.livelists import Lists, Page


def check(lists: Lists, pages: Iterable[Page] = ()) -> None:
    """Report what is wrong with the live lists of the records and of these pages."""
    for entry in lists.registry.entries.values():
        file = entry.file
        found = lists.problems_in(file.front.body, file.front.body_line)
        file.problems += (problem.at(file.path) for problem in found)
    for page in pages:
        found = lists.problems_in(page.body, page.body_line)
        page.problems += (problem.at(page.path) for problem in found)
