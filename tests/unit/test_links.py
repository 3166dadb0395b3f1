"""Links in the text of records: which are looked up, and where they stand."""

import pytest

from tests.cases.reading import shown
from tests.factories import problems, record

THERE = {
    "hypotheses/there.md": record("outcome"),
    "hypotheses/a (b).png": record("outcome", raw="kind: goal"),
    "content/handbook/index.md": record("outcome", status="draft"),
}


def found(body: str) -> list[str]:
    """Return where the links that lead nowhere stand, in a record whose body is on line 6."""
    files = {"hypotheses/here.md": record("outcome", body=body)}
    here = [p for p in problems(files | THERE) if p.path == "hypotheses/here.md"]
    return [shown(problem)["at"] for problem in here]


@pytest.mark.parametrize(
    "body",
    [
        "No link at all.",
        "See [it](there.md) and [it](./there.md#part) and [it](../hypotheses/there.md?a=1).",
        "See [the handbook](../content/handbook/index.md).",
        "See [it](<there.md>) and ![an image](a%20(b).png).",
        "See [it](#part), [mail](mailto:x@example.org), [web](https://example.org/x.md).",
        "See [it](//example.org/x.md) and [the site](/status/).",
        "Code is no link: `[it](gone.md)` and ``[it](gone.md) ` ``.",
        "```\n[it](gone.md)\n```",
        "~~~~ md\n[it](gone.md)\n~~~\n[it](gone.md)\n~~~~\n",
        "   ```md\n[it](gone.md)\n",
        "Like so:\n\n    [it](gone.md)\n\n    [it](gone.md)\n",
        "- item\n\nLike so:\n\n\t[it](gone.md)\n",
    ],
)
def test_a_link_that_leads_somewhere_or_to_nobody_is_fine(body: str) -> None:
    assert found(body) == []


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ("See [it](gone.md).", ["6:10-6:17"]),
        ("One\n\n- [it](gone.md) and [it](gone.md)", ["8:8-8:15", "8:26-8:33"]),
        ("![an image](gone.png)", ["6:13-6:21"]),
        ("See [it](gone.md#part).", ["6:10-6:22"]),
        ("See [it](<gone away.md>).", ["6:10-6:24"]),
        ("See [it](../../outside.md).", ["6:10-6:26"]),
        ("```\n[it](gone.md)\n```\n[it](gone.md)", ["9:6-9:13"]),
        ("- item\n\n    [it](gone.md)\n\n    [it](gone.md)", ["8:10-8:17", "10:10-10:17"]),
        ("10. item\n\n    - item\n\n        [it](gone.md)", ["10:14-10:21"]),
        ("!!! note\n\n    [it](gone.md)", ["8:10-8:17"]),
        ("Term\n:   [it](gone.md)\n\n    [it](gone.md)", ["7:10-7:17", "9:10-9:17"]),
        ("[^1]: One.\n\n    [it](gone.md)", ["8:10-8:17"]),
        ("A line\n    [it](gone.md)", ["7:10-7:17"]),
        ("日本 [it](gone.md)", ["6:9-6:16"]),
    ],
)
def test_a_link_to_nothing_is_told_at_its_place(body: str, places: list[str]) -> None:
    assert found(body) == [f"error[PB071] {place}" for place in places]
