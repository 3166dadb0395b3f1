"""What is said of every rule is true: its examples are read as any playbook is."""

import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.explanations import (
    FOLDER,
    Explanation,
    Shown,
    explanation,
)
from outcome_playbook.git import open_repository
from outcome_playbook.playbook import read_playbook
from outcome_playbook.project import read_project
from outcome_playbook.settings import Settings
from outcome_playbook.since import brought
from tests.cases.reading import cases
from tests.factories import CONFIG, neighbours, record, write
from tests.scratch import scratch

RULES = [rule for rules in catalogue.grouped().values() for rule in rules]
ONLY_SHOWN = [rule for rule in RULES if explanation(rule.code).only_shown]
READ_AS_SHOWN = [rule for rule in RULES if rule not in ONLY_SHOWN]

STORY = {
    "an-outcome": "faster-claims",
    "a-metric": "days-to-an-answer",
    "another-metric": "answers-reversed-on-appeal",
    "a-hypothesis": "papers-named-first",
    "an-experiment": "letter-in-one-district",
}
"""The ids of the factory's records and what the examples call them."""


def in_story(text: str) -> str:
    """Return a text of the factory with the ids of the story."""
    return re.sub(r"[\w-]+", lambda word: STORY.get(word[0], word[0]), text)


def said(name: str, text: str) -> str | None:
    """Return what stands in a field of one line."""
    found = re.search(rf"^{name}: *([\w-]+)$", text, re.MULTILINE)
    return found[1] if found else None


def whole(shown: Shown) -> str:
    """Return the file of which an example shows some lines."""
    text = shown.text
    if not shown.is_excerpt:
        return f"{text}\n"
    kind, status = said("kind", text), said("status", text)
    assert kind, "of which kind the record is"
    return in_story(record(kind, status=status, raw=text))


def playbook_of(files: tuple[Shown, ...]) -> dict[str, str]:
    """Return the files of an example among those that its first record is usually found with."""
    first = files[0].text
    kind, status = said("kind", first) or "outcome", said("status", first)
    try:
        around = neighbours(kind, status)
    except KeyError:  # a kind or status that there is not
        around = {}
    if files[0].path.startswith("content/handbook/"):  # no record at all
        around = {}
    found = {in_story(path): in_story(text) for path, text in around.items()}
    names = {path.rsplit("/", 1)[-1] for path in (file.path for file in files)}
    found = {path: text for path, text in found.items() if path.rsplit("/", 1)[-1] not in names}
    return found | {file.path: whole(file) for file in files}


def problems(root: Path, files: Mapping[str, str | bytes]) -> list[tuple[str, Severity]]:
    """Return the code and severity of each problem that these files have."""
    found = read_playbook(write(root, files), Settings(), "content").problems
    return [(problem.code, problem.severity) for problem in found]


@pytest.mark.parametrize("rule", READ_AS_SHOWN, ids=lambda rule: rule.code)
def test_an_example_has_the_problem_alone_and_is_without_it_afterwards(
    rule: Rule, tmp_path: Path
) -> None:
    told = explanation(rule.code)
    before = problems(tmp_path / "before", playbook_of(told.before))
    # Two files that clash have a problem each.
    assert set(before) == {(rule.code, told.severity)}
    assert problems(tmp_path / "after", playbook_of(told.after)) == []


# Where no text can show it ------------------------------------------------------------------------


def a_link_out_of_the_folder(root: Path, told: Explanation) -> None:
    (shown,) = told.before
    link, target = shown.text.split(" -> ")
    place = root / shown.path
    assert link == place.name
    place.parent.mkdir(parents=True)
    outside = (place.parent / target).resolve()
    outside.parent.mkdir(parents=True)
    outside.write_text(whole(told.after[0]), encoding="utf-8")
    place.symlink_to(target)


def written(sign: str, byte: bytes) -> Callable[[Path, Explanation], None]:
    """Return what writes an example with a byte where it shows a sign of it."""

    def write_it(root: Path, told: Explanation) -> None:
        files = playbook_of(told.before)
        (shown,) = told.before
        assert shown.text.count(sign) == 1
        write(root, {**files, shown.path: files[shown.path].encode().replace(sign.encode(), byte)})

    return write_it


def a_step_left_out(root: Path, told: Explanation) -> None:
    repository = scratch(root)
    planned = {"hypotheses/letter-in-one-district.md": record("experiment", status="planned")}
    repository.commit({"mkdocs.yml": CONFIG, **planned})
    write(root, playbook_of(told.before))


def five_times_500(root: Path, told: Explanation) -> None:
    (shown,) = told.before
    draft = record("hypothesis", status="draft")
    files = {f"hypotheses/of-many-{number}.md": draft for number in range(500)}
    write(root, {**files, shown.path: f"{shown.text}\n" * 5})


def since_the_last_commit(root: Path) -> list[tuple[str, Severity]]:
    project = read_project(root / "mkdocs.yml")
    repository = open_repository(root)
    found = brought(project, project, repository, repository.commit("HEAD"))
    return [(problem.code, problem.severity) for problem in found]


BY_HAND: dict[str, Callable[[Path, Explanation], None]] = {
    "PB002": a_link_out_of_the_folder,
    "PB003": written("<E9>", b"\xe9"),
    "PB004": written("^@", b"\0"),
    "PB044": a_step_left_out,
    "PB086": five_times_500,
}
"""What builds the files of an example that is only shown."""


@pytest.mark.parametrize("rule", ONLY_SHOWN, ids=lambda rule: rule.code)
def test_what_no_text_can_show_has_the_problem_too(rule: Rule, tmp_path: Path) -> None:
    told = explanation(rule.code)
    root = tmp_path / "deep" / "before"
    BY_HAND[rule.code](root, told)
    found = since_the_last_commit(root) if (root / ".git").exists() else problems(root, {})
    assert found == [(rule.code, told.severity)]
    assert problems(tmp_path / "after", playbook_of(told.after)) == []


def test_only_what_is_built_by_hand_may_be_only_shown() -> None:
    assert sorted(rule.code for rule in ONLY_SHOWN) == sorted(BY_HAND)


# All of them --------------------------------------------------------------------------------------


def test_every_rule_is_explained_and_nothing_else_is() -> None:
    assert sorted(path.stem for path in FOLDER.glob("*.yaml")) == sorted(r.code for r in RULES)


def test_codes_and_names_are_used_once() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_what_it_means_is_a_few_whole_sentences(rule: Rule) -> None:
    told = explanation(rule.code)
    for text in filter(None, (told.means, told.otherwise, told.only_shown)):
        assert text.endswith(".")
        assert "\n" not in text
        assert text.count("`") % 2 == 0
    assert rule.why not in told.means
    assert 80 <= len(told.means) <= 400


def test_a_severity_is_told_wherever_it_depends() -> None:
    # Among the cases of the rules is each severity that a rule has.
    seen: dict[str, set[str]] = {}
    for case in cases("rules"):
        for problem in case["problems"]:
            severity, code = re.findall(r"^(\w+)\[(\w+)\]", problem["at"])[0]
            seen.setdefault(code, set()).add(severity)
    for code, severities in seen.items():
        told = explanation(code)
        others = severities - {told.severity}
        words = set(re.findall(r"\b(?:error|warning|note)\b", told.otherwise))
        assert words == others, code


def test_a_file_in_another_form_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("outcome_playbook.diagnostics.explanations.FOLDER", tmp_path)
    (tmp_path / "PB999.yaml").write_text("means: Nothing.\nafterwards: {}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"PB999\.yaml has"):
        explanation("PB999")
