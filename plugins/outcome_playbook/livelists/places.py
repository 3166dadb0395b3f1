"""Where each character of a YAML value stands in the text that it was read from."""

from itertools import pairwise
from typing import Final

from outcome_playbook.diagnostics import Span

_SIGNS: Final = {"n": "\n", "t": "\t", "r": "\r", "0": "\0", "e": "\x1b", "_": "\xa0", "N": "\x85"}
_CODES: Final = {"x": 2, "u": 4, "U": 8}


class Places:
    """Finds stretches of a value in its file.

    ``text`` is a YAML text whose first line is line ``first_line`` of the file; ``removed`` is how
    many characters stand there before each of its lines.
    """

    def __init__(self, text: str, first_line: int, removed: tuple[int, ...]) -> None:
        self._text = text
        self._first_line = first_line
        self._removed = removed
        self._starts = [0]
        for line in text.split("\n"):
            self._starts.append(self._starts[-1] + len(line) + 1)

    def in_file(self, span: Span) -> Span:
        """Return where a span of the YAML text stands in the file, whose lines it has already."""
        return Span(
            span.line,
            span.column + self._before(span.line),
            span.end_line,
            span.end_column + self._before(span.end_line),
        )

    def of_part(self, span: Span, value: str, start: int, end: int) -> Span:
        """Return the span in the file of ``value[start:end]``, where ``span`` is that of the value.

        That is the whole value where it cannot be told.
        """
        first, last = (
            self._offset(span.line, span.column),
            self._offset(span.end_line, span.end_column),
        )
        places = aligned(self._text[first:last], value)
        if places is None or not value:
            return self.in_file(span)
        start = max(0, min(start, len(value)))
        end = max(start + 1, min(end, len(value)))
        if start == len(value):  # something is missing at the end
            begin = places[-1] + 1
            return self._span(first + begin, first + begin + 1)
        return self._span(first + places[start], first + places[end - 1] + 1)

    def _before(self, line: int) -> int:
        at = line - self._first_line
        return self._removed[at] if 0 <= at < len(self._removed) else 0

    def _offset(self, line: int, column: int) -> int:
        at = min(line - self._first_line, len(self._starts) - 1)
        return min(self._starts[at] + column - 1, len(self._text))

    def _span(self, start: int, end: int) -> Span:
        (line, column), (end_line, end_column) = self._point(start), self._point(end - 1)
        return self.in_file(Span(line, column, end_line, end_column + 1))

    def _point(self, offset: int) -> tuple[int, int]:
        ways = enumerate(pairwise(self._starts))
        at, start = next(
            ((at, start) for at, (start, end) in ways if start <= offset < end),
            (len(self._starts) - 2, self._starts[-2]),
        )
        return self._first_line + at, offset - start + 1


def aligned(raw: str, value: str) -> list[int] | None:
    """Return where in ``raw`` each character of the value stands that YAML made of it.

    Lines that YAML folds, the quotes around a value and what is escaped in it are passed over.
    ``None`` where the two do not go together.
    """
    style = raw[:1]
    at = 0
    if style in ("|", ">"):
        at = raw.find("\n") + 1
    elif style in ("'", '"'):
        at = 1
    places: list[int] = []
    for sign in value:
        at = _joined_lines(raw, at) if style == '"' else at
        read, length = _next(raw, at, style)
        if sign.isspace() and read != sign:  # a line that is folded, or the end of the last one
            read, length = sign, int(raw[at : at + 1].isspace())
        elif not sign.isspace():
            while raw[at : at + 1].isspace():
                at += 1
            at = _joined_lines(raw, at) if style == '"' else at
            read, length = _next(raw, at, style)
        if read != sign:
            return None
        places.append(min(at, max(len(raw) - 1, 0)))
        at += length
    return places


def _next(raw: str, at: int, style: str) -> tuple[str, int]:
    """Return the character that is written at a place, and the length of what is written."""
    if style == '"' and raw[at : at + 1] == "\\":
        return _escaped(raw, at)
    if style == "'" and raw.startswith("''", at):
        return "'", 2
    return raw[at : at + 1], 1


def _joined_lines(raw: str, at: int) -> int:
    r"""Return the place behind a ``\`` at the end of a line, which joins the next one to it."""
    while raw.startswith("\\\n", at):
        at += 2
        while raw[at : at + 1] in (" ", "\t"):
            at += 1
    return at


def _escaped(raw: str, at: int) -> tuple[str, int]:
    """Return what an escape stands for, and how long it is."""
    sign = raw[at + 1 : at + 2]
    if digits := _CODES.get(sign):
        try:
            return chr(int(raw[at + 2 : at + 2 + digits], 16)), 2 + digits
        except (ValueError, OverflowError):
            return "", 2
    return _SIGNS.get(sign, sign), 2
