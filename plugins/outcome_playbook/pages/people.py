"""Being written."""

from typing import Any


def index(*args: Any) -> Any:
    return args[1:]


def one(*args: Any) -> Any:
    return args[1:]
