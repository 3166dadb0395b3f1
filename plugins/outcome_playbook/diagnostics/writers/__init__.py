"""Problems in the forms that people and programs read: one module a form."""

from outcome_playbook.diagnostics.writers.data import as_json
from outcome_playbook.diagnostics.writers.printable import printable
from outcome_playbook.diagnostics.writers.text import SourceLines, as_text, excerpt

__all__ = ["SourceLines", "as_json", "as_text", "excerpt", "printable"]
