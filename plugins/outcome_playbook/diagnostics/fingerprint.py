"""What makes a problem the same one after its file was edited elsewhere, moved or renamed."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from outcome_playbook.diagnostics.problem import Problem, id_at
from outcome_playbook.diagnostics.told import told


class Fingerprint(NamedTuple):
    """A problem without its place: the record's ``id``, the rule's ``code`` and the ``message``."""

    id: str
    code: str
    message: str


def fingerprint(problem: Problem) -> Fingerprint:
    """Return the fingerprint of a problem. Several problems of one file may share it."""
    message = problem.message
    if message.values and "line" in message.values:  # the line of another value moves as well
        message = told(message.template, **{**message.values, "line": "…"})
    return Fingerprint(id_at(problem.path), problem.code, str(message))


def digests(problems: Iterable[Problem]) -> Iterator[str]:
    """Yield 32 hexadecimal digits for each problem, no two of them the same."""
    seen: Counter[Fingerprint] = Counter()
    for problem in problems:
        key = fingerprint(problem)
        seen[key] += 1
        text = json.dumps([*key, seen[key]])
        yield hashlib.sha256(text.encode()).hexdigest()[:32]
