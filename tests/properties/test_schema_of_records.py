"""The schema for editors refuses nothing that the check lets pass."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.records.kinds import Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.schema import schemas
from tests.factories import family, read
from tests.properties.values import FIELD_DATA, FIELDS, KINDS_AND_STATUSES, WORDS

NOT_ITS_BUSINESS = (catalogue.DANGLING, catalogue.WRONG_KIND)


@cache
def validator() -> Draft202012Validator:
    return Draft202012Validator(schemas()["record.schema.json"])


def example_of(kind: str, name: str) -> list[Any]:
    field = MODELS[Kind(kind)].model_fields.get(name)
    return list(field.examples or ()) if field else []


@st.composite
def records(draw: st.DrawFn) -> dict[str, str]:
    """Draw a record among its neighbours, some fields of it anything, some an example."""
    kind, status = draw(st.sampled_from(KINDS_AND_STATUSES))
    names = draw(st.lists(st.sampled_from(FIELDS[Kind(kind)]), max_size=3, unique=True))
    raw = ""
    for name in names:
        likely = st.sampled_from([*example_of(kind, name), None, "some words", []])
        value = draw(likely | likely | WORDS | FIELD_DATA)
        raw += f"{name}: {json.dumps(value, ensure_ascii=False)}\n"
    return family(kind, raw=raw, status=status)


def known(fields: Mapping[str, Any], kind: Kind) -> dict[str, Any]:
    """Leave out what is nothing: a name that no field has, without a value."""
    own = {*MODELS[kind].model_fields, "kind"}
    return {k: v for k, v in fields.items() if v is not None or k in own}


@settings(max_examples=120)
@given(records())
def test_what_the_check_lets_pass_the_schema_accepts(files: dict[str, str]) -> None:
    path = next(iter(files))
    (file,) = (file for file in read(files).files if file.path == path)
    errors = [p for p in file.problems if p.severity is Severity.ERROR]
    if file.record is None or any(p.rule not in NOT_ITS_BUSINESS for p in errors):
        return
    wrong = validator().iter_errors(known(file.front.fields, file.record.kind))
    assert [error.message for error in wrong] == []
