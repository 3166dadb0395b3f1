"""The problems of before: they may stay while everything new is held to the rules.

The file names each problem in the clear (the record's id, the rule's code, the message), one on a
line and in order, so that a review shows what was added and a merge clashes where two branches
disagree. Lines of a record may move: no entry holds one.
"""

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol

from outcome_playbook.diagnostics import Problem, Severity, by_position
from outcome_playbook.diagnostics.fingerprint import Fingerprint, fingerprint
from outcome_playbook.editing import write_whole
from outcome_playbook.registry import Registry

Baseline = Counter[Fingerprint]
"""How often each problem may occur."""

_ABOUT: Final = "Problems of before, which may stay. Written by playbook check --write-baseline."

_CONFLICT: Final = re.compile(r"^(?:<{7}|>{7})(?: |$)", re.MULTILINE)


class BaselineError(ValueError):
    """The baseline cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What a renewed baseline holds, and how it differs from the one before."""

    now: Baseline
    added: Baseline
    removed: Baseline


def read_baseline(path: Path) -> Baseline:
    """Return what a baseline holds: nothing when there is no such file. Raises ``BaselineError``.

    An entry that stands there twice, as a merge may leave it, is the same one.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return Counter()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise BaselineError(f"the baseline {path.name}: {reason}") from error
    except UnicodeDecodeError as error:
        raise BaselineError(f"the baseline {path.name} is not UTF-8") from error
    if _CONFLICT.search(text):
        raise BaselineError(
            f"the baseline {path.name} has the conflict markers of a merge; keep the entries of "
            "both sides, then let `playbook check --write-baseline` renew it"
        )
    try:
        return _entries(json.loads(text))
    except json.JSONDecodeError as error:
        message = f"the baseline {path.name} is no JSON: line {error.lineno}, column {error.colno}"
        raise BaselineError(message) from error
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise BaselineError(
            f"the baseline {path.name} is not in the form that `playbook check --write-baseline` "
            "writes; give it back its last version, or delete it and have it written"
        ) from error


def _entries(data: Any) -> Baseline:
    found: Baseline = Counter()
    for entry in data["problems"]:
        count = entry.get("count", 1)
        parts = Fingerprint(entry["id"], entry["code"], entry["message"])
        if not all(isinstance(part, str) for part in parts) or type(count) is not int or count < 1:
            raise TypeError(entry)
        found[parts] = max(found[parts], count)
    return found


class _File(Protocol):
    problems: list[Problem]

    @property
    def id(self) -> str: ...


def hold_back(registry: Registry, baseline: Baseline, pages: Iterable[_File] = ()) -> Baseline:
    """Make notes of the problems that the baseline names, and return the entries that are left.

    A record that was renamed is known by its earlier id too; ``pages`` are no records.
    """
    if not baseline:
        return Counter()
    aliases = registry.aliases
    left = Counter({e._replace(id=aliases.get(e.id, e.id)): n for e, n in baseline.items()})
    ids = {entry.id for entry in left}
    files: list[_File] = [*registry.files, *pages]
    for file in files:
        if file.id in ids and file.problems:
            file.problems = [_held_back(problem, left) for problem in by_position(file.problems)]
    return +left


def _held_back(problem: Problem, left: Baseline) -> Problem:
    if problem.severity is Severity.NOTE:
        return problem
    entry = fingerprint(problem)
    if not left[entry]:
        return problem
    left[entry] -= 1
    return problem.weighing(Severity.NOTE, held_back=True)


def renewal(problems: Iterable[Problem], before: Baseline, aliases: Mapping[str, str]) -> Renewal:
    """Return the baseline that holds back all of these problems but notes, held back or not."""
    counted = (p for p in problems if p.held_back or p.severity is not Severity.NOTE)
    now = Counter(map(fingerprint, counted))
    known: Baseline = Counter()
    for entry, count in before.items():
        known[entry._replace(id=aliases.get(entry.id, entry.id))] += count
    return Renewal(now, now - known, known - now)


def write_baseline(path: Path, baseline: Baseline) -> bool:
    r"""Write a baseline, whole or not at all, and return whether the file changed by it.

    One that holds back nothing is no reason for a file. Lines end as they do in the file that is
    there. Raises ``OSError``.
    """
    old = path.read_bytes() if path.exists() else None
    if old is None and not baseline:
        return False
    lines = ",\n".join(f"    {_line(entry, n)}" for entry, n in sorted(baseline.items()))
    held = f"[\n{lines}\n  ]" if lines else "[]"
    text = f'{{\n  "about": {json.dumps(_ABOUT)},\n  "problems": {held}\n}}\n'
    data = text.encode("utf-8", "replace")
    if old is not None and b"\r\n" in old:
        data = data.replace(b"\n", b"\r\n")
    if data == old:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, data)
    return True


def _line(entry: Fingerprint, count: int) -> str:
    often = {"count": count} if count > 1 else {}
    return json.dumps({**entry._asdict(), **often}, ensure_ascii=False)
