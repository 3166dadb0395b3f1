"""The query language: which records are like that, asked in one line.

``status = running and outcome.owner = "Benefits desk"``: a field, how it is compared, a value;
joined by ``and``, ``or``, ``not`` and brackets. It calls nothing, and runs nothing of what it
reads. ``read_where`` reads a query and says what is wrong with it, ``Evaluation`` answers it.
"""

from outcome_playbook.query.conditions import (
    Asked,
    Condition,
    Fault,
    Field,
    SortBy,
    Value,
)
from outcome_playbook.query.evaluation import Evaluation, Groups
from outcome_playbook.query.explaining import explain
from outcome_playbook.query.fields import field_table, read_field
from outcome_playbook.query.reading import read_columns, read_sort, read_where
from outcome_playbook.records.values import CoarseDay

__all__ = [
    "Asked",
    "CoarseDay",
    "Condition",
    "Evaluation",
    "Fault",
    "Field",
    "Groups",
    "SortBy",
    "Value",
    "explain",
    "field_table",
    "read_columns",
    "read_field",
    "read_sort",
    "read_where",
]
