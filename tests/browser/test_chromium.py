"""The browser that the other tests here rely on: found, installed or asked for."""

import subprocess
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser import chromium

PAGE = "<!doctype html><title>Before</title><script>document.title = 'After'</script><h1>Read</h1>"


def program(path: Path) -> str:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget the browsers that lie outside PATH."""
    monkeypatch.setattr(chromium, "MAC_APPLICATIONS", ())


def test_it_shows_a_page_and_runs_its_script(page: Page) -> None:
    page.set_content(PAGE)
    assert page.title() == "After"
    assert page.get_by_role("heading", name="Read").is_visible()


def test_the_one_named_goes_first(tmp_path: Path) -> None:
    program(tmp_path / "path" / "chromium")
    named = program(tmp_path / "mine" / "chrome")
    environment = {"CHROMIUM": named, "PATH": str(tmp_path / "path")}
    assert chromium.find(environment) == named


def test_a_wrong_name_is_not_passed_over(tmp_path: Path) -> None:
    program(tmp_path / "chromium")
    environment = {"CHROMIUM": "/no/such/chrome", "PATH": str(tmp_path)}
    with pytest.raises(chromium.NoBrowserError, match="CHROMIUM is '/no/such/chrome'"):
        chromium.find(environment)


@pytest.mark.parametrize("name", chromium.NAMES)
def test_the_usual_names_are_found(name: str, tmp_path: Path) -> None:
    path = program(tmp_path / name)
    assert chromium.find({"PATH": str(tmp_path)}, "/no/such/browser") == path


@pytest.mark.usefixtures("bare")
def test_playwrights_own_comes_last(tmp_path: Path) -> None:
    own = program(tmp_path / "own" / "headless")
    environment = {"PATH": str(tmp_path)}
    assert chromium.find(environment, own) == own
    path = program(tmp_path / "chromium")
    assert chromium.find(environment, own) == path


@pytest.mark.usefixtures("bare")
def test_without_one_it_says_how_to_get_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(chromium, "can_install", lambda _environment: False)
    with pytest.raises(chromium.NoBrowserError) as caught:
        chromium.find_or_install({"PATH": str(tmp_path)}, "/no/such/browser")
    assert "sudo apt-get install chromium" in str(caught.value)
    assert "brew install" in str(caught.value)


@pytest.mark.usefixtures("bare")
def test_where_it_can_be_installed_it_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[tuple[str, ...]] = []

    def run(step: tuple[str, ...], **_options: object) -> subprocess.CompletedProcess[bytes]:
        steps.append(step)
        if "install" in step:
            program(tmp_path / "chromium")
        return subprocess.CompletedProcess(step, 0)

    monkeypatch.setattr(chromium, "can_install", lambda _environment: True)
    monkeypatch.setattr(subprocess, "run", run)
    path = chromium.find_or_install({"PATH": str(tmp_path)})
    assert path == str(tmp_path / "chromium")
    assert [step[1] for step in steps] == ["update", "install"]


@pytest.mark.usefixtures("bare")
def test_an_installation_that_fails_says_which_step(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def run(step: tuple[str, ...], **_options: object) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(step, 100)

    monkeypatch.setattr(chromium, "can_install", lambda _environment: True)
    monkeypatch.setattr(subprocess, "run", run)
    with pytest.raises(chromium.NoBrowserError, match="`apt-get update --quiet` failed"):
        chromium.find_or_install({"PATH": str(tmp_path)})


def test_only_root_on_debian_installs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(tmp_path / "apt-get")
    monkeypatch.setattr("os.geteuid", lambda: 1000)
    assert not chromium.can_install({"PATH": str(tmp_path)})
    monkeypatch.setattr("os.geteuid", lambda: 0)
    assert not chromium.can_install({"PATH": str(tmp_path / "nothing")})
