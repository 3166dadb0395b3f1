"""No two pages of the site may have one address: the second would overwrite the first."""

from collections.abc import Iterator

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.records.kinds import Kind
from outcome_playbook.registry import Registry
from outcome_playbook.rules.links import Published


def check(registry: Registry, published: Published) -> None:
    """Report each record whose page is also that of a handbook page or an introduction."""
    records = {file.path for file in registry.files}
    for entry in registry.entries.values():
        for path in pages_at(entry.kind, entry.id, published.docs_dir):
            if path not in records and published(path):
                entry.file.report(
                    catalogue.SAME_URL,
                    Severity.ERROR,
                    told(
                        "its page would be at %(address)s, which is the page of %(path)s",
                        address=f"{entry.kind.plural}/{entry.id}/",
                        path=path,
                    ),
                    told("rename one of the two files"),
                )


def pages_at(kind: Kind, id_: str, docs_dir: str) -> Iterator[str]:
    """Yield the paths at which a handbook page or an introduction has the address of a record."""
    place = f"{kind.plural}/{id_}"
    for folder in ("", f"{docs_dir}/"):
        for name in (f"{place}.md", f"{place}/index.md", f"{place}/README.md"):
            yield f"{folder}{name}"
