"""A git repository of a test's own, that knows nothing of the machine's settings."""

import os
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ENVIRONMENT = {
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
    "GIT_AUTHOR_NAME": "Ada",
    "GIT_AUTHOR_EMAIL": "ada@example.org",
    "GIT_AUTHOR_DATE": "2026-03-02T09:00:00Z",
    "GIT_COMMITTER_NAME": "Ada",
    "GIT_COMMITTER_EMAIL": "ada@example.org",
    "GIT_COMMITTER_DATE": "2026-03-02T09:00:00Z",
}


@dataclass(frozen=True)
class Scratch:
    """A repository in ``folder``."""

    folder: Path

    def git(self, *arguments: str, check: bool = True) -> str:
        """Run git and return what it printed."""
        done = subprocess.run(
            ["git", *arguments],  # noqa: S607 - the git of whoever runs the tests
            cwd=self.folder,
            env={**os.environ, **ENVIRONMENT},
            check=check,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def commit(self, files: Mapping[str, str | bytes | None], message: str = "A change") -> str:
        """Write files, delete those that are ``None``, commit everything and return the commit."""
        self.write(files)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", message)
        return self.git("rev-parse", "HEAD")

    def write(self, files: Mapping[str, str | bytes | None]) -> None:
        """Write files into the work tree; delete those that are ``None``."""
        for path, text in files.items():
            full = self.folder / path
            if text is None:
                full.unlink()
                continue
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(text.encode() if isinstance(text, str) else text)


def scratch(folder: Path) -> Scratch:
    """Return a new repository in a folder, on the branch `main`, without a commit."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Scratch(folder)
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository
