"""`playbook explain`: which rule is meant, and what is said of it."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from outcome_playbook import explaining
from outcome_playbook.cli import main
from outcome_playbook.diagnostics import catalogue

SAME_ACTION = """\
error[PB027]: same action

A metric says what you would do if it rose and what if it fell. Here both say
the same, so whatever it shows, nothing would change. Say what differs, or look
for a number that you would act on.

It is a warning while the metric is only proposed.

Why: If a rise and a fall lead to the same action, the metric decides nothing.

Before
  content/metrics/days-to-an-answer.md
  | kind: metric
  | status: approved
  | if_up: Talk about it
  | if_down: Talk about it
  | …

After
  content/metrics/days-to-an-answer.md
  | kind: metric
  | status: approved
  | if_up: Look at the ten slowest claims together
  | if_down: Use the new letter for every kind of claim
  | …

More: https://playbook.example.org/claims/reference/#pb027
"""


@pytest.fixture(autouse=True)
def playbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder that is no playbook, and to a terminal of 80 columns."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "80")
    return tmp_path


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["explain", *args])


def configure(root: Path, text: str) -> None:
    (root / "mkdocs.yml").write_text(f"site_name: Claims\n{text}", encoding="utf-8")


def last_line(*args: str) -> str:
    return run(*args).stdout.splitlines()[-1]


def test_a_rule_is_explained_with_its_example(playbook: Path) -> None:
    configure(playbook, "site_url: https://playbook.example.org/claims\n")
    result = run("PB027")
    assert result.stdout == SAME_ACTION
    assert result.exit_code == 0


@pytest.mark.parametrize(
    "asked",
    [
        *("PB012", "pb012", "12", "012", "pb12", "error[PB012]", "error[PB012]:"),
        *("unknown field", "Unknown Field", "unknown-field", " unknown_field "),
    ],
)
def test_a_rule_is_found_however_it_is_written(asked: str) -> None:
    assert explaining.find(asked) is catalogue.UNKNOWN_FIELD


def test_a_name_of_several_words_needs_no_quotes() -> None:
    assert run("not", "utf-8").stdout == run("PB003").stdout


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("unknwon field", "is called `unknwon field`; did you mean PB012 (unknown field)?"),
        (
            "link",
            "is called `link`; did you mean PB002 (link leaves folder) or PB071 (broken link)?",
        ),
        ("PB999", "has the code PB999; `playbook explain` lists them all"),
        ("qqq", "is called `qqq`; `playbook explain` lists them all"),
        ("\x1b[2J", "is called `\N{REPLACEMENT CHARACTER}[2J`; `playbook explain` lists them all"),
    ],
)
def test_what_is_no_rule_is_said_in_a_sentence(asked: str, said: str) -> None:
    result = run(asked)
    assert result.stderr == f"playbook explain could not run: no rule {said}\n"
    assert result.exit_code == 2


def test_without_a_code_every_rule_stands_below_its_group() -> None:
    lines = run().stdout.splitlines()
    assert lines[:3] == [
        "Reading the file",
        "  PB001  error    unreadable file",
        "  PB002  error    link leaves folder",
    ]
    assert "  PB060  warning  retired metric" in lines
    assert [line[2:7] for line in lines if line.startswith("  PB")] == [
        rule.code for rule in explaining.rules()
    ]


def test_the_address_is_that_of_the_site(playbook: Path) -> None:
    assert last_line("12") == "More: the page “Fields, statuses and rules” of the site"
    configure(playbook, "site_url: https://example.org/\nuse_directory_urls: false\n")
    assert last_line("12") == "More: https://example.org/reference.html#pb012"
    configure(playbook, "site_url: [not, an, address\n")
    assert last_line("12") == "More: the page “Fields, statuses and rules” of the site"


def test_a_playbook_that_weighs_a_rule_its_own_way_says_so(playbook: Path) -> None:
    options = "{level: warning, reason: Old pages move in spring}"
    configure(playbook, f"plugins:\n  - playbook: {{severity: {{PB071: {options}}}}}\n")
    said = "In this playbook it is a warning: Old pages move in spring."
    assert said in run("PB071").stdout.splitlines()
    assert "In this playbook" not in run("PB070").stdout


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_of_prose_is_wider_than_the_terminal(width: int) -> None:
    for rule in explaining.rules():
        lines = explaining.as_text(rule, None, width).splitlines()
        assert max(len(line) for line in lines if not line.startswith("  ")) <= width
        # An example keeps its lines, and fits a terminal of the usual width.
        assert max(map(len, lines)) <= max(width, 80)


def test_a_program_reads_one_rule_or_all(playbook: Path) -> None:
    configure(playbook, "site_url: https://example.org/\n")
    one = json.loads(run("PB014", "--format", "json").stdout_bytes.decode("utf-8"))
    assert one == {
        "code": "PB014",
        "name": "unknown status",
        "group": "The fields of one record",
        "severity": "error",
        "otherwise": None,
        "means": one["means"],
        "why": "rollups count records by status",
        "before": [
            {
                "path": "hypotheses/papers-named-first.md",
                "text": "kind: hypothesis\nstatus: won",
            }
        ],
        "after": [
            {
                "path": "hypotheses/papers-named-first.md",
                "text": "kind: hypothesis\nstatus: supported",
            }
        ],
        "address": "https://example.org/reference/#pb014",
    }
    assert one["means"].startswith("Each kind of record has its own short list of statuses")
    every = json.loads(run("--format", "json").stdout_bytes.decode("utf-8"))
    assert [rule["code"] for rule in every] == [rule.code for rule in explaining.rules()]
    assert one in every


def test_a_terminal_without_our_signs_gets_question_marks() -> None:
    result = CliRunner(charset="ascii").invoke(main, ["explain", "PB003"])
    assert result.exit_code == 0
    assert "Editors call it ?Save with encoding?" in result.stdout
