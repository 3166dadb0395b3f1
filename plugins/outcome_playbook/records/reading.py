"""From the bytes of a file to a record, with every problem on the way."""

import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, TypeAlias

from pydantic import ValidationError

from outcome_playbook import frontmatter
from outcome_playbook.diagnostics import Severity, Span, catalogue
from outcome_playbook.diagnostics.problem import id_at
from outcome_playbook.diagnostics.told import told
from outcome_playbook.records import guesses
from outcome_playbook.records.field_errors import (
    FieldErrors,
    certain_key,
    certain_word,
    did_you_mean,
    nearest_key,
    nearest_word,
    not_a_field,
    one_of,
    unknown_field,
    write_one_of,
)
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.merging import Unfinished, unfinished_merge
from outcome_playbook.records.models import MODELS
from outcome_playbook.records.values import ID, LONGEST_ID, UNNAMED
from outcome_playbook.records.wording import short
from outcome_playbook.yaml12 import Data

ERROR = Severity.ERROR

Reader: TypeAlias = Callable[[str, bytes], RecordFile]
"""Reads one record's file: its path and its bytes go in."""


def read_record(path: str, data: bytes) -> RecordFile:
    """Read one record's file. Never raises for what it holds; see ``RecordFile.problems``."""
    file = RecordFile(path, id=id_at(path), title=id_at(path))
    text = _decode(file, data)
    if text is None:
        return file
    file.text = text
    if (merge := unfinished_merge(text)) is not None:
        file.title = _title(file, text)
        _report_merge(file, merge)
        return file
    file.front = frontmatter.read(text)
    file.title = _title(file, text)
    for fault in file.front.faults:
        file.report(fault.rule, ERROR, fault.message, fault.help, fault.span)
    _check_id(file)
    if file.front.fields:
        _read_fields(file)
    return file


def reading_once() -> Reader:
    """Return a ``read_record`` for who reads more than one version of the same records.

    What is the same in two versions is read once. Each file has problems of its own, to which the
    rules of its version may add; what was read is the same in all of them.
    """
    known: dict[tuple[str, bytes], RecordFile] = {}

    def read(path: str, data: bytes) -> RecordFile:
        file = known.get((path, data))
        if file is None:
            file = known[path, data] = read_record(path, data)
        return replace(file, problems=list(file.problems))

    return read


def _decode(file: RecordFile, data: bytes) -> str | None:
    r"""Return the text with ``\n`` as its line end and without a BOM, or report why not."""
    data = data.removeprefix(BOM_UTF8)
    try:
        text = data.decode()
    except UnicodeDecodeError as error:
        before = _with_newlines(data[: error.start].decode(errors="replace"))
        line = before.count("\n") + 1
        column = len(before) - (before.rfind("\n") + 1) + 1
        file.report(
            catalogue.NOT_UTF8,
            ERROR,
            told(
                "the file is not UTF-8: byte %(byte)s is no letter in it",
                byte=f"0x{data[error.start]:02x}",
            ),
            told("save the file as UTF-8"),
            Span(line, column, line, column + 1),
        )
        return None
    text = _with_newlines(text)
    if (nul := text.find("\0")) >= 0:
        line = text.count("\n", 0, nul) + 1
        column = nul - (text.rfind("\n", 0, nul) + 1) + 1
        file.report(
            catalogue.CONTROL_CHARACTER,
            ERROR,
            told("the file holds a NUL byte, so it is no text"),
            told("delete the byte, or write the file again as text"),
            Span(line, column, line, column + 1),
        )
        return None
    return text


def _with_newlines(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


_TITLE_LINE = re.compile(r"^title:[ \t]*([^\s|>].*)$", re.MULTILINE)


def _report_merge(file: RecordFile, merge: Unfinished) -> None:
    file.report(
        catalogue.UNFINISHED_MERGE,
        ERROR,
        told(
            "the file holds both sides of a merge: `%(ours)s` and `%(theirs)s`",
            ours=short(merge.ours),
            theirs=short(merge.theirs),
        ),
        told("keep what is true of both, and delete the three lines of markers"),
        merge.begins,
        told("here the two begin to differ"),
    )


def _title(file: RecordFile, text: str) -> str:
    """Return the title, even of front matter that cannot be read, or else the id."""
    title = file.front.fields.get("title")
    if isinstance(title, str) and title.strip():
        return title.strip()
    match = _TITLE_LINE.search(text[:2000]) if not file.front.fields else None
    return (match[1].strip().strip("\"'") if match else "") or file.id


def _check_id(file: RecordFile) -> None:
    if len(file.id) > LONGEST_ID:
        message = told(
            "the file's name has %(number)s characters; an id has %(most)s at most",
            number=len(file.id),
            most=LONGEST_ID,
        )
        mend = told("give the file a shorter name")
    elif file.id.upper() == UNNAMED:
        message = told(
            "`%(id)s` is the name of every new file: nobody has given it its own", id=file.id
        )
        mend = told(
            "name the file in a few words of what it says, such as `plain-language-letter.md`"
        )
    elif not ID.fullmatch(file.id):
        message = told(
            "`%(id)s` is no id: the file's name is lower-case letters, digits and hyphens",
            id=file.id,
        )
        better = guesses.record_id(file.id)
        mend = told("name the file in plain letters")
        if better:
            mend = told("rename the file to `%(name)s`", name=f"{better}.md")
    else:
        return
    file.report(catalogue.BAD_ID, ERROR, message, mend)


def _read_fields(file: RecordFile) -> None:
    fields = file.front.fields
    kind_key = _find_kind(file)
    if file.kind is None:
        return
    model = MODELS[file.kind]
    readable = {
        name: value
        for name, value in fields.items()
        if name != kind_key and not name.startswith("x-") and value is not None
    }
    # A key already reported (a tag, a number that is none) has no value to validate.
    try:
        record = model.model_validate(_without_nulls(readable))
    except ValidationError as error:
        details = sorted(error.errors(), key=lambda e: e["type"] == "missing")
        for detail in details:
            FieldErrors(file, model).report(detail)
        record = None
    if not any(p.severity is ERROR for p in file.problems if p.rule is not catalogue.BAD_ID):
        file.record = record


def _without_nulls(value: Any) -> Any:
    """Drop what is written without a value, at every level: it is as if it were not there."""
    if isinstance(value, dict):
        kept = {k: v for k, v in value.items() if v is not None}
        return {k: _without_nulls(v) if isinstance(v, _NESTED) else v for k, v in kept.items()}
    if isinstance(value, list):
        return [_without_nulls(item) if isinstance(item, _NESTED) else item for item in value]
    return value


_NESTED = (dict, list)


def _find_kind(file: RecordFile) -> str:
    """Set the file's kind, report what is wrong with it, and return the key that it stands under.

    A kind that is only misspelt is set all the same: the other fields are read by it.
    """
    fields = file.front.fields
    key = "kind" if "kind" in fields else _meant_as_kind(fields)
    if key is None:
        file.report(
            catalogue.MISSING,
            ERROR,
            told("nothing says what kind of record this is: `kind` is missing"),
            told("add `%(field)s`: %(meaning)s", field="kind", meaning=one_of(Kind)),
            Span(1, 1, 1, 4),
        )
        return "kind"
    value = fields[key]
    meant = nearest_word(value, list(_KINDS)) if value not in list(_KINDS) else str(value)
    file.kind = _KINDS.get(meant or "")
    if key != "kind":
        slip = certain_key(key, ("kind", *_KNOWN), fields)
        unknown_field(file, (key,), not_a_field(key, told("a record")), "kind", slip=slip)
    elif value is None and not file.has_fault(("kind",)):
        message = told("nothing says what kind of record this is: `kind` is empty")
        at = file.front.keys[("kind",)]
        file.report(catalogue.MISSING, ERROR, message, write_one_of(list(Kind)), at)
    elif value is not None and value != meant:
        file.report(
            catalogue.UNKNOWN_KIND,
            ERROR,
            told("`%(value)s` is not a kind of record", value=short(value)),
            write_one_of(list(Kind), meant),
            ("kind",),
            did_you_mean(meant),
            certain_word(value, _KINDS),
        )
    return key


def _meant_as_kind(fields: Mapping[str, Data]) -> str | None:
    """Return the key that was meant to be ``kind``: ``knid: outcome``, ``type: outcome``."""
    misspelt = nearest_key("kind", {name: fields[name] for name in fields if name != "id"})
    if misspelt is not None:
        return misspelt
    return next(
        (k for k, v in fields.items() if isinstance(v, str) and v in _KINDS and k not in _KNOWN),
        None,
    )


_KINDS = {str(kind): kind for kind in Kind}


_KNOWN = frozenset(name for model in MODELS.values() for name in model.model_fields)
"""The fields of all kinds."""
