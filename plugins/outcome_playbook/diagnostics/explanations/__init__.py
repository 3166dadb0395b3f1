"""What each rule means, and an example before and after: one file a rule, beside this one.

The catalogue is loaded by every command; this is read only where somebody asks for it.
"""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from outcome_playbook.diagnostics.problem import Severity

FOLDER = Path(__file__).parent

_MUST = {"means", "severity", "before", "after"}
_MAY = {"otherwise", "only_shown"}


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of an example: the ``text`` is whole, or some lines of its front matter."""

    path: str
    text: str

    @property
    def is_excerpt(self) -> bool:
        """Whether the file has more than is shown."""
        return self.text.startswith("kind:")


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a rule ``means`` in plain sentences, and files ``before`` it was kept and ``after``.

    ``severity`` is what a problem of it weighs; ``otherwise`` says in a sentence when it weighs
    less. ``only_shown`` says what stands for what in an example that can be no text, if it is one.
    """

    code: str
    means: str
    severity: Severity
    before: tuple[Shown, ...]
    after: tuple[Shown, ...]
    otherwise: str = ""
    only_shown: str = ""


@cache
def explanation(code: str) -> Explanation:
    """Return what is said of the rule with this code.

    Raises ``ValueError`` when its file is not in the form that CONTRIBUTING.md describes.
    """
    name = f"{code}.yaml"
    with (FOLDER / name).open(encoding="utf-8") as file:
        written: Any = yaml.load(file, Loader=yaml.CSafeLoader)
    if not isinstance(written, dict) or not _MUST <= set(written) <= _MUST | _MAY:
        raise ValueError(f"{name} has {sorted(_MUST)}, and may have {sorted(_MAY)}")
    return Explanation(
        code,
        written["means"],
        Severity(written["severity"]),
        _files(written["before"]),
        _files(written["after"]),
        written.get("otherwise", ""),
        written.get("only_shown", ""),
    )


def _files(written: dict[str, str]) -> tuple[Shown, ...]:
    return tuple(Shown(path, text.rstrip("\n")) for path, text in written.items())
