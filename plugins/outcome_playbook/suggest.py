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


def nearest_titles(word: str, titles: Mapping[str, str], most: int = 3) -> list[str]:
    """Return the ids whose id or title is most like ``word``, best first.

    ``titles`` maps ids to titles.
    """
    from rapidfuzz import fuzz, process

    names = {id_: f"{_plain(id_)} {_plain(title)}" for id_, title in sorted(titles.items())}
    by_id = process.extract(
        word[:200], list(names), scorer=fuzz.ratio, processor=_plain, score_cutoff=60, limit=most
    )
    by_words = process.extract(
        _plain(word[:200]), names, scorer=fuzz.token_set_ratio, score_cutoff=60, limit=most
    )
    best = [name for name, _, _ in by_id] + [id_ for _, _, id_ in by_words]
    return list(dict.fromkeys(best))[:most]


def _plain(text: str) -> str:
    return text.lower().replace("_", " ").replace("-", " ")
