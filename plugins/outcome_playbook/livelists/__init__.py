"""Live lists in Markdown: blocks of code marked ``playbook``, and numbers in a sentence.

A block holds YAML: where its records come from, what they are like and how they are shown. It is
read here and drawn elsewhere.
"""

from outcome_playbook.livelists.cells import MOST_CELLS
from outcome_playbook.livelists.finding import (
    COUNT,
    MOST_LISTS,
    Block,
    Inline,
    find_blocks,
    find_inline,
)
from outcome_playbook.livelists.inline import read_count, read_inline
from outcome_playbook.livelists.lists import Lists, Read
from outcome_playbook.livelists.livelist import LiveList, View
from outcome_playbook.livelists.page import Page, page_of
from outcome_playbook.livelists.problems import ListProblem
from outcome_playbook.livelists.reading import read_block

__all__ = [
    "COUNT",
    "MOST_CELLS",
    "MOST_LISTS",
    "Block",
    "Inline",
    "ListProblem",
    "Lists",
    "LiveList",
    "Page",
    "Read",
    "View",
    "find_blocks",
    "find_inline",
    "page_of",
    "read_block",
    "read_count",
    "read_inline",
]
