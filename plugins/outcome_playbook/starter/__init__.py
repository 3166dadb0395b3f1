"""What a new playbook begins with: the site, its folders, and the CI that publishes it."""

import json
import re
from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from jinja2 import Environment, StrictUndefined

from outcome_playbook.hosting import Host, hosting

_HIDDEN = ("gitignore", "gitattributes", "github", "gitlab-ci.yml")
"""What begins with a dot in a playbook. In the package it does not, so that no tool takes it for
its own."""
_EDIT_URIS = {Host.GITLAB: "-/edit/main/content/", Host.GITEA: "_edit/main/content/"}


class StarterError(ValueError):
    """A playbook cannot begin so; the text says why."""


def new_playbook(name: str, repo_url: str, requirement: str, *, version: str) -> dict[str, str]:
    """Return the files of a new playbook by path.

    ``repo_url`` is empty when nobody knows it yet; then the CI files of every host are there.
    ``requirement`` is the line by which pip finds the package, empty when it lies on this machine
    only: then the line is a guess from ``version``, and says so. Raises ``StarterError``.
    """
    kind = _host(repo_url)
    on_github, on_gitlab = kind in (None, Host.GITHUB), kind in (None, Host.GITLAB)
    values = {
        "name": _checked_name(name),
        "repo_url": repo_url,
        "edit_uri": _EDIT_URIS.get(kind or Host.OTHER, "edit/main/content/"),
        "requirement": requirement or f"outcome-playbook=={version}",
        "is_published": bool(requirement),
        "version": version,
        "on_github": on_github,
        "on_gitlab": on_gitlab,
    }
    environment = _environment()
    here = resources.files("outcome_playbook.starter")
    found = {
        _with_dot(path): environment.from_string(text).render(values)
        for path, text in _texts(here / "files")
    }
    for path, text in _texts(here / "hosts"):  # as they are: they have braces of their own
        if on_github if path.startswith("github/") else on_gitlab:
            found[_with_dot(path)] = text
    return dict(sorted(found.items()))


def _host(repo_url: str) -> Host | None:
    """Return the kind of host of an address, ``None`` without an address."""
    if not repo_url:
        return None
    parts = urlsplit(repo_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or _UNSAFE.search(repo_url):
        raise StarterError(
            f"`{repo_url}` is no address of a repository; write it as in a browser, such as "
            "https://github.com/your-team/your-playbook"
        )
    return hosting(repo_url, "edit/main/content/", "content", None).kind


_UNSAFE = re.compile(r"[\s\x00-\x1f\x7f<>\"]")


def _checked_name(name: str) -> str:
    cleaned = " ".join(name.split())
    if not cleaned or not cleaned.isprintable():
        raise StarterError("a playbook needs a name that can be read, such as `Our playbook`")
    return cleaned


def _environment() -> Environment:
    environment = Environment(  # noqa: S701 - YAML and Markdown, each with a filter of its own
        undefined=StrictUndefined, keep_trailing_newline=True, trim_blocks=True, lstrip_blocks=True
    )
    # A JSON string is one of YAML too.
    environment.filters["in_yaml"] = lambda text: json.dumps(text, ensure_ascii=False)
    environment.filters["in_markdown"] = lambda text: re.sub(r"([\\`*_\[\]<>#&])", r"\\\1", text)
    return environment


def _texts(folder: Traversable, within: str = "") -> Iterator[tuple[str, str]]:
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        path = f"{within}{entry.name}"
        if entry.is_dir():
            yield from _texts(entry, f"{path}/")
        else:
            yield path, entry.read_text(encoding="utf-8")


def _with_dot(path: str) -> str:
    return f".{path}" if PurePosixPath(path).parts[0] in _HIDDEN else path
