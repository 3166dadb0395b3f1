"""Where the repository is hosted, and the addresses of its pages that begin or edit a file.

All of it is read from what ``mkdocs.yml`` says for its own edit links. Each host has its own way:

- GitHub fills in name and text: ``new/<branch>?filename=…&value=…``. The whole path goes into
  ``filename``: of a folder in the address GitHub drops the last part.
- Gitea, and Forgejo with it, does the same (``_new/<branch>/<folder>?filename=…&value=…``).
- GitLab fills in the name (``-/new/<branch>/<folder>?file_name=…``) and leaves the text empty.
- Of any other nothing is promised: there the text is to be copied.
"""

import posixpath
import re
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

LONGEST = 8000
"""Characters of an address: servers stop reading a little above that."""


class Host(StrEnum):
    """The kinds of host that have a page for a new file at an address we know."""

    GITHUB = "github"
    GITLAB = "gitlab"
    GITEA = "gitea"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Hosting:
    """A repository on its host.

    ``name`` is what people call the host, empty where nobody knows. ``repository`` is its address
    without a slash at the end, ``branch`` the branch that files are edited on, ``folder`` that of
    ``mkdocs.yml`` in the repository. Without a known kind of host, the three are empty.
    """

    kind: Host = Host.OTHER
    name: str = ""
    repository: str = ""
    branch: str = ""
    folder: str = ""

    @property
    def fills_in(self) -> bool:
        """Whether the host's page for a new file begins with a given text."""
        return self.kind in (Host.GITHUB, Host.GITEA)

    def in_repository(self, path: str) -> str:
        """Return the path in the repository of a file of the playbook."""
        return posixpath.normpath(posixpath.join(self.folder, path))

    def new_file(self, path: str, text: str) -> str | None:
        """Return the address of the host's page for a new file, ``None`` where there is none.

        ``path`` is relative to ``mkdocs.yml``. The page has ``text`` in it where the host
        ``fills_in``: without its comments if the address would be too long with them, and not at
        all if it still would be.
        """
        folder, name = posixpath.split(self.in_repository(path))
        below = f"/{quote(folder)}" if folder else ""
        match self.kind:
            case Host.GITHUB:
                page = f"{self._page('new')}?filename={_quoted(posixpath.join(folder, name))}"
            case Host.GITEA:
                page = f"{self._page('_new')}{below}?filename={_quoted(name)}"
            case Host.GITLAB:
                return f"{self._page('-/new')}{below}?file_name={_quoted(name)}"
            case Host.OTHER:
                return None
        for shorter in (text, without_comments(text)):
            address = f"{page}&value={_quoted(shorter)}"
            if len(address) <= LONGEST:
                return address
        return page

    def edit(self, path: str) -> str | None:
        """Return the address of the host's page that edits a file, ``None`` where there is none."""
        ways = {Host.GITHUB: "edit", Host.GITLAB: "-/edit", Host.GITEA: "_edit"}
        way = ways.get(self.kind)
        return f"{self._page(way)}/{quote(self.in_repository(path))}" if way else None

    def _page(self, way: str) -> str:
        return f"{self.repository}/{way}/{_quoted(self.branch)}"


NOWHERE = Hosting()
"""A playbook of which nobody knows where it is hosted."""


def hosting(
    repo_url: str | None,
    edit_uri: str | None,
    docs_dir: str,
    host: str | None = None,
) -> Hosting:
    """Return where a playbook is hosted.

    ``repo_url`` and ``edit_uri`` (or ``edit_uri_template``) are those of ``mkdocs.yml``, as is
    ``docs_dir``, relative to its folder. ``host`` says which kind it is, where the address does
    not. A slash in the name of a branch is written ``%2F``, or it would begin a folder.
    """
    edited = _edited(repo_url, edit_uri)
    if edited is None:
        return NOWHERE
    parts = _take_apart(edited, repo_url or "")
    kind = Host(host) if host else _kind(edited.hostname or "", parts["way"] if parts else "")
    name = _NAMES.get(edited.hostname or "", _OF_KIND[kind])
    docs = posixpath.normpath(docs_dir)
    if kind is Host.OTHER or parts is None or docs.startswith(".."):
        return Hosting(name=name)
    up = [".."] * (0 if docs == "." else docs.count("/") + 1)
    folder = posixpath.normpath(posixpath.join(unquote(parts["path"]).strip("/"), *up))
    return Hosting(
        kind,
        name,
        f"{edited.scheme}://{edited.netloc}{parts['repository'].removesuffix('.git')}",
        unquote(parts["branch"]),
        folder if set(folder) - set("./") else "",
    )


def _edited(repo_url: str | None, edit_uri: str | None) -> SplitResult | None:
    """Return the address under which the pages are edited, as MkDocs joins it, if it is a web's."""
    base = f"{repo_url.rstrip('/')}/" if repo_url else ""
    try:
        edited = urlsplit(urljoin(base, (edit_uri or "").partition("{")[0]))
    except ValueError:
        return None
    return edited if edited.scheme in ("http", "https") and edited.hostname else None


def _take_apart(edited: SplitResult, repo_url: str) -> re.Match[str] | None:
    """Return the ``repository``, ``way``, ``branch`` and ``path`` of the address of an edit."""
    repository = urlsplit(repo_url).path.rstrip("/")
    if repository and edited.path.startswith(f"{repository}/"):
        named = re.escape(repository)
    else:
        named = r"/[^/]+/[^/]+?(?:/[^/]+)*?"  # pages that are kept beside the project they are of
    return re.fullmatch(
        rf"(?P<repository>{named})/(?P<way>_edit|(?:-/)?(?:edit|blob|tree)|src(?:/branch)?)"
        r"/(?P<branch>[^/]+)(?P<path>(?:/.*)?)",
        edited.path,
    )


def _kind(name: str, way: str) -> Host:
    """Return what kind of host this is, by its name or by the way that only one of them has."""
    first, _, rest = name.partition(".")
    if first == "github" or rest == "ghe.com":
        return Host.GITHUB
    if first == "gitlab" or way.startswith("-/"):
        return Host.GITLAB
    if first in ("gitea", "forgejo", "codeberg") or way in ("_edit", "src/branch"):
        return Host.GITEA
    return Host.OTHER


_NAMES = {"bitbucket.org": "Bitbucket", "codeberg.org": "Codeberg"}
_OF_KIND = {Host.GITHUB: "GitHub", Host.GITLAB: "GitLab", Host.GITEA: "Gitea", Host.OTHER: ""}


def without_comments(text: str) -> str:
    """Return a record's text without the lines and ends of lines that are comments."""
    front, mark, body = text.removeprefix("---\n").partition("\n---\n")
    lines = (_COMMENT.sub(r"\1", line) for line in front.split("\n") if not line.startswith("#"))
    body = _COMMENT_IN_BODY.sub("", body)
    return "".join(("---\n", "\n".join(lines), mark, body))


_COMMENT = re.compile(r"^(\s*[\w-]+:)\s+#.*$")
"""Behind a field without a value: elsewhere the sign may be part of one."""
_COMMENT_IN_BODY = re.compile(r"<!--.*?-->\n?", re.DOTALL)


def _quoted(text: str) -> str:
    return quote(text, safe="")
