"""What the parser's syntax errors mean, in plain words, and where the slip was made."""

import re
from typing import Final

import yaml

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.told import Told, told
from outcome_playbook.yaml12.plain import Fault, Spans, cut

BLOCK_TEXT: Final = (
    told("a value that begins with `>` or `|` is read as text that follows on the lines below"),
    told("put the value in quotes"),
)
_TAB = (told("a tab indents this line; YAML knows spaces only"), told("use two spaces"))
_COLON = (
    told("a colon followed by a space stands inside a value"),
    told("put the whole value in quotes, or check how the line is indented"),
)
_OPEN_LIST = (
    told("a list in square brackets begins here and never ends"),
    told("close it with `]`, and separate its items by commas"),
)
_OPEN_BRACES = (
    told("a value in curly braces begins here and never ends"),
    told("close it with `}`, and separate its fields by commas"),
)
_LIST_BESIDE_FIELD = (
    told("a list and a field stand at the same level"),
    told("indent the list below its field, or begin this line with `- `"),
)
_INDENT = (
    told("a line is not indented like its neighbours"),
    told("give fields of one level the same indent"),
)
_ESCAPE = (
    told("a backslash inside double quotes begins an escape that YAML does not know"),
    told("use single quotes, in which a backslash is just a backslash"),
)
_TAG = (
    told("a value that begins with `!` is read as a YAML tag; records use none"),
    told("put the value in quotes"),
)
_PERCENT = (
    told("a line cannot begin with `%%`"),
    told("delete the line, or put the value in quotes"),
)

_PLAIN_WORDS: Final = (
    ("mapping values are not allowed", *_COLON),
    (
        "unexpected end of stream",
        told("a quoted value begins here and never ends"),
        told("close the quotes"),
    ),
    ("did not find expected ',' or ']'", *_OPEN_LIST),
    ("did not find expected ',' or '}'", *_OPEN_BRACES),
    ("unknown escape character", *_ESCAPE),
    ("did not find expected hexdecimal number", *_ESCAPE),
    ("invalid Unicode character escape code", *_ESCAPE),
    ("did not find expected '-' indicator", *_LIST_BESIDE_FIELD),
    (
        "block sequence entries are not allowed",
        told("a list begins on the line of its field"),
        told("begin the list on the next line, or put the value in quotes if it is text"),
    ),
    (
        "could not find expected ':'",
        told("a line is neither `name: value` nor part of the value above"),
        told("write `name: value`, or indent the line below its field"),
    ),
    ("tab character", *_TAB),
    ("expected comment or line break", *BLOCK_TEXT),
    ("indentation indicator equal to 0", *BLOCK_TEXT),
    (
        "did not find expected alphabetic or numeric character",
        told("a value begins with `*` or `&`, which mean something else in YAML"),
        told("put the value in quotes"),
    ),
    ("undefined tag handle", *_TAG),
    (
        "but found another document",
        told("a second document begins here"),
        told("end the front matter with `---` on a line of its own"),
    ),
    ("did not find expected key", *_INDENT),
    ("did not find expected <document start>", *_INDENT),
)
_WHERE_IT_BEGAN: Final = (
    "end of stream",
    "',' or ']'",
    "',' or '}'",
    "expected ':'",
    "alphabetic or numeric",
    "comment or line break",
    "equal to 0",
)
"""For these, where the value or line began says more than where the parser gave up."""
_NO_BEGINNING: Final = ("cannot start any token", "mapping keys are not", "expected node content")


def syntax_fault(error: yaml.MarkedYAMLError, text: str, spans: Spans) -> Fault:
    """Return a syntax error of ``text`` as a fault with the place where it was made."""
    problem, context = error.problem or "unreadable", error.context or ""
    failed = min(error.problem_mark.index if error.problem_mark else 0, len(text))
    began = error.context_mark.index if error.context_mark else failed
    if any(part in problem for part in ("mapping values", "expected ':'")):
        for offset in (began, failed, _line_before(text, failed)):
            if words := colon_without_space(text, offset):
                start, end, message, mend = words
                return Fault(catalogue.BROKEN_YAML, message, mend, spans.at(start, end))
    if "expected node content" in problem and not text[failed:].strip():  # `[` as the last word
        opened = max(text.rfind("["), text.rfind("{"), 0)
        message, mend = _OPEN_LIST if text[opened] == "[" else _OPEN_BRACES
        return Fault(catalogue.BROKEN_YAML, message, mend, spans.at(opened, opened + 1))
    start = began if any(part in problem for part in _WHERE_IT_BEGAN) else failed
    if "a tag" in context:
        start, (message, mend) = began, _TAG
    elif "a directive" in context or ("document start" in problem and text.lstrip()[:1] == "%"):
        start = began if "a directive" in context else text.find("%")
        message, mend = _PERCENT
    elif words_here := _by_character(problem, text, failed):
        start, (message, mend) = failed, words_here
    else:
        message, mend = next(
            ((message, mend) for part, message, mend in _PLAIN_WORDS if part in problem),
            (
                told("YAML cannot read this line: %(problem)s", problem=problem),
                told("write `name: value`, a field a line"),
            ),
        )
    return Fault(catalogue.BROKEN_YAML, message, mend, spans.at(start, start + 1))


def _by_character(problem: str, text: str, offset: int) -> tuple[Told, Told] | None:
    """Return message and mend where the characters around the failure tell more than it does."""
    character = text[offset : offset + 1]
    line_start = text.rfind("\n", 0, offset) + 1
    before = text[line_start:offset].rstrip()
    rest = text[offset:].split("\n", 1)[0]
    if character == "\t" and "cannot start any token" in problem:
        return _TAB
    if character == "," and "expected node content" in problem:
        return (
            told("nothing stands before this comma"),
            told("delete the comma, or write what is missing"),
        )
    if character and any(part in problem for part in _NO_BEGINNING):
        message = told("a value cannot begin with `%(character)s`", character=character)
        if character == "`":
            message = told("a value cannot begin with a backtick")
        return message, told("put the value in quotes")
    if ("or ']'" in problem and "]" in rest) or ("or '}'" in problem and "}" in rest):
        return (
            told("a comma is missing before this, or what stands here is text and needs quotes"),
            told("separate the items by commas, and put text that holds `:` or quotes in quotes"),
        )
    if "expected key" in problem or "expected <document start>" in problem:
        return _out_of_place(character, before)
    return None


def _out_of_place(character: str, before: str) -> tuple[Told, Told] | None:
    if before.endswith(('"', "'")):
        return (
            told("a value goes on after its closing quote"),
            told("put the whole value in one pair of quotes, and use the other kind inside it"),
        )
    if before.endswith(("]", "}")):
        return (
            told("a value goes on after its closing bracket"),
            told("put the whole value in quotes, or delete what follows the bracket"),
        )
    if before:
        return None
    if character == "-":
        return _LIST_BESIDE_FIELD
    if character == ":":
        return told("this line has a colon and no name before it"), told("write `name: value`")
    return None


_KEY_AND_VALUE = re.compile(r"[ ]*(?:- )?(([A-Za-z_][\w-]*):)([^\s/:].*)")


def colon_without_space(text: str, offset: int) -> tuple[int, int, Told, Told] | None:
    """Find ``name:value`` on the line around ``offset``, which YAML reads as text.

    Returns where the name begins and the colon ends, what is wrong, and the mend.
    """
    line_start = text.rfind("\n", 0, offset) + 1
    match = _KEY_AND_VALUE.match(text, line_start)
    if match is None:
        return None
    name, value = match[2], cut(match[3])
    message = told("a space is missing after the colon of `%(field)s`", field=name)
    mend = told("write `%(field)s: %(value)s`", field=name, value=value)
    return match.start(1), match.end(1), message, mend


def _line_before(text: str, offset: int) -> int:
    """Return the start of the nearest line above ``offset`` that is not blank."""
    start = text.rfind("\n", 0, offset) + 1
    above = text[:start].rstrip()
    return above.rfind("\n") + 1
