"""`playbook check`: exit codes, what goes to which stream, PATH, and what it never loads."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner, Result

from outcome_playbook.cli import check, main, output
from tests.factories import CONFIG, family, path_of, record, write

VALID = family("experiment", status="running")
ERROR = {"hypotheses/bad.md": record("outcome", raw="ownr: Post room")}
WARNING = {"hypotheses/thin.md": record("outcome", status="active", baseline=None)}
NOTE = {"hypotheses/past.md": record("experiment", status="running", retrospective=True, end=None)}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty folder to stand in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(check.command, arguments)


def codes(*arguments: str) -> list[tuple[str, str]]:
    """Return path and code of each problem in the JSON form."""
    found: list[dict[str, Any]] = json.loads(run("--format", "json", *arguments).stdout)
    return [(problem["path"], problem["code"]) for problem in found]


# Exit codes -------------------------------------------------------------------------------------


def test_a_valid_playbook_exits_0(here: Path) -> None:
    write(here, VALID)
    result = run()
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == "No problems in 5 records\n"


def test_an_error_exits_1_and_is_explained(here: Path) -> None:
    write(here, VALID | ERROR)
    result = run()
    assert (result.exit_code, result.stderr) == (1, "")
    assert result.stdout == (
        "error[PB012]: `ownr` is not a field of an outcome\n"
        "  --> hypotheses/bad.md:2:1\n"
        "   |\n"
        " 2 | ownr: Post room\n"
        "   | ^^^^ did you mean `owner`?\n"
        "   = why: an unknown field is almost always a typing error, and its value would be lost\n"
        "   = fix: rename it to `owner`\n"
        "\n"
        "1 error in 6 records\n"
        "It can be mended by `playbook check --fix`\n"
    )


def test_a_warning_alone_exits_0(here: Path) -> None:
    write(here, VALID | WARNING)
    result = run()
    assert result.exit_code == 0
    assert result.stdout.startswith("warning[PB041]: an active outcome should have `baseline`\n")
    assert result.stdout.endswith("\n1 warning in 6 records\n")


def test_errors_and_warnings_are_counted_apart(here: Path) -> None:
    more = {"hypotheses/worse.md": record("outcome", raw="a: 1\nb: 2")}
    write(here, VALID | ERROR | WARNING | more)
    result = run()
    assert result.exit_code == 1
    assert "\n3 errors and 1 warning in 8 records\n" in result.stdout


def test_a_note_is_for_the_page_and_is_not_printed(here: Path) -> None:
    write(here, VALID | NOTE)
    assert run().stdout == "No problems in 6 records\n"
    assert codes() == []


def test_strictness_is_for_the_build_and_changes_no_exit_code(here: Path) -> None:
    config = "plugins: [{playbook: {strictness: warning}}]\n"
    write(here, {**VALID, **WARNING, "mkdocs.yml": config})
    assert run().exit_code == 0


def could_not_run(*arguments: str) -> str:
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    return result.stderr


def test_without_a_configuration_it_cannot_run(here: Path) -> None:
    assert could_not_run() == (
        f"playbook check could not run: no mkdocs.yml in {here} or above; "
        "go to the playbook's folder first\n"
    )


def test_with_a_misspelt_option_it_cannot_run(here: Path) -> None:
    write(here, {"mkdocs.yml": "plugins: [{playbook: {silence: 3}}]\n"})
    assert could_not_run("--format", "json") == (
        "playbook check could not run: mkdocs.yml: option `silence` of the playbook plugin is not "
        "an option; the options are records, as_of, time_box_weeks, patience_days, silence_days, "
        "strictness, host, synonyms, severity, baseline\n"
    )


def test_with_a_bad_clock_it_cannot_run(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, VALID)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "today")
    assert could_not_run() == (
        "playbook check could not run: SOURCE_DATE_EPOCH is not a number of seconds: 'today'\n"
    )


def test_with_a_file_for_a_folder_it_cannot_run(here: Path) -> None:
    write(here, {"hypotheses": ""})
    assert could_not_run().startswith("playbook check could not run: [Errno ")


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("none.md", "there is no file or folder none.md"),
        ("..", ".. is not in this playbook, which is {here}"),
    ],
)
def test_with_a_path_of_nowhere_it_cannot_run(path: str, said: str, here: Path) -> None:
    write(here, VALID)
    assert could_not_run(path) == f"playbook check could not run: {said.format(here=here)}\n"


@pytest.mark.parametrize("arguments", [["--format", "xml"], ["--strict"]])
def test_an_option_that_is_none_is_a_usage_error(arguments: list[str], here: Path) -> None:
    write(here, VALID)
    result = run(*arguments)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Usage: check")


# JSON -------------------------------------------------------------------------------------------


def test_json_is_all_that_stands_on_standard_output(here: Path) -> None:
    write(here, VALID | ERROR)
    result = run("--format", "json")
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == [
        {
            "code": "PB012",
            "severity": "error",
            "path": "hypotheses/bad.md",
            "line": 2,
            "column": 1,
            "end_line": 2,
            "end_column": 5,
            "message": "`ownr` is not a field of an outcome",
            "help": "rename it to `owner`",
            "fixable": True,
        }
    ]


def test_json_without_problems_is_an_empty_list(here: Path) -> None:
    write(here, VALID)
    assert json.loads(run("--format", "json").stdout) == []


def test_json_of_an_unknown_position_is_null(here: Path) -> None:
    write(here, {"hypotheses/A.md": record("outcome")})
    (found,) = json.loads(run("--format", "json").stdout)
    assert {found[name] for name in ("line", "column", "end_line", "end_column")} == {None}


# Where it stands and what it reads --------------------------------------------------------------


def test_a_record_may_link_to_the_pages_that_every_playbook_has(here: Path) -> None:
    body = (
        "[all](../content/status/index.md) [fields](../content/reference.md) [no](../content/x.md)"
    )
    linked = {
        "mkdocs.yml": "docs_dir: content\n",
        "hypotheses/linked.md": record("outcome", body=body),
    }
    write(here, VALID | linked)
    assert codes() == [("hypotheses/linked.md", "PB071")]
    assert "content/x.md" in run().stdout


def test_a_playbook_without_records_has_no_problems(here: Path) -> None:
    write(here, {})
    assert run().stdout == "No problems in 0 records\n"


def test_it_runs_in_a_folder_below(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here, VALID | ERROR)
    monkeypatch.chdir(here / "hypotheses")
    assert codes() == [("hypotheses/bad.md", "PB012")]
    assert codes("bad.md") == [("hypotheses/bad.md", "PB012")]
    assert codes("../content") == []


@pytest.mark.parametrize("option", ["-f", "--config-file"])
def test_another_configuration_can_be_named(option: str, here: Path) -> None:
    write(here / "playbook", {**ERROR, "other.yml": CONFIG})
    assert codes(option, "playbook/other.yml") == [("hypotheses/bad.md", "PB012")]
    assert "none.yml: no such file or directory" in could_not_run(option, "none.yml")


def test_folders_of_records_come_from_the_configuration(here: Path) -> None:
    config = "INHERIT: base.yml\nsite_name: !ENV [NAME, Small]\n"
    base = "extra: !!python/name:os.getcwd\nplugins: {playbook: {records: [notes]}}\n"
    write(here, {"mkdocs.yml": config, "base.yml": base, **ERROR})
    write(here, {"mkdocs.yml": config, "notes/bad.md": ERROR["hypotheses/bad.md"]})
    assert codes() == [("notes/bad.md", "PB012")]


# PATH -------------------------------------------------------------------------------------------

SEVERAL = {**VALID, **ERROR, "content/outcomes/bad-too.md": "no record\n"}
BOTH = [("content/outcomes/bad-too.md", "PB005"), ("hypotheses/bad.md", "PB012")]


@pytest.mark.parametrize(
    ("paths", "found"),
    [
        ([], BOTH),
        (["."], BOTH),
        (["hypotheses"], BOTH[1:]),
        (["hypotheses/"], BOTH[1:]),
        (["./content/outcomes/../outcomes"], BOTH[:1]),
        (["hypotheses/bad.md"], BOTH[1:]),
        (["hypotheses/bad.md", "content/outcomes/bad-too.md"], BOTH),
        (["content", "content/outcomes"], BOTH[:1]),
        (["hypotheses/an-experiment.md"], []),
        (["mkdocs.yml"], []),
        (["content/outcomes/bad"], []),  # the beginning of a name is not the name
    ],
)
def test_path_filters_what_is_reported(
    paths: list[str], found: list[tuple[str, str]], here: Path
) -> None:
    write(here, {**SEVERAL, "content/outcomes/bad/README.md": ""})
    assert codes(*paths) == found


def test_an_absolute_path_filters_too(here: Path) -> None:
    write(here, SEVERAL)
    assert codes(str(here / "hypotheses")) == BOTH[1:]


def test_everything_is_read_whatever_is_reported(here: Path) -> None:
    write(here, SEVERAL)
    assert codes(path_of("hypothesis")) == []  # its metrics and outcome are found
    assert run(path_of("hypothesis")).stdout == "No problems in 1 record\n"
    assert "\n1 error in 3 records\n" in run("hypotheses").stdout


def test_errors_elsewhere_do_not_fail_a_path(here: Path) -> None:
    write(here, SEVERAL)
    assert run("hypotheses/an-experiment.md").exit_code == 0


def test_a_record_that_is_a_link_is_meant_itself(here: Path) -> None:
    write(here / "playbook", VALID)
    (here / "playbook" / "hypotheses" / "linked.md").symlink_to(here / "elsewhere.md")
    config = ("-f", "playbook/mkdocs.yml")
    assert codes(*config, "playbook/hypotheses/linked.md") == [("hypotheses/linked.md", "PB002")]


# Odd records ------------------------------------------------------------------------------------


def test_contributed_text_cannot_drive_the_terminal(here: Path) -> None:
    raw = 'owner: "\\e]0;owned\\a"\ntags: [\u202egnp, "a\\u009b2J"]\n\u200fowner: x'
    write(here, {"hypotheses/evil.md": record("outcome", raw=raw)})
    result = run()
    assert result.exit_code == 1
    assert not {"\x1b", "\x07", "\x9b", "\u202e", "\u200f"} & set(result.stdout)


def test_a_pipe_among_the_records_stops_nothing(here: Path) -> None:
    write(here, VALID)
    os.mkfifo(here / "hypotheses" / "pipe.md")
    assert codes() == [("hypotheses/pipe.md", "PB001")]


def test_the_source_is_shown_of_what_is_not_utf_8(here: Path) -> None:
    write(here, {"hypotheses/x.md": "---\r\ntitle: Café\r\n---\r\n".encode("latin-1")})
    lines = run().stdout.split("\n")
    assert lines[1:5] == [
        "  --> hypotheses/x.md:2:11",
        "   |",
        " 2 | title: Caf\N{REPLACEMENT CHARACTER}",
        "   |           ^",
    ]


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_the_source_is_shown_whatever_ends_its_lines(newline: str, here: Path) -> None:
    text = "\ufeff" + record("outcome", raw="tags: a, b").replace("\n", newline)
    write(here, {"hypotheses/x.md": text})
    assert run().stdout.split("\n")[3:5] == [" 2 | tags: a, b", "   |       ^^^^"]


def test_ten_thousand_problems_are_all_reported(here: Path) -> None:
    tags = ", ".join(map(str, range(9)))
    files = {
        f"hypotheses/record-{n}.md": record("outcome", raw=f"tags: [{tags}]\nowner: [a]")
        for n in range(500)
    } | {
        f"hypotheses/other-{n}.md": record("outcome", raw=f"related: [{', '.join('abcdefghij')}]")
        for n in range(500)
    }
    write(here, files)
    assert len(codes()) == 10_000
    assert run().stdout.endswith("\n10000 errors in 1000 records\n")


# As a program -----------------------------------------------------------------------------------


def program(root: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "outcome_playbook", "check", *arguments],
        cwd=root,
        env={**os.environ, **environment},
        capture_output=True,
        check=False,
    )


def test_the_program_exits_as_the_command_does(tmp_path: Path) -> None:
    assert program(tmp_path).returncode == 2
    write(tmp_path, VALID)
    assert program(tmp_path).returncode == 0
    write(tmp_path, ERROR)
    done = program(tmp_path, "--format", "json")
    assert (done.returncode, done.stderr) == (1, b"")
    assert [problem["code"] for problem in json.loads(done.stdout)] == ["PB012"]


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_terminal_of_another_encoding_is_no_obstacle(encoding: str, tmp_path: Path) -> None:
    files = {
        path_of("outcome", "a"): record("outcome", raw="parent: b"),
        path_of("outcome", "b"): record("outcome", raw="parent: a\nöwner: 日本"),
        path_of("outcome", "c"): record("outcome", raw="parent: c"),
    }
    write(tmp_path, files)
    shown = program(tmp_path, PYTHONIOENCODING=encoding)
    assert (shown.returncode, shown.stderr) == (1, b"")
    assert b" leads back to where it began: `c` ? `c`" in shown.stdout
    assert " 3 | öwner: ??".encode(encoding, "replace") in shown.stdout
    data = program(tmp_path, "--format", "json", PYTHONIOENCODING=encoding)
    assert "`öwner`" in json.loads(data.stdout.decode("utf-8"))[0]["message"]


def test_a_name_that_is_no_text_is_printed(tmp_path: Path) -> None:
    write(tmp_path, VALID)
    try:
        (tmp_path / "hypotheses" / os.fsdecode(b"caf\xe9.md")).write_text(record("outcome"))
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")
    assert program(tmp_path).returncode == 1
    (found,) = json.loads(program(tmp_path, "--format", "json").stdout)
    assert found["path"] == "hypotheses/caf\ufffd.md"


@pytest.mark.parametrize("seed", ["0", "1"])
@pytest.mark.parametrize("place", [{"TZ": "Pacific/Kiritimati", "LC_ALL": "C"}, {"TZ": "UTC"}])
def test_the_same_records_give_the_same_bytes(
    seed: str, place: dict[str, str], tmp_path: Path
) -> None:
    write(tmp_path, SEVERAL | WARNING)
    first = program(tmp_path, "--format", "json")
    again = program(tmp_path, "--format", "json", PYTHONHASHSEED=seed, **place)
    assert again.stdout == first.stdout


def loaded_by(root: Path, code: str) -> set[str]:
    """Return the packages that a fresh interpreter has loaded when ``code`` has run."""
    report = "import sys; sys.stderr.write(' '.join({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run(
        [sys.executable, "-c", f"{code}\n{report}"],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.split())


HEAVY = {"mkdocs", "material", "jinja2", "markdown", "rapidfuzz", "properdocs"}
RUN = "from outcome_playbook.cli import main; main(['check'], standalone_mode=False)"


def test_importing_the_check_loads_nothing_heavy(tmp_path: Path) -> None:
    assert not loaded_by(tmp_path, "import outcome_playbook.cli.checking") & HEAVY


def test_running_the_check_loads_nothing_heavy(tmp_path: Path) -> None:
    write(tmp_path, VALID | WARNING)
    code = f"try:\n  {RUN}\nexcept SystemExit as done:\n  assert done.code == 0"
    assert not loaded_by(tmp_path, code) & HEAVY


def test_the_help_of_a_command_loads_nothing_that_reads_records(tmp_path: Path) -> None:
    names = main.list_commands(click.Context(main))
    asked = "; ".join(f"main(['{name}', '--help'], standalone_mode=False)" for name in names)
    code = f"from outcome_playbook.cli import main; {asked}"
    assert {"check", "diff", "list", "new"} <= set(names)
    assert not loaded_by(tmp_path, code) & {"pydantic", "rich", "prompt_toolkit"}


def test_only_what_is_misspelt_loads_what_suggests(tmp_path: Path) -> None:
    write(tmp_path, ERROR)
    code = f"try:\n  {RUN}\nexcept SystemExit as done:\n  assert done.code == 1"
    assert loaded_by(tmp_path, code) & HEAVY == {"rapidfuzz"}


def test_help_says_what_the_exit_codes_mean() -> None:
    result = CliRunner().invoke(main, ["check", "--help"])
    assert result.exit_code == 0
    assert "Exits with 0 without errors, with 1 with errors" in " ".join(result.stdout.split())


def test_a_file_that_vanished_meanwhile_has_no_lines_to_show(tmp_path: Path) -> None:
    assert output._lines_below(tmp_path)("hypotheses/gone.md") == ()


def test_the_commands_are_listed_without_loading_them(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--help"])
    assert result.exit_code == 0
    assert "Say what is wrong with the records, where, and how to mend it." in result.stdout
    code = (
        "from outcome_playbook.cli import main\ntry:\n  main(['--help'])\nexcept SystemExit: pass"
    )
    assert not loaded_by(tmp_path, code) & {*HEAVY, "pydantic", "yaml"}


def test_a_command_that_is_none_is_a_usage_error() -> None:
    result = CliRunner().invoke(main, ["chekc"])
    assert (result.exit_code, result.stdout) == (2, "")
    assert "No such command 'chekc'" in result.stderr
