"""The problems that a change brings: those that are there now and were not before."""

from collections import Counter

from outcome_playbook.diagnostics import Problem, Severity, by_position, catalogue
from outcome_playbook.diagnostics.fingerprint import Fingerprint, fingerprint
from outcome_playbook.git import Repository
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
        return [*new_problems(was.registry, now.registry), *stepped]

    only = None
    if then is not None and _same_settings(project, then):
        only = _near(project, repository, base)
    found = compared(only)
    if only is not None and any(problem.rule is catalogue.DANGLING for problem in found):
        # What a reference to nothing may mean is sought among all titles.
        found = compared(None)
    return by_position(found)


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


def new_problems(was: Registry, now: Registry) -> list[Problem]:
    """Return the problems of ``now`` that ``was`` has not, as often as they are new.

    One that weighs more than before is new: settings may make an error of a warning.
    """
    gone = {file.id for file in was.files} - {file.id for file in now.files}
    names = {alias: file.id for file in now.files for alias in file.earlier_ids if alias in gone}
    known: Counter[tuple[Fingerprint, Severity]] = Counter()
    for problem in (problem for file in was.files for problem in file.problems):
        print_ = fingerprint(problem)
        print_ = print_._replace(id=names.get(print_.id, print_.id))
        known[print_, problem.severity] += 1
    new = []
    for problem in (problem for file in now.files for problem in file.problems):
        print_ = fingerprint(problem)
        at_least = _FROM_LIGHT[_FROM_LIGHT.index(problem.severity) :]
        was_there = next((one for one in at_least if known[print_, one]), None)
        if was_there is None:
            new.append(problem)
        else:
            known[print_, was_there] -= 1
    return new


_FROM_LIGHT = (Severity.NOTE, Severity.WARNING, Severity.ERROR)
