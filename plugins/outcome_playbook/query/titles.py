"""What fields are called at the head of a column."""

from typing import Final

from outcome_playbook.diagnostics.told import Told, told

TITLES: Final = {
    "kind": told("Kind"),
    "id": told("Id"),
    "path": told("File"),
    "year": told("Year"),
    "overdue": told("Overdue"),
    "undecided": told("Undecided"),
    "silent": told("Silent"),
    "stale": told("Stale"),
    "age_days": told("Days since it began"),
    "days_left": told("Days left"),
    "days_late": told("Days late"),
    "effect": told("Effect"),
    "latest_reading": told("Latest reading"),
    "hypotheses": told("Hypotheses"),
    "experiments": told("Experiments"),
    "outcomes": told("Outcomes"),
    "parts": told("Parts"),
    "title": told("Title"),
    "status": told("Status"),
    "owner": told("Owner"),
    "summary": told("Summary"),
    "tags": told("Tags"),
    "aliases": told("Earlier ids"),
    "related": told("Related"),
    "sources": told("Sources"),
    "url": told("Address"),
    "problem": told("Problem"),
    "root_causes": told("Root causes"),
    "beneficiary": told("For whom"),
    "metric": told("Metric"),
    "baseline": told("Baseline"),
    "target": told("Target"),
    "target_date": told("Target date"),
    "trade_off": told("Trade-off"),
    "parent": told("Part of"),
    "date": told("Date"),
    "value": told("Value"),
    "source": told("Source"),
    "definition": told("Definition"),
    "unit": told("Unit"),
    "direction": told("Direction"),
    "if_up": told("If it rises"),
    "if_down": told("If it falls"),
    "indicator": told("Indicator"),
    "review_by": told("Review by"),
    "readings": told("Readings"),
    "replaced_by": told("Replaced by"),
    "outcome": told("Outcome"),
    "change": told("Change"),
    "benefits": told("Benefits"),
    "because": told("Observations"),
    "observation": told("Observation"),
    "guardrails": told("Guardrail metrics"),
    "limit": told("Limit"),
    "would_change_our_mind": told("Would change our mind"),
    "prediction": told("Prediction"),
    "low": told("Low"),
    "expected": told("Expected"),
    "high": told("High"),
    "confidence": told("Confidence"),
    "supersedes": told("Takes the place of"),
    "hypothesis": told("Hypothesis"),
    "method": told("Method"),
    "start": told("Start"),
    "end": told("End"),
    "extensions": told("Extensions"),
    "from": told("From"),
    "to": told("To"),
    "reason": told("Reason"),
    "decision_rule": told("Decision rule"),
    "ship_if": told("Ship if"),
    "stop_if": told("Stop if"),
    "otherwise": told("Otherwise"),
    "sample_size": told("Sample size"),
    "minimum_detectable_effect": told("Minimum detectable effect"),
    "results": told("Results"),
    "control": told("Control"),
    "treatment": told("Treatment"),
    "arms": told("Arms"),
    "name": told("Name"),
    "n": told("n"),
    "conversions": told("Conversions"),
    "mean": told("Mean"),
    "sd": told("Standard deviation"),
    "se": told("Standard error"),
    "rate": told("Rate"),
    "estimate": told("Estimate"),
    "no_results": told("Why no results"),
    "conclusion": told("Conclusion"),
    "decision": told("Decision"),
    "action": told("Action"),
    "why": told("Why"),
    "followed_rule": told("Followed the rule"),
    "learning": told("Learning"),
    "reopened": told("Reopened"),
    "retrospective": told("Written down afterwards"),
}
"""By the name of a field, or by the last part of a name that has several."""

_ALONE: Final = {
    "decision.date": told("Decided on"),
    "decision.action": told("Decision"),
    "prediction.confidence": told("Confidence"),
    "results.metric": told("Measured"),
    "guardrails.metric": told("Guardrail metrics"),
    "because.observation": told("Observations"),
}
"""Fields of a group that have a name of their own."""


def title_of(name: str) -> Told:
    """Return the head of a column for a field of a kind's own: ``Prediction: low``."""
    if name in _ALONE:
        return _ALONE[name]
    first, _, rest = name.partition(".")
    return within(TITLES[first], title_of(rest)) if rest else TITLES[first]


def within(outer: Told, inner: Told) -> Told:
    """Return the head of a column for a field of what another leads to."""
    # Translators: the head of a column: a field of a record that is named in another field, such
    # as "Hypothesis: Status".
    return told("%(outer)s: %(inner)s", outer=outer, inner=inner)
