"""Finds a Chromium or Chrome for the browser tests, and installs Debian's where it can."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_APPLICATIONS = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
INSTALL = (
    ("apt-get", "update", "--quiet"),
    ("apt-get", "install", "--quiet", "--yes", "--no-install-recommends", "chromium"),
)
HOW_TO_GET_IT = """\
The browser tests need Chromium or Chrome, and none was found. To get one:
  Debian:  sudo apt-get install chromium
  macOS:   brew install --cask google-chrome
  others:  .venv/bin/playwright install chromium
or name one that you have: CHROMIUM=/path/to/chrome make test"""


class NoBrowserError(Exception):
    """No browser to test with; the message says how to get one."""


def find(environment: Mapping[str, str], playwrights_own: str = "") -> str | None:
    """Return the path of a browser that is on this machine, or None.

    CHROMIUM in the environment goes before PATH, PATH before the usual places, and the one that
    `playwright install` downloads comes last.

    Raises:
        NoBrowserError: CHROMIUM names no program. We do not quietly take another one.
    """
    if named := environment.get("CHROMIUM"):
        if path := shutil.which(named, path=environment.get("PATH")):
            return path
        message = f"CHROMIUM is {named!r}, and there is no program of that name."
        raise NoBrowserError(message)
    for candidate in (*NAMES, *MAC_APPLICATIONS, playwrights_own):
        if candidate and (path := shutil.which(candidate, path=environment.get("PATH"))):
            return path
    return None


def can_install(environment: Mapping[str, str]) -> bool:
    """Tell whether this is root on a Debian-like system, so that apt-get can install it."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0
    has_apt = shutil.which("apt-get", path=environment.get("PATH")) is not None
    return is_root and has_apt and Path("/etc/debian_version").exists()


def install(environment: Mapping[str, str]) -> None:
    """Install Debian's Chromium, with apt-get's own words on standard error.

    Raises:
        NoBrowserError: apt-get could not.
    """
    for step in INSTALL:
        done = subprocess.run(
            step,
            env={**environment, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            check=False,
        )
        if done.returncode:
            message = f"`{' '.join(step)}` failed.\n{HOW_TO_GET_IT}"
            raise NoBrowserError(message)


def find_or_install(environment: Mapping[str, str], playwrights_own: str = "") -> str:
    """Return the path of a browser, installing one where that is possible.

    Raises:
        NoBrowserError: there is none and none could be installed.
    """
    path = find(environment, playwrights_own)
    if path is None and can_install(environment):
        install(environment)
        path = find(environment, playwrights_own)
    if path is None:
        raise NoBrowserError(HOW_TO_GET_IT)
    return path
