"""Where a new record goes: folders are for people, so the one that is named after its kind."""

from collections.abc import Sequence

from outcome_playbook.records.kinds import Kind


def folder_for(kind: Kind, folders: Sequence[str]) -> str:
    """Return the records folder that is named after a kind, else the first.

    Experiments lie beside the hypotheses they test, unless there is a folder of theirs. Where no
    folder is read at all it is the one to begin with.
    """
    for name in (kind.plural, Kind.HYPOTHESIS.plural):
        for folder in folders:
            if folder.rsplit("/", 1)[-1] == name:
                return folder
    return folders[0] if folders else Kind.HYPOTHESIS.plural
