"""The recordings in the handbook: what the commands print today, and nothing of the machine."""

import re
import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("The recordings need a terminal as Unix has it", allow_module_level=True)

from tools.recordings import COLUMNS, NAMES, PICTURES, RecordingError, Terminal, record, text_of

SVG = "{http://www.w3.org/2000/svg}"
_COMMIT = re.compile(r"\b[0-9a-f]{10}\b")
"""It is of all the records there are, so that any edit of one changes it."""


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    return record(tmp_path_factory.mktemp("recordings"))


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_shows_what_the_commands_print_today(fresh: dict[str, str], name: str) -> None:
    kept = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    assert _COMMIT.sub("#", text_of(kept)) == _COMMIT.sub("#", text_of(fresh[name])), (
        "`make recordings` makes it anew; then see whether the page beside it still tells the same"
    )
    assert _COMMIT.sub("#", kept) == _COMMIT.sub("#", fresh[name])


def test_no_other_recording_is_made(fresh: dict[str, str]) -> None:
    assert set(fresh) == set(NAMES)


def test_the_recordings_tell_what_the_page_says_of_them(fresh: dict[str, str]) -> None:
    told = {name.removeprefix("terminal-"): text_of(svg) for name, svg in fresh.items()}
    assert "We hypothesize by naming somebody to call in the letter, we will let" in told["new"]
    assert "> towns\n  share-of-towns-signed-up-or-reporting" in told["new"]
    assert "Close to it, and worth a look:\n  A to-do list in an email" in told["written"]
    assert "git push -u origin HEAD\n" in told["written"]
    assert "^^^^^^^ did you mean `proposed`?" in told["check"]
    assert "propsed → proposed\nNo problems" in told["check"]
    assert "content/handbook/writing-a-hypothesis.md: 1 link" in told["rename"]
    assert "usagov-survey-email: parked → proposed" in told["diff"]
    assert "renamed hypothesis to-do-lists-in-emails → to-do-lists" in told["diff"]


@pytest.mark.parametrize("name", NAMES)
def test_a_recording_is_a_picture_alone(name: str) -> None:
    svg = (PICTURES / f"{name}.svg").read_text(encoding="utf-8")
    picture = ET.fromstring(svg)  # noqa: S314 - our own file
    assert {part.tag.removeprefix(SVG) for part in picture.iter()} == {
        "svg", "style", "rect", "text", "tspan",
    }  # fmt: skip
    assert "url(" not in svg
    assert "@import" not in svg
    assert re.findall(r"\w+://[^\s\"<]+", svg) == ["http://www.w3.org/2000/svg"]
    for text in picture.iter(f"{SVG}tspan"):
        end = float(text.attrib["x"]) + float(text.attrib["textLength"])
        assert end <= float(picture.attrib["width"])


def test_the_text_of_a_screen_is_read_back_from_its_picture(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.say("\x1b[1mTwo\x1b[0m  words & <a tag>,   \x1b[41mred\x1b[0m")
    terminal.say()
    terminal.say("    and “Größe” → 1")
    assert text_of(terminal.still()) == "Two  words & <a tag>,   red\n\n    and “Größe” → 1"
    assert text_of(terminal.still("and")) == "    and “Größe” → 1"
    assert max(map(len, terminal.text.split("\n"))) < COLUMNS


def test_a_command_that_does_not_say_what_was_waited_for_is_told(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path)
    terminal.start("playbook --version")
    with pytest.raises(RecordingError, match="Waited for 'a question'"):
        terminal.wait("a question")
