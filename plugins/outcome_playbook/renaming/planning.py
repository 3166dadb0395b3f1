"""A rename, prepared in memory, and then written."""

import os
import posixpath
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outcome_playbook import editing, frontmatter
from outcome_playbook.diagnostics import Edit, catalogue
from outcome_playbook.editing import EditError
from outcome_playbook.loader import as_text, is_introduction, load
from outcome_playbook.records import guesses
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.merging import unfinished_merge
from outcome_playbook.records.references import named
from outcome_playbook.records.values import ID, LONGEST_ID
from outcome_playbook.records.wording import field_name, short
from outcome_playbook.renaming.links import Move, rewritten
from outcome_playbook.rules.addresses import pages_at
from outcome_playbook.suggest import Titles
from outcome_playbook.yaml12 import Data, Loc

_PAGES = (".md", ".markdown", ".mdown", ".mkdn", ".mkd")  # what MkDocs takes for a page


class RefusedError(Exception):
    """A record is not renamed; ``reasons`` are sentences, all that stand against it."""

    def __init__(self, reasons: Sequence[str]) -> None:
        super().__init__("; ".join(reasons))
        self.reasons = tuple(reasons)


@dataclass(frozen=True, slots=True)
class Change:
    """What a file holds now and will hold: ``fields`` and ``links`` say what is different."""

    path: str
    was: bytes
    data: bytes
    fields: tuple[str, ...]
    links: int


@dataclass(frozen=True, slots=True)
class Renaming:
    """A rename that can be made. Paths are relative to the folder of ``mkdocs.yml``.

    ``keeps_alias`` says whether the old id leads to the record from now on. ``shared_with`` are
    other files of the old id: what names it goes on to name those.
    """

    old: str
    new: str
    old_path: str
    new_path: str
    keeps_alias: bool
    changes: tuple[Change, ...]
    shared_with: tuple[str, ...] = ()


@dataclass(slots=True)
class _Edits:
    """What is to be written into one file, and what its front matter must say then."""

    edits: list[Edit] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    wanted: list[tuple[Loc, str]] = field(default_factory=list)
    links: int = 0


def plan(root: Path, folders: Sequence[str], docs_dir: str, old: str, new: str) -> Renaming:
    """Prepare a rename of the record ``old``; nothing is written.

    Both are ids, or paths below ``root``, which hold a slash or end in ``.md``; a new path that
    ends in a slash is a folder. ``folders`` are those of records, ``docs_dir`` that of handbook
    pages. Raises ``RefusedError``, and ``OSError`` where a folder or file cannot be read.
    """
    loaded = load(root, folders)
    try:
        file = _find(loaded.files, old)
    except RefusedError as error:
        reasons = [] if is_path(new) else list(_against_id(new))
        raise RefusedError([*error.reasons, *reasons]) from error
    new_path = _place(file, new)
    to = _Rename(
        root,
        docs_dir,
        file,
        posixpath.basename(new_path).removesuffix(".md"),
        new_path,
        tuple(other.path for other in loaded.files if other.id == file.id and other is not file),
    )
    reasons = [*_against_target(to, loaded.files, folders), *_against_source(to)]
    changes: list[Change] = []
    for other in loaded.files:
        try:
            changes += _changed_record(to, other)
        except EditError as error:
            reasons.append(f"{other.path}: {error}")
    pages = {*loaded.introductions, *_pages(root, docs_dir)}
    for path in sorted(pages - {other.path for other in loaded.files}):
        try:
            changes += _changed_page(to, path)
        except EditError as error:
            reasons.append(f"{path}: {error}")
    if reasons:
        raise RefusedError(list(dict.fromkeys(reasons)))
    return Renaming(
        file.id, to.id, file.path, new_path, to.keeps_alias, tuple(changes), to.shared_with
    )


def carry_out(root: Path, renaming: Renaming) -> None:
    """Write what was prepared. Raises ``OSError``; what was written until then is taken back.

    So it is when somebody stops it. Where nothing can be taken back (the power is cut), the record
    has its old name and knows it as an alias: the same rename goes on from there.
    """
    old, new = root / renaming.old_path, root / renaming.new_path
    done: list[Change] = []
    try:
        for change in renaming.changes:
            editing.write_whole(root / change.path, change.data)
            done.append(change)
        _rename(old, new)
    except BaseException:
        for change in done:
            with suppress(OSError):
                editing.write_whole(root / change.path, change.was)
        raise


def _rename(old: Path, new: Path) -> None:
    new.parent.mkdir(parents=True, exist_ok=True)
    if _is_other_file(old, new):
        raise FileExistsError(17, "a file of that name appeared", str(new))
    old.rename(new)


def config_names(config: Path, docs_dir: str, path: str) -> bool:
    """Whether a configuration file names a page of the handbook's folder, as its `nav` may."""
    name = re.escape(posixpath.relpath(path, docs_dir))
    text = config.read_text(encoding="utf-8", errors="replace")
    return re.search(rf"(?<![\w./-]){name}(?![\w-])", text) is not None


@dataclass(frozen=True, slots=True)
class _Rename:
    root: Path
    docs_dir: str
    file: RecordFile
    id: str
    path: str
    shared_with: tuple[str, ...]

    @property
    def changes_id(self) -> bool:
        """Whether the record is called by another id, and not only moved."""
        return self.id != self.file.id

    @property
    def rewrites(self) -> bool:
        """Whether what names the old id means this record, and no other that has it too."""
        return self.changes_id and not self.shared_with

    @property
    def keeps_alias(self) -> bool:
        """Whether the old id can be an alias: it may be none, or belong to another as well."""
        return self.rewrites and ID.fullmatch(self.file.id) is not None


# Which record, and where to ---------------------------------------------------------------------


def is_path(text: str) -> bool:
    """Whether a record is named by its path rather than by its id."""
    return "/" in text or text.endswith(".md")


def _find(files: Sequence[RecordFile], old: str) -> RecordFile:
    by_path = is_path(old)
    found = [file for file in files if old == (file.path if by_path else file.id)]
    if len(found) == 1:
        return found[0]
    if found:
        paths = " and ".join(file.path for file in found)
        raise RefusedError([f"{paths} have both the id `{old}`; name one of them by its path"])
    if by_path:
        raise RefusedError([f"there is no record at {old}"])
    for file in files:
        if old in file.earlier_ids:
            raise RefusedError([f"`{old}` is an earlier id of `{file.id}`; write `{file.id}`"])
    near = Titles({file.id: file.title for file in files}).nearest(old, but="")
    meant = f"; did you mean {' or '.join(f'`{id_}`' for id_ in near)}?" if near else ""
    raise RefusedError([f"no record has the id `{short(old)}`{meant}"])


def _place(file: RecordFile, new: str) -> str:
    if new.endswith("/"):
        return posixpath.normpath(posixpath.join(new, posixpath.basename(file.path)))
    if is_path(new):
        return posixpath.normpath(new)
    return posixpath.join(posixpath.dirname(file.path), f"{new}.md")


def _against_target(
    to: _Rename, files: Sequence[RecordFile], folders: Sequence[str]
) -> Iterator[str]:
    """Yield what stands against the new id and the new place."""
    if to.path == to.file.path:
        yield f"{to.path} has this name already"
        return
    if not to.path.endswith(".md"):
        yield f"{to.path} is no path of a record: it ends in `.md`, and in `/` for a folder"
    elif to.changes_id:
        yield from _against_id(to.id)
    home = next((folder for folder in folders if to.path.startswith(f"{folder}/")), None)
    if home is None:
        yield f"{to.path} is in no folder of records, which are {', '.join(folders)}"
    else:
        inside = to.path.removeprefix(home).split("/")
        parent = (to.root / to.path).parent.resolve()
        if any(name.startswith(".") for name in inside) or is_introduction(to.path):
            yield f"{to.path} is no place for a record: it would not be read as one"
        elif not parent.is_relative_to((to.root / home).resolve()):
            yield f"{to.path} leads out of {home}"
    if to.changes_id:
        yield from _taken(to, files)
    if _is_other_file(to.root / to.file.path, to.root / to.path):
        yield f"{to.path} exists already"


def _against_id(id_: str) -> Iterator[str]:
    if len(id_) > LONGEST_ID:
        yield f"`{short(id_)}` has {len(id_)} characters; an id has {LONGEST_ID} at most"
    elif not ID.fullmatch(id_):
        better = guesses.record_id(id_)
        mend = f"; `{better}` would be one" if better else ""
        yield f"`{short(id_)}` is no id: ids are lower-case letters, digits and hyphens{mend}"


def _taken(to: _Rename, files: Sequence[RecordFile]) -> Iterator[str]:
    for other in files:
        if other is to.file:
            continue
        if other.id == to.id:
            yield f"the id `{to.id}` is taken: {other.path} has it"
        elif to.id in other.earlier_ids:
            yield f"the id `{to.id}` is taken: it is an earlier id of {other.path}"
    records = {file.path for file in files}
    if to.file.kind is not None:
        for path in pages_at(to.file.kind, to.id, to.docs_dir):
            if path not in records and (to.root / path).is_file():
                yield f"the page of `{to.id}` would be that of {path}"


def _is_other_file(old: Path, new: Path) -> bool:
    """Whether another file stands at the new path: on some disks `A.md` is `a.md`."""
    return os.path.lexists(new) and not (new.exists() and new.samefile(old))


def _against_source(to: _Rename) -> Iterator[str]:
    """Yield what stands against renaming this file, whatever it is to be called."""
    file = to.file
    if (to.root / file.path).is_symlink():
        yield f"{file.path} is a link to another file; rename that one"
    elif not file.text:
        yield f"{file.path} cannot be read; `playbook check` says why"
    elif unfinished_merge(file.text) or not to.changes_id:
        return  # the first is said of every file
    elif file.front.faults:
        yield f"{file.path}: its front matter cannot be read; `playbook check` says where"


# What changes in a file -------------------------------------------------------------------------


def _changed_record(to: _Rename, file: RecordFile) -> Iterator[Change]:
    if not file.text:
        if to.rewrites and _may_name(to, file):
            raise EditError(f"it cannot be read, and may name `{to.file.id}`; mend it first")
        return
    if unfinished_merge(file.text):
        if file is to.file or _names(to, file.text):
            raise EditError("it holds both sides of a merge; finish that first")
        return
    found = _Edits()
    if to.rewrites:
        faulty = any(f.rule is not catalogue.NO_FRONT_MATTER for f in file.front.faults)
        if faulty and file is not to.file and _names(to, file.front.written or file.text):
            raise EditError(
                f"its front matter cannot be read, and names `{to.file.id}`; mend it first"
            )
        _rewrite_fields(to, file, found)
    if file is to.file and to.changes_id and not file.front.faults:
        _add_alias(to, found)
    _rewrite_links(to, file.path, file.front.body, file.front.body_line, found)
    yield from _change(to, file.path, found)


def _may_name(to: _Rename, file: RecordFile) -> bool:
    """Whether a file that is no text may name the old id: one that nobody can read may."""
    path = to.root / file.path
    if any(problem.rule is catalogue.OUTSIDE for problem in file.problems) or not path.is_file():
        return False
    try:
        return _names(to, path.read_bytes().decode("utf-8", "replace"))
    except OSError:
        return True


def _names(to: _Rename, text: str) -> bool:
    """Whether the old id stands in a text as a word."""
    return re.search(rf"(?<![\w-]){re.escape(to.file.id)}(?![\w-])", text) is not None


def _rewrite_fields(to: _Rename, file: RecordFile, found: _Edits) -> None:
    for loc, target in named(file.front.fields, file.kind):
        if target == to.file.id:
            found.edits.append(_in_place(file, loc, to.id))
            found.fields.append(field_name(loc))
            found.wanted.append((loc, to.id))


def _in_place(file: RecordFile, loc: Loc, value: str) -> Edit:
    span = file.front.values[loc]
    written = editing.text_at(file.text, span)
    new = editing.scalar(value, written)
    if new is None:
        raise EditError(
            f"`{field_name(loc)}` is written over several lines; write it on one line first"
        )
    return Edit(span, new, written)


def _add_alias(to: _Rename, found: _Edits) -> None:
    """Let the old id lead to the record; the new one may be an earlier id that is taken back."""
    file, aliases = to.file, to.file.earlier_ids
    adds = to.keeps_alias and file.id not in aliases
    if to.id in aliases:
        if not adds:
            raise EditError(f"its `aliases` name `{to.id}`; delete that line first")
        loc: Loc = ("aliases", aliases.index(to.id))
        found.edits.append(_in_place(file, loc, file.id))
        found.wanted.append((loc, file.id))
    elif adds:
        found.edits.append(editing.appended(file.front, "aliases", file.id))
        found.wanted.append((("aliases", len(aliases)), file.id))
    else:
        return
    found.fields.append("aliases")


def _rewrite_links(to: _Rename, path: str, body: str, first_line: int, found: _Edits) -> None:
    edits = rewritten(body, first_line, path, Move(to.file.path, to.path, to.docs_dir))
    found.edits += edits
    found.links += len(edits)


def _changed_page(to: _Rename, path: str) -> Iterator[Change]:
    full = to.root / path
    data = full.read_bytes()
    try:
        text = editing.as_read(data)
    except EditError:
        return  # MkDocs refuses such a page, and says so
    found = _Edits()
    _rewrite_links(to, path, text, 1, found)
    if not found.edits:
        return
    if unfinished_merge(text):
        raise EditError("it holds both sides of a merge; finish that first")
    inside = (to.root.resolve(), (to.root / to.docs_dir).resolve())
    if not any(full.resolve().is_relative_to(folder) for folder in inside):
        raise EditError(
            f"it links {to.file.path}, and is itself a link to a file outside the playbook; "
            "change that by hand first"
        )
    yield from _change(to, path, found)


def _change(to: _Rename, path: str, found: _Edits) -> Iterator[Change]:
    if not found.edits:
        return
    was = (to.root / path).read_bytes()
    data = editing.apply_to_file(was, found.edits)
    if found.wanted:
        before = frontmatter.read(editing.as_read(was)).fields
        after = frontmatter.read(editing.as_read(data)).fields
        for loc, value in found.wanted:
            before = _with(before, loc, value)
        if before != after:
            raise EditError("its front matter is written in a way that cannot be changed safely")
    yield Change(path, was, data, tuple(found.fields), found.links)


def _with(data: Any, loc: Loc, value: str) -> Any:
    """Return data with another value at a place, which may be the next one of a list."""
    if not loc:
        return value
    step, rest = loc[0], loc[1:]
    if isinstance(step, int):
        items: list[Data] = list(data or [])
        items[step : step + 1] = [_with(items[step] if step < len(items) else None, rest, value)]
        return items
    return {**data, step: _with(data.get(step), rest, value)}


def _pages(root: Path, docs_dir: str) -> Iterable[str]:
    """Yield the paths of the handbook's pages, relative to ``root``. Hidden ones are none."""
    for parent, folders, names in os.walk(root / docs_dir):
        folders[:] = [name for name in folders if not name.startswith(".")]
        here = Path(os.path.relpath(parent, root)).as_posix()
        for name in names:
            path = posixpath.normpath(posixpath.join(here, name))
            is_shown = not name.startswith(".") and path == as_text(path)
            if is_shown and path.endswith(_PAGES) and (root / path).is_file():
                yield path
