"""Problems as workflow commands: escapes, positions, and what GitHub shows at most."""

from collections.abc import Sequence

import pytest

from outcome_playbook.diagnostics import Problem, Severity, Span
from outcome_playbook.diagnostics.writers.github import as_github
from tests.problems import HOSTILE, on_line, problem

TOKEN = "no-record-knows-this"  # noqa: S105 - it ends a stretch of the log, and opens no door
Annotation = tuple[str, dict[str, str], str]


def log(found: Sequence[Problem], prefix: str = "") -> list[str]:
    return "\n".join(as_github(found, lambda _: (), TOKEN, prefix)).split("\n")


def annotations(found: Sequence[Problem], prefix: str = "") -> list[Annotation]:
    """Return severity, properties and message of each annotation, read as GitHub's runner does."""
    return list(map(parsed, log(found, prefix)[log(found, prefix).index("::endgroup::") + 1 :]))


def parsed(line: str) -> Annotation:
    _, command, message = line.split("::", 2)
    severity, _, properties = command.partition(" ")
    pairs = (pair.split("=", 1) for pair in properties.split(","))
    return severity, {name: unescaped(value) for name, value in pairs}, unescaped(message)


def unescaped(text: str) -> str:
    for sign, code in ((":", "%3A"), (",", "%2C"), ("\r", "%0D"), ("\n", "%0A"), ("%", "%25")):
        text = text.replace(code, sign)
    return text


def test_a_problem_is_one_annotation_at_its_place() -> None:
    assert log([on_line(5)])[-1] == (
        "::error file=hypotheses/2026-11-trust-badge.md,line=5,col=3,endLine=5,endColumn=7,"
        "title=PB016 wrong type::it is wrong%0Afix: mend it"
    )


@pytest.mark.parametrize(
    ("span", "place"),
    [
        (None, {}),
        (Span(2, 3, 4, 5), {"line": "2", "endLine": "4"}),  # columns count within one line only
        (Span(2, 3, 2, 3), {"line": "2", "col": "3", "endLine": "2", "endColumn": "3"}),
    ],
)
def test_a_place_is_as_exact_as_github_takes_it(span: Span | None, place: dict[str, str]) -> None:
    ((_, properties, _),) = annotations([problem(span=span)])
    assert {k: v for k, v in properties.items() if k not in ("file", "title")} == place


def test_a_file_is_named_from_the_top_of_the_repository() -> None:
    ((_, properties, _),) = annotations([problem(path="hypotheses/a, b.md")], "the playbook: é/")
    assert properties["file"] == "the playbook: é/hypotheses/a, b.md"


def test_a_warning_is_a_warning() -> None:
    ((severity, _, _),) = annotations([problem(severity=Severity.WARNING)])
    assert severity == "warning"


def test_the_whole_listing_is_folded_and_nothing_in_it_is_a_command() -> None:
    lines = log([problem("##[error]owned"), on_line(3)])
    start, end = lines.index(f"::stop-commands::{TOKEN}"), lines.index(f"::{TOKEN}::")
    assert lines[start - 1] == "::group::The whole listing (2 problems)"
    assert lines[end + 1] == "::endgroup::"
    assert "error[PB016]: ##[error]owned" in lines[start:end]


def test_without_problems_there_is_nothing_to_say() -> None:
    assert list(as_github([], lambda _: (), TOKEN)) == []


@pytest.mark.parametrize("text", HOSTILE, ids=ascii)
def test_text_of_a_record_stays_text(text: str) -> None:
    lines = log([problem(text, f"hypotheses/{text}.md", Span(1, 1, 1, 2))])
    assert [line.split(" ")[0] for line in lines if line.startswith("::")] == [
        "::group::The",
        f"::stop-commands::{TOKEN}",
        f"::{TOKEN}::",
        "::endgroup::",
        "::error",
    ]
    "\n".join(lines).encode()  # it can be written
    _, properties, _ = parsed(lines[-1])
    assert properties["file"] == f"hypotheses/{text}.md".replace("\udcff", "?")
    assert set(properties) == {"file", "line", "col", "endLine", "endColumn", "title"}


# More than GitHub shows -------------------------------------------------------------------------


def test_ten_are_shown_one_by_one() -> None:
    assert len(annotations([on_line(n) for n in range(1, 11)])) == 10


def test_more_than_ten_are_one_annotation_a_file() -> None:
    found = [on_line(n, f"wrong {n}", "a.md") for n in range(1, 11)] + [on_line(4, path="b.md")]
    first, second = annotations(found)
    assert first[1]["file"] == "a.md"
    assert first[1]["line"] == "1"
    assert first[1]["title"] == "10 errors"
    assert first[2].split("\n")[8:] == ["line 9: PB016 wrong 9", "line 10: PB016 wrong 10"]
    assert (second[1]["title"], second[2]) == ("PB016 wrong type", "it is wrong\nfix: mend it")


def test_of_more_than_ten_files_the_last_annotation_counts_the_rest() -> None:
    found = [on_line(line, path=f"{n:02}.md") for n in range(12) for line in (1, 2)]
    shown = annotations(found)
    assert len(shown) == 10
    assert [properties["file"] for _, properties, _ in shown[:9]] == [
        f"{n:02}.md" for n in range(9)
    ]
    _, properties, message = shown[9]
    assert properties == {"title": "6 errors in 3 more files"}
    assert message.split("\n") == [
        "The log of this step lists them all.",
        "09.md (2)",
        "10.md (2)",
        "11.md (2)",
    ]


def test_warnings_do_not_take_the_place_of_errors() -> None:
    errors = [on_line(n) for n in range(1, 4)]
    warnings = [problem(path=f"{n}.md", severity=Severity.WARNING) for n in range(30)]
    shown = annotations(errors + warnings)
    assert [severity for severity, _, _ in shown] == ["error"] * 3 + ["warning"] * 10


def test_no_message_is_longer_than_github_keeps() -> None:
    found = [on_line(n, "x" * 300, "a.md") for n in range(1, 100)]
    ((_, _, message),) = annotations(found)
    assert len(message) == 4000
    assert message.endswith("…")
