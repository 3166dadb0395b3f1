"""Text of a record stays text wherever it is shown: no element, no attribute, no address of it."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest

from outcome_playbook.searching.words import query_words
from tests.indexed import index_in
from tests.site.building import Built
from tests.site.conftest import Site
from tests.site.hostile import ALL, PAYLOADS, harmless, hostile, playbook
from tests.site.html import Element
from tests.site.links import broken_links

Shape = Counter[tuple[str, tuple[str, ...]]]


@pytest.fixture(scope="module")
def under_attack(site: Site) -> Built:
    return site(playbook(hostile), nav=None)


@pytest.fixture(scope="module")
def at_peace(site: Site) -> Built:
    return site(playbook(harmless), nav=None)


def shape(page: Element) -> Shape:
    """Return how often each tag stands there with which attributes, whatever they say."""
    return Counter((element.tag, tuple(sorted(element.attributes))) for element in page.walk())


def pages(built: Built) -> dict[str, list[str]]:
    """Return the pages by what they show; those of owners and tags have names of their own."""
    grouped: dict[str, list[str]] = {}
    for path in built.html_files:
        named = re.fullmatch(r"(owners|tags)/(?!index\.html).*", path)
        grouped.setdefault(f"{named[1]}/*" if named else path, []).append(path)
    return grouped


def shapes(built: Built) -> dict[str, Shape]:
    return {
        name: sum((shape(built.page(path)) for path in paths), Counter())
        for name, paths in pages(built).items()
    }


def test_the_attack_was_built(under_attack: Built, at_peace: Built) -> None:
    """What follows compares two sites; here is that they hold what they should."""
    for built in (under_attack, at_peace):
        kinds = Counter(one["kind"] for one in built.data["records"])
        assert kinds == {"outcome": 1, "metric": 2, "hypothesis": 12, "experiment": 3}
        assert [one["id"] for one in built.data["broken"]] == [
            "the-draft",
            "wrong-key",
            "wrong-kind",
            "wrong-link",
            "wrong-status",
        ]
    codes = [re.findall(r"PB\d+", line) for line in under_attack.warnings]
    assert codes == [re.findall(r"PB\d+", line) for line in at_peace.warnings]


def test_hostile_text_adds_no_element_and_no_attribute(
    under_attack: Built, at_peace: Built
) -> None:
    attacked, peaceful = shapes(under_attack), shapes(at_peace)

    assert attacked.keys() == peaceful.keys()
    for name, counted in attacked.items():
        assert counted - peaceful[name] == Counter(), name


def dangerous(built: Built) -> Iterator[tuple[str, str, str]]:
    for path in built.html_files:
        for element in built.page(path).walk():
            for name, value in element.attributes.items():
                scheme = re.sub(r"[\x00-\x20]", "", value).lower().split(":")[0]
                if name.startswith("on") or (
                    name in ("href", "src", "action") and scheme in ("javascript", "vbscript")
                ):
                    yield path, name, value


def test_nothing_of_it_would_run(under_attack: Built) -> None:
    assert list(dangerous(under_attack)) == []
    for path in under_attack.html_files:
        page = under_attack.page(path)
        scripts = ["".join(map(str, script.children)) for script in page.all("script")]
        assert not [script for script in scripts if "pwned" in script], path
        assert not page.all("iframe") + page.all("img"), path


def test_no_template_of_it_is_filled_in(under_attack: Built) -> None:
    for path in under_attack.files:
        if path.endswith((".html", ".json", ".xml")):
            assert "49{%" not in under_attack.text(path), path


@pytest.mark.parametrize("kind", ["outcome", "metric", "hypothesis", "experiment"])
def test_the_page_says_what_the_record_says(under_attack: Built, kind: str) -> None:
    one = next(r for r in under_attack.data["records"] if r["id"] == f"the-{kind}")
    page = under_attack.page(one["url"])
    title = f"{' '.join(ALL.split())} title of the {kind}"

    assert one["title"] == title
    assert page.title.startswith(title)
    assert [h1.text.removesuffix("¶") for h1 in page.all("h1")] == [title]
    for said in ("owner", "tag", "source"):
        assert f"{said} of the {kind}" in page.main.text


def test_the_data_says_it_letter_by_letter(under_attack: Built) -> None:
    for one in under_attack.data["records"]:
        if one["id"].startswith("the-") and one["id"] != "the-guardrail":
            assert one["owner"] == f"{ALL} owner of the {one['kind']}"
            assert one["x-mine"] == f"{ALL} mine"
    for number, payload in enumerate(PAYLOADS):
        one = next(r for r in under_attack.data["records"] if r["id"] == f"short-{number}")
        assert one["tags"] == [f"{payload} {number}"]


@pytest.mark.parametrize("kind", ["outcome", "metric", "hypothesis", "experiment"])
def test_the_search_index_says_what_the_record_says(under_attack: Built, kind: str) -> None:
    """Letter by letter: what reads it writes text, and never markup."""
    one = next(r for r in under_attack.data["records"] if r["id"] == f"the-{kind}")
    index = index_in(under_attack.folder)
    card = next(card for card in index.cards if card["id"] == f"the-{kind}")

    assert (card["title"], card["url"]) == (one["title"], one["url"])
    assert card["tags"] == one["tags"]
    for said in ("summary", "owner", "source"):
        assert one["url"] in index.phrase(f"{said} of the {kind}")


def test_every_title_is_in_the_search_index(under_attack: Built) -> None:
    index = index_in(under_attack.folder)

    for one in under_attack.data["records"]:
        assert one["url"] in index.urls(one["title"]) or not query_words(one["title"]).words


def test_a_source_that_is_no_web_address_is_refused(under_attack: Built) -> None:
    (warning,) = [w for w in under_attack.warnings if w.startswith("hypotheses/wrong-link.md")]

    assert "error[PB020]" in warning
    assert "wrong-link" not in {one["id"] for one in under_attack.data["records"]}


def test_every_problem_is_one_line(under_attack: Built, at_peace: Built) -> None:
    for built in (under_attack, at_peace):
        assert not [line for line in built.warnings if not line.isprintable()]


def test_links_lead_where_they_say(under_attack: Built) -> None:
    assert broken_links(under_attack) == []
    link = next(
        a
        for a in under_attack.page("outcomes/the-outcome/").main.all("a")
        if a.attributes["href"].startswith("https://example.org")
    )
    assert link.attributes["href"] == "https://example.org/?a=1&b='();--&lt;script&gt;{{7*7}}#f"


NAMES = (
    "<img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    '" onmouseover="alert(1)',
    "&lt;b&gt;",
    "{{ 7*7 }}",
    "new\nline",
    "\N{RIGHT-TO-LEFT OVERRIDE}dm",
)


def test_names_of_files_are_text_too(site: Site) -> None:
    bad = {f"hypotheses/{name}.md": "---\ntitle: [\n---\n" for name in NAMES}
    odd = {
        f"hypotheses/forms/{name}x.md": "---\nkind: hypothesis\ntitle: T\nstatus: draft\n---\n"
        for name in NAMES
    }
    built = site({**bad, **odd}, nav=None)

    assert list(dangerous(built)) == []
    assert not [path for path in built.html_files if built.page(path).all("img")]
    assert broken_links(built) == []
    assert all(line.isprintable() for line in built.warnings)
    assert len(built.data["records"]) == len(built.data["broken"]) == len(NAMES)
