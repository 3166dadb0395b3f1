"""The server that Lighthouse reads the site from: as a web host answers."""

import gzip
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from benchmarks.compressed import CompressingHandler
from tests.browser.serving import served

PAGE = b"<!doctype html><title>Long</title>" + b"<p>Once more.</p>" * 100


@pytest.fixture
def host(tmp_path: Path) -> Iterator[HTTPConnection]:
    files = {
        "index.html": PAGE,
        "404.html": b"<title>Nothing here</title>",
        "about/index.html": b"<title>Short</title>",
        "assets/main.57a0d79d.min.css": b"p { color: red }" * 100,
        "assets/own.css": b"p { color: blue }",
        "picture.png": b"\x89PNG" * 1000,
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    with served(tmp_path, CompressingHandler) as address:
        connection = HTTPConnection(urlsplit(address).netloc, timeout=10)
        yield connection
        connection.close()


def ask(host: HTTPConnection, path: str, **headers: str) -> tuple[HTTPResponse, bytes]:
    """Return an answer and its body; a browser's headers, with ``_`` for ``-``."""
    host.request("GET", path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = host.getresponse()
    return answer, answer.read()


def test_a_page_is_compressed_for_who_takes_it(host: HTTPConnection) -> None:
    answer, body = ask(host, "/", Accept_Encoding="gzip, br")
    assert answer.status == 200
    assert answer.headers["Content-Encoding"] == "gzip"
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert gzip.decompress(body) == PAGE
    assert len(body) == int(answer.headers["Content-Length"]) < len(PAGE) / 5

    answer, body = ask(host, "/")
    assert answer.headers["Content-Encoding"] is None
    assert body == PAGE


def test_pictures_and_small_files_are_sent_as_they_are(host: HTTPConnection) -> None:
    for path in ("/picture.png", "/about/"):
        answer, _ = ask(host, path, Accept_Encoding="gzip")
        assert answer.headers["Content-Encoding"] is None


def test_what_is_the_same_is_not_sent_again(host: HTTPConnection) -> None:
    answer, _ = ask(host, "/", Accept_Encoding="gzip")
    assert answer.headers["Cache-Control"] == "no-cache"
    again, body = ask(host, "/", Accept_Encoding="gzip", If_None_Match=answer.headers["ETag"])
    assert (again.status, body) == (304, b"")


def test_files_with_a_hash_in_their_name_are_kept(host: HTTPConnection) -> None:
    answer, _ = ask(host, "/assets/main.57a0d79d.min.css")
    assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    answer, _ = ask(host, "/assets/own.css")
    assert answer.headers["Cache-Control"] == "public, max-age=3600"


def test_a_folder_leads_to_its_page_and_nothing_to_the_404(host: HTTPConnection) -> None:
    answer, _ = ask(host, "/about")
    assert (answer.status, answer.headers["Location"]) == (301, "/about/")
    answer, body = ask(host, "/nowhere/")
    assert (answer.status, body) == (404, b"<title>Nothing here</title>")
    answer, _ = ask(host, "/../../../etc/passwd")
    assert answer.status == 404
