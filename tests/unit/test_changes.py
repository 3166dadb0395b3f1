"""What a change means: each case of one field, whole records, effects, and the three forms."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from markdown_it import MarkdownIt

from outcome_playbook import changes
from outcome_playbook.changes import Change, What
from outcome_playbook.changes.escaping import escaped
from outcome_playbook.playbook import Playbook
from outcome_playbook.settings import Settings
from tests.factories import family, neighbours, path_of, read, record

CASES: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parent.parent / "cases" / "changes.yaml").read_text(encoding="utf-8")
)
TODAY = date(2026, 9, 15)
Files = Mapping[str, str | bytes]


def playbook(files: Files) -> Playbook:
    return Playbook(read(files), Settings(), TODAY)


def compare(before: Files, after: Files) -> list[Change]:
    return changes.compare(playbook(before), playbook(after))


def report(before: Files, after: Files) -> changes.Report:
    return changes.report(playbook(before), playbook(after))


def lines(found: list[Change]) -> list[str]:
    return [change.line for change in found if change.said]


def text(before: Files, after: Files) -> str:
    return "\n".join(
        " " * line.indent + line.text for line in changes.as_text(report(before, after))
    )


def markdown(before: Files, after: Files, **options: Any) -> str:
    return changes.as_markdown(report(before, after), **options)


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_a_field_that_changed_is_said(case: dict[str, Any]) -> None:
    kind = case["kind"]
    around = neighbours(kind, case["after"].get("status"))
    before, after = ({path_of(kind): record(kind, **case[when])} for when in ("before", "after"))
    found = compare(before | around, after | around)
    assert lines(found) == case["lines"]
    assert [c.called_out for c in found if c.called_out] == case.get("called_out", [])


# Whole records ------------------------------------------------------------------------------------

OUTCOME = {path_of("outcome"): record("outcome", title="Faster claims")}
RENAMED = {
    path_of("outcome", "quick"): record("outcome", title="Faster claims", aliases=["an-outcome"])
}
USER = record("hypothesis", status="draft", outcome="an-outcome")
LINK = "See [it](../content/outcomes/an-outcome.md).\n"


def test_a_record_that_came_and_one_that_went() -> None:
    assert lines(compare({}, OUTCOME)) == ["new outcome an-outcome: Faster claims (draft)"]
    assert lines(compare(OUTCOME, {})) == ["removed outcome an-outcome: Faster claims (was draft)"]


@pytest.mark.parametrize(
    ("kind", "status", "why"),
    [
        ("experiment", "running", "removed while running"),
        ("experiment", "concluded", "removed with what it showed"),
        ("experiment", "planned", ""),
        ("hypothesis", "supported", "removed with its verdict"),
    ],
)
def test_evidence_that_is_removed_is_called_out(kind: str, status: str, why: str) -> None:
    (gone,) = compare(family(kind, status=status), neighbours(kind, status))
    assert (gone.change, gone.called_out) == (What.REMOVED, why)


def test_a_rename_is_told_once_with_all_that_follows_from_it() -> None:
    before = OUTCOME | {path_of("hypothesis"): USER + LINK}
    after = RENAMED | {path_of("hypothesis"): (USER + LINK).replace("an-outcome", "quick")}
    (change,) = compare(before, after)
    assert change.line == "renamed outcome an-outcome → quick: Faster claims"
    assert (change.id, change.field, change.before, change.after) == (
        *("quick", "id"),
        *("an-outcome", "quick"),
    )


def test_a_rename_that_is_taken_back_is_a_rename() -> None:
    assert lines(compare(RENAMED, OUTCOME)) == ["renamed outcome quick → an-outcome: Faster claims"]


def test_what_else_changed_with_a_rename_is_told_too() -> None:
    after = {path_of("outcome", "quick"): record("outcome", title="New", aliases=["an-outcome"])}
    assert lines(compare(OUTCOME, after)) == [
        "renamed outcome an-outcome → quick: New",
        "title of outcome quick “Faster claims” → “New”",
    ]


def test_a_rename_without_an_alias_is_not_guessed() -> None:
    after = {path_of("outcome", "quick"): record("outcome", title="Faster claims")}
    assert [change.change for change in compare(OUTCOME, after)] == [What.REMOVED, What.ADDED]


def test_a_record_that_another_took_in_says_where_its_id_leads() -> None:
    other = path_of("outcome", "other")
    before = OUTCOME | {other: record("outcome")}
    after = {other: record("outcome", aliases=["an-outcome"])}
    assert lines(compare(before, after)) == [
        "removed outcome an-outcome: Faster claims (was draft; its id leads to other now)",
        "aliases of outcome other: added an-outcome",
    ]


def test_a_reference_by_an_earlier_id_that_is_written_anew_means_the_same() -> None:
    before = RENAMED | {path_of("hypothesis"): USER}
    after = RENAMED | {path_of("hypothesis"): USER.replace("an-outcome", "quick")}
    assert compare(before, after) == []


def test_a_folder_says_nothing() -> None:
    after = {"hypotheses/deep/an-outcome.md": OUTCOME[path_of("outcome")]}
    found = report(OUTCOME, after)
    assert (found.changes, found.moved) == ([], ("an-outcome",))
    assert text(OUTCOME, after) == (
        "No record changed.\n1 record lies in another folder, which means nothing."
    )


def test_another_kind_under_the_same_id() -> None:
    path = "hypotheses/x.md"
    found = compare({path: record("outcome")}, {path: record("experiment")})
    assert lines(found)[0] == "experiment x: was an outcome, is an experiment"
    fields = [change.field for change in found]
    assert fields == ["kind", "title", "status", "hypothesis"]


BROKEN = {path_of("outcome"): "---\nkind: outcome\n---\n"}


def test_a_record_that_became_unreadable_and_one_that_can_be_read_again() -> None:
    (lost,) = compare(OUTCOME, BROKEN)
    assert (lost.field, lost.before, lost.after) == ("readable", True, False)
    assert lost.line == "outcome an-outcome: cannot be read: nothing that it says counts"
    assert lost.called_out
    (found,) = compare(BROKEN, OUTCOME)
    assert found.line == "outcome an-outcome: can be read again"
    assert not found.called_out


def test_files_that_cannot_be_read() -> None:
    (new,) = compare({}, BROKEN)
    assert (
        new.line
        == "new outcome an-outcome: an-outcome (cannot be read: nothing that it says counts)"
    )
    (gone,) = compare(BROKEN, {})
    assert gone.line == "removed outcome an-outcome: an-outcome (could not be read)"
    (edited,) = compare(BROKEN, {path_of("outcome"): "---\nkind: outcome\n---\nx\n"})
    assert edited.line == "outcome an-outcome: edited, and cannot be read, now as before"
    (unknown,) = compare({}, {path_of("outcome"): "no front matter"})
    assert (unknown.kind, unknown.record) == (None, "file an-outcome")


def test_an_id_that_is_taken_twice_is_called_out() -> None:
    after = OUTCOME | {"hypotheses/an-outcome.md": record("outcome")}
    (twice,) = compare(OUTCOME, after)
    assert twice.line == (
        "outcome an-outcome: its id is taken by more than one file: "
        "content/outcomes/an-outcome.md, hypotheses/an-outcome.md"
    )
    assert twice.called_out
    (new,) = compare({}, after)
    assert new.called_out == twice.called_out
    assert lines(compare(after, OUTCOME)) == ["outcome an-outcome: fewer files have its id"]


# What it does -------------------------------------------------------------------------------------


def effects(before: Files, after: Files) -> list[str]:
    return [f"{effect.of}: {effect.line}" for effect in report(before, after).effects]


def test_counts_by_outcome_and_in_all() -> None:
    before = family("experiment", status="running")
    after = family("experiment", status="concluded")
    assert effects(before, after) == [
        "A record of kind outcome: 0 testing, was 1",
        "A record of kind outcome: 1 supported, was 0",
        "A record of kind outcome: 0 experiments running, was 1",
        "A record of kind outcome: 1 experiment won, was 0",
        "Hypotheses: 0 testing, was 1",
        "Hypotheses: 1 supported, was 0",
        "Experiments: 0 running, was 1",
        "Experiments: 1 concluded, was 0",
    ]


def test_an_outcome_keeps_its_counts_through_a_rename() -> None:
    before = OUTCOME | {path_of("hypothesis"): USER}
    assert effects(before, RENAMED | {path_of("hypothesis"): USER}) == []


def test_what_becomes_overdue_and_what_is_not_any_more() -> None:
    late, due = (family("experiment", status="running", end=date(2026, 9, d)) for d in (10, 20))
    assert effects(due, late) == ["experiment an-experiment: is overdue"]
    assert effects(late, due) == ["experiment an-experiment: is not overdue any more"]


def test_flags_are_those_of_one_day_and_of_one_set_of_settings() -> None:
    files = family("experiment", status="running", end=date(2026, 9, 10))
    other = files | OUTCOME
    before = Playbook(read(files), Settings(patience_days=1), date(2020, 1, 1))
    found = changes.report(before, playbook(other)).effects
    assert [effect for effect in found if effect.on == "flag" and "experiment" in effect.of] == []


# The nearest records ------------------------------------------------------------------------------


def test_a_new_record_is_told_what_is_near_to_it() -> None:
    before = family("hypothesis", status="supported")
    new = {path_of("hypothesis", "once-more"): record("hypothesis", status="proposed")}
    (near,) = report(before, before | new).prior_art["once-more"]
    assert near.id == "a-hypothesis"
    assert "      close: a-hypothesis (same outcome; same metric" in text(before, before | new)
    assert "  - close: A record of kind hypothesis `a-hypothesis`" in markdown(before, before | new)


def test_new_records_are_not_near_to_each_other_nor_to_nothing() -> None:
    files = family("hypothesis", status="supported")
    assert report({}, files).prior_art == {}
    twins = {path_of("hypothesis", id_): record("hypothesis", status="draft") for id_ in "ab"}
    assert report(OUTCOME, OUTCOME | twins).prior_art == {"a": [], "b": []}


# Forms --------------------------------------------------------------------------------------------


def test_text_calls_out_first_and_tells_each_change_once() -> None:
    around = neighbours("outcome", "active")
    before, after = (
        {path_of("outcome"): record("outcome", status="active", target=target, owner=owner)}
        for target, owner in ((60, "Post room"), (55, "Claims desk"))
    )
    assert text(before | around, after | around) == (
        "Look twice\n"
        "  ! target changed\n"
        "      target of outcome an-outcome 60% → 55%\n"
        "\n"
        "Outcomes\n"
        "  owner of outcome an-outcome “Post room” → “Claims desk”\n"
        "\n"
        "2 changes in 1 record."
    )


def test_one_reason_is_said_once_for_all_that_it_is_true_of() -> None:
    broken = {path_of("hypothesis", id_): "?" for id_ in "ab"}
    said = text(OUTCOME, OUTCOME | broken)
    assert said.count("  ! cannot be read") == 1
    assert [line.split(":")[0] for line in said.split("\n")[2:4]] == [
        "      new file a",
        "      new file b",
    ]


def test_json_has_the_shape_that_is_promised() -> None:
    before = family("experiment", status="running") | {
        "hypotheses/old.md": record("outcome"),
        "hypotheses/gone.md": record("metric"),
    }
    after = family("experiment", status="concluded") | {
        "hypotheses/new.md": record("outcome", aliases=["old"]),
        "hypotheses/x.md": "?",
    }
    found = json.loads(changes.as_json(compare(before, after)))
    jsonschema.Draft202012Validator.check_schema(changes.schema())
    jsonschema.validate(found, changes.schema())
    assert {change["change"] for change in found} == {"added", "removed", "renamed", "changed"}
    assert {
        "id": "an-experiment",
        "kind": "experiment",
        "change": "changed",
        "field": "conclusion",
        "before": None,
        "after": "won",
    } in found
    assert {
        "id": "gone",
        "kind": "metric",
        "change": "removed",
        "field": None,
        "before": {"title": "A record of kind metric", "status": "proposed"},
        "after": None,
    } in found


HOSTILE = [
    "A | B | `code` `` ``` | $x$ $y$",
    "</details></summary><script>alert(1)</script><!-- x -->",
    "@team @org/team, #1, org/repo#1, GH-12, gh-12, !12 %12 &12 ~12 a@example.org",
    "https://example.org www.example.org [x](https://example.org) ![x](y.png) mailto:a@b.org",
    "**bold** _it_ ~~no~~ # no > no :smile: ==a== ^b^ \\@team \\ \\| [^1] - [ ] x",
    "45bc1bf74b2d0a023928bfbfca5fddc54b5f7aed 45bc1bf ABC-12",
    "\u202etxet \x1b[31m \u200b@team\nnew\n\n# line /close\r\n- x",
]
LINKS = re.compile(
    r"[@#!%&~^][\w\"'.-]|GH-\d|://|www\.|mailto:|\b[0-9a-f]{7,40}\b|:\w+:|[A-Z]+-\d", re.IGNORECASE
)


@pytest.mark.parametrize("title", HOSTILE)
def test_contributed_text_shows_and_does_nothing_else(title: str) -> None:
    shown = " ".join(title.split())
    for source in (f"- {escaped(title)}", f"| a |\n| --- |\n| {escaped(title)} |"):
        tokens = MarkdownIt("gfm-like", {"html": True, "linkify": False}).parse(source)
        inline = [child for token in tokens for child in token.children or []]
        assert {child.type for child in inline} <= {"text", "text_special", "html_inline"}
        assert {child.content for child in inline if child.type == "html_inline"} <= {
            *("<span>", "</span>"),
        }
        kinds = [token.type for token in tokens if token.type.endswith("_open")]
        assert set(kinds) <= {
            *("bullet_list_open", "list_item_open", "paragraph_open", "table_open"),
            *("thead_open", "tbody_open", "tr_open", "th_open", "td_open"),
        }
        text_only = "".join(child.content for child in inline if child.type != "html_inline")
        text_only = text_only.removeprefix("a") if "th_open" in kinds else text_only
        assert not LINKS.search(text_only)
        expected = "".join(c if c.isprintable() else "\ufffd" for c in shown)
        assert text_only.replace("\u200b", "") == expected


def test_hostile_titles_stay_in_their_place() -> None:
    files = {
        path_of("outcome", f"o-{at}"): record("outcome", title=title.replace("\x1b", "").strip())
        for at, title in enumerate(HOSTILE)
    }
    comment = markdown(OUTCOME, OUTCOME | files)
    assert comment.startswith(f"{changes.MARKER}\n## ")
    assert comment.count("<!--") == 1
    tokens = MarkdownIt("gfm-like", {"linkify": False}).parse(comment)
    assert sum(token.type == "heading_open" for token in tokens) == 3
    assert sum(token.type == "list_item_open" for token in tokens) == len(HOSTILE)


MANY = {
    path_of("outcome", f"outcome-{at:05}"): record("outcome", title=f"{'$' * 90} {at}")
    for at in range(400)
}


def test_a_long_comment_is_folded_and_cut_from_its_end() -> None:
    small = dict(list(MANY.items())[:30])
    folded = markdown(OUTCOME, OUTCOME | small)
    assert "<details>\n<summary>30 records</summary>\n\n- " in folded
    assert "\n\n</details>\n" in folded
    comment = markdown(OUTCOME, OUTCOME | MANY, again="playbook diff main")
    assert len(comment.encode()) <= 65_000
    assert len(comment.encode()) > 60_000
    (left,) = re.findall(r"- … and (\d+) more: run `` playbook diff main ``", comment)
    assert comment.count("\n- **") + int(left) == len(MANY)
    assert comment.count("<details>") == comment.count("</details>") == 1
    assert comment.rstrip().endswith("| Outcomes | draft | 1 | 401 |")


@pytest.mark.parametrize("most", [1_000, 3_000, 10_000])
def test_whatever_has_to_go_the_comment_fits(most: int) -> None:
    running = family("experiment", status="running", end=date(2026, 9, 10))
    after = {path: text.replace("Post room", "Claims desk") for path, text in running.items()}
    comment = markdown(running, {**MANY, **after, path_of("experiment"): "?"}, most=most)
    assert len(comment.encode()) <= most
    assert comment.startswith(changes.MARKER)


def test_nothing_changed() -> None:
    assert text(OUTCOME, OUTCOME) == "No record changed."
    assert changes.as_json(compare(OUTCOME, OUTCOME)) == "[]"
    assert markdown(OUTCOME, OUTCOME) == (
        f"{changes.MARKER}\n## What this changes in the playbook\n\nNo record changed.\n"
    )
