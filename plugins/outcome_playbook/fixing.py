"""Mends what is certain in record files, and says what it wrote."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from outcome_playbook.diagnostics import Edit, Problem
from outcome_playbook.editing import EditError, apart, apply_to_file, as_read, write_whole
from outcome_playbook.records.merging import unfinished_merge

_ROUNDS = 20  # a mended kind shows what its fields lack: each round can bring the next


@dataclass(slots=True)
class Fixed:
    """What was mended: by path, the edits in the order in which they were made.

    ``left`` are the files that could not be written, each with the reason in a few words.
    """

    mended: dict[str, list[Edit]] = field(default_factory=dict)
    left: dict[str, str] = field(default_factory=dict)


def fix(root: Path, look: Callable[[], Iterable[Problem]]) -> Fixed:
    """Mend the files below ``root`` again and again until no problem has a mend any more.

    ``look`` reads the records as they are now and returns the problems that are to be mended; it
    is called last when all is written, and what it raises is raised. A file is written whole or
    not at all, and one that changed after it was read, or that holds both sides of a merge, is not
    written.
    """
    fixed = Fixed()
    for _ in range(_ROUNDS):
        to_do = _by_path(problem for problem in look() if problem.path not in fixed.left)
        if not to_do:
            break
        for path, edits in to_do.items():
            try:
                _write(root / path, edits)
            except OSError as error:
                fixed.left[path] = (error.strerror or "it cannot be written").lower()
            except EditError as error:
                fixed.left[path] = str(error)
            else:
                fixed.mended.setdefault(path, []).extend(edits)
    else:
        look()
    return fixed


def mendable(problems: Iterable[Problem]) -> int:
    """Return how many of the problems have a mend that ``fix`` would write."""
    return sum(problem.mend is not None for problem in problems)


def _by_path(problems: Iterable[Problem]) -> Mapping[str, list[Edit]]:
    found: dict[str, list[Edit]] = defaultdict(list)
    for problem in problems:
        if problem.mend is not None and problem.mend.text != problem.mend.was:
            found[problem.path].append(problem.mend)
    return {path: apart(found[path]) for path in sorted(found)}


def _write(path: Path, edits: Iterable[Edit]) -> None:
    data = path.read_bytes()
    if unfinished_merge(as_read(data)):
        raise EditError("it holds both sides of a merge")
    write_whole(path, apply_to_file(data, edits))
