"""The reference: what it says of fields, statuses, options and rules, and in which language."""

from pathlib import Path

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.pages.rendering import renderer
from outcome_playbook.pages.site import site_pages
from outcome_playbook.pages.urls import Addresses
from tests.pages.overview import view_of
from tests.pages.rendered import html_of
from tests.pages.tables import language_of
from tests.site.html import Element, parse

(PAGE,) = (page for page in site_pages(view_of({})) if page.template == "reference.html")


def row(page: Element, head: str) -> list[str]:
    """Return the cells of the first row whose head begins so."""
    rows = (row for row in page.all("tr") if row.all("th", scope="row"))
    found = next(row for row in rows if row.one("th").text.startswith(head))
    return [found.one("th").text, *(cell.text for cell in found.all("td"))]


def test_fields_statuses_options_and_rules_have_their_rows() -> None:
    page = parse(html_of(PAGE))
    assert row(page, "title") == ["title", "text", "What changes for whom, in sentence case"]
    assert row(page, "related")[1] == "list of id"
    assert row(page, "direction")[1] == "increase, decrease, maintain"
    assert row(page, "concluded")[1].startswith("hypothesis, owner, method")
    assert "results or no_results" in row(page, "concluded")[1]
    assert row(page, "not_supported")[0] == "not_supported shown as “Not supported”"
    assert row(page, "draft") == ["draft", "title and status only", "nothing more"]
    assert row(page, "time_box_weeks")[1] == "default: 12"
    for name in ("as_of", "synonyms", "severity"):
        assert row(page, name)[1] == "default: none"
    assert "one of outcome, metric, hypothesis, experiment, and its file’s name" in page.text


def test_a_rule_is_explained_with_its_example() -> None:
    (rule,) = parse(html_of(PAGE)).all("section", id="pb027")
    assert rule.one("h4").text == "PB027 Same action Error"
    said = [p.text for p in rule.all("p")]
    assert said[0].startswith("A metric says what you would do if it rose")
    assert said[1] == "It is a warning while the metric is only proposed."
    assert said[2] == (
        "Why: if a rise and a fall lead to the same action, the metric decides nothing."
    )
    assert rule.one("summary").text == "PB027 before and after"
    before, after = rule.all("pre")
    assert before.text.startswith("kind: metric")
    assert [mark.text for mark in before.all("mark")] == [
        "if_up: Talk about it",
        "if_down: Talk about it",
    ]
    assert len(after.all("mark")) == 2


def test_what_is_renamed_is_marked_at_its_path() -> None:
    (rule,) = parse(html_of(PAGE)).all("section", id="pb050")
    assert [mark.text for mark in rule.all("mark")] == [
        "hypotheses/website/papers-named-first.md",
        "hypotheses/website/papers-named-first-online.md",
    ]


def test_every_rule_has_its_place_below_its_group() -> None:
    page = parse(html_of(PAGE))
    groups = [h3.text for h3 in page.all("h3") if h3.attributes["id"].startswith("from-pb")]
    assert groups == [group.title for group in catalogue.grouped()]
    places = [section.attributes["id"].upper() for section in page.all("section")]
    assert places == [rule.code for below in catalogue.grouped().values() for rule in below]


def test_it_is_in_the_language_of_the_site(tmp_path: Path) -> None:
    german = language_of(
        tmp_path,
        {
            "What changes for whom, in sentence case": "Was sich für wen ändert",
            "A number we would act on.": "Eine Zahl, nach der wir handeln.",
            "list of %(form)s": "Liste aus %(form)s",
            "shown as “%(word)s”": "heißt „%(word)s“",
            "Draft": "Entwurf",
            "%(kind)s: fields of its own": "Eigene Felder: %(kind)s",
            "YAML alias": "YAML-Alias",
            "Why: %(reason)s": "Warum: %(reason)s",
            "default: %(value)s": "sonst %(value)s",
        },
    )
    page = parse(renderer(Addresses(), language=german).render(PAGE))
    assert row(page, "title")[2] == "Was sich für wen ändert"
    assert row(page, "related")[1] == "Liste aus id"
    assert row(page, "draft")[0] == "draft heißt „Entwurf“"
    (rule,) = page.all("section", id="pb010")
    assert rule.one("h4").text == "PB010 YAML-Alias Error"
    assert "Warum: an alias hides a value" in rule.text
    assert row(page, "time_box_weeks")[1] == "sonst 12"
    assert "Eine Zahl, nach der wir handeln." in page.text
    assert "Eigene Felder: Metric" in page.text
