"""Which playbook this is: `mkdocs.yml` read without MkDocs."""

from pathlib import Path

import pytest

from outcome_playbook.project import ProjectError, find_config, read_project
from tests.factories import write


def settings_of(root: Path, config: str, name: str = "mkdocs.yml") -> dict[str, object]:
    write(root, {"mkdocs.yml": "", name: config})
    return read_project(root / name).settings.model_dump(exclude_defaults=True)


def said(root: Path, config: str | bytes, name: str = "mkdocs.yml") -> str:
    write(root, {"mkdocs.yml": "", name: config})
    with pytest.raises(ProjectError) as error:
        read_project(root / name)
    return str(error.value)


# Where it is ------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml"])
def test_the_configuration_is_found_here_or_above(name: str, tmp_path: Path) -> None:
    (tmp_path / name).touch()
    deep = tmp_path / "hypotheses" / "letters"
    deep.mkdir(parents=True)
    assert find_config(tmp_path) == find_config(deep) == tmp_path / name


def test_the_nearest_configuration_is_taken(tmp_path: Path) -> None:
    write(tmp_path, {"inner/mkdocs.yml": "", "inner/hypotheses/x.md": ""})
    assert find_config(tmp_path / "inner" / "hypotheses") == tmp_path / "inner" / "mkdocs.yml"


def test_a_folder_named_like_the_configuration_is_none(tmp_path: Path) -> None:
    (tmp_path / "inner" / "mkdocs.yml").mkdir(parents=True)
    (tmp_path / "mkdocs.yml").touch()
    assert find_config(tmp_path / "inner") == tmp_path / "mkdocs.yml"


def test_without_a_configuration_it_says_where_it_looked(tmp_path: Path) -> None:
    with pytest.raises(ProjectError) as error:
        find_config(tmp_path)
    assert str(error.value) == (
        f"no mkdocs.yml in {tmp_path} or above; go to the playbook's folder first"
    )


def test_the_root_is_the_folder_of_the_configuration(tmp_path: Path) -> None:
    write(tmp_path, {"linked/mkdocs.yml": ""})
    (tmp_path / "link").symlink_to("linked")
    assert read_project(tmp_path / "link" / "mkdocs.yml").root == tmp_path / "linked"


# What it says -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "config",
    [
        "",
        "# nothing yet\n",
        "site_name: Small\n",
        "plugins:\n",
        "plugins: []\n",
        "plugins: {}\n",
        "plugins:\n  - search\n",
        "plugins:\n  - playbook\n",
        "plugins:\n  - playbook:\n",
        "plugins:\n  - playbook: {}\n",
        "plugins: {playbook: }\n",
        "plugins: {playbook: {silence_days: }}\n",
    ],
)
def test_without_options_everything_has_its_default(config: str, tmp_path: Path) -> None:
    assert settings_of(tmp_path, config) == {}


@pytest.mark.parametrize(
    "config",
    [
        "plugins:\n  - search\n  - playbook:\n      silence_days: 30\n",
        "plugins:\n  playbook:\n    silence_days: 30\n",
        "\ufeffplugins: {search: {}, playbook: {silence_days: 30}}\r\n",
    ],
)
def test_options_are_read_from_a_list_or_a_mapping(config: str, tmp_path: Path) -> None:
    assert settings_of(tmp_path, config) == {"silence_days": 30}


@pytest.mark.parametrize(
    ("config", "folder"),
    [("", "docs"), ("docs_dir: content\n", "content"), ("docs_dir: ./a/b/\n", "a/b")],
)
def test_the_handbook_lies_where_mkdocs_finds_it(config: str, folder: str, tmp_path: Path) -> None:
    write(tmp_path, {"mkdocs.yml": config})
    assert read_project(tmp_path / "mkdocs.yml").docs_dir == folder


def test_an_absolute_folder_of_pages_is_told_relative_to_the_configuration(tmp_path: Path) -> None:
    text = f"docs_dir: {(tmp_path / 'pages').as_posix()}\n"
    (tmp_path / "mkdocs.yml").write_text(text, encoding="utf-8")
    assert read_project(tmp_path / "mkdocs.yml").docs_dir == "pages"


def test_a_tag_is_tolerated_and_never_run(tmp_path: Path) -> None:
    config = (
        "theme:\n"
        "  custom_dir: !relative overrides\n"
        "markdown_extensions:\n"
        "  - pymdownx.emoji:\n"
        "      emoji_index: !!python/name:material.extensions.emoji.twemoji\n"
        "      emoji_generator: !!python/name:material.extensions.emoji.to_svg ''\n"
        f"hooks: !!python/object/apply:os.mkdir ['{tmp_path}/made']\n"
        "extra: !anything {a: b}\n"
        "plugins: [{playbook: {silence_days: 30}}]\n"
    )
    assert settings_of(tmp_path, config) == {"silence_days": 30}
    assert not (tmp_path / "made").exists()


def test_an_option_comes_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = (
        "plugins:\n"
        "  - playbook:\n"
        "      silence_days: !ENV [PLAYBOOK_SILENCE, 30]\n"
        "      as_of: !ENV PLAYBOOK_TODAY\n"
    )
    monkeypatch.delenv("PLAYBOOK_SILENCE", raising=False)
    monkeypatch.delenv("PLAYBOOK_TODAY", raising=False)
    assert settings_of(tmp_path, config) == {"silence_days": 30}
    monkeypatch.setenv("PLAYBOOK_SILENCE", "45")
    monkeypatch.setenv("PLAYBOOK_TODAY", "2026-11-30")
    found = settings_of(tmp_path, config)
    assert found.pop("silence_days") == 45
    assert str(found.pop("as_of")) == "2026-11-30"


# INHERIT ----------------------------------------------------------------------------------------


def test_a_configuration_inherits_option_by_option(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "base.yml": "plugins:\n  playbook:\n    silence_days: 30\n    patience_days: 7\n",
            "team/middle.yml": "INHERIT: ../base.yml\ndocs_dir: pages\n",
        },
    )
    config = "INHERIT: team/middle.yml\nplugins:\n  playbook:\n    patience_days: 21\n"
    assert settings_of(tmp_path, config) == {"silence_days": 30, "patience_days": 21}
    project = read_project(tmp_path / "mkdocs.yml")
    assert project.root == tmp_path  # not the folder of the file that it inherits
    assert project.docs_dir == "pages"


def test_a_list_of_plugins_replaces_the_inherited_one(tmp_path: Path) -> None:
    write(tmp_path, {"base.yml": "plugins: [{playbook: {silence_days: 30}}]\n"})
    config = "INHERIT: base.yml\nplugins: [{playbook: {patience_days: 7}}]\n"
    assert settings_of(tmp_path, config) == {"patience_days": 7}


def test_inheriting_in_a_circle_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"base.yml": "INHERIT: mkdocs.yml\n"})
    assert said(tmp_path, "INHERIT: base.yml\n") == (
        "mkdocs.yml: INHERIT leads back to the file itself"
    )


def test_inheriting_from_nothing_is_told(tmp_path: Path) -> None:
    told = said(tmp_path, "INHERIT: base.yml\n")
    assert told == f"{tmp_path / 'base.yml'}: no such file or directory"


# What cannot be read ----------------------------------------------------------------------------


def test_a_configuration_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"none\.yml: no such file or directory$"):
        read_project(tmp_path / "none.yml")


def test_a_folder_for_a_configuration_is_told(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r": is a directory$"):
        read_project(tmp_path)


def test_broken_yaml_is_told_with_its_place(tmp_path: Path) -> None:
    told = said(tmp_path, "site_name: Small\nplugins: [playbook\nnav: x\n")
    assert told.startswith("mkdocs.yml cannot be read: while parsing a flow sequence")
    assert "line 2" in told


def test_another_encoding_is_told(tmp_path: Path) -> None:
    assert said(tmp_path, b"site_name: Caf\xe9\n").startswith("mkdocs.yml cannot be read: ")


@pytest.mark.parametrize("config", ["- a\n", "text\n", "1\n"])
def test_a_configuration_without_options_is_told(config: str, tmp_path: Path) -> None:
    assert said(tmp_path, config) == "mkdocs.yml holds no options: it must be a mapping"


def test_every_wrong_option_is_told_at_once(tmp_path: Path) -> None:
    config = "plugins:\n  - playbook: {silence_days: 0, strictness: high, as_of: 2026-02-30}\n"
    assert said(tmp_path, config) == (
        "mkdocs.yml: option `as_of` of the playbook plugin must be a date such as 2026-11-30; "
        "option `silence_days` of the playbook plugin must be a whole number above 0; "
        "option `strictness` of the playbook plugin must be `error` or `warning`"
    )


def test_options_that_are_none_are_told(tmp_path: Path) -> None:
    assert said(tmp_path, "plugins:\n  - playbook: strict\n") == (
        "mkdocs.yml: the playbook plugin has options with names and values, "
        "such as `time_box_weeks: 12`"
    )
