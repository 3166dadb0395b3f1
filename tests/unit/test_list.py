"""``playbook list``: the records that are asked for, in a table, in lines and as JSON."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from rich.console import Console

from outcome_playbook import export, rollups, selection
from outcome_playbook.cli import listing, main
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.playbook import Playbook, read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.selection import SelectionError, Wanted, select
from outcome_playbook.settings import Settings
from tests.factories import CONFIG, family, read, record, write
from tests.factories import path_of as at

FILES = {
    at("outcome", "whole"): record("outcome", status="active", title="Whole", tags=["letters"]),
    at("outcome", "part"): record(
        "outcome", status="active", parent="whole", aliases=["former-part"], target_date=None
    ),
    at("metric", "a-metric"): record("metric", status="approved", review_by="2026-01-01"),
    at("metric", "another-metric"): record("metric"),
    at("hypothesis", "on-the-part"): record("hypothesis", status="testing", outcome="part"),
    at("hypothesis", "on-nothing"): record("hypothesis", status="draft"),
    at("experiment", "late"): record(
        "experiment", status="running", hypothesis="on-the-part", owner="Ärzte", tags=["letters"]
    ),
    at("experiment", "done"): record(
        "experiment", status="concluded", hypothesis="on-the-part", title="Über\tall\nhere"
    ),
    at("experiment", "stray"): record("experiment", hypothesis="on-nothing"),
}
CONFIG_OF_A_DAY = f"{CONFIG.rstrip()}:\n      as_of: 2026-10-03\n"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("listed")
    return write(place, {"mkdocs.yml": CONFIG_OF_A_DAY, **FILES})


@pytest.fixture
def run(root: Path) -> Any:
    def run(*arguments: str) -> tuple[int, str, str]:
        config = ["-f", str(root / "mkdocs.yml")]
        result = CliRunner().invoke(main, ["list", *config, *arguments])
        return result.exit_code, result.stdout_bytes.decode("utf-8"), result.stderr

    return run


def ids(*, flags: Sequence[str] = (), **wanted: Sequence[str]) -> list[str]:
    registry = read(FILES)
    playbook = Playbook(registry, Settings(), date(2026, 10, 3))
    return [e.id for e in select(registry, playbook.flags, Wanted(flags=flags, **wanted))]


# Which --------------------------------------------------------------------------------------------


def test_without_a_wish_every_record_comes_by_kind_status_and_id() -> None:
    assert ids() == [
        *("part", "whole"),
        *("another-metric", "a-metric"),
        *("on-nothing", "on-the-part"),
        *("stray", "late", "done"),
    ]


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        ({"kinds": ["metric"]}, ["another-metric", "a-metric"]),
        ({"kinds": ["outcome", "metric"]}, ["part", "whole", "another-metric", "a-metric"]),
        ({"statuses": ["running", "draft"]}, ["on-nothing", "late"]),
        ({"statuses": ["draft"], "kinds": ["outcome"]}, []),
        ({"outcomes": ["whole"]}, ["part", "whole", "on-the-part", "late", "done"]),
        ({"outcomes": ["part"]}, ["part", "on-the-part", "late", "done"]),
        ({"outcomes": ["former-part"], "kinds": ["hypothesis"]}, ["on-the-part"]),
        ({"outcomes": ["whole", "part"], "kinds": ["outcome"]}, ["part", "whole"]),
        ({"owners": ["ärzte"]}, ["late"]),
        ({"tags": ["Letters"]}, ["whole", "late"]),
        ({"tags": ["letters"], "kinds": ["experiment"]}, ["late"]),
        ({"flags": ["overdue"]}, ["late"]),
        ({"flags": ["overdue", "stale"]}, ["a-metric", "late"]),
        ({"flags": ["silent"]}, []),
    ],
)
def test_of_one_option_any_will_do_and_of_several_all_hold(
    wanted: dict[str, list[str]], found: list[str]
) -> None:
    assert ids(**wanted) == found


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ({"kinds": ["experiments"]}, "`experiments` is no kind (did you mean `experiment`?)"),
        ({"statuses": ["runing"]}, "`runing` is no status (did you mean `running`?)"),
        (
            {"statuses": ["running"], "kinds": ["metric"]},
            "no status of a metric. The statuses are `proposed`, `approved`, `deprecated`",
        ),
        ({"flags": ["xyz"]}, "`xyz` is no flag. The flags are `undecided`, `overdue`, "),
        ({"outcomes": ["hole"]}, "no outcome has the id `hole`; did you mean `whole` (Whole)?"),
        ({"outcomes": ["late"]}, "`late` is an experiment, not an outcome"),
        ({"owners": ["Post rom"]}, "no record has the owner `Post rom`; did you mean `Post room`?"),
        ({"tags": ["zzz"]}, "no record has the tag `zzz`"),
    ],
)
def test_what_there_is_not_is_told_with_what_there_is(
    wanted: dict[str, list[str]], said: str
) -> None:
    with pytest.raises(SelectionError) as told:
        ids(**wanted)
    assert said in str(told.value)


def test_what_an_outcome_holds_is_what_its_rollup_counts() -> None:
    work = rollups.by_outcome(read(FILES))["whole"].with_children
    counted = [entry.id for entry in (*work.hypotheses, *work.experiments)]
    assert sorted(ids(outcomes=["whole"], kinds=["hypothesis", "experiment"])) == sorted(counted)


# Into a pipe --------------------------------------------------------------------------------------


def test_a_pipe_gets_a_record_a_line_whole_and_parted_by_tabs(run: Any) -> None:
    code, out, err = run("--kind", "experiment")
    assert (code, err) == (0, "")
    rows = [line.split("\t") for line in out.splitlines()]
    assert rows == [
        ["stray", "experiment", "Planned", "", "", "", "", "A record of kind experiment"],
        [
            *("late", "experiment", "Running", "part", "Ärzte", "2026-10-01"),
            *("2 days overdue", "A record of kind experiment"),
        ],
        [
            *("done", "experiment", "Concluded: won", "part", "Post room", "2026-10-01"),
            *("", "Über all here"),
        ],
    ]


def test_what_somebody_wrote_only_shows(tmp_path: Path) -> None:
    title = '"\\u202e [bold]b[/bold] \\u2066"'
    root = write(tmp_path, {"hypotheses/h.md": record("hypothesis", raw=f"title: {title}")})
    out = CliRunner().invoke(main, ["list", "-f", str(root / "mkdocs.yml")]).stdout
    assert not {"\u202e", "\u2066"} & set(out)
    assert "[bold]b[/bold]" in out
    assert out.count("\n") == 1


def test_files_that_are_no_records_are_counted_on_standard_error(tmp_path: Path) -> None:
    files = {"hypotheses/bad.md": "---\ntitle: [\n---\n", **family("outcome")}
    root = write(tmp_path, files)
    result = CliRunner().invoke(main, ["list", "-f", str(root / "mkdocs.yml")])
    assert result.exit_code == 0
    assert result.stderr == "1 file is no record until mended: `playbook check` says how.\n"
    assert "bad" not in result.stdout


def test_what_cannot_be_read_or_is_not_there_exits_with_2(run: Any, tmp_path: Path) -> None:
    code, out, err = run("--status", "runing")
    assert (code, out) == (2, "")
    assert err.startswith("playbook list could not run: `runing` is no status")
    result = CliRunner().invoke(main, ["list", "-f", str(tmp_path / "mkdocs.yml")])
    assert result.exit_code == 2
    assert result.stderr.startswith("playbook list could not run: ")


# As JSON ------------------------------------------------------------------------------------------


def test_json_is_what_the_site_publishes_of_the_same_records(run: Any, root: Path) -> None:
    code, out, _ = run("--kind", "experiment", "--kind", "outcome", "--format", "json")
    project = read_project(root / "mkdocs.yml")
    published = export.export(read_playbook(root, project.settings), Addresses())["records"]
    wanted = [one for one in published if one["kind"] in ("experiment", "outcome")]

    assert code == 0
    found = json.loads(out)
    assert sorted(found, key=lambda one: str(one["id"])) == wanted
    assert [one["id"] for one in found] == ["part", "whole", "stray", "late", "done"]
    assert all(list(one) == sorted(one) for one in found)
    assert "Ärzte" in out


def test_nothing_found_is_an_empty_list_and_no_line(run: Any) -> None:
    assert run("--flag", "silent", "--format", "json") == (0, "[]\n", "")
    assert run("--flag", "silent") == (0, "", "")


# In a terminal ------------------------------------------------------------------------------------


def shown(width: int, rows: Sequence[Any]) -> list[str]:
    """Return the lines of the tables in a terminal of a width, without colours."""
    text = StringIO()
    console = Console(file=text, width=width, markup=False, highlight=False, emoji=False)
    for row_kind in dict.fromkeys(row.kind for row in rows):
        of_kind = [row for row in rows if row.kind is row_kind]
        console.print(listing._table(row_kind, of_kind, wide=width >= listing.WIDE))
    return [line.rstrip() for line in text.getvalue().splitlines()]


@pytest.fixture(scope="module")
def rows() -> list[Any]:
    long = "an-experiment-with-a-name-of-many-words-that-goes-on-and-on"
    more = {at("experiment", long): record("experiment", status="review", owner="[red]A[/red]")}
    more |= {at("hypothesis"): record("hypothesis", status="testing", outcome="part")}
    registry = read({**FILES, **more})
    playbook = Playbook(registry, Settings(), date(2026, 10, 3))
    flags = playbook.flags
    found = select(registry, flags, Wanted())
    return [listing._row(playbook, entry, flags.get(entry.id)) for entry in found]


@pytest.mark.parametrize("width", [80, 100, 160])
def test_a_table_fits_the_terminal_and_loses_nothing(rows: list[Any], width: int) -> None:
    lines = shown(width, rows)
    assert max(map(len, lines)) <= width
    joined = "".join("".join(lines).split())
    for row in rows:
        if len(row.id) < 20:
            assert row.id in joined
    text = "\n".join(lines)
    assert "2 days overdue" in text
    assert "[red]A[/red]" in text
    assert "…" not in text
    assert ("Über all here" in text) == (width >= listing.WIDE)


def test_a_long_id_breaks_after_a_hyphen(rows: list[Any]) -> None:
    parts: Iterator[str] = (line.split("  ")[0] for line in shown(80, rows))
    begun = [part for part in parts if part.startswith("an-experiment-")]
    assert begun
    assert all(part.endswith("-") for part in begun)


def test_the_tables_say_their_kind_and_how_many(rows: list[Any]) -> None:
    lines = shown(80, rows)
    heads = [line for line in lines if line.endswith(")") and " (" in line]
    assert heads == ["Outcomes (2)", "Metrics (2)", "Hypotheses (3)", "Experiments (4)"]


def test_when_a_record_is_due() -> None:
    entries = read(FILES).entries
    assert [selection.due(entries[id_]) for id_ in ("whole", "a-metric", "late", "on-nothing")] == [
        "2026-12-31",
        "2026-01-01",
        "2026-10-01",
        "",
    ]
