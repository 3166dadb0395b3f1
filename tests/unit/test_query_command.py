"""``playbook query``: the records in a table, in lines, as JSON and as CSV; what is wrong."""

import csv
import io
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.console import Console

from outcome_playbook.cli import main, querying
from outcome_playbook.query import Asked, read_columns, read_field
from outcome_playbook.query.conditions import Field
from outcome_playbook.records.kinds import Kind
from tests.factories import CONFIG, path_of, read, record, write
from tests.queried import FILES, TODAY, evaluation_of

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Run:
    config = f"{CONFIG.rstrip()}:\n      as_of: {TODAY}\n"
    root = write(tmp_path_factory.mktemp("queried"), {"mkdocs.yml": config, **FILES})

    def run(*arguments: str) -> tuple[int, str, str]:
        result = CliRunner().invoke(main, ["query", "-f", str(root / "mkdocs.yml"), *arguments])
        return result.exit_code, result.stdout_bytes.decode("utf-8"), result.stderr

    return run


def test_records_are_lines_in_a_pipe(run: Run) -> None:
    assert run("overdue or kind = outcome", "--sort", "-title") == (
        0,
        (
            "part\toutcome\tdraft\tÄrzte am Ort\tFewer letters\n"
            "whole\toutcome\tactive\tBenefits desk\tAnswers in time\n"
            "late\texperiment\trunning\tÄrzte am Ort\tA record of kind experiment\n"
        ),
        "",
    )


def test_without_a_condition_all_of_a_kind_are_printed(run: Run) -> None:
    code, out, _ = run("--from", "hypotheses", "--columns", "experiments.count")
    assert (code, out) == (0, "on-nothing\t1\non-part\t2\non-whole\t2\n")


def test_json_is_a_list_of_objects_with_id_and_columns(run: Run) -> None:
    columns = "effect,end,tags,overdue,decision.action,id,related"
    options = ("--from", "experiment", "--columns", columns, "--format", "json")
    code, out, _ = run("id in [past, done]", *options)
    assert code == 0
    assert json.loads(out) == [
        {
            "id": "done",
            "effect": 15,
            "end": "2026-10-01",
            "tags": [],
            "overdue": False,
            "decision.action": "ship",
            "related": [],
        },
        {
            "id": "past",
            "effect": -3.5,
            "end": "2016",
            "tags": [],
            "overdue": False,
            "decision.action": None,
            "related": ["done", "whole"],
        },
    ]
    assert json.loads(run("silent", "--format", "json")[1]) == []


def test_groups_are_objects_in_json_and_a_first_column_elsewhere(run: Run) -> None:
    options = ("--from", "experiment", "--columns", "title", "--group", "end")
    grouped = json.loads(run("status != concluded", *options, "--format", "json")[1])
    assert [(one["value"], [r["id"] for r in one["records"]]) for one in grouped] == [
        ("2026-10-01", ["late"]),
        ("2026-11-10", ["soon"]),
        (None, ["stray"]),
    ]
    assert run("overdue", *options)[1] == "2026-10-01\tlate\tA record of kind experiment\n"
    lines = run("overdue", *options, "--format", "csv")[1].splitlines()
    assert lines == ["end,id,title", "2026-10-01,late,A record of kind experiment"]


def test_a_limit_says_how_many_more_there_are(run: Run) -> None:
    code, out, err = run("--from", "experiment", "--limit", "2", "--columns", "status")
    assert (code, out) == (0, "done\tconcluded\nlate\trunning\n")
    assert err == "… and 3 more\n"
    assert run("--limit", "-1")[0] == 2


def test_no_cell_of_csv_is_a_formula(tmp_path: Path) -> None:
    evil = ["=1+1", "+1", "-1", "@SUM(A1)", "  =1+1", "\t=1", "safe", '"=1"']
    files = {
        path_of("hypothesis", f"h{n}"): record("hypothesis", title=title, tags=[title, "other"])
        for n, title in enumerate(evil)
    }
    files[path_of("experiment", "e")] = FILES[path_of("experiment", "past")]
    write(tmp_path, files)
    asked = ["--columns", "title,tags,effect", "--format", "csv", "--group", "title"]
    result = CliRunner().invoke(main, ["query", "-f", str(tmp_path / "mkdocs.yml"), *asked])
    rows = list(csv.reader(io.StringIO(result.stdout)))[1:]
    cells = {cell for row in rows for cell in row}
    assert {"'=1+1", "'+1", "'-1", "'@SUM(A1)", "safe", '"=1"'} <= cells
    assert "-3.5" in cells  # a number is one
    assert {cell for cell in cells if cell.lstrip().startswith(tuple("=+-@"))} == {"-3.5"}


@pytest.mark.parametrize(
    "sign",
    [
        *"=+-@",
        "\N{FULLWIDTH EQUALS SIGN}",
        "\N{FULLWIDTH PLUS SIGN}",
        "\N{FULLWIDTH HYPHEN-MINUS}",
        "\N{FULLWIDTH COMMERCIAL AT}",
        "\N{SMALL EQUALS SIGN}",
    ],
)
def test_neither_an_id_nor_a_wide_sign_begins_a_formula(sign: str, tmp_path: Path) -> None:
    """A file may be called anything, and a spreadsheet may read a wide sign as a narrow one."""
    text = f"{sign}1+1"
    write(tmp_path, {path_of("hypothesis", text): record("hypothesis", title=text)})
    asked = ["--from", "hypothesis", "--columns", "title", "--format", "csv"]
    result = CliRunner().invoke(main, ["query", "-f", str(tmp_path / "mkdocs.yml"), *asked])
    assert list(csv.reader(io.StringIO(result.stdout)))[1:] == [[f"'{text}", f"'{text}"]]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ["statsu = runing"],
            (
                "`statsu` is no field of any record\n"
                "  | statsu = runing\n"
                "  | ^^^^^^ did you mean `status`?\n"
                "  = fix: write `status`\n"
            ),
        ),
        (
            ["end < today and status = runing", "--from", "experiment"],
            (
                "`runing` is no value of `status`\n"
                "  | end < today and status = runing\n"
                "  |                          ^^^^^^ did you mean `running`?\n"
                "  = fix: write `running`, or another of `planned`, `running`, `review`, "
                "`concluded`, `cancelled`\n"
            ),
        ),
        (
            ["status ="],
            (
                "a value is missing here\n"
                "  | status =\n"
                "  |         ^\n"
                "  = fix: write a word, a number, a date, or a text in quotation marks\n"
            ),
        ),
        (
            ["", "--sort", "-titel"],
            (
                "`titel` is no field of any record\n"
                "  | -titel\n"
                "  |  ^^^^^ did you mean `title`?\n"
                "  = fix: write `title`\n"
            ),
        ),
        (
            ["", "--group", "titel"],
            (
                "`titel` is no field of any record\n"
                "  | titel\n"
                "  | ^^^^^ did you mean `title`?\n"
                "  = fix: write `title`\n"
            ),
        ),
        (
            ["", "--from", "experimnt"],
            (
                "`experimnt` is no kind (did you mean `experiment`?). The kinds are `outcome`, "
                "`metric`, `hypothesis`, `experiment`\n"
            ),
        ),
    ],
)
def test_what_is_wrong_is_pointed_at(arguments: list[str], said: str, run: Run) -> None:
    assert run(*arguments) == (2, "", f"playbook query could not run: {said}")


def test_all_that_is_wrong_is_said_at_once(run: Run) -> None:
    code, out, err = run("status = x", "--from", "experiment", "--sort", "y", "--columns", "z,z")
    assert (code, out) == (2, "")
    assert err.count("playbook query could not run: ") == 4


def test_hostile_text_only_shows(run: Run) -> None:
    _, _, err = run("title ~ open(\x1b[2J\u202e)")
    assert "\x1b" not in err
    assert "\u202e" not in err


def test_it_is_explained(run: Run) -> None:
    code, out, _ = run("overdue and owner != none", "--explain")
    assert code == 0
    assert out.splitlines() == [
        "Of 12 records of all kinds:",
        "  all of: 1",
        "    overdue: 1, from the index of overdue by value",
        "    owner != none: 9, from the index of who has owner",
        "Found: 1",
        "Sorted by kind and id",
    ]


def test_a_terminal_shows_tables(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = StringIO()
    monkeypatch.setattr(
        "rich.console.Console", lambda **given: Console(file=seen, width=80, **given)
    )
    group = read_field("status", Kind.EXPERIMENT)
    assert isinstance(group, Field)
    columns, _ = read_columns("effect, title", Kind.EXPERIMENT)
    evaluation = evaluation_of(read(FILES))
    asked = Asked(Kind.EXPERIMENT, group=group, columns=columns)
    querying._print_tables(querying._Answer(asked, evaluation))
    lines = [line.rstrip() for line in seen.getvalue().splitlines()]
    assert "status = concluded (2)" in lines
    assert "past            -3.5  A record of kind experiment" in lines


def test_a_file_that_is_no_record_is_counted(tmp_path: Path) -> None:
    write(tmp_path, {path_of("outcome"): "---\nkind: outcome\n---\n"})
    result = CliRunner().invoke(main, ["query", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 0
    assert result.stderr == "1 file is no record until mended: `playbook check` says how.\n"


def test_its_help_shows_examples_one_a_line(run: Run) -> None:
    _, said, _ = run("--help")

    examples = [line for line in said.splitlines() if line.startswith("  playbook query '")]
    assert len(examples) == 3
    assert all(line.endswith(("experiment --sort end", "'")) for line in examples)


def test_without_a_playbook_it_cannot_run(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["query", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 2
    assert result.stderr.startswith("playbook query could not run: ")
