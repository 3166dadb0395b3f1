"""A record's text as front matter and body, with the position of every key and value.

The delimiters are those of python-frontmatter. Its ``parse()`` is not used: it strips the first
lines of a body and drops front matter silently that is unclosed or no mapping.
"""

import re
from dataclasses import dataclass, field

from frontmatter.default_handlers import YAMLHandler

from outcome_playbook import yaml12
from outcome_playbook.diagnostics import Span, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.yaml12 import Data, Fault, Loc, Positions

_BOUNDARY: re.Pattern[str] = YAMLHandler.FM_BOUNDARY
_OTHER_END = re.compile(r"^\.\.\.[ \t]*$", re.MULTILINE)
_LINE = Span(1, 1, 1, 4)


@dataclass(slots=True)
class FrontMatter:
    """The fields of a text and its body, which begins on line ``body_line`` of the file.

    ``keys`` and ``values`` map the way to a field, such as ``("results", 0, "metric")``, to its
    span in the file. What could not be read is among ``faults``; then ``fields`` may be empty.
    ``written`` is the YAML itself, which begins on line ``line``.
    """

    fields: dict[str, Data] = field(default_factory=dict)
    body: str = ""
    body_line: int = 1
    faults: list[Fault] = field(default_factory=list)
    written: str = ""
    line: int = 1
    _positions: Positions | None = None

    @property
    def positions(self) -> Positions:
        """Where keys and values stand: found when somebody asks first."""
        if self._positions is None:
            self._positions = yaml12.positions(self.written, self.line)
        return self._positions

    @property
    def keys(self) -> dict[Loc, Span]:
        """The span of each key."""
        return self.positions.keys

    @property
    def values(self) -> dict[Loc, Span]:
        """The span of each value."""
        return self.positions.values


def read(text: str) -> FrontMatter:
    r"""Split a text whose lines end in ``\n`` and read its front matter. Never raises for it."""
    opening = _BOUNDARY.match(text)
    if opening is None:
        return FrontMatter(body=text, faults=[_no_front_matter(text)])
    closing = _BOUNDARY.search(text, opening.end())
    end = closing.start() if closing else len(text)
    other_end = _OTHER_END.search(text, opening.end(), end)
    if closing is None or other_end is not None:
        return FrontMatter(body=text, faults=[_unclosed(text, other_end)])
    # The pattern of a boundary takes the blank lines below it too; they belong to the body.
    line_end = text.find("\n", closing.start())
    body_start = line_end + 1 if line_end >= 0 else len(text)
    written = text[opening.end() : closing.start()]
    line = 1 + text.count("\n", 0, opening.end())
    parsed = yaml12.parse(written, line)
    found = FrontMatter(
        body=text[body_start:],
        body_line=1 + text.count("\n", 0, body_start),
        faults=parsed.faults,
        written=written,
        line=line,
    )
    if isinstance(parsed.data, dict):
        found.fields = parsed.data
    if not found.fields and not found.faults:
        found.faults.append(_not_a_mapping(written, parsed.data, found.values.get(()) or _LINE))
    return found


def _no_front_matter(text: str) -> Fault:
    mend = told(
        "begin the file with `---`, the fields `kind`, `title` and `status`, and `---` again"
    )
    if not text.strip():
        message = told("the file is empty")
    elif _BOUNDARY.match(text.lstrip()):
        message = told("the front matter does not begin on the first line")
        mend = told("delete the blank lines above it")
    else:
        message = told("the file has no front matter")
    end_column = len(text.split("\n", 1)[0]) + 1
    return Fault(catalogue.NO_FRONT_MATTER, message, mend, Span(1, 1, 1, end_column))


def _unclosed(text: str, other_end: re.Match[str] | None) -> Fault:
    if other_end is not None:
        line = 1 + text.count("\n", 0, other_end.start())
        return Fault(
            catalogue.UNCLOSED,
            told("the front matter ends with `...`, which ends nothing here"),
            told("end it with `---`"),
            Span(line, 1, line, 4),
        )
    return Fault(
        catalogue.UNCLOSED,
        told("the front matter begins here and never ends"),
        told("write `---` on a line of its own below the last field"),
        _LINE,
    )


def _not_a_mapping(written: str, data: Data, span: Span) -> Fault:
    mend = told("write `kind: …`, `title: …` and `status: …`, each on a line of its own")
    start = len(written) - len(written.lstrip())
    if isinstance(data, str) and (words := yaml12.colon_without_space(written, start)):
        first, end, message, mend = words
        span = Span(span.line, span.column, span.line, span.column + end - first)
    elif isinstance(data, list):
        message = told(
            "the front matter is a list; it must be fields, each with a name and a value"
        )
    elif data:
        message = told(
            "the front matter is a single value; it must be fields, each with a name and a value"
        )
    else:
        message = told("the front matter is empty; it must be fields, each with a name and a value")
    return Fault(catalogue.NOT_A_MAPPING, message, mend, span)
