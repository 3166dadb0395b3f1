"""The registry: the order of files does not matter, and every link has two ends."""

from collections import Counter
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook.registry import Registry
from tests.factories import path_of, read, record

NAMES = ["a", "b", "c", "d", "e", "nowhere"]
IDS = st.sampled_from(NAMES)
SOME = st.lists(IDS, max_size=3)
REFERENCES: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "outcome": st.fixed_dictionaries({}, optional={"parent": IDS, "metric": IDS}),
    "metric": st.fixed_dictionaries({}, optional={"replaced_by": IDS}),
    "hypothesis": st.fixed_dictionaries(
        {}, optional={"outcome": IDS, "metric": IDS, "guardrails": SOME, "supersedes": SOME}
    ),
    "experiment": st.fixed_dictionaries({"hypothesis": IDS}),
}
STATUS = {
    "outcome": ["draft", "active"],
    "metric": ["proposed", "approved"],
    "hypothesis": ["draft", "testing", "supported"],
    "experiment": ["planned", "running", "concluded"],
}


@st.composite
def files(draw: st.DrawFn) -> dict[str, str]:
    """Draw a playbook: five ids, some taken twice, some by a broken record, some by nobody."""
    found = {}
    for id_ in draw(st.lists(st.sampled_from(NAMES[:-1]), max_size=7)):
        kind = draw(st.sampled_from(list(REFERENCES)))
        fields = draw(REFERENCES[kind])
        fields |= draw(st.fixed_dictionaries({}, optional={"related": SOME, "aliases": SOME}))
        path = path_of(kind, f"{draw(st.sampled_from(['', 'team/']))}{id_}")
        status = draw(st.sampled_from([*STATUS[kind], "no-status"]))
        found[path] = record(kind, status=status, **fields)
    return found


def picture(registry: Registry) -> Any:
    """Return all that a face can see of a registry, in the order in which it is seen."""
    return (
        [(entry.id, entry.kind, entry.file.path) for entry in registry.entries.values()],
        registry.aliases,
        [(file.path, file.problems) for file in registry.files],
        {id_: registry.links[id_] for id_ in registry.entries},
        {id_: registry.backlinks[id_] for id_ in registry.entries},
        {id_: [e.id for e in registry.with_descendants(id_)] for id_ in registry.entries},
        [file.path for file in registry.broken],
    )


@given(st.data(), files())
def test_the_order_of_files_does_not_matter(data: st.DataObject, playbook: dict[str, str]) -> None:
    shuffled = dict(data.draw(st.permutations(list(playbook.items()))))
    assert picture(read(shuffled)) == picture(read(playbook))


@given(files())
def test_every_link_has_its_backlink_and_the_reverse(playbook: dict[str, str]) -> None:
    registry = read(playbook)
    links = Counter(link for all_of_one in registry.links.values() for link in all_of_one)
    backlinks = Counter(link for all_of_one in registry.backlinks.values() for link in all_of_one)
    assert links == backlinks
    for link in links:
        assert link in registry.links[link.source]
        assert link in registry.backlinks[link.target]
        assert {link.source, link.target} <= set(registry.entries)


@given(files())
def test_every_file_is_a_record_of_the_registry_or_broken_aloud(playbook: dict[str, str]) -> None:
    registry = read(playbook)
    kept = [entry.file.path for entry in registry.entries.values()]
    broken = [file.path for file in registry.broken]
    assert sorted(kept + broken) == sorted(playbook)
    assert all(file.problems for file in registry.broken)


@given(files())
def test_an_id_leads_to_one_record(playbook: dict[str, str]) -> None:
    registry = read(playbook)
    assert not set(registry.aliases) & set(registry.entries)
    for name in NAMES:
        entry = registry.find(name)
        assert (entry is not None) == (name in registry.entries or name in registry.aliases)
        assert entry is None or entry.id in registry.entries


@given(files())
def test_descendants_are_counted_once(playbook: dict[str, str]) -> None:
    registry = read(playbook)
    for outcome in registry.outcomes:
        ids = [entry.id for entry in registry.with_descendants(outcome.id)]
        assert ids[0] == outcome.id
        assert len(ids) == len(set(ids))
