"""`playbook serve`: which port it takes, what it says, what it starts."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Never

import click
import pytest
from click.testing import CliRunner, Result

from outcome_playbook.cli import serve

HOST = "127.0.0.1"
# Started in the background, a test runner may hand down that Ctrl+C is ignored: listen again.
RUN_SERVE = """
import signal
signal.signal(signal.SIGINT, signal.SIG_DFL)
from outcome_playbook.cli.serve import command
command()
"""


@pytest.fixture
def taken() -> Iterator[int]:
    """Yield a port that somebody listens on."""
    with socket.create_server((HOST, 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def free(taken: int) -> int:
    """Return a port that nobody listens on."""
    return next(port for port in range(taken + 1, 65536) if serve.why_not(HOST, port) is None)


class Started(Exception):  # noqa: N818 (it is no error)
    """Stands where another program would have taken this one's place."""


@pytest.fixture(autouse=True)
def playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a playbook's folder, and return its configuration file."""
    config = tmp_path / "mkdocs.yml"
    config.write_text("site_name: Small\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return config


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> Result:
    def start(path: str, argv: list[str], environment: dict[str, str]) -> Never:
        raise Started(path, argv, environment)

    monkeypatch.setattr(os, "execve", start)
    return CliRunner().invoke(serve.command, arguments)


def test_a_free_port_has_nothing_against_it(free: int) -> None:
    assert serve.why_not(HOST, free) is None


def test_a_port_in_use_is_taken(taken: int) -> None:
    assert serve.why_not(HOST, taken) == "is taken by another program"


def test_a_port_that_a_server_just_left_is_free() -> None:
    with socket.create_server((HOST, 0)) as server:
        port = server.getsockname()[1]
        with socket.create_connection((HOST, port)):
            connection, _ = server.accept()
            connection.close()  # this side closes first: the system keeps the port for a while
    assert serve.why_not(HOST, port) is None


def test_the_first_port_is_taken_in_silence(
    free: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "FIRST_PORT", free)
    assert serve.choose_port(HOST, None) == free
    assert capsys.readouterr().out == ""


def test_the_next_free_port_is_taken_and_said(
    taken: int, free: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(serve, "FIRST_PORT", taken)
    assert serve.choose_port(HOST, None) == free
    said = capsys.readouterr().out
    assert said == f"Port {taken} is taken by another program; taking {free} instead.\n"


def test_when_every_port_is_taken_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(serve, "why_not", lambda _host, _port: "is taken by another program")
    with pytest.raises(click.UsageError, match=r"ports 8000 to 8099 of .* are all taken"):
        serve.choose_port(HOST, None)


def test_a_port_asked_for_and_taken_is_refused(taken: int, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, "--port", str(taken))
    assert result.exit_code == 2
    assert result.stderr.endswith(
        f"Error: port {taken} of 127.0.0.1 is taken by another program; "
        "without --port, a free one is taken\n"
    )
    assert "Serving" not in result.output


def test_an_address_of_another_machine_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    # 192.0.2.0/24 is kept free for documentation: no machine has it.
    result = run(monkeypatch, "--host", "192.0.2.1")
    assert result.exit_code == 2
    assert "nothing can be served on 192.0.2.1: " in result.stderr


@pytest.mark.parametrize("host", ["", "example", "127.0.0.1:8000", "1.2.3"])
def test_what_is_no_address_is_refused(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(monkeypatch, "--host", host)
    assert result.exit_code == 2
    assert f"{host!r} is neither an IP address nor localhost" in result.stderr


@pytest.mark.parametrize("port", ["0", "65536", "-1", "http"])
def test_what_is_no_port_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--port", port).exit_code == 2


def test_mkdocs_takes_over_on_the_port_said(
    free: int, playbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = playbook.parent / "content"
    below.mkdir()
    monkeypatch.chdir(below)  # the nearest configuration file above counts
    monkeypatch.delenv("NO_MKDOCS_2_WARNING", raising=False)
    result = run(monkeypatch, "--port", str(free))
    assert isinstance(result.exception, Started)
    path, argv, environment = result.exception.args
    assert path == sys.executable
    served = ["--config-file", str(playbook), "--dev-addr", f"127.0.0.1:{free}"]
    assert argv == [path, "-m", "mkdocs", "serve", *served]
    assert environment["NO_MKDOCS_2_WARNING"] == "1"
    assert environment["PATH"] == os.environ["PATH"]
    url = f"http://127.0.0.1:{free}/"
    assert result.output == f"Serving the playbook on {url} (stop with Ctrl+C)\n"


def test_outside_a_playbook_it_says_so(playbook: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    playbook.unlink()
    result = run(monkeypatch)
    assert result.exit_code == 2
    assert result.stderr.startswith("playbook serve could not run: no mkdocs.yml in ")
    assert result.stdout == ""


@pytest.mark.parametrize(
    ("host", "joined", "shown"),
    [
        ("127.0.0.1", "127.0.0.1:80", "127.0.0.1"),
        ("localhost", "localhost:80", "localhost"),
        ("0.0.0.0", "0.0.0.0:80", "127.0.0.1"),  # noqa: S104
        ("::1", "[::1]:80", "::1"),
        ("::", "[::]:80", "::1"),
    ],
)
def test_addresses(host: str, joined: str, shown: str) -> None:
    assert serve.address(host, 80) == joined
    assert serve.visitable(host) == shown


def test_it_starts_without_mkdocs() -> None:
    code = "import sys, outcome_playbook.cli.serve; print('mkdocs' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"


def read(url: str, server: subprocess.Popen[bytes], log: Path) -> str:
    """Return the page at `url`, waiting up to 30 seconds for `server` to be there."""
    for _ in range(300):
        try:
            with urllib.request.urlopen(url) as answer:  # noqa: S310 (an address of our own)
                return str(answer.read(), "utf-8")
        except urllib.error.HTTPError:
            raise
        except urllib.error.URLError:
            if server.poll() is not None:
                break
            time.sleep(0.1)
    pytest.fail(f"nothing answers at {url}\n{log.read_text(encoding='utf-8')}")


@pytest.mark.parametrize("sub_path", ["", "handbook/"])
def test_a_site_is_served_and_reloaded(
    sub_path: str, free: int, playbook: Path, tmp_path: Path
) -> None:
    site_url = f"https://example.org/{sub_path}"
    config = f"site_name: Small\nsite_url: {site_url}\ntheme: {{name: material, font: false}}\n"
    playbook.write_text(config, encoding="utf-8")
    page = tmp_path / "docs" / "index.md"
    page.parent.mkdir()
    page.write_text("The first words.\n", encoding="utf-8")
    log = tmp_path / "log.txt"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-c", RUN_SERVE, "--port", str(free)],
            cwd=tmp_path,
            stdout=output,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            url = f"http://127.0.0.1:{free}/"
            html = read(url, server, log)  # under a sub-path, the root leads there
            assert "The first words." in html
            epoch = re.search(r"livereload\((\d+), ", html)
            assert epoch, "the page does not ask to be reloaded"
            page.write_text("Other words.\n", encoding="utf-8")
            # Answers when there is something new, as the script in the page would see it.
            reloaded = read(f"{url}livereload/{epoch[1]}/0", server, log)
            assert int(reloaded) > int(epoch[1])
            assert "Other words." in read(url, server, log)
        finally:
            server.send_signal(signal.SIGINT)
            try:
                code = server.wait(timeout=30)
            finally:
                server.kill()
    said = log.read_text(encoding="utf-8")
    assert code == 0, said
    assert said.startswith(f"Serving the playbook on {url} (stop with Ctrl+C)\n")
    assert f"Serving on {url}{sub_path}\n" in said
    assert "Zensical" not in said
