"""Languages of a few words, for tests of what pages say in them."""

from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

from outcome_playbook.pages.language import FOLDER, Language, read_language

Texts = Mapping[str | tuple[str, str], str | tuple[str, str]]


def language_of(folder: Path, texts: Texts) -> Language:
    """Return a German that knows these texts, read from a table below ``folder``.

    A text with a plural is a pair, and so is its translation.
    """
    table = Catalog(locale="de")
    for english, german in texts.items():
        table.add(english, german)
    path = folder / FOLDER / "de.po"
    path.parent.mkdir(parents=True)
    with path.open("wb") as file:
        write_po(file, table)
    language = read_language("de", [str(folder)])
    if language is None:
        raise ValueError(f"{path} is not found")
    return language
