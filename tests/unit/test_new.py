import os
import pty
import select
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from contextvars import copy_context
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from click.shell_completion import BashComplete
from click.testing import CliRunner, Result
from prompt_toolkit.application import create_app_session
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from outcome_playbook.cli import asking, main
from outcome_playbook.cli.new import command
from outcome_playbook.drafting import (
    DraftError,
    Surroundings,
    Wish,
    draft,
    id_of_title,
    slots_of,
    surroundings,
)
from outcome_playbook.editing import write_new
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.records.kinds import STATUSES, Kind
from tests.factories import neighbours, path_of, record, write
from tests.scratch import Scratch

RUNNING = {
    "--owner": "Post room",
    "--method": "pilot",
    "--start": "2026-09-01",
    "--end": "2026-10-01",
    "--decision-rule-ship-if": "five points: more",
    "--decision-rule-stop-if": "- none",
    "--decision-rule-otherwise": "no",
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    files = neighbours("experiment") | {
        path_of("outcome", "old-days"): record("outcome", title="Old days", aliases=["older-days"]),
    }
    write(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1790000000")  # in 2026
    return tmp_path


def new(*arguments: str) -> Result:
    return CliRunner().invoke(command, arguments)


def options(given: dict[str, str]) -> list[str]:
    return [part for pair in given.items() for part in pair]


def errors(root: Path) -> list[str]:
    project = read_project(root / "mkdocs.yml")
    playbook = read_playbook(root, project.settings, project.docs_dir)
    return [str(p.message) for p in playbook.problems if p.severity == "error"]


def around(root: Path) -> Surroundings:
    project = read_project(root / "mkdocs.yml")
    return surroundings(root, project.settings, project.docs_dir, frozenset())


# From options ------------------------------------------------------------------------------------


def test_a_title_makes_a_draft_and_its_path_is_printed(root: Path) -> None:
    done = new("hypothesis", "A letter: once more", "--outcome", "an-outcome")
    assert (done.exit_code, done.stdout) == (0, "hypotheses/a-letter-once-more.md\n")
    text = (root / "hypotheses/a-letter-once-more.md").read_text()
    assert text.startswith(
        '---\nkind: hypothesis\ntitle: "A letter: once more"\nstatus: draft\noutcome: an-outcome\n#'
    )
    assert errors(root) == []
    assert "git switch -c" not in done.stderr  # it is no repository
    assert "Next\n" in done.stderr


@pytest.mark.parametrize(
    ("kind", "given"),
    [
        ("outcome", {}),
        (
            "metric",
            {
                "--definition": "Yes: all",
                "--unit": "%",
                "--direction": "Increase",
                "--value": "customer",
            },
        ),
        ("experiment", {"--hypothesis": "a-hypothesis"}),
        ("experiment", {"--hypothesis": "a-hypothesis", "--status": "running", **RUNNING}),
        (
            "experiment",
            {
                "--hypothesis": "a-hypothesis",
                "--status": "concluded",
                "--owner": "Post",
                "--retrospective": "yes",
                "--start": "2017",
                "--no-results": "Lost",
            },
        ),
    ],
)
def test_what_is_written_passes_the_check(root: Path, kind: str, given: dict[str, str]) -> None:
    done = new(kind, "Something", "new", *options(given))
    assert done.exit_code == 0, done.stderr
    assert Path(done.stdout.strip()).name == "something-new.md"
    assert errors(root) == []


def test_all_that_is_missing_is_said_at_once(root: Path) -> None:
    done = new("experiment", "--status", "running", "--decision-rule-ship-if", "more")
    assert (done.exit_code, done.stdout) == (2, "")
    first, *lines = done.stderr.splitlines()
    assert first == ("playbook new could not run: an experiment with `status: running` needs more")
    named = [line.strip().split(":")[0] for line in lines]
    assert named == [
        *("TITLE", "--owner", "--hypothesis", "--method", "--start", "--end"),
        *("--decision-rule-stop-if", "--decision-rule-otherwise"),
    ]
    assert errors(root) == []


def test_all_that_is_wrong_is_said_at_once(root: Path) -> None:
    done = new(
        *("experiment", "T", "--hypothesis", "a-hypothesi", "--start", "1.9.2026"),
        *("--method", "guess", "--set", "ownr=Post", "--set", "bare", "--sample-size", "many"),
        *("--set", "decision_rule=more", "--set", "status=running", "--set", "kind=outcome"),
    )
    assert done.exit_code == 2
    for part in (
        "no hypothesis has the id `a-hypothesi`; did you mean `a-hypothesis`",
        "`start` is not a date: `1.9.2026`; write `2026-09-01`",
        "`guess` is not a value of `method`",
        "`ownr` is not a field of an experiment; did you mean `owner`?",
        "--set takes FIELD=VALUE, not `bare`",
        "`sample_size` is text, not a number",
        "`decision_rule` has fields of its own: decision_rule.ship_if",
        "--set sets no `status`: give it with --status",
        "--set sets no `kind`: it is the first word",
    ):
        assert part in done.stderr
    assert not (root / "hypotheses/t.md").exists()


def test_lists_nested_fields_and_own_keys_are_taken(root: Path) -> None:
    done = new(
        *("hypothesis", "Test", "--tags", "small towns", "--tags", "e: mail", "--print"),
        *("--set", "prediction.low=-1", "--prediction-expected", "2.5", "--prediction-high", "3"),
        *("--set", "sources=[{title: A, url: https://a.example}]", "--set", "x-team=7"),
        *(
            "--because",
            "Six of ten missed it",
            "--guardrails",
            "another-metric",
            "--body",
            "So *there*.",
        ),
    )
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith(
        '---\nkind: hypothesis\ntitle: Test\nstatus: draft\ntags:\n  - small towns\n  - "e: mail"\n'
        "sources:\n  - title: A\n    url: https://a.example\nbecause:\n  - Six of ten missed it\n"
        "guardrails: [another-metric]\nprediction:\n  low: -1\n  expected: 2.5\n  high: 3\n"
        "x-team: 7\n"
    )
    assert done.stdout.endswith("---\n\nSo *there*.\n")
    assert not (root / "hypotheses/test.md").exists()


@pytest.mark.usefixtures("root")
def test_a_list_is_taken_as_yaml_too() -> None:
    done = new(
        *("hypothesis", "T", "--print", "--set", "tags=[post, e mail]", "--tags", "[WIP] letters"),
        *("--set", "because={observation: Six missed it, source: a survey}"),
        *("--set", "guardrails=[{metric: another-metric, limit: 3}, a-metric]"),
    )
    assert done.exit_code == 0, done.stderr
    assert 'tags:\n  - "[WIP] letters"\n  - post\n  - e mail\n' in done.stdout
    assert "because:\n  - observation: Six missed it\n    source: a survey\n" in done.stdout
    assert "  - metric: another-metric\n    limit: 3\n  - a-metric\n" in done.stdout
    nowhere = new("hypothesis", "T", "--print", "--set", "guardrails={metric: nowhere, limit: 3}")
    assert "`guardrails`: no metric has the id `nowhere`" in nowhere.stderr


@pytest.mark.usefixtures("root")
def test_an_earlier_id_becomes_the_one_of_today() -> None:
    done = new("hypothesis", "T", "--outcome", "older-days", "--print")
    assert "\noutcome: old-days\n" in done.stdout


@pytest.mark.usefixtures("root")
def test_a_record_of_another_kind_is_refused() -> None:
    done = new("hypothesis", "T", "--outcome", "a-metric")
    assert "`a-metric` is a metric, not an outcome" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["An outcome"], "the id `an-outcome` is taken by content/outcomes/an-outcome.md"),
        (["An outcome"], "such as `an-outcome-2026`"),
        (["Older days"], "content/outcomes/old-days.md, as an earlier id"),
        (["日本"], "give one with --id"),
        (["T", "--id", "A Title"], "`A Title` is no id"),
        (["T", "--id", "index"], "`index` is no name for a record"),
        (["T", "--folder", "elsewhere"], "no record is read in elsewhere, only in `hypotheses`"),
        (["T", "--folder", ".."], "no record is read in .."),
        (["T\udc80"], "`title` holds a byte that is no letter"),
        (["T", "--body", "\udc80"], "the body holds a byte that is no letter"),
        (["T\x07"], "control character"),
        (["T", "--target", "5"], "--target-date: By when"),
    ],
)
def test_what_cannot_be_written_is_refused(root: Path, arguments: list[str], said: str) -> None:
    before = sorted(root.rglob("*"))
    done = new("outcome", *arguments)
    assert done.exit_code == 2
    assert said in done.stderr
    assert sorted(root.rglob("*")) == before


@pytest.mark.usefixtures("root")
def test_errors_of_the_whole_are_found_before_it_is_written() -> None:
    given = {**RUNNING, "--hypothesis": "a-hypothesis", "--end": "2026-08-01"}
    done = new("experiment", "T", "--status", "running", *options(given))
    assert "the end, 2026-08-01, comes before the start, 2026-09-01" in done.stderr
    done = new(
        *("hypothesis", "T", "--metric", "a-metric", "--guardrails", "a-metric"),
    )
    assert "`a-metric` is the measure and a guardrail at once" in done.stderr


def test_a_folder_is_taken_from_here_or_from_the_root(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert new("outcome", "One", "--folder", "hypotheses/post room").exit_code == 0
    monkeypatch.chdir(root / "content")
    done = new("outcome", "Two", "--folder", "outcomes/new")
    assert done.stdout == f"{Path('outcomes/new/two.md')}\n"
    assert (root / "hypotheses/post room/one.md").is_file()
    assert (root / "content/outcomes/new/two.md").is_file()


def test_a_file_that_is_there_is_never_written_over(root: Path) -> None:
    path = root / "a.md"
    write_new(path, b"first")
    with pytest.raises(FileExistsError):
        write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert sorted(p.name for p in root.iterdir() if p.is_file()) == ["a.md", "mkdocs.yml"]


def test_a_file_system_without_links_will_do(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise PermissionError

    monkeypatch.setattr(os, "link", refuse)
    write_new(root / "a.md", b"first")
    with pytest.raises(FileExistsError):
        write_new(root / "a.md", b"second")
    assert (root / "a.md").read_bytes() == b"first"


def test_the_editor_opens_the_file(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(
        "VISUAL", f"{sys.executable} -c \"import sys; open('seen','w').write(sys.argv[1])\""
    )
    assert new("outcome", "One", "--edit").exit_code == 0
    assert (root / "seen").read_text() == str(root / "content/outcomes/one.md")


@pytest.mark.usefixtures("root")
def test_near_records_are_named_with_how_they_ended() -> None:
    done = new("outcome", "The old days")
    assert "Old days\n" in done.stderr
    assert "draft, no hypothesis yet (words: days, old)" in done.stderr


@pytest.mark.parametrize(
    ("repo_url", "asked_for"),
    [
        ("https://github.com/a/b", "then open the pull request on GitHub\n"),
        ("https://gitlab.com/a/b", "then open the merge request on GitLab\n"),
        ("", "then open the pull request\n"),
    ],
)
def test_the_way_to_propose_it_is_told(root: Path, repo_url: str, asked_for: str) -> None:
    (root / "mkdocs.yml").write_text(f"site_name: Small\nrepo_url: {repo_url}\nplugins: [playbook]")
    Scratch(root).git("init", "-b", "main")
    told = new("outcome", 'It\'s "new"').stderr
    assert "git switch -c add-its-new\n" in told
    assert "git commit -m 'Add outcome: It'\"'\"'s \"new\"'\n" in told
    assert told.endswith(asked_for)


def test_without_git_the_host_has_a_page_for_it(root: Path) -> None:
    config = "site_name: Small\nrepo_url: https://github.com/a/b\nplugins: [playbook]"
    (root / "mkdocs.yml").write_text(f"{config}\nedit_uri: edit/main/docs/\n")
    told = new("outcome", "New").stderr
    page = "https://github.com/a/b/new/main?filename=content%2Foutcomes%2Fnew.md"
    assert told.endswith(f"put the file on GitHub: {page}\n")


@pytest.mark.usefixtures("root")
def test_help_has_the_options_of_one_kind_by_status() -> None:
    done = new("metric", "--help")
    assert "What `proposed` needs:\n  --definition TEXT" in done.stdout
    assert "--hypothesis" not in done.stdout
    assert new("hypotheses", "--help").exit_code == 0
    assert new("wish").exit_code == 2
    done = new()
    assert (done.exit_code, done.stdout) == (2, "")
    assert "experiment" in done.stderr


@pytest.mark.usefixtures("root")
def test_a_shell_completes_ids_with_their_titles() -> None:
    def completed(*words: str) -> list[tuple[str, str | None]]:
        complete = BashComplete(main, {}, "playbook", "_PLAYBOOK_COMPLETE")
        found = complete.get_completions(list(words[:-1]), words[-1])
        return [(item.value, item.help) for item in found]

    assert completed("new", "hypothesis", "--outcome", "") == [
        ("an-outcome", "A record of kind outcome"),
        ("old-days", "Old days"),
    ]
    assert completed("new", "hypothesis", "--related", "old") == [("old-days", "Old days")]
    assert completed("new", "experiment", "--method", "p") == [
        ("pilot", None),
        ("process_trial", None),
        ("prototype", None),
    ]


@pytest.mark.parametrize(
    ("title", "id_"),
    [
        ("A/B test: the “big” one’s price", "a-b-test-the-big-ones-price"),
        ("Straße für Œuvre", "strasse-fur-oeuvre"),
        ("日本 ABC", None),
        ("…", None),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 80, "x" * 60),
    ],
)
def test_a_title_makes_an_id(title: str, id_: str | None) -> None:
    assert id_of_title(title) == id_


# Question by question ----------------------------------------------------------------------------


@contextmanager
def typing(*lines: str) -> Iterator[None]:
    with create_pipe_input() as pipe, create_app_session(input=pipe, output=DummyOutput()):
        # What is asked beyond these is answered by the end of the input, and fails the test.
        pipe.send_text("".join(f"{line}\r" for line in lines) + "\x04")
        yield


def ask(wish: Wish, root: Path) -> None:
    """Ask in a thread of its own: a browser that other tests drove has an event loop in ours."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(copy_context().run, asking.ask, wish, around(root), 2026).result()


def asked(root: Path, wish: Wish, *lines: str) -> Wish:
    with typing(*lines):
        ask(wish, root)
    return wish


def test_a_hypothesis_is_asked_for_clause_by_clause(root: Path) -> None:
    wish = asked(
        root,
        Wish(Kind.HYPOTHESIS, "draft"),
        *("", "A  letter", "?", "nowhere", "old", "sending it", "", "fewer calls", "", "So there."),
    )
    assert wish.values == {
        "title": "A letter",
        "outcome": "old-days",
        "change": "sending it",
        "benefits": "fewer calls",
    }
    assert (wish.id, wish.body) == ("a-letter", "So there.")
    made = draft(around(root), wish, "hypotheses", 2026)
    assert made.warnings == ()


def test_what_a_status_needs_is_asked_for_until_it_is_there(root: Path) -> None:
    wish = asked(
        root,
        Wish(Kind.EXPERIMENT, "running", {"title": "T", "hypothesis": "a-hypothesis"}),
        *("", "Post room", "pil", "soon", "\x152026-09-01", "2026-08-01", "\x152026-10-01"),
        *("more", "", "less", "again", ""),
    )
    assert wish.values["start"] == "2026-09-01"
    assert wish.values["end"] == "2026-10-01"
    assert wish.values["method"] == "pilot"
    assert wish.values["decision_rule"] == {
        "ship_if": "more",
        "stop_if": "less",
        "otherwise": "again",
    }
    assert wish.missing() == []


def test_a_rule_that_is_skipped_is_skipped_as_a_whole(root: Path) -> None:
    wish = asked(
        root,
        Wish(Kind.EXPERIMENT, "planned", {"title": "T"}),
        *("a-hypothesis", "", "", "", "", "So."),
    )
    assert wish.values == {"title": "T", "hypothesis": "a-hypothesis"}
    assert wish.body == "So."


def test_an_id_that_is_taken_is_asked_for_at_once(root: Path) -> None:
    wish = asked(
        root,
        Wish(Kind.OUTCOME, "draft", {"title": "An outcome"}),
        *("An outcome", "\x15another-one", "Nobody answers", "", ""),
    )
    assert (wish.id, wish.values["problem"]) == ("another-one", "Nobody answers")


@pytest.mark.parametrize(("key", "error"), [("\x03", KeyboardInterrupt), ("\x04", EOFError)])
def test_stopping_is_one_key(root: Path, key: str, error: type[BaseException]) -> None:
    with pytest.raises(error), typing("A title", key):
        ask(Wish(Kind.OUTCOME, "draft"), root)


def test_ids_are_found_by_any_part_of_id_and_title() -> None:
    words = asking._Words({"plain-letter": "Letters anyone reads", "late-visit": "A late visit"})
    assert words._ranked(["reads", "plain"]) == ["plain-letter"]
    assert words._ranked(["ltv"]) == ["late-visit"]
    assert words._ranked([]) == ["plain-letter", "late-visit"]
    assert [words.meant(text) for text in ("reads", "late visit", "ltv", "e")] == [
        *("plain-letter", "late-visit", "ltv", "e")
    ]


def test_in_a_terminal_it_asks_and_tells_what_is_next(root: Path) -> None:
    typed = ["o", "Days, counted", "Nobody counts: all wait", "", "another", ""]
    master, slave = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "outcome_playbook", "new"],
        stdin=slave,
        stdout=slave,
        stderr=slave,
        env={**os.environ, "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
        start_new_session=True,
    ) as process:
        os.close(slave)
        shown = _converse(master, typed)
        process.terminate()  # where it waits for more, this ends it
        assert process.wait(10) == 0, shown
    os.close(master)
    assert "Written: content/outcomes/days-counted.md" in shown
    assert 'problem: "Nobody' in (root / "content/outcomes/days-counted.md").read_text()
    assert errors(root) == []


def _converse(master: int, lines: list[str]) -> str:
    """Type a line at each prompt; return all that was shown."""
    shown, since, waiting, until = "", "", list(lines), monotonic() + 20
    while monotonic() < until:
        if select.select([master], [], [], 0.1)[0]:
            try:
                since += os.read(master, 65536).decode("utf-8", "replace")
            except OSError:  # closed at its other end
                break
        elif waiting and ">" in since:
            shown, since = shown + since, ""
            os.write(master, f"{waiting.pop(0)}\r".encode())
    return shown + since


# The slots ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", Kind)
def test_every_slot_can_be_given_as_an_option(kind: Kind) -> None:
    options_ = [slot.option for slot in slots_of(kind)]
    assert len(options_) == len(set(options_))
    taken = {"--status", "--id", "--folder", "--edit", "--print", "--set", "--body", "--no-input"}
    assert not taken.intersection(options_)


@pytest.mark.parametrize("kind", Kind)
def test_a_wish_that_lacks_a_title_is_no_record(root: Path, kind: Kind) -> None:
    for status in STATUSES[kind]:
        with pytest.raises(DraftError, match="TITLE"):
            draft(around(root), Wish(kind, str(status)), "hypotheses", 2026)
