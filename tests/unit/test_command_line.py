"""Where a command's words go: a full disk, a reader who has gone, a stream that is closed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.factories import CONFIG, path_of, record, write

FULL = Path("/dev/full")
FILES = {"mkdocs.yml": CONFIG, path_of("outcome"): record("outcome")}


def program(root: Path, *arguments: str, before: str, to: int | None = None) -> tuple[int, bytes]:
    """Run a command, in a shell that does something ``before``; return its code and its errors."""
    run = [sys.executable, "-m", "outcome_playbook", *arguments]
    done = subprocess.run(
        ["sh", "-c", f'{before}; exec "$@"', "sh", *run],  # noqa: S607 - the shell of whoever tests
        cwd=write(root, FILES),
        stdin=subprocess.DEVNULL,
        stdout=to,
        stderr=subprocess.PIPE,
        check=False,
    )
    return done.returncode, done.stderr


@pytest.mark.skipif(not FULL.exists(), reason="this system has no disk that is always full")
@pytest.mark.parametrize("asked", [["query"], ["list", "--format", "json"], ["--help"]])
def test_a_full_disk_is_told_of_in_a_sentence(asked: list[str], tmp_path: Path) -> None:
    said = b"playbook could not run: no space left on device\n"
    assert program(tmp_path, *asked, before=f"exec >{FULL}") == (2, said)


def test_a_reader_who_has_gone_is_told_nothing(tmp_path: Path) -> None:
    there, here = os.pipe()
    os.close(there)
    try:
        assert program(tmp_path, "query", before=":", to=here) == (1, b"")
    finally:
        os.close(here)


def test_a_stream_that_is_closed_takes_nothing(tmp_path: Path) -> None:
    assert program(tmp_path, "check", before="exec >&-") == (0, b"")
    assert program(tmp_path, "check", "--no", before="exec 2>&-", to=subprocess.DEVNULL)[0] == 2
