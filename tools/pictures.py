"""Takes the pictures of the demo that README and the handbook show.

``python -m tools.pictures`` builds the demo as of a fixed day, opens its pages in Chromium and
writes ``content/handbook/pictures/``. The text comes out in the fonts of the machine: with
Debian's `fonts-inter` and `fonts-crosextra-caladea` it looks much as it does on a reader's; without
them the pictures are as true and a little plainer.
"""

import os
import re
import shutil
import sys
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import NoBrowserError, find_or_install
from tests.browser.conftest import ARGUMENTS
from tests.browser.serving import served
from tools.png import indexed, size
from tools.recordings import NAMES as RECORDINGS

DAY: Final = "2026-11-22"
"""The day that counts as today in every picture."""
REPOSITORY: Final = Path(__file__).parent.parent
PICTURES: Final = REPOSITORY / "content" / "handbook" / "pictures"
MOST_EACH: Final = 150_000
MOST: Final = 1_000_000
"""Bytes of a picture, and of all: they come along with every clone."""

COLOURS: Final = 96
"""A page has fewer; the rest are the edges of its letters."""

BROKEN: Final = """\
---
kind: hypothesis
title: A text message before the deadline brings renewals in time
status: propsed
owner: Benefits desk
outcom: benefits-reach-people
---

People mean to renew and forget the day.
"""
"""A record as somebody in a hurry writes it. It is on one picture and in no playbook."""


@dataclass(frozen=True)
class Picture:
    """A page at a width, with at most so many pixels of its height, in light or dark.

    It begins where the page does, or shortly above what the selector ``start`` finds. ``scale`` is
    the number of pixels of the picture that make up one of the page.
    """

    url: str
    width: int = 1440
    height: int = 1100
    scheme: Literal["light", "dark"] = "light"
    scale: float = 1.5
    has_broken: bool = False
    start: str = ""


OUTCOME: Final = "outcomes/edits-seen-at-once/"
HYPOTHESIS: Final = "hypotheses/targeted-survey-cash/"
EXPERIMENT: Final = "experiments/search-index-bytes-as-records-grow/"
METRIC: Final = "metrics/seconds-from-save-to-seen/"
WANTED: Final = {
    "error": Picture("hypotheses/text-before-the-deadline/", height=900, has_broken=True),
    "evidence": Picture("outcomes/benefits-reach-people/", height=660, start="#evidence"),
    "experiment": Picture(EXPERIMENT, height=1200),
    "experiment-dark": Picture(EXPERIMENT, height=900, scheme="dark"),
    "experiment-phone": Picture(EXPERIMENT, width=390, height=900, scale=2),
    "home": Picture("", height=1000),
    "home-dark": Picture("", height=1000, scheme="dark"),
    "home-phone": Picture("", width=390, height=900, scale=2),
    "hypothesis": Picture(HYPOTHESIS, height=900),
    "metric": Picture(METRIC, height=1000),
    "outcome": Picture(OUTCOME, height=1200),
    "propose": Picture(OUTCOME, width=1000, height=480, start="#hypotheses"),
    "status": Picture("status/", height=900),
}

_CUT = """
([most, start]) => {
  const leaves = "p, li, dt, dd, tr, h1, h2, h3, svg, figure, meter, summary, .op-status, label, a";
  const margins = el => el.localName === "tr" ? [0, 0] : el.matches("h2, h3") ? [24, 60] : [4, 4];
  const boxes = [...document.querySelectorAll(`article :is(${leaves}), .md-sidebar :is(${leaves})`)]
    .filter(el => el.checkVisibility() && getComputedStyle(el).position !== "absolute")
    .map(el => [el.getBoundingClientRect(), margins(el)])
    .filter(([box]) => box.height && box.height < 300)
    .map(([box, [above, below]]) => [box.top - above, box.bottom + below]);
  const whole = document.documentElement.scrollHeight;
  const first = start ? document.querySelector(start).getBoundingClientRect().top - 24 : 0;
  const last = Math.min(whole, first + most);
  for (let y = last; y > first + most * 0.6; y--) {
    if (boxes.every(([top, bottom]) => y <= top || y >= bottom)) return [first, y - first];
  }
  return [first, last - first];
}
"""
"""Returns where to begin and how high to be at most, so as to cut no text and no figure."""


@contextmanager
def demo(folder: Path, extra: dict[str, str]) -> Iterator[str]:
    """Build the demo with further files, serve it and yield its address."""
    root = folder / "root"
    for name in ("content", "hypotheses", "overrides"):
        shutil.copytree(REPOSITORY / name, root / name)
    shutil.copy(REPOSITORY / "mkdocs.yml", root)
    for path, text in extra.items():
        (root / path).write_text(text, encoding="utf-8")
    config = load_config(str(root / "mkdocs.yml"), site_dir=str(folder / "site"), strict=not extra)
    config.plugins.on_startup(command="build", dirty=False)
    mkdocs_build(config)
    with served(folder / "site") as address:
        yield address


def take(browser: Browser, address: str, wanted: Picture) -> bytes:
    """Return the picture as a PNG with few colours.

    Raises:
        FileNotFoundError: the demo has no such page.
    """
    with browser.new_context(
        viewport={"width": wanted.width, "height": 900},
        device_scale_factor=wanted.scale,
        color_scheme=wanted.scheme,
        reduced_motion="reduce",
    ) as context:
        page = context.new_page()
        answer = page.goto(address + wanted.url, wait_until="networkidle")
        if answer is None or not answer.ok:
            raise FileNotFoundError(f"The demo has no page {wanted.url}; name another one.")
        page.evaluate("document.fonts.ready")
        top, height = page.evaluate(_CUT, [wanted.height, wanted.start])
        clip = {"x": 0, "y": top, "width": wanted.width, "height": height}
        shot = page.screenshot(clip=clip, full_page=True)  # type: ignore[arg-type] # a TypedDict
        return smaller(context.new_page(), shot)


def smaller(page: Page, picture: bytes) -> bytes:
    """Return a picture with few colours, those it has most of among them."""
    width, height, palette, pixels = page.evaluate(
        _QUANTISE, [b64encode(picture).decode(), COLOURS]
    )
    return indexed(width, height, bytes(palette), b64decode(pixels))


_QUANTISE = """
async ([picture, most]) => {
  const image = new Image();
  image.src = "data:image/png;base64," + picture;
  await image.decode();
  const {width, height} = image;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", {willReadFrequently: true});
  context.drawImage(image, 0, 0);
  const data = context.getImageData(0, 0, width, height).data;
  const counts = new Map();
  for (let i = 0; i < data.length; i += 4) {
    const colour = (data[i] << 16) | (data[i + 1] << 8) | data[i + 2];
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
  }
  const commonest = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(pair => pair[0]);
  const parts = colour => [colour >> 16, (colour >> 8) & 255, colour & 255];
  const apart = (a, b) => {
    const [p, q] = [parts(a), parts(b)];
    return Math.max(...[0, 1, 2].map(i => Math.abs(p[i] - q[i])));
  };
  // The commonest colours, each far enough from those before it, until enough are found.
  let chosen = [];
  for (let step = 4; chosen.length === 0 || chosen.length > most; step += 2) {
    chosen = [];
    for (const colour of commonest) {
      if (chosen.length < 24 ? !chosen.includes(colour)
          : chosen.every(other => apart(other, colour) >= step)) chosen.push(colour);
      if (chosen.length > most) break;
    }
  }
  const nearest = new Map();
  for (const colour of commonest) {
    let best = 0, least = 999;
    chosen.forEach((other, index) => {
      const far = apart(other, colour);
      if (far < least) [best, least] = [index, far];
    });
    nearest.set(colour, best);
  }
  const pixels = new Uint8Array(width * height);
  for (let i = 0; i < pixels.length; i++) {
    pixels[i] = nearest.get((data[4 * i] << 16) | (data[4 * i + 1] << 8) | data[4 * i + 2]);
  }
  let text = "";
  for (let i = 0; i < pixels.length; i += 32768) {
    text += String.fromCharCode(...pixels.subarray(i, i + 32768));
  }
  return [width, height, chosen.flatMap(parts), btoa(text)];
}
"""


def main() -> int:
    """Take every picture, or those named; return 1 where one is missing or too heavy."""
    names = sys.argv[1:] or sorted(WANTED)
    if unknown := set(names) - set(WANTED):
        print(f"No picture is called {', '.join(sorted(unknown))}: {', '.join(sorted(WANTED))}")
        return 1
    os.environ["SOURCE_DATE_EPOCH"] = str(
        int(datetime.fromisoformat(f"{DAY}T12:00:00+00:00").timestamp())
    )
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as folder:
        try:
            path = find_or_install(os.environ, playwright.chromium.executable_path)
        except NoBrowserError as error:
            print(error, file=sys.stderr)
            return 1
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        for has_broken, extra in enumerate(
            ({}, {"hypotheses/text-before-the-deadline.md": BROKEN})
        ):
            chosen = [name for name in names if WANTED[name].has_broken == bool(has_broken)]
            if chosen:
                with demo(Path(folder) / str(has_broken), extra) as address:
                    for name in chosen:
                        picture = take(browser, address, WANTED[name])
                        (PICTURES / f"{name}.png").write_bytes(picture)
                        print(f"{name}.png: {len(picture) / 1000:.0f} kB")
        browser.close()
    for page in sorted(PICTURES.parent.glob("*.md")):
        text = page.read_bytes().decode()
        if (fitting := with_sizes(text)) != text:
            page.write_bytes(fitting.encode())
            print(f"{page.name} has the new sizes")
    return too_heavy()


def with_sizes(text: str) -> str:
    """Return a handbook page in which each picture of ours has the size of its file.

    A browser keeps a picture's place free by it, so that nothing moves when the picture comes.
    """
    return _SIZED.sub(lambda found: f"{found[1]}{_size(found[2])}", text)


_SIZED: Final = re.compile(
    r'(\]\(pictures/([\w-]+\.(?:png|svg))\)\{[^}]*?)width="\d+" height="\d+"', re.ASCII
)


def _size(name: str) -> str:
    path = PICTURES / name
    if path.suffix == ".png":
        width, height = size(path.read_bytes())
        return f'width="{width}" height="{height}"'
    return " ".join(re.findall(r'(?:width|height)="\d+"', path.read_text("utf-8"))[:2])


def too_heavy() -> int:
    """Say what weighs too much, or belongs to no picture any more; return 1 if there is such."""
    sizes = {path.name: path.stat().st_size for path in sorted(PICTURES.iterdir())}
    wrong = [f"{n} weighs {s / 1000:.0f} kB" for n, s in sizes.items() if s > MOST_EACH]
    if sum(sizes.values()) > MOST:
        wrong.append(f"all weigh {sum(sizes.values()) / 1000:.0f} kB")
    ours = {f"{name}.png" for name in WANTED} | {f"{name}.svg" for name in RECORDINGS}
    wrong += [f"{name} is no picture of ours any more" for name in sizes if name not in ours]
    print(f"{len(sizes)} pictures, {sum(sizes.values()) / 1000:.0f} kB")
    for line in wrong:
        print(line, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
