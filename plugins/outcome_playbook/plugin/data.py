"""The registry as data beside the site's pages."""

import json
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from outcome_playbook.export import export, schema
from outcome_playbook.plugin.files import Site, own_address


def add_api(site: Site, files: Files, config: MkDocsConfig) -> None:
    """Add ``api/playbook.json`` and its JSON Schema to the site's files."""
    for name, content in (
        ("api/playbook.json", export(site.view.playbook, site.addresses)),
        ("api/playbook.schema.json", schema()),
    ):
        taken = files.get_file_from_path(name)
        if taken is not None:
            site.problems.append(own_address(taken, site))
            files.remove(taken)
        files.append(File.generated(config, name, content=_dump(content)))


def _dump(content: dict[str, Any]) -> str:
    # Not indented: only then is the fast encoder used.
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n"
