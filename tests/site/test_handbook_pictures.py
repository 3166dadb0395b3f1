"""Pictures on the handbook's pages and in README: said in words, and with room kept for them."""

import re
import struct
from pathlib import Path

import pytest

from tests.site.building import REPOSITORY

HANDBOOK = REPOSITORY / "content" / "handbook"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)(?:\{([^}]*)\})?")
SHOWN = [
    (page, *shown)
    for page in sorted(HANDBOOK.glob("*.md"))
    for shown in _PICTURE.findall(page.read_text(encoding="utf-8"))
]


def size(picture: Path) -> tuple[int, int]:
    """Return the width and height of a PNG or an SVG, in its own pixels."""
    if picture.suffix == ".svg":
        said = re.findall(r'(?:width|height)="(\d+)"', picture.read_text(encoding="utf-8"))
        return int(said[0]), int(said[1])
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height


@pytest.mark.parametrize(("page", "alternative", "path", "attributes"), SHOWN)
def test_a_picture_is_said_in_words_and_takes_the_room_kept_for_it(
    page: Path, alternative: str, path: str, attributes: str
) -> None:
    assert len(alternative.split()) > 10
    told = dict(re.findall(r'(\w+)="([^"]+)"', attributes))
    assert (int(told["width"]), int(told["height"])) == size(page.parent / path)
    assert told["loading"] == "lazy"


def test_the_handbook_shows_what_no_page_of_the_demo_can() -> None:
    assert [path for _, _, path, _ in SHOWN if path == "pictures/error.png"]


def test_readme_opens_with_a_picture_that_is_there_and_said_in_words() -> None:
    text = (REPOSITORY / "README.md").read_text(encoding="utf-8")
    before, _, _ = text.partition("\n## ")
    ((alternative, path),) = re.findall(r'<img alt="([^"]+)" src="([^"]+)"', before)
    assert len(alternative.split()) > 10
    others = re.findall(r'<source [^>]*srcset="([^"]+)"', before)
    assert all((REPOSITORY / one).is_file() for one in (path, *others))
