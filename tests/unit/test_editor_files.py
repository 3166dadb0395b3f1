"""What the repository gives to editors and to pre-commit works, and follows the code."""

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner

from outcome_playbook.cli import main
from outcome_playbook.diagnostics import catalogue
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.schema import schemas
from outcome_playbook.settings import Settings
from tests.factories import family, problems, record, write

REPOSITORY = Path(__file__).parent.parent.parent
CODE = REPOSITORY / ".vscode"


def read(name: str) -> Any:
    """Return a file of VS Code: JSON with whole lines of comments."""
    text = (CODE / name).read_text(encoding="utf-8")
    return json.loads(re.sub(r"^\s*//.*$", "", text, flags=re.MULTILINE))


def accepts(arguments: list[str]) -> bool:
    """Whether the command line knows a command and its options."""
    result = CliRunner().invoke(main, [*arguments, "--help"])
    return result.exit_code == 0 and arguments[0] in result.stdout


# VS Code ------------------------------------------------------------------------------------------

SNIPPETS = {one["prefix"]: "\n".join(one["body"]) for one in read("records.code-snippets").values()}
_CHOICE = re.compile(r"\$\{\d+\|([^|]*)\|\}")
_EXAMPLE = re.compile(r"\$\{\d+:([^}]*)\}")


def filled(snippet: str, choice: int = 0) -> str:
    """Return what a snippet becomes when each example is kept."""
    chosen = _CHOICE.sub(lambda m: m[1].split(",")[min(choice, m[1].count(","))], snippet)
    return _EXAMPLE.sub(r"\1", chosen).replace("$0", "Some words.")


def test_there_is_a_snippet_for_each_kind_that_only_markdown_gets() -> None:
    assert sorted(SNIPPETS) == sorted(map(str, Kind))
    assert {one["scope"] for one in read("records.code-snippets").values()} == {"markdown"}


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("choice", [0, 1])
def test_a_snippet_is_a_record_that_misses_only_its_neighbours(kind: Kind, choice: int) -> None:
    found = problems({"hypotheses/x.md": filled(SNIPPETS[kind], choice)})
    assert {problem.rule for problem in found} <= {catalogue.DANGLING, catalogue.ADVISED}, kind


@pytest.mark.parametrize("kind", list(Kind))
def test_what_a_snippet_offers_is_what_the_models_say(kind: Kind) -> None:
    fields = {**schemas()[f"{kind}.schema.json"]["properties"]}
    rule = schemas()["experiment.schema.json"]["$defs"]["DecisionRule"]["properties"]
    for line in SNIPPETS[kind].splitlines():
        name = line.strip().partition(":")[0]
        node = fields.get(name) or rule.get(name, {})
        if match := _CHOICE.search(line):
            offered = match[1].split(",")
            assert set(offered) <= set(node["enum"]), name
            assert name == "status" or len(offered) == len([v for v in node["enum"] if v]), name
        elif (match := _EXAMPLE.search(line)) and ":" in line.partition("$")[0]:
            assert match[1] in map(str, node["examples"]), name
    assert set(map(str, STATUSES[kind])) >= {filled(SNIPPETS[kind]).split("status: ")[1].split()[0]}
    assert MODELS[kind].kind is kind


def test_the_tasks_run_commands_that_are_there() -> None:
    for task in read("tasks.json")["tasks"]:
        assert task["command"].endswith("/.venv/bin/playbook")
        assert task["windows"]["command"].endswith("\\.venv\\Scripts\\playbook.exe")
        assert accepts(task["args"])


def matched(patterns: list[dict[str, Any]], output: str) -> list[dict[str, str]]:
    """Match as VS Code does: the patterns on lines that follow one another."""
    lines, found = output.splitlines(), []
    for start in range(len(lines) - len(patterns) + 1):
        one: dict[str, str] = {}
        for pattern, line in zip(patterns, lines[start:], strict=False):
            match = re.search(pattern["regexp"], line)
            if match is None:
                break
            names = ("severity", "code", "message", "file", "line", "column")
            one |= {name: match[pattern[name]] for name in names if name in pattern}
        else:
            found.append(one)
    return found


def test_the_problem_matchers_read_what_the_check_prints(tmp_path: Path) -> None:
    files = family("experiment", status="running", raw="hypotesis: x")
    files["hypotheses/Übel name.md"] = record("hypothesis")
    root = write(tmp_path, files)
    output = CliRunner().invoke(main, ["check", "-f", str(root / "mkdocs.yml")]).stdout
    at_a_line, of_a_file = (m["pattern"] for m in read("tasks.json")["tasks"][0]["problemMatcher"])

    found = matched(at_a_line, output)
    assert {(one["file"], one["line"], one["column"]) for one in found} >= {
        ("hypotheses/an-experiment.md", "2", "1")
    }
    assert found[0]["severity"] == "error"
    assert [(one["file"], one["code"]) for one in matched(of_a_file, output)] == [
        ("hypotheses/Übel name.md", "PB019")
    ]
    assert len(found) + 1 == len(re.findall(r"^(?:error|warning)\[", output, re.MULTILINE))


def test_the_settings_name_the_schema_and_the_folders_of_records() -> None:
    ((schema, globs),) = read("settings.json")["yaml.schemas"].items()
    folder, _, name = schema.partition("/")
    assert name in schemas()
    assert ["schema", folder] in [task["args"] for task in read("tasks.json")["tasks"]]
    assert f"/{folder}/" in (REPOSITORY / ".gitignore").read_text(encoding="utf-8").split()
    assert globs == [f"{one}/**/*.md" for one in Settings().records]
    page = (REPOSITORY / "content/handbook/in-your-editor.md").read_text(encoding="utf-8")
    assert page.count(f'"{schema}"') == 2
    assert all(page.count(f'"{glob}"') == 2 for glob in globs)


# pre-commit ---------------------------------------------------------------------------------------

HOOKS = yaml.safe_load((REPOSITORY / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


def test_a_hook_has_what_pre_commit_needs_and_runs_a_command_that_is_there() -> None:
    for hook in HOOKS:
        assert {"id", "name", "entry", "language"} <= set(hook)
        assert hook["language"] == "python"
        assert hook["pass_filenames"] is False
        program, *arguments = shlex.split(hook["entry"])
        assert program == "playbook"
        assert accepts(arguments)
    assert len({hook["id"] for hook in HOOKS}) == len(HOOKS)


@pytest.mark.parametrize(
    ("path", "concerns"),
    [
        ("hypotheses/letters/x.md", True),
        ("mkdocs.yml", True),
        ("teams/a/mkdocs.yaml", True),
        ("properdocs.yml", True),
        ("src/app.py", False),
        ("notmkdocs.yml", False),
        ("x.md.txt", False),
    ],
)
def test_a_hook_runs_for_what_the_check_reads(path: str, concerns: bool) -> None:
    for hook in HOOKS:
        assert bool(re.search(hook["files"], path)) is concerns


def test_the_page_names_the_hooks() -> None:
    page = (REPOSITORY / "content/handbook/in-your-editor.md").read_text(encoding="utf-8")
    assert all(f"- id: {hook['id']}\n" in page for hook in HOOKS)
