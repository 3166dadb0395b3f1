"""Every list, outcome and hypothesis of the demo begins records on its host."""

import re

from outcome_playbook.records.kinds import Kind
from tests.begun import begun
from tests.site.building import Built

NEW = re.compile(r"https://github\.com/example/outcome-playbook/new/main\?")
LISTS = ("outcomes/", "hypotheses/", "experiments/", "metrics/", "status/")
OVER = {"achieved", "missed", "dropped"}


def addresses(demo: Built, url: str) -> list[str]:
    return [
        link.attributes["href"]
        for element in demo.page(url).main.all("div", class_="op-starts")
        for link in element.all("a")
    ]


def test_every_list_begins_records_of_every_kind(demo: Built) -> None:
    for url in LISTS:
        links = addresses(demo, url)
        assert all(NEW.match(link) for link in links)
        found = {begun(link).file.kind: begun(link) for link in links}
        assert set(found) == set(Kind), url
        assert all(one.given == {} for one in found.values())
        assert {str(kind): one.path for kind, one in found.items()} == {
            "outcome": "content/outcomes/RENAME-ME.md",
            "metric": "content/metrics/RENAME-ME.md",
            "hypothesis": "hypotheses/RENAME-ME.md",
            "experiment": "hypotheses/RENAME-ME.md",
        }


def test_an_outcome_and_a_hypothesis_begin_what_serves_and_tests_them(demo: Built) -> None:
    records = [r for r in demo.data["records"] if r["kind"] in ("outcome", "hypothesis")]
    folders = set()
    for one in records:
        if one["status"] in OVER:
            assert addresses(demo, one["url"]) == [], one["id"]
            continue
        first = begun(addresses(demo, one["url"])[0])
        folders.add(first.path.removesuffix("/RENAME-ME.md"))
        if one["kind"] == "outcome":
            assert first.file.kind is Kind.HYPOTHESIS
            known = {"outcome": one["id"], "metric": one.get("metric")}
            assert first.given == {name: value for name, value in known.items() if value}
        else:
            assert first.file.kind is Kind.EXPERIMENT
            assert first.given == {"hypothesis": one["id"]}
    assert folders >= {"hypotheses/letters", "hypotheses/playbook"}
    assert len(records) > 30


def test_what_the_links_promise_is_on_the_reference_page(demo: Built) -> None:
    page = demo.page("reference/").main
    for kind in Kind:
        page.one("h3", id=f"new-{kind}")
    assert [begun(a.attributes["href"]).file.kind for a in page.all("a", class_="op-btn")] == list(
        Kind
    )
    assert len(page.all("pre", class_="copy")) == len(Kind)


def test_the_tables_of_languages_stay_at_home(demo: Built) -> None:
    assert not [path for path in demo.files if path.endswith(".po")]
