"""Brings the tables of the site's languages up to date with the words in code and templates.

``python -m tools.words`` keeps every translation, adds what is new without one and drops what
nobody says any more. It exits 1 when a table has something left to translate.
"""

import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, Final

import yaml
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

PACKAGE: Final = Path(__file__).parent.parent / "plugins" / "outcome_playbook"
TABLES: Final = PACKAGE / "templates" / "playbook" / "languages"


def _explained(
    file: IO[bytes], *_: object, **__: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Yield the sentences about a rule; its examples are code."""
    written: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
    for name in ("means", "otherwise", "only_shown"):
        if name in written:
            yield 1, None, written[name], []


_METHODS: Final[list[Any]] = [  # babel's types know of names only, babel itself of functions too
    ("**.py", "python"),
    ("templates/playbook/**.html", "jinja2.ext:babel_extract"),
    ("diagnostics/explanations/*.yaml", _explained),
]
_OPTIONS: Final = {"templates/playbook/**.html": {"trimmed": "true", "silent": "false"}}
_KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "ngettext": (1, 2),
    "say": None,
    "tell": None,
    "told": None,
    "term": None,
    "term_plural": (1, 2),
    "plural": (2, 3),
}
"""The functions that say something, and which of their arguments are words of ours."""

_HEADER: Final = """\
# The words of the outcome playbook in {language}.
# English stands in the code; `make words` adds here what is new, to be translated.
msgid ""
msgstr ""
"Language: {code}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"

"""
"""A table changes with its words and not with the day, so it has no dates."""


def words() -> Catalog:
    """Return every word of ours, in the order of the files, with the files it is said in."""
    catalogue = Catalog()
    found = extract_from_dir(
        PACKAGE, _METHODS, _OPTIONS, _KEYWORDS, ("Translators:",), strip_comment_tags=True
    )
    for name, _, message, comments, context in found:
        path = Path(name).as_posix()
        catalogue.add(message, None, [(path, 0)], auto_comments=comments, context=context)
    return catalogue


def read_table(path: Path) -> Catalog:
    """Return the table in a file."""
    with path.open("rb") as file:
        return read_po(file, locale=path.stem.replace("-", "_"), abort_invalid=True)


def missing(table: Catalog) -> list[str]:
    """Return the words that a table does not translate, in its order."""
    found = []
    for message in table:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        if message.id and (message.fuzzy or not all(forms)):
            found.append(message.id if isinstance(message.id, str) else message.id[0])
    return found


def as_text(table: Catalog) -> str:
    """Return a table as it stands in its file: sorted, so that two branches rarely meet."""
    body = BytesIO()
    write_po(
        body,
        table,
        width=100,
        omit_header=True,
        sort_output=True,
        ignore_obsolete=True,
        include_lineno=False,
    )
    language = table.locale.english_name if table.locale else ""
    header = _HEADER.format(
        language=language, code=table.locale_identifier, plurals=table.plural_forms
    )
    return f"{header}{body.getvalue().decode()}"


def main() -> int:
    """Bring every table up to date and say what is left to translate."""
    template = words()
    left = 0
    for path in sorted(TABLES.glob("*.po")):
        table = read_table(path)
        table.update(template, no_fuzzy_matching=True, update_creation_date=False)
        path.write_bytes(as_text(table).encode())
        untranslated = missing(table)
        left += len(untranslated)
        print(f"{path.name}: {len(table)} words, {len(untranslated)} to translate")
        for text in untranslated:
            print(f"  {text}")
    return 1 if left else 0


if __name__ == "__main__":
    sys.exit(main())
