"""Did you mean …?"""

from collections.abc import Iterable, Mapping


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``word`` is most likely a misspelling of, or ``None``."""
    # Loaded only when something is misspelt: most runs need no suggestion.
    from rapidfuzz import fuzz, process

    found = process.extractOne(
        word[:200], sorted(choices), scorer=fuzz.ratio, processor=_plain, score_cutoff=65
    )
    return found[0] if found else None


class Titles:
    """Finds the records whose id or title is most like a word. ``titles`` maps ids to titles."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._ids = {id_: _plain(id_) for id_ in sorted(titles)}
        self._words = {id_: f"{self._ids[id_]} {_plain(titles[id_][:200])}" for id_ in self._ids}

    def nearest(self, word: str, but: str, most: int = 3) -> list[str]:
        """Return the nearest ids, best first, without the one that is asking."""
        from rapidfuzz import fuzz, process

        word = _plain(word[:200])
        by_id = process.extract(word, self._ids, scorer=fuzz.ratio, score_cutoff=60, limit=most + 1)
        by_words = process.extract(
            word, self._words, scorer=fuzz.token_set_ratio, score_cutoff=60, limit=most + 1
        )
        best = dict.fromkeys(id_ for _, _, id_ in (*by_id, *by_words) if id_ != but)
        return list(best)[:most]


def _plain(text: str) -> str:
    return text.lower().replace("_", " ").replace("-", " ")
