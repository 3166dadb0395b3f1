"""A new file, written whole or not at all, and never over another."""

import os
import tempfile
from contextlib import suppress
from pathlib import Path


def write_new(path: Path, data: bytes) -> None:
    """Write a file that is not there yet; its folder is made where it is missing.

    What is written lies beside it first, under a hidden name, so that whoever finds the file finds
    all of it. Raises ``FileExistsError`` when something has that name by then, and ``OSError``.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:50]}.", suffix=".tmp", dir=path.parent)
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        beside.chmod(0o666 & ~_umask())
        _take_place(beside, path)
    finally:
        with suppress(OSError):
            beside.unlink()


def _take_place(beside: Path, path: Path) -> None:
    try:
        # A second name for the file: unlike renaming, this refuses a name that is taken.
        os.link(beside, path)
    except FileExistsError:
        raise
    except (OSError, NotImplementedError):  # a file system without links
        path.touch(exist_ok=False)
        beside.replace(path)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
