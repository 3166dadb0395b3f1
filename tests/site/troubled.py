"""A small playbook with what the repository's own has not: errors, lateness, a way to a target."""

from tests.site.playbooks import record, small


def troubled() -> dict[str, str | bytes]:
    """Return its files: the small playbook's, and some that are late, measured or wrong."""
    wrong = record("hypothesis", "Wrong", "done", "Its text.\n", owner="Form team")
    return {
        **small(
            days_to_settle=record(
                "metric",
                "Days until a claim is settled",
                "approved",
                owner="Claims team",
                definition="Median of days from arrival to payment",
                unit="days",
                direction="decrease",
                value="customer",
                if_up="Look for the step that grew",
                if_down="Keep the change, and look for the next step",
                source="The claims register",
                readings=[
                    {"date": "2026-08-01", "value": 30, "source": "The claims register"},
                    {"date": "2026-11-01", "value": 19, "source": "The claims register"},
                ],
            ),
        ),
        "hypotheses/late.md": record(
            "experiment",
            "Seven questions in one office",
            "running",
            owner="Form team",
            hypothesis="fewer-questions",
            method="pilot",
            start="2026-09-01",
            end="2026-10-31",
            decision_rule={
                "ship_if": "the median falls by a week",
                "stop_if": "more claims are settled wrongly",
                "otherwise": "ask the office what was missing",
            },
        ),
        "hypotheses/wrong.md": wrong.replace("owner:", "ownr:"),
        "hypotheses/dangling.md": record("hypothesis", "Dangling", "draft", outcome="nowhere"),
        "hypotheses/open.md": "---\nkind: hypothesis\ntitle: [open\n---\n\nIts text.\n",
    }
