"""A language that nobody speaks: every word of ours in Hebrew letters and 40 per cent longer.

Records are put into Greek letters. So a Latin letter on a page is a word that is in no table.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel.messages.catalog import Catalog

from tests.site import playbooks
from tests.site.building import REPOSITORY, Built, build
from tools import words

PLACE = "overrides/playbook/languages/{}.po"
"""Where a site has a table of its own."""

CODE = "he"
"""The theme has Hebrew, from right to left."""

_PATTERNS = ("d MMMM y", "MMM y", "MMMM y")
"""How dates are written; the words in them are the calendar's."""

_LATIN = "abcdefghijklmnopqrstuvwxyz"
_HEBREW = str.maketrans(
    _LATIN + _LATIN.upper(), "אבכדהפגחיגקלמנעפקרסתואוצייאבכדהפגחיגקלמנעפקרסתואוציי"
)
_GREEK = str.maketrans(
    _LATIN + _LATIN.upper(), "αβκδεφγηιγκλμνοπκρστυοωξυζΑΒΚΔΕΦΓΗΙΓΚΛΜΝΟΠΚΡΣΤΥΟΩΞΥΖ"
)
_KEPT = re.compile(r"(%\(\w+\)s|%%|<[^>]+>|&\w+;|`[^`]*`)")
_LONGER = 0.4
_WORD = 20  # letters: a long word where it is one, several where it is a sentence


def pseudo(text: str) -> str:
    """Return a text of ours in Hebrew letters; values, markup and code stay as they are."""
    if text in _PATTERNS:
        return text
    pieces = _KEPT.split(text)
    said = "".join(p if n % 2 else p.translate(_HEBREW) for n, p in enumerate(pieces))
    letters = sum(len(piece) for piece in pieces[::2])
    more = "ש" * (round(letters * _LONGER) - 1)
    words_ = [more[at : at + _WORD] for at in range(0, len(more), _WORD)]
    return " ".join([said, *words_])


def table() -> str:
    """Return the table of the language, made from the words that code and templates have."""
    catalogue = Catalog(locale=CODE)
    for message in words.words():
        if not message.id:
            continue
        if isinstance(message.id, str):
            said: Any = pseudo(message.id)
        else:
            one, many = message.id
            said = (pseudo(one), *[pseudo(many)] * (catalogue.num_plurals - 1))
        catalogue.add(message.id, said)
    return words.as_text(catalogue)


_TERMS = frozenset(
    (
        *("kind", "status", "method", "direction", "value", "indicator", "conclusion", "action"),
        *("outcome", "metric", "hypothesis", "parent", "related", "aliases", "supersedes"),
        *("guardrails", "replaced_by", "url"),
    )
)
"""Fields whose text is no prose: words of closed lists, ids and addresses."""


def in_greek(files: Mapping[str, str | bytes]) -> dict[str, str | bytes]:
    """Return records whose prose is in Greek letters, each with a body of a sentence."""
    return {path: _file_in_greek(content) for path, content in files.items()}


def _file_in_greek(content: str | bytes) -> str | bytes:
    if isinstance(content, bytes) or not content.startswith("---\n"):
        return content
    _, front, body = content.split("---\n", 2)
    fields = {name: _in_greek(name, value) for name, value in yaml.safe_load(front).items()}
    dumped = yaml.safe_dump(fields, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{dumped}---\n{'Ψψξ.' if body.strip() else ''}\n"


def _in_greek(name: str, value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _in_greek(key, below) for key, below in value.items()}
    if isinstance(value, list):
        return [_in_greek(name, below) for below in value]
    return value.translate(_GREEK) if isinstance(value, str) and name not in _TERMS else value


_BROKEN = {
    "hypotheses/2026.md": "Ψψξ.\n",
    "hypotheses/many-errors.md": (
        "---\nkind: hypothesis\ntitle: Ψψξ\nstatus: testng\nfoo: 1\ntags: ψ\n---\nΨψξ.\n"
    ),
    "hypotheses/bad-experiment.md": (
        "---\nkind: experiment\ntitle: Ψψξ\nstatus: running\nhypothesis: not-there\n"
        "start: 2026-13-01\nend: soon\nsample_size: many\n---\nΨψξ.\n"
    ),
}


def _demo_files() -> dict[str, str | bytes]:
    return {
        path.relative_to(REPOSITORY).as_posix(): path.read_text(encoding="utf-8")
        for folder in ("content/outcomes", "content/metrics", "hypotheses")
        for path in sorted((REPOSITORY / folder).rglob("*.md"))
        if path.name not in ("index.md", "README.md")
    }


@cache
def site_in(folder: Path) -> Built:
    """Return a site with every kind of page, broken ones too, in this language; built once."""
    records = in_greek({**_demo_files(), **playbooks.small(handbook=None)})
    config_file = playbooks.make(
        folder / "pseudo",
        {**records, **_BROKEN, PLACE.format(CODE): table()},
        site_name="Ψψξ",
        nav=None,
        theme={**playbooks.CONFIG["theme"], "language": CODE, "custom_dir": "overrides"},
    )
    return build(config_file, folder / "pseudo-site")
