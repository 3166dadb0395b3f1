"""YAML front matter as plain data, with the position of every key and every value.

PyYAML's C parser composes the nodes and their marks; the scalars are resolved here by the core
schema of YAML 1.2 (``no`` and ``on`` are text), except that ``0123`` stays text. A date stays
text too: which fields are dates is for the record to say.
"""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field
from math import isfinite
from typing import Final, TypeAlias

import yaml

from outcome_playbook.diagnostics import Span, catalogue
from outcome_playbook.diagnostics.catalogue import Rule

Data: TypeAlias = "str | int | float | bool | list[Data] | dict[str, Data] | None"
Loc: TypeAlias = tuple[str | int, ...]
"""The way to a value: keys and indexes, such as ``("results", 0, "metric")``."""

MAX_DEPTH: Final = 40
"""Deeper nesting is refused: no field needs it, and the C parser runs out of stack far below."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in the YAML itself: the rule, what is wrong, the mend, and where."""

    rule: Rule
    message: str
    help: str
    span: Span
    loc: Loc = ()


@dataclass(slots=True)
class Parsed:
    """The data of a YAML text; ``keys`` and ``values`` give the span of each by its way."""

    data: Data = None
    keys: dict[Loc, Span] = field(default_factory=dict)
    values: dict[Loc, Span] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


class _Loader(yaml.CSafeLoader):
    """Resolves no plain scalar, so that a tag other than text was written by hand."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}


def parse(text: str, first_line: int = 1) -> Parsed:
    """Parse one YAML document whose first line is line ``first_line`` of its file.

    Never raises for what the text holds: what cannot be read is among ``faults``, and the rest of
    the data is returned beside it.
    """
    parsed = Parsed()
    spans = _Spans(text, first_line)
    if fault := _forbidden(text, spans):
        parsed.faults.append(fault)
        return parsed
    try:
        root = yaml.compose(text, _Loader)
    except yaml.MarkedYAMLError as error:
        parsed.faults.append(_syntax_fault(error, text, spans))
        return parsed
    if root is not None:
        parsed.data = _Walk(parsed, spans).value(root, ())
    return parsed


# Before composing -------------------------------------------------------------------------------

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufffe\uffff]")
_NEEDS_A_LOOK = re.compile(r"[&*]|^[ \t\-?:]{40}|(?:[\[{][^\[{]*){40}", re.MULTILINE)


def _forbidden(text: str, spans: "_Spans") -> Fault | None:
    """Find what must not reach the composer: control characters, aliases, bottomless nesting."""
    if match := _CONTROL.search(text):
        span = spans.at(match.start(), match.end())
        what = f"U+{ord(match[0]):04X}"
        return Fault(
            catalogue.CONTROL_CHARACTER,
            f"the front matter holds a control character ({what})",
            "delete the character, or type the value again",
            span,
        )
    if not _NEEDS_A_LOOK.search(text):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, _Loader):
            if isinstance(event, yaml.AliasEvent):
                return Fault(
                    catalogue.ALIAS,
                    f"`*{event.anchor}` is a YAML alias; records use none",
                    "write the value out, or quote it if the `*` is part of the text",
                    spans.between(event.start_mark, event.end_mark),
                )
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return Fault(
                        catalogue.TOO_DEEP,
                        f"the front matter is nested more than {MAX_DEPTH} levels deep",
                        "write the value as text or as a short list",
                        spans.between(event.start_mark, event.end_mark),
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.MarkedYAMLError:
        pass  # composing meets the same error and reports it
    return None


# Positions --------------------------------------------------------------------------------------


class _Spans:
    """Turns marks of the parser into spans of the file."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._first_line = first_line
        # libyaml counts three rare characters as line breaks; editors do not.
        self._exact = any(c in text for c in "\x85\u2028\u2029")
        self._starts: list[int] = []

    def between(self, start: yaml.Mark, end: yaml.Mark) -> Span:
        if self._exact:
            return self.at(start.index, end.index)
        first = self._first_line
        return Span(first + start.line, start.column + 1, first + end.line, end.column + 1)

    def at(self, start: int, end: int) -> Span:
        """Return the span between two offsets into the text."""
        if not self._starts:
            self._starts = [0, *(m.end() for m in re.finditer("\n", self._text))]
        (line, column), (end_line, end_column) = self._point(start), self._point(end)
        return Span(line, column, end_line, end_column)

    def _point(self, offset: int) -> tuple[int, int]:
        row = bisect_right(self._starts, offset) - 1
        return self._first_line + row, offset - self._starts[row] + 1


# From nodes to data -----------------------------------------------------------------------------

_TEXT, _LIST, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


class _Walk:
    """One walk over the nodes, which fills ``Parsed`` and returns the data."""

    def __init__(self, parsed: Parsed, spans: _Spans) -> None:
        self._parsed = parsed
        self._span = spans.between

    def value(self, node: yaml.Node, loc: Loc) -> Data:
        span = self._parsed.values[loc] = self._span(node.start_mark, node.end_mark)
        if isinstance(node, yaml.ScalarNode):
            if node.tag != _TEXT:
                return self._tagged(node, span, loc)
            return node.value if node.style else self._plain(node.value, span, loc)
        if node.tag not in (_LIST, _MAP):
            return self._tagged(node, span, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, i)) for i, item in enumerate(node.value)]
        return self._mapping(node, loc)

    def _mapping(self, node: yaml.MappingNode, loc: Loc) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            span = self._span(key_node.start_mark, key_node.end_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                message = "a field's name must be text, not a list or a mapping"
                self._fault(catalogue.NOT_A_MAPPING, message, "write `name: value`", span, loc)
                continue
            key = key_node.value
            here = (*loc, key)
            if key in data:
                first = self._parsed.keys[here].line
                self._fault(
                    catalogue.DUPLICATE_KEY,
                    f"`{key}` is written twice; it stands on line {first} already",
                    "keep one of the two",
                    span,
                    here,
                )
                continue
            self._parsed.keys[here] = span
            data[key] = self.value(value_node, here)
        return data

    def _tagged(self, node: yaml.Node, span: Span, loc: Loc) -> Data:
        name = node.tag.replace("tag:yaml.org,2002:", "!!")
        message = f"`{name}` is a YAML tag; records hold plain text, numbers and lists"
        self._fault(catalogue.TAG, message, "delete the tag and keep the value", span, loc)
        return node.value if isinstance(node, yaml.ScalarNode) else None

    def _plain(self, text: str, span: Span, loc: Loc) -> Data:
        if _MAYBE_NOT_TEXT.match(text) is None:
            return text
        for pattern, convert in _SCALARS:
            if pattern.fullmatch(text):
                try:
                    value = convert(text)
                except ValueError:  # more digits than Python is willing to convert
                    value = float("inf")
                if isinstance(value, float) and not isfinite(value):
                    shown = text if len(text) <= 20 else f"{text[:20]}…"
                    self._fault(
                        catalogue.BAD_NUMBER,
                        f"`{shown}` is no number that can be counted with",
                        "write a finite number, or leave the field out while it is unknown",
                        span,
                        loc,
                    )
                    return None
                return value
        return text

    def _fault(self, rule: Rule, message: str, help_: str, span: Span, loc: Loc) -> None:
        self._parsed.faults.append(Fault(rule, message, help_, span, loc))


_MAYBE_NOT_TEXT = re.compile(r"[-+.0-9]|[~nNtTfF]|$")
_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], Data]], ...] = (
    (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?(?:0|[1-9][0-9]*)"), int),
    (re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+"), lambda text: int(text, 0)),
    (re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"), float),
    (re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"), lambda _: float("nan")),
)

# Syntax errors in plain words ---------------------------------------------------------------------

_PLAIN_WORDS: tuple[tuple[str, str, str], ...] = (
    (
        "mapping values are not allowed",
        "a colon followed by a space stands inside a value",
        "put the whole value in quotes, or check how the line is indented",
    ),
    (
        "unexpected end of stream",
        "a quoted value begins here and never ends",
        "close the quotes",
    ),
    (
        "did not find expected ',' or ']'",
        "a list in square brackets begins here and never ends",
        "close it with `]`, and separate its items by commas",
    ),
    (
        "did not find expected ',' or '}'",
        "a mapping in curly braces begins here and never ends",
        "close it with `}`, and separate its fields by commas",
    ),
    (
        "unknown escape character",
        "a backslash inside double quotes begins an escape that YAML does not know",
        "use single quotes, in which a backslash is just a backslash",
    ),
    (
        "did not find expected '-' indicator",
        "a list and a field stand at the same level",
        "indent the list below its field, or begin this line with `- `",
    ),
    (
        "block sequence entries are not allowed",
        "a list begins on the line of its field",
        "begin the list on the next line",
    ),
    (
        "could not find expected ':'",
        "a line is neither `name: value` nor part of the value above",
        "write `name: value`, or indent the line below its field",
    ),
    (
        "did not find expected key",
        "a line is not indented like its neighbours",
        "give fields of one level the same indent",
    ),
    (
        "undefined alias",
        "a value that begins with `*` is read as a YAML alias; records use none",
        "put the value in quotes",
    ),
    (
        "did not find expected alphabetic or numeric character",
        "a value begins with `*` or `&`, which mean something else in YAML",
        "put the value in quotes",
    ),
)
_OPENED_EARLIER = ("end of stream", "',' or ']'", "',' or '}'")


def _syntax_fault(error: yaml.MarkedYAMLError, text: str, spans: _Spans) -> Fault:
    problem = error.problem or "unreadable"
    mark = error.problem_mark
    if error.context_mark is not None and any(part in problem for part in _OPENED_EARLIER):
        mark = error.context_mark  # where it was opened says more than where it was missed
    start = min(mark.index if mark else 0, len(text))
    span = spans.at(start, start + 1)
    character = text[start : start + 1]
    if "cannot start any token" in problem:
        if character == "\t":
            message, mend = "a tab indents this line; YAML knows spaces only", "use two spaces"
        else:
            message = f"a value cannot begin with `{character}`"
            mend = "put the value in quotes"
        return Fault(catalogue.BROKEN_YAML, message, mend, span)
    for part, message, mend in _PLAIN_WORDS:
        if part in problem:
            return Fault(catalogue.BROKEN_YAML, message, mend, span)
    return Fault(
        catalogue.BROKEN_YAML,
        f"YAML cannot read this line: {problem}",
        "write `name: value`, a field a line",
        span,
    )
