"""Live lists in Markdown: blocks of code marked ``playbook``, and numbers in a sentence.

A block holds YAML: where its records come from, what they are like and how they are shown. It is
read here and drawn elsewhere.
"""

from outcome_playbook.livelists.finding import COUNT, Block, Inline, find_blocks, find_inline
from outcome_playbook.livelists.page import Page, page_of
from outcome_playbook.livelists.problems import ListProblem
from outcome_playbook.livelists.reading import (
    LiveList,
    View,
    problems_in,
    read_block,
    read_count,
    read_inline,
)

__all__ = [
    "COUNT",
    "Block",
    "Inline",
    "ListProblem",
    "LiveList",
    "Page",
    "View",
    "find_blocks",
    "find_inline",
    "page_of",
    "problems_in",
    "read_block",
    "read_count",
    "read_inline",
]
