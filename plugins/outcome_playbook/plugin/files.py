"""The records and the generated pages as files of MkDocs."""

import os
import posixpath
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import quote

from markupsafe import Markup, escape
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files, InclusionLevel

from outcome_playbook.diagnostics import Problem, Severity, catalogue
from outcome_playbook.diagnostics.told import term, told
from outcome_playbook.livelists import LiveList
from outcome_playbook.loader import as_text, attachments, is_behind, leads_out, outside
from outcome_playbook.pages.drawing import Node
from outcome_playbook.pages.language import looked_up, say, speaking
from outcome_playbook.pages.rendering import Renderer
from outcome_playbook.pages.site import SitePage, redirects, site_pages
from outcome_playbook.pages.urls import Addresses, own_place, record_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.file import RecordFile
from outcome_playbook.registry import Entry


@dataclass(slots=True)
class Site:
    """One build: what the records say, and which of MkDocs's files is which page.

    ``records`` are all record files by path, ``entries`` those that are readable. ``pages`` maps
    the ``src_uri`` of a file to the page it is; ``introductions`` are those among them that
    somebody wrote and the plugin adds to. ``written`` is the HTML of what somebody wrote on a page.
    ``problems`` are those of the site itself. ``lists`` are the live lists that are drawn already,
    by what they ask for and by how deep the page is.
    """

    view: View
    addresses: Addresses
    renderer: Renderer
    root: Path
    docs_dir: str
    records: dict[str, RecordFile] = field(init=False)
    entries: dict[str, Entry[Any]] = field(init=False)
    pages: dict[str, SitePage] = field(default_factory=dict)
    introductions: set[str] = field(default_factory=set)
    written: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    lists: dict[tuple[LiveList, int], tuple[Node, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.records = {file.path: file for file in self.view.registry.files}
        self.entries = {entry.file.path: entry for entry in self.view.registry.entries.values()}


class PlaybookFiles(Files):
    """Files that are also found by the path they have in the repository.

    ``../hypotheses/x.md`` in a handbook page is the record's own ``src_uri``. In a record,
    ``../content/outcomes/o.md`` leads out of ``docs_dir`` and back in. ``names`` are further names
    of files: the place a generated page would have, for the one that somebody wrote elsewhere.
    """

    def __init__(self, files: Iterable[File], docs_dir: str, names: dict[str, str]) -> None:
        super().__init__(files)
        self._docs_dir = Path(docs_dir).as_posix()
        self._names = names

    def get_file_from_path(self, path: str) -> File | None:
        """Return the file at a path relative to ``docs_dir``."""
        path = PurePosixPath(path).as_posix()
        if path.startswith("../"):
            path = posixpath.relpath(posixpath.join(self._docs_dir, path), self._docs_dir)
        return super().get_file_from_path(path) or super().get_file_from_path(
            self._names.get(path, path)
        )


def assemble(site: Site, found: Files, config: MkDocsConfig) -> Files:
    """Return MkDocs's files with the records at their addresses and the generated pages."""
    files = list(_handbook(site, found, config.docs_dir))
    left_out = (InclusionLevel.EXCLUDED, InclusionLevel.DRAFT)
    at = {file.dest_uri: file for file in files if file.inclusion not in left_out}
    for path, file in _outside(site, config):
        if at.setdefault(file.dest_uri, file) is file:
            files.append(file)
        else:
            site.problems.append(_same_address(path, at[file.dest_uri], site))
    sources = {file.src_uri for file in files}
    sources |= {_src_uri(path, site, config) for path in site.records}
    names: dict[str, str] = {}
    with speaking(site.renderer.language):
        pages = list(site_pages(site.view))
    for page in pages:
        address = site.addresses.file(page.key)
        taken = at.get(address)
        if taken is None:
            file = _new_file(page, address, site, config, sources)
            at[address] = file
            files.append(file)
        elif page.path is not None:
            if not any(p.rule is catalogue.SAME_URL for p in site.records[page.path].problems):
                site.problems.append(_same_address(page.path, taken, site))
            names[_src_uri(page.path, site, config)] = taken.src_uri  # links to it lead somewhere
            continue
        elif not taken.is_documentation_page():
            site.problems.append(own_address(taken, site))
            continue
        else:
            file = taken
            site.introductions.add(file.src_uri)
            names[own_place(page.key)] = file.src_uri
            if config.nav is not None:
                file.inclusion = InclusionLevel.NOT_IN_NAV  # reached by links, unless nav names it
        site.pages[file.src_uri] = page
    with speaking(site.renderer.language):
        files += _redirects(site, at, config)
    return PlaybookFiles(files, config.docs_dir, names)


def _handbook(site: Site, found: Files, docs_dir: str) -> Iterator[File]:
    """Yield MkDocs's files that are no records, and that no link leads to which is not followed."""
    broken = (file.path for file in site.view.registry.broken)
    links = {
        *site.view.playbook.not_followed,
        *(path for path in broken if (site.root / path).is_symlink()),
    }
    for file in found:
        path = _repository_path(file, site.root)
        if path is not None and (path in site.records or is_behind(path, links)):
            continue
        # Other files of records folders, and those whose names are no text, the check passes over.
        if _leaves(file, docs_dir):
            site.problems.append(outside(path or file.src_uri))
        else:
            yield file


def _leaves(file: File, docs_dir: str) -> bool:
    """Whether a file of the handbook lies elsewhere: MkDocs follows every link."""
    path = file.abs_src_path or ""
    return path.startswith(f"{docs_dir}{os.sep}") and leads_out(path, Path(docs_dir))


def _repository_path(file: File, root: Path) -> str | None:
    """Return the path of a file relative to the folder of ``mkdocs.yml``, if it lies below it."""
    if file.abs_src_path is None:
        return None
    path = Path(os.path.normpath(file.abs_src_path))
    return as_text(path.relative_to(root).as_posix()) if path.is_relative_to(root) else None


def _outside(site: Site, config: MkDocsConfig) -> Iterator[tuple[str, File]]:
    """Yield what records folders outside ``docs_dir`` hold beside records, each with its path."""
    settings = site.view.playbook.settings
    for path in site.view.playbook.introductions:
        if not path.startswith(f"{site.docs_dir}/"):
            place = PurePosixPath(_on_site(path, settings.records)).parent
            yield path, _real_file(path, f"{place}/index.html", site, config)
    for path in attachments(site.root, settings.records):
        if not path.startswith(f"{site.docs_dir}/"):
            yield path, _real_file(path, _on_site(path, settings.records), site, config)


def _on_site(path: str, folders: Iterable[str]) -> str:
    """Return where a file of a records folder lies on the site: below the folder's last name."""
    folder = next(f for f in folders if path.startswith(f"{f}/"))
    return f"{PurePosixPath(folder).name}/{path.removeprefix(f'{folder}/')}"


def _real_file(path: str, address: str, site: Site, config: MkDocsConfig) -> File:
    """Return a file of the repository, named relative to ``docs_dir``: its edit link is right."""
    src_uri = _src_uri(path, site, config)
    file = File(
        src_uri,
        config.docs_dir,
        config.site_dir,
        config.use_directory_urls,
        dest_uri=address,
        inclusion=InclusionLevel.NOT_IN_NAV,
    )
    file.edit_uri = quote(src_uri)  # the theme prints the link as it is
    return file


def _src_uri(path: str, site: Site, config: MkDocsConfig) -> str:
    return Path(os.path.relpath(site.root / path, config.docs_dir)).as_posix()


def _new_file(
    page: SitePage, address: str, site: Site, config: MkDocsConfig, sources: set[str]
) -> File:
    """Return the file of a page. ``sources`` are names that a generated page may not take."""
    if page.path is not None:
        # A link to a folder is a page about itself; MkDocs would copy what is called so.
        name = page.path if page.path.endswith(".md") else f"{page.path}.md"
        return _real_file(name, address, site, config)
    # Without a nav of its own a site gets a tab for each section, and none for each page.
    in_nav = config.nav is None and page.key in ("", "outcomes", "explore", "status")
    inclusion = InclusionLevel.INCLUDED if in_nav else InclusionLevel.NOT_IN_NAV
    name = own_place(page.key)
    while name in sources:
        name = f"generated/{name}"
    file = File.generated(config, name, content="", inclusion=inclusion)
    file.dest_uri = address
    return file


def _redirects(site: Site, at: dict[str, File], config: MkDocsConfig) -> Iterator[File]:
    """Yield a page for each earlier address that leads to the record's own."""
    paths = {record_key(e.kind, e.id): e.file.path for e in site.view.registry.entries.values()}
    for old, new in redirects(site.view).items():
        taken = at.get(site.addresses.file(old))
        if taken is None:
            yield _redirect(old, new, site, config)
        else:
            site.problems.append(_same_address(paths[new], taken, site, _EARLIER_PAGE))


_NEW_ADDRESS = term("This record has a new address: %(address)s")


def _redirect(old: str, new: str, site: Site, config: MkDocsConfig) -> File:
    target = escape(site.addresses.relative(new, site.addresses.url(old)))
    language = site.renderer.language
    code, direction = escape(language.code), language.locale.text_direction
    link = Markup('<a href="{0}">{0}</a>').format(target)
    title = escape(say("Moved"))
    moved = escape(looked_up(_NEW_ADDRESS)) % {"address": link}
    html = (
        f'<!doctype html>\n<html lang="{code}" dir="{direction}">\n'
        f'<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
        f'<meta http-equiv="refresh" content="0; url={target}">\n'
        f'<link rel="canonical" href="{target}">\n<meta name="robots" content="noindex">\n</head>\n'
        f"<body>\n<p>{moved}</p>\n</body>\n</html>\n"
    )
    return File.generated(config, site.addresses.file(old), content=html)


_PAGE = term("its page would be at %(address)s, which is the page of %(path)s")
_EARLIER_PAGE = term("its earlier page would be at %(address)s, which is the page of %(path)s")


def _same_address(path: str, taken: File, site: Site, message: str = _PAGE) -> Problem:
    other = _repository_path(taken, site.root) or taken.src_uri
    return Problem(
        catalogue.SAME_URL,
        Severity.ERROR,
        path,
        told(message, address=taken.url, path=other),
        told("rename one of the two files"),
    )


def own_address(taken: File, site: Site) -> Problem:
    """Return what is wrong with a file that lies where the playbook puts one of its own."""
    return Problem(
        catalogue.SAME_URL,
        Severity.ERROR,
        _repository_path(taken, site.root) or taken.src_uri,
        told(
            "its address would be %(address)s, which the playbook gives to a page of its own",
            address=taken.url,
        ),
        told("rename the file"),
    )
