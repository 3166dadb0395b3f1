"""The colours of the stylesheet: every pair that meets has the contrast that WCAG 2.2 AA asks."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import outcome_playbook
from outcome_playbook.plugin.theme import stylesheet

FOLDER = Path(outcome_playbook.__file__).parent / "assets" / "stylesheet"
TOKENS = (FOLDER / "tokens.css").read_text(encoding="utf-8")
LOOKS = ("draft", "testing", "supported", "refuted", "unclear", "parked", "attn")
TEXTS = ("ink", "ink-2", "ink-3", "accent", *LOOKS)
PATTERNED = ("refuted", "unclear")
TEXT = 4.5
GRAPHIC = 3.0


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb``, as WCAG defines it: 0 to 1."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def block(scheme: str) -> str:
    """Return what tokens.css declares for a scheme."""
    found = re.search(rf'\[data-md-color-scheme="{scheme}"\] \{{(.*?)\}}', TOKENS, re.DOTALL)
    assert found
    return found[1]


def colours(scheme: str) -> dict[str, str]:
    return dict(re.findall(r"--op-([\w-]+): (#[0-9a-f]{6});", block(scheme)))


def pairs() -> Iterator[tuple[str, str, float]]:
    """Yield each colour, the one it stands on, and the least contrast between them."""
    for text in TEXTS:
        yield text, "paper", TEXT
        yield text, "sunk", TEXT
    for look in LOOKS:
        yield look, f"{look}-tint", TEXT
        yield "ink", f"{look}-tint", TEXT
    # A button: its words in paper on ink, and on the accent while it is pointed at.
    yield "paper", "ink", TEXT
    yield "paper", "accent", TEXT
    # Boundaries, bars on their tracks, and the ring of the focus.
    yield "edge", "paper", GRAPHIC
    yield "edge", "sunk", GRAPHIC
    yield "accent", "paper", GRAPHIC
    yield "accent", "sunk", GRAPHIC
    for bar in ("testing-mark", "attn-mark"):
        yield bar, "paper", GRAPHIC
        yield bar, "sunk", GRAPHIC
    for look in PATTERNED:
        yield "pattern", f"{look}-mark", GRAPHIC


def noted(scheme: str) -> dict[str, list[str]]:
    """Return the ratios in the comments: against paper, and against the own tint."""
    found = re.findall(r"--op-([\w-]+): #\w+;\s*/\*\s*(\d+\.\d)(?: / (\d+\.\d))?", block(scheme))
    return {name: [ratio for ratio in ratios if ratio] for name, *ratios in found}


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_every_pair_of_colours_can_be_told_apart(scheme: str) -> None:
    known = colours("default") | colours(scheme)
    found = {
        f"{one} on {other}": round(ratio, 2)
        for one, other, least in pairs()
        if (ratio := contrast(known[one], known[other])) < least
    }
    assert found == {}


@pytest.mark.parametrize("scheme", ["default", "slate"])
def test_the_ratios_noted_beside_the_colours_are_right(scheme: str) -> None:
    known = colours(scheme)
    told = noted(scheme)
    assert set(told) == {*TEXTS, "edge", "rule"}
    for name, ratios in told.items():
        grounds = ["paper", f"{name}-tint"] if name in LOOKS else ["paper"]
        assert ratios == [f"{contrast(known[name], known[ground]):.1f}" for ground in grounds], name


def test_both_schemes_know_the_same_colours() -> None:
    for_both = {"pattern"}
    assert set(colours("slate")) == set(colours("default")) - for_both


def test_a_known_ratio() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_every_part_of_the_stylesheet_is_joined_once_and_paper_comes_last() -> None:
    index = (FOLDER / "index.css").read_text(encoding="utf-8")
    imported = re.findall(r'^@import "(.+)";$', index, re.MULTILINE)
    assert sorted([*imported, "index.css"]) == sorted(path.name for path in FOLDER.iterdir())
    assert imported[0] == "tokens.css"
    assert imported[-1] == "print.css"
    joined = stylesheet()
    assert "@import" not in joined
    for name in imported:
        assert joined.count((FOLDER / name).read_text(encoding="utf-8")) == 1, name
    assert joined.count("{") == joined.count("}")


def sides(css: str) -> Iterator[str]:
    """Yield the declarations that name left or right, in words or by their place in a row."""
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    for name, value in re.findall(r"([\w-]+)\s*:\s*([^;{}]+)[;}]", bare):
        if re.search(r"(^|-)(left|right)(-|$)", name) or re.fullmatch(r"left|right", value.strip()):
            yield f"{name}: {value}"
        elif name in {"margin", "padding", "inset", "border-width", "border-radius"}:
            ways = re.findall(r"var\([^()]*\)|[^\s()]+", value.replace("!important", ""))
            if len(ways) == 4 and ways[1] != ways[3]:
                yield f"{name}: {value}"


def test_nothing_is_said_of_left_and_right() -> None:
    assert list(sides(stylesheet())) == []
    assert len(list(sides("a { margin-left: 1px; padding: 0 1px 0 2px; text-align: right }"))) == 3
