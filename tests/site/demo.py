"""The repository's own playbook, built once for all tests that read it."""

from functools import cache
from pathlib import Path
from typing import Any

from tests.site.building import REPOSITORY, Built, build

DAY = "2026-11-22"

LAYOUTS: dict[str, tuple[str, dict[str, Any]]] = {
    "as it is": (DAY, {}),
    # A build must not break overnight: in nine years every time-box is long over.
    "without folders, years later": ("2035-01-31", {"use_directory_urls": False}),
    "below a sub-path": (DAY, {"site_url": "https://pages.example/teams/playbook/"}),
}
"""The day that counts as today, and what differs from mkdocs.yml."""


@cache
def demo_in(folder: Path, layout: str) -> Built:
    """Return the site in a layout, built strictly below ``folder``."""
    day, options = LAYOUTS[layout]
    place = folder / f"demo-{sorted(LAYOUTS).index(layout)}"
    return build(REPOSITORY / "mkdocs.yml", place, strict=True, day=day, **options)


def base_of(layout: str) -> str:
    """Return the address of the site's root in a layout."""
    return str(LAYOUTS[layout][1].get("site_url", "https://site.invalid/"))
