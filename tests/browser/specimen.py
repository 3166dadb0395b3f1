"""A small playbook with each kind of page and awkward values, fixed in time.

What the tests store of its pages changes with templates, stylesheet and words alone: the demo may
change freely.
"""

from pathlib import Path
from typing import Any

from tests.site.building import Built, build
from tests.site.playbooks import make, record

LONG = (
    "Everybody who asks for help with a housing, heating or child-care claim hears within one "
    "working day who looks after it and what is still missing"
)
UNBROKEN = "Donaudampfschifffahrtsgesellschaftskapitänswitwenrentenantragsformular"

PAGES = {
    "home": "",
    "outcomes": "outcomes/",
    "outcome": "outcomes/claims-in-a-week/",
    "bare-outcome": "outcomes/nobody-gives-up/",
    "hypothesis": "hypotheses/short-form/",
    "bare-hypothesis": "hypotheses/phone-line/",
    "experiment": "experiments/short-form-at-scale/",
    "overdue-experiment": "experiments/evening-hours/",
    "odd-experiment": "experiments/one-day-desk/",
    "metric": "metrics/days-to-settle/",
    "explore": "explore/",
    "status": "status/",
    "one-status": "status/hypotheses/supported/",
    "experiments": "experiments/",
    "owners": "owners/",
    "owner": "owners/form-team/",
    "broken": "hypotheses/misspelt/",
    "handbook": "handbook/",
    "not-found": "404.html",
}
"""The pages that are compared, with their addresses."""

RULE = {
    "ship_if": "the median falls by 4 days or more",
    "stop_if": "more claims are settled wrongly",
    "otherwise": "ask the offices what was missing",
}


def files() -> dict[str, str | bytes]:
    """Return the files of the playbook by path."""
    texts = {
        **_outcomes(),
        **_metrics(),
        **_hypotheses(),
        **_experiments(),
        "content/handbook/index.md": HANDBOOK,
    }
    return dict(texts)


def built_in(folder: Path) -> Built:
    """Build the site of the playbook below a folder."""
    return build(make(folder / "specimen", files(), **CONFIG), folder / "site")


CONFIG: dict[str, Any] = {
    "site_name": "Specimen playbook",
    "theme": {
        "name": "material",
        "font": False,
        "features": ["content.action.edit", "navigation.tabs", "toc.follow"],
        "palette": [
            {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "white"},
            {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "black"},
        ],
    },
    "markdown_extensions": ["admonition", "tables", {"toc": {"permalink": True}}],
}

HANDBOOK = """# Handbook

How we work: a [hypothesis](../../hypotheses/short-form.md) serves an
[outcome](../outcomes/claims-in-a-week.md).

## What we write down

| kind | says |
| --- | --- |
| outcome | what changes for whom |
| experiment | how we find out |

!!! note
    A record begins as a draft.

## What we leave out

- what we only plan
- what nobody would act on
"""


def _outcomes() -> dict[str, str]:
    folder = "content/outcomes"
    return {
        f"{folder}/claims-in-a-week.md": record(
            "outcome",
            "Claims are settled within a week",
            "active",
            "People wait for their money, and some give up.\n",
            owner="Claims desk",
            problem="A claim takes a month, and nobody can say why",
            root_causes=[
                "Claims come back for what is missing",
                "The form asks for what the register knows",
                "Nobody may use the register across offices",
            ],
            beneficiary="People with a claim",
            trade_off="We will not check less",
            metric="days-to-settle",
            baseline=30,
            target=7,
            target_date="2027-06-30",
            tags=["claims"],
        ),
        f"{folder}/fewer-come-back.md": record(
            "outcome",
            "Fewer claims come back",
            "active",
            owner="Form team",
            problem="Every second claim makes its way twice",
            beneficiary="People with a claim, and who works on it",
            metric="share-returned",
            baseline=22.5,
            target=10,
            target_date="2026-09-30",
            parent="claims-in-a-week",
        ),
        f"{folder}/heard-within-a-day.md": record(
            "outcome",
            LONG,
            "achieved",
            owner="Claims desk",
            problem="Nobody hears anything for weeks",
            beneficiary="People with a claim",
            metric="share-heard",
            baseline=41,
            target=90,
            target_date="2026-06-30",
            tags=["claims", "first contact"],
        ),
        f"{folder}/nobody-gives-up.md": record("outcome", "Nobody gives up half-way", "draft"),
    }


def _metrics() -> dict[str, str]:
    folder = "content/metrics"
    days = [("2025-01-31", 30), ("2025-07-31", 34.5), ("2026-01-31", 21), ("2026-10-31", 16.5)]
    return {
        f"{folder}/days-to-settle.md": record(
            "metric",
            "Days until a claim is settled",
            "approved",
            owner="Claims desk",
            definition="Median of days from arrival to payment",
            unit="days",
            direction="decrease",
            value="customer",
            indicator="lagging",
            if_up="Look for the step that grew",
            if_down="Keep the change, and look for the next step",
            source="The claims register",
            review_by="2026-10-01",
            readings=[{"date": day, "value": value} for day, value in days],
        ),
        f"{folder}/share-returned.md": record(
            "metric",
            "Claims that come back",
            "approved",
            owner="Form team",
            definition="Share of claims that an office sends back at least once",
            unit="%",
            direction="decrease",
            value="operational",
            if_up="Read fifty of them",
            if_down="Look whether more are settled wrongly",
            source="The claims register",
            readings=[{"date": "2026-08-31", "value": 24.2, "source": "Count by hand"}],
        ),
        f"{folder}/share-heard.md": record(
            "metric",
            "Share who hear within a day",
            "approved",
            owner="Claims desk",
            definition="Share of people with a claim who hear within one working day",
            unit="%",
            direction="increase",
            value="customer",
            if_up="Keep it",
            if_down="Ask the desk",
            source="The log of the desk",
            readings=[{"date": "2026-06-30", "value": 93}],
        ),
        f"{folder}/letters-sent.md": record(
            "metric",
            "Letters sent",
            "proposed",
            definition="Letters that leave the house",
            unit="letters",
            direction="maintain",
            value="activity",
        ),
    }


def _hypotheses() -> dict[str, str]:
    def other(slug: str, title: str, status: str, **fields: Any) -> tuple[str, str]:
        fields = {"owner": "Form team", "outcome": "claims-in-a-week", **fields}
        return f"hypotheses/{slug}.md", record("hypothesis", title, status, **fields)

    said = {
        "change": "asking six questions and no more",
        "problem": "spare people the letters that ask for what is missing",
        "benefits": "money that arrives sooner",
        "metric": "days-to-settle",
    }
    return {
        "hypotheses/short-form.md": record(
            "hypothesis",
            "A form with fewer questions settles claims sooner",
            "supported",
            "It began with a stack of letters on one desk.\n",
            owner="Form team",
            outcome="claims-in-a-week",
            **said,
            because=[
                {
                    "observation": "Half of the claims come back with a question",
                    "source": "Count of 120 claims",
                },
                "People leave the same six fields empty",
            ],
            guardrails=[{"metric": "share-returned", "limit": 25}],
            would_change_our_mind="Claims that come back as often as before",
            prediction={"low": -9, "expected": -5, "high": -1, "confidence": 0.7},
            tags=["forms"],
        ),
        **dict(
            [
                other(
                    "phone-line",
                    "A phone line helps",
                    "draft",
                    outcome="nobody-gives-up",
                    owner=None,
                    change="answering the phone until eight",
                ),
                other("register", "The register fills in what it knows", "proposed", **said),
                other("evenings", "Open evenings bring whole claims", "testing", **said),
                other("checklist", "A checklist keeps claims whole", "not_supported", **said),
                other("reminder", "A reminder brings the missing page", "inconclusive", **said),
                other("desk", "A desk for a day", "testing", outcome="fewer-come-back", **said),
                other("chat", "A chat answers first", "parked", **said),
                other("kiosk", f"A kiosk prints the {UNBROKEN}", "dropped", **said),
            ]
        ),
        "hypotheses/misspelt.md": record(
            "hypothesis",
            "A colour for each step",
            "drft",
            "What somebody wrote is kept.\n",
            outcom="claims-in-a-week",
        ),
    }


def _experiments() -> dict[str, str]:
    folder = "hypotheses/experiments"
    return {
        f"{folder}/short-form-at-scale.md": record(
            "experiment",
            "Six questions in eight offices",
            "concluded",
            "Offices were drawn by lot.\n",
            owner="Form team",
            hypothesis="short-form",
            method="cluster_trial",
            start="2026-02-02",
            end="2026-05-29",
            extensions=[{"from": "2026-05-01", "to": "2026-05-29", "reason": "An office burnt"}],
            decision_rule=RULE,
            sample_size=4000,
            minimum_detectable_effect=3,
            results=[
                {
                    "metric": "days-to-settle",
                    "control": {"name": "Long form", "n": 2012, "mean": 29.4, "sd": 12},
                    "treatment": {"name": "Short form", "n": 1988, "mean": 24.1, "sd": 11.5},
                },
                {
                    "metric": "share-returned",
                    "control": {"n": 2012, "conversions": 453},
                    "treatment": {"n": 1988, "conversions": 431},
                },
                {
                    "metric": "share-heard",
                    "estimate": 2.0,
                    "unit": "percentage points",
                    "low": 0.6,
                    "high": 3.4,
                    "n": 4000,
                    "source": "The report",
                },
            ],
            conclusion="won",
            decision={
                "date": "2026-06-12",
                "action": "ship",
                "why": "Every office sends the short form from July",
                "followed_rule": True,
            },
            learning="Six questions are enough. What the register knows, nobody has to write.",
            tags=["forms", "randomised"],
            sources=[{"title": "The report", "url": "https://example.org/report"}],
        ),
        f"{folder}/short-form-pilot.md": record(
            "experiment",
            "Six questions in one office",
            "concluded",
            owner="Form team",
            hypothesis="short-form",
            method="pilot",
            start="2025-09",
            end="2025-12",
            retrospective=True,
            results=[
                {"metric": "days-to-settle", "estimate": -2.5, "low": -6.0, "high": 1.0, "n": 212}
            ],
            conclusion="inconclusive",
            decision={"date": "2026-01-09", "action": "rerun", "why": "Too few to tell"},
            learning="One office is too few.",
        ),
        f"{folder}/evening-hours.md": record(
            "experiment",
            "Two offices open until eight",
            "running",
            owner="Claims desk",
            hypothesis="evenings",
            method="before_after",
            start="2026-08-03",
            end="2026-11-02",
            decision_rule=RULE,
            minimum_detectable_effect=2,
        ),
        f"{folder}/one-day-desk.md": record(
            "experiment",
            "One day, one desk",
            "review",
            owner="Form team",
            hypothesis="desk",
            method="prototype",
            start="2026-11-16",
            end="2026-11-16",
            decision_rule=RULE,
            results=[{"metric": "share-returned", "estimate": 0, "low": -30.5, "high": 30.5}],
        ),
        f"{folder}/checklist-in-the-post.md": record(
            "experiment",
            "A checklist in every second letter",
            "concluded",
            owner="Form team",
            hypothesis="checklist",
            method="ab_test",
            start="2024-01-08",
            end="2024-03-28",
            results=[
                {"metric": "days-to-settle", "estimate": 1.5, "low": 0.4, "high": 2.6, "n": 1800}
            ],
            conclusion="lost",
            decision={"date": "2024-04-05", "action": "stop", "why": "It made letters longer"},
            learning="A longer letter is read later.",
            decision_rule=RULE,
        ),
        f"{folder}/reminder-in-may.md": record(
            "experiment",
            "A reminder after ten days",
            "concluded",
            owner="Form team",
            hypothesis="reminder",
            method="ab_test",
            start="2015-03",
            end="2025-04",
            retrospective=True,
            no_results="The list of addresses was lost",
            conclusion="invalid",
            learning="Keep the list where two people find it.",
        ),
        f"{folder}/register-link.md": record(
            "experiment",
            "The register in one office",
            "planned",
            owner="Form team",
            hypothesis="register",
            method="process_trial",
            start="2026-12-01",
            end="2027-01-29",
            decision_rule=RULE,
        ),
    }
