"""Builds a site in this process, or with a command of its own, and keeps what was logged."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from mkdocs.commands.build import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort
from mkdocs.theme import Theme

from tests.site.html import Page, parse

REPOSITORY = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"}


@dataclass
class Built:
    """A built site: where it is, what was logged, and why it was given up, if it was."""

    folder: Path
    logged: list[logging.LogRecord] = field(default_factory=list)
    gave_up: str | None = None
    _pages: dict[str, Page] = field(default_factory=dict, repr=False)

    @property
    def warnings(self) -> list[str]:
        """Return the messages that ``--strict`` counts, without the plugin's name before them."""
        return [
            record.getMessage().removeprefix("playbook: ")
            for record in self.logged
            if record.levelno >= logging.WARNING
        ]

    @property
    def files(self) -> set[str]:
        """Return the paths of all files of the site."""
        return {
            path.relative_to(self.folder).as_posix()
            for path in self.folder.rglob("*")
            if path.is_file()
        }

    def text(self, path: str) -> str:
        """Return a file of the site."""
        return (self.folder / path).read_text(encoding="utf-8")

    def page(self, url: str) -> Page:
        """Return the page at an address relative to the site's root."""
        path = unquote(f"{url}index.html" if url.endswith("/") or not url else url)
        if path not in self._pages:
            self._pages[path] = parse(self.text(path))
        return self._pages[path]

    @cached_property
    def html_files(self) -> list[str]:
        """Return the paths of all pages, sorted."""
        return sorted(path for path in self.files if path.endswith(".html"))

    @cached_property
    def data(self) -> dict[str, Any]:
        """Return ``api/playbook.json``."""
        loaded: dict[str, Any] = json.loads(self.text("api/playbook.json"))
        return loaded


class _Keep(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


def seconds(day: str) -> str:
    """Return a moment of a day, shortly before midnight, as ``SOURCE_DATE_EPOCH`` tells it."""
    return str(int(datetime.fromisoformat(f"{day}T23:30:00+00:00").timestamp()))


class _Compiled(BytecodeCache):
    """Keeps the theme's compiled templates from build to build: half of a small build's time."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


_COMPILED = _Compiled()


def _keeping_compiled(get_env: Callable[[Theme], Environment]) -> Callable[[Theme], Environment]:
    def with_cache(theme: Theme) -> Environment:
        environment = get_env(theme)
        environment.bytecode_cache = _COMPILED
        return environment

    return with_cache


def build(
    config_file: Path,
    site: Path,
    *,
    strict: bool = False,
    day: str | None = None,
    dirty: bool = False,
    **options: Any,
) -> Built:
    """Build a site as ``mkdocs build`` does, in this process. ``day`` is its SOURCE_DATE_EPOCH.

    A ``dirty`` build leaves what is in the site's folder.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NO_MKDOCS_2_WARNING", "1")
        patch.setattr(Theme, "get_env", _keeping_compiled(Theme.get_env))
        if day is not None:
            patch.setenv("SOURCE_DATE_EPOCH", seconds(day))
        return _build(config_file, site, strict=strict, dirty=dirty, **options)


def _build(config_file: Path, site: Path, *, strict: bool, dirty: bool, **options: Any) -> Built:
    keep = _Keep()
    logger = logging.getLogger("mkdocs")
    level = logger.level
    logger.addHandler(keep)
    logger.setLevel(logging.INFO)
    built = Built(site, keep.records)
    try:
        config = load_config(str(config_file), site_dir=str(site), strict=strict, **options)
        config.plugins.on_startup(command="build", dirty=dirty)
        mkdocs_build(config, dirty=dirty)
        config.plugins.on_shutdown()
    except Abort as abort:
        built.gave_up = abort.format_message()
    finally:
        logger.removeHandler(keep)
        logger.setLevel(level)
    return built


def run(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a Python module, such as ``mkdocs build``, in a folder; both its outputs are kept."""
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=folder,
        env={**ENVIRONMENT, **(environment or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
