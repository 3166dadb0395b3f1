"""Numbers with what they count. Each is one text, for no language joins the two as English does."""

from outcome_playbook.pages import words
from outcome_playbook.pages.language import term_plural
from outcome_playbook.records.kinds import Kind

_KINDS = {
    Kind.OUTCOME: term_plural("%(number)s outcome", "%(number)s outcomes"),
    Kind.METRIC: term_plural("%(number)s metric", "%(number)s metrics"),
    Kind.HYPOTHESIS: term_plural("%(number)s hypothesis", "%(number)s hypotheses"),
    Kind.EXPERIMENT: term_plural("%(number)s experiment", "%(number)s experiments"),
}

_WORDS = {
    # Statuses
    "draft": term_plural("%(number)s draft", "%(number)s draft"),
    "active": term_plural("%(number)s active", "%(number)s active"),
    "paused": term_plural("%(number)s paused", "%(number)s paused"),
    "achieved": term_plural("%(number)s achieved", "%(number)s achieved"),
    "missed": term_plural("%(number)s missed", "%(number)s missed"),
    "dropped": term_plural("%(number)s dropped", "%(number)s dropped"),
    "proposed": term_plural("%(number)s proposed", "%(number)s proposed"),
    "approved": term_plural("%(number)s approved", "%(number)s approved"),
    "deprecated": term_plural("%(number)s deprecated", "%(number)s deprecated"),
    "testing": term_plural("%(number)s testing", "%(number)s testing"),
    "supported": term_plural("%(number)s supported", "%(number)s supported"),
    "not_supported": term_plural("%(number)s not supported", "%(number)s not supported"),
    "inconclusive": term_plural("%(number)s inconclusive", "%(number)s inconclusive"),
    "parked": term_plural("%(number)s parked", "%(number)s parked"),
    "planned": term_plural("%(number)s planned", "%(number)s planned"),
    "running": term_plural("%(number)s running", "%(number)s running"),
    "review": term_plural("%(number)s result in, no decision", "%(number)s result in, no decision"),
    "concluded": term_plural("%(number)s concluded", "%(number)s concluded"),
    "cancelled": term_plural("%(number)s cancelled", "%(number)s cancelled"),
    # Conclusions
    "won": term_plural("%(number)s won", "%(number)s won"),
    "lost": term_plural("%(number)s lost", "%(number)s lost"),
    "stopped_early": term_plural("%(number)s stopped early", "%(number)s stopped early"),
    "invalid": term_plural("%(number)s invalid", "%(number)s invalid"),
}


def of_kind(kind: Kind, number: int) -> str:
    """Return how many records of a kind there are: "12 hypotheses"."""
    return words.plural(number, *_KINDS[kind])


def with_word(word: str, number: int) -> str:
    """Return how many records have a status or a conclusion: "3 not supported"."""
    return words.plural(number, *_WORDS[word])
