"""Being written."""

from typing import Any


def boards(*args: Any) -> Any:
    return args[1:]


def one_status(*args: Any) -> Any:
    return args[1:]
