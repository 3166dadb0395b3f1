"""What a change brings: the problems that were not there before, and the steps of statuses."""

from outcome_playbook.since.brought import brought

__all__ = ["brought"]
