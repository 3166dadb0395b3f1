r"""Plain data as YAML that ``parse`` reads back as the same data, in the style of a careful author.

Text stands as it is where it can, long text is folded, text of several lines keeps them, and all
else is quoted. What no front matter can hold (control characters) cannot be written either.
"""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date
from textwrap import wrap
from typing import Any, Final

from outcome_playbook.yaml12.parsing import parse

WIDTH: Final = 100
"""A text that makes its line longer than this is folded."""

_SIGNS = "-?:,[]{}#&*!|>'\"%@`~=<"
# What other readers of YAML, most of them of 1.1, take for something other than text.
_NOT_TEXT = re.compile(r"(?i:y|n|yes|no|on|off|true|false|null)|[-+.\d](?:\S*|[-+.:\dtTzZ ]*)")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_SHORT = re.compile(r"[^\W\d_][\w-]*(?: [\w-]+){0,2}")
# Line ends of YAML 1.1, invisible signs: readable in quotes only.
_ESCAPED = re.compile("[\x7f-\x9f\u2028\u2029\ufeff]")


def field(name: str, value: Any, indent: int = 0) -> str:
    """Return ``name: value`` as block YAML, each nested value on a line of its own.

    ``value`` is text, a number, a truth value, a date, ``None``, or a list or mapping of those.
    """
    return "".join(f"{line}\n" for line in _field(name, value, " " * indent))


def _field(name: str, value: Any, before: str) -> Iterator[str]:
    key = f"{before}{_in_line(name)}:"
    if isinstance(value, Mapping) and value:
        yield key
        for inner, its in value.items():
            yield from _field(str(inner), its, f"{before}  ")
    elif isinstance(value, list | tuple) and value:
        in_line = _flow(value)
        if in_line and len(key) + len(in_line) < WIDTH:
            yield f"{key} {in_line}"
        else:
            yield key
            for item in value:
                yield from _item(item, f"{before}  ")
    elif value is None:
        yield key
    else:
        yield from _scalar(key, value, f"{before}  ")


def _item(value: Any, before: str) -> Iterator[str]:
    if isinstance(value, Mapping) and value:
        first = f"{before}- "
        for name, its in value.items():
            lines = _field(str(name), its, f"{before}  ")
            yield f"{first}{next(lines)[len(first) :]}"
            yield from lines
            first = f"{before}  "
    elif isinstance(value, list | tuple) and value:
        yield f"{before}- {_as_json(value)}"
    elif value is None:
        yield f"{before}- null"
    else:
        yield from _scalar(f"{before}-", value, f"{before}  ")


def _scalar(key: str, value: Any, before: str) -> Iterator[str]:
    if not isinstance(value, str):
        yield f"{key} {_in_line(value)}"
        return
    text = str(value)
    lines: list[str] = []
    if "\n" in text:
        lines = [f"{key} |-", *(f"{before}{line}".rstrip(" ") for line in text.split("\n"))]
    elif len(key) + len(text) >= WIDTH:
        width = max(WIDTH - len(before), 40)
        folded = wrap(text, width, break_long_words=False, break_on_hyphens=False)
        lines = [f"{key} >-", *(f"{before}{line}" for line in folded)]
    # Trailing blanks, signs that end a line elsewhere: not every text survives as a block.
    if lines and not _ESCAPED.search(text) and _reads_as(lines, before, text):
        yield from lines
    else:
        yield f"{key} {_in_line(text)}"


def _reads_as(lines: list[str], before: str, text: str) -> bool:
    inside = "\n".join(line.removeprefix(before[:-2]) for line in lines[1:])
    style = lines[0][-2:]
    read = parse(f"x: {style}\n{inside}\n")
    return not read.faults and read.data == {"x": text}


def _in_line(value: Any) -> str:
    """Return a value on one line, as it stands behind ``name:``."""
    if value is None:
        return "null"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | Mapping):
        return "{}" if isinstance(value, Mapping) else "[]"
    if not isinstance(value, str):
        return json.dumps(value)
    text = str(value)
    if _is_plain(text):
        return text
    return _as_json(text)


def _as_json(value: Any) -> str:
    """Return a value as JSON, which is YAML too, without a sign that would end a line in it."""
    written = json.dumps(value, ensure_ascii=False, default=str)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", written)


def _is_plain(text: str) -> bool:
    """Whether a text stands without quotes for every reader of YAML."""
    if not text or not text.isprintable() or text[0] in _SIGNS or text != text.strip():
        return False
    if ": " in text or " #" in text or text.endswith(":"):
        return False
    return _NOT_TEXT.fullmatch(text) is None or _DAY.fullmatch(text) is not None


def _flow(values: list[Any] | tuple[Any, ...]) -> str:
    """Return ``[a, b]`` for a few short words, else nothing."""
    texts = [str(value) for value in values if isinstance(value, str)]
    if len(texts) < len(values) or not all(_SHORT.fullmatch(text) for text in texts):
        return ""
    return f"[{', '.join(map(_in_line, texts))}]"
