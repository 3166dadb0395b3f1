"""Mends: what is certain, and `check --fix`, which writes it and nothing else."""

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook.cli import check
from outcome_playbook.editing import apply, write_whole
from outcome_playbook.fixing import fix
from outcome_playbook.records.kinds import HypothesisStatus, Kind
from outcome_playbook.records.reading import read_record
from outcome_playbook.suggest import certain
from tests.factories import family, path_of, problems, record, write


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(check.command, arguments)


# What is certain --------------------------------------------------------------------------------

STATUSES = [str(status) for status in HypothesisStatus]


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Testing", "testing"),
        ("Not supported", "not_supported"),
        ("not-supported", "not_supported"),
        ("NotSupported", "not_supported"),
        ("suported", "supported"),
        ("tetsing", "testing"),
        ("not_suportd", "not_supported"),  # two slips in a long word
        ("dratf", "draft"),
        ("unsupported", None),  # says the opposite of the nearest word
        ("now_supported", None),  # so does one letter here
        ("conclusive", None),
        ("suportet", None),  # two slips in a short word
        ("done", None),
        ("", None),
        ("x" * 100_000, None),
    ],
)
def test_a_slip_has_one_meaning_or_none(word: str, meant: str | None) -> None:
    assert certain(word, STATUSES) == meant


def test_a_word_as_near_to_two_others_is_none_of_them() -> None:
    assert certain("shop", ["ship", "stop", "rerun"]) is None
    assert certain("bat", ["cat"]) is None
    assert certain("a b", ["ab", "a_b"]) is None


@pytest.mark.parametrize(
    ("kind", "raw", "written"),
    [
        ("outcome", "ownr: Post room", "owner: Post room"),
        ("outcome", "'Owner' : Post room", "'owner' : Post room"),
        ("outcome", "kind: Outcome # why", "kind: outcome # why"),
        ("outcome", "Kind: outcome", None),  # beside a `kind` that is there
        ("outcome", "status: Draft", "status: draft"),
        ("outcome", 'status: "DRAFT"', 'status: "draft"'),
        ("outcome", "status: >-\n  Draft", None),
        ("outcome", "status: proposed", None),  # a word of another kind
        ("outcome", "ownr: a\nowner_: b", None),  # both would be the owner
        ("outcome", "owner: a\nownr: b", None),  # one of them is
        ("outcome", "ownr: a\nownr: b", None),  # nobody knows which
        ("outcome", "source: a", None),  # a field of another kind, near `sources`
        ("outcome", "id: an-outcome", None),
        ("outcome", "sources: [{titel: a, url: 'https://x.y'}]", "title: a"),
        ("outcome", "sources: [{title: a, link: 'https://x.y'}]", None),
        ("metric", "direction: Increase", "direction: increase"),
        ("metric", "direction: up", None),
        ("metric", "review_by: 30.11.2026", "review_by: 2026-11-30"),
        ("metric", "review_by: '2026/11/30'", "review_by: '2026-11-30'"),
        ("metric", "review_by: 20261130", "review_by: 2026-11-30"),
        ("metric", "review_by: 11/12/2026", None),  # a day in each half of the world
        ("metric", "review_by: 2026-02-30", None),
        ("metric", "readings: [{date: 1.2.2026, value: 3}]", "date: 2026-02-01"),
    ],
)
def test_a_certain_mend_is_written_in_the_place_of_the_mistake(
    kind: str, raw: str, written: str | None
) -> None:
    text = record(kind, raw=raw)
    found = [p for p in problems({path_of(kind): text}) if p.help]
    assert found
    mends = [p.mend for p in found if p.mend]
    assert (apply(text, mends) != text) == (written is not None)
    if written is not None:
        assert written in apply(text, mends)


def test_a_misspelt_kind_field_is_mended() -> None:
    text = record("outcome").replace("kind:", "knid:")
    (found,) = problems({path_of("outcome"): text})
    assert found.mend is not None
    assert apply(text, [found.mend]) == record("outcome")


@pytest.mark.parametrize(
    ("raw", "written"),
    [
        ("guardrails: [old-metric]", "guardrails: [another-metric]"),
        (
            "guardrails: [{metric: 'old-metric', limit: 3}]",
            "[{metric: 'another-metric', limit: 3}]",
        ),
        ("related:\n  - old-metric # it\n", "related:\n  - another-metric # it\n"),
    ],
)
def test_a_reference_by_an_earlier_id_is_mended(raw: str, written: str) -> None:
    files = family("hypothesis", raw=raw)
    files[path_of("metric", "another-metric")] = record(
        "metric", status="approved", aliases=["old-metric"]
    )
    (found,) = problems(files)
    assert found.code == "PB054"
    assert found.mend is not None
    assert written in apply(files[path_of("hypothesis")], [found.mend])


# The command ------------------------------------------------------------------------------------

SLIPS = (
    "\ufeff---\r\n"
    "Kind: Outcome   # what it is\r\n"
    "# a remark\r\n"
    "\r\n"
    "titel:   'It''s here'\r\n"
    'status: "Drft"\r\n'
    "x-own: {b: 1, a: 2}\n"
    "target: 3\r\n"
    "target_date: 30.11.2026   # the end\r\n"
    "nothing: known\r\n"
    "---\r\n"
    "Kind: Outcome, in the body"
)
MENDED = (
    SLIPS.replace("---\r\nKind: Outcome", "---\r\nkind: outcome", 1)
    .replace("titel", "title")
    .replace("Drft", "draft")
    .replace("30.11.2026", "2026-11-30")
)


def test_fix_mends_what_is_certain_and_shows_what_remains(here: Path) -> None:
    write(here, {"hypotheses/slips.md": SLIPS})
    result = run("--fix")
    assert result.exit_code == 1
    assert (here / "hypotheses/slips.md").read_bytes().decode() == MENDED
    first, _, rest = result.stdout.partition("\n")
    assert first == (
        "hypotheses/slips.md: Kind → kind, Outcome → outcome, titel → title, "
        '"Drft" → "draft", 30.11.2026 → 2026-11-30'
    )
    assert rest.startswith("error[PB012]: `nothing` is not a field of an outcome\n")
    assert rest.endswith("\n1 error in 1 record\n")


def test_fix_says_on_standard_error_what_it_wrote_beside_another_form(here: Path) -> None:
    write(here, {"hypotheses/slips.md": SLIPS})
    result = run("--fix", "--format", "json")
    assert [problem["code"] for problem in json.loads(result.stdout)] == ["PB012"]
    assert result.stderr.startswith("hypotheses/slips.md: Kind → kind")


def test_fix_writes_the_files_asked_for_and_no_others(here: Path) -> None:
    write(here, {"hypotheses/slips.md": SLIPS, "hypotheses/other.md": SLIPS})
    run("--fix", "hypotheses/other.md")
    assert (here / "hypotheses/slips.md").read_bytes().decode() == SLIPS
    assert (here / "hypotheses/other.md").read_bytes().decode() == MENDED


def test_fix_leaves_alone_what_needs_none(here: Path) -> None:
    files = family("experiment", status="running")
    write(here, files)
    before = {path: (here / path).stat().st_mtime_ns for path in files}
    assert run("--fix").stdout == "No problems in 5 records\n"
    assert {path: (here / path).stat().st_mtime_ns for path in files} == before


def test_without_fix_it_says_how_many_it_could_mend(here: Path) -> None:
    write(here, {"hypotheses/one.md": record("outcome", raw="ownr: a")})
    assert run().stdout.endswith("\nIt can be mended by `playbook check --fix`\n")
    write(here, {"hypotheses/two.md": record("outcome", raw="status: Draft")})
    assert run().stdout.endswith("\nAll of them can be mended by `playbook check --fix`\n")
    write(here, {"hypotheses/three.md": record("outcome", raw="own: a\nb: c")})
    assert run().stdout.endswith("\n2 of them can be mended by `playbook check --fix`\n")


def test_a_merge_that_is_not_finished_is_not_touched(here: Path) -> None:
    text = record("outcome", raw="ownr: a", body="<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n")
    write(here, {"hypotheses/both.md": text})
    run("--fix")
    assert (here / "hypotheses/both.md").read_text() == text
    (found,) = read_record("hypotheses/both.md", record("outcome", raw="ownr: a").encode()).problems
    fixed = fix(here, lambda: [found])
    assert fixed.left == {"hypotheses/both.md": "it holds both sides of a merge"}


def test_what_changed_since_it_was_read_is_not_written(here: Path) -> None:
    text = record("outcome", raw="ownr: a")
    found = read_record("hypotheses/x.md", text.encode()).problems
    write(here, {"hypotheses/x.md": text.replace("ownr", "owne")})
    fixed = fix(here, lambda: found)
    assert (fixed.mended, fixed.left) == ({}, {"hypotheses/x.md": "it changed since it was read"})
    assert "owne: a" in (here / "hypotheses/x.md").read_text()


def test_a_file_that_cannot_be_written_is_told_and_the_others_are_mended(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(here, {"hypotheses/a.md": SLIPS, "hypotheses/b.md": SLIPS})

    def refuse(path: Path, data: bytes) -> None:
        if path.name == "a.md":
            raise PermissionError(13, "Permission denied")
        write_whole(path, data)

    monkeypatch.setattr("outcome_playbook.fixing.write_whole", refuse)
    result = run("--fix")
    assert result.exit_code == 1
    assert "hypotheses/a.md stays as it is: permission denied\n" in result.stdout
    assert (here / "hypotheses/a.md").read_bytes().decode() == SLIPS
    assert (here / "hypotheses/b.md").read_bytes().decode() == MENDED


def test_a_baseline_is_not_written_with_mends() -> None:
    result = run("--fix", "--write-baseline")
    assert result.exit_code == 2
    assert "leave --fix out" in result.stderr


# Properties -------------------------------------------------------------------------------------

_LINES = st.lists(
    st.sampled_from(
        [
            *("ownr: a # why", "Owner: 'b'", '"tags": [a,  b]', "Tags: [ c ]", "# a remark", ""),
            *("status: Draft", "status:   'active '", "statsu: draft", "target_date: 1.12.2026"),
            *("target: 3", "problm: >\n  a # no remark\n  b", "metric: a-metric", "metrc: x # y"),
            *("x-own: {Status: Draft} # mine", "sources:\n  - titel: a\n    url: https://x.y # z"),
        ]
    ),
    max_size=6,
)


@given(_LINES, st.sampled_from([str(kind) for kind in Kind]), st.sampled_from(["\n", "\r\n"]))
def test_mending_ends_keeps_every_remark_and_changes_nothing_else(
    lines: list[str], kind: str, end: str
) -> None:
    text = record(kind, raw="\n".join(lines)).replace("\n", end)
    read = text.replace("\r\n", "\n")
    for _ in range(10):
        found = read_record("x.md", text.encode()).problems
        mends = [problem.mend for problem in found if problem.mend]
        if not mends:
            break
        text = apply(text, mends)
    else:
        pytest.fail("there is always another mend")
    now = text.replace("\r\n", "\n")
    assert re.findall("#.*", now) == re.findall("#.*", read)
    assert now.count("\n") == read.count("\n")
    assert re.findall(r"\r?\n", text) == [end] * now.count("\n")
