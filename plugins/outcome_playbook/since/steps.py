"""Statuses that went where they may not: told from history, one commit after the other."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from outcome_playbook import frontmatter
from outcome_playbook.diagnostics import Problem, Severity, catalogue
from outcome_playbook.diagnostics.told import Told, either, told
from outcome_playbook.git import Blob, Commit, Repository, Touched
from outcome_playbook.loader import is_introduction, stem
from outcome_playbook.records.kinds import STATUSES, STEPS, ExperimentStatus, Kind
from outcome_playbook.registry import Registry
from outcome_playbook.rules import is_history

_E = ExperimentStatus


@dataclass(frozen=True, slots=True)
class Version:
    """What one version of a record says of where the work stands. Anything may be missing."""

    id: str
    kind: str | None
    status: str | None
    aliases: tuple[str, ...] = ()
    reopened: int = 0
    retrospective: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """A record went from one version to the next, in a commit or in the work tree (``None``)."""

    before: Version
    after: Version
    commit: str | None
    is_right: bool


def version(path: str, data: bytes) -> Version:
    """Read what a record's text says of where the work stands. Never raises for what it holds."""
    text = data.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    fields = frontmatter.read(text).fields
    aliases, reopened = fields.get("aliases"), fields.get("reopened")
    return Version(
        stem(path),
        _word(fields.get("kind")),
        _word(fields.get("status")),
        tuple(map(str, aliases)) if isinstance(aliases, list) else (),
        len(reopened) if isinstance(reopened, list) else 0,
        fields.get("retrospective") is True,
    )


def _word(value: object) -> str | None:
    return value if isinstance(value, str) else None


def wrong(repository: Repository, base: str, folders: Sequence[str]) -> list[Step]:
    """Return the steps of statuses since ``base``, a commit, that are not as ``STEPS`` has them.

    Each commit is compared with its own parents, so that what others did meanwhile is theirs; the
    work tree with the last commit. Raises ``GitError``.
    """
    commits = [*repository.history(base, "HEAD", folders), _unsaved(repository, folders)]
    blobs = {
        blob
        for commit in commits
        for touched in _records_in(commit)
        for blob in (*touched.before, touched.after)
        if blob is not None and blob.id
    }
    ordered = sorted(blobs, key=lambda blob: (blob.path, blob.id))
    texts = zip(ordered, repository.contents(ordered), strict=True)
    versions = {blob: version(blob.path, text) for blob, text in texts}
    for blob in _in_work_tree(commits[-1]):
        versions[blob] = version(blob.path, _bytes(repository.folder / blob.path))
    return list(_standing(step for commit in commits for step in _steps_in(commit, versions)))


def _standing(steps: Iterable[Step]) -> Iterator[Step]:
    """Yield the wrong steps that nobody took back: a record that is where it was may begin anew."""
    ways: dict[str, list[Step]] = {}
    for step in steps:
        way = ways.pop(step.before.id, [])
        ways[step.after.id] = way
        been = (n for n, one in enumerate(way) if one.before.status == step.after.status)
        since = next(been, len(way))
        if all(one.is_right for one in way[since:]):
            way.append(step)
        else:
            del way[since:]
    return (step for way in ways.values() for step in way if not step.is_right)


def _unsaved(repository: Repository, folders: Sequence[str]) -> Commit:
    """Return what differs from the last commit as if it were committed, under no id."""
    head = {blob.path: blob for blob in repository.files("HEAD", folders)}
    touched = []
    for path in sorted(repository.changed("HEAD")):
        if any(path.startswith(f"{folder}/") for folder in folders):
            there = (repository.folder / path).is_file()
            after = Blob(path, "100644", "") if there else None
            touched.append(Touched(path, (head.get(path),), after))
    return Commit("", tuple(touched))


def _in_work_tree(commit: Commit) -> Iterator[Blob]:
    return (touched.after for touched in _records_in(commit) if touched.after is not None)


def _records_in(commit: Commit) -> list[Touched]:
    """Return what a commit touched of records, and not the pictures beside them."""
    return [t for t in commit.touched if t.path.endswith(".md") and not is_introduction(t.path)]


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _steps_in(commit: Commit, versions: Mapping[Blob, Version]) -> Iterator[Step]:
    records = _records_in(commit)
    gone = {stem(t.path): t.before for t in records if t.after is None}
    for touched in records:
        if touched.after is None:
            continue
        after = versions[touched.after]
        before = touched.before
        if not any(before):  # new here: under another name, or in another folder before?
            earlier = (gone[id_] for id_ in (after.id, *after.aliases) if id_ in gone)
            before = next(earlier, before)
        known = [versions[blob] for blob in before if blob is not None]
        if known and all(one.status != after.status for one in known):
            is_right = any(_may(one, after) for one in known)
            yield Step(known[0], after, commit.id or None, is_right)
        elif known and all(one.id != after.id for one in known):
            yield Step(known[0], after, commit.id or None, is_right=True)  # the same, renamed


def _may(before: Version, after: Version) -> bool:
    """Whether a record may go from one version to the other. What is unknown is no step."""
    known = after.kind in STEPS and before.status and after.status
    if not known or before.kind != after.kind or before.status == after.status:
        return True
    if after.retrospective or after.status not in set(_statuses(after.kind)):
        return True
    if after.status not in STEPS[Kind(str(after.kind))].get(str(before.status), ()):
        return False
    return before.status != ExperimentStatus.CONCLUDED or after.reopened > before.reopened


def _statuses(kind: str | None) -> Iterable[str]:
    return map(str, STATUSES[Kind(str(kind))])


def problems(steps: Iterable[Step], registry: Registry) -> Iterator[Problem]:
    """Yield what is wrong with wrong steps, at the records that took them, as these are now."""
    files = {file.id: file for file in registry.files}
    for step in steps:
        file = files.get(registry.aliases.get(step.after.id, step.after.id))
        if file is None or is_history(registry, file):
            continue
        rule, mend = catalogue.ILLEGAL_STEP, _what_may_come(step)
        if (step.before.status, step.after.status) == (_E.CONCLUDED, _E.REVIEW):
            rule, mend = catalogue.NOT_REOPENED, told("add `reopened` with date and reason")
            if any(problem.rule is rule for problem in file.problems):
                continue  # told already, without history
        at = file.span_of(("status",))
        yield Problem(rule, Severity.ERROR, file.path, _what_came(step), mend, at)


def _what_came(step: Step) -> Told:
    before, after = step.before.status, step.after.status
    if step.commit is None:
        return told("the status went from `%(before)s` to `%(after)s`", before=before, after=after)
    return told(
        "in commit %(commit)s the status went from `%(before)s` to `%(after)s`",
        commit=step.commit[:10],
        before=before,
        after=after,
    )


def _what_may_come(step: Step) -> Told:
    before, kind = str(step.before.status), Kind(str(step.after.kind))
    following = STEPS[kind].get(before, ())
    if not following:
        return told(
            "nothing comes after `%(status)s`: set it back, and write a new record for new work",
            status=before,
        )
    next_ = either([f"`{status}`" for status in following])
    if kind in (Kind.HYPOTHESIS, Kind.EXPERIMENT):
        return told(
            "set it back to `%(status)s`, commit that, and go on to %(next)s, each step in a "
            "commit of its own; or write `retrospective: true` into an experiment that was "
            "written down afterwards",
            status=before,
            next=next_,
        )
    return told(
        "set it back to `%(status)s`, commit that, and go on to %(next)s, each step in a commit "
        "of its own",
        status=before,
        next=next_,
    )
