"""The one comment on a pull request: whose it is, which pull request it is on, what it says."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from outcome_playbook.changes.markdown import MARKER
from tests.ci.github import TOKEN, Host, serving
from tests.ci.workflows import Ran, run_github

STEP = "Post or update the comment"
HEAD = "4f2b1c0d9e8a7b6c5d4e3f2a1b0c9d8e7f6a5b4c"
FORK = "731"
MARK = f"{MARKER}\n"
BOT = "github-actions[bot]"


@pytest.fixture(scope="module")
def _served() -> Iterator[Host]:
    with serving() as host:
        yield host


@pytest.fixture
def host(_served: Host) -> Host:
    """Return a GitHub that knows pull request 7, of a fork, and no comment on it."""
    _served.comments, _served.asked, _served.refuses = [], [], 0
    _served.answers = {"pulls/7": {"head": {"sha": HEAD, "repo": {"id": int(FORK)}}}}
    return _served


def post(
    host: Host, temp: Path, text: str | None = "One new hypothesis.", number: str = "7"
) -> Ran:
    """Run the step as after a run that left these two files."""
    folder = temp / "comment"
    folder.mkdir(exist_ok=True)
    for name, content in {"text.md": text, "number": number}.items():
        if content is not None:
            (folder / name).write_text(content, encoding="utf-8")
    return run(host, temp)


def run(host: Host, temp: Path) -> Ran:
    return run_github(
        "comment.yml",
        "comment",
        folder=temp,
        temp=temp,
        environment=host.environment,
        only=[STEP],
        github__token=TOKEN,
        github__event__workflow_run__head_sha=HEAD,
        github__event__workflow_run__head_repository__id=FORK,
    )


def bodies(host: Host) -> list[str]:
    return [comment["body"] for comment in host.comments]


def wrote(host: Host) -> list[tuple[str, str]]:
    return [(method, path) for method, path in host.asked if method != "GET"]


def test_the_first_run_posts_and_the_next_updates(host: Host, tmp_path: Path) -> None:
    assert post(host, tmp_path).printed[STEP] == "Posted a comment on pull request 7.\n"
    assert bodies(host) == [f"{MARK}One new hypothesis."]
    ran = post(host, tmp_path, "Two new hypotheses: “größer” → ∆.")
    assert ran.printed[STEP] == "Updated the comment on pull request 7.\n"
    assert bodies(host) == [f"{MARK}Two new hypotheses: “größer” → ∆."]
    assert wrote(host) == [("POST", "issues/7/comments"), ("PATCH", "issues/comments/100")]


def test_a_text_that_begins_with_the_mark_is_not_given_another(host: Host, tmp_path: Path) -> None:
    post(host, tmp_path, f"{MARK}As the command writes it.")
    assert bodies(host) == [f"{MARK}As the command writes it."]


def test_our_comment_is_found_below_a_hundred_others(host: Host, tmp_path: Path) -> None:
    for number in range(204):
        host.comment("reader", f"Remark {number}")
    host.comment(BOT, f"{MARK}Before")
    host.comment("reader", "Thanks")
    post(host, tmp_path, "After")
    assert len(host.comments) == 206
    assert bodies(host)[204] == f"{MARK}After"


def test_a_comment_of_somebody_else_is_never_touched(host: Host, tmp_path: Path) -> None:
    others = [
        ("mallory", f"{MARK}Looks like ours"),
        (None, f"{MARK}Of an account that is gone"),
        (BOT, "Of another workflow"),
        (BOT, f"> {MARK}A quotation"),
    ]
    for login, body in others:
        host.comment(login, body)
    post(host, tmp_path)
    assert bodies(host) == [*(body for _, body in others), f"{MARK}One new hypothesis."]


@pytest.mark.parametrize(
    "number",
    [
        "",
        "seven",
        "7/../8",
        "7\n8",
        "-7",
        "07",
        "\N{ARABIC-INDIC DIGIT SEVEN}",
        "7 ",
        "7" * 11,
        "7?x=1",
    ],
)
def test_what_is_no_number_is_refused_before_github_is_asked(
    host: Host, tmp_path: Path, number: str
) -> None:
    ran = post(host, tmp_path, number=number)
    assert ran.failed
    assert ran.printed[STEP] == "What the pull request's run calls its number is no number.\n"
    assert host.asked == []


def test_a_pull_request_of_another_repository_is_refused(host: Host, tmp_path: Path) -> None:
    host.answers["pulls/8"] = {"head": {"sha": HEAD, "repo": {"id": 1}}}
    host.answers["pulls/9"] = {"head": {"sha": HEAD, "repo": None}}
    for number in ("8", "9"):
        ran = post(host, tmp_path, number=number)
        assert ran.failed
        said = f"The run is of another repository than pull request {number}.\n"
        assert ran.printed[STEP] == said
    assert wrote(host) == []


def test_an_unknown_pull_request_is_refused(host: Host, tmp_path: Path) -> None:
    ran = post(host, tmp_path, number="404")
    assert ran.failed
    assert ran.printed[STEP] == "GET pulls/404: GitHub answers 404 Not Found.\n"


def test_a_run_that_a_newer_push_has_overtaken_posts_nothing(host: Host, tmp_path: Path) -> None:
    host.answers["pulls/7"]["head"]["sha"] = "0" * 40
    ran = post(host, tmp_path)
    assert not ran.failed
    assert ran.printed[STEP] == (
        "Pull request 7 is at another commit than this run: nothing is posted.\n"
    )
    assert wrote(host) == []


def test_a_run_that_left_nothing_is_no_failure(host: Host, tmp_path: Path) -> None:
    ran = run(host, tmp_path)
    assert not ran.failed
    assert ran.printed[STEP] == ("The pull request's run left nothing to post; its log says why.\n")
    assert host.asked == []


def test_a_link_in_place_of_a_file_is_not_followed(host: Host, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(TOKEN)
    (tmp_path / "comment").mkdir()
    (tmp_path / "comment" / "text.md").symlink_to(secret)
    ran = post(host, tmp_path, text=None)
    assert ran.failed
    assert ran.printed[STEP] == "`text.md` of the pull request's run is no file that can be read.\n"
    assert host.asked == []


def test_the_text_is_posted_as_it_is_and_never_printed(host: Host, tmp_path: Path) -> None:
    text = '::add-mask::x\n${{ github.token }} $(id) `id` "\\\n<!-- -->'
    ran = post(host, tmp_path, text)
    assert bodies(host) == [MARK + text]
    assert ran.printed[STEP] == "Posted a comment on pull request 7.\n"


def test_a_text_that_github_would_not_take_is_cut(host: Host, tmp_path: Path) -> None:
    post(host, tmp_path, "ä" * 300_000)
    (body,) = bodies(host)
    assert len(body) < 65_536
    assert body.startswith(f"{MARK}ä")
    assert body.endswith("ä\n\n… The rest is in the log of the run.")


def test_a_token_without_the_right_to_write_is_told(host: Host, tmp_path: Path) -> None:
    host.refuses = 403
    ran = post(host, tmp_path)
    assert ran.failed
    assert ran.printed[STEP] == "POST issues/7/comments: GitHub answers 403 Forbidden.\n"


def test_what_lies_beside_the_script_is_not_imported(host: Host, tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "comment"):
        folder.mkdir(exist_ok=True)
        (folder / "json.py").write_text("raise SystemExit('code of the pull request ran')")
    assert not post(host, tmp_path).failed
    assert len(host.comments) == 1
