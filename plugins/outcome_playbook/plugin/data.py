"""The registry as data beside the site's pages."""

import json
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from outcome_playbook.export import export, schema
from outcome_playbook.pages.urls import Addresses
from outcome_playbook.playbook import Playbook


def add_api(files: Files, config: MkDocsConfig, playbook: Playbook, addresses: Addresses) -> None:
    """Add ``api/playbook.json`` and its JSON Schema to the site's files."""
    for name, content in (
        ("api/playbook.json", export(playbook, addresses)),
        ("api/playbook.schema.json", schema()),
    ):
        files.append(File.generated(config, name, content=_dump(content)))


def _dump(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
