"""The only reader of record files: of a folder as it lies there, or of a commit."""

from outcome_playbook.loader.folder import Published, attachments, load, texts
from outcome_playbook.loader.handbook import (
    handbook_pages,
    handbook_pages_then,
    not_followed,
    outside,
)
from outcome_playbook.loader.loaded import (
    Loaded,
    as_text,
    is_behind,
    is_introduction,
    leads_out,
    stem,
)
from outcome_playbook.loader.revision import PublishedThen, load_revision
from outcome_playbook.loader.undecided import report_undecided

__all__ = [
    "Loaded",
    "Published",
    "PublishedThen",
    "as_text",
    "attachments",
    "handbook_pages",
    "handbook_pages_then",
    "is_behind",
    "is_introduction",
    "leads_out",
    "load",
    "load_revision",
    "not_followed",
    "outside",
    "report_undecided",
    "stem",
    "texts",
]
