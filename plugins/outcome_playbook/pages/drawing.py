"""From a live list to what a page of Markdown takes in: headings, boxes and pieces of HTML."""

from dataclasses import dataclass, field
from typing import Any

from outcome_playbook.pages.livelists import Live, Part, Wrong
from outcome_playbook.pages.rendering import Renderer


@dataclass(frozen=True, slots=True)
class Html:
    """A piece of HTML, one or more whole blocks."""

    html: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of the page, on the level below the one it stands under.

    ``anchor`` is the id it gets unless another element has it; ``html`` is what stands in it.
    """

    anchor: str
    html: str
    look: str


@dataclass(frozen=True, slots=True)
class Box:
    """An element around others."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inner: tuple["Node", ...] = ()


Node = Html | Heading | Box


def drawn(renderer: Renderer, url: str, live: Live | Wrong) -> tuple[Node, ...]:
    """Return a live list, or what is wrong with its block, for the page at ``url``."""

    def html(name: str, *models: Any) -> Html:
        return Html(renderer.part(name, url, *models))

    if isinstance(live, Wrong):
        return (html("live_error", live),)
    if live.empty:
        return (html("live_empty", live),)
    if live.view == "board":
        nodes: list[Node] = [_board(renderer, url, live)]
    elif live.view in ("count", "stack"):
        nodes = [html(f"live_{live.view}", live)]
    else:
        nodes = []
        for part in live.parts:
            if part.anchor:
                nodes.append(_heading(renderer, url, part, "op-listhead"))
            nodes.append(html(f"live_{live.view}", live, part))
    if live.more:
        nodes.append(html("live_more", live))
    return tuple(nodes)


def _board(renderer: Renderer, url: str, live: Live) -> Box:
    columns = tuple(
        Box(
            "section",
            {"class": "op-col", "data-status": part.look},
            (
                _heading(renderer, url, part, "op-col__h"),
                Html(renderer.part("live_board", url, live, part)),
            ),
        )
        for part in live.parts
    )
    # Who uses the keyboard scrolls what is too wide once it has the focus.
    about = {"role": "region", "aria-label": live.label, "tabindex": "0"}
    return Box("div", {"class": "op op-live op-board op-board--within", **about}, columns)


def _heading(renderer: Renderer, url: str, part: Part, look: str) -> Heading:
    return Heading(part.anchor, renderer.part("live_heading", url, part), look)
