"""Reads the tables of cases beside this file, and turns what came out into their form."""

import os
from pathlib import Path
from typing import Any

import yaml

from outcome_playbook.diagnostics import Problem
from outcome_playbook.playbook import read_playbook
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.reading import read_record
from outcome_playbook.settings import Settings
from tests.factories import neighbours, record, write

Case = dict[str, Any]


def cases(table: str) -> list[Case]:
    """Return the cases of a table, each with a ``name`` of its own."""
    path = Path(__file__).parent / f"{table}.yaml"
    found: list[Case] = yaml.safe_load(path.read_text(encoding="utf-8"))
    names = [case["name"] for case in found]
    twice = {name for name in names if names.count(name) > 1}
    if twice:
        raise ValueError(f"{path.name} has two cases named {twice}")
    return found


def name_of(case: Case) -> str:
    """Return what pytest calls a case."""
    return str(case["name"])


def file_of(case: Case) -> RecordFile:
    """Return the record's file of a case, as it was read.

    A case has the whole ``text``, or what stands between the delimiters as ``front``, or the
    ``raw`` first lines of a valid record of a ``kind`` (an outcome, unless told) in a ``status``.
    """
    if "text" in case:
        text = case["text"]
    elif "front" in case:
        text = f"---\n{case['front']}\n---\n"
    else:
        status = {"status": case["status"]} if "status" in case else {}
        text = record(case.get("kind", "outcome"), raw=case.get("raw", ""), **status)
    data = text.encode(case.get("encoding", "utf-8"))
    return read_record(case.get("path", "hypotheses/x.md"), data)


def problems_of(root: Path, case: Case) -> list[Problem]:
    """Write the files of a case of ``rules.yaml`` below ``root``, and return their problems."""
    around = neighbours(*case["among"].split()) if "among" in case else {}
    encoding = case.get("encoding", "utf-8")
    files = {path: _text(spec).encode(encoding) for path, spec in case.get("files", {}).items()}
    write(root, {**around, **files})
    for path, target in case.get("links", {}).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).symlink_to(target)
    for path in case.get("fifos", []):
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(root / path)
    settings = Settings.model_validate(case.get("settings", {}))
    return read_playbook(root, settings, "content").problems


def _text(spec: str | dict[str, Any]) -> str:
    return spec if isinstance(spec, str) else record(**spec)


def shown(problem: Problem) -> dict[str, str]:
    """Return a problem as the tables write one: ``at``, ``says``, ``fix``, ``label``."""
    span, place = problem.span, "nowhere"
    if span is not None:
        place = f"{span.line}:{span.column}-{span.end_line}:{span.end_column}"
    found = {
        "at": f"{problem.severity}[{problem.code}] {place}",
        "says": problem.message,
        "fix": problem.help,
        "label": problem.label,
    }
    return {name: text for name, text in found.items() if text}
