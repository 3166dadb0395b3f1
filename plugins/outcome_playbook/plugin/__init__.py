"""The thin face that knows MkDocs: the plugin ``playbook`` of ``mkdocs.yml``."""

from outcome_playbook.plugin.plugin import PlaybookPlugin

__all__ = ["PlaybookPlugin"]
