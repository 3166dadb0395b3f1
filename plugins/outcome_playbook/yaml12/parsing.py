"""From the text of one YAML document to plain data."""

import re
from collections.abc import Callable
from math import isfinite
from typing import Final, cast

import yaml

from outcome_playbook.diagnostics import Span, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.yaml12.plain import Data, Fault, Loc, Parsed, Spans, cut
from outcome_playbook.yaml12.syntax import BLOCK_TEXT, syntax_fault

MAX_DEPTH: Final = 40
"""Deeper nesting is refused: no field needs it, and the C parser runs out of stack far below."""


class _Loader(yaml.CSafeLoader):
    """Resolves no plain scalar, so that a tag other than text was written by hand."""

    yaml_implicit_resolvers: dict[str, list[tuple[str, re.Pattern[str]]]] = {}  # noqa: RUF012


def parse(text: str, first_line: int = 1) -> Parsed:
    """Parse one YAML document whose first line is line ``first_line`` of its file.

    Never raises for what the text holds: what cannot be read is among ``faults``, and the rest of
    the data is returned beside it; a value with a fault is ``None``.
    """
    parsed = Parsed()
    spans = Spans(text, first_line)
    if match := _CONTROL.search(text):
        parsed.faults.append(_control_fault(match[0], spans.at(*match.span())))
        return parsed
    held = text.translate(_HELD) if _RARE_BREAK.search(text) else text
    if fault := _forbidden(held, spans):
        parsed.faults.append(fault)
        return parsed
    try:
        root = yaml.compose(held, _Loader)
    except yaml.MarkedYAMLError as error:
        parsed.faults.append(syntax_fault(error, text, spans))
        return parsed
    if root is not None:
        parsed.data = _Walk(parsed, spans, text).value(root, ())
    return parsed


# Before composing -------------------------------------------------------------------------------

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# These end a line for libyaml, which reads YAML 1.1, and for nobody else: YAML 1.2 and editors see
# text. Characters that _CONTROL refuses hold their places while it parses.
_RARE_BREAK = re.compile("[\x85\u2028\u2029]")
_HELD = {0x85: 0xFDD0, 0x2028: 0xFDD1, 0x2029: 0xFDD2}
_RELEASED = {place: character for character, place in _HELD.items()}

_NEEDS_A_LOOK = re.compile(r"[&*]|^[ \t\-?:]{40}|(?:[\[{][^\[{]*){40}", re.MULTILINE)


def _control_fault(character: str, span: Span, loc: Loc = ()) -> Fault:
    return Fault(
        catalogue.CONTROL_CHARACTER,
        f"the front matter holds a control character (U+{ord(character):04X})",
        "delete the character, or type the value again",
        span,
        loc,
    )


def _forbidden(text: str, spans: Spans) -> Fault | None:
    """Find what must not reach the composer: aliases, anchors and bottomless nesting."""
    if not _NEEDS_A_LOOK.search(text):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, _Loader):
            if isinstance(event, yaml.NodeEvent) and event.anchor is not None:
                return _alias_fault(event, text, spans)
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > MAX_DEPTH:
                    return Fault(
                        catalogue.TOO_DEEP,
                        f"the front matter is nested more than {MAX_DEPTH} levels deep",
                        "write the value as text or as a short list",
                        spans.between(*_marks(event)),
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.MarkedYAMLError:
        pass  # composing meets the same error and reports it
    return None


def _alias_fault(event: yaml.NodeEvent, text: str, spans: Spans) -> Fault:
    if isinstance(event, yaml.AliasEvent):
        sign, what, mend = "*", "alias", "write the value out"
    else:
        sign, what, mend = "&", "anchor", "delete it"
    name = f"{sign}{event.anchor}"
    start = text.find(name, _marks(event)[0].index)  # a tag may stand before an anchor
    return Fault(
        catalogue.ALIAS,
        f"`{cut(name)}` is a YAML {what}; records use none",
        f"{mend}, or put the value in quotes if the `{sign}` is part of the text",
        spans.at(start, start + len(name)),
    )


def _marks(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Return where an event begins and ends; the C parser knows of every one."""
    return cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)


# From nodes to data -----------------------------------------------------------------------------

_TEXT, _LIST, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))


class _Walk:
    """One walk over the nodes, which fills ``Parsed`` and returns the data."""

    def __init__(self, parsed: Parsed, spans: Spans, text: str) -> None:
        self._parsed = parsed
        self._span = spans.between
        self._text = text
        self._holds_breaks = _RARE_BREAK.search(text) is not None

    def value(self, node: yaml.Node, loc: Loc) -> Data:
        span = self._parsed.values[loc] = self._span(node.start_mark, node.end_mark)
        start: int = node.start_mark.index
        # `! text` has the tag of text, and would lose its exclamation mark in silence.
        is_tagged = node.tag not in (_TEXT, _LIST, _MAP) or self._text.startswith("!", start)
        if is_tagged:
            self._report_tag(node.tag, span, loc)
            return None
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, i)) for i, item in enumerate(node.value)]
        if not isinstance(node, yaml.ScalarNode):
            return self._mapping(node, loc)
        text = self._text_of(node, span, loc)
        if text == "" and node.style in ("|", ">") and self._text[start + 1].isdigit():
            message, mend = BLOCK_TEXT  # `>5` asks for text that is indented by five
            self._fault(catalogue.EMPTY, message, mend, span, loc)
            return None
        return text if node.style or text is None else self._plain(text, span, loc)

    def _mapping(self, node: yaml.Node, loc: Loc) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            span = self._span(key_node.start_mark, key_node.end_mark)
            if not isinstance(key_node, yaml.ScalarNode):
                message = "a field's name must be text, not a list or fields of its own"
                self._fault(catalogue.NOT_A_MAPPING, message, "write `name: value`", span, loc)
                continue
            key = self._text_of(key_node, span, loc)
            if key is None:
                continue
            here = (*loc, key)
            if key in data:
                first = self._parsed.keys[here].line
                self._fault(
                    catalogue.DUPLICATE_KEY,
                    f"`{cut(key)}` is written twice; it stands on line {first} already",
                    "keep one of the two",
                    span,
                    here,
                )
                continue
            self._parsed.keys[here] = span
            data[key] = self.value(value_node, here)
        return data

    def _text_of(self, node: yaml.ScalarNode, span: Span, loc: Loc) -> str | None:
        """Return the text of a scalar, or report that an escape in it is a control character."""
        text: str = node.value
        if self._holds_breaks:
            text = text.translate(_RELEASED)
        if node.style == '"' and (match := _CONTROL.search(text)):
            self._parsed.faults.append(_control_fault(match[0], span, loc))
            return None
        return text

    def _report_tag(self, tag: str, span: Span, loc: Loc) -> None:
        name = "!" if tag in (_TEXT, _LIST, _MAP) else tag.replace("tag:yaml.org,2002:", "!!")
        message = f"`{cut(name)}` is read as a YAML tag; records use none"
        mend = "delete it, or put the value in quotes if the `!` is part of the text"
        self._fault(catalogue.TAG, message, mend, span, loc)

    def _plain(self, text: str, span: Span, loc: Loc) -> Data:
        if _MAYBE_NOT_TEXT.match(text) is None:
            return text
        for pattern, convert in _SCALARS:
            if pattern.fullmatch(text):
                try:
                    return convert(text)
                except (ValueError, OverflowError):  # infinite, no number, or far too large
                    self._fault(
                        catalogue.BAD_NUMBER,
                        f"`{cut(text)}` is no number that can be counted with",
                        "write a finite number, or leave the field out while it is unknown",
                        span,
                        loc,
                    )
                    return None
        return text

    def _fault(self, rule: Rule, message: str, help_: str, span: Span, loc: Loc) -> None:
        self._parsed.faults.append(Fault(rule, message, help_, span, loc))


def _whole(text: str) -> int:
    number = int(text, 0)
    float(number)  # what no float can hold cannot be compared either
    return number


def _decimal(text: str) -> float:
    number = float(text)
    if not isfinite(number):
        raise OverflowError
    return number


_MAYBE_NOT_TEXT = re.compile(r"[-+.0-9]|[~nNtTfF]|$")
_SCALARS: tuple[tuple[re.Pattern[str], Callable[[str], Data]], ...] = (
    (re.compile(r"|~|null|Null|NULL"), lambda _: None),
    (re.compile(r"true|True|TRUE"), lambda _: True),
    (re.compile(r"false|False|FALSE"), lambda _: False),
    (re.compile(r"[-+]?(?:0|[1-9][0-9]*)|0o[0-7]+|0x[0-9a-fA-F]+"), _whole),
    (
        re.compile(r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"),
        _decimal,
    ),
    (
        re.compile(r"[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"),
        lambda text: _decimal(text.replace(".", "")),
    ),
)
