"""The baseline: what it holds back, how it is written, renewed and merged."""

import json
import time
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outcome_playbook.baseline import BaselineError, hold_back, read_baseline, write_baseline
from outcome_playbook.cli import check
from outcome_playbook.diagnostics import Severity
from outcome_playbook.diagnostics.fingerprint import Fingerprint
from outcome_playbook.records.reading import read_record
from outcome_playbook.registry import build
from tests.factories import family, read, record, write
from tests.scratch import scratch

CONFIG = "plugins: [{playbook: {baseline: kept/baseline.json}}]\n"
VALID = family("experiment", status="running")
BAD = {"hypotheses/bad.md": record("outcome", raw="ownr: Post room")}
THIN = {"hypotheses/thin.md": record("outcome", status="active", baseline=None)}
OF_BAD = Fingerprint("bad", "PB012", "`ownr` is not a field of an outcome")

OF_THIN = Fingerprint("thin", "PB041", "an active outcome should have `baseline`")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder of a playbook with an error and a warning, to stand in."""
    monkeypatch.chdir(tmp_path)
    return write(tmp_path, {"mkdocs.yml": CONFIG, **VALID, **BAD, **THIN})


def run(*arguments: str) -> Result:
    return CliRunner().invoke(check.command, arguments)


def last(*arguments: str) -> str:
    return run(*arguments).stdout.split("\n")[-2]


# Through the command ----------------------------------------------------------------------------


def test_what_is_there_today_may_stay(here: Path) -> None:
    assert run().exit_code == 1
    wrote = run("--write-baseline")
    assert (wrote.exit_code, wrote.stderr) == (0, "")
    assert wrote.stdout == (
        "+ PB012 bad: `ownr` is not a field of an outcome\n"
        "+ PB041 thin: an active outcome should have `baseline`\n"
        "Wrote kept/baseline.json: it holds back 2 problems (2 added, 0 removed)\n"
    )
    again = run()
    assert again.exit_code == 0
    assert again.stdout == "No problems in 7 records; 2 problems held back by the baseline\n"
    assert json.loads(run("--format", "json").stdout) == []
    assert [path.name for path in (here / "kept").iterdir()] == ["baseline.json"]


def test_the_file_reads_well_in_a_review(here: Path) -> None:
    run("--write-baseline")
    assert (here / "kept/baseline.json").read_text("utf-8").split("\n")[2:] == [
        '  "problems": [',
        '    {"id": "bad", "code": "PB012", "message": "`ownr` is not a field of an outcome"},',
        f"    {json.dumps(OF_THIN._asdict())}",
        "  ]",
        "}",
        "",
    ]


def test_what_is_new_counts(here: Path) -> None:
    run("--write-baseline")
    write(here, {"mkdocs.yml": CONFIG, "hypotheses/new.md": BAD["hypotheses/bad.md"]})
    assert run().exit_code == 1
    assert "1 error in 8 records; 2 problems held back by the baseline" in run().stdout


def test_what_was_mended_is_said_until_the_baseline_is_renewed(here: Path) -> None:
    run("--write-baseline")
    write(here, {"mkdocs.yml": CONFIG, "hypotheses/bad.md": record("outcome")})
    assert run().exit_code == 0
    assert last() == (
        "kept/baseline.json names 1 problem that occurs no more: "
        "`playbook check --write-baseline` renews it"
    )
    assert "no more" not in run("hypotheses").stdout
    assert run("--write-baseline").stdout == (
        "- PB012 bad: `ownr` is not a field of an outcome\n"
        "Wrote kept/baseline.json: it holds back 1 problem (0 added, 1 removed)\n"
    )
    assert last() == "No problems in 7 records; 1 problem held back by the baseline"


def test_a_baseline_that_is_up_to_date_is_not_written(here: Path) -> None:
    run("--write-baseline")
    file = here / "kept/baseline.json"
    before = file.stat().st_mtime_ns
    said = run("--write-baseline").stdout
    assert said == "kept/baseline.json is up to date: it holds back 2 problems\n"
    assert file.stat().st_mtime_ns == before


def test_without_problems_no_file_is_made(here: Path) -> None:
    for path in (*BAD, *THIN):
        (here / path).unlink()
    assert run("--write-baseline").exit_code == 0
    assert not (here / "kept").exists()


@pytest.mark.usefixtures("here")
def test_a_path_shows_what_is_held_back_there() -> None:
    run("--write-baseline")
    assert last("hypotheses/bad.md") == (
        "No problems in 1 record; 1 problem held back by the baseline"
    )


def test_a_baseline_is_written_for_all_records(here: Path) -> None:
    result = run("--write-baseline", "hypotheses")
    assert result.exit_code == 2
    assert "leave PATH out" in result.stderr
    assert not (here / "kept").exists()


def test_without_the_option_there_is_nowhere_to_write(here: Path) -> None:
    write(here, {})
    result = run("--write-baseline")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "names no baseline; add `baseline: baseline.json`" in result.stderr


@pytest.mark.usefixtures("here")
def test_sarif_holds_what_is_held_back_and_the_other_forms_do_not() -> None:
    run("--write-baseline")
    (log,) = json.loads(run("--format", "sarif").stdout)["runs"]
    assert [result["suppressions"][0]["kind"] for result in log["results"]] == ["external"] * 2
    assert json.loads(run("--format", "gitlab").stdout) == []
    assert run("--format", "github").stdout == last() + "\n"


def test_a_form_can_go_to_a_file_while_the_log_shows_the_text(here: Path) -> None:
    result = run("--format", "gitlab", "-o", "quality é.json")
    assert result.exit_code == 1
    assert result.stdout == run().stdout
    assert len(json.loads((here / "quality é.json").read_bytes())) == 2


def test_a_file_that_cannot_be_written_is_said(here: Path) -> None:
    assert (here / "none").exists() is False
    result = run("--format", "sarif", "--output", "none/x.sarif")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "could not run: " in result.stderr


def test_paths_begin_at_the_top_of_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch(tmp_path)
    monkeypatch.chdir(write(tmp_path / "play book", BAD))
    (entry,) = json.loads(run("--format", "gitlab").stdout)
    assert entry["location"]["path"] == "play book/hypotheses/bad.md"
    assert "::error file=play book/hypotheses/bad.md,line=2," in run("--format", "github").stdout


# What it holds back -----------------------------------------------------------------------------


def test_as_many_as_it_counts_are_held_back_and_no_more() -> None:
    registry = read({"a.md": record("outcome", raw="related: [x, x, x]")})
    (message,) = {p.message for p in registry.files[0].problems}
    left = hold_back(registry, Counter({Fingerprint("a", "PB052", message): 2}))
    assert [p.severity for p in registry.files[0].problems] == [Severity.NOTE] * 2 + [
        Severity.ERROR
    ]
    assert left == Counter()


def test_lines_may_move_and_the_file_too() -> None:
    registry = read({"content/outcomes/bad.md": record("outcome", raw="# more\nownr: x")})
    hold_back(registry, Counter({OF_BAD: 1}))
    assert [p.held_back for p in registry.files[0].problems] == [True]


def test_a_renamed_record_is_known_by_its_alias() -> None:
    text = record("outcome", raw="aliases: [bad]\nrelated: [nothing]")
    registry = read({"better.md": text})
    (found,) = registry.files[0].problems
    entry = Fingerprint("bad", found.code, found.message)
    assert hold_back(registry, Counter({entry: 1})) == Counter()
    assert registry.files[0].problems[0].held_back


def test_a_problem_in_another_record_is_another_problem() -> None:
    registry = read({"other.md": BAD["hypotheses/bad.md"]})
    assert hold_back(registry, Counter({OF_BAD: 1})) == Counter({OF_BAD: 1})
    assert not registry.files[0].problems[0].held_back


def test_holding_back_costs_no_time() -> None:
    files = [read_record(f"r-{n}.md", b"---\nkind: outcome\nownr: x\n---\n") for n in range(500)]
    registry = build(files)
    baseline = Counter(
        {Fingerprint(f"r-{n}", p.code, p.message): 1 for n in range(500) for p in files[n].problems}
    )
    started = time.process_time()
    left = hold_back(registry, baseline)
    assert left == Counter()
    assert time.process_time() - started < 0.2  # a check of 10,000 records may take 4 s


# The file ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", "is no JSON: line 1, column 2"),
        ("[]", "is not in the form"),
        ("{}", "is not in the form"),
        ('{"problems": {"a": 1}}', "is not in the form"),
        ('{"problems": [{"id": 1, "code": "PB012", "message": ""}]}', "is not in the form"),
        ('{"problems": [{"id": "a", "code": "PB012"}]}', "is not in the form"),
        (
            '{"problems": [{"id": "a", "code": "PB012", "message": "", "count": 0}]}',
            "is not in the form",
        ),
        ("[" * 100_000, "is not in the form"),
        ("{\n<<<<<<< HEAD\n}", "has the conflict markers of a merge"),
        (b"\xff", "is not UTF-8"),
    ],
)
def test_a_file_that_is_no_baseline_is_said_and_never_overwritten(
    text: str | bytes, says: str, here: Path
) -> None:
    write(here, {"mkdocs.yml": CONFIG, "kept/baseline.json": text})
    for arguments in ([], ["--write-baseline"]):
        result = run(*arguments)
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"could not run: the baseline baseline.json {says}" in result.stderr
    kept = (here / "kept/baseline.json").read_bytes()
    assert kept == (text if isinstance(text, bytes) else text.encode())


def test_a_folder_is_no_baseline(tmp_path: Path) -> None:
    with pytest.raises(BaselineError, match="is a directory"):
        read_baseline(tmp_path)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    held = Counter({OF_BAD: 3, Fingerprint("é", "PB001", 'quote " \u202e \x1b and\nmore'): 1})
    path = tmp_path / "baseline.json"
    assert write_baseline(path, held)
    assert read_baseline(path) == held
    assert not write_baseline(path, held)


def test_windows_line_ends_are_kept(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    write_baseline(path, Counter({OF_BAD: 1}))
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    write_baseline(path, Counter({OF_BAD: 2}))
    data = path.read_bytes()
    assert data.count(b"\n") == data.count(b"\r\n") == 6
    assert read_baseline(path) == Counter({OF_BAD: 2})


def test_an_entry_that_a_merge_doubled_is_one(tmp_path: Path) -> None:
    path = tmp_path / "baseline.json"
    entry = json.dumps(OF_BAD._asdict())
    path.write_text(f'{{"problems": [{entry}, {entry}]}}')
    assert read_baseline(path) == Counter({OF_BAD: 1})


def test_branches_that_add_different_problems_merge_or_clash_in_whole_lines(
    tmp_path: Path,
) -> None:
    def entries(*ids: str) -> Counter[Fingerprint]:
        return Counter({Fingerprint(id_, "PB012", "x"): 1 for id_ in ids})

    repository = scratch(tmp_path)
    path = tmp_path / "baseline.json"

    def committed(*ids: str) -> None:
        write_baseline(path, entries(*ids))
        repository.commit({})

    committed("b", "d", "f", "h")
    repository.git("switch", "--quiet", "--create", "side")
    committed("a", "b", "d", "f", "h")
    repository.git("switch", "--quiet", "main")
    committed("b", "d", "f", "g", "h")
    repository.git("merge", "--quiet", "side", "--message", "both")
    assert read_baseline(path) == entries("a", "b", "d", "f", "g", "h")
    repository.git("switch", "--quiet", "side")
    committed("a", "b", "d", "e-one", "f", "h")
    repository.git("switch", "--quiet", "main")
    committed("a", "b", "d", "e-two", "f", "g", "h")
    repository.git("merge", "--quiet", "side", "--message", "both", check=False)
    with pytest.raises(BaselineError, match="keep the entries of both sides"):
        read_baseline(path)
    kept = [
        line
        for line in path.read_text("utf-8").split("\n")
        if line[:7] not in ("<<<<<<<", "=======", ">>>>>>>")
    ]
    path.write_text("\n".join(kept))
    assert read_baseline(path) == entries("a", "b", "d", "e-one", "e-two", "f", "g", "h")
