"""How others can install the package that runs here: read from what pip noted down of it."""

import json
from importlib.metadata import PackageNotFoundError, distribution
from typing import Any

_NAME = "outcome-playbook"


def requirement() -> str:
    """Return a line of a requirements file, empty when the package lies on this machine only.

    pip writes down where a package came from that is from no index (PEP 610, ``direct_url.json``).
    """
    try:
        found = distribution(_NAME)
    except PackageNotFoundError:
        return ""
    origin = found.read_text("direct_url.json")
    return requirement_of(found.version, json.loads(origin) if origin else None)


def requirement_of(version: str, origin: dict[str, Any] | None) -> str:
    """Return the line for a version and the origin that pip noted down, ``None`` for an index."""
    if origin is None:
        return f"{_NAME}=={version}"
    url = str(origin.get("url", ""))
    if vcs := origin.get("vcs_info"):
        return f"{_NAME} @ {vcs['vcs']}+{url}@{vcs['commit_id']}"
    return f"{_NAME} @ {url}" if url.startswith("https://") else ""
