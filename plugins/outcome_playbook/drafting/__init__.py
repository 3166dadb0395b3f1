"""Drafting a record: which values it takes, what they are read as, and the file they become."""

from outcome_playbook.drafting.draft import (
    Drafted,
    DraftError,
    Surroundings,
    Wish,
    clash,
    draft,
    folder_of,
    surroundings,
)
from outcome_playbook.drafting.names import id_of_title, ids_in, why_not_free
from outcome_playbook.drafting.slots import Slot, slots_of

__all__ = [
    "DraftError",
    "Drafted",
    "Slot",
    "Surroundings",
    "Wish",
    "clash",
    "draft",
    "folder_of",
    "id_of_title",
    "ids_in",
    "slots_of",
    "surroundings",
    "why_not_free",
]
