"""Questions with the records that are meant: those of the demo, written by hand."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Final, Literal

import yaml

Half = Literal["tuning", "held-out"]
HALVES: Final[tuple[Half, ...]] = ("tuning", "held-out")

DEMO: Final = Path(__file__).parent / "demo.yml"


@dataclass(frozen=True)
class Question:
    """What is typed, the ids of the records that are meant, and which sort of question it is."""

    typed: str
    meant: tuple[str, ...]
    sort: str

    @property
    def half(self) -> Half:
        """Which half the question belongs to: what tunes an engine doesn't judge it.

        It follows from what is typed alone, so that adding a question moves no other.
        """
        return HALVES[sha256(self.typed.casefold().encode()).digest()[0] % 2]


def demo_questions() -> list[Question]:
    """Return the questions about the demo.

    Raises:
        ValueError: a question is there twice, in which case it would count twice.
    """
    read = yaml.safe_load(DEMO.read_text(encoding="utf-8"))
    questions = [
        Question(str(typed), (meant,) if isinstance(meant, str) else tuple(meant), sort)
        for sort, pairs in read.items()
        for typed, meant in pairs
    ]
    if len({question.typed for question in questions}) < len(questions):
        raise ValueError(f"{DEMO.name} has a question twice.")
    return questions


def reciprocal_rank(found: list[str], meant: tuple[str, ...]) -> float:
    """Return 1 for a record meant in the first place, a half for the second, 0 if not found."""
    return next((1 / place for place, id_ in enumerate(found, 1) if id_ in meant), 0.0)


def mean(values: list[float]) -> float:
    """Return the mean, of nothing 0."""
    return sum(values) / len(values) if values else 0.0
