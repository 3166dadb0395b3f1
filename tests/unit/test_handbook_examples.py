"""What the pages on contributing and publishing tell one to type or to write: it is all there."""

import re
import shlex

import click
import pytest
import yaml

from outcome_playbook.cli import main
from outcome_playbook.diagnostics.catalogue import grouped
from outcome_playbook.settings import read_settings
from tests.site.building import REPOSITORY

PAGES = [
    REPOSITORY / "content" / "handbook" / name for name in ("contributing.md", "publishing.md")
] + [REPOSITORY / "README.md"]
TEXT = {page.name: page.read_text(encoding="utf-8") for page in PAGES}
COMMANDS = sorted(
    {
        (name, " ".join(words.split()))
        for name, text in TEXT.items()
        for words in re.findall(r"(?:^|`|bin/)(playbook [a-z][^`\n>]*)", text, re.MULTILINE)
    }
)
OPTIONS = [
    (name, yaml.safe_load(block))
    for name, text in TEXT.items()
    for block in re.findall(r'```yaml(?: title="mkdocs.yml")?\n(plugins:.*?)```', text, re.DOTALL)
]


@pytest.mark.parametrize(("page", "line"), COMMANDS)
def test_a_command_that_a_page_names_is_there_with_its_options(page: str, line: str) -> None:
    del page
    words = shlex.split(line)[1:]
    command: click.Command = main
    for word in list(words):
        if not isinstance(command, click.Group):
            break
        found = command.get_command(click.Context(command), word)
        if found is None:
            assert word in {"KIND", "--help"}, f"`playbook` has no command {word}"
            break
        command = found
    known = {name for param in command.params for name in (*param.opts, *param.secondary_opts)}
    given = {word for word in words if word.startswith("-")} - {"--help"}
    assert given <= known


def test_the_pages_name_the_commands() -> None:
    named = {line.split()[1] for _, line in COMMANDS}
    assert named >= set(main.list_commands(click.Context(main)))


@pytest.mark.parametrize(("page", "example"), OPTIONS)
def test_the_options_that_a_page_shows_are_read(page: str, example: dict[str, object]) -> None:
    del page
    plugins = example["plugins"]
    assert isinstance(plugins, list)
    (options,) = (each["playbook"] for each in plugins if isinstance(each, dict))
    settings, problems = read_settings(options)
    assert settings is not None, problems


def test_a_code_that_a_page_names_is_a_rule() -> None:
    named = {code for text in TEXT.values() for code in re.findall(r"\bPB\d{3}\b", text)}
    assert named <= {rule.code for rules in grouped().values() for rule in rules}
