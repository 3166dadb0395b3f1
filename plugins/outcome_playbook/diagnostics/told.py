"""Sentences of ours that pages show in other languages, while everything else stays English.

A ``Told`` is its English text and keeps what that text was made of. Only pages know of languages:
``pages.words.translated`` looks the template up in the table of the one spoken.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from typing import Any, Self


class Told(str):
    """A sentence in English that can be told again in another language.

    ``template`` is what the tables are asked for. ``values`` are what its names stand for, some of
    them ``Told`` themselves; ``None`` for a template without names, in which a sign of percent is
    just that.
    """

    __slots__ = ("template", "values")

    template: str
    values: Mapping[str, Any] | None

    def __new__(cls, english: str, template: str, values: Mapping[str, Any] | None) -> Self:
        """Return the text with what it was made of."""
        self = super().__new__(cls, english)
        self.template = template
        self.values = values
        return self


NOTHING = Told("", "", None)
"""No sentence at all, where one may stand."""


def told(template: str, /, **values: Any) -> Told:
    """Return a sentence with its values filled in: ``told("`%(field)s` is empty", field="title")``.

    A sign of percent is written twice.
    """
    return Told(template % values, template, values)


def term(text: str) -> str:
    """Mark a text as one of ours; it is translated where it is shown."""
    return text


def inside(text: str) -> Told:
    """Return a text of ours as the end of a sentence: in English its first letter is small."""
    return Told(f"{text[:1].lower()}{text[1:]}", text, None)


def listed(parts: Sequence[str]) -> str:
    """Return ``a, b, c``. The parts of this and the next two are at least one."""
    return reduce(lambda some, next_: told("%(some)s, %(next)s", some=some, next=next_), parts)


def both(parts: Sequence[str]) -> str:
    """Return ``a and b``."""
    return reduce(lambda some, last: told("%(some)s and %(last)s", some=some, last=last), parts)


def either(parts: Sequence[str]) -> str:
    """Return ``a or b``."""
    return reduce(lambda some, last: told("%(some)s or %(last)s", some=some, last=last), parts)
