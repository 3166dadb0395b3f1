"""Records that cannot be read, or not be trusted: reported once, shown, and no neighbour lost."""

import os
import re
from pathlib import Path

import pytest

from tests.site.building import Built, build, run
from tests.site.conftest import Site
from tests.site.links import broken_links
from tests.site.playbooks import make, record, small

DRAFT = record("hypothesis", "A draft", "draft", "Body.\n")

BROKEN: dict[str, tuple[str | bytes, str, str]] = {
    # name in hypotheses/: what it holds, the code, a part of the message
    "broken-yaml": ("---\nkind: hypothesis\ntitle: [open\nstatus: draft\n---\n", "PB007", "never"),
    "not-utf-8": (DRAFT.replace("A draft", "Caf\xe9").encode("latin-1"), "PB003", "not UTF-8"),
    "nul": (DRAFT.replace("Body", "Bo\0dy"), "PB004", "NUL"),
    "empty": ("", "PB005", "empty"),
    "blank": (" \n\n", "PB005", "empty"),
    "no-front-matter": ("# Only a text\n\n```\n<b>x</b>\n```\n", "PB005", "no front matter"),
    "late-front-matter": (f"\n{DRAFT}", "PB005", "first line"),
    "unclosed": ("---\nkind: hypothesis\ntitle: X\n", "PB006", "never ends"),
    "dots": ("---\nkind: hypothesis\ntitle: X\nstatus: draft\n...\n", "PB006", "..."),
    "list": ("---\n- kind\n- title\n---\n", "PB008", "list"),
    "scalar": ("---\nhypothesis\n---\n", "PB008", "single value"),
    "nothing": ("---\n---\nBody.\n", "PB008", "empty"),
    "twice": (DRAFT.replace("status:", "title: B\nstatus:"), "PB009", "twice"),
    "alias": (DRAFT.replace("status:", "tags: &a [b]\nstatus:"), "PB010", "alias"),
    "bomb": ("---\na: &a [x]\nb: &b [*a,*a]\nc: [*b,*b]\n---\n", "PB010", "anchor"),
    "tag": (DRAFT.replace("status:", "tags: !!python/tuple [b]\nstatus:"), "PB011", "tag"),
    "tag-in-list": (DRAFT.replace("status:", "tags: [!x b]\nstatus:"), "PB011", "!x"),
    "misspelt": (DRAFT.replace("status:", "hypotesis: x\nstatus:"), "PB012", "hypotesis"),
    "odd-kind": (DRAFT.replace("kind: hypothesis", "kind: epic"), "PB013", "epic"),
    "odd-status": (DRAFT.replace("draft\n---", "done\n---"), "PB014", "done"),
    "list-as-title": (DRAFT.replace("title: A draft", "title: [A]"), "PB016", "title"),
    "nan": (
        DRAFT.replace("status:", "prediction: {low: .nan, expected: 1, high: 2}\nstatus:"),
        "PB018",
        ".nan",
    ),
    "no-title": (DRAFT.replace("title: A draft\n", ""), "PB040", "title"),
    "dangling": (record("hypothesis", "D", "draft", outcome="nowhere"), "PB052", "nowhere"),
    "wrong-kind": (record("hypothesis", "W", "draft", outcome="days-to-settle"), "PB053", "metric"),
}
BAD_NAMES = ("What now?", "Ünïcode", "a b", "100%25", "a#b", "a&amp;b", "Index", "x.y", "_")
SAME_PAGE = "fewer-questions"


def card_of(built: Built, path: str) -> str:
    """Return the text of the page that shows the problems of a file."""
    texts = [built.page(page).main.text for page in built.html_files if "404" not in page]
    (found,) = [text for text in texts if path in text and re.search("PB[0-9]{3}", text)]
    return found


@pytest.fixture(scope="module")
def broken(site: Site) -> Built:
    files = {f"hypotheses/{name}.md": content for name, (content, _, _) in BROKEN.items()}
    return site({**small(), **files}, strict=True)


@pytest.mark.parametrize("name", sorted(BROKEN))
def test_a_broken_record_is_one_warning_and_one_page(broken: Built, name: str) -> None:
    _, code, part = BROKEN[name]
    path = f"hypotheses/{name}.md"

    (warning,) = [line for line in broken.warnings if line.startswith((f"{path}:", f"{path} "))]
    assert f"error[{code}]" in warning
    assert part in warning
    card = broken.page(f"hypotheses/{name}/").main.text
    assert path in card
    assert code in card
    message = warning.split("] ", 1)[1].rsplit("; ", 1)[0]
    assert plain(message) in plain(card)


def plain(text: str) -> str:
    """Return a text without what a page is free to change: code marks, capitals, line ends."""
    return " ".join(text.replace("`", "").split()).lower()


def test_each_broken_record_counts_once(broken: Built) -> None:
    assert len(broken.warnings) == len(BROKEN)
    assert broken.gave_up == f"Aborted with {len(BROKEN)} warnings in strict mode!"


def test_no_neighbour_is_lost(broken: Built) -> None:
    whole = {record["id"] for record in broken.data["records"]}

    assert whole >= {"faster-claims", "days-to-settle", "fewer-questions", "six-questions"}
    assert {file["path"] for file in broken.data["broken"]} <= {
        f"hypotheses/{name}.md" for name in BROKEN
    }
    assert broken_links(broken) == []


def test_a_page_with_an_error_card_leads_to_the_file(broken: Built) -> None:
    edit = "https://git.example/team/playbook/edit/main/hypotheses"

    assert broken.page("hypotheses/broken-yaml/").edit_link == f"{edit}/broken-yaml.md"
    assert broken.page("hypotheses/dangling/").edit_link == f"{edit}/dangling.md"


def test_the_yaml_of_a_broken_record_is_not_shown_as_its_text(broken: Built) -> None:
    text = broken.page("hypotheses/broken-yaml/").main.text

    assert "kind: hypothesis title: [open" not in text


def test_two_files_with_one_id_are_both_named(site: Site) -> None:
    built = site({**small(), "hypotheses/later/fewer-questions.md": DRAFT}, strict=True)

    first, second = "hypotheses/fewer-questions.md", "hypotheses/later/fewer-questions.md"
    assert [line.split(": ")[0] for line in built.warnings] == [first, second]
    assert all("PB050" in line for line in built.warnings)
    shown = built.page("hypotheses/fewer-questions/").main.text
    assert first in shown
    assert second in shown
    assert [r["id"] for r in built.data["records"]].count("fewer-questions") == 1
    assert broken_links(built) == []


@pytest.mark.parametrize("folders", [True, False])
def test_a_bad_file_name_is_an_error_and_the_page_is_there(site: Site, folders: bool) -> None:
    files = {
        f"hypotheses/{name}.md": record("hypothesis", f"Called {name}", "draft", related=["x"])
        for name in BAD_NAMES
    }
    built = site({**small(), "hypotheses/x.md": DRAFT, **files}, use_directory_urls=folders)

    assert len(built.warnings) == len(BAD_NAMES)
    assert all("PB019" in line for line in built.warnings)
    assert broken_links(built) == []
    urls = {r["title"]: r["url"] for r in built.data["records"]}
    for name in BAD_NAMES:
        assert f"Called {name}" in built.page(urls[f"Called {name}"]).title.replace(
            "&amp;", "&"
        ) or (f"Called {name}" in built.page(urls[f"Called {name}"]).main.text)


@pytest.mark.parametrize("folders", [True, False])
def test_a_name_that_is_no_text_or_too_long_loses_no_page(site: Site, folders: bool) -> None:
    files: dict[str, str | bytes] = {
        f"{folder}/{os.fsdecode(name)}": DRAFT
        for folder, name in (
            ("hypotheses", b"caf\xe9.md"),
            ("hypotheses", b"attached\xe9.txt"),
            ("content/outcomes", b"th\xe9.md"),
        )
    }
    files[f"hypotheses/{'a' * 248}.md"] = ""
    try:
        built = site({**small(), **files}, use_directory_urls=folders)
    except OSError:
        pytest.skip("this file system takes names in UTF-8 only")

    assert {line.split(":")[0] for line in built.warnings} == {
        "content/outcomes/th\ufffd.md",
        "hypotheses/caf\ufffd.md",
        f"hypotheses/{'a' * 248}.md",
    }
    assert "Body." in built.page(urls_of(built)["hypotheses/caf\ufffd.md"]).main.text
    assert "empty" in card_of(built, "a" * 248)


def urls_of(built: Built) -> dict[str, str]:
    """Return the address of every readable record by its path."""
    return {record["path"]: record["url"] for record in built.data["records"]}


def test_a_broken_record_does_not_give_way_to_one_of_almost_its_name(site: Site) -> None:
    files = {"hypotheses/claims.md": DRAFT, "hypotheses/Claims.md": DRAFT.replace("draft", "done")}
    built = site(files, nav=None)

    assert "A draft" in built.page("hypotheses/claims/").main.text
    assert "PB014" in card_of(built, "hypotheses/Claims.md")


def test_names_that_differ_only_in_case_share_no_page(site: Site) -> None:
    files = {
        f"hypotheses/{name}.md": record("hypothesis", f"Called {name}", "draft")
        for name in ("claims", "Claims", "CLAIMS")
    }
    built = site(files, nav=None)

    pages = {path.lower() for path in built.files}
    assert len(pages) == len(built.files)
    urls = [r["url"] for r in built.data["records"]]
    assert len({url.lower() for url in urls}) == len(urls) == 3
    assert [line.split(": ")[0] for line in built.warnings] == [
        "hypotheses/CLAIMS.md",
        "hypotheses/Claims.md",
    ]


SHARED: dict[str, tuple[dict[str, str | bytes], str, str]] = {
    # what is there besides, the file that is reported, what it shares with
    "a handbook page": (
        {"content/hypotheses/fewer-questions.md": "# Of the handbook\n"},
        "hypotheses/fewer-questions.md",
        "content/hypotheses/fewer-questions.md",
    ),
    "an introduction": (
        {"hypotheses/fewer-questions/README.md": "# Introduces\n"},
        "hypotheses/fewer-questions.md",
        "hypotheses/fewer-questions/README.md",
    ),
    "a page of the handbook's folder": (
        {"content/outcomes/faster-claims/index.md": "# Of the handbook\n"},
        "content/outcomes/faster-claims.md",
        "content/outcomes/faster-claims/index.md",
    ),
    "two introductions": (
        {"hypotheses/README.md": "# One\n", "hypotheses/index.md": "# Two\n"},
        "hypotheses/index.md",
        "hypotheses/README.md",
    ),
    "an earlier id and a page": (
        {
            "content/hypotheses/old.md": "# Of the handbook\n",
            "hypotheses/new.md": record("hypothesis", "New", "draft", aliases=["old"]),
        },
        "hypotheses/new.md",
        "content/hypotheses/old.md",
    ),
    "an image": (
        {"content/hypotheses/drawing.gif": b"1", "hypotheses/drawing.gif": b"2"},
        "hypotheses/drawing.gif",
        "content/hypotheses/drawing.gif",
    ),
    "the data": ({"content/api/playbook.json": "{}"}, "content/api/playbook.json", "of its own"),
    "a ready-made page": (
        {"content/metrics/index.html": "<p>mine</p>"},
        "content/metrics/index.html",
        "of its own",
    ),
}


@pytest.mark.parametrize("what", sorted(SHARED))
def test_two_files_with_one_address_are_an_error(site: Site, what: str) -> None:
    besides, reported, other = SHARED[what]
    built = site({**small(), **besides}, strict=True)

    (warning,) = built.warnings
    assert warning.startswith(f"{reported}: error[PB070]")
    assert other in warning
    assert built.gave_up == "Aborted with 1 warnings in strict mode!"
    # A link to a part of the page that lost its place may miss that part, no link its page.
    assert [link for link in broken_links(built) if "leads to nothing" in link] == []


def test_a_record_may_be_called_like_a_generated_page(site: Site) -> None:
    files = {
        "content/status/hypotheses/testing.md": record("hypothesis", "Mine", "draft"),
        "content/reference.md": record("hypothesis", "Of mine", "draft"),
        "content/tags.md": record("hypothesis", "Mine too", "draft", tags=["a tag"]),
    }
    built = site(files, {"records": ["content"]}, strict=True, nav=None)

    assert (built.gave_up, built.warnings) == (None, [])
    assert broken_links(built) == []
    assert "Mine" in built.page("hypotheses/testing/").title
    assert "Of mine" in built.page("hypotheses/reference/").title
    for page in ("status/hypotheses/testing/", "reference/", "tags/", "tags/a-tag/"):
        assert built.page(page).main.text


def test_an_introduction_that_the_site_leaves_out_stays_out(site: Site) -> None:
    files = {**small(), "content/outcomes/index.md": "# Not for everybody\n"}
    built = site(files, strict=True, exclude_docs="outcomes/index.md\n")

    assert (built.gave_up, built.warnings) == (None, [])
    assert "Not for everybody" not in built.page("outcomes/").main.text
    assert "Claims are settled within a week" in built.page("outcomes/").main.text


UNREADABLE = "[x](http://[bad) ![y](http://[worse) <http://[worst> [z](https://ok.example)\n"


def test_a_link_that_is_no_address_does_not_stop_the_build(site: Site) -> None:
    built = site(small(handbook=f"# Handbook\n\n{UNREADABLE}"), strict=True)

    assert [line.split("'")[1] for line in built.warnings] == ["handbook/index.md"] * 3
    assert {line.split("'")[3] for line in built.warnings} == {
        "http://[bad",
        "http://[worse",
        "http://[worst",
    }
    assert "https://ok.example" in {
        a.attributes["href"] for a in built.page("handbook/").main.all("a")
    }
    assert len(built.data["records"]) == 5


def test_a_record_with_a_link_that_is_no_address_hides_no_other(site: Site) -> None:
    text = record("hypothesis", "Linked", "draft", UNREADABLE)
    built = site({**small(), "hypotheses/linked.md": text})

    assert built.gave_up is None
    assert len(built.data["records"]) == 6
    assert any("http://[bad" in line for line in built.warnings)


def test_a_warning_alone_does_not_fail_a_strict_build(site: Site) -> None:
    files = small(six_questions=None)  # a hypothesis that is testing needs an experiment at work
    built = site(files, strict=True)
    assert (built.gave_up, built.warnings) == (None, [])
    assert [r for r in built.logged if "warning[PB059]" in r.getMessage()]

    built = site(files, {"strictness": "warning"}, strict=True)
    assert built.gave_up == "Aborted with 1 warnings in strict mode!"
    assert "warning[PB059]" in built.warnings[0]


def test_flags_never_fail_a_build(site: Site) -> None:
    options = {"as_of": "2039-01-01", "strictness": "warning"}
    built = site(small(), options, strict=True)

    assert (built.gave_up, built.warnings) == (None, [])
    flags = {r["id"]: r["flags"] for r in built.data["records"]}
    assert flags["six-questions"] == ["overdue"]


def test_the_exit_code_says_whether_the_build_was_strict(root: Path) -> None:
    make(root, {**small(), "hypotheses/bad.md": BROKEN["broken-yaml"][0]})

    plain_build = run("mkdocs", "build", folder=root)
    assert plain_build.returncode == 0, plain_build.stderr
    assert (root / "site/hypotheses/bad/index.html").exists()
    strict = run("mkdocs", "build", "--strict", folder=root)
    assert strict.returncode == 1
    assert strict.stderr.count("WARNING") == 1
    assert "hypotheses/bad.md:3:8: error[PB007]" in strict.stderr
    assert "Traceback" not in strict.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"record": ["x"]}, "`record`"),
        ({"records": ["../x"]}, "records"),
        ({"as_of": "2026-13-01"}, "as_of"),
        ({"strictness": "none"}, "strictness"),
        ({"patience_days": 0}, "patience_days"),
    ],
)
def test_a_wrong_option_is_said_in_words(root: Path, options: dict[str, object], said: str) -> None:
    config_file = make(root, small())
    text = config_file.read_text("utf-8").replace("as_of: '2026-11-22'", str(options)[1:-1])
    config_file.write_text(text, "utf-8")
    built = build(config_file, root / "site")

    assert built.gave_up
    assert said.strip("`") in " ".join(record.getMessage() for record in built.logged)


def test_a_records_folder_that_is_a_file_stops_the_build_with_a_sentence(root: Path) -> None:
    built = build(make(root, {"hypotheses": "no folder\n"}, nav=None), root / "site")

    assert built.gave_up == "Aborted with a BuildError!"
    assert any("the records cannot be read" in r.getMessage() for r in built.logged)


def test_a_wrong_clock_stops_the_build_with_a_sentence(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    config_file = make(root, small())
    config_file.write_text(
        config_file.read_text("utf-8").replace("as_of: '2026-11-22'", "time_box_weeks: 12"), "utf-8"
    )
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    built = build(config_file, root / "site")

    assert built.gave_up == "Aborted with a BuildError!"
    assert any("SOURCE_DATE_EPOCH" in r.getMessage() for r in built.logged)


def test_links_and_odd_things_in_a_records_folder(root: Path) -> None:
    config_file = make(root, {**small(), "hypotheses/folder.md/inside.md": DRAFT})
    (root / "secret.md").write_text(record("hypothesis", "Secret", "draft"), "utf-8")
    (root / "hypotheses/leaves.md").symlink_to(root / "secret.md")
    (root / "hypotheses/leaves.txt").symlink_to(root / "secret.md")
    (root / "hypotheses/dead.md").symlink_to(root / "hypotheses/nowhere.md")
    (root / "hypotheses/README.md").symlink_to(root / "secret.md")
    (root / "content/leaves.md").symlink_to(root / "secret.md")
    (root / "content/outcomes/leaves.txt").symlink_to(root / "secret.md")
    (root / "content" / os.fsdecode(b"leaves\xff.txt")).symlink_to(root / "secret.md")
    (root / "content/team").symlink_to(root / "hypotheses")
    (root / "content/outcomes/team").symlink_to(root / "content/metrics")
    built = build(config_file, root / "site", strict=True)

    codes = {line.split(": ")[0]: line.split("[")[1][:5] for line in built.warnings}
    assert codes == {
        "hypotheses/dead.md": "PB001",
        "hypotheses/folder.md": "PB001",
        "hypotheses/leaves.md": "PB002",
        "hypotheses/README.md": "PB002",
        "content/leaves.md": "PB002",
        "content/leaves\ufffd.txt": "PB002",
        "content/outcomes/leaves.txt": "PB002",
        "content/team": "PB002",
        "content/outcomes/team": "PB002",
    }
    assert "inside" in {r["id"] for r in built.data["records"]}
    assert not [path for path in built.files if "leaves" in path and ".txt" in path]
    below = [path for path in built.files if path.startswith(("team/", "outcomes/team/"))]
    assert below == ["outcomes/team/index.html"]  # which says that it is not followed
    assert not [page for page in built.html_files if "Secret" in built.text(page)]
