"""Where the blocks of a page lie: their order, which are side by side, and how wide they are."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from playwright.sync_api import Page

TOLERANCE = 9.0
"""Hundredths of the container by which a block may lie or reach elsewhere, with other fonts."""

_READ = """
() => {
  const AS_WIDE_AS_TEXT = "span, summary, a:not(.md-content__button), pre *, .op-src *,"
    + " .md-typeset__scrollwrap *";
  const MANY = "li, tr, td, dl > *, section";  // three of these tell of the others
  const LEAVES = "p, h1, h2, h3, h4, svg, pre, dt, dd, caption, figcaption, form, nav";
  const found = [], overlaps = [], outside = [];
  const frame = document.documentElement.clientWidth;
  const within = el => el.getBoundingClientRect();
  const shown = el => {
    const style = getComputedStyle(el), box = within(el);
    return el.checkVisibility() && style.visibility !== "hidden" && box.width > 2 && box.height > 2
      && !["inline", "contents", "none"].includes(style.display)
      && !["absolute", "fixed"].includes(style.position) && !el.matches(AS_WIDE_AS_TEXT);
  };
  // A table's head on a phone: there for who hears the page.
  const unseen = el => !el.matches("article")
    && (getComputedStyle(el).position === "absolute" || unseen(el.parentElement));
  const floats = el => getComputedStyle(el).float !== "none";
  const scrolls = el => el.closest("article") && (
    ["auto", "scroll"].includes(getComputedStyle(el).overflowX) || scrolls(el.parentElement));
  const name = el => {
    const ours = [...el.classList].filter(c => /^(op|md)(-|$)/.test(c));
    return el.localName + ours.map(c => "." + c).join("");
  };
  const said = el => `${name(el)} “${el.textContent.trim().slice(0, 40)}”`;
  const add = (el, path, box, container, previous) => {
    const beside = Boolean(previous)
      && Math.min(previous.bottom, box.bottom) - Math.max(previous.top, box.top) > 2;
    const share = px => Math.round((1000 * px) / container.width) / 10;
    const x = share(box.left - container.left), width = share(box.width);
    found.push({block: path, x, width, beside});
  };
  const visit = (el, path, container, depth) => {
    const children = [...el.children].filter(shown);
    const times = {};
    children.forEach((child, index) => {
      const box = within(child);
      if ((box.right > frame + 1 || box.left < -1) && !scrolls(el)) {
        outside.push(`${path} > ${name(child)}`);
      }
      const own = name(child);
      times[own] = (times[own] ?? 0) + 1;
      if (times[own] > 3 && child.matches(MANY)) return;
      const below = path ? `${path} > ${own}` : own;
      add(child, below, box, container, index ? within(children[index - 1]) : null);
      if (depth && !child.matches(LEAVES) && (child.localName !== "tbody" || times[own] < 2)) {
        visit(child, below, container, depth - 1);
      }
    });
  };
  const whole = document.documentElement.getBoundingClientRect();
  const parts = ".md-header, .md-tabs, .md-main__inner > .md-sidebar, article, .md-footer";
  for (const el of document.querySelectorAll(parts)) {
    if (shown(el)) add(el, name(el), within(el), whole, null);
  }
  const article = document.querySelector("article");
  visit(article, "", within(article), 5);
  // What has no blocks in it, each with each: text upon text is wrong wherever it is.
  const ends = [...article.querySelectorAll("*")].filter(el =>
    !el.parentElement.closest("svg") && shown(el) && !unseen(el) && !floats(el)
    && ![...el.children].some(shown));
  const places = ends.map(within);
  ends.forEach((el, index) => {
    for (let other = 0; other < index; other++) {
      const [one, two] = [places[other], places[index]];
      const wide = Math.min(one.right, two.right) - Math.max(one.left, two.left);
      const high = Math.min(one.bottom, two.bottom) - Math.max(one.top, two.top);
      if (ends[other].contains(el)) continue;
      if (wide > 1.5 && high > 1.5) overlaps.push(`${said(ends[other])} and ${said(el)}`);
    }
  });
  return {found, overlaps, outside};
}
"""


@dataclass(frozen=True)
class Box:
    """A block: its way from the article, where it begins and how wide it is, in hundredths.

    ``beside`` tells whether it stands in one row with the block before it.
    """

    block: str
    x: float
    width: float
    beside: bool


@dataclass(frozen=True)
class Boxes:
    """The blocks of a page, and what should not be: blocks over each other or out of sight."""

    found: tuple[Box, ...]
    overlaps: tuple[str, ...]
    outside: tuple[str, ...]


def boxes(page: Page) -> Boxes:
    """Return the blocks of an open page: of its frame against the window, else of its article."""
    read = page.evaluate(_READ)
    return Boxes(
        tuple(Box(**one) for one in read["found"]), tuple(read["overlaps"]), tuple(read["outside"])
    )


def dumped(found: Sequence[Box]) -> str:
    """Return blocks as JSON, one a line, so that a change shows as one."""
    lines = ",\n".join(f" {json.dumps(asdict(box), ensure_ascii=False)}" for box in found)
    return f"[\n{lines}\n]\n"


def loaded(text: str) -> list[Box]:
    """Return the blocks of a file."""
    return [Box(**one) for one in json.loads(text)]


def moved(expected: Sequence[Box], found: Sequence[Box]) -> list[str]:
    """Return a line for each block that does not lie where it should, in the order of the page."""
    lines: list[str] = []
    for before, now in zip(expected, found, strict=False):
        if before.block != now.block:
            return [*lines, f"here came {before.block}, and now {now.block}"]
        if before.beside != now.beside:
            lines.append(f"{now.block} {'went beside' if now.beside else 'left'} its neighbour")
        if max(abs(before.x - now.x), abs(before.width - now.width)) > TOLERANCE:
            lines.append(
                f"{now.block} was at {before.x:g} and {before.width:g} wide, "
                f"is at {now.x:g} and {now.width:g} wide"
            )
    lines += [f"gone: {box.block}" for box in expected[len(found) :]]
    lines += [f"new: {box.block}" for box in found[len(expected) :]]
    return lines
