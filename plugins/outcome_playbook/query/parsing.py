"""From the text of a query to its parts, each with its place; what they mean is not asked here."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, told
from outcome_playbook.query.conditions import Fault
from outcome_playbook.records.wording import short

if TYPE_CHECKING:
    from lark import Lark, Token, Tree

LONGEST: Final = 2_000
"""Characters of a query."""
DEEPEST: Final = 40
"""Levels of brackets and of ``not``."""
MOST: Final = 200
"""Conditions of a query."""
MOST_FIELDS: Final = 20
"""Different fields that a query names: each may need an index over all records."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word, an operator or a quoted text, and where it stands."""

    text: str
    start: int
    end: int
    is_quoted: bool = False


@dataclass(frozen=True, slots=True)
class Compared:
    """A field and what it is compared with. Without an operator it stands alone."""

    field: Word
    op: Word | None = None
    values: tuple[Word, ...] = ()


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts joined by ``and`` or ``or``, or the one part of a ``not``."""

    by: str
    parts: tuple["Part", ...]


Part = Compared | Joined


def parse(text: str) -> Part | Fault:
    """Return the parts of a query, or the first thing in it that cannot be read."""
    if len(text) > LONGEST:
        return _too_much(
            told("a query has at most %(most)s characters", most=LONGEST), LONGEST, len(text)
        )
    # Loaded where there is something to read: most runs of a command read no query.
    from lark.exceptions import UnexpectedCharacters, UnexpectedToken

    try:
        if _may_be_beyond(text) and (fault := _beyond(list(_parser().lex(text)))):
            return fault
        tree: Tree[Token] = _parser().parse(text)
    except UnexpectedCharacters as error:
        return _no_word(text, cast("int", error.pos_in_stream))  # lark types it as None
    except UnexpectedToken as error:
        return _out_of_place(text, error.token, error.accepts or error.expected)
    return _part(tree.children[0])


def readable_conditions(text: str) -> Iterator[Compared]:
    """Yield what can be read of a query that cannot be parsed: each condition that stands whole.

    One that breaks off is yielded as its field and how that is compared, without a value. Of a
    query that is too long, nothing is read.
    """
    tokens = _words_of(text) if len(text) <= LONGEST else []
    for nth in range(len(tokens) - 1):
        field, op, *rest = tokens[nth : nth + 4]
        if field.type != "WORD" or op.type not in _COMPARING:
            continue
        if nth and tokens[nth - 1].type not in _BEFORE_A_CONDITION:
            continue
        is_whole = (
            rest
            and rest[0].type in _VALUES
            and (not rest[1:] or rest[1].type in _AFTER_A_CONDITION)
        )
        yield Compared(_word(field), _word(op), (_word(rest[0]),) if is_whole else ())


_COMPARING: Final = frozenset(
    {"IS", "IS_NOT", "UP_TO", "FROM", "BEFORE", "AFTER", "LIKE", "HAS", "IN"}
)
_VALUES: Final = frozenset({"WORD", "TEXT"})
_BEFORE_A_CONDITION: Final = frozenset({"_AND", "_OR", "_NOT", "_OPEN"})
_AFTER_A_CONDITION: Final = frozenset({"_AND", "_OR", "_CLOSE"})


def _words_of(text: str) -> list["Token"]:
    """Return the words of a query, as far as it consists of such."""
    from lark.exceptions import UnexpectedCharacters

    try:
        return list(_parser().lex(text))
    except UnexpectedCharacters as error:
        return list(_parser().lex(text[: cast("int", error.pos_in_stream)]))


@cache
def _parser() -> "Lark":
    from lark import Lark

    grammar = Path(__file__).with_name("grammar.lark").read_text(encoding="utf-8")
    return Lark(grammar, parser="lalr", lexer="basic", maybe_placeholders=False)


def _part(tree: "Tree[Token] | Token") -> Part:
    """Return a part of the tree; it is no deeper than a query may be."""
    from lark import Token

    if isinstance(tree, Token):
        raise TypeError(tree)  # no rule of the grammar has a bare word in such a place
    if tree.data in _JOINS:
        return Joined(_JOINS[tree.data], tuple(map(_part, tree.children)))
    words = [_word(token) for token in tree.children if isinstance(token, Token)]
    if tree.data == "alone":
        return Compared(words[0])
    return Compared(words[0], words[1], tuple(words[2:]))


_JOINS: Final = {"either": "or", "every": "and", "contrary": "not"}


def _word(token: "Token") -> Word:
    start, end = _place(token)
    if token.type != "TEXT":
        return Word(str(token), start, end)
    return Word(re.sub(r"\\(.)", r"\1", token[1:-1], flags=re.DOTALL), start, end, is_quoted=True)


def _place(token: "Token") -> tuple[int, int]:
    start = token.start_pos or 0
    return start, start + len(token)


# What is too much ---------------------------------------------------------------------------------


_JOINING: Final = re.compile("and|or", re.IGNORECASE)
_OPENING: Final = re.compile(r"\(|not", re.IGNORECASE)


def _may_be_beyond(text: str) -> bool:
    """Whether a query must be looked at word by word, which takes as long as parsing it."""
    return len(_OPENING.findall(text)) > DEEPEST or len(_JOINING.findall(text)) >= MOST


def _beyond(tokens: Sequence["Token"]) -> Fault | None:
    """Return where a query is deeper or longer than one may be."""
    open_: list[str] = []
    conditions = 1
    for token in tokens:
        if token.type in ("_AND", "_OR", "_CLOSE"):
            while open_ and open_[-1] == "_NOT":
                open_.pop()
            if token.type == "_CLOSE":
                del open_[-1:]
            else:
                conditions += 1
        elif token.type in ("_OPEN", "_NOT"):
            open_.append(token.type)
        if len(open_) > DEEPEST:
            return _too_much(
                told("a query has at most %(most)s levels of brackets and `not`", most=DEEPEST),
                *_place(token),
            )
        if conditions > MOST:
            return _too_much(
                told("a query has at most %(most)s conditions", most=MOST), *_place(token)
            )
    return None


def _too_much(message: Told, start: int, end: int) -> Fault:
    return Fault(message, told("ask for less at once"), start, end, catalogue.QUERY_SYNTAX)


# What cannot be read ------------------------------------------------------------------------------


def _no_word(text: str, at: int) -> Fault:
    """Say what is wrong with a sign that no word begins with."""
    sign = text[at]
    if sign in "“”„":
        closing = re.compile('[“”„"]').search(text, at + 1)
        end = closing.end() if closing else at + 1
        message = told("`%(sign)s` is no quotation mark here", sign=sign)
        mend = told('put texts in straight quotation marks: `"two words"`')
        return _fault(message, mend, at, end)
    if sign == '"':
        message = told("the quotation mark is never closed")
        return _fault(message, told('write another `"` after the text'), at, len(text))
    message = told("`%(sign)s` means nothing here", sign=sign)
    return _fault(message, told("write `!=` or `not`"), at, at + 1)


_MEANT: Final = {
    "&&": "and",
    "&": "and",
    "||": "or",
    "|": "or",
    "is": "=",
    "equals": "=",
    ":": "=",
    "contains": "~",
    "like": "~",
    "includes": "has",
}
"""What other languages call it."""

_EVERY_OP: Final = "`=`, `!=`, `<`, `>`, `<=`, `>=`, `in`, `has`, `~`"


def _out_of_place(text: str, token: "Token", expected: set[str]) -> Fault:
    """Say what is missing where another word stands, or the end."""
    start, end = _place(token)
    if token.type == "$END":
        # A caret behind the last word: there it goes on.
        start = len(text.rstrip())
        end = start + 1
    said = NOTHING if token.type == "$END" else told("not `%(word)s`", word=short(str(token)))
    meant = _MEANT.get(token.lower())
    if "_NOT" in expected:
        mend = told("write a condition, such as `status = running` or `overdue`")
        if token.type == "TEXT":
            mend = told("write the name of a field, without quotation marks")
        return _fault(told("a condition is missing here"), mend, start, end, said)
    if "TEXT" in expected:
        return _fault(told("a value is missing here"), _for_a_value(token), start, end, said)
    if "_BEGIN" in expected:
        message = told("after `in` comes a list in square brackets")
        mend = told("write it so: `status in [running, review]`")
        return _fault(message, mend, start, end, said)
    if "_COMMA" in expected:
        mend = told("write a comma between two values, and `]` after the last")
        return _fault(told("the list of values does not go on like this"), mend, start, end, said)
    if "IS" in expected:
        mend = told("write one of %(ops)s, or `and`, or `or`", ops=_EVERY_OP)
        if meant:
            mend = told("write `%(meant)s`", meant=meant)
        message = told("after a field comes how it is compared")
        return _fault(message, mend, start, end, said)
    return _after_a_condition(token, meant, start, end, said)


def _for_a_value(token: "Token") -> Told:
    """Say what to write where a value is missing."""
    if token.type in ("_AND", "_OR", "_NOT", "IN", "HAS"):
        return told('put it in quotation marks, if it is meant: `"%(word)s"`', word=str(token))
    if token.type == "IS":
        return told("write one sign: `status = running`")
    if token.type == "AFTER":
        return told("write `!=`")
    if token.type == "_BEGIN":
        return told("write `in` before a list: `status in [running, review]`")
    return told("write a word, a number, a date, or a text in quotation marks")


def _after_a_condition(
    token: "Token", meant: str | None, start: int, end: int, said: Told
) -> Fault:
    if token.type == "_CLOSE":
        message = told("the bracket closes none that is open")
        return _fault(message, told("delete it, or open one before"), start, end)
    if token.type == "$END":
        message = told("a bracket is never closed")
        return _fault(message, told("write `)` where it ends"), start, end)
    mend = told("put a text of several words in quotation marks, or join two conditions by `and`")
    if meant in ("and", "or"):
        mend = told("write `%(meant)s`", meant=meant)
    message = told("after a condition comes `and` or `or`")
    return _fault(message, mend, start, end, said)


def _fault(message: Told, mend: Told, start: int, end: int, label: Told = NOTHING) -> Fault:
    return Fault(message, mend, start, end, catalogue.QUERY_SYNTAX, label)
