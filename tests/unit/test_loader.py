"""The reader of record files: what is a record, what only introduces a folder, what is odd."""

import errno
import os
from pathlib import Path

import pytest

from outcome_playbook.loader import attachments, load
from outcome_playbook.records.file import RecordFile
from tests.factories import record, write

FOLDERS = ("hypotheses", "content/outcomes", "content/metrics")
VALID = record("outcome")


def paths(root: Path, *folders: str) -> list[str]:
    return [file.path for file in load(root, folders or FOLDERS).files]


def test_every_markdown_file_below_a_folder_is_a_record(tmp_path: Path) -> None:
    found = ["content/metrics/m.md", "content/outcomes/a/b/o.md", "hypotheses/h.md"]
    write(tmp_path, dict.fromkeys([*found, "content/page.md", "notes.md"], VALID))
    assert paths(tmp_path) == found


def test_other_files_are_no_records(tmp_path: Path) -> None:
    names = ["x.txt", "x.png", "x.md~", ".hidden.md", ".git/x.md", "x.markdown", "md"]
    write(tmp_path, {f"hypotheses/{name}": VALID for name in names})
    assert paths(tmp_path) == []


def test_what_introduces_a_folder_is_no_record(tmp_path: Path) -> None:
    names = ["README.md", "index.md", "deep/README.md", "readme-first.md"]
    write(tmp_path, {f"hypotheses/{name}": VALID for name in names})
    loaded = load(tmp_path, FOLDERS)
    assert [file.path for file in loaded.files] == ["hypotheses/readme-first.md"]
    assert loaded.introductions == [
        "hypotheses/README.md",
        "hypotheses/deep/README.md",
        "hypotheses/index.md",
    ]


def test_a_folder_that_is_absent_is_no_error(tmp_path: Path) -> None:
    assert paths(tmp_path) == []


def test_a_folder_named_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, {"hypotheses/a/x.md": VALID})
    assert paths(tmp_path, "hypotheses", "hypotheses/a", "hypotheses") == ["hypotheses/a/x.md"]


def test_paths_are_sorted_whatever_the_order_of_folders(tmp_path: Path) -> None:
    write(tmp_path, {"hypotheses/a.md": VALID, "content/outcomes/b.md": VALID})
    assert paths(tmp_path, *FOLDERS) == paths(tmp_path, *reversed(FOLDERS))


def test_a_folder_named_like_a_record_loses_none_of_its_records(tmp_path: Path) -> None:
    write(tmp_path, {"hypotheses/x.md/y.md": VALID})
    assert paths(tmp_path) == ["hypotheses/x.md", "hypotheses/x.md/y.md"]


def test_a_file_for_a_folder_cannot_be_listed(tmp_path: Path) -> None:
    write(tmp_path, {"hypotheses": "no folder"})
    with pytest.raises(NotADirectoryError):
        load(tmp_path, FOLDERS)


def one(root: Path) -> RecordFile:
    (file,) = load(root, FOLDERS).files
    return file


def test_a_file_that_may_not_be_read_is_its_own_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> bytes:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))

    write(tmp_path, {"hypotheses/x.md": VALID})
    monkeypatch.setattr(Path, "read_bytes", refuse)  # whoever runs tests as root may read all
    (problem,) = one(tmp_path).problems
    assert (problem.code, problem.span) == ("PB001", None)
    assert problem.message == "the file cannot be read: permission denied"
    assert problem.help == "check its rights"


def test_a_file_that_vanishes_is_its_own_problem(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def vanish(path: Path) -> bytes:
        path.unlink()
        return path.open("rb").read()

    write(tmp_path, {"hypotheses/x.md": VALID})
    monkeypatch.setattr(Path, "read_bytes", vanish)
    (problem,) = one(tmp_path).problems
    assert problem.message == "the file cannot be read: no such file or directory"


def test_a_name_that_is_no_text_is_read_and_reported(tmp_path: Path) -> None:
    folder = tmp_path / "hypotheses"
    folder.mkdir()
    try:
        (folder / os.fsdecode(b"caf\xe9.md")).write_text(VALID, encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    file = one(tmp_path)
    assert file.id == "caf\ufffd"
    assert [problem.code for problem in file.problems] == ["PB019"]


def test_nothing_is_read_through_a_link_that_leaves_its_folder(tmp_path: Path) -> None:
    root = write(tmp_path / "playbook", {"hypotheses/here.md": VALID})
    (tmp_path / "secret.md").write_text(VALID, encoding="utf-8")
    (root / "hypotheses" / "x.md").symlink_to(tmp_path / "secret.md")
    (root / "hypotheses" / "up.md").symlink_to("../../secret.md")
    files = {file.path: file for file in load(root, FOLDERS).files}
    for path in ("hypotheses/x.md", "hypotheses/up.md"):
        assert files[path].front.fields == {}
        assert [problem.code for problem in files[path].problems] == ["PB002"]
    assert files["hypotheses/here.md"].problems == []


def test_a_playbook_below_a_link_is_read(tmp_path: Path) -> None:
    write(tmp_path / "real", {"hypotheses/x.md": VALID})
    (tmp_path / "linked").symlink_to("real")
    assert one(tmp_path / "linked").problems == []


# What lies beside the records ---------------------------------------------------------------------


def test_files_beside_the_records_are_attachments(tmp_path: Path) -> None:
    write(tmp_path, {f"hypotheses/{name}": "x" for name in ("a/b.png", "c.csv", ".d", "e.md")})
    write(tmp_path, {"outside.png": "x", "content/outcomes/f.svg": "x"})
    (tmp_path / "hypotheses" / "up.png").symlink_to("../outside.png")
    (tmp_path / "hypotheses" / "same.png").symlink_to("a/b.png")
    (tmp_path / "hypotheses" / "gone.png").symlink_to("nothing")
    os.mkfifo(tmp_path / "hypotheses" / "pipe")
    assert attachments(tmp_path, FOLDERS) == [
        "content/outcomes/f.svg",
        "hypotheses/a/b.png",
        "hypotheses/c.csv",
        "hypotheses/same.png",
    ]
