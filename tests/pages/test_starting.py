"""The links that begin a record: what is filled in, and where the host fills nothing in."""

from typing import Any

import pytest
import yaml

from outcome_playbook.diagnostics import Severity, catalogue
from outcome_playbook.hosting import NOWHERE, Host, Hosting
from outcome_playbook.pages import home, lists, people, status
from outcome_playbook.pages.records import model_of
from outcome_playbook.pages.site import site_pages
from outcome_playbook.pages.starting import Starts, template
from outcome_playbook.pages.view import View
from outcome_playbook.records.kinds import Kind
from tests.begun import Begun, begun
from tests.factories import path_of, record
from tests.pages.overview import experiment, hypothesis, metric, outcome, plain, view_of
from tests.pages.rendered import html_of
from tests.site.html import parse

GITHUB = Hosting(Host.GITHUB, "GitHub", "https://github.com/team/playbook", "main")
IN_A_FOLDER = Hosting(Host.GITEA, "Gitea", "https://git.example/team/all", "main", "play")
GITLAB = Hosting(Host.GITLAB, "GitLab", "https://gitlab.com/team/playbook", "main")


def on(hosting: Hosting, files: dict[str, str], **options: Any) -> View:
    return View(view_of(files, **options).playbook, hosting)


def of_record(view: View, id_: str) -> Starts | None:
    found: Starts | None = model_of(view, view.registry.entries[id_]).starts
    return found


def files_of(starts: Starts | None) -> list[Begun]:
    assert starts is not None
    return [begun(link.url) for link in starts.links]


def small(**fields: Any) -> dict[str, str]:
    found = metric("share", status="approved")
    found |= outcome("o", status="active", metric="share", **fields)
    return found | hypothesis("h", status="proposed", outcome="o", metric="share")


def test_an_outcome_begins_a_hypothesis_that_serves_it_and_is_measured_as_it_is() -> None:
    new, planned, measured = files_of(of_record(on(GITHUB, small()), "o"))

    assert (new.file.kind, new.given) == (Kind.HYPOTHESIS, {"outcome": "o", "metric": "share"})
    assert (planned.file.kind, planned.given) == (Kind.EXPERIMENT, {"hypothesis": "h"})
    assert (measured.file.kind, measured.given) == (Kind.METRIC, {})
    assert [one.path for one in (new, planned, measured)] == [
        "hypotheses/RENAME-ME.md",
        "hypotheses/RENAME-ME.md",
        "content/metrics/RENAME-ME.md",
    ]


def test_what_is_begun_cannot_be_merged_without_a_name_and_a_title() -> None:
    for one in files_of(of_record(on(GITHUB, small()), "o")):
        errors = {p.rule for p in one.file.problems if p.severity is Severity.ERROR}
        assert catalogue.BAD_ID in errors
        assert errors <= {catalogue.BAD_ID, catalogue.MISSING}
        assert any("`title`" in p.message for p in one.file.problems)


def test_of_several_hypotheses_to_test_none_is_chosen() -> None:
    files = small() | hypothesis("i", status="testing", outcome="o")
    assert files_of(of_record(on(GITHUB, files), "o"))[1].given == {}
    files = small() | hypothesis("i", status="supported", outcome="o")
    assert files_of(of_record(on(GITHUB, files), "o"))[1].given == {"hypothesis": "h"}


@pytest.mark.parametrize(
    "other", [metric("share", status="approved", value="activity"), {}, outcome("share")]
)
def test_a_metric_that_cannot_measure_is_not_filled_in(other: dict[str, str]) -> None:
    files = {path: text for path, text in small().items() if not path.endswith("/share.md")}
    assert files_of(of_record(on(GITHUB, files | other), "o"))[0].given == {"outcome": "o"}


def test_an_earlier_id_is_filled_in_as_the_one_of_today() -> None:
    files = outcome("o", status="active", metric="rate")
    files |= metric("share", status="approved", aliases=["rate"])
    assert files_of(of_record(on(GITHUB, files), "o"))[0].given["metric"] == "share"


def test_a_hypothesis_begins_an_experiment_and_a_metric_a_hypothesis() -> None:
    view = on(GITHUB, small())
    (planned,) = files_of(of_record(view, "h"))
    (new,) = files_of(of_record(view, "share"))

    assert (planned.file.kind, planned.given) == (Kind.EXPERIMENT, {"hypothesis": "h"})
    assert (new.file.kind, new.given) == (Kind.HYPOTHESIS, {"metric": "share"})


@pytest.mark.parametrize(
    ("files", "id_"),
    [
        (outcome("x", status="achieved"), "x"),
        (outcome("x", status="dropped"), "x"),
        (hypothesis("x", status="dropped"), "x"),
        (metric("x", status="approved", value="activity"), "x"),
        (metric("x", status="deprecated", replaced_by="y") | metric("y"), "x"),
    ],
)
def test_what_is_over_or_measures_nothing_begins_nothing(files: dict[str, str], id_: str) -> None:
    assert of_record(on(GITHUB, files), id_) is None


def test_a_new_file_lies_beside_its_like_where_they_lie_together() -> None:
    near = {"hypotheses/letters/h.md": record("hypothesis", title="H", outcome="o")}
    view = on(GITHUB, outcome("o") | near)
    assert [one.path.rpartition("/")[0] for one in files_of(of_record(view, "o"))] == [
        "hypotheses/letters",
        "hypotheses/letters",
        "content/metrics",
    ]
    assert files_of(of_record(view, "h"))[0].path == "hypotheses/letters/RENAME-ME.md"

    apart = {"hypotheses/forms/i.md": record("hypothesis", title="I", outcome="o")}
    view = on(GITHUB, outcome("o") | near | apart)
    assert files_of(of_record(view, "o"))[0].path == "hypotheses/RENAME-ME.md"

    folders = ["hypotheses", "experiments", "content/outcomes"]
    view = on(GITHUB, outcome("o") | near, records=folders)
    assert files_of(of_record(view, "h"))[0].path == "experiments/RENAME-ME.md"


@pytest.mark.parametrize("kind", list(Kind))
def test_a_list_begins_records_of_its_own_kind_first(kind: Kind) -> None:
    view = on(GITHUB, small())
    page = lists.outcomes(view) if kind is Kind.OUTCOME else lists.records(view, kind)
    kinds = [one.file.kind for one in files_of(page.starts)]

    assert kinds[0] is kind
    assert sorted(map(str, kinds)) == sorted(Kind)
    assert all(one.given == {} for one in files_of(page.starts))


def test_the_boards_and_the_page_of_a_status_begin_records_too() -> None:
    view = on(GITHUB, small())
    assert files_of(status.boards(view).starts)[0].file.kind is Kind.HYPOTHESIS
    planned = status.one_status(view, Kind.EXPERIMENT, "planned")
    assert files_of(planned.starts)[0].file.kind is Kind.EXPERIMENT


def test_an_owner_and_a_tag_are_filled_in_as_they_are() -> None:
    name = 'Team "A": #1, ja & nein'
    view = on(GITHUB, hypothesis("h", owner=name, tags=["no", name]))

    assert files_of(people.one(view, "owners", name).starts)[0].given == {"owner": name}
    assert files_of(people.one(view, "tags", "no").starts)[0].given == {"tags": ["no"]}
    assert files_of(people.one(view, "tags", name).starts)[0].given == {"tags": [name]}


def test_an_empty_playbook_begins_its_first_record() -> None:
    first = home.home(on(GITHUB, {})).first
    assert first is not None
    assert [one.file.kind for one in files_of(first.starts)] == [Kind.HYPOTHESIS]
    assert plain(first.starts.note) == "Opens a new file on GitHub; saving it proposes a change."


def test_a_playbook_in_a_folder_begins_its_files_there() -> None:
    assert [one.path for one in files_of(of_record(on(IN_A_FOLDER, small()), "h"))] == [
        "play/hypotheses/RENAME-ME.md"
    ]
    shown = template(on(IN_A_FOLDER, {}), Kind.METRIC)
    assert plain(shown.place).startswith("It goes into play/content/metrics/, ")


@pytest.mark.parametrize("hosting", [GITLAB, NOWHERE])
def test_where_nothing_is_filled_in_the_link_leads_to_the_template(hosting: Hosting) -> None:
    view = on(hosting, small() | hypothesis("i", owner="a: b"))
    starts = of_record(view, "o")
    assert starts is not None

    assert [(link.url, link.key) for link in starts.links] == [
        ("", "reference#new-hypothesis"),
        ("", "reference#new-experiment"),
        ("", "reference#new-metric"),
    ]
    assert plain(starts.note) == (
        "Leads to a template to copy into a new file. There, write outcome: o and metric: share."
    )
    assert plain(lists.outcomes(view).starts.note) == "Leads to a template to copy into a new file."
    of_owner = plain(people.one(view, "owners", "a: b").starts.note)
    assert yaml.safe_load(of_owner.partition("There, write ")[2][:-1]) == {"owner": "a: b"}


@pytest.mark.parametrize(
    ("hosting", "url", "folded"),
    [
        (GITHUB, "https://github.com/team/playbook/new/main?filename=hypotheses%2FRENAME", True),
        (GITLAB, "https://gitlab.com/team/playbook/-/new/main/hypotheses?file_name=REN", False),
        (NOWHERE, "", False),
    ],
)
def test_the_template_is_at_hand_where_it_has_to_be_copied(
    hosting: Hosting, url: str, folded: bool
) -> None:
    shown = template(on(hosting, {}), Kind.HYPOTHESIS)
    assert shown.text.startswith("---\nkind: hypothesis\ntitle:")
    links = shown.start.links if shown.start else ()
    assert [link.url[: len(url)] for link in links] == ([url] if url else [])
    assert shown.folded is folded


@pytest.mark.parametrize("hosting", [GITHUB, GITLAB])
def test_what_waits_for_a_decision_leads_to_the_file(hosting: Hosting) -> None:
    files = small() | experiment("late", status="running", hypothesis="h", end="2026-10-01")
    files |= metric("old", status="approved", review_by="2026-01-01")
    view = on(hosting, files)
    groups = home.home(view).groups
    edited = {row.ref.key: row.edit_url for group in groups for row in group.shown}

    assert edited["experiments/late"] == hosting.edit(path_of("experiment", "late"))
    assert edited["metrics/old"] == hosting.edit(path_of("metric", "old"))
    first = parse(html_of(next(site_pages(view))))
    acts = first.all("a", class_="op-decision__act")
    assert {a.attributes["href"] for a in acts} >= {url for url in edited.values() if url}


def test_what_waits_for_another_file_or_has_no_host_leads_to_its_page() -> None:
    silent = home.home(on(GITHUB, outcome("o", status="active"))).groups[0].shown[0]
    assert (silent.ref.key, silent.edit_url, silent.act.key) == (
        "outcomes/o",
        "",
        "outcomes/o#hypotheses",
    )
    late = experiment("late", status="running", end="2026-10-01")
    assert home.home(on(NOWHERE, late)).groups[0].shown[0].edit_url == ""
