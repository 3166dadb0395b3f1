"""The language that the site speaks. Every word of ours is looked up in one table a language.

The words stand in the code and in the templates in English. A table of another language is a
gettext catalogue, ``playbook/languages/<code>.po``, found by name like a template: the first folder
wins, so a site may bring its own. It also holds how a date is written and how many plurals there
are. Values are named in a sentence, ``%(day)s``, so that a translation may move them.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import cached_property
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from outcome_playbook.diagnostics.told import term

__all__ = [
    "ENGLISH",
    "FOLDER",
    "Language",
    "looked_up",
    "looked_up_plural",
    "read_language",
    "say",
    "speaking",
    "spoken",
    "term",
    "term_plural",
]

FOLDER = "playbook/languages"


@dataclass(frozen=True, eq=False)
class Language:
    """A language: its ``code`` as the theme has it, its table and how it writes numbers.

    ``said`` are the texts without a value that were said before: a site says them on every page.
    """

    code: str = "en"
    table: NullTranslations = field(default_factory=NullTranslations)
    said: dict[str, str] = field(init=False, default_factory=dict)

    @cached_property
    def locale(self) -> Locale:
        """What is known of the language's dates and numbers; English where nothing is."""
        try:
            return Locale.parse(self.code, sep="-")
        except (UnknownLocaleError, ValueError):
            return Locale("en")

    @cached_property
    def separators(self) -> dict[int, str]:
        """English signs of a number and what stands for them."""
        symbols = self.locale.number_symbols["latn"]
        # Between words from right to left a sign would go behind its number.
        mark = "\u200e" if self.locale.text_direction == "rtl" else ""
        signs = {"-": f"{mark}−", "+": f"{mark}+"}
        return str.maketrans({",": symbols["group"], ".": symbols["decimal"], **signs})


ENGLISH = Language()
_SPOKEN: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def read_language(code: str, folders: Sequence[str]) -> Language | None:
    """Return the language with this code, or ``None`` where no folder has its table.

    English needs none, and may have one that calls things by other names. ``folders`` are those of
    the templates. Raises ``ValueError`` for a table that is no catalogue.
    """
    for folder in folders:
        path = Path(folder, FOLDER, f"{code}.po")
        if path.is_file():
            return Language(code, _table(path))
    return ENGLISH if code == ENGLISH.code else None


def _table(path: Path) -> NullTranslations:
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, abort_invalid=True)
    except PoFileError as error:
        raise ValueError(f"line {error.lineno + 1}: {error.line!r}") from error
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)


@contextmanager
def speaking(language: Language) -> Iterator[None]:
    """Have everything that is said inside be said in this language."""
    token = _SPOKEN.set(language)
    try:
        yield
    finally:
        _SPOKEN.reset(token)


def spoken() -> Language:
    """Return the language that is spoken here: English, unless somebody said otherwise."""
    return _SPOKEN.get()


def term_plural(one: str, many: str) -> tuple[str, str]:
    """Mark the two English forms of a text as ours."""
    return one, many


def looked_up(text: str) -> str:
    """Return a sentence in the language spoken, its values still named and not filled in."""
    return _SPOKEN.get().table.gettext(text)


def looked_up_plural(one: str, many: str, number: float) -> str:
    """Return the form of a sentence that fits a number."""
    # A fraction has the plural in every language we have; gettext counts in whole numbers.
    whole = int(number) if number == int(number) else 2
    return _SPOKEN.get().table.ngettext(one, many, abs(whole))


def say(text: str, /, **values: object) -> str:
    """Return a text of ours in the language spoken, its values filled in.

    A sign of percent is written twice.
    """
    if values:
        return looked_up(text) % values
    said = _SPOKEN.get().said
    if text not in said:
        said[text] = looked_up(text) % {}
    return said[text]
