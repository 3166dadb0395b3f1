"""Whatever is typed for a new record, its file has no error in its status, or is not made."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook import registry as registries
from outcome_playbook.drafting import DraftError, Surroundings, Wish, draft, slots_of
from outcome_playbook.loader import Published
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.reading import read_record
from outcome_playbook.settings import Settings
from tests.factories import IDS, neighbours, path_of, problems
from tests.properties.values import KINDS_AND_STATUSES, TRICKY, WORDS

TYPED = WORDS | TRICKY | st.sampled_from(["A letter", "5", "2026-11-30", "an-outcome", "a-metric"])


@given(st.sampled_from(KINDS_AND_STATUSES), st.data(), WORDS | TRICKY)
def test_a_record_that_is_made_has_no_error(
    kind_and_status: tuple[str, str], data: st.DataObject, body: str
) -> None:
    kind, status = Kind(kind_and_status[0]), kind_and_status[1]
    files = neighbours(kind, status)
    around = Surroundings(
        Path("/nowhere"),
        Settings(),
        Published(Path("/nowhere"), "content", ("hypotheses",)),
        registries.build(read_record(path, text.encode()) for path, text in files.items()),
    )
    wish = Wish(kind, status, body=body, id="the-new-one")
    for slot in slots_of(kind):
        good = slot.example
        if slot.names is not None:
            good = IDS[slot.names.kind or "metric"]
        elif slot.choices:
            good = slot.choices[0]
        if wish.fill(around.registry, slot, data.draw(TYPED | st.just(good))):
            wish.fill(around.registry, slot, good)
    try:
        made = draft(around, wish, "hypotheses", 2026)
    except DraftError:
        return
    found = problems({path_of("hypothesis", made.id): made.text} | files)
    assert [p for p in found if p.path.endswith("the-new-one.md") and p.severity == "error"] == []
