"""Live lists in any text: reading never raises, and what is wrong stands inside of the file."""

from hypothesis import given
from hypothesis import strategies as st

from outcome_playbook.livelists import Lists, Page, find_blocks, page_of
from outcome_playbook.livelists.places import aligned
from outcome_playbook.prose import outside_code
from outcome_playbook.registry import Registry
from outcome_playbook.yaml12 import parse

NOTHING = Lists(Registry([]))

PIECES = st.sampled_from(
    [
        *("```playbook", "~~~ playbook", "````playbook", "```", "~~~", "````", "```js"),
        *("    ", "\t", "- ", "1. ", "> ", "<!--", "-->", "\n", "\n\n", "\n    "),
        *("from: ", "experiment", "where: ", "status", " = ", "running", " and ", "[", "]", ","),
        *(
            "sort: -end",
            "columns: ",
            "limit: ",
            "500",
            "view: ",
            "|",
            ">-",
            '"',
            "'",
            "\\",
            "\\x41",
        ),
        *(
            "{{ playbook.count(",
            ") }}",
            "overdue",
            "&a",
            "*a",
            "!!x",
            "日本",
            "🎉",
            "\u2028",
            "\x85",
        ),
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=4), max_size=40).map("".join)


@given(TEXTS, st.integers(1, 1000))
def test_every_problem_stands_inside_of_the_file(text: str, first_line: int) -> None:
    lines = text.split("\n")
    for problem in NOTHING.problems_in(text, first_line):
        span = problem.span
        assert first_line <= span.line <= span.end_line < first_line + len(lines)
        assert 1 <= span.column <= len(lines[span.line - first_line]) + 1
        assert (span.line, span.column) < (span.end_line, span.end_column)
        # What is missing at the end of a line is pointed at behind it.
        assert span.end_column <= len(lines[span.end_line - first_line]) + 2


@given(TEXTS)
def test_blocks_follow_each_other_and_are_what_is_written(text: str) -> None:
    lines = text.split("\n")
    end = 0
    for block in find_blocks(text):
        assert end < block.start_line <= block.end_line <= len(lines)
        end = block.end_line
        written = lines[block.start_line - 1 : end]
        assert [line.strip() for line in block.source.split("\n")] == [
            line.strip() for line in written
        ]
        inner = block.text.split("\n") if block.removed else []
        below = lines[block.start_line : block.start_line + len(inner)]
        shown = [line[cut:] for line, cut in zip(below, block.removed, strict=True)]
        assert shown == inner


@given(TEXTS)
def test_a_block_reads_the_same_further_down(text: str) -> None:
    moved = [block.text for block in find_blocks(f"Text.\n\n{text}", 1)]
    assert moved == [block.text for block in find_blocks(text, 100)]


@given(TEXTS)
def test_lines_outside_of_code_keep_their_length(text: str) -> None:
    lines = text.split("\n")
    for number, line in outside_code(text):
        assert len(line) == len(lines[number - 1])


@given(
    st.binary(max_size=60), st.sampled_from([b"", b"playbook", b"```playbook\n", b"\xef\xbb\xbf"])
)
def test_bytes_of_any_kind_are_a_page_or_none(data: bytes, before: bytes) -> None:
    page = page_of("docs/a.md", before + data)
    assert (page is None) == (b"playbook" not in before + data)
    if isinstance(page, Page):
        found = NOTHING.problems_in(page.body, page.body_line)
        assert all(problem.span.line >= page.body_line for problem in found)


@given(st.text("ab \"'\\\n:é🎉", max_size=12))
def test_a_quoted_value_is_found_where_it_was_written(value: str) -> None:
    escaped = value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
    raw = f'"{escaped}"'
    assert parse(f"where: {raw}").data == {"where": value}
    places = aligned(raw, value)
    assert places is not None
    assert places == sorted(set(places))
    for place, sign in zip(places, value, strict=True):
        written = raw[place + 1] if raw[place] == "\\" else raw[place]
        assert written == ("n" if sign == "\n" else sign)
