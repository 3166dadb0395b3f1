"""Templates, stylesheet and scripts: behind the site's own overrides, before the theme."""

import os
import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from jinja2 import BaseLoader, ChoiceLoader, Environment, FileSystemLoader, PrefixLoader
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import get_plugin_logger
from mkdocs.structure.files import File, Files

from outcome_playbook.pages.language import ENGLISH, FOLDER, Language, read_language
from outcome_playbook.pages.rendering import TEMPLATES
from outcome_playbook.settings import Settings

log = get_plugin_logger("playbook")

_PACKAGE = Path(__file__).parent.parent
_STYLESHEET = "assets/stylesheets/outcome-playbook.css"
_PARTS = _PACKAGE / "assets" / "stylesheet"
SCRIPTS = "assets/javascripts/playbook"
"""Where the site has the plugin's scripts."""
_SCRIPTS = _PACKAGE / "assets" / "javascripts"
_IMPORT = re.compile(r'^@import "([\w-]+\.css)";$', re.MULTILINE)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


def root(config: MkDocsConfig) -> Path:
    """Return the folder of ``mkdocs.yml``, or where we are when it came by standard input.

    Like ``docs_dir`` it keeps the links on its way, so that one is found below the other.
    """
    return Path(os.path.abspath(config.config_file_path or "mkdocs.yml")).parent  # noqa: PTH100


def language(config: MkDocsConfig) -> Language:
    """Return the language of the theme, or English where nobody has translated our words."""
    code = str(config.theme.get("language", ENGLISH.code))
    try:
        found = read_language(code, config.theme.dirs)
    except ValueError as error:
        raise PluginError(f"playbook: {FOLDER}/{code}.po is broken: {error}") from error
    if found is None:
        log.info(
            "The playbook's own words stay English: it has no table for the language '%s'. "
            "Add one as %s/%s.po in custom_dir.",
            code,
            FOLDER,
            code,
        )
    return found or ENGLISH


def add_templates(config: MkDocsConfig) -> None:
    """Put the plugin's templates where ``custom_dir`` wins over them, and they over the theme."""
    if TEMPLATES not in config.theme.dirs:
        config.theme.dirs.insert(1 if config.theme.custom_dir else 0, TEMPLATES)


def stylesheet() -> str:
    """Return the stylesheet: the files that ``index.css`` imports, joined in its order."""
    index = (_PARTS / "index.css").read_text(encoding="utf-8")
    return _IMPORT.sub(lambda part: (_PARTS / part[1]).read_text(encoding="utf-8"), index)


def _to_be_sent(css: str) -> str:
    """Return a stylesheet without comments, indents and empty lines: a quarter less to load."""
    lines = (line.strip() for line in _COMMENT.sub("", css).splitlines())
    return "".join(f"{line}\n" for line in lines if line)


def name_originals(env: Environment, config: MkDocsConfig) -> None:
    """Make a template that one of ours takes the place of known as ``theme/<its name>``.

    So ours adds what is missing to it, an attribute here and there, and copies nothing.
    """
    behind = config.theme.dirs[config.theme.dirs.index(TEMPLATES) + 1 :]
    loaders: list[BaseLoader] = [PrefixLoader({"theme": FileSystemLoader(behind)})]
    env.loader = ChoiceLoader([env.loader, *loaders] if env.loader else loaders)


def leave_out_tables(files: Files, config: MkDocsConfig) -> None:
    """Take out the tables of languages: MkDocs publishes all that lies among the templates."""
    for file in list(files):
        if file.src_dir in config.theme.dirs and PurePosixPath(file.src_uri).match(
            f"{FOLDER}/*.po"
        ):
            files.remove(file)


def add_assets(files: Files, config: MkDocsConfig) -> None:
    """Add stylesheet and scripts, where the site has none of its own in their place.

    The stylesheet comes before the site's own, so that theirs wins.
    """
    if files.get_file_from_path(_STYLESHEET) is None:
        files.append(File.generated(config, _STYLESHEET, content=_to_be_sent(stylesheet())))
    if _STYLESHEET not in config.extra_css:
        config.extra_css.insert(0, _STYLESHEET)
    for path in sorted(_SCRIPTS.rglob("*.js")):
        address = f"{SCRIPTS}/{path.relative_to(_SCRIPTS).as_posix()}"
        if files.get_file_from_path(address) is None:
            files.append(File.generated(config, address, content=path.read_text(encoding="utf-8")))


def watched(config: MkDocsConfig, settings: Settings) -> Iterator[str]:
    """Yield the folders beside ``docs_dir`` whose changes change the site."""
    docs_dir = Path(config.docs_dir)
    for folder in settings.records:
        path = root(config) / folder
        if path.is_dir() and not path.is_relative_to(docs_dir):
            yield str(path)
    if config.theme.custom_dir and Path(config.theme.custom_dir).is_dir():
        yield str(config.theme.custom_dir)
    yield TEMPLATES
    yield str(_PARTS)
    yield str(_SCRIPTS)
