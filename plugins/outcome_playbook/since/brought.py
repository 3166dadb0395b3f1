"""The problems that a change brings: those that are there now and were not before."""

from collections import Counter
from collections.abc import Iterable, Iterator

from outcome_playbook.diagnostics import Problem, Severity, by_position, catalogue
from outcome_playbook.diagnostics.fingerprint import Fingerprint, fingerprint
from outcome_playbook.git import Repository
from outcome_playbook.livelists import Page
from outcome_playbook.loader import is_introduction, texts
from outcome_playbook.playbook import read_playbook, read_revision
from outcome_playbook.project import Project
from outcome_playbook.records.reading import reading_once
from outcome_playbook.registry import Registry
from outcome_playbook.rules.levels import weighed
from outcome_playbook.since import steps
from outcome_playbook.since.nearby import nearby


def brought(
    project: Project,
    then: Project | None,
    repository: Repository,
    base: str,
    generated: frozenset[str] = frozenset(),
) -> list[Problem]:
    """Return the problems of the work tree that its change since ``base``, a commit, brings.

    A status that went where it may not is one of them. ``then`` are the settings of that time,
    ``None`` where there was no playbook yet; ``generated`` as in ``read_playbook``. A problem that
    was there is known again by its rule, its record and its words, wherever it moved in the file.
    Raises ``GitError``, ``OSError`` and ``ValueError`` as reading does.
    """
    read = reading_once()
    wrong_steps = steps.wrong(repository, base, project.settings.records)

    def compared(only: set[str] | None) -> list[Problem]:
        now = read_playbook(project.root, project.settings, project.docs_dir, generated, only, read)
        walked = steps.problems(wrong_steps, now.registry)
        stepped = [weighed(problem, project.settings.severity) for problem in walked]
        if then is None:
            return [*now.problems, *stepped]
        was = read_revision(repository, base, then.settings, then.docs_dir, generated, only, read)
        new = new_problems(was.registry, now.registry, was.pages, now.pages)
        if only is not None and _asks_all(now.problems, new):
            return compared(None)
        return [*new, *stepped]

    only = None
    if then is not None and _same_settings(project, then):
        only = _near(project, repository, base)
    return by_position(compared(only))


_ASKS_ALL = (
    catalogue.DANGLING,
    catalogue.QUERY_VALUE,
    catalogue.QUERY_NAME,
)


def _asks_all(now: Iterable[Problem], new: Iterable[Problem]) -> bool:
    """Whether all records have to be read to tell what is wrong, not those near to a change alone.

    ``new`` are those of the problems ``now`` that were not there before. What a reference to
    nothing may mean is sought among all titles, and lists ask for records that no change is near
    to. A page that may be too large counts as that on both sides, and so is never new before what
    its lists find is counted.
    """
    if any(problem.rule is catalogue.PAGE_TOO_LARGE for problem in now):
        return True
    return any(problem.rule in _ASKS_ALL for problem in new)


def _same_settings(now: Project, then: Project) -> bool:
    return (now.settings, now.docs_dir) == (then.settings, then.docs_dir)


def _near(project: Project, repository: Repository, base: str) -> set[str] | None:
    folders = tuple(project.settings.records)
    changed = repository.changed(base)
    earlier = [
        blob
        for blob in repository.files(base, folders)
        if blob.path in changed and blob.path.endswith(".md") and not is_introduction(blob.path)
    ]
    contents = repository.contents(earlier)
    before = dict(zip((blob.path for blob in earlier), contents, strict=True))
    return nearby(texts(project.root, folders), before, changed)


def new_problems(
    was: Registry,
    now: Registry,
    pages_then: Iterable[Page] = (),
    pages_now: Iterable[Page] = (),
) -> list[Problem]:
    """Return the problems of ``now`` that ``was`` has not, as often as they are new.

    One that weighs more than before is new: settings may make an error of a warning.
    """
    gone = {file.id for file in was.files} - {file.id for file in now.files}
    names = {alias: file.id for file in now.files for alias in file.earlier_ids if alias in gone}
    known: Counter[tuple[Fingerprint, Severity]] = Counter()
    for problem in _problems(was, pages_then):
        print_ = fingerprint(problem)
        print_ = print_._replace(id=names.get(print_.id, print_.id))
        known[print_, problem.severity] += 1
    new = []
    for problem in _problems(now, pages_now):
        print_ = fingerprint(problem)
        at_least = _FROM_LIGHT[_FROM_LIGHT.index(problem.severity) :]
        was_there = next((one for one in at_least if known[print_, one]), None)
        if was_there is None:
            new.append(problem)
        else:
            known[print_, was_there] -= 1
    return new


def _problems(registry: Registry, pages: Iterable[Page]) -> Iterator[Problem]:
    for file in registry.files:
        yield from file.problems
    for page in pages:
        yield from page.problems


_FROM_LIGHT = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
