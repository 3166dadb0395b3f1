"""Every rule on the reference page: what it means, why it is there, an example of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.explanations import Shown, explanation
from outcome_playbook.pages import words
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.parts import Code, Said, coded, tell


@dataclass(frozen=True, slots=True)
class Line:
    """A line of an example; ``differs`` marks one that its other half has not."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class File:
    """A file of an example: its path and its lines, or some of them."""

    path: Line
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Half:
    """One half of an example, with what stands above it."""

    title: str
    look: str
    files: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class Explained:
    """A rule: its code, what a problem of it weighs, its name, what it means and why it is there.

    ``notes`` are what else there is to say; ``show`` opens the example.
    """

    anchor: str
    code: str
    weighs: str
    name: str
    means: Said
    why: Said
    notes: tuple[Said, ...]
    show: Said
    example: tuple[Half, Half]


@dataclass(frozen=True, slots=True)
class Codes:
    """The rules of one group, with what they are about."""

    anchor: str
    title: str
    rules: tuple[Explained, ...]


_WEIGHS = {
    Severity.ERROR: term("Error"),
    Severity.WARNING: term("Warning"),
    Severity.NOTE: term("Note"),
}


def codes() -> tuple[Codes, ...]:
    """Return every rule in the language spoken, in the groups of the catalogue."""
    return tuple(
        Codes(
            f"from-{rules[0].code.lower()}",
            words.translated(group.title),
            tuple(map(_explained, rules)),
        )
        for group, rules in catalogue.grouped().items()
    )


def _explained(rule: Rule) -> Explained:
    told = explanation(rule.code)
    name = words.translated(rule.name)
    notes = filter(None, (told.otherwise, told.only_shown))
    return Explained(
        anchor=rule.code.lower(),
        code=rule.code,
        weighs=say(_WEIGHS[told.severity]),
        name=f"{name[:1].upper()}{name[1:]}",
        means=coded(words.translated(told.means)),
        why=coded(say("Why: %(reason)s", reason=words.ended(words.translated(rule.why)))),
        notes=tuple(coded(words.translated(note)) for note in notes),
        show=tell("%(code)s before and after", code=Code(rule.code)),
        example=(
            Half(say("Before"), "before", tuple(_files(told.before, told.after))),
            Half(say("After"), "after", tuple(_files(told.after, told.before))),
        ),
    )


def _files(files: tuple[Shown, ...], others: tuple[Shown, ...]) -> Iterator[File]:
    """Yield the files of one half, marked where they differ from those of the other."""
    paths = {other.path for other in others}
    for n, file in enumerate(files):
        # A file that is renamed is compared with what stands in its place.
        there = next((o for o in others if o.path == file.path), others[min(n, len(others) - 1)])
        known = set(there.text.split("\n"))
        lines = [Line(line, line not in known) for line in file.text.split("\n")]
        more = [Line("…", differs=False)] if file.is_excerpt else []
        yield File(Line(file.path, file.path not in paths), (*lines, *more))
