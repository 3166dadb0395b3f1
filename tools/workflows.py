"""Makes the workflows of a new playbook from those of this repository.

They differ in what they install, a requirement there and this checkout here, and a new playbook
has no code to test. ``python -m tools.workflows`` writes them into the package, where
``playbook init`` takes them from; a test keeps them the same.
"""

from pathlib import Path
from typing import Final

REPOSITORY: Final = Path(__file__).parent.parent
STARTER: Final = REPOSITORY / "plugins" / "outcome_playbook" / "starter" / "hosts"

FILES: Final = {
    ".github/dependabot.yml": "github/dependabot.yml",
    ".github/python-version": "github/python-version",
    ".github/workflows/comment.yml": "github/workflows/comment.yml",
    ".github/workflows/publish.yml": "github/workflows/publish.yml",
    ".github/workflows/pull-request.yml": "github/workflows/pull-request.yml",
    ".gitlab-ci.yml": "gitlab-ci.yml",
}
"""Where a file is in a repository, and where it is in the package: without the dot."""

_INSTALL: Final = "python -m pip install --requirement requirements.txt\n"
_INSTALL_HERE: Final = "python -m pip install --require-hashes --requirement requirements.lock\n"
_PACKAGE_HERE: Final = "python -m pip install --no-deps --no-build-isolation --editable .\n"
_ONLY_HERE: Final = "\n# Only in this repository:"


def there(text: str) -> str:
    """Return a file of a new playbook, made from this repository's."""
    shared, *_ = text.split(_ONLY_HERE, 1)
    lines = shared.replace(_INSTALL_HERE, _INSTALL).splitlines(keepends=True)
    kept = "".join(line for line in lines if not line.endswith(_PACKAGE_HERE))
    return kept.replace("requirements.lock", "requirements.txt")


def main() -> None:
    """Write the files of the package."""
    for here, path in FILES.items():
        written = STARTER / path
        written.parent.mkdir(parents=True, exist_ok=True)
        text = (REPOSITORY / here).read_text(encoding="utf-8")
        written.write_text(there(text), encoding="utf-8", newline="\n")
        print(f"Wrote {written.relative_to(REPOSITORY)}.")


if __name__ == "__main__":
    main()
