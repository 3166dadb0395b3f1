"""Records to test with: the least that is valid, and what a test wants different about it.

``record("experiment", status="running", end="2026-11-30")`` is the text of a file; ``family`` is
that record among neighbours with which it has no problem; ``read`` makes a registry of texts.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from outcome_playbook import registry, rules
from outcome_playbook.diagnostics import Problem, by_position
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.records.reading import read_record
from outcome_playbook.registry import Registry
from outcome_playbook.settings import Settings

ASKS: dict[str, dict[str, dict[str, list[str]]]] = yaml.safe_load(
    (Path(__file__).parent / "cases" / "asks.yaml").read_text(encoding="utf-8")
)
"""Kind → status → ``needs`` and ``advised`` → names of fields."""

IDS = {
    "outcome": "an-outcome",
    "metric": "a-metric",
    "hypothesis": "a-hypothesis",
    "experiment": "an-experiment",
}
"""The id that a record has unless a test says otherwise; the others refer to it by this."""

CONFIG = "site_name: Small\nplugins:\n  - playbook\n"

_FOLDERS = {
    "outcome": "content/outcomes",
    "metric": "content/metrics",
    "hypothesis": "hypotheses",
    "experiment": "hypotheses",
}

_VALUES: dict[str, dict[str, Any]] = {
    "outcome": {
        "owner": "Post room",
        "problem": "Letters stay unread",
        "beneficiary": "People who wait for an answer",
        "metric": "a-metric",
        "baseline": 40,
        "target": 60,
        "target_date": date(2026, 12, 31),
    },
    "metric": {
        "definition": "Answers divided by letters sent",
        "unit": "%",
        "direction": "increase",
        "value": "customer",
        "owner": "Post room",
        "if_up": "Send it to everyone",
        "if_down": "Go back to the old letter",
        "source": "The register of letters",
        "replaced_by": "another-metric",
    },
    "hypothesis": {
        "owner": "Post room",
        "outcome": "an-outcome",
        "change": "putting the deadline first",
        "problem": "be overlooked less",
        "benefits": "more answers in time",
        "metric": "a-metric",
        "because": ["Six of ten readers missed the date"],
        "guardrails": ["another-metric"],
    },
    "experiment": {
        "hypothesis": "a-hypothesis",
        "owner": "Post room",
        "method": "pilot",
        "start": date(2026, 9, 1),
        "end": date(2026, 10, 1),
        "decision_rule": {
            "ship_if": "five points more",
            "stop_if": "five points less",
            "otherwise": "send it once more",
        },
        "sample_size": 400,
        "minimum_detectable_effect": 5,
        "results": [
            {
                "metric": "a-metric",
                "control": {"n": 200, "conversions": 80},
                "treatment": {"n": 200, "conversions": 110},
            }
        ],
        "conclusion": "won",
        "decision": {"date": "2026-10-02", "action": "ship", "why": "the rule says so"},
        "learning": "A date at the top is read",
    },
}
_NEEDED_WITH = {"target": ("target_date",)}


def record(kind: str, *, raw: str = "", body: str = "Some words.\n", **fields: Any) -> str:
    r"""Return the text of a valid record: what its status asks for, and nothing else.

    ``fields`` are put in place of those, ``None`` leaves one out. ``raw`` holds lines of front
    matter as somebody would type them: they come first, on line 2 and below, in place of the
    fields they name.
    """
    status = fields.pop("status", None) or next(iter(STATUSES[Kind(kind)]))
    typed = set(re.findall(r"^([\w-]+)[ ]*:", raw, re.MULTILINE))
    written = {"kind": kind, "title": f"A record of kind {kind}", "status": status}
    written |= {name: _VALUES[kind][name] for name in _asked(kind, status, fields)}
    written |= fields
    lines = [
        f"{name}: {_as_yaml(value)}\n"
        for name, value in written.items()
        if value is not None and name not in typed
    ]
    if raw and not raw.endswith("\n"):
        raw += "\n"
    return f"---\n{raw}{''.join(lines)}---\n{body}"


def _asked(kind: str, status: str, fields: Mapping[str, Any]) -> Sequence[str]:
    asks = ASKS[kind].get(status, {"needs": [], "advised": []})  # a test may invent a status
    advised = [name for name in asks["advised"] if kind != "experiment" or _is_ab_test(fields)]
    names = [*asks["needs"], *advised]
    return [other for name in names for other in (name, *_NEEDED_WITH.get(name, ()))]


def _is_ab_test(fields: Mapping[str, Any]) -> bool:
    return fields.get("method") == "ab_test"


def path_of(kind: str, id_: str | None = None) -> str:
    """Return where a record of a kind lies."""
    return f"{_FOLDERS[kind]}/{id_ or IDS[kind]}.md"


def neighbours(kind: str, status: str | None = None) -> dict[str, str]:
    """Return files around a record of a kind in a status, among which it has no problem."""
    status = status or next(iter(STATUSES[Kind(kind)]))
    statuses = {"outcome": "active", "metric": "approved", **_AROUND[kind, status]}
    conclusion = _CONCLUSION.get(status)
    files = {
        path_of("metric", "another-metric"): record("metric", status="approved"),
        path_of("metric"): record("metric", status=statuses["metric"]),
        path_of("outcome"): record("outcome", status=statuses["outcome"]),
        path_of("hypothesis"): record("hypothesis", status=statuses["hypothesis"]),
        path_of("experiment"): record(
            "experiment",
            status=statuses["experiment"],
            **({"conclusion": conclusion} if conclusion else {}),
        ),
    }
    del files[path_of(kind)]
    return files


def family(
    kind: str, *, raw: str = "", body: str = "Some words.\n", **fields: Any
) -> dict[str, str]:
    """Return a record and its neighbours by path, the record first; see ``record``."""
    files = {path_of(kind): record(kind, raw=raw, body=body, **fields)}
    return files | neighbours(kind, fields.get("status"))


def _around(kind: str, **statuses: str) -> dict[tuple[str, str], dict[str, str]]:
    """Return the statuses of the neighbours for every status of a kind."""
    return {(kind, str(status)): statuses for status in STATUSES[Kind(kind)]}


_TESTED = {"hypothesis": "testing", "experiment": "running"}
_WAITING = {"hypothesis": "proposed", "experiment": "planned"}
_DONE = {"hypothesis": "supported", "experiment": "concluded"}
_AROUND: dict[tuple[str, str], dict[str, str]] = {
    **_around("outcome", **_TESTED),
    **_around("metric", outcome="draft", **_WAITING),
    ("metric", "approved"): _TESTED,
    **_around("hypothesis", **_WAITING),
    ("hypothesis", "testing"): _TESTED,
    ("hypothesis", "supported"): _DONE,
    ("hypothesis", "not_supported"): _DONE,
    ("hypothesis", "inconclusive"): _DONE,
    **_around("experiment", **_WAITING),
    ("experiment", "running"): _TESTED,
    ("experiment", "review"): _TESTED,
    ("experiment", "concluded"): _DONE,
}
_CONCLUSION = {"not_supported": "lost", "inconclusive": "inconclusive"}


# Reading ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shown:
    """Stands for a site that publishes these files."""

    paths: frozenset[str]
    docs_dir: str = "content"

    def __call__(self, path: str) -> bool:
        return path in self.paths


def read(files: Mapping[str, str | bytes], settings: Settings | None = None) -> Registry:
    """Return the registry of these texts, every rule run; no file is written."""
    records = [
        read_record(path, text if isinstance(text, bytes) else text.encode())
        for path, text in files.items()
    ]
    found = registry.build(records)
    rules.check(found, settings or Settings(), Shown(frozenset(files)))
    return found


def problems(files: Mapping[str, str | bytes], settings: Settings | None = None) -> list[Problem]:
    """Return the problems of these texts in order of position."""
    return by_position(p for file in read(files, settings).files for p in file.problems)


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    """Write files below ``root``, with a ``mkdocs.yml`` unless there is one; return ``root``."""
    for path, text in {"mkdocs.yml": CONFIG, **files}.items():
        full = root / path
        full.parent.mkdir(parents=True, exist_ok=True)
        full.write_bytes(text if isinstance(text, bytes) else text.encode())
    return root


# Values as YAML ---------------------------------------------------------------------------------

_SAFE = re.compile(r"(?!(?:true|false|null)\Z)[A-Za-z][A-Za-z0-9_ -]*(?<! )", re.IGNORECASE)


def _as_yaml(value: Any) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) and _SAFE.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False, default=str)
