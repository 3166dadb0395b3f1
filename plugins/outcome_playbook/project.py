"""Which playbook this is: its folder and settings, read from ``mkdocs.yml`` without MkDocs."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from errno import ENOENT
from pathlib import Path
from typing import Any

import yaml
from yaml_env_tag import construct_env_tag

from outcome_playbook.git import Repository
from outcome_playbook.hosting import NOWHERE, Hosting, hosting
from outcome_playbook.settings import Settings, read_settings

CONFIG_NAMES = ("mkdocs.yml", "mkdocs.yaml", "properdocs.yml", "properdocs.yaml")
_PLUGIN = "playbook"


class ProjectError(Exception):
    """The playbook cannot be found or its configuration cannot be read; the text says why."""


@dataclass(frozen=True, slots=True)
class Project:
    """A playbook: ``root`` is the folder of its configuration file, ``docs_dir`` below it.

    ``site_url`` is the address of its site, empty where nobody wrote it down; ``directory_urls``
    whether its pages are addressed as folders; ``hosting`` where its repository is, as far as its
    links to edit a page tell.
    """

    root: Path
    settings: Settings
    docs_dir: str
    site_url: str = ""
    directory_urls: bool = True
    hosting: Hosting = NOWHERE


def find_config(start: Path) -> Path:
    """Return the configuration file in ``start`` or the nearest folder above it.

    Raises ``ProjectError`` when there is none.
    """
    for folder in (start, *start.parents):
        for name in CONFIG_NAMES:
            if (folder / name).is_file():
                return folder / name
    raise ProjectError(f"no mkdocs.yml in {start} or above; go to the playbook's folder first")


def read_project(config_file: Path, read: Callable[[Path], bytes] = Path.read_bytes) -> Project:
    """Read the settings of the playbook plugin from a configuration file.

    ``INHERIT`` is followed, ``!ENV`` is resolved and every other tag tolerated, none is run.
    ``read`` returns the bytes of a file or raises ``OSError``. Raises ``ProjectError``.
    """
    config = _read_config(config_file, read, frozenset())
    options = _plugin_options(config)
    settings, problems = read_settings(options)
    if settings is None:
        said = (
            f"{f'option `{name}` of ' if name else ''}the playbook plugin {sentence}"
            for name, sentence in problems
        )
        raise ProjectError(f"{config_file.name}: {'; '.join(said)}")
    root = config_file.parent.resolve()
    docs_dir = os.path.relpath(root / str(config.get("docs_dir") or "docs"), root)
    site_url = str(config.get("site_url") or "")
    as_folders = config.get("use_directory_urls") is not False
    docs = Path(docs_dir).as_posix()
    where = _hosting(config, docs, settings.host)
    return Project(root, settings, docs, site_url, as_folders, where)


_EDIT_URIS = {"github.com": "edit/master/docs/", "gitlab.com": "edit/master/docs/"}
"""What MkDocs takes for ``edit_uri`` where it is not given."""


def _hosting(config: dict[str, Any], docs_dir: str, host: str | None) -> Hosting:
    repo_url = str(config.get("repo_url") or "")
    edit_uri = config.get("edit_uri_template") or config.get("edit_uri")
    if edit_uri is None:
        edit_uri = _EDIT_URIS.get(repo_url.partition("://")[2].partition("/")[0].lower())
    return hosting(repo_url or None, str(edit_uri or "") or None, docs_dir, host)


def project_then(config_file: Path, repository: Repository, commit: str) -> Project | None:
    """Read the settings as they were in a commit; ``None`` when it has no such file.

    ``repository`` is that of the configuration file's folder. A file outside it, which ``INHERIT``
    may name, is read as it is now. Raises ``GitError``, and ``ProjectError`` as ``read_project``.
    """

    def read(path: Path) -> bytes:
        if not path.is_relative_to(repository.folder):
            return path.read_bytes()
        found = repository.content(commit, path.relative_to(repository.folder).as_posix())
        if found is None:
            raise FileNotFoundError(ENOENT, f"is not in the commit {commit[:10]}", str(path))
        return found

    if repository.content(commit, config_file.name) is None:
        return None
    return read_project(config_file, read)


class _Loader(yaml.CSafeLoader):
    """Reads what MkDocs reads, and never builds what a tag asks for."""


def _ignore_tag(loader: yaml.CSafeLoader, suffix: str, node: yaml.Node) -> Any:
    del loader, suffix
    return node.value if isinstance(node, yaml.ScalarNode) else None


_Loader.add_constructor("!ENV", construct_env_tag)
# A date stays text: `settings` says in a sentence what is wrong with one, PyYAML does not.
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith(":timestamp")]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_multi_constructor("!", _ignore_tag)
_Loader.add_multi_constructor("tag:yaml.org,2002:python/", _ignore_tag)


def _read_config(
    path: Path, read: Callable[[Path], bytes], seen: frozenset[Path]
) -> dict[str, Any]:
    path = path.resolve()
    if path in seen:
        raise ProjectError(f"{path.name}: INHERIT leads back to the file itself")
    try:
        text = read(path).decode("utf-8-sig")
        config = yaml.load(text, Loader=_Loader)  # noqa: S506 - a safe loader, with tags ignored
    except OSError as error:
        raise ProjectError(f"{path}: {(error.strerror or 'cannot be read').lower()}") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path.name} cannot be read: {error}") from error
    if config is None:
        return {}
    if not isinstance(config, dict):
        raise ProjectError(f"{path.name} holds no options: it must be a mapping")
    parent = config.pop("INHERIT", None)
    if parent is None:
        return config
    return _merged(_read_config(path.parent / str(parent), read, seen | {path}), config)


def _merged(parent: dict[str, Any], child: dict[str, Any]) -> dict[str, Any]:
    """Merge as MkDocs does: mappings key by key, anything else by the child."""
    merged = dict(parent)
    for key, value in child.items():
        old = merged.get(key)
        both = isinstance(old, dict) and isinstance(value, dict)
        merged[key] = _merged(old, value) if both else value  # type: ignore[arg-type]
    return merged


def _plugin_options(config: dict[str, Any]) -> Any:
    """Return the plugin's options, empty when it is not named or has none."""
    plugins = config.get("plugins") or []
    if isinstance(plugins, dict):
        return plugins.get(_PLUGIN) or {}
    for plugin in plugins if isinstance(plugins, list) else []:
        if isinstance(plugin, dict) and _PLUGIN in plugin:
            return plugin[_PLUGIN] or {}
    return {}
