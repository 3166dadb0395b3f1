"""YAML front matter as plain data, with the position of every key and every value.

PyYAML's C parser composes the nodes and their marks; the scalars are resolved here by the core
schema of YAML 1.2 (``no`` and ``on`` are text), except that ``0123`` stays text. A date stays
text too: which fields are dates is for the record to say.
"""

from outcome_playbook.yaml12.parsing import MAX_DEPTH, parse, positions
from outcome_playbook.yaml12.plain import Data, Fault, Loc, Parsed, Positions, cut
from outcome_playbook.yaml12.syntax import colon_without_space
from outcome_playbook.yaml12.writing import field

__all__ = [
    "MAX_DEPTH",
    "Data",
    "Fault",
    "Loc",
    "Parsed",
    "Positions",
    "colon_without_space",
    "cut",
    "field",
    "parse",
    "positions",
]
