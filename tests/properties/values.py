"""What the properties are tried with: text, data and records of every sort."""

from typing import Any

from hypothesis import strategies as st

from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS

REFUSED = "\ufeff" + "".join(map(chr, [*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF]))
LETTERS = st.characters(codec="utf-8", exclude_categories=["Cc"], exclude_characters=REFUSED)
WORDS = st.text(LETTERS | st.sampled_from("\n\t\x85\u2028\u2029"), max_size=20)
"""Text that front matter can hold: line ends of every sort, but no control character."""

TRICKY = st.sampled_from(
    [
        *("", " ", "~", "null", "true", "no", "on", "Yes", "y", "-", "?", ":", "#", "<<", "="),
        *("a: b", "a #b", "- a", "? a", "!a", "&a", "*a", "%a", "@a", "`a`", "[a", "{a", "]", "}"),
        *("'", '"', "it's", '"a" b', "|", ">", ">5", "|-", "\\", "\\n", "---", "...", "--- a"),
        *("0123", "1_000", "12:30", "2026-11-30", "2026-11-30T10:00:00Z", "0x1f", ".5", "1.", "+1"),
        *("50%", "1,000", "12,5", "−3", "2026/11/30", "30.11.2026", "NaN", ".inf", "https://x.y"),
    ]
)
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(-(10**20), 10**20)
    | st.floats(allow_nan=False, allow_infinity=False)
    | WORDS
    | TRICKY
)


def data(keys: st.SearchStrategy[str], leaves: int = 12) -> st.SearchStrategy[Any]:
    """Return values as JSON has them, their mappings with these keys."""
    return st.recursive(
        SCALARS,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
        max_leaves=leaves,
    )


DATA = data(WORDS | TRICKY)

_INNER = (
    *("metric", "limit", "observation", "source", "title", "url", "date", "value", "low", "high"),
    *("expected", "confidence", "from", "to", "reason", "ship_if", "stop_if", "otherwise", "name"),
    *("n", "conversions", "mean", "sd", "se", "rate", "control", "treatment", "arms", "estimate"),
    *("unit", "action", "why", "followed_rule", "form", "link", "x-own", "Metric"),
)
FIELDS = {
    kind: sorted(set(model.model_fields) | {"x-own", "Title", "ownr", "id"})
    for kind, model in MODELS.items()
}
FIELD_DATA = data(st.sampled_from(_INNER), leaves=8)
"""Values for fields, right and wrong: their mappings have the names that fields have inside."""

KINDS_AND_STATUSES = [(str(kind), str(status)) for kind in Kind for status in STATUSES[kind]]
