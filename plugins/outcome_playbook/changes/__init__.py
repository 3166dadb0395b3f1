"""What a change means: two playbooks compared, record by record and field by field.

Each ``Change`` says itself in a line and as data; some carry why somebody should look twice. A
``Report`` adds what they do to the counts and flags, and which records a new one is near to. All
of it is for terminals and reviews, and in English.
"""

from outcome_playbook.changes.change import Change, What
from outcome_playbook.changes.comparing import compare
from outcome_playbook.changes.data import as_json, schema
from outcome_playbook.changes.markdown import MARKER, as_markdown
from outcome_playbook.changes.report import Report, report
from outcome_playbook.changes.text import Line, as_text

__all__ = [
    "MARKER",
    "Change",
    "Line",
    "Report",
    "What",
    "as_json",
    "as_markdown",
    "as_text",
    "compare",
    "report",
    "schema",
]
