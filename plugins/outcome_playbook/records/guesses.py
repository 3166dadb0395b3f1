"""What a value was most likely meant to be, where it can be told: the mend to offer."""

import re
from datetime import date
from pathlib import PurePosixPath
from unicodedata import combining, normalize

from outcome_playbook.records.values import ID

_YEAR_FIRST = re.compile(r"([0-9]{4})([-/. ])([0-9]{1,2})\2([0-9]{1,2})(?:[T ].*)?")
_COMPACT = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_YEAR_LAST = re.compile(r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})")
_MONTHS = 12


def day(text: str) -> str | None:
    """Return ``2026-11-30`` for ``2026/11/30``, ``30.11.2026`` or ``20261130``.

    ``11/12/2026`` is two days, one in each half of the world, so it is none here.
    """
    if match := _YEAR_FIRST.fullmatch(text) or _COMPACT.fullmatch(text):
        parts = [part for part in match.groups() if part.isdigit()]
        return _real_day(*map(int, parts))
    match = _YEAR_LAST.fullmatch(text)
    if match is None:
        return None
    one, other, year = int(match[1]), int(match[3]), int(match[4])
    if match[2] == "." or one > _MONTHS:
        return _real_day(year, other, one)
    return _real_day(year, one, other) if other > _MONTHS else None


def _real_day(year: int, month: int, day_: int) -> str | None:
    try:
        return date(year, month, day_).isoformat()
    except ValueError:
        return None


_AMOUNT = re.compile(
    r"(?P<sign>[-+−]?)\s?[€$£]?\s?(?P<digits>[0-9][0-9.,'_ \u00a0\u202f]*)(?P<unit>.*)"
)
_GROUPS = re.compile(
    r"[0-9]{1,3}(?:(?P<by>[,'_ \u00a0\u202f])[0-9]{3})(?:(?P=by)[0-9]{3})*(?:\.[0-9]+)?"
)
_COMMA = re.compile(r"[0-9]+,(?:[0-9]{1,2}|[0-9]{4,})")
_PLAIN = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_UNIT = re.compile(r"(?:%|[A-Za-z€$£°][A-Za-z ]*)?")


def number(text: str) -> str | None:
    """Return ``50`` for ``50%`` or ``50 days``, ``1000`` for ``1,000``, ``-3.5`` for ``−3,5``."""
    match = _AMOUNT.fullmatch(text.strip())
    if match is None or not _UNIT.fullmatch(match["unit"]):
        return None
    digits = match["digits"].rstrip(" \u00a0\u202f")
    if _GROUPS.fullmatch(digits):
        digits = re.sub(r"[^0-9.]", "", digits)
    elif _COMMA.fullmatch(digits):
        digits = digits.replace(",", ".")
    elif not _PLAIN.fullmatch(digits):
        return None
    digits = re.sub(r"^0+(?=[0-9])", "", digits)
    return f"-{digits}" if match["sign"] in ("-", "−") else digits


def share(text: str) -> str | None:
    """Return ``0.35`` for ``35%`` and ``0.35`` for ``"0.35"``."""
    amount = number(text)
    if amount is None:
        return None
    value = float(amount) / (100 if "%" in text else 1)
    return f"{value:.10g}" if 0 <= value <= 1 else None


_NAME = re.compile(r"(?!(?i:null|true|false)\Z)[^\W\d_][\w-]*(?: [\w-]+)?")


def names(text: str) -> list[str]:
    """Return the names that ``a, b`` lists; none for a sentence, whose commas part no names."""
    parts = [part.strip() for part in text.split(",")]
    return parts if all(_NAME.fullmatch(part) for part in parts) else []


def record_id(text: str) -> str | None:
    """Return ``an-id`` for ``../metrics/an-id.md`` and for ``An id``, ``cafe`` for ``Café``."""
    link = re.search(r"\]\(([^()\s]+)\)", text)
    name = PurePosixPath(link[1] if link else text.strip()).name.removesuffix(".md")
    letters = "".join(c for c in normalize("NFKD", name.lower()) if not combining(c))
    slug = re.sub(r"[^a-z0-9]+", "-", letters).strip("-")
    return slug if ID.fullmatch(slug) else None


def yes_or_no(text: str) -> str | None:
    """Return ``true`` for ``yes``, ``false`` for ``off``."""
    word = text.strip().lower()
    if word in ("yes", "y", "on", "true", "1"):
        return "true"
    return "false" if word in ("no", "n", "off", "false", "0") else None


def address(text: str) -> str | None:
    """Return an address that a browser may open: ``https://www.example.org`` for its host."""
    bare = text.strip().strip("<>").strip()
    if bare != text and re.fullmatch(r"https?://[^\s<>\"\\]+", bare, re.IGNORECASE):
        return bare
    return f"https://{bare}" if re.fullmatch(r"www\.[^\s<>\"\\/:]+(?:/\S*)?", bare) else None
