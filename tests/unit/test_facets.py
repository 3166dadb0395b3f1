"""By what records are narrowed down."""

from pathlib import Path

from outcome_playbook.facets import FACETS, facets_of
from outcome_playbook.pages.urls import always_there
from outcome_playbook.playbook import Playbook, read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.records.kinds import Kind

ROOT = Path(__file__).parents[2]


def demo() -> Playbook:
    project = read_project(ROOT / "mkdocs.yml")
    return read_playbook(project.root, project.settings, project.docs_dir, always_there())


def test_facets_of_the_demo_agree_with_its_records() -> None:
    playbook = demo()
    registry = playbook.registry
    found = facets_of(registry, playbook.flags)

    assert list(found) == list(registry.entries)
    for id_, values in found.items():
        record = registry.entries[id_].record
        assert set(values) <= set(FACETS)
        assert all(values.values()), "a facet without a value is left out"
        assert values["status"] == (str(record.status),)
        assert values.get("owner", ()) == ((record.owner,) if record.owner else ())
        assert values.get("tag", ()) == tuple(dict.fromkeys(record.tags))
    for outcome in registry.outcomes:
        under = {id_ for id_, values in found.items() if outcome.id in values.get("outcome", ())}
        hypotheses = {e.id for e in registry.hypotheses_of(outcome.id)}
        experiments = {x.id for h in hypotheses for x in registry.experiments_of(h)}
        assert under == {outcome.id} | hypotheses | experiments
    of_kinds = {kind: [i for i, v in found.items() if v["kind"] == (str(kind),)] for kind in Kind}
    assert all(of_kinds[kind] == [e.id for e in registry.of_kind(kind)] for kind in Kind)


def test_an_experiment_is_in_every_year_that_it_ran_through() -> None:
    playbook = demo()
    found = facets_of(playbook.registry, playbook.flags)
    for experiment in playbook.registry.experiments:
        start, last = experiment.record.start, experiment.record.last_day
        if start and last:
            years = range(start.first.year, last.last.year + 1)
            assert found[experiment.id]["year"] == tuple(map(str, years))
