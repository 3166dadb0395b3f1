"""The links that begin a record: to the host's page for a new file, or to a template to copy.

They end in a pull request and need no tool. What the page they stand on knows is filled in: the
outcome, its metric, the hypothesis. A host that begins with an empty file, and one of which nothing
is known, get the reader to the template on the reference page, once for the whole site.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from outcome_playbook.hosting import Hosting
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.parts import Code, Said, listed, tell
from outcome_playbook.pages.urls import REFERENCE
from outcome_playbook.pages.view import View
from outcome_playbook.records.blank import blank
from outcome_playbook.records.folders import folder_for
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.values import UNNAMED
from outcome_playbook.registry import Entry
from outcome_playbook.yaml12 import field

_START = {
    Kind.OUTCOME: term("Add an outcome"),
    Kind.METRIC: term("Add a metric"),
    Kind.HYPOTHESIS: term("Propose a hypothesis"),
    Kind.EXPERIMENT: term("Plan an experiment"),
}
_NEW = {
    Kind.OUTCOME: term("A new outcome"),
    Kind.METRIC: term("A new metric"),
    Kind.HYPOTHESIS: term("A new hypothesis"),
    Kind.EXPERIMENT: term("A new experiment"),
}
_FILE = f"{UNNAMED}.md"
_IN_LISTS = (Kind.HYPOTHESIS, Kind.EXPERIMENT, Kind.METRIC, Kind.OUTCOME)

Values = Mapping[Kind, Mapping[str, Any]]
"""What is known of a new record of each kind, by field."""


@dataclass(frozen=True, slots=True)
class Start:
    """A link that begins a record: to a page of the host, or with an empty ``url`` to ``key``."""

    text: str
    url: str
    key: str


@dataclass(frozen=True, slots=True)
class Starts:
    """The links that begin a record from one page, the likeliest first, and what they do."""

    links: tuple[Start, ...]
    note: Said


@dataclass(frozen=True, slots=True)
class Template:
    """The blank record of a kind, to be copied.

    ``place`` says where the file goes. ``start`` leads to the host's page for a new file, if one is
    known; where that page comes filled in, the template is ``folded`` away.
    """

    id: str
    title: str
    place: Said
    start: Starts | None
    text: str
    folded: bool


def starts(
    view: View,
    kinds: Iterable[Kind],
    values: Values | None = None,
    beside: Iterable[Entry[Any]] = (),
) -> Starts:
    """Return the links that begin a record of these kinds.

    ``values`` are what is known of it. A file goes into the folder that ``beside`` lie in, where
    that is one and its kind's.
    """
    known = values or {}
    near = tuple(beside)
    links = tuple(_start(view, kind, known.get(kind, {}), near) for kind in kinds)
    first = next(iter(known.values()), {})
    return Starts(links, _note(view, first))


def starts_of_list(view: View, kind: Kind | None = None) -> Starts:
    """Return the links that begin a record from a list, that of its own ``kind`` first."""
    return starts(view, sorted(_IN_LISTS, key=lambda one: one is not kind))


def _start(
    view: View, kind: Kind, values: Mapping[str, Any], beside: tuple[Entry[Any], ...]
) -> Start:
    url = ""
    if view.hosting.fills_in:
        path = f"{_folder(view, kind, beside)}/{_FILE}"
        url = view.hosting.new_file(path, blank(kind, values)) or ""
    return Start(say(_START[kind]), url, f"{REFERENCE}#{template_id(kind)}")


def _folder(view: View, kind: Kind, beside: tuple[Entry[Any], ...]) -> str:
    usual = folder_for(kind, view.playbook.settings.records)
    folders = {entry.file.path.rpartition("/")[0] for entry in beside}
    near = folders.pop() if len(folders) == 1 else usual
    return near if near.startswith(f"{usual}/") else usual


def _note(view: View, values: Mapping[str, Any]) -> Said:
    if view.hosting.fills_in:
        return _opens(view.hosting)
    copied = (say("Leads to a template to copy into a new file."),)
    if not values:
        return copied
    lines = [Code(field(name, value).strip()) for name, value in values.items()]
    return (*copied, " ", *tell("There, write %(lines)s.", lines=listed(lines)))


def _opens(where: Hosting) -> Said:
    return (say("Opens a new file on %(host)s; saving it proposes a change.", host=where.name),)


def template_id(kind: Kind) -> str:
    """Return the anchor of a kind's template on the reference page."""
    return f"new-{kind}"


def template(view: View, kind: Kind) -> Template:
    """Return the blank record of a kind, for the reference page."""
    where = view.hosting
    folder = folder_for(kind, view.playbook.settings.records)
    text = blank(kind)
    url = where.new_file(f"{folder}/{_FILE}", text)
    return Template(
        id=template_id(kind),
        title=say(_NEW[kind]),
        place=tell(
            "It goes into %(folder)s, under a name of a few words in lower-case letters, digits "
            "and hyphens: that becomes its id and its address. Send it as a pull request.",
            folder=Code(f"{where.in_repository(folder)}/"),
        ),
        start=Starts((Start(say(_START[kind]), url, ""),), _opens(where)) if url else None,
        text=text,
        folded=where.fills_in,
    )
