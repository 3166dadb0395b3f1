"""Serves a built site as a web host does: compressed, with headers that let browsers keep files."""

from __future__ import annotations

import gzip
import re
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler
from pathlib import Path

_HASHED = re.compile(r"\.[0-9a-f]{8}\.min\.(js|css)$")
"""Files whose name changes with what they hold: Material's scripts and stylesheets."""

_COMPRESSED = (
    "text/",
    "application/json",
    "application/xml",
    "application/javascript",
    "image/svg",
)
_SMALL = 512
"""Bytes below which compression saves nothing."""


@cache
def _compressed(path: str, changed: int) -> bytes:
    """Return a file compressed as nginx and most hosts do by default, once for each version."""
    del changed
    return gzip.compress(Path(path).read_bytes(), compresslevel=6, mtime=0)


class CompressingHandler(SimpleHTTPRequestHandler):
    """Answers with gzip where the browser takes it, with `ETag` and `Cache-Control`, over HTTP/1.1.

    A page is asked for anew each time and answered with 304 while it is the same; hashed files
    are kept for a year, other assets for an hour. What is missing gets the site's own `404.html`.
    """

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # or each second answer waits 40 ms for an acknowledgement

    def do_GET(self) -> None:
        """Answer with the file."""
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        """Answer with the headers of the file."""
        self._answer(with_body=False)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Say nothing of each request."""

    def _answer(self, *, with_body: bool) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir() and not self.path.split("?")[0].endswith("/"):
            self._head(HTTPStatus.MOVED_PERMANENTLY, {"Location": f"{self.path}/"}, b"")
            return
        path = path / "index.html" if path.is_dir() else path
        status = HTTPStatus.OK
        if not path.is_file():
            status, path = HTTPStatus.NOT_FOUND, Path(self.directory) / "404.html"
            if not path.is_file():
                self._head(status, {"Content-Type": "text/plain"}, b"")
                return
        self._file(path, status, with_body=with_body)

    def _file(self, path: Path, status: HTTPStatus, *, with_body: bool) -> None:
        kind = self.guess_type(str(path))
        body, headers = path.read_bytes(), {"Content-Type": kind}
        if kind.startswith("text/") or "javascript" in kind:
            headers["Content-Type"] = f"{kind}; charset=utf-8"
        if kind.startswith(_COMPRESSED) and len(body) >= _SMALL:
            headers["Vary"] = "Accept-Encoding"
            if "gzip" in self.headers.get("Accept-Encoding", ""):
                body = _compressed(str(path), path.stat().st_mtime_ns)
                headers["Content-Encoding"] = "gzip"
        headers["ETag"] = f'"{sha256(body).hexdigest()[:20]}"'
        headers["Cache-Control"] = _keep(path, kind)
        if status is HTTPStatus.OK and self.headers.get("If-None-Match") == headers["ETag"]:
            self._head(HTTPStatus.NOT_MODIFIED, headers, b"")
            return
        self._head(status, headers, body)
        if with_body:
            self.wfile.write(body)

    def _head(self, status: HTTPStatus, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        if status is not HTTPStatus.NOT_MODIFIED:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()


def _keep(path: Path, kind: str) -> str:
    if kind == "text/html":
        return "no-cache"
    if _HASHED.search(path.name):
        return "public, max-age=31536000, immutable"
    return "public, max-age=3600"
