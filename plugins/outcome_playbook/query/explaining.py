"""Tells how a question is read, and which index serves which part of it. For the terminal."""

from collections.abc import Iterator
from typing import Final

from outcome_playbook.query.conditions import (
    All,
    Any,
    Asked,
    Condition,
    Missing,
    Not,
    Op,
    Relative,
    Test,
    written,
)
from outcome_playbook.query.evaluation import Evaluation

_INDENT: Final = "  "


def explain(asked: Asked, evaluation: Evaluation) -> str:
    """Return in English what is asked for, part by part, each with its index and its count."""
    return "\n".join(_lines(asked, evaluation))


def _lines(asked: Asked, evaluation: Evaluation) -> Iterator[str]:
    among = Asked(asked.kind)
    kinds = asked.kind.plural if asked.kind else "records of all kinds"
    yield f"Of {evaluation.count(among)} {kinds}:"
    if asked.where is None:
        yield f"{_INDENT}every one"
    else:
        yield from _parts(asked.where, asked, evaluation, 1)
    yield f"Found: {evaluation.count(asked)}"
    if asked.group:
        yield f"Grouped by {asked.group.name}, in order; those without come last"
    order = ", then ".join(
        f"{by.field.name}{', downwards' if by.descending else ''}" for by in asked.sort
    )
    ties = "kind and id"
    yield (
        f"Sorted by {order}; those without it last, even ones by {ties}"
        if order
        else (f"Sorted by {ties}")
    )
    if asked.limit is not None:
        yield f"Shown: at most {asked.limit}"


def _parts(condition: Condition, asked: Asked, evaluation: Evaluation, depth: int) -> Iterator[str]:
    indent = _INDENT * depth
    count = evaluation.count(Asked(asked.kind, condition))
    if isinstance(condition, Test):
        yield f"{indent}{condition}{_read_as(condition, evaluation)}: {count}, {_served(condition)}"
        return
    inner = (condition.of,) if isinstance(condition, Not) else condition.of
    yield f"{indent}{_JOINS[type(condition)]}: {count}"
    for one in inner:
        yield from _parts(one, asked, evaluation, depth + 1)


_JOINS: Final[dict[type, str]] = {All: "all of", Any: "any of", Not: "none of"}


def _read_as(test: Test, evaluation: Evaluation) -> str:
    days = [
        f"{written(value)} is {value.on(evaluation.today).isoformat()}"
        for value in test.values
        if isinstance(value, Relative)
    ]
    return f" ({', '.join(days)})" if days else ""


def _served(test: Test) -> str:
    """Say which index answers a comparison."""
    name = test.field.name
    if test.values == (Missing(),):
        return f"from the index of who has {name}"
    if test.op is Op.LIKE:
        return f"by reading each value of {name} once"
    is_range = test.op in (Op.BEFORE, Op.AFTER, Op.UP_TO, Op.FROM)
    if is_range or test.field.type == "date":
        return f"from the values of {name} in order"
    return f"from the index of {name} by value"
