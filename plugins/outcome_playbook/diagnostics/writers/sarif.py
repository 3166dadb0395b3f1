"""Problems in SARIF 2.1.0, the form in which analysers exchange what they found."""

from collections.abc import Callable, Sequence
from typing import Any, Final
from urllib.parse import quote

from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.explanations import explanation
from outcome_playbook.diagnostics.fingerprint import digests
from outcome_playbook.diagnostics.problem import Edit, Problem, Span
from outcome_playbook.diagnostics.writers.printable import dumped, printable

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
AddressOf = Callable[[Rule], str | None]
"""Where the site explains a rule, if the address of the site is known."""

_TOP: Final = "%SRCROOT%"


def as_sarif(
    problems: Sequence[Problem],
    version: str,
    prefix: str = "",
    address_of: AddressOf = lambda _: None,
) -> str:
    """Return a log of one run; what the baseline holds back is in it, marked as suppressed.

    ``version`` is that of this program. ``prefix`` is the path of the playbook's folder in its
    repository, empty or with a slash at its end.
    """
    rules = sorted({problem.rule for problem in problems}, key=lambda rule: rule.code)
    index = {rule: number for number, rule in enumerate(rules)}
    is_held_back = any(problem.held_back for problem in problems)
    results = [
        _result(problem, index[problem.rule], digest, prefix)
        | ({"suppressions": _suppressions(problem)} if is_held_back else {})
        for problem, digest in zip(problems, digests(problems), strict=True)
    ]
    driver = {
        "name": "playbook",
        "version": version,
        "rules": [_rule(rule, address_of(rule)) for rule in rules],
    }
    top = {_TOP: {"description": _text("The top of the repository.")}}
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": top,
        "results": results,
    }
    return dumped({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(rule: Rule, address: str | None) -> dict[str, Any]:
    explained = explanation(rule.code)
    described = {
        "id": rule.code,
        "name": "".join(word[:1].upper() + word[1:] for word in rule.name.split()),
        "shortDescription": _text(f"{rule.name[:1].upper()}{rule.name[1:]}"),
        "fullDescription": _text(f"{rule.why[:1].upper()}{rule.why[1:]}."),
        "help": _text(explained.means),
        "defaultConfiguration": {"level": str(explained.severity)},
    }
    if address:
        described["helpUri"] = address
    return described


def _result(problem: Problem, index: int, digest: str, prefix: str) -> dict[str, Any]:
    file = {"uri": quote(f"{prefix}{problem.path}".encode("utf-8", "replace")), "uriBaseId": _TOP}
    place: dict[str, Any] = {"artifactLocation": file}
    if problem.span:
        place["region"] = _region(problem.span)
    result: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index,
        # SARIF has the same three words.
        "level": str(problem.by_rule if problem.held_back else problem.severity),
        "message": _text(f"{problem.message}; {problem.help}"),
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"recordRuleMessage/v1": digest},
    }
    if problem.mend:
        result["fixes"] = [_fix(problem, problem.mend, file)]
    return result


def _fix(problem: Problem, mend: Edit, file: dict[str, str]) -> dict[str, Any]:
    # What is written into the file is what was meant, and no text for a reader to look at.
    replacement = {"deletedRegion": _region(mend.span), "insertedContent": {"text": mend.text}}
    change = {"artifactLocation": file, "replacements": [replacement]}
    return {"description": _text(problem.help), "artifactChanges": [change]}


def _suppressions(problem: Problem) -> list[dict[str, str]]:
    if not problem.held_back:
        return []  # once one result says whether it is suppressed, each has to
    return [{"kind": "external", "justification": "The baseline holds it back."}]


def _region(span: Span) -> dict[str, int]:
    return {
        "startLine": span.line,
        "startColumn": span.column,
        "endLine": span.end_line,
        "endColumn": span.end_column,
    }


def _text(text: str) -> dict[str, str]:
    # `[text](target)` would be a link in a viewer, wherever a record would have it lead.
    return {"text": printable(text).replace("](", "] (")}
