"""Stands for GitHub's API on 127.0.0.1: the few addresses that the workflows ask."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

REPOSITORY = "team/playbook"
TOKEN = "the-token-of-the-run"  # noqa: S105 - of nothing


@dataclass
class Host:
    """What GitHub holds: comments, answers by path, and what it was asked."""

    url: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    comments: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    refuses: int = 0
    """A status to answer each request that writes with."""

    @property
    def environment(self) -> dict[str, str]:
        """What a runner tells its steps about GitHub."""
        return {"GITHUB_API_URL": self.url, "GITHUB_REPOSITORY": REPOSITORY}

    def comment(self, login: str | None, body: str) -> None:
        """Add a comment of somebody, or of an account that is gone."""
        user = None if login is None else {"login": login}
        self.comments.append({"id": 100 + len(self.comments), "user": user, "body": body})

    def answer(self, method: str, path: str, query: str, sent: Any) -> tuple[int, Any]:
        """Return the status and the body of an answer."""
        self.asked.append((method, path))
        if method != "GET" and self.refuses:
            return self.refuses, {"message": "Resource not accessible by integration"}
        if method == "POST":
            self.comment("github-actions[bot]", sent["body"])
            return 201, self.comments[-1]
        if method == "PATCH":
            found = next(c for c in self.comments if path.endswith(f"comments/{c['id']}"))
            found["body"] = sent["body"]
            return 200, found
        if path.endswith("/comments"):
            asked = {key: int(value[0]) for key, value in parse_qs(query).items()}
            start = (asked["page"] - 1) * asked["per_page"]
            return 200, self.comments[start : start + asked["per_page"]]
        if path in self.answers:
            return 200, self.answers[path]
        return 404, {"message": "Not Found"}


@contextmanager
def serving() -> Iterator[Host]:
    """Serve a host while the block runs."""
    host = Host()

    class Handler(BaseHTTPRequestHandler):
        def reply(self) -> None:
            address = urlsplit(self.path)
            path = address.path.removeprefix(f"/repos/{REPOSITORY}/")
            length = int(self.headers.get("Content-Length") or 0)
            sent = json.loads(self.rfile.read(length)) if length else None
            if self.headers["Authorization"] == f"Bearer {TOKEN}":
                status, body = host.answer(self.command, path, address.query, sent)
            else:
                status, body = 401, {"message": "Requires authentication"}
            data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        do_GET = do_POST = do_PATCH = reply  # noqa: N815 - the names that http.server calls

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    host.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield host
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
