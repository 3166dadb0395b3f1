"""Addresses. A page's key is its place on the site, such as ``outcomes/faster-claims``."""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlencode

from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.values import ID, LONGEST_ID

HOME = ""
EXPLORE = "explore"
SECTIONS = (
    *("outcomes", EXPLORE, "status"),
    *("hypotheses", "experiments", "metrics", "owners", "tags"),
)
"""Pages that are the index of a folder of pages."""
REFERENCE = "reference"
BOARDS = (Kind.HYPOTHESIS, Kind.EXPERIMENT)
"""The kinds that have a board, and a page for each status."""


_LONGEST = 80  # bytes of a slug: with a hash and `.html` it still fits every file system


def record_key(kind: Kind, id_: str) -> str:
    """Return the key of a record's page.

    What a file is called may be no id, or too long for a folder's name. Its page needs an address
    all the same, and one that every browser and file system takes.
    """
    good = ID.fullmatch(id_) and len(id_) <= LONGEST_ID and id_ != "index"
    return f"{kind.plural}/{id_ if good else _hashed(id_)}"


def status_key(kind: Kind, status: str) -> str:
    """Return the key of the page that lists the records of a kind in a status."""
    return f"status/{kind.plural}/{status}"


def explore_key(**facets: str | Iterable[str]) -> str:
    """Return the key of the view of Explore that shows records with these values of facets.

    ``explore_key(kind="experiment", status=["running", "review"])``: either status.
    """
    chosen = {
        name: [values] if isinstance(values, str) else list(values)
        for name, values in facets.items()
    }
    query = urlencode(chosen, doseq=True, quote_via=quote)
    return f"{EXPLORE}?{query}" if query else EXPLORE


def own_place(key: str) -> str:
    """Return the name that a nav or a link gives a page nobody wrote, as if it lay in the docs."""
    if not key:
        return "index.md"
    return f"{key}/index.md" if key in SECTIONS else f"{key}.md"


def always_there() -> frozenset[str]:
    """Return the names of the pages that every playbook has."""
    by_status = (status_key(kind, status) for kind in BOARDS for status in STATUSES[kind])
    return frozenset(own_place(key) for key in (HOME, *SECTIONS, REFERENCE, *by_status))


@dataclass(frozen=True, slots=True)
class Addresses:
    """How keys become addresses: ``outcomes/x/``, or ``outcomes/x.html`` without folders."""

    directory_urls: bool = True

    def url(self, key: str) -> str:
        """Return the address relative to the site's root, without a leading slash."""
        return _url(key, self.directory_urls)

    def file(self, key: str) -> str:
        """Return the path of the page's file below the site's folder."""
        if key == HOME:
            return "index.html"
        is_folder = self.directory_urls or key in SECTIONS
        return f"{key}/index.html" if is_folder else f"{key}.html"

    def relative(self, key: str, from_url: str) -> str:
        """Return the link to a page from the page at ``from_url``.

        A key may name a place on the page or what the page is asked for: ``key?query#place``.
        """
        key, mark, place = key.partition("#")
        key, question, query = key.partition("?")
        way = "../" * from_url.count("/") + _url(key, self.directory_urls) or "./"
        return f"{way}{question}{query}{mark}{place}"

    def asset(self, path: str, from_url: str) -> str:
        """Return the link to a file that is no page, or to the site's root where it is empty."""
        return "../" * from_url.count("/") + quote(path) or "./"


@cache  # every page links to some, and some pages link to all
def _url(key: str, directory_urls: bool) -> str:
    file = Addresses(directory_urls).file(key)
    return quote(file.removesuffix("index.html") if directory_urls else file)


def slugs(names: Iterable[str]) -> dict[str, str]:
    """Return a slug for each name. No two are equal, and none depends on the others' order.

    Names that would share one get a hash each, and so does one that looks as if it had, or that
    would take the place of the list.
    """
    plain = {name: _slug(name) for name in sorted(set(names))}
    shared = Counter(plain.values())
    return {
        name: slug if slug and shared[slug] == 1 and not _TAKEN.search(slug) else _hashed(name)
        for name, slug in plain.items()
    }


_TAKEN = re.compile(r"^index$|(?:^|-)[0-9a-f]{12}$")


def _hashed(name: str) -> str:
    digest = hashlib.sha256(name.encode()).hexdigest()[:12]
    return "-".join(filter(None, (_slug(name), digest)))


def _slug(name: str) -> str:
    # Letters that look alike and are written in two ways are one letter to some file systems.
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).casefold())
    cut = re.sub(r"[\W_]+", "-", folded).encode()[:_LONGEST].decode(errors="ignore")
    return cut.strip("-")
