"""Renames a record, or moves it to another folder, together with all that names it.

Everything is prepared in memory first: a rename happens as a whole, or is refused with every
reason at once and nothing is written.
"""

from outcome_playbook.renaming.planning import (
    Change,
    RefusedError,
    Renaming,
    carry_out,
    config_names,
    is_path,
    plan,
)

__all__ = [
    "Change",
    "RefusedError",
    "Renaming",
    "carry_out",
    "config_names",
    "is_path",
    "plan",
]
