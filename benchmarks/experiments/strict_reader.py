"""A short, strict reader of front matter: what was written, or an error.

It stands for the idea in an experiment; the playbook's own reader also says where and why.
"""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import yaml

LOADER: Any = yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader
INTEGER = re.compile(r"[-+]?(0|[1-9][0-9]*)")
REAL = re.compile(r"[-+]?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?")
DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
KNOWN_TAGS = "tag:yaml.org,2002:"


def read(data: bytes) -> tuple[dict[str, Any], str]:
    """Return the fields and the body of a file.

    A byte order mark and CRLF read as if they were not there. A text without front matter has no
    fields and is all body.

    Raises:
        ValueError: not UTF-8, control characters, a block that is broken, never closed, no
            mapping, or that uses what the record model refuses.
    """
    text = data.decode("utf-8-sig").replace("\r\n", "\n")
    if CONTROL.search(text):
        raise ValueError("a control character")
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        if text.lstrip().startswith("---") or _block_further_down(lines):
            raise ValueError("the first line is not exactly three dashes")
        return {}, text
    for number, line in enumerate(lines[1:], start=1):
        if line.rstrip() == "---":
            return _fields("".join(lines[1:number])), "".join(lines[number + 1 :])
        if line.rstrip() == "..." or line.lstrip().startswith("---"):
            raise ValueError("closed by something other than three dashes")
    raise ValueError("never closed")


def _block_further_down(lines: list[str]) -> bool:
    """Whether a block seems to begin below the first line: three dashes and a key near the top."""
    head = [line.rstrip() for line in lines[:3]]
    return "---" in head and any(re.match(r"\w+:", line) for line in lines[:4])


def _fields(block: str) -> dict[str, Any]:
    try:
        for event in yaml.parse(block, Loader=LOADER):
            if getattr(event, "anchor", None):
                raise ValueError("an anchor or an alias")
        node = yaml.compose(block, Loader=LOADER)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise ValueError("no mapping")  # noqa: TRY004 - the file is wrong, not a caller
    return _mapping(node)


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode) or key.value in found:
            raise ValueError(f"a key that is doubled or no text: {key.value}")
        found[key.value] = _value(value)
    return found


def _value(node: yaml.Node) -> Any:
    if not node.tag.startswith(KNOWN_TAGS):
        raise ValueError(f"an unknown tag: {node.tag}")
    if isinstance(node, yaml.MappingNode):
        return _mapping(node)
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    text = str(node.value)
    return text if getattr(node, "style", None) else _plain(text)


def _plain(text: str) -> Any:
    """A plain scalar as YAML 1.2 reads it, dates added, a leading nought kept as text."""
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text.lower() in {"true", "false"}:
        return text.lower() == "true"
    if DATE.fullmatch(text):
        return dt.date.fromisoformat(text)
    if INTEGER.fullmatch(text):
        return int(text)
    if REAL.fullmatch(text):
        return float(text)
    if text.lower() in {".nan", ".inf", "-.inf", "+.inf"}:
        raise ValueError("a number that is none")
    return text
