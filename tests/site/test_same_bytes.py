"""The same files and the same SOURCE_DATE_EPOCH give the same bytes, wherever and however built."""

import hashlib
import os
import shutil
from pathlib import Path

from tests.site.building import REPOSITORY, run, seconds
from tests.site.demo import DAY

SHUFFLED = '''
"""Python runs this before anything else: folders are listed in another order at every call."""
import os, random

_random = random.Random(os.environ["SHUFFLE"])
_listdir, _scandir = os.listdir, os.scandir


def listdir(path="."):
    names = _listdir(path)
    _random.shuffle(names)
    return names


class scandir:
    def __init__(self, path="."):
        with _scandir(path) as entries:
            found = list(entries)
        _random.shuffle(found)
        self._entries = iter(found)

    def __iter__(self):
        return self

    def __next__(self):
        return next(self._entries)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self._entries = iter(())


os.listdir, os.scandir = listdir, scandir
'''
MACHINES: tuple[dict[str, str], ...] = (
    {"PYTHONHASHSEED": "1", "TZ": "AAA-14", "LC_ALL": "C", "SHUFFLE": "one", "COLUMNS": "80"},
    {"PYTHONHASHSEED": "2", "TZ": "BBB+12", "LC_ALL": "C.UTF-8", "SHUFFLE": "two", "LANG": "tr_TR"},
)


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def copy(to: Path, *, backwards: bool) -> None:
    """Copy the repository's playbook, file by file and in one order or the other."""
    parts = ("mkdocs.yml", "content", "hypotheses", "overrides")
    files = [
        path
        for part in parts
        for path in (
            [REPOSITORY / part] if part.endswith(".yml") else (REPOSITORY / part).rglob("*")
        )
        if path.is_file() and "__pycache__" not in path.parts
    ]
    for path in sorted(files, reverse=backwards):
        target = to / path.relative_to(REPOSITORY)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def test_two_machines_build_the_same_bytes(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(SHUFFLED, "utf-8")
    sites = []
    for number, machine in enumerate(MACHINES):
        root = tmp_path / ("here" if number else "somewhere else")
        copy(root, backwards=bool(number))
        environment = {
            **machine,
            "PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")]),
            "SOURCE_DATE_EPOCH": seconds(DAY),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        done = run("mkdocs", "build", "--strict", folder=root, environment=environment)
        assert done.returncode == 0, done.stderr
        sites.append(digests(root / "site"))

    one, other = sites
    assert len(one) > 200
    assert {path for path in one.keys() | other.keys() if one.get(path) != other.get(path)} == set()
