"""The pages of the handbook that may hold live lists: which are read, and which links are not."""

import os
from pathlib import Path

import pytest

from outcome_playbook.git import open_repository
from outcome_playbook.playbook import read_playbook, read_revision
from outcome_playbook.settings import Settings
from tests.factories import record, write
from tests.scratch import scratch

SETTINGS = Settings()
WRONG = "```playbook\nfrom: experimnt\n```\n"
LINK_OUT = "this is a link to a place outside its folder"
LIST = "`experimnt` is no value of `from`"


def linked(root: Path, links: dict[str, str]) -> None:
    for path, target in links.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)


@pytest.mark.parametrize(
    ("files", "links", "wrong"),
    [
        pytest.param(
            {"secret.md": WRONG},
            {"content/page.md": "../secret.md"},
            {"content/page.md": LINK_OUT},
            id="a page",
        ),
        pytest.param(
            {"elsewhere/page.md": WRONG, "elsewhere/deep/page.md": WRONG},
            {"content/team": "../elsewhere"},
            {"content/team": LINK_OUT},
            id="a folder",
        ),
        pytest.param(
            {"secret.txt": "A word"},
            {"content/deep/words.txt": "../../secret.txt"},
            {"content/deep/words.txt": LINK_OUT},
            id="any other file, which would be published as well",
        ),
        pytest.param(
            {},
            {"content/page.md": "/nowhere/secret.md", "content/up.md": "../../../secret.md"},
            {"content/page.md": LINK_OUT, "content/up.md": LINK_OUT},
            id="a link out of the repository",
        ),
        pytest.param(
            {"secret.md": WRONG, "content/outcomes/an-outcome.md": record("outcome")},
            {
                "content/outcomes/README.md": "../../secret.md",
                "hypotheses/index.md": "../secret.md",
            },
            {"content/outcomes/README.md": LINK_OUT, "hypotheses/index.md": LINK_OUT},
            id="an introduction",
        ),
        pytest.param(
            {"content/here.md": WRONG},
            {"content/deep/there.md": "../here.md"},
            {"content/here.md": LIST, "content/deep/there.md": LIST},
            id="a link inside of the handbook is followed",
        ),
        pytest.param(
            {"content/here/page.md": WRONG},
            {"content/there": "here", "content/here/around": "."},
            {"content/here/page.md": LIST},
            id="a folder with two names is told of once",
        ),
        pytest.param(
            {"content/.drafts/page.md": WRONG, "content/.drafts/.hidden.md": WRONG},
            {"content/drafts": ".drafts"},
            {"content/drafts/page.md": LIST},
            id="a hidden folder is published by a link to it",
        ),
        pytest.param(
            {"secret.md": WRONG},
            {"content/.hidden.md": "../secret.md", "content/.hidden/page.md": "../../secret.md"},
            {},
            id="what is hidden is not published",
        ),
        pytest.param(
            {"content/templates/page.md": WRONG, "content/deep/templates/page.md": WRONG},
            {},
            {"content/deep/templates/page.md": LIST},
            id="nor is what MkDocs takes for templates of the theme",
        ),
        pytest.param(
            {},
            {"content/nowhere.md": "gone.md", "content/itself.md": "itself.md"},
            {},
            id="of a link to nothing MkDocs tells",
        ),
    ],
)
def test_of_links_the_work_tree_and_a_commit_tell_the_same(
    files: dict[str, str], links: dict[str, str], wrong: dict[str, str], tmp_path: Path
) -> None:
    repository = scratch(tmp_path / "a" / "b")
    linked(repository.folder, links)
    commit = repository.commit({"content/index.md": "# A page\n", **files})
    now = read_playbook(repository.folder, SETTINGS, "content")
    then = read_revision(open_repository(repository.folder), commit, SETTINGS, "content")
    for playbook in (now, then):
        found = {p.path: p.message for p in playbook.problems if p.message in (LINK_OUT, LIST)}
        assert found == wrong
        assert playbook.not_followed == {path for path, what in wrong.items() if what == LINK_OUT}
        assert not playbook.not_followed & set(playbook.introductions)


def test_nothing_is_on_the_site_behind_a_link_that_is_not_followed(tmp_path: Path) -> None:
    repository = scratch(tmp_path)
    linked(repository.folder, {"content/team": "../elsewhere", "content/page.md": "../secret.md"})
    body = "[one](../content/page.md) [two](../content/team/page.md) [three](../content/there.md)\n"
    files = {"elsewhere/page.md": "", "secret.md": "", "content/there.md": ""}
    commit = repository.commit({**files, "hypotheses/x.md": record("outcome", body=body)})
    now = read_playbook(repository.folder, SETTINGS, "content")
    then = read_revision(open_repository(repository.folder), commit, SETTINGS, "content")
    for playbook in (now, then):
        assert [p.message for p in playbook.problems if p.path == "hypotheses/x.md"] == [
            f"the link `../content/{path}` leads to no page: there is no content/{path} on the site"
            for path in ("page.md", "team/page.md")
        ]


def test_what_is_no_file_keeps_nobody_waiting(tmp_path: Path) -> None:
    write(tmp_path, {"content/there.md": WRONG})
    os.mkfifo(tmp_path / "content" / "pipe.md")
    (tmp_path / "content" / "folder.md").mkdir()
    problems = read_playbook(tmp_path, SETTINGS, "content").problems
    assert [problem.path for problem in problems] == ["content/there.md"]
