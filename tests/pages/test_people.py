"""Lists by owner and by tag: by name, never by number."""

from outcome_playbook.pages.people import index, one
from tests.pages.overview import experiment, hypothesis, outcome, plain, view_of


def test_names_stand_in_the_order_of_the_alphabet_whatever_their_number() -> None:
    files = outcome("o", owner="zebra desk") | outcome("p", owner="Zebra desk")
    files |= hypothesis("h", owner="Émile") | hypothesis("i", owner="Émile")
    files |= experiment("e", owner="Ada")
    page = index(view_of(files), "owners")
    assert [(one.name, one.number) for one in page.names] == [
        ("Ada", 1),
        ("Zebra desk", 1),
        ("zebra desk", 1),
        ("Émile", 2),
    ]
    assert len({one.key for one in page.names}) == 4
    assert page.stray == ""


def test_records_without_an_owner_are_counted() -> None:
    files = hypothesis("h", owner="Ada") | hypothesis("i") | hypothesis("j")
    assert index(view_of(files), "owners").stray == "2 records have no owner yet."


def test_without_names_the_page_says_how_to_give_one() -> None:
    view = view_of(hypothesis("h"))
    assert plain(index(view, "owners").empty).startswith("No record has an owner yet. To name one,")
    assert plain(index(view, "tags").empty).startswith("No record has a tag yet. To add one,")


def test_a_person_has_a_list_by_kind_and_title_and_no_score() -> None:
    files = outcome("o", status="active", owner="Ada", title="Z")
    files |= outcome("p", status="active", owner="Ada", title="a")
    files |= hypothesis("h", owner="Ada", outcome="o", status="testing")
    files |= experiment("e", owner="Ada", status="running", hypothesis="h", end="2026-11-01")
    page = one(view_of(files), "owners", "Ada")
    assert page.lead == "4 records to ask Ada about."
    assert not page.listing.counted
    assert [(g.title, [c.ref.title for c in g.cards]) for g in page.listing.groups] == [
        ("Outcomes", ["a", "Z"]),
        ("Hypotheses", ["H"]),
        ("Experiments", ["E"]),
    ]
    assert all("Ada" not in card.meta for group in page.listing.groups for card in group.cards)


def test_a_tag_lists_a_record_once() -> None:
    page = one(view_of(hypothesis("h", tags=["post", "post"])), "tags", "post")
    assert (page.total, page.lead) == (1, "1 record with this tag.")
