"""Where a playbook is hosted, and the pages of the host that begin or edit a file."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
import yaml

from outcome_playbook.hosting import LONGEST, NOWHERE, Host, Hosting, hosting, without_comments
from outcome_playbook.records.blank import blank
from outcome_playbook.records.kinds import Kind

CASES = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "hosting.yaml").read_text(encoding="utf-8")
)
GITHUB = Hosting(Host.GITHUB, "GitHub", "https://github.com/team/playbook", "main")
GITLAB = Hosting(Host.GITLAB, "GitLab", "https://gitlab.com/team/playbook", "main")
GITEA = Hosting(Host.GITEA, "Gitea", "https://gitea.example/team/playbook", "main")


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_the_host_is_told_by_the_edit_links(case: dict[str, Any]) -> None:
    docs_dir = case.get("docs_dir", "content")
    found = hosting(case["repo_url"], case["edit_uri"], docs_dir, case.get("option"))

    assert (found.name, found.new_file("hypotheses/x.md", "a b")) == (case["host"], case["new"])
    if "edit" in case:
        assert found.edit("hypotheses/x.md") == case["edit"]
    assert (found.edit("x.md") is None) == (case["new"] is None)


@pytest.mark.parametrize("where", [GITHUB, GITEA])
@pytest.mark.parametrize("kind", list(Kind))
def test_what_goes_into_an_address_comes_out_of_it(where: Hosting, kind: Kind) -> None:
    text = blank(kind, {"title": 'A & B: 100 % of #1 + “ä 團隊”?\n"x"', "owner": "C=D; <b>"})
    address = where.new_file("my records/größer & #1/x.md", text)
    assert address is not None
    parts = urlsplit(address)

    assert address.isascii()
    assert parts.fragment == ""
    assert parse_qs(parts.query, strict_parsing=True)["value"] == [text]
    folder = unquote(parts.path).partition("/main")[2].strip("/")
    name = parse_qs(parts.query)["filename"][0]
    assert f"{folder}/{name}".strip("/") == "my records/größer & #1/x.md"


@pytest.mark.parametrize("where", [GITHUB, GITEA])
def test_an_address_that_would_be_too_long_goes_without_comments_then_without_text(
    where: Hosting,
) -> None:
    def value(owner: str) -> list[str]:
        text = blank(Kind.HYPOTHESIS, {"owner": owner})
        address = where.new_file("hypotheses/x.md", text) or ""
        assert len(address) <= LONGEST
        return parse_qs(urlsplit(address).query).get("value", [])

    short, long, too_long = "x", "x" * (LONGEST - 700), "x" * LONGEST
    assert value(short) == [blank(Kind.HYPOTHESIS, {"owner": short})]
    assert value(long) == [without_comments(blank(Kind.HYPOTHESIS, {"owner": long}))]
    assert value(too_long) == []


def test_only_comments_are_left_out() -> None:
    text = (
        "---\nkind: hypothesis\ntitle:  # What changes\nsummary: Number #1: # of letters\n"
        "# Before this:\n#owner:  # Whom to ask\nrule:\n  ship_if:  # When\n---\n\n"
        "<!-- Why\nwe think so -->\n# A heading\n"
    )
    assert without_comments(text) == (
        "---\nkind: hypothesis\ntitle:\nsummary: Number #1: # of letters\n"
        "rule:\n  ship_if:\n---\n\n# A heading\n"
    )


def test_only_a_host_that_fills_in_gets_the_text() -> None:
    assert [where.fills_in for where in (GITHUB, GITEA, GITLAB, NOWHERE)] == [
        True,
        True,
        False,
        False,
    ]
    assert "secret" not in (GITLAB.new_file("x.md", "secret") or "")
    assert NOWHERE.new_file("x.md", "secret") is None


def test_a_path_at_the_root_has_no_folder() -> None:
    assert (
        GITLAB.new_file("x.md", "") == "https://gitlab.com/team/playbook/-/new/main?file_name=x.md"
    )
    assert GITEA.new_file("x.md", "a") == (
        "https://gitea.example/team/playbook/_new/main?filename=x.md&value=a"
    )
