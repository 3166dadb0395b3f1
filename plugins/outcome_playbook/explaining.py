"""Which rule somebody asks about, and what is said of it in a terminal and to a program."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from textwrap import fill
from typing import Any

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.explanations import Explanation, Shown, explanation
from outcome_playbook.pages.urls import REFERENCE, Addresses
from outcome_playbook.settings import Settings
from outcome_playbook.suggest import nearest

PAGE = "the page “Fields, statuses and rules” of the site"
"""Where it stands too, if nobody knows where the site is."""

_CODE = re.compile(r"(?:\w+\[)?(?:pb)?0*(\d{1,3})\]?:?", re.IGNORECASE)
_MOST = 3  # rules that are named where none was found


class UnknownRuleError(Exception):
    """There is no such rule; the text says so, and which one may be meant."""


def rules() -> list[Rule]:
    """Return every rule in the order of the catalogue."""
    return [rule for below in catalogue.grouped().values() for rule in below]


def find(asked: str) -> Rule:
    """Return the rule with this code or name: ``PB012``, ``12``, ``error[PB012]``, ``Bad date``.

    Raises ``UnknownRuleError``.
    """
    known = rules()
    words = _plain(asked)
    if match := _CODE.fullmatch(words):
        code = f"PB{int(match[1]):03}"
        if found := next((rule for rule in known if rule.code == code), None):
            return found
        raise UnknownRuleError(f"no rule has the code {code}; `playbook explain` lists them all")
    names = {_plain(rule.name): rule for rule in known}
    if words in names:
        return names[words]
    alike = [rule for name, rule in names.items() if words and words in name]
    if near := nearest(words, names):
        alike = [names[near], *(rule for rule in alike if rule is not names[near])]
    raise UnknownRuleError(f"no rule is called `{asked.strip()}`; {_did_you_mean(alike)}")


def _plain(text: str) -> str:
    return " ".join(re.split(r"[\s_-]+", text.lower())).strip()


def _did_you_mean(alike: Sequence[Rule]) -> str:
    if not alike:
        return "`playbook explain` lists them all"
    said = [f"{rule.code} ({rule.name})" for rule in alike[:_MOST]]
    return f"did you mean {' or '.join(said)}?"


def address(rule: Rule, site_url: str, directory_urls: bool = True) -> str | None:
    """Return where the site explains a rule, or ``None`` where nobody knows the site's address."""
    if not site_url:
        return None
    page = Addresses(directory_urls).url(REFERENCE)
    return f"{site_url.rstrip('/')}/{page}#{rule.code.lower()}"


def weighed(rule: Rule, settings: Settings) -> str:
    """Return a sentence about what a rule weighs in this playbook, empty where it is as usual."""
    own = settings.severity.get(rule.code)
    if own is None:
        return ""
    reason = own.reason if own.reason.endswith((".", "!", "?")) else f"{own.reason}."
    article = "an" if own.level == "error" else "a"
    return f"In this playbook it is {article} {own.level}: {reason}"


def as_text(rule: Rule, place: str | None, width: int, here: str = "") -> str:
    """Return what a rule means, why it is there and an example, in lines of ``width`` columns.

    ``place`` is the rule's address, if it is known; ``here`` what it weighs in this playbook. An
    example keeps its lines as they are.
    """
    said = explanation(rule.code)
    why = f"{rule.why[:1].upper()}{rule.why[1:]}."
    blocks = [
        f"{said.severity}[{rule.code}]: {rule.name}",
        fill(said.means, width),
        *(fill(text, width) for text in (said.otherwise, here) if text),
        fill(why, width, initial_indent="Why: ", subsequent_indent="     "),
        _example("Before", said.before),
        _example("After", said.after),
        *([fill(said.only_shown, width)] if said.only_shown else []),
        f"More: {place}" if place else fill(f"More: {PAGE}", width, subsequent_indent="      "),
    ]
    return "\n\n".join(blocks)


def _example(title: str, files: Iterable[Shown]) -> str:
    return "\n".join([title, *(line for file in files for line in _file(file))])


def _file(file: Shown) -> Iterator[str]:
    yield f"  {file.path}"
    yield from (f"  | {line}".rstrip() for line in file.text.split("\n"))
    if file.is_excerpt:
        yield "  | …"


def as_list(width: int) -> str:
    """Return the code, severity and name of every rule, below the title of its group."""
    blocks = [
        "\n".join([group.title, *(f"  {_line(rule)}" for rule in below)])
        for group, below in catalogue.grouped().items()
    ]
    more = "`playbook explain CODE` says what one of them means, with an example."
    return "\n\n".join([*blocks, fill(more, width)])


def _line(rule: Rule) -> str:
    return f"{rule.code}  {explanation(rule.code).severity:<7}  {rule.name}"


def as_json(about: Rule | Sequence[Rule], site_url: str, directory_urls: bool = True) -> str:
    """Return what is said of one rule as a JSON object, or of several as a list of them."""

    def described(rule: Rule) -> dict[str, Any]:
        return _as_dict(rule, explanation(rule.code), address(rule, site_url, directory_urls))

    found = described(about) if isinstance(about, Rule) else [described(rule) for rule in about]
    return json.dumps(found, ensure_ascii=False, indent=2)


def _as_dict(rule: Rule, said: Explanation, place: str | None) -> dict[str, Any]:
    group = next(group for group, below in catalogue.grouped().items() if rule in below)
    return {
        "code": rule.code,
        "name": rule.name,
        "group": group.title,
        "severity": str(said.severity),
        "otherwise": said.otherwise or None,
        "means": said.means,
        "why": rule.why,
        "before": [{"path": file.path, "text": file.text} for file in said.before],
        "after": [{"path": file.path, "text": file.text} for file in said.after],
        "address": place,
    }
