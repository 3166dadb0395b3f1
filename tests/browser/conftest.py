"""The browser of the tests beside this file: pytest-playwright's fixtures over a found Chromium."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Playwright

from tests.browser.chromium import NoBrowserError, find_or_install
from tests.browser.serving import served
from tests.site.building import Built
from tests.site.demo import demo_in

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


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """Return the repository's own site, built once for all tests that read it."""
    return demo_in(tmp_path_factory.getbasetemp(), "as it is")


@pytest.fixture(scope="session")
def address(demo: Built) -> Iterator[str]:
    """Return where the repository's own site is served."""
    with served(demo.folder) as url:
        yield url
