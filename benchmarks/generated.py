"""A playbook that nobody wrote: valid records of all four kinds, related as real ones are."""

from __future__ import annotations

from pathlib import Path

import yaml
from mkdocs.utils.yaml import yaml_load

from benchmarks.synthetic import Words

OWN_SITE = Path(__file__).parent.parent / "mkdocs.yml"
BODY_WORDS = 150
SHARES = {"outcomes": 0.04, "metrics": 0.06, "hypotheses": 0.35}  # the rest are experiments


def write_playbook(root: Path, count: int, seed: int = 1, words: Words | None = None) -> None:
    """Write ``count`` records below ``root``: ``content/outcomes`` and so on, and a home page.

    Their words are synthetic, unless others are given.
    """
    words = words or Words(seed)
    numbers = {kind: max(1, round(count * share)) for kind, share in SHARES.items()}
    numbers["experiments"] = count - sum(numbers.values())
    (root / "content").mkdir(parents=True)
    (root / "content/index.md").write_text("# Home\n\nA playbook.\n", encoding="utf-8")
    for i in range(numbers["outcomes"]):
        _write(root / f"content/outcomes/outcome-{i:05}.md", _outcome(words, i, numbers), words)
    for i in range(numbers["metrics"]):
        _write(root / f"content/metrics/metric-{i:05}.md", _metric(words), words)
    for i in range(numbers["hypotheses"]):
        _write(root / f"hypotheses/hypothesis-{i:05}.md", _hypothesis(words, i, numbers), words)
    for i in range(numbers["experiments"]):
        _write(root / f"hypotheses/experiment-{i:05}.md", _experiment(words, i, numbers), words)


def write_configurations(root: Path) -> dict[str, Path]:
    """Write ``playbook.yml``, and ``plain.yml`` for the same files as plain pages of MkDocs.

    Both have the Markdown extensions and the features of the theme that this repository's own site
    has. The plain pages are kept out of the navigation, in which they would cost minutes.
    """
    own_site = yaml_load(OWN_SITE.read_text(encoding="utf-8"))
    common = {
        "site_name": "A generated playbook",
        "theme": {"name": "material", "font": False, "features": own_site["theme"]["features"]},
        "nav": [{"Home": "index.md"}],
        "markdown_extensions": own_site["markdown_extensions"],
    }
    configurations = {
        "playbook": {"docs_dir": "content", "plugins": ["search", "playbook"]},
        "plain": {"docs_dir": "plain", "plugins": ["search"], "not_in_nav": "/*/"},
    }
    # The links hold what the folders hold, so that both builds read the same files.
    plain = root / "plain"
    plain.mkdir()
    for name, target in (
        ("index.md", "content/index.md"),
        ("outcomes", "content/outcomes"),
        ("metrics", "content/metrics"),
        ("hypotheses", "hypotheses"),
    ):
        (plain / name).symlink_to(root / target)
    paths = {}
    for name, own in configurations.items():
        paths[name] = root / f"{name}.yml"
        settings = {**common, **own, "site_dir": f"site-{name}"}
        paths[name].write_text(yaml.safe_dump(settings), encoding="utf-8")
    return paths


Fields = dict[str, object]


def _write(path: Path, fields: Fields, words: Words) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    front_matter = yaml.safe_dump(fields, sort_keys=False, width=96)
    part = BODY_WORDS // 2
    body = (
        f"{words.sentence(part)}\n\n## {words.some(3).capitalize()}\n\n{words.sentence(10)}\n\n"
        f"## {words.some(3).capitalize()}\n\n{words.sentence(part - 10)}\n"
    )
    path.write_text(f"---\n{front_matter}---\n\n{body}", encoding="utf-8")


def _start(kind: str, status: str, words: Words, owner: int) -> Fields:
    words.begin()
    return {
        "kind": kind,
        "title": words.some(6).capitalize(),
        "status": status,
        "owner": f"Team {owner % 40}",
        "summary": words.sentence(14),
        "tags": [f"tag {owner % 60}", f"topic {owner % 25}"],
    }


def _outcome(words: Words, i: int, numbers: dict[str, int]) -> Fields:
    fields = _start("outcome", "active", words, i)
    fields |= {
        "problem": words.sentence(15),
        "root_causes": [words.sentence(10), words.sentence(10)],
        "beneficiary": words.some(5),
        "metric": f"metric-{i % numbers['metrics']:05}",
        "baseline": 10 + i,
        "target": 40 + i,
        "target_date": "2027-06-30",
    }
    return fields | ({"parent": f"outcome-{i // 5:05}"} if i % 5 else {})


def _metric(words: Words) -> Fields:
    return _start("metric", "approved", words, 1) | {
        "definition": words.sentence(15),
        "unit": "%",
        "direction": "increase",
        "value": "customer",
        "if_up": words.sentence(6),
        "if_down": words.sentence(7),
        "source": words.some(3),
        "readings": [{"date": "2026-09-01", "value": 12.5}, {"date": "2026-10-01", "value": 14}],
    }


def _hypothesis(words: Words, i: int, numbers: dict[str, int]) -> Fields:
    # Every other one has a concluded experiment; see _experiment.
    return _start("hypothesis", "inconclusive" if i % 2 else "testing", words, i) | {
        "outcome": f"outcome-{i % numbers['outcomes']:05}",
        "change": words.some(8),
        "problem": words.some(9),
        "benefits": words.some(8),
        "metric": f"metric-{i % numbers['metrics']:05}",
        "because": [words.sentence(9)],
        "guardrails": [f"metric-{(i + 1) % numbers['metrics']:05}"],
        "prediction": {"low": 1, "expected": 2, "high": 3, "confidence": 0.6},
    }


def _experiment(words: Words, i: int, numbers: dict[str, int]) -> Fields:
    hypothesis = i % numbers["hypotheses"]
    concluded = bool(hypothesis % 2)
    fields = _start("experiment", "concluded" if concluded else "running", words, i) | {
        "hypothesis": f"hypothesis-{hypothesis:05}",
        "method": "ab_test",
        "start": "2026-10-01",
        "end": "2026-11-15",
        "decision_rule": {
            "ship_if": words.sentence(8),
            "stop_if": words.sentence(8),
            "otherwise": words.sentence(8),
        },
        "sample_size": 400,
        "minimum_detectable_effect": 2,
    }
    if concluded:
        metric = f"metric-{hypothesis % numbers['metrics']:05}"
        fields |= {
            "results": [
                {
                    "metric": metric,
                    "control": {"n": 200, "conversions": 40 + i % 20},
                    "treatment": {"n": 200, "conversions": 50 + i % 20},
                }
            ],
            "conclusion": "inconclusive",
            "decision": {
                "date": "2026-11-18",
                "action": "iterate",
                "why": words.sentence(8),
                "followed_rule": True,
            },
            "learning": words.sentence(12),
        }
    return fields
