"""A playbook in which every text that a record can hold tries to be more than text."""

from collections.abc import Callable
from typing import Any

from tests.site.playbooks import record

PAYLOADS = (
    "<script>window.pwned=1</script>",
    '"><img src=x onerror=window.pwned=2>',
    "</title><script>window.pwned=3</script>",
    "{{ 7*7 }}{% for x in y %}",
    "&lt;b&gt;bold&lt;/b&gt;",
    "javascript:window.pwned=4",
    "' onmouseover='window.pwned=5",
    "<!-- <b>",
    "]]></textarea></pre></code><iframe srcdoc=x>",
    "[link](javascript:window.pwned=6) ![i](x) **bold** `code`",
    "\N{RIGHT-TO-LEFT OVERRIDE}reversed <b",
)
ALL = " ".join(PAYLOADS)

Say = Callable[[str], str]


def hostile(name: str) -> str:
    """Return a text that holds every payload."""
    return f"{ALL} {name}"


def harmless(name: str) -> str:
    """Return a text that holds words only, and as many of them."""
    return " ".join(["words", *("of peace" for _ in ALL.split()), name])


def playbook(say: Say) -> dict[str, str | bytes]:
    """Return a playbook with each kind in its fullest form; ``say`` gives every text."""
    unit = "<b>\"&'%{{1}}" if say is hostile else "words"  # a number and its unit stay on a line
    text: dict[str, Callable[[str], Any]] = {
        "outcome": lambda key: (
            _common(say, key)
            | {
                "problem": say("a problem"),
                "root_causes": [say("a cause"), say("a deeper cause")],
                "beneficiary": say("somebody"),
                "metric": "the-metric",
                "baseline": 1,
                "target": 2,
                "target_date": "2027-06-30",
                "trade_off": say("a trade-off"),
            }
        ),
        "metric": lambda key: (
            _common(say, key)
            | {
                "definition": say("a definition"),
                "unit": unit,
                "direction": "increase",
                "value": "customer",
                "if_up": say("go up"),
                "if_down": say("go down"),
                "source": say("a register"),
                "readings": [{"date": "2026-10-01", "value": 3, "source": say("a table")}],
            }
        ),
        "hypothesis": lambda key: (
            _common(say, key)
            | {
                "outcome": "the-outcome",
                "change": say("a change"),
                "problem": say("a problem"),
                "benefits": say("a benefit"),
                "metric": "the-metric",
                "because": [say("seen"), {"observation": say("seen too"), "source": say("there")}],
                "guardrails": [{"metric": "the-guardrail", "limit": 4}],
                "would_change_our_mind": say("a surprise"),
                "prediction": {"low": 1, "expected": 2, "high": 3, "confidence": 0.5},
            }
        ),
        "experiment": lambda key: (
            _common(say, key)
            | {
                "hypothesis": "the-hypothesis",
                "method": "ab_test",
                "start": "2026-09-01",
                "end": "2026-10-20",
                "extensions": [
                    {"from": "2026-10-01", "to": "2026-10-20", "reason": say("a reason to wait")}
                ],
                "decision_rule": {
                    "ship_if": say("good"),
                    "stop_if": say("bad"),
                    "otherwise": say("neither"),
                },
                "sample_size": 200,
                "minimum_detectable_effect": 1.5,
                "results": [
                    {
                        "metric": "the-metric",
                        "arms": [
                            {"name": say("control"), "n": 100, "conversions": 40},
                            {"name": say("treatment"), "n": 100, "conversions": 60},
                        ],
                    },
                    {
                        "metric": "the-metric",
                        "estimate": 2,
                        "unit": unit,
                        "low": 1,
                        "high": 3,
                        "source": say("a report"),
                    },
                ],
                "conclusion": "won",
                "decision": {
                    "date": "2026-10-21",
                    "action": "ship",
                    "why": say("a reason"),
                    "followed_rule": True,
                },
                "learning": say("a learning"),
            }
        ),
    }
    unknown: dict[str, Any] = {say("a key"): 1}
    files: dict[str, str | bytes] = {
        "content/outcomes/the-outcome.md": _record("outcome", "active", text),
        "content/metrics/the-metric.md": _record("metric", "approved", text),
        "hypotheses/the-hypothesis.md": _record("hypothesis", "supported", text),
        "hypotheses/the-experiment.md": _record("experiment", "concluded", text),
        "content/metrics/the-guardrail.md": record(
            "metric",
            say("title of the guardrail"),
            "proposed",
            definition=say("d"),
            unit="%",
            direction="decrease",
            value="customer",
        ),
        "hypotheses/under-way.md": record(
            "experiment",
            say("title of the one under way"),
            "running",
            owner=say("under way"),
            hypothesis="the-draft",
            method="pilot",
            start="2026-10-12",
            end="2026-11-10",
            decision_rule={name: say(name) for name in ("ship_if", "stop_if", "otherwise")},
        ),
        "hypotheses/called-off.md": record(
            "experiment",
            say("title of the one called off"),
            "concluded",
            owner=say("called off"),
            hypothesis="the-hypothesis",
            method="survey",
            start="2026-09-01",
            end="2026-10-01",
            decision_rule={name: say(name) for name in ("ship_if", "stop_if", "otherwise")},
            no_results=say("nobody answered"),
            conclusion="invalid",
            decision={"date": "2026-10-02", "action": "stop", "why": say("why")},
            learning=say("another learning"),
        ),
        # Errors quote what they are about.
        "hypotheses/the-draft.md": record(
            "hypothesis", say("title of the draft"), "testing", owner=say("o"), outcome=say("gone")
        ),
        "hypotheses/wrong-status.md": record("hypothesis", say("wrong"), say("a status")),
        "hypotheses/wrong-key.md": record("hypothesis", say("key"), "draft", **unknown),
        "hypotheses/wrong-kind.md": record(say("a kind"), say("kind"), "draft"),
        "hypotheses/wrong-link.md": record(
            "hypothesis", "L", "draft", sources=[{"title": say("x"), "url": "javascript:alert(1)"}]
        ),
    }
    for number in range(len(PAYLOADS)):
        payload = PAYLOADS[number] if say is hostile else "harmless"
        files[f"hypotheses/short-{number}.md"] = record(
            "hypothesis", f"{payload} {number}", "draft", tags=[f"{payload} {number}"]
        )
    return files


def _common(say: Say, kind: str) -> dict[str, Any]:
    return {
        "owner": say(f"owner of the {kind}"),
        "summary": say(f"summary of the {kind}"),
        "tags": [say(f"tag of the {kind}")],
        "aliases": [f"former-{kind}"],
        "sources": [
            {
                "title": say(f"source of the {kind}"),
                "url": "https://example.org/?a=1&b='();--&lt;script&gt;{{7*7}}#f",
            }
        ],
        "x-mine": say("mine"),
    }


def _record(kind: str, status: str, text: dict[str, Callable[[str], Any]]) -> str:
    fields = text[kind](kind)
    title = fields["summary"].replace("summary", "title")
    return record(kind, title, status, "A body of our own.\n", **fields)
