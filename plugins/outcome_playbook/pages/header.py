"""What the search box in the header says, beside the theme's own words."""

from outcome_playbook.pages.language import say


def above_results() -> dict[str, str]:
    """Return what stands above results, by the theme's names.

    The theme counts entries there. The box shows the first results only, and one entry may lead to
    all of them or say why there are none: a number would be wrong.
    """
    return {
        "search.result.one": say("Enter opens it"),
        "search.result.other": say("Enter opens the first"),
    }


def notes() -> dict[str, str]:
    """Return what is said of results that are not quite what was typed, on Explore as well."""
    return {
        "near": say("None of these has all of the words. They come near."),
        "alsoNear": say(
            "All of the words are in %(number)s of these. The others come near.", number="{number}"
        ),
        "repaired": say(
            "“%(typed)s” is in no record. Showing results for “%(meant)s”.",
            typed="{typed}",
            meant="{meant}",
        ),
    }


def said() -> dict[str, str]:
    """Return the sentences of the results; the script fills in what stands in braces."""
    return {
        "all": say("All results (%(number)s)", number="{number}"),
        "narrow": say("Narrow them down and sort them on the page “Explore”."),
        "sections": say(
            "More parts of the handbook have these words (%(number)s). "
            "Another word narrows them down.",
            number="{number}",
        ),
        **notes(),
        "list": say("The list of all records"),
        "missing": say("The index of the search is not here."),
        "broken": say("The index of the search cannot be read."),
        "outdated": say(
            "The playbook was published anew while this page was open. Reload the page to search."
        ),
        "unsupported": say("This browser cannot read the index of the search."),
        "offline": say("The search could not be fetched. Type again to try once more."),
    }
