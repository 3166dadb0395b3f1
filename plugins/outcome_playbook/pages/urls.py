"""Addresses. A page's key is its place on the site, such as ``outcomes/faster-claims``."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass

from outcome_playbook.records.kinds import Kind

HOME = ""
SECTIONS = ("outcomes", "status", "hypotheses", "experiments", "metrics", "owners", "tags")
"""Pages that are the index of a folder of pages."""


def record_key(kind: Kind, id_: str) -> str:
    """Return the key of a record's page."""
    return f"{kind.plural}/{id_}"


def status_key(kind: Kind, status: str) -> str:
    """Return the key of the page that lists the records of a kind in a status."""
    return f"status/{kind.plural}/{status}"


@dataclass(frozen=True, slots=True)
class Addresses:
    """How keys become addresses: ``outcomes/x/``, or ``outcomes/x.html`` without folders."""

    directory_urls: bool = True

    def url(self, key: str) -> str:
        """Return the address relative to the site's root, without a leading slash."""
        if self.directory_urls:
            return f"{key}/" if key else ""
        if key == HOME:
            return "index.html"
        return f"{key}/index.html" if key in SECTIONS else f"{key}.html"

    def file(self, key: str) -> str:
        """Return the path of the page's file below the site's folder."""
        url = self.url(key)
        return f"{url}index.html" if self.directory_urls else url

    def relative(self, key: str, from_url: str) -> str:
        """Return the link to a page from the page with the address ``from_url``."""
        target = self.url(key).split("/")
        here = from_url.split("/")[:-1]
        shared = 0
        while shared < min(len(here), len(target) - 1) and here[shared] == target[shared]:
            shared += 1
        return "../" * (len(here) - shared) + "/".join(target[shared:]) or "./"


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each name. No two are equal, and none depends on the others' order."""
    plain = {name: _slug(name) for name in sorted(set(names))}
    taken = list(plain.values())
    return {
        name: slug
        if slug and taken.count(slug) == 1
        else "-".join(filter(None, (slug, hashlib.sha256(name.encode()).hexdigest()[:8])))
        for name, slug in plain.items()
    }


def _slug(name: str) -> str:
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")[:80]
