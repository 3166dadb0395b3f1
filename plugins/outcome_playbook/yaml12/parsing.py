"""From the text of one YAML document to plain data."""

import re
from collections.abc import Callable
from functools import partial
from math import isfinite
from typing import Final, TypeAlias, cast

import yaml

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import Told, told
from outcome_playbook.yaml12.plain import Data, Fault, Loc, Parsed, Positions, Spans, cut
from outcome_playbook.yaml12.syntax import BLOCK_TEXT, syntax_fault

MAX_DEPTH: Final = 40
"""Deeper nesting is refused: no field needs it, and the C parser runs out of stack far below."""


_TEXT, _LIST, _MAP = (f"tag:yaml.org,2002:{name}" for name in ("str", "seq", "map"))
_TAGS: dict[type[yaml.Node], str] = {
    yaml.ScalarNode: _TEXT,
    yaml.SequenceNode: _LIST,
    yaml.MappingNode: _MAP,
}


Words: TypeAlias = tuple[Rule, Told, Told]
"""A rule, what is wrong, and the mend."""


class _Loader(yaml.CSafeLoader):
    """Resolves no plain scalar, so that a tag other than text was written by hand."""

    def resolve(self, kind: type[yaml.Node], value: object, implicit: object) -> str:
        """Return the tag of a node that was written without one."""
        del value, implicit
        return _TAGS[kind]

    def descend_resolver(self, *_: object) -> None:
        """Do nothing: what a value is does not depend on where it stands."""

    def ascend_resolver(self) -> None:
        """Do nothing, likewise."""


def parse(text: str, first_line: int = 1) -> Parsed:
    """Parse one YAML document whose first line is line ``first_line`` of its file.

    Never raises for what the text holds: what cannot be read is among ``faults``, and the rest of
    the data is returned beside it; a value with a fault is ``None``.
    """
    spans = Spans(text, first_line)
    root, fault = _compose(text, spans)
    if fault is not None:
        return Parsed(faults=[fault])
    if root is None:
        return Parsed()
    try:
        return Parsed(_Walk(text, spans, _look_closer, _pass_by).value(root, ()))
    except _OddError:
        faults: list[Fault] = []
        report = partial(_report, faults, spans)
        return Parsed(_Walk(text, spans, report, _pass_by).value(root, ()), faults)


def positions(text: str, first_line: int = 1) -> Positions:
    """Return where every key and every value of a text stands that ``parse`` could read.

    Apart from ``parse``, because nobody asks where things stand in a record without a problem.
    """
    found = Positions()
    spans = Spans(text, first_line)
    root, _ = _compose(text, spans)
    if root is not None:
        note = partial(_note, found, spans)
        _Walk(text, spans, partial(_report, [], spans), note).value(root, ())
    return found


def _compose(text: str, spans: Spans) -> tuple[yaml.Node | None, Fault | None]:
    """Return the root of a text, or why it has none. An empty text has neither."""
    if match := _CONTROL.search(text):
        return None, Fault(*_control_character(match[0]), spans.at(*match.span()))
    held = text.translate(_HELD) if _holds_rare_break(text) else text
    if fault := _forbidden(held, spans):
        return None, fault
    try:
        return yaml.compose(held, _Loader), None
    except yaml.MarkedYAMLError as error:
        return None, syntax_fault(error, text, spans)


# Before composing -------------------------------------------------------------------------------

_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]"
)
# These end a line for libyaml, which reads YAML 1.1, and for nobody else: YAML 1.2 and editors see
# text. Characters that _CONTROL refuses hold their places while it parses.
_RARE_BREAK = re.compile("[\x85\u2028\u2029]")
_HELD = {0x85: 0xFDD0, 0x2028: 0xFDD1, 0x2029: 0xFDD2}
_RELEASED = {place: character for character, place in _HELD.items()}


def _holds_rare_break(text: str) -> bool:
    return not text.isascii() and _RARE_BREAK.search(text) is not None


_DEEP_INDENT = re.compile(r"^[ \t\-?:]{40}", re.MULTILINE)


def _needs_a_look(text: str) -> bool:
    """Whether a text may hold an alias or be nested deep; most can be seen to hold neither."""
    if "&" in text or "*" in text or text.count("[") + text.count("{") >= MAX_DEPTH:
        return True
    return _DEEP_INDENT.search(text) is not None


def _control_character(character: str) -> Words:
    code = f"U+{ord(character):04X}"
    return (
        catalogue.CONTROL_CHARACTER,
        told("the front matter holds a control character (%(code)s)", code=code),
        told("delete the character, or type the value again"),
    )


def _forbidden(text: str, spans: Spans) -> Fault | None:
    """Find what must not reach the composer: aliases, anchors and bottomless nesting."""
    if not _needs_a_look(text):
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
                        told(
                            "the front matter is nested more than %(number)s levels deep",
                            number=MAX_DEPTH,
                        ),
                        told("write the value as text or as a short list"),
                        spans.between(*_marks(event)),
                    )
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except yaml.MarkedYAMLError:
        pass  # composing meets the same error and reports it
    return None


def _alias_fault(event: yaml.NodeEvent, text: str, spans: Spans) -> Fault:
    if isinstance(event, yaml.AliasEvent):
        name = f"*{event.anchor}"
        message = told("`%(name)s` is a YAML alias; records use none", name=cut(name))
        mend = told(
            "write the value out, or put the value in quotes if the `*` is part of the text"
        )
    else:
        name = f"&{event.anchor}"
        message = told("`%(name)s` is a YAML anchor; records use none", name=cut(name))
        mend = told("delete it, or put the value in quotes if the `&` is part of the text")
    start = text.find(name, _marks(event)[0].index)  # a tag may stand before an anchor
    return Fault(catalogue.ALIAS, message, mend, spans.at(start, start + len(name)))


def _marks(event: yaml.Event) -> tuple[yaml.Mark, yaml.Mark]:
    """Return where an event begins and ends; the C parser knows of every one."""
    return cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)


# From nodes to data -----------------------------------------------------------------------------


class _OddError(Exception):
    """Something in the text has a fault: a second walk reports it."""


def _look_closer(*_: object) -> None:
    raise _OddError


def _report(faults: list[Fault], spans: Spans, words: Words, node: yaml.Node, loc: Loc) -> None:
    faults.append(Fault(*words, spans.between(node.start_mark, node.end_mark), loc))


def _pass_by(*_: object) -> None:
    """Note nothing."""


def _note(found: Positions, spans: Spans, node: yaml.Node, loc: Loc, is_key: bool) -> None:
    where = found.keys if is_key else found.values
    where[loc] = spans.between(node.start_mark, node.end_mark)


class _Walk:
    """A walk over the nodes that returns the data.

    ``report`` is told of each fault, ``note`` of each key and value. Most texts have no fault and
    nobody asks for their positions: their walk does neither, which halves its time.
    """

    def __init__(
        self,
        text: str,
        spans: Spans,
        report: Callable[[Words, yaml.Node, Loc], None],
        note: Callable[[yaml.Node, Loc, bool], None],
    ) -> None:
        self._text = text
        self._spans = spans
        self._report = report
        self._note = note
        self._holds_breaks = _holds_rare_break(text)
        self._holds_tags = "!" in text

    def value(self, node: yaml.Node, loc: Loc) -> Data:
        """Return the data of a node; a value with a fault is ``None``."""
        self._note(node, loc, False)
        if self._holds_tags and self._is_tagged(node):
            self._report(_tag(node.tag), node, loc)
            return None
        if isinstance(node, yaml.ScalarNode):
            text = self._text_of(node, loc)
            if text == "" and node.style in ("|", ">") and self._wants_indent(node):
                self._report((catalogue.EMPTY, *BLOCK_TEXT), node, loc)
                return None
            return text if node.style or text is None else self._plain(text, node, loc)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*loc, i)) for i, item in enumerate(node.value)]
        return self._mapping(node, loc)

    def _is_tagged(self, node: yaml.Node) -> bool:
        # `! text` has the tag of text, and would lose its exclamation mark in silence.
        tagged = node.tag not in (_TEXT, _LIST, _MAP)
        return tagged or self._text.startswith("!", node.start_mark.index)

    def _wants_indent(self, node: yaml.ScalarNode) -> bool:
        """Whether a block of text says by how much it is indented, as `>5` does."""
        first: int = node.start_mark.index + 1
        return self._text[first : first + 1].isdigit()

    def _mapping(self, node: yaml.Node, loc: Loc) -> dict[str, Data]:
        data: dict[str, Data] = {}
        for key_node, value_node in node.value:
            if not isinstance(key_node, yaml.ScalarNode):
                self._report(_BAD_KEY, key_node, loc)
                continue
            key = self._text_of(key_node, loc)
            if key is None:
                continue
            here = (*loc, key)
            if key in data:
                self._report(self._twice(node, key), key_node, here)
                continue
            self._note(key_node, here, True)
            data[key] = self.value(value_node, here)
        return data

    def _twice(self, mapping: yaml.Node, key: str) -> Words:
        """Return what is wrong with a key that its mapping has already."""
        first = next(
            node
            for node, _ in mapping.value
            if isinstance(node, yaml.ScalarNode) and self._text_of(node, ()) == key
        )
        line = self._spans.between(first.start_mark, first.end_mark).line
        message = told(
            "`%(field)s` is written twice; it stands on line %(line)s already",
            field=cut(key),
            line=line,
        )
        return catalogue.DUPLICATE_KEY, message, told("keep one of the two")

    def _text_of(self, node: yaml.ScalarNode, loc: Loc) -> str | None:
        """Return the text of a scalar, or report that an escape in it is a control character."""
        text: str = node.value
        if self._holds_breaks:
            text = text.translate(_RELEASED)
        if node.style == '"' and (match := _CONTROL.search(text)):
            self._report(_control_character(match[0]), node, loc)
            return None
        return text

    def _plain(self, text: str, node: yaml.Node, loc: Loc) -> Data:
        if _MAYBE_NOT_TEXT.match(text) is None:
            return text
        match = _SCALAR.fullmatch(text)
        if match is None or match.lastgroup is None:
            return text
        try:
            return _CONVERTED[match.lastgroup](text)
        except (ValueError, OverflowError):  # infinite, no number, or far too large
            message = told("`%(value)s` is no number that can be counted with", value=cut(text))
            self._report((catalogue.BAD_NUMBER, message, _FINITE), node, loc)
            return None


_FINITE = told("write a finite number, or leave the field out while it is unknown")
_BAD_KEY: Words = (
    catalogue.NOT_A_MAPPING,
    told("a field's name must be text, not a list or fields of its own"),
    told("write `name: value`"),
)


def _tag(tag: str) -> Words:
    name = "!" if tag in (_TEXT, _LIST, _MAP) else tag.replace("tag:yaml.org,2002:", "!!")
    message = told("`%(name)s` is read as a YAML tag; records use none", name=cut(name))
    mend = told("delete it, or put the value in quotes if the `!` is part of the text")
    return catalogue.TAG, message, mend


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
_SCALAR = re.compile(
    r"""
    (?P<nothing> | ~ | null | Null | NULL )
    | (?P<yes> true | True | TRUE )
    | (?P<no> false | False | FALSE )
    | (?P<whole> [-+]?(?:0|[1-9][0-9]*) | 0o[0-7]+ | 0x[0-9a-fA-F]+ )
    | (?P<decimal> [-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)? )
    | (?P<endless> [-+]?\.(?:inf|Inf|INF) | \.(?:nan|NaN|NAN) )
    """,
    re.VERBOSE,
)
_CONVERTED: dict[str, Callable[[str], Data]] = {
    "nothing": lambda _: None,
    "yes": lambda _: True,
    "no": lambda _: False,
    "whole": _whole,
    "decimal": _decimal,
    "endless": lambda text: _decimal(text.replace(".", "")),
}
