"""Facts from git, asked of its program. No branch, no commit and no file changes by them."""

import os
import subprocess
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

_DEFAULT_BRANCHES = ("origin/HEAD", "origin/main", "origin/master", "main", "master")
_COMMIT = "commit:"  # no path begins so where one is expected
_HOOK_VARIABLES = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX")
_PATHSPEC_VARIABLES = ("GIT_GLOB_PATHSPECS", "GIT_NOGLOB_PATHSPECS", "GIT_ICASE_PATHSPECS")
_OURS, _THEIRS = "2", "3"  # the stages of a file in a merge under way
_SUBMODULE = "160000"  # the mode of a commit of another repository


class GitError(Exception):
    """What was asked of git cannot be known; the text says why, in a sentence."""


@dataclass(frozen=True, slots=True)
class Blob:
    """A file of a commit: its path, its mode such as ``100644``, and the id of its bytes."""

    path: str
    mode: str
    id: str

    @property
    def is_link(self) -> bool:
        """Whether it is a symbolic link, its bytes being the place that it leads to."""
        return self.mode == "120000"


@dataclass(frozen=True, slots=True)
class Touched:
    """A file that a commit changed: the file in each parent, and in the commit.

    ``None`` where there was no such file. A merge touches what it has from none of its parents.
    """

    path: str
    before: tuple[Blob | None, ...]
    after: Blob | None


@dataclass(frozen=True, slots=True)
class Undecided:
    """A file that one side of a merge under way has, and the other deleted or named otherwise."""

    path: str
    has: str
    has_not: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit and the files that it touched, by path."""

    id: str
    touched: tuple[Touched, ...]


@dataclass(frozen=True)
class Repository:
    """A repository as it is seen from ``folder``, to which every path here is relative.

    ``prefix`` is the folder's own path below the top of the repository: empty, or with a slash at
    its end. A shallow repository holds the last few commits only.
    """

    folder: Path
    prefix: str
    is_shallow: bool

    def commit(self, name: str) -> str:
        """Return the id of the commit that a branch, a tag or an id names. Raises ``GitError``."""
        found = self._commit(name)
        if found is None:
            raise GitError(self._nothing or f"git knows no commit `{name}`{self._mend(name)}")
        return found

    def _commit(self, name: str) -> str | None:
        how = ("--verify", "--quiet", "--end-of-options")
        try:
            return self._ask("rev-parse", *how, f"{name}^{{commit}}")
        except GitError:
            return None

    def merge_base(self, one: str, other: str) -> str:
        """Return the commit at which two commits parted. Raises ``GitError`` when there is none."""
        commits = self.commit(one), self.commit(other)
        try:
            return self._ask("merge-base", *commits)
        except GitError as error:
            message = f"`{one}` and `{other}` have no commit in common"
            raise GitError(f"{message}{self._but_shallow}") from error

    @cached_property
    def default_branch(self) -> str:
        """The branch that changes are made for: the remote's, else `main` or `master`."""
        for name in _DEFAULT_BRANCHES:
            if self._commit(name) is not None:
                return name
        tried = ", ".join(f"`{name}`" for name in _DEFAULT_BRANCHES)
        unknown = f"no default branch is known here (tried {tried}){self._but_shallow}"
        raise GitError(self._nothing or unknown)

    def files(self, commit: str, folders: Sequence[str] = ()) -> list[Blob]:
        """Return the files of a commit, those below ``folders`` alone if any are named.

        Sorted by path. What lies in a submodule is not of this repository, and left out.
        """
        listed = self._run("ls-tree", "-r", "-z", "--end-of-options", commit, *folders)
        blobs = []
        for line in filter(None, listed.split(b"\0")):
            about, path = line.split(b"\t", 1)
            mode, kind, id_ = about.decode().split()
            if kind == "blob":
                blobs.append(Blob(os.fsdecode(path), mode, id_))
        return sorted(blobs, key=lambda blob: blob.path)

    def contents(self, blobs: Iterable[Blob]) -> list[bytes]:
        """Return the bytes of files, in their order."""
        ids = [blob.id for blob in blobs]
        if not ids:
            return []
        answer = self._run("cat-file", "--batch", data="\n".join(ids).encode() + b"\n")
        found, at = [], 0
        for id_ in ids:
            end = answer.index(b"\n", at)
            about = answer[at:end].split()
            if len(about) != 3:  # noqa: PLR2004 - `ID missing` in place of `ID blob SIZE`
                raise GitError(f"git has lost the file {id_[:10]}{self._but_shallow}")
            start = end + 1
            at = start + int(about[2]) + 1
            found.append(answer[start : at - 1])
        return found

    def content(self, commit: str, path: str) -> bytes | None:
        """Return the bytes of one file of a commit, ``None`` when it has no such file."""
        blobs = [blob for blob in self.files(commit, [path]) if blob.path == path]
        return self.contents(blobs)[0] if blobs else None

    def changed(self, base: str, head: str | None = None) -> set[str]:
        """Return the files that differ between two commits; without ``head``, the work tree's.

        Of a renamed file, both paths. In the work tree, files that git does not know yet count,
        unless they are ignored, and those of which a merge leaves open whether they stay.
        """
        commits = [base] if head is None else [base, head]
        how = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--relative")
        found = self._run("diff", *how, "--end-of-options", *commits, "--")
        if head is None:
            found += self._run("ls-files", "--others", "--exclude-standard", "-z")
        paths = {os.fsdecode(path) for path in found.split(b"\0") if path}
        return paths if head is not None else paths.union(one.path for one in self.undecided())

    def undecided(self) -> list[Undecided]:
        """Return the files of which a merge leaves open whether they stay, each with both sides."""
        stages: dict[str, set[str]] = {}
        for line in filter(None, self._run("ls-files", "--unmerged", "-z").split(b"\0")):
            about, path = line.split(b"\t", 1)
            stages.setdefault(os.fsdecode(path), set()).add(about.decode().split()[2])
        if not stages:
            return []
        theirs = self._merged_in()
        return [
            Undecided(path, *(("HEAD", theirs) if _OURS in found else (theirs, "HEAD")))
            for path, found in sorted(stages.items())
            if (_OURS in found) != (_THEIRS in found)
        ]

    def _merged_in(self) -> str:
        """Return what is being merged into `HEAD`: the name of a branch, or else a commit."""
        for name in ("MERGE_HEAD", "REBASE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD"):
            if (commit := self._commit(name)) is not None:
                pointing = ("--points-at", commit, "--format=%(refname:short)")
                found = self._ask("for-each-ref", *pointing, "refs/heads", "refs/remotes")
                return found.split("\n")[0] or commit[:10]
        return "the other side"

    def history(self, base: str, head: str, folders: Sequence[str]) -> list[Commit]:
        """Return the commits after ``base`` up to ``head`` that touched a folder, oldest first."""
        how = ("-c", "--raw", "-z", "--no-abbrev", "--no-renames", "--no-ext-diff", "--relative")
        order = ("--reverse", "--topo-order", "--no-show-signature", f"--format={_COMMIT}%H")
        range_ = ("--end-of-options", f"{base}..{head}", "--", *folders)
        words = os.fsdecode(self._run("log", *how, *order, *range_)).split("\0")
        commits: list[tuple[str, list[Touched]]] = []
        waiting = iter(word.strip("\n") for word in words)
        for word in waiting:
            if word.startswith(_COMMIT):
                commits.append((word.removeprefix(_COMMIT), []))
            elif word.startswith(":"):
                commits[-1][1].append(_touched(word, next(waiting)))
        return [Commit(id_, tuple(touched)) for id_, touched in commits]

    @property
    def _nothing(self) -> str:
        """Say that nothing is committed, where that is so."""
        if self._ask("rev-list", "--all", "--max-count=1"):
            return ""
        return "nothing is committed here yet, so that there is nothing to compare with"

    def _mend(self, name: str) -> str:
        """Return what may help against a name that git does not know."""
        listed = self._ask("for-each-ref", "--format=%(refname:short)", "refs/remotes")
        of_remotes = listed.split("\n")
        same = [known for known in of_remotes if known.partition("/")[2] == name]
        return f"; did you mean `{same[0]}`?" if same else self._but_shallow

    @property
    def _but_shallow(self) -> str:
        if not self.is_shallow:
            return ""
        return (
            "; this clone is shallow, so that older commits are not here: `git fetch --unshallow` "
            "brings them (in CI: a fetch depth of 0)"
        )

    def _ask(self, *arguments: str) -> str:
        return os.fsdecode(self._run(*arguments)).strip()

    def _run(self, *arguments: str, data: bytes | None = None) -> bytes:
        return _run(self.folder, *arguments, data=data)


def open_repository(folder: Path) -> Repository:
    """Return the repository that a folder lies in.

    Raises ``GitError`` when git is not installed, when there is no repository, or when git refuses
    it (one that somebody else owns).
    """
    answer = _run(folder, "rev-parse", "--is-shallow-repository", "--show-prefix")
    shallow, prefix, *_ = os.fsdecode(answer).split("\n")
    return Repository(folder, prefix, shallow == "true")


def _touched(about: str, path: str) -> Touched:
    """Read ``:MODE MODE ID ID M``, with a colon, a mode and an id more for each further parent."""
    parents = len(about) - len(about.lstrip(":"))
    words = about.lstrip(":").split()
    modes, ids = words[: parents + 1], words[parents + 1 : 2 * parents + 2]
    blobs = [
        Blob(path, mode, id_) if id_.strip("0") and mode != _SUBMODULE else None
        for mode, id_ in zip(modes, ids, strict=True)
    ]
    return Touched(path, tuple(blobs[:-1]), blobs[-1])


def begin_repository(folder: Path) -> None:
    """Make a folder a repository whose first branch is ``main``. Raises ``GitError``."""
    _run(folder, "init", "--quiet", "--initial-branch=main")


def _run(folder: Path, *arguments: str, data: bytes | None = None) -> bytes:
    # A pager, a lock for the index or a question for a password would be a side effect.
    command = ["git", "-C", str(folder), "--no-pager", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - arguments, no shell; names of commits end the options
            command, input=data, capture_output=True, check=False, env=_environment(os.environ)
        )
    except FileNotFoundError as error:
        raise GitError("git is not installed, or not on the PATH") from error
    except OSError as error:
        raise GitError(f"git cannot be run: {(error.strerror or 'failed').lower()}") from error
    if done.returncode:
        raise GitError(_reason(folder, done.stderr.decode("utf-8", "replace")))
    return done.stdout


def _environment(environ: Mapping[str, str]) -> dict[str, str]:
    """Return the environment for git: in a hook, it names another place than ours."""
    left_out = {*_HOOK_VARIABLES, *_PATHSPEC_VARIABLES}
    kept = {name: value for name, value in environ.items() if name not in left_out}
    return kept | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_LITERAL_PATHSPECS": "1",
    }


def _reason(folder: Path, said: str) -> str:
    if "not a git repository" in said:
        return f"{folder} lies in no git repository"
    first = next((line for line in said.splitlines() if line.strip()), "it did not say why")
    return f"git refused: {first.removeprefix('fatal: ')}"
