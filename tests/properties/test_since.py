"""What a change brings is the same, whether the records nearby are read or all of them."""

from collections import Counter
from collections.abc import Collection

from hypothesis import event, given, settings
from hypothesis import strategies as st

from outcome_playbook import registry, rules
from outcome_playbook.loader import stem
from outcome_playbook.records.reading import read_record
from outcome_playbook.registry import Registry
from outcome_playbook.settings import Settings
from outcome_playbook.since.brought import new_problems
from outcome_playbook.since.nearby import nearby
from tests.factories import Shown
from tests.properties.test_registry import files


def read(texts: dict[str, str], only: Collection[str] | None) -> Registry:
    """Return the registry of these texts, all or some of them read, every rule run."""
    kept = {path: text for path, text in texts.items() if only is None or path in only}
    left_out = {stem(path) for path in texts.keys() - kept.keys()}
    records = [read_record(path, text.encode()) for path, text in kept.items()]
    found = registry.build(records, left_out)
    rules.check(found, Settings(), Shown(frozenset(texts)))
    return found


def known_by(now: Registry, was: Registry) -> Counter[tuple[str, str, str]]:
    """Return what a change brings, without what only the help or a suggestion says of it."""
    return Counter((p.code, p.path, p.message) for p in new_problems(was, now))


@settings(max_examples=200)
@given(st.data(), files(), files())
def test_records_nearby_are_enough(
    data: st.DataObject, one: dict[str, str], other: dict[str, str]
) -> None:
    # A change takes some files as they were and some as they will be.
    taken = data.draw(st.sets(st.sampled_from(sorted({*one, *other}) or ["none"]), max_size=2))
    kept = {path: text for path, text in one.items() if path not in taken}
    now = kept | {path: other[path] for path in taken & other.keys()}
    changed = {path for path in {*one, *now} if one.get(path) != now.get(path)}
    encoded = {path: text.encode() for path, text in now.items()}
    then = {path: one[path].encode() for path in changed & one.keys()}
    only = nearby(encoded, then, changed)
    assert only is not None
    event(f"read {len(only & now.keys())} of {len(now)}")
    nearby_alone = known_by(read(now, only), read(one, only))
    assert nearby_alone == known_by(read(now, None), read(one, None))


@given(files())
def test_no_change_brings_nothing(playbook: dict[str, str]) -> None:
    assert new_problems(read(playbook, None), read(playbook, None)) == []
