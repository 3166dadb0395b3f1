"""No two pages of the site may have one address: the second would overwrite the first."""

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.told import told
from outcome_playbook.registry import Registry
from outcome_playbook.rules.links import Published


def check(registry: Registry, published: Published) -> None:
    """Report each record whose page is also that of a handbook page or an introduction."""
    records = {file.path for file in registry.files}
    for entry in registry.entries.values():
        place = f"{entry.kind.plural}/{entry.id}"
        for folder in ("", f"{published.docs_dir}/"):
            for name in (f"{place}.md", f"{place}/index.md", f"{place}/README.md"):
                path = f"{folder}{name}"
                if path not in records and published(path):
                    entry.file.report(
                        catalogue.SAME_URL,
                        Severity.ERROR,
                        told(
                            "its page would be at %(address)s, which is the page of %(path)s",
                            address=f"{place}/",
                            path=path,
                        ),
                        told("rename one of the two files"),
                    )
