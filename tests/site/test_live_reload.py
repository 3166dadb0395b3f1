"""`mkdocs serve` shows a change of any file that the site is made of, and then comes to rest."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.site.building import ENVIRONMENT
from tests.site.playbooks import CONFIG, make, record, small

PATIENCE = 40  # seconds, for a busy machine; a change is seen in about two
OVERRIDE = (
    '{% extends "playbook/base.html" %}{% block content %}<p>Template one</p>{{ body }}'
    "{% endblock %}"
)

LIST = """# Leaner forms

```playbook
from: hypothesis
where: title ~ leaner
```
"""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """A running `mkdocs serve` and what it said so far."""

    def __init__(self, root: Path, port: int, log: Path) -> None:
        self.root = root
        self._url = f"http://127.0.0.1:{port}/"
        self._log = log

    @property
    def said(self) -> str:
        return self._log.read_text("utf-8")

    @property
    def builds(self) -> int:
        # MkDocs logs no line twice, and two builds may take equally long; this one has the time.
        return len(re.findall("Reloading browsers", self.said))

    def get(self, url: str) -> str:
        """Return a page, or nothing as long as there is none."""
        try:
            with urlopen(self._url + url, timeout=PATIENCE) as answer:  # noqa: S310
                return str(answer.read().decode())
        except URLError:
            return ""

    def wait(self, true: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"{what} was not seen; the server said:\n{self.said}"
            time.sleep(0.1)

    def shows(self, url: str, text: str) -> None:
        """Wait until a page shows a text."""
        self.wait(lambda: text in self.get(url), f"{text!r} on {url}")

    def change(self, path: str, old: str, new: str) -> None:
        file = self.root / path
        text = file.read_text("utf-8")
        assert old in text
        file.write_text(text.replace(old, new), "utf-8")

    def comes_to_rest(self) -> int:
        """Wait until two looks at the files have gone by without a build; return the builds."""
        builds, since = self.builds, time.monotonic()
        end = since + PATIENCE
        while time.monotonic() - since < 1.5:  # it looks every half second
            assert time.monotonic() < end, f"it builds without end:\n{self.said}"
            if self.builds != builds:
                builds, since = self.builds, time.monotonic()
            time.sleep(0.1)
        return builds


@contextmanager
def serving(root: Path) -> Iterator[Server]:
    port, log = free_port(), root.parent / "served.log"
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", f"127.0.0.1:{port}"],
            cwd=root,
            env={**ENVIRONMENT, "PYTHONUNBUFFERED": "1", "TMPDIR": str(root.parent)},
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=said,
        )
        try:
            server = Server(root, port, log)
            server.wait(
                lambda: "Serving on" in server.said or process.poll() is not None, "a start"
            )
            assert process.poll() is None, server.said
            yield server
        finally:
            process.terminate()
            process.wait(timeout=PATIENCE)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    root = tmp_path_factory.mktemp("served") / "root"
    theme = {**CONFIG["theme"], "custom_dir": "overrides"}
    files = {
        **small(),
        "overrides/playbook/metric.html": OVERRIDE,
        "content/lists.md": LIST,
    }
    make(root, files, theme=theme)
    with serving(root) as running:
        running.shows("", "</html>")
        yield running


RECORD = "hypotheses/fewer-questions/"


def test_a_changed_record_is_shown_wherever_it_stands(server: Server) -> None:
    server.change("hypotheses/fewer-questions.md", "A form with fewer", "A leaner form with fewer")

    server.shows(RECORD, "A leaner form with fewer questions")
    assert "A leaner form with fewer questions" in server.get("hypotheses/")
    assert "A leaner form with fewer questions" in server.get("api/playbook.json")
    server.shows(
        "lists/", 'href="../hypotheses/fewer-questions/">A leaner form with fewer questions'
    )


def test_a_changed_record_of_the_handbook_s_folder_is_shown(server: Server) -> None:
    server.change("content/outcomes/faster-claims.md", "within a week", "within two days")

    server.shows("outcomes/faster-claims/", "within two days")


def test_a_changed_handbook_page_is_shown(server: Server) -> None:
    server.change("content/handbook/index.md", "How we work.", "How we work now.")

    server.shows("handbook/", "How we work now.")


def test_a_changed_template_is_shown(server: Server) -> None:
    server.shows("metrics/days-to-settle/", "Template one")
    server.change("overrides/playbook/metric.html", "Template one", "Template two")

    server.shows("metrics/days-to-settle/", "Template two")


def test_a_new_record_gets_a_page_and_a_broken_one_its_card(server: Server) -> None:
    new = server.root / "hypotheses/new/one.md"
    new.parent.mkdir()
    new.write_text(record("hypothesis", "One more", "draft"), "utf-8")
    server.shows("hypotheses/one/", "One more")

    new.write_text("---\nkind: hypothesis\ntitle: [One more\n---\n", "utf-8")
    server.shows("hypotheses/one/", "PB007")
    assert "fewer questions" in server.get(RECORD)

    new.write_text(record("hypothesis", "One more, mended", "draft"), "utf-8")
    server.shows("hypotheses/one/", "One more, mended")

    new.unlink()
    server.wait(lambda: not server.get("hypotheses/one/").count("One more"), "the page gone")


def test_it_builds_for_a_change_and_then_rests(server: Server) -> None:
    before = server.comes_to_rest()
    server.change("hypotheses/forms/six-questions.md", "in two offices", "in three offices")
    server.shows("experiments/six-questions/", "in three offices")
    # A page is served as soon as it is written, before its build is done.
    server.wait(lambda: server.builds > before, "the end of a build")

    # A file may be seen half written and once more when it is whole.
    assert 1 <= server.comes_to_rest() - before <= 2
    assert "Traceback" not in server.said
