"""Live lists in Markdown: which are found, what they ask for, and where what is wrong stands."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from outcome_playbook.cli import check
from outcome_playbook.diagnostics import Severity, Span
from outcome_playbook.git import open_repository
from outcome_playbook.livelists import (
    ListProblem,
    Lists,
    View,
    find_blocks,
    find_inline,
    read_block,
    read_count,
)
from outcome_playbook.livelists.cells import bound
from outcome_playbook.livelists.cells import cells as cells_of
from outcome_playbook.livelists.places import aligned
from outcome_playbook.playbook import read_playbook, read_revision
from outcome_playbook.project import read_project
from outcome_playbook.query import Evaluation
from outcome_playbook.registry import Registry
from outcome_playbook.settings import Settings
from outcome_playbook.since import brought
from tests.cases.reading import Case, cases, name_of
from tests.factories import CONFIG, path_of, read, record, write
from tests.queried import evaluation_of
from tests.scratch import scratch

NOTHING = Lists(Registry([]))


def block(*lines: str) -> str:
    """Return a block with these lines."""
    return "\n".join(["```playbook", *lines, "```", ""])


def stretch(text: str, span: Span) -> str:
    """Return what stands at a span."""
    lines = text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    return "\n".join(lines)


def told(text: str, problem: ListProblem) -> str:
    """Return a problem as the table writes it."""
    span = problem.span
    at = f"{span.line}:{span.column}"
    return f"{problem.severity} {problem.rule.code} {at}: {stretch(text, span)}"


@pytest.mark.parametrize("case", cases("livelists"), ids=name_of)
def test_blocks_are_found_and_what_is_wrong_has_its_place(case: Case) -> None:
    text = case["text"]
    blocks = find_blocks(text)
    assert [f"{one.start_line}-{one.end_line}" for one in blocks] == case["blocks"]
    found = [told(text, problem) for problem in NOTHING.problems_in(text, 1)]
    assert found == case.get("problems", [])
    lists = [one for one in blocks if read_block(one, NOTHING.registry)[0]]
    if "lists" in case:
        assert len(lists) == case["lists"]


def test_a_block_says_what_is_asked() -> None:
    text = block(
        "from: experiment",
        "where: status = concluded and conclusion in [won, lost]",
        "sort: -end, title",
        "columns: [title, outcome, effect]",
        "view: board",
        "group: outcome.owner",
        "limit: 20",
    )
    found, problems = read_block(find_blocks(text)[0])
    assert (found is not None, problems) == (True, [])
    assert found
    asked = found.asked
    assert (found.view, asked.kind, asked.limit) == (View.BOARD, "experiment", 20)
    assert str(asked.where) == "status = concluded and conclusion in [won, lost]"
    assert [str(key) for key in asked.sort] == ["-end", "title"]
    assert [field.name for field in asked.columns] == ["title", "outcome", "effect"]
    assert asked.group is not None
    assert asked.group.name == "outcome.owner"


def test_an_empty_block_asks_for_everything() -> None:
    found, problems = read_block(find_blocks(block())[0])
    assert problems == []
    assert found is not None
    assert (found.asked.kind, found.asked.where, found.view) == (None, None, View.TABLE)


def test_lines_count_from_where_a_text_stands_in_its_file() -> None:
    (problem,) = NOTHING.problems_in(f"Text\n\n{block('vew: list')}", 10)
    assert problem.span == Span(13, 1, 13, 4)


def test_the_lines_of_a_block_are_given_back_without_their_indentation() -> None:
    text = "- item\n\n      ```playbook\n      where: >\n        a\n      ```\n"
    (found,) = find_blocks(text)
    assert found.indent == " " * 6
    assert found.source == "```playbook\nwhere: >\n  a\n```"
    assert found.text == "where: >\n  a"


def test_a_tab_counts_to_the_next_fourth_column() -> None:
    text = "- item\n\n\t```playbook\n    vew: list\n\t```\n"
    assert [told(text, p) for p in NOTHING.problems_in(text, 1)] == ["error PB084 4:5: vew"]


def test_more_lists_than_a_page_may_have_are_one_problem() -> None:
    text = block("view: list") * 60
    (problem,) = NOTHING.problems_in(text, 1)
    assert (problem.rule.code, problem.span.line) == ("PB085", 50 * 3 + 1)
    assert len(find_blocks(text)) == 51


def test_a_block_may_not_be_endless() -> None:
    text = block(f"where: {'x' * 20_000}")
    (problem,) = NOTHING.problems_in(text, 1)
    assert (problem.rule.code, problem.span) == ("PB085", Span(1, 1, 1, 12))


# Cells ------------------------------------------------------------------------------------------

HYPOTHESES = 300
MANY = read(
    {
        path_of("hypothesis", f"of-many-{number:03}"): record(
            "hypothesis", status="draft", tags=["one", "two"] if number < 10 else ["one"]
        )
        for number in range(HYPOTHESES)
    }
)


def asking(records: Registry = MANY) -> Lists:
    return Lists(records, lambda: evaluation_of(records))


@pytest.mark.parametrize(
    ("lines", "cells"),
    [
        (["limit: 500"], HYPOTHESES * 4),
        (["limit: 20"], 20 * 4),
        ([], 100 * 4),
        (["where: tags has two"], 10 * 4),
        (["columns: [title, status, owner]", "limit: 500"], HYPOTHESES * 3),
        (["view: list", "limit: 500"], HYPOTHESES * 2),
        (["view: cards", "limit: 500"], HYPOTHESES * 10),
        (["view: board", "limit: 500"], HYPOTHESES * 3),
        (["view: stack"], HYPOTHESES),
        (["view: count"], 2),
        (["group: tags", "view: count"], 4),
        (["group: tags", "view: stack"], HYPOTHESES + 10),
        (["group: tags", "columns: title", "limit: 500"], HYPOTHESES + 10),
        (["group: tags", "columns: title", "limit: 305"], 305),
    ],
)
def test_a_list_has_so_many_cells(lines: list[str], cells: int) -> None:
    (one,) = find_blocks(block("from: hypothesis", *lines))
    found, problems = read_block(one)
    assert (problems, found is not None) == ([], True)
    assert found
    assert cells_of(found, evaluation_of(MANY)) == cells
    assert bound(found, HYPOTHESES) >= cells


def test_the_lists_of_a_page_share_their_cells_and_what_fits_is_shown() -> None:
    cards = block("from: hypothesis", "view: cards", "limit: 500")
    text = cards * 6 + block("view: cards", "limit: 201") + block("view: cards", "limit: 200")
    read_ = asking().read(find_blocks(text))
    assert [one.list is not None for one in read_] == [*[True] * 6, False, True]
    (problem,) = asking().problems_in(f"Text\n\n{text}", 10)
    assert problem.at("docs/a.md").severity is Severity.ERROR
    assert (problem.rule.code, problem.span) == ("PB086", Span(12 + 6 * 5, 1, 12 + 6 * 5, 12))
    assert problem.message == "with this list, those of the page have more than 20000 cells"
    assert problem.label == "2010 cells, below 18000"


def test_without_the_records_a_list_counts_as_all_it_may_show() -> None:
    def told(text: str, unread: int) -> int:
        return len(list(Lists(MANY, lambda: evaluation_of(MANY), unread).problems_in(text, 1)))

    cards = block("from: hypothesis", "view: cards", "limit: 500")
    assert (told(cards * 5, 400 - HYPOTHESES), told(cards * 5, 401 - HYPOTHESES)) == (0, 1)
    stack = block("view: stack")
    assert (told(stack, 20_000 - HYPOTHESES), told(stack, 20_001 - HYPOTHESES)) == (0, 1)


def test_few_lists_need_no_answer_to_be_checked() -> None:
    def never() -> Evaluation:
        raise AssertionError

    few = block("from: hypothesis") * 40 + block("view: stack") * 10
    assert list(Lists(MANY, never).problems_in(few, 1)) == []


@pytest.mark.parametrize(
    ("line", "places"),
    [
        ("columns: [title, owner, title]", ["2:25 title"]),
        ("columns: title, owner,  title, owner", ["2:25 title", "2:32 owner"]),
        ("sort: [-end, title, end]", ["2:21 end"]),
    ],
)
def test_a_field_named_twice_is_told_where_it_is_again(line: str, places: list[str]) -> None:
    text = block(line)
    found = list(NOTHING.problems_in(text, 1))
    assert [f"{p.span.line}:{p.span.column} {stretch(text, p.span)}" for p in found] == places
    assert {problem.rule.code for problem in found} == {"PB084"}


@pytest.mark.parametrize(
    ("lines", "places"),
    [
        (
            ["columns: [title,, owner]", "from: experimnt", "sort: -ennd"],
            ["2:17 ,", "3:7 experimnt", "4:8 ennd"],
        ),
        (["where:status = running", "view: tabel"], ["2:1 where:", "3:7 tabel"]),
        (["from:", "where: statsu =", "limit: 900"], ["2:1 from", "3:8 statsu", "3:16", "4:8 900"]),
    ],
)
def test_one_mistake_hides_no_other(lines: list[str], places: list[str]) -> None:
    text = block(*lines)
    found = list(NOTHING.problems_in(text, 1))
    told_ = [f"{p.span.line}:{p.span.column} {stretch(text, p.span)}".strip() for p in found]
    assert told_ == places


def test_a_block_of_mistakes_alone_is_not_looked_at_for_long() -> None:
    wrong = " and ".join(f"relatd.relatd.ownr{number} = 1" for number in range(60))
    _, faults = read_count(wrong)
    assert len(faults) == 20


def test_the_inline_form_is_found_in_a_line() -> None:
    line = "a {{ playbook.count(kind = metric) }} b {{playbook.count(overdue)}} {{ playbook.count("
    first, second, third = find_inline(line)
    assert (first.where, second.where, third.where) == ("kind = metric", "overdue", None)
    assert line[first.start : first.end] == "{{ playbook.count(kind = metric) }}"
    assert line[first.where_start :].startswith("kind = metric")
    asked, faults = read_count("kind = metric")
    assert faults == ()
    assert asked is not None
    assert str(asked.where) == "kind = metric"


@pytest.mark.parametrize(
    ("raw", "value", "places"),
    [
        ("abc", "abc", [0, 1, 2]),
        ("a\n   b", "a b", [0, 1, 5]),
        ("'a''b'", "a'b", [1, 2, 4]),
        (r'"a\"b\x41\tc"', 'a"bA\tc', [1, 2, 4, 5, 9, 11]),
        ('"a\\\n   b"', "ab", [1, 7]),
        ("|\n  a\n  b\n", "a\nb\n", [4, 5, 8, 9]),
        (">\n  a\n  b\n", "a b\n", [4, 5, 8, 9]),
        ("abc", "xyz", None),
        ('"\\ud800"', "x", None),
    ],
)
def test_each_character_of_a_value_has_its_place(
    raw: str, value: str, places: list[int] | None
) -> None:
    assert aligned(raw, value) == places


# In a playbook ----------------------------------------------------------------------------------

WRONG = block("from: experimnt")


def found(root: Path, **settings: object) -> list[str]:
    """Return the problems of the playbook at ``root``."""
    problems = read_playbook(root, Settings.model_validate(settings), "content").problems
    return [f"{p.path}:{p.span.line if p.span else 0} {p.severity} {p.code}" for p in problems]


def test_records_and_pages_are_read_and_nothing_else(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "hypotheses/a-record.md": record("outcome", body=f"Text\n\n{WRONG}"),
            "hypotheses/README.md": WRONG,
            "content/index.md": f"---\ntitle: Hello\n---\n\n{WRONG}",
            "content/handbook/windows.markdown": f"\ufeffHello\n\n{WRONG}".replace("\n", "\r\n"),
            "content/handbook/bytes.md": b"\xe9\n\n" + WRONG.encode(),
            "content/handbook/plain.md": "# A playbook\n\nWithout lists.\n",
            "content/handbook/notes.txt": WRONG,
            "content/.hidden/page.md": WRONG,
            "content/handbook/.page.md": WRONG,
            "elsewhere/page.md": WRONG,
        },
    )
    assert [line for line in found(tmp_path) if "PB084" in line] == [
        "content/handbook/bytes.md:4 error PB084",
        "content/handbook/windows.markdown:4 error PB084",
        "content/index.md:6 error PB084",
        "hypotheses/README.md:2 error PB084",
        "hypotheses/a-record.md:9 error PB084",
    ]


def test_severity_and_baseline_hold_for_pages_too(tmp_path: Path) -> None:
    write(tmp_path, {"content/index.md": WRONG})
    level = {"PB084": {"level": "warning", "reason": "We are trying it out."}}
    assert found(tmp_path, severity=level) == ["content/index.md:2 warning PB084"]
    message = "`experimnt` is no value of `from`"
    held = f'{{"problems": [{{"id": "index", "code": "PB084", "message": "{message}"}}]}}'
    write(tmp_path, {"baseline.json": held})
    assert found(tmp_path, baseline="baseline.json") == ["content/index.md:2 note PB084"]


def test_a_broken_record_is_reported_where_it_is(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "content/outcomes/an-outcome.md": record("outcome", status="nonsense"),
            "content/index.md": block("from: hypothesis", "where: outcome = an-outcome"),
        },
    )
    assert [line for line in found(tmp_path) if line.startswith("content/index.md")] == []


def test_the_check_names_the_page(tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": CONFIG, "docs/a.md": WRONG, "docs/b.md": WRONG})
    result = CliRunner().invoke(
        check.command, [str(tmp_path / "docs/b.md"), "-f", str(tmp_path / "mkdocs.yml")]
    )
    assert result.exit_code == 1
    assert "  --> docs/b.md:2:7" in result.output
    assert "docs/a.md" not in result.output
    assert result.output.endswith("1 error in 1 page\n")


def test_a_change_brings_the_problems_of_its_pages_alone(tmp_path: Path) -> None:
    repository = scratch(tmp_path)
    owned = record("outcome", status="draft", owner="Post room")
    old = {
        "mkdocs.yml": CONFIG,
        "docs/old.md": WRONG,
        "docs/owner.md": block('where: owner = "Post room"'),
        "hypotheses/one.md": owned,
        "hypotheses/two.md": record("outcome", status="draft"),
    }
    base = repository.commit(old, "Begin")
    del base
    write(tmp_path, {"docs/new.md": WRONG})
    (tmp_path / "hypotheses/one.md").unlink()
    project = read_project(tmp_path / "mkdocs.yml")
    opened = open_repository(tmp_path)
    head = opened.commit("HEAD")
    problems = brought(project, project, opened, head)
    assert [(p.path, p.code) for p in problems] == [
        ("docs/new.md", "PB084"),
        ("docs/owner.md", "PB083"),
    ]
    then = read_revision(opened, head, project.settings, project.docs_dir)
    assert [(p.path, p.code) for p in then.problems] == [("docs/old.md", "PB084")]
