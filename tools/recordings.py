"""Records what the commands print, as pictures of a terminal for the handbook.

``python -m tools.recordings`` runs the commands themselves, in a terminal without a window, on a
copy of some of the demo's records in a repository of its own, answers their questions as a person
would, and writes what then stands on the screen into ``content/handbook/pictures/`` as SVG. Nothing
of the machine is in them: no path, no name, no time. So they change only when what the commands
print does, and a test says when.
"""

import fcntl
import os
import pty
import re
import select
import shlex
import shutil
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape, unescape
from itertools import groupby
from pathlib import Path
from typing import Final

import pyte
from pyte.screens import Char

from tests.scratch import ENVIRONMENT, Scratch, scratch

REPOSITORY: Final = Path(__file__).parent.parent
PICTURES: Final = REPOSITORY / "content" / "handbook" / "pictures"
COLUMNS: Final = 80
ROWS: Final = 120
"""More than any command prints here, so that nothing leaves the screen."""
PATIENCE: Final = 60.0
"""Seconds after which a command that says nothing more is given up."""
_DAY: Final = "1795348800"
"""Noon of 22 November 2026 in UTC, the day of the other pictures."""

NAMES: Final = tuple(f"terminal-{name}" for name in ("new", "written", "check", "rename", "diff"))
TITLE: Final = "A named contact helps towns report"
ID: Final = "a-named-contact-helps-towns-report"
_CONFIG: Final = """\
site_name: Outcome playbook
docs_dir: content
repo_url: https://github.com/example/outcome-playbook
edit_uri: edit/main/content/
plugins:
  - playbook
"""


class RecordingError(Exception):
    """A command did not print what was waited for."""


# A terminal without a window ----------------------------------------------------------------------


class _Screen(pyte.Screen):
    """A screen that answers where its cursor is, as prompts want to know."""

    keyboard: int | None = None

    def write_process_input(self, data: str) -> None:
        """Answer the program that runs."""
        if self.keyboard is not None:
            os.write(self.keyboard, data.encode())


class Terminal:
    """A terminal in a folder, in which one command runs after the other."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._screen = _Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._running: subprocess.Popen[bytes] | None = None
        self._ours = -1

    def start(self, command: str) -> None:
        """Start a command, as if it had been typed at the prompt."""
        self._stream.feed(f"\x1b[90m$\x1b[0m \x1b[1m{command}\x1b[0m\r\n".encode())
        self._ours, theirs = pty.openpty()
        self._screen.keyboard = self._ours
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
        program, *arguments = shlex.split(command)
        self._running = subprocess.Popen(  # noqa: S603 - the commands below
            [Path(sys.executable).with_name(program), *arguments],
            cwd=self._folder,
            env=_environment(self._folder),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
        )
        os.close(theirs)

    def type(self, text: str) -> None:
        """Type a text; a carriage return ends a line, as the key sends it."""
        os.write(self._ours, text.encode())

    def wait(self, text: str) -> None:
        """Read what the command prints until a text stands on the screen, and then nothing comes.

        Raises:
            RecordingError: the text does not come.
        """
        until = time.monotonic() + PATIENCE
        while text not in self.text:
            if not self._read(until - time.monotonic()) or time.monotonic() > until:
                self._give_up()
                raise RecordingError(f"Waited for {text!r}, and the screen says:\n\n{self.text}")
        while self._read(0.15):
            pass

    def run(self, command: str) -> int:
        """Run a command to its end and return the code that it exits with."""
        self.start(command)
        return self.finish()

    def finish(self) -> int:
        """Read what the command prints until it ends; return the code that it exits with."""
        assert self._running is not None  # noqa: S101 - a mistake in the script below
        until = time.monotonic() + PATIENCE
        while self._read(until - time.monotonic()):
            pass
        self._screen.keyboard = None
        if self._running.poll() is None and time.monotonic() > until:
            self._give_up()
            raise RecordingError(f"The command does not end:\n\n{self.text}")
        code = self._running.wait()
        os.close(self._ours)
        return code

    def clear(self) -> None:
        """Empty the screen."""
        self._screen.reset()

    def say(self, text: str = "") -> None:
        """Put a line onto the screen."""
        self._stream.feed(f"{text}\r\n".encode())

    def still(self, first: str = "") -> str:
        """Return the screen as it is, from the last line that holds a text on, as SVG."""
        lines = [line.rstrip() for line in self._screen.display]
        start = max((n for n, line in enumerate(lines) if first in line), default=0) if first else 0
        end = max(n for n, line in enumerate(lines) if line) + 1
        rows = [
            [self._screen.buffer[n][column] for column in range(COLUMNS)] for n in range(start, end)
        ]
        cursor = self._screen.cursor
        is_typing = self._running is not None and self._running.poll() is None
        at = (cursor.x, cursor.y - start) if is_typing and not cursor.hidden else None
        return as_svg(rows, at)

    @property
    def text(self) -> str:
        """What stands on the screen."""
        return "\n".join(line.rstrip() for line in self._screen.display).rstrip("\n")

    def _read(self, seconds: float) -> bool:
        """Show what the command prints within some seconds; return whether there was anything."""
        ready, _, _ = select.select([self._ours], [], [], max(seconds, 0))
        if not ready:
            return False
        try:
            printed = os.read(self._ours, 65536)
        except OSError:  # Linux's way to say that nobody writes any more
            return False
        self._stream.feed(printed)
        return bool(printed)

    def _give_up(self) -> None:
        if self._running is not None:
            self._running.kill()
            self._running.wait()
            os.close(self._ours)


def _environment(folder: Path) -> dict[str, str]:
    """Return what a command may know of the machine: where programs are."""
    return {
        **ENVIRONMENT,
        "PATH": os.environ["PATH"],
        "HOME": str(folder.parent),
        "LANG": "C.UTF-8",
        "TERM": "xterm-256color",
        "SOURCE_DATE_EPOCH": _DAY,
        "GIT_DEFAULT_HASH": "sha1",
        "PYTHONUTF8": "1",
    }


# A screen as a picture ----------------------------------------------------------------------------

_ACROSS: Final = 8.4
_DOWN: Final = 20
_MARGIN: Final = 16
_COLOURS: Final = {
    # Of the terminal: by day and by night. Each is 4.5 to 1 or more on its ground.
    "ground": ("#f6f7f9", "#1e222a"),
    "default": ("#15181c", "#e7e9ec"),
    "red": ("#b3261e", "#ff9d94"),
    "green": ("#1b6e3c", "#7fd49b"),
    "brown": ("#7a5400", "#e6c266"),
    "blue": ("#274c8e", "#9dbcf5"),
    "magenta": ("#7d3c98", "#d9a9ee"),
    "cyan": ("#0b6670", "#7fd0da"),
    "brightblack": ("#5c646e", "#98a1ab"),
}
_FONTS: Final = (
    "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', 'DejaVu Sans Mono', "
    "monospace"
)


@dataclass(frozen=True)
class _Look:
    """How some characters in a row look: names or six hexadecimal digits of colours."""

    front: str
    back: str
    is_bold: bool
    is_underlined: bool


def as_svg(rows: list[list[Char]], cursor: tuple[int, int] | None) -> str:
    """Return rows of a screen as SVG, which follows the light or dark of the system.

    Each row is a ``text`` of its own. No font is fetched: each run of letters has its length, so
    that any font of fixed width stands in the same columns.
    """
    width = round(COLUMNS * _ACROSS + 2 * _MARGIN)
    height = len(rows) * _DOWN + 2 * _MARGIN
    grounds, texts = [], []
    for number, row in enumerate(rows):
        top = _MARGIN + number * _DOWN
        for start, text, look in _runs(row):
            x, length = _number(_MARGIN + start * _ACROSS), _number(len(text) * _ACROSS)
            if look.back != "ground":
                grounds.append(
                    f'<rect x="{x}" y="{top}" width="{length}" height="{_DOWN}" '
                    f"{_filled(look.back)}/>"
                )
        spans = "".join(_span(*run) for run in _runs(row))
        texts.append(f'<text y="{top + 14}">{spans}</text>')
    if cursor is not None:
        left, top = _MARGIN + cursor[0] * _ACROSS, _MARGIN + cursor[1] * _DOWN
        grounds.append(
            f'<rect x="{_number(left)}" y="{top + 1}" width="{_number(_ACROSS)}" height="18" '
            f'class="default"/>'
        )
    size = f'width="{width}" height="{height}" viewBox="0 0 {width} {height}"'
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size}>',
        f"<style>{_style()}</style>",
        f'<rect class="ground" width="{width}" height="{height}"/>',
        *grounds,
        *texts,
        "</svg>",
        "",
    ]
    return "\n".join(lines)


def text_of(svg: str) -> str:
    """Return what stands on a screen that ``as_svg`` made a picture of."""
    rows = re.findall(r'<text y="\d+">(.*)</text>', svg)
    across = re.compile(r'<tspan x="([\d.]+)"[^>]*>([^<]*)</tspan>')
    lines = []
    for row in rows:
        line = ""
        for x, text in across.findall(row):
            line = line.ljust(round((float(x) - _MARGIN) / _ACROSS)) + unescape(text)
        lines.append(line.rstrip())
    return "\n".join(lines)


def _runs(row: list[Char]) -> Iterator[tuple[int, str, _Look]]:
    """Yield where characters of one look begin, their text and their look."""
    looks = [_look(char) for char in row]
    end = max(
        (n for n, char in enumerate(row) if char.data.strip() or looks[n].back != "ground"),
        default=-1,
    )
    at = 0
    for look, chars in groupby(zip(row[: end + 1], looks, strict=False), key=lambda pair: pair[1]):
        text = "".join(char.data or " " for char, _ in chars)
        if text.strip() or look.back != "ground":
            yield at, text, look
        at += len(text)


def _look(char: Char) -> _Look:
    front, back = char.fg, "ground" if char.bg == "default" else char.bg
    if char.reverse:
        front, back = back, front
    return _Look(front, back, char.bold, char.underscore)


def _span(start: int, text: str, look: _Look) -> str:
    classes = ["b"] * look.is_bold + ["u"] * look.is_underlined
    x, length = _number(_MARGIN + start * _ACROSS), _number(len(text) * _ACROSS)
    return (
        f'<tspan x="{x}" textLength="{length}" {_filled(look.front, classes)}>'
        f"{escape(text, quote=False)}</tspan>"
    )


def _filled(colour: str, classes: list[str] | None = None) -> str:
    """Return the attributes that fill something: a class for a name, else the colour itself."""
    if colour in _COLOURS:
        return f'class="{" ".join([colour, *(classes or [])])}"'
    fill = f'fill="#{colour}"'
    return f'{fill} class="{" ".join(classes)}"' if classes else fill


def _number(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")


def _style() -> str:
    by_day, by_night = (
        "".join(f".{name}{{fill:{pair[n]}}}" for name, pair in _COLOURS.items()) for n in (0, 1)
    )
    return (
        f"text{{font:14px {_FONTS};white-space:pre}}.b{{font-weight:700}}"
        f".u{{text-decoration:underline}}{by_day}"
        f"@media screen and (prefers-color-scheme:dark){{{by_night}}}"
    )


# What is recorded ---------------------------------------------------------------------------------


def record(folder: Path) -> dict[str, str]:
    """Run every command in a new repository below a folder; return each picture by its name.

    Raises:
        RecordingError: a command does not say what it did when this was written.
    """
    repository = _repository(folder / "playbook")
    terminal = Terminal(repository.folder)
    pictures = dict(_new(terminal))
    pictures["terminal-check"] = _check(terminal, repository)
    pictures["terminal-rename"] = _rename(terminal)
    pictures["terminal-diff"] = _diff(terminal, repository)
    return pictures


def _repository(folder: Path) -> Scratch:
    """Return a repository with the demo's letters and one page that speaks of them."""
    repository = scratch(folder)
    for kind in ("content/outcomes", "content/metrics", "hypotheses"):
        shutil.copytree(REPOSITORY / kind / "letters", folder / kind / "letters")
    page = "content/handbook/writing-a-hypothesis.md"
    repository.commit({"mkdocs.yml": _CONFIG, page: (REPOSITORY / page).read_bytes()})
    return repository


def _new(terminal: Terminal) -> Iterator[tuple[str, str]]:
    """Begin a hypothesis: its sentence grows, and ids are completed."""
    terminal.start("playbook new hypothesis")
    for question, answer in (
        ("Title:", TITLE),
        ("Outcome:", "people-answer-government"),
        ("Change:", "naming somebody to call in the letter"),
        ("Problem:", "let small towns ask before the deadline"),
        ("Benefits:", "fewer late reports, and fewer reminders to write"),
    ):
        terminal.wait(question)
        terminal.type(f"{answer}\r")
    terminal.wait("Metric:")
    terminal.type("towns")
    terminal.wait("share-of-towns-signed-up-or-reporting")
    yield "terminal-new", terminal.still("We hypothesize by")
    terminal.type("\r")
    terminal.wait("In your own words")
    terminal.type("Towns ask us whom to call. Perhaps the letter should say.\r")
    terminal.finish()
    yield "terminal-written", terminal.still("In your own words")


def _check(terminal: Terminal, repository: Scratch) -> str:
    """Propose it by hand, with a slip of the fingers."""
    path = f"hypotheses/{ID}.md"
    text = (repository.folder / path).read_text(encoding="utf-8")
    slip = text.replace("status: draft\n", "status: propsed\nowner: Response desk\n")
    repository.write({path: slip})
    terminal.clear()
    terminal.run("playbook check")
    terminal.say()
    terminal.run("playbook check --fix")
    return terminal.still()


def _rename(terminal: Terminal) -> str:
    """Find a better name for a record that others speak of."""
    terminal.clear()
    terminal.run("playbook mv to-do-lists-in-emails to-do-lists")
    return terminal.still()


def _diff(terminal: Terminal, repository: Scratch) -> str:
    """Take up a parked hypothesis besides, and see what all of it means."""
    path = "hypotheses/letters/usagov-survey-email.md"
    text = (repository.folder / path).read_text(encoding="utf-8")
    repository.write({path: text.replace("status: parked\n", "status: proposed\n")})
    terminal.clear()
    terminal.run("playbook diff")
    return terminal.still()


def main() -> int:
    """Write every recording; return 1 where a command does not say what was expected."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            pictures = record(Path(folder))
        except RecordingError as error:
            print(error, file=sys.stderr)
            return 1
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures.items():
        (PICTURES / f"{name}.svg").write_bytes(svg.encode())
        print(f"{name}.svg: {len(svg.encode()) / 1000:.0f} kB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
