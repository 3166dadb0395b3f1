"""What a new record is written with is what is read from it."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook import frontmatter
from outcome_playbook.records.blank import blank
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import MODELS
from tests.properties.values import DATA, KINDS_AND_STATUSES, WORDS


@given(st.sampled_from(KINDS_AND_STATUSES), st.data(), WORDS)
def test_values_read_back_as_they_were(
    kind_and_status: tuple[str, str], data: st.DataObject, body: str
) -> None:
    kind, status = Kind(kind_and_status[0]), kind_and_status[1]
    names = sorted({*MODELS[kind].model_fields, "x-own"} - {"status"})
    values: dict[str, Any] = data.draw(st.dictionaries(st.sampled_from(names), DATA))
    front = frontmatter.read(blank(kind, values, status, body))
    assert front.faults == []
    written = {name: value for name, value in front.fields.items() if name in values}
    assert _filled(written) == _filled(values)
    assert front.fields["status"] == status
    assert front.body.strip().endswith(body.strip())


def _filled(values: dict[str, Any]) -> dict[str, Any]:
    """Return what is given; a field that is needed and has no value may stand empty."""
    empty = [name for name, value in values.items() if value is None or _hollow(value)]
    return {name: value for name, value in values.items() if name not in empty}


def _hollow(value: Any) -> bool:
    return isinstance(value, dict) and all(inner is None for inner in value.values())
