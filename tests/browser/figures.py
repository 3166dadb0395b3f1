"""Compares drawings with stored pictures, so coarsely that fonts and smoothing make no difference.

A figure is given a fixed size and loses its text before it is taken. Both pictures are then shrunk
in the browser, so that each of their pixels tells what is drawn in a square of four by four.
"""

from base64 import b64encode
from dataclasses import dataclass

from playwright.sync_api import Page

SQUARE = 4
"""Pixels of a figure that become one, each way."""
FAR = 40
"""Difference of a colour's red, green or blue, out of 255, from which on a square has changed."""
MOST = 0.004
"""The share of squares that may have changed, beside FEW of them anyhow."""
FEW = 2

_AT_A_FIXED_SIZE = """
svg text { visibility: hidden !important; }
*, *::before, *::after { transition: none !important; animation: none !important; }
figure, svg, .op-stack, meter, progress { max-inline-size: none !important; }
figure.op-timebox { inline-size: 640px !important; }
svg.op-course__plot { inline-size: 480px !important; block-size: 160px !important; }
svg.op-ci, svg.op-strip__bar, .op-course__rows li > div > svg {
  inline-size: 320px !important;
  block-size: 40px !important;
}
.op-stack { inline-size: 160px !important; }
meter, progress { inline-size: 240px !important; }
"""

_CHANGED = """
async ([before, now, square, far, few]) => {
  const opened = async picture => {
    const image = new Image();
    image.src = "data:image/png;base64," + picture;
    await image.decode();
    return image;
  };
  const shrunk = (image, x, y) => {
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.floor(image.width / square));
    canvas.height = Math.max(1, Math.floor(image.height / square));
    const context = canvas.getContext("2d", {willReadFrequently: true});
    context.imageSmoothingQuality = "high";
    context.drawImage(image, x / square, y / square, canvas.width, canvas.height);
    return context.getImageData(0, 0, canvas.width, canvas.height).data;
  };
  const differing = (a, b) => {
    let count = 0;
    const squares = Math.min(a.length, b.length) / 4;
    for (let i = 0; i < squares; i++) {
      count += [0, 1, 2].some(c => Math.abs(a[4 * i + c] - b[4 * i + c]) > far) ? 1 : 0;
    }
    return Math.max(0, count - few) / squares;
  };
  const [a, b] = [await opened(before), await opened(now)];
  if (Math.abs(a.width - b.width) > 2 || Math.abs(a.height - b.height) > 2) {
    return `it was ${a.width} by ${a.height} and is ${b.width} by ${b.height} pixels`;
  }
  const steps = [0, -0.5, 0.5, -1, 1];
  const expected = shrunk(a, 0, 0);
  return Math.min(...steps.flatMap(x => steps.map(y => differing(expected, shrunk(b, x, y)))));
}
"""


@dataclass(frozen=True)
class Figure:
    """A drawing: the page of the specimen that has it, its selector, and which of those it is."""

    page: str
    selector: str
    number: int = 0


FIGURES = {
    "time-box-extended": Figure("experiment", "svg.op-timebar"),
    "interval-beyond-zero": Figure("experiment", "td svg.op-ci", 1),
    "time-box-overdue": Figure("overdue-experiment", "svg.op-timebar"),
    "time-box-of-a-day": Figure("odd-experiment", "svg.op-timebar"),
    "interval-over-zero": Figure("odd-experiment", "td svg.op-ci"),
    "progress-lower-is-better": Figure("outcome", "meter"),
    "span-of-an-experiment": Figure("outcome", "svg.op-strip__bar", 1),
    "span-of-ten-years": Figure("outcome", "svg.op-strip__bar", 6),
    "evidence-without-interval": Figure("outcome", "td svg.op-ci", 0),
    "evidence-with-interval": Figure("outcome", "td svg.op-ci", 1),
    "progress-moved-away": Figure("outcomes", "meter", 1),
    "progress-beyond-target": Figure("outcomes", "meter", 2),
    "hypotheses-in-a-stack": Figure("home", ".op-stack"),
    "time-elapsed": Figure("home", "progress"),
    "readings": Figure("metric", "svg.op-course__plot"),
    "span-beside-readings": Figure("metric", ".op-course__rows li > div > svg"),
}


def ready(page: Page) -> None:
    """Give the figures of an open page fixed sizes and take their text away."""
    page.add_style_tag(content=_AT_A_FIXED_SIZE)


def picture(page: Page, figure: Figure) -> bytes:
    """Return a picture of a figure of an open page."""
    found = page.locator(f"article {figure.selector}").nth(figure.number)
    return found.screenshot(animations="disabled")


def changed(page: Page, before: bytes, now: bytes) -> float | str:
    """Return the share of squares that differ between two pictures, or how their sizes do.

    0 is the same, but for FEW squares. What lies a pixel off, as texts above take another height,
    counts as the same.
    """
    pictures = [b64encode(one).decode() for one in (before, now)]
    found: float | str = page.evaluate(_CHANGED, [*pictures, SQUARE, FAR, FEW])
    return found
