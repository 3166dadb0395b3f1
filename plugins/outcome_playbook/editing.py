r"""Changes to a file that leave every byte beside them as it is.

A change is a splice: the positions that reading keeps of every key and value say which stretch of
the file to write anew, and nothing else is touched. A round trip through a YAML library that keeps
comments would still set quotes, indents and long lines its own way, and cost far more.

Lines may end in ``\n``, ``\r\n`` or ``\r``, even mixed: spans count lines and columns, so they fit
the text as it lies in the file as well as the text as it is read.
"""

import os
import re
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from outcome_playbook import yaml12
from outcome_playbook.diagnostics import Edit, Span
from outcome_playbook.frontmatter import FrontMatter

_LINE_END = re.compile(r"\r\n|\r|\n")


class EditError(ValueError):
    """A change that cannot be made; the text says why."""


# Text -------------------------------------------------------------------------------------------


def apply(text: str, edits: Iterable[Edit]) -> str:
    r"""Return a text with these stretches written anew, and all else as it was.

    ``\n`` in what is written becomes the line end that the text has there. Raises ``EditError``
    when two edits touch the same characters, one lies outside the text, or something else stands
    there than it says.
    """
    ends = [(match.start(), match.end()) for match in _LINE_END.finditer(text)]
    starts = [0, *(end for _, end in ends)]
    stops = [*(start for start, _ in ends), len(text)]
    parts: list[str] = []
    done, last = 0, None
    for edit in sorted(edits, key=lambda edit: edit.span):
        span = edit.span
        start = _offset(span.line, span.column, starts, stops)
        end = _offset(span.end_line, span.end_column, starts, stops)
        if end < start or start < done or last == (start, end):
            raise EditError("two changes to the same place, or one that ends before it begins")
        if edit.was is not None and _LINE_END.sub("\n", text[start:end]) != edit.was:
            raise EditError("it changed since it was read")
        new = edit.text.replace("\n", _line_end(text, ends, span.line))
        parts += (text[done:start], new)
        done, last = end, (start, end)
    return "".join((*parts, text[done:]))


def apply_to_file(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Return the bytes of a file, its byte order mark kept, with the edits applied.

    Raises ``EditError`` as ``apply`` does, and for bytes that are no UTF-8.
    """
    mark = BOM_UTF8 if data.startswith(BOM_UTF8) else b""
    return mark + apply(_decoded(data.removeprefix(mark)), edits).encode()


def as_read(data: bytes) -> str:
    r"""Return the text of a file as records are read: with ``\n`` line ends and no byte order mark.

    Raises ``EditError`` for bytes that are no UTF-8.
    """
    return _LINE_END.sub("\n", _decoded(data.removeprefix(BOM_UTF8)))


def _decoded(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise EditError("it is not UTF-8") from error


def apart(edits: Iterable[Edit]) -> list[Edit]:
    """Return those of the edits that can be made together: the first of each place."""
    kept: list[Edit] = []
    for edit in sorted(edits, key=lambda edit: edit.span):
        before = kept[-1].span if kept else Span(0, 0, 0, 0)
        begins = (edit.span.line, edit.span.column)
        if begins >= (before.end_line, before.end_column) and edit.span != before:
            kept.append(edit)
    return kept


def _offset(line: int, column: int, starts: Sequence[int], stops: Sequence[int]) -> int:
    if not 1 <= line <= len(starts) or not 1 <= column <= stops[line - 1] - starts[line - 1] + 1:
        raise EditError(f"there is no line {line}, column {column}")
    return starts[line - 1] + column - 1


def _line_end(text: str, ends: Sequence[tuple[int, int]], line: int) -> str:
    """Return what ends a line; below the last line end, what ends the line above."""
    if not ends:
        return "\n"
    start, end = ends[min(line, len(ends)) - 1]
    return text[start:end]


# YAML -------------------------------------------------------------------------------------------


def scalar(value: str, written: str = "") -> str | None:
    """Return text as YAML, in quotes if ``written``, what stood there, is; else where it must be.

    ``None`` where what stood there was written over several lines, or is no scalar at all.
    """
    if "\n" in written or written[:1] in ("|", ">", "[", "{"):
        return None
    if written.startswith("'") and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    if not written.startswith(('"', "'")) and _reads_plain(value):
        return value
    return _quoted(value)


def _reads_plain(value: str) -> bool:
    """Whether a text without quotes is read as that text, wherever a value or a key may stand."""
    if not value.isprintable():
        return False
    places = ((f"- {value}", [value]), (f"[{value}]", [value]), (f"{value}: 1", {value: 1}))
    return all(_data(text) == read for text, read in places)


def _data(text: str) -> yaml12.Data:
    parsed = yaml12.parse(text)
    return None if parsed.faults else parsed.data


_ESCAPED = re.compile(r"[\"\\\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff]")


def _quoted(value: str) -> str:
    def escape(match: re.Match[str]) -> str:
        sign = match[0]
        return f"\\{sign}" if sign in '"\\' else f"\\u{ord(sign):04x}"

    return f'"{_ESCAPED.sub(escape, value)}"'


def text_at(text: str, span: Span) -> str:
    r"""Return what stands at a span of a text whose lines end in ``\n``."""
    # Split no further than needed: what is asked for stands near the beginning.
    lines = text.split("\n", span.end_line)[span.line - 1 : span.end_line]
    if not lines:
        return ""
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def appended(front: FrontMatter, name: str, value: str) -> Edit:
    """Return the edit that appends text to a field that is a list of texts, in the list's style.

    A list that is absent is written as the last field. Raises ``EditError`` where the field is no
    list, or is written in a way in which nothing can be appended to it.
    """
    for edit in _ways_to_append(front, name, _as_item(value)):
        if _appends(front, edit, name, value):
            return edit
    raise EditError(f"nothing can be appended to its `{name}`")


def _as_item(value: str) -> str:
    return scalar(value) or _quoted(value)


def _ways_to_append(front: FrontMatter, name: str, item: str) -> Iterator[Edit]:
    """Yield what may append an item; which of it does is for the reader of YAML to say."""
    items = front.fields.get(name)
    at = front.values.get((name,))
    if isinstance(items, list) and at is not None:
        last = front.values.get((name, len(items) - 1))
        written = text_at(front.written, _below(at, 1 - front.line))
        if written.startswith("["):
            place = last or Span(at.line, at.column, at.line, at.column + 1)
            yield _insert(place.end_line, place.end_column, f", {item}" if last else item)
        elif last is not None:
            line = front.written.split("\n")[last.end_line - front.line]
            yield _insert(last.end_line, len(line) + 1, f"\n{' ' * (at.column - 1)}- {item}")
    elif items is None and at is not None:
        yield Edit(at, f" [{item}]" if at.column == at.end_column else f"[{item}]")
    elif items is None:
        yield from _as_last_field(front, f"{name}: [{item}]")


def _as_last_field(front: FrontMatter, field: str) -> Iterator[Edit]:
    root = front.values.get(())
    first = min(front.keys.values(), default=None)
    if root is None or first is None:
        return
    if text_at(front.written, _below(root, 1 - front.line)).startswith("{"):
        last = max((span for loc, span in front.values.items() if len(loc) == 1), default=root)
        yield _insert(last.end_line, last.end_column, f", {field}")
        return
    closing = front.line + front.written.count("\n")
    yield _insert(closing, 1, f"{' ' * (first.column - 1)}{field}\n")


def _insert(line: int, column: int, text: str) -> Edit:
    return Edit(Span(line, column, line, column), text)


def _appends(front: FrontMatter, edit: Edit, name: str, value: str) -> bool:
    try:
        written = apply(front.written, [Edit(_below(edit.span, 1 - front.line), edit.text)])
    except EditError:
        return False
    items = front.fields.get(name)
    wanted = {**front.fields, name: [*(items if isinstance(items, list) else []), value]}
    # What ends the front matter begins a line of its own.
    return written.endswith("\n") and _data(written) == wanted


def _below(span: Span, lines: int) -> Span:
    return Span(span.line + lines, span.column, span.end_line + lines, span.end_column)


# Files ------------------------------------------------------------------------------------------


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that whoever reads it finds either what it held or all that it holds now.

    What is written lies beside it first, under a hidden name, and takes its place with its rights.
    A link stays a link: the file that it leads to is written. Raises ``OSError``, which leaves the
    file as it was and nothing beside it; a file that may not be written is not replaced either.
    """
    path = path.resolve()
    mode = path.stat().st_mode & 0o7777 if path.exists() else _usual_mode()
    if path.exists() and not os.access(path, os.W_OK):
        raise PermissionError(13, "permission denied", str(path))
    with _beside(path, data, mode) as beside:
        beside.replace(path)


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; its folder is made where it is missing.

    Whoever finds the file finds all of it. Raises ``FileExistsError`` when something has that name
    by then, and ``OSError``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    with _beside(path, data, _usual_mode()) as beside:
        try:
            # A second name for the file: unlike renaming, this refuses a name that is taken.
            os.link(beside, path)
        except FileExistsError:
            raise
        except (OSError, NotImplementedError):  # a file system without links
            path.touch(exist_ok=False)
            beside.replace(path)


@contextmanager
def _beside(path: Path, data: bytes, mode: int) -> Iterator[Path]:
    """Write a file beside ``path``, under a hidden name that is gone afterwards."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(mode)
        yield beside
    finally:
        with suppress(OSError):
            beside.unlink()


def _usual_mode() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask
