"""How a record begins: what an empty page says to whoever would add the first one."""

from dataclasses import dataclass, replace

from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.starting import Starts, starts
from outcome_playbook.pages.view import View
from outcome_playbook.records.blank import blank
from outcome_playbook.records.folders import folder_for
from outcome_playbook.records.kinds import Kind

_FIRST: dict[Kind, tuple[str, dict[str, str], str]] = {
    Kind.OUTCOME: (
        "fewer-missed-appointments.md",
        {"title": "Fewer people miss their appointment"},
        "One appointment in six is missed, and the next free one is weeks away.",
    ),
    Kind.METRIC: (
        "share-of-appointments-missed.md",
        {
            "title": "Share of appointments missed",
            "definition": "Appointments nobody came to, of all appointments booked",
            "unit": "%",
            "direction": "decrease",
            "value": "customer",
        },
        "It leaves out appointments that were cancelled in time.",
    ),
    Kind.HYPOTHESIS: (
        "a-reminder-the-day-before.md",
        {"title": "A reminder the day before brings people to their appointment"},
        "Those who missed one most often say that they forgot.",
    ),
    Kind.EXPERIMENT: (
        "reminders-at-two-clinics.md",
        {"title": "Reminders at two clinics", "hypothesis": "a-reminder-the-day-before"},
        "Every second booking gets a reminder the day before, for six weeks.",
    ),
}
NONE_YET = {
    Kind.OUTCOME: term("No outcome yet."),
    Kind.METRIC: term("No metric yet."),
    Kind.HYPOTHESIS: term("No hypothesis yet."),
    Kind.EXPERIMENT: term("No experiment yet."),
}
_MEANING = {
    Kind.OUTCOME: term(
        "An outcome is a change in what people do, or in their situation, that we want."
    ),
    Kind.METRIC: term(
        "A metric is a number that would change what we do, whether it rises or falls."
    ),
    Kind.HYPOTHESIS: term(
        "A hypothesis says which change should bring about which benefit, and why."
    ),
    Kind.EXPERIMENT: term("An experiment is a small test of one hypothesis, with a last day."),
}


@dataclass(frozen=True, slots=True)
class HowTo:
    """How to add the first record of a kind: where, and a file that is enough to begin with."""

    none: str
    meaning: str
    path: str
    example: str
    starts: Starts


def how_to_add(view: View, kind: Kind) -> HowTo:
    """Return how to add the first record of a kind to this playbook."""
    name, fields, body = _FIRST[kind]
    return HowTo(
        none=say(NONE_YET[kind]),
        meaning=_and_folder(view, say(_MEANING[kind])),
        path=f"{folder_for(kind, view.playbook.settings.records)}/{name}",
        example=blank(kind, fields, body=body),
        starts=starts(view, (kind,)),
    )


def how_to_begin(view: View) -> HowTo:
    """Return how to add the first record of a playbook that has none."""
    return replace(
        how_to_add(view, Kind.HYPOTHESIS),
        none=say("No record yet."),
        meaning=_and_folder(
            view,
            say(
                "A record is a Markdown file with a few lines on top that say what it is: an "
                "outcome, a metric, a hypothesis or an experiment. A hypothesis is a good first "
                "one."
            ),
        ),
    )


def _and_folder(view: View, meaning: str) -> str:
    """Add that no folder is read, where that is so."""
    if view.playbook.settings.records:
        return meaning
    missing = say(
        "No folder is read yet, for the option “records” in mkdocs.yml is empty: put the folder "
        "below into it."
    )
    return f"{meaning} {missing}"
