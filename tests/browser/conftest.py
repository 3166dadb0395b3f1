"""The browser of the tests beside this file: pytest-playwright's fixtures over a found Chromium."""

import os
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.browser.chromium import NoBrowserError, find_or_install

ARGUMENTS = [
    "--no-sandbox",  # root has no sandbox, and the pages are our own
    "--disable-gpu",
    "--disable-background-networking",  # a test talks to its own site and nobody else
    "--disable-quic",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any],
    playwright: Playwright,
    pytestconfig: pytest.Config,
) -> dict[str, Any]:
    """Start the Chromium or Chrome of this machine; `--browser-channel` still chooses another."""
    if "channel" in browser_type_launch_args:
        return browser_type_launch_args
    capture = pytestconfig.pluginmanager.getplugin("capturemanager")
    missing = None
    try:
        with capture.global_and_fixture_disabled():  # an installation takes a while: let it show
            path = find_or_install(os.environ, playwright.chromium.executable_path)
    except NoBrowserError as error:
        missing = str(error)
    if missing:  # not raised above, or pytest would print both exceptions
        pytest.fail(missing, pytrace=False)
    return {**browser_type_launch_args, "executable_path": path, "args": ARGUMENTS}
