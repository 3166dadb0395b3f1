"""Texts without what some write and others leave out: letter case, accents, a second space."""

from functools import lru_cache
from unicodedata import combining, normalize


@lru_cache(maxsize=65536)
def folded(text: str) -> str:
    """Return a text as it is compared: ``Ärzte  am Ort`` and ``arzte am ort`` are the same."""
    text = " ".join(text.split())
    if text.isascii():
        return text.lower()
    plain = "".join(c for c in normalize("NFKD", text) if not combining(c))
    return normalize("NFKC", plain.casefold())
