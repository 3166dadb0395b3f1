"""Files of which a merge leaves open whether they stay: git marks nothing inside them."""

from collections.abc import Iterable
from pathlib import Path

from outcome_playbook.diagnostics import Severity, Span, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.git import GitError, open_repository
from outcome_playbook.loader.loaded import as_text
from outcome_playbook.records.file import RecordFile


def report_undecided(root: Path, files: Iterable[RecordFile]) -> None:
    """Report the files that one side of a merge deleted, or renamed, and the other has.

    Such a file reads well, and whoever commits all there is takes a deletion back unseen. Without
    git, or without a repository, there is nothing to report.
    """
    if not any((folder / ".git").exists() for folder in (root, *root.parents)):
        return
    try:
        undecided = {as_text(one.path): one for one in open_repository(root).undecided()}
    except GitError:
        return
    for file in files if undecided else ():
        if (one := undecided.get(file.path)) is not None:
            file.report(
                catalogue.UNFINISHED_MERGE,
                Severity.ERROR,
                told(
                    "of the two sides of a merge, `%(has)s` has this file, and `%(other)s` "
                    "deleted it or gave it another name",
                    has=one.has,
                    other=one.has_not,
                ),
                told("decide: `git add` with its path keeps it as it is here, `git rm` deletes it"),
                Span(1, 1, 1, 2),
            )
