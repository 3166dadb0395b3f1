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


def certain(word: str, choices: Iterable[str]) -> str | None:
    """Return the choice that ``word`` can only be a slip of, for a mend that nobody looks at.

    That is more than ``nearest`` asks for: the same word but for case, spaces, hyphens and
    underscores; else one slip of the finger away (two in a word of twelve letters), from the same
    first letter on, and from no other choice as few. ``unsupported`` and ``inactive`` are near to
    a word that says the opposite, and ``now supported`` is one letter from it.
    """
    from rapidfuzz.distance import OSA

    choices = list(choices)
    written = _letters(word)
    same = [choice for choice in choices if _letters(choice) == written]
    if same:
        return same[0] if len(same) == 1 else None
    if not _SHORT <= len(written) <= max(map(len, choices), default=0) + 2:
        return None
    by_slips: dict[int, list[str]] = {}
    for choice in choices:
        slips = OSA.distance(written, _letters(choice))
        by_slips.setdefault(slips, []).append(choice)
    fewest = min(by_slips)
    meant = by_slips[fewest][0]
    most = 1 if len(_letters(meant)) < _LONG else 2
    if fewest > most or len(by_slips[fewest]) > 1:
        return None
    parts = set(_plain(word).split())
    told_apart = all(not set(_plain(other).split()) <= parts for other in choices if other != meant)
    return meant if told_apart and meant[0] == written[0] else None


_SHORT, _LONG = 4, 12  # letters: in a shorter word any slip makes another, a long one stands two


def _letters(text: str) -> str:
    return _plain(text).replace(" ", "")


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
