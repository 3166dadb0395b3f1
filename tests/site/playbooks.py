"""Small playbooks to build: a mkdocs.yml and some files in a folder of their own."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

DAY = "2026-11-22"
"""The day that counts as today in the small playbooks."""

CONFIG: dict[str, Any] = {
    "site_name": "Small playbook",
    "docs_dir": "content",
    "repo_url": "https://git.example/team/playbook",
    "edit_uri": "edit/main/content/",
    "theme": {
        "name": "material",
        "font": False,
        "features": ["content.action.edit", "navigation.tabs"],
    },
    "nav": [
        {"Home": "index.md"},
        {"Outcomes": "outcomes/index.md"},
        {"Status": "status/index.md"},
        {"Handbook": ["handbook/index.md"]},
    ],
    "plugins": ["search", {"playbook": {"as_of": DAY}}],
    "validation": {"absolute_links": "warn", "unrecognized_links": "warn", "anchors": "warn"},
}

HANDBOOK = "# Handbook\n\nHow we work.\n"


def record(kind: str, title: str, status: str, body: str = "", **fields: Any) -> str:
    """Return a record's file. An underscore in a field's name stays: ``x_`` begins with ``x-``."""
    front = {"kind": kind, "title": title, "status": status}
    for name, value in fields.items():
        front[name.replace("x_", "x-", 1) if name.startswith("x_") else name] = value
    dumped = yaml.safe_dump(front, allow_unicode=True, sort_keys=False, width=10_000)
    return f"---\n{dumped}---\n{body}"


def small(**changed: str | bytes | None) -> dict[str, str | bytes]:
    """Return the files of a playbook with one record of each kind, and a handbook page.

    ``changed`` replaces a file, named by its stem; ``None`` leaves it out.
    """
    files = {
        "faster-claims": (
            "content/outcomes/faster-claims.md",
            record(
                "outcome",
                "Claims are settled within a week",
                "active",
                "People wait for their money.\n",
                owner="Claims team",
                problem="A claim takes a month",
                beneficiary="People with a claim",
                metric="days-to-settle",
                baseline=30,
                target=7,
                target_date="2027-06-30",
                tags=["claims", "letters"],
            ),
        ),
        "days-to-settle": (
            "content/metrics/days-to-settle.md",
            record(
                "metric",
                "Days until a claim is settled",
                "approved",
                "From the day it arrives to the day the money is sent.\n",
                owner="Claims team",
                definition="Median of days from arrival to payment",
                unit="days",
                direction="decrease",
                value="customer",
                if_up="Look for the step that grew",
                if_down="Keep the change, and look for the next step",
                source="The claims register",
            ),
        ),
        "fewer-questions": (
            "hypotheses/fewer-questions.md",
            record(
                "hypothesis",
                "A form with fewer questions settles claims sooner",
                "testing",
                "See [the outcome](../content/outcomes/faster-claims.md).\n",
                owner="Form team",
                outcome="faster-claims",
                change="asking six questions and no more",
                problem="spare people the letters that ask for what is missing",
                benefits="money that arrives sooner",
                metric="days-to-settle",
                because=["Half of the claims come back with a question"],
                guardrails=["days-to-settle-wrongly"],
            ),
        ),
        "days-to-settle-wrongly": (
            "content/metrics/days-to-settle-wrongly.md",
            record(
                "metric",
                "Claims settled wrongly",
                "proposed",
                definition="Share of claims that are reopened",
                unit="%",
                direction="decrease",
                value="customer",
            ),
        ),
        "six-questions": (
            "hypotheses/forms/six-questions.md",
            record(
                "experiment",
                "Six questions in two offices",
                "running",
                "Two offices use the short form for six weeks.\n",
                owner="Form team",
                hypothesis="fewer-questions",
                method="pilot",
                start="2026-10-12",
                end="2026-11-30",
                decision_rule={
                    "ship_if": "the median falls by a week",
                    "stop_if": "more claims are settled wrongly",
                    "otherwise": "ask the offices what was missing",
                },
            ),
        ),
        "handbook": ("content/handbook/index.md", HANDBOOK),
    }
    chosen: dict[str, str | bytes] = {}
    for name, (path, text) in files.items():
        content = changed.get(name.replace("-", "_"), text)
        if content is not None:
            chosen[path] = content
    return chosen


def make(
    root: Path,
    files: Mapping[str, str | bytes],
    options: Mapping[str, Any] | None = None,
    **config: Any,
) -> Path:
    """Write a playbook and return its mkdocs.yml.

    ``options`` are the plugin's; ``config`` replaces keys of mkdocs.yml, ``None`` removes one.
    """
    merged: dict[str, Any] = {**CONFIG, **config}
    if options is not None:
        merged["plugins"] = ["search", {"playbook": {"as_of": DAY, **options}}]
    merged = {key: value for key, value in merged.items() if value is not None}
    (root / str(merged.get("docs_dir", "docs"))).mkdir(parents=True, exist_ok=True)
    for path, content in files.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
    config_file = root / "mkdocs.yml"
    config_file.write_text(yaml.safe_dump(merged, sort_keys=False), encoding="utf-8")
    return config_file
