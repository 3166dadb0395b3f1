"""Owners and tags lead to pages of their own, whatever they are called."""

import pytest

from tests.site.conftest import Site
from tests.site.links import broken_links
from tests.site.playbooks import record

NAMES = (
    "Team A",
    "team a",
    "Team-A",
    " Team A!",
    "C++",
    "C",
    "C#",
    "c-",
    "!!!",
    "???",
    "…",
    "Éclair",
    "E\N{COMBINING ACUTE ACCENT}clair",
    "éclair",
    "Straße",
    "STRASSE",
    "ﬁnance",
    "finance",
    "團隊",
    "团队",
    "فريق",
    "../../etc/passwd",
    "a/b",
    "a\\b",
    "index",
    "index.html",
    ".",
    "..",
    "con",
    "100%",
    "x" * 300,
    "x" * 301,
    "漢" * 200,
    "\N{CJK UNIFIED IDEOGRAPH-20000}" * 120,
    "a-0123456789ab",
    "🙂",
    "🙃",
)


@pytest.mark.parametrize("folders", [True, False])
def test_no_two_names_share_a_page(site: Site, folders: bool) -> None:
    files = {
        f"hypotheses/h{number}.md": record(
            "hypothesis", f"H{number}", "draft", owner=name, tags=[name]
        )
        for number, name in enumerate(NAMES)
    }
    built = site(files, nav=None, strict=True, use_directory_urls=folders)

    assert (built.gave_up, built.warnings) == (None, [])
    assert broken_links(built) == []
    for kind in ("owners", "tags"):
        pages = [
            p for p in built.html_files if p.startswith(f"{kind}/") and p != f"{kind}/index.html"
        ]
        assert (
            len(pages) == len(set(map(str.lower, pages))) == len({name.strip() for name in NAMES})
        )
        assert all(len(part.encode()) <= 255 for p in pages for part in p.split("/"))
        for number, name in enumerate(NAMES):
            showing = [p for p in pages if f"H{number}" in built.page(p).main.text.split()]
            assert len(showing) == 1, name


def test_a_name_keeps_its_page_when_others_come_and_go(site: Site) -> None:
    def pages(*names: str) -> set[str]:
        files = {
            f"hypotheses/h{number}.md": record("hypothesis", "H", "draft", owner=name)
            for number, name in enumerate(names)
        }
        built = site(files, nav=None)
        return {p for p in built.html_files if p.startswith("owners/")}

    assert pages("Team A", "Team B") == pages("Team B", "Team A")
    assert pages("Team B", "Team A") < pages("Team B", "Team A", "Team C")
