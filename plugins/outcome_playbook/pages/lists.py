"""Being written."""

from typing import Any


def outcomes(*args: Any) -> Any:
    return args[1:]


def records(*args: Any) -> Any:
    return args[1:]
