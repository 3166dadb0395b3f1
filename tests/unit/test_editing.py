"""Edits: what stands beside them stays as it is, byte by byte; files are written whole."""

import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook import frontmatter, yaml12
from outcome_playbook.diagnostics import Edit, Span
from outcome_playbook.editing import (
    EditError,
    appended,
    apply,
    apply_to_file,
    as_read,
    scalar,
    write_whole,
)
from tests.properties.values import TRICKY, WORDS


def edit(line: int, column: int, end: int, text: str, was: str | None = None) -> Edit:
    return Edit(Span(line, column, line, end), text, was)


# Text -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "edits", "written"),
    [
        ("a: b\n", [], "a: b\n"),
        ("a: b\n", [edit(1, 4, 5, "c")], "a: c\n"),
        ("a: b\nc: d", [edit(2, 4, 5, "long"), edit(1, 1, 2, "x")], "x: b\nc: long"),
        ("a: b\r\nc: d\r\n", [edit(2, 1, 1, "e: f\n")], "a: b\r\ne: f\r\nc: d\r\n"),
        ("a\rb\r", [edit(2, 2, 2, "\nc")], "a\rb\rc\r"),
        ("a\r\nb\nc", [edit(2, 1, 1, "x\n"), edit(3, 2, 2, "\ny")], "a\r\nx\nb\nc\ny"),
        ("a", [edit(1, 2, 2, "\nb")], "a\nb"),
        ("日本: b\n", [edit(1, 5, 6, "ü")], "日本: ü\n"),
        ("a\r\nb\r\nc", [Edit(Span(1, 2, 3, 1), "+", "\nb\n")], "a+c"),
        ("ab", [edit(1, 1, 2, "x"), edit(1, 2, 2, "-"), edit(1, 3, 3, "!")], "x-b!"),
    ],
)
def test_edits_are_spliced_in(text: str, edits: list[Edit], written: str) -> None:
    assert apply(text, edits) == written


@pytest.mark.parametrize(
    ("edits", "said"),
    [
        ([edit(1, 1, 3, "x"), edit(1, 2, 4, "y")], "two changes to the same place"),
        ([edit(1, 1, 3, "x"), edit(1, 1, 3, "x")], "two changes to the same place"),
        ([edit(1, 2, 2, "x"), edit(1, 2, 2, "y")], "two changes to the same place"),
        ([edit(1, 3, 2, "x")], "ends before it begins"),
        ([edit(3, 1, 1, "x")], "there is no line 3"),
        ([edit(1, 1, 6, "x")], "there is no line 1, column 6"),
        ([edit(0, 1, 1, "x")], "there is no line 0"),
        ([edit(1, 1, 2, "x", was="b")], "it changed since it was read"),
    ],
)
def test_what_cannot_be_spliced_is_refused(edits: list[Edit], said: str) -> None:
    with pytest.raises(EditError, match=said):
        apply("a: b\n", edits)


LINES = st.lists(st.text("ab: ü'\"#", max_size=8), min_size=1, max_size=6)
ENDS = st.sampled_from(["\n", "\r\n", "\r"])


@given(st.data(), LINES)
def test_nothing_changes_outside_the_spans(data: st.DataObject, lines: list[str]) -> None:
    ends = [data.draw(ENDS) for _ in lines[1:]] + [data.draw(st.just("") | ENDS)]
    text = "".join(line + end for line, end in zip(lines, ends, strict=True))
    shown = re.split(r"\r\n|\r|\n", text)  # `\r` and an empty line's `\n` are one line end
    rows = data.draw(st.lists(st.integers(1, len(shown)), unique=True))
    edits = []
    for row in rows:
        begin = data.draw(st.integers(1, len(shown[row - 1]) + 1))
        end = data.draw(st.integers(begin, len(shown[row - 1]) + 1))
        edits.append(edit(row, begin, end, data.draw(st.text("xyz", max_size=4))))
    wanted = list(shown)
    for change in edits:
        row, span = change.span.line - 1, change.span
        wanted[row] = (
            shown[row][: span.column - 1] + change.text + shown[row][span.end_column - 1 :]
        )
    written = apply(text, edits)
    assert re.split(r"\r\n|\r|\n", written) == wanted
    assert re.findall(r"\r\n|\r|\n", written) == re.findall(r"\r\n|\r|\n", text)


def test_a_file_keeps_its_byte_order_mark() -> None:
    data = "\ufeffkind: b\r\n".encode()
    assert as_read(data) == "kind: b\n"
    assert apply_to_file(data, [edit(1, 7, 8, "c")]) == "\ufeffkind: c\r\n".encode()
    with pytest.raises(EditError, match="not UTF-8"):
        apply_to_file(b"caf\xe9", [])


# YAML -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "written", "now"),
    [
        ("an-id", "", "an-id"),
        ("an-id", "old", "an-id"),
        ("an-id", "'old'", "'an-id'"),
        ("an-id", '"old"', '"an-id"'),
        ("it's", "'old'", "'it''s'"),
        ('say "a\\b"', '"old"', '"say \\"a\\\\b\\""'),
        ("2026-11-30", "2026/11/30", "2026-11-30"),
        ("no", "old", "no"),  # text in YAML 1.2
        ("0123", "old", "0123"),  # text in these files
        ("null", "old", '"null"'),
        ("1e3", "old", '"1e3"'),
        ("2026", "old", '"2026"'),
        ("a, b", "old", '"a, b"'),
        ("a: b", "old", '"a: b"'),
        ("", "old", '""'),
        ("a", ">\n  old", None),
        ("a", "|", None),
        ("a", "old\n  and older", None),
        ("a", "[old]", None),
    ],
)
def test_text_is_written_in_the_style_of_what_stood_there(
    value: str, written: str, now: str | None
) -> None:
    assert scalar(value, written) == now


@given(WORDS | TRICKY, st.sampled_from(["", "old", "'old'", '"old"']))
def test_what_is_written_is_read_as_the_same_text(value: str, style: str) -> None:
    written = scalar(value, style)
    assert written is not None
    assert "\n" not in written
    assert yaml12.parse(f"a: {written}  # why\nb: [{written}]").data == {"a": value, "b": [value]}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: x\n", "title: x\naliases: [old]\n"),
        ("title: x\n# the end\n", "title: x\n# the end\naliases: [old]\n"),
        ("  title: x\n", "  title: x\n  aliases: [old]\n"),
        ("title: >\n  x\n\n", "title: >\n  x\n\naliases: [old]\n"),
        ("aliases: []\n", "aliases: [old]\n"),
        ("aliases:\ntitle: x\n", "aliases: [old]\ntitle: x\n"),
        ("aliases: # none\ntitle: x\n", "aliases: [old] # none\ntitle: x\n"),
        ("aliases: ~ # none\n", "aliases: [old] # none\n"),
        ("aliases: [a, 'b' ] # both\n", "aliases: [a, 'b', old ] # both\n"),
        ("aliases: [\n  a,\n  b,\n]\n", "aliases: [\n  a,\n  b, old,\n]\n"),
        ("aliases:\n- a\n- b # c\n\nx-y: 1\n", "aliases:\n- a\n- b # c\n- old\n\nx-y: 1\n"),
        ("aliases:\n    - a\n", "aliases:\n    - a\n    - old\n"),
        ("{title: x, tags: [a]}\n", "{title: x, tags: [a], aliases: [old]}\n"),
        ("{\n  title: x\n}\n", "{\n  title: x, aliases: [old]\n}\n"),
    ],
)
def test_an_item_is_appended_in_the_style_of_its_list(before: str, after: str) -> None:
    for end in ("\n", "\r\n"):
        text = f"---\n{before}---\nBody\n".replace("\n", end)
        front = frontmatter.read(text.replace("\r\n", "\n"))
        assert apply(text, [appended(front, "aliases", "old")]) == (
            f"---\n{after}---\nBody\n".replace("\n", end)
        )


@pytest.mark.parametrize("written", ["aliases: a", "aliases: {a: b}", "aliases:\n  - >\n    a"])
def test_nothing_is_appended_to_what_is_no_list_of_words(written: str) -> None:
    front = frontmatter.read(f"---\n{written}\n---\n")
    with pytest.raises(EditError, match="nothing can be appended to its `aliases`"):
        appended(front, "aliases", "old")


# Files ------------------------------------------------------------------------------------------


def test_a_file_is_written_with_its_rights_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "a b ü.md"
    path.write_bytes(b"old")
    path.chmod(0o640)
    write_whole(path, b"new\r\n")
    assert path.read_bytes() == b"new\r\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_stays_a_link_and_its_file_is_written(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    target, link = tmp_path / "there" / "x.md", tmp_path / "x.md"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


def test_a_write_that_fails_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "no space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OSError, match="no space left"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
