"""The rollup by status: a board for hypotheses and one for experiments, a page for each status."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from outcome_playbook.diagnostics import Severity
from outcome_playbook.pages import counted, words
from outcome_playbook.pages.adding import NONE_YET
from outcome_playbook.pages.language import say, term
from outcome_playbook.pages.listing import (
    Listing,
    alphabetical,
    by_outcome,
    flag_of,
    fold,
    in_order,
)
from outcome_playbook.pages.lists import Index, titles, whole
from outcome_playbook.pages.parts import (
    Code,
    Count,
    Lozenge,
    Moment,
    Ref,
    Said,
    coded,
    end,
    late,
    listed,
    lozenge,
    moment,
    ref,
    tell,
)
from outcome_playbook.pages.starting import Starts, starts_of_list
from outcome_playbook.pages.urls import explore_key, status_key
from outcome_playbook.pages.view import View
from outcome_playbook.records.asks import asked
from outcome_playbook.records.kinds import (
    STATUSES,
    Conclusion,
    ExperimentStatus,
    HypothesisStatus,
    Kind,
)
from outcome_playbook.records.models import MODELS, Experiment
from outcome_playbook.registry import Entry

MOST_IN_A_COLUMN = 8

_H, _E = HypothesisStatus, ExperimentStatus


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a status says: as a page's title, in short, in full, and what brings a record here."""

    title: str
    hint: str
    full: str
    way_in: str


MEANINGS: dict[str, Meaning] = {
    f"{Kind.HYPOTHESIS}/{_H.DRAFT}": Meaning(
        term("Hypotheses: draft"),
        term("A title and a thought."),
        term("Somebody has had a thought and written it down. Nothing more is asked of it yet."),
        term("A new hypothesis begins here: a Markdown file with a title and `status: draft`."),
    ),
    f"{Kind.HYPOTHESIS}/{_H.PROPOSED}": Meaning(
        term("Hypotheses: proposed"),
        term("The whole sentence, ready to be tested."),
        term(
            "The sentence is whole: the change, the problem it solves, the benefits, and the "
            "metric that would show them. It waits for an experiment."
        ),
        term("A draft comes here once its sentence is whole and somebody answers for it."),
    ),
    f"{Kind.HYPOTHESIS}/{_H.TESTING}": Meaning(
        term("Hypotheses: testing"),
        term("In an experiment now. Late ones first."),
        term("An experiment on it is planned, running, or has its result in."),
        term("A proposed hypothesis comes here when an experiment on it begins."),
    ),
    f"{Kind.HYPOTHESIS}/{_H.SUPPORTED}": Meaning(
        term("Hypotheses: supported"),
        term("The evidence agrees, so far."),
        term(
            "At least one concluded experiment agrees with it. Better evidence may say otherwise."
        ),
        term("A hypothesis comes here when its experiments are concluded and agree with it."),
    ),
    f"{Kind.HYPOTHESIS}/{_H.NOT_SUPPORTED}": Meaning(
        term("Hypotheses: not supported"),
        term("The evidence disagrees. Worth as much as support."),
        term(
            "Its experiments were able to show the benefit and did not. That is no failure: it "
            "saves the next team the same road."
        ),
        term("A hypothesis comes here when its experiments are concluded and disagree with it."),
    ),
    f"{Kind.HYPOTHESIS}/{_H.INCONCLUSIVE}": Meaning(
        term("Hypotheses: inconclusive"),
        term("Tested; cannot tell."),
        term(
            "It was tested, and the result fits both a benefit and none. A better experiment "
            "could tell; so could leaving it."
        ),
        term("A hypothesis comes here when its experiments are concluded and cannot tell."),
    ),
    f"{Kind.HYPOTHESIS}/{_H.PARKED}": Meaning(
        term("Hypotheses: parked"),
        term("Set aside for now."),
        term("Set aside on purpose. It may come back to be proposed."),
        term("A proposed hypothesis comes here when something else goes first."),
    ),
    f"{Kind.HYPOTHESIS}/{_H.DROPPED}": Meaning(
        term("Hypotheses: dropped"),
        term("Given up without a test."),
        term(
            "Given up before it was tested, and kept so that nobody has to think it through again."
        ),
        term("A proposed hypothesis comes here when nobody will test it."),
    ),
    f"{Kind.EXPERIMENT}/{_E.PLANNED}": Meaning(
        term("Experiments: planned"),
        term("Not started."),
        term("Its hypothesis is named; the plan is being written. Nothing has been measured."),
        term(
            "A new experiment begins here: a Markdown file with a title, `status: planned` and "
            "the hypothesis it tests."
        ),
    ),
    f"{Kind.EXPERIMENT}/{_E.RUNNING}": Meaning(
        term("Experiments: running"),
        term("In its time-box. Late ones first."),
        term(
            "It has a first day, a day on which a decision is due, and a decision rule that was "
            "written before anybody saw a result."
        ),
        term("A planned experiment comes here on its first day, with its decision rule written."),
    ),
    f"{Kind.EXPERIMENT}/{_E.REVIEW}": Meaning(
        term("Experiments: result in, no decision"),
        term("Somebody has to decide."),
        term(
            "The time-box is over and the result is in. What is missing is a decision, and the "
            "rule for it is already written."
        ),
        term("A running experiment comes here when its time-box ends."),
    ),
    f"{Kind.EXPERIMENT}/{_E.CONCLUDED}": Meaning(
        term("Experiments: concluded"),
        term("Decided, with what was learned."),
        term("There is a result or the reason for none, a conclusion, a decision and a learning."),
        term("An experiment in review comes here when its decision is written down."),
    ),
    f"{Kind.EXPERIMENT}/{_E.CANCELLED}": Meaning(
        term("Experiments: cancelled"),
        term("Called off."),
        term("Called off before it could show anything. It says nothing about its hypothesis."),
        term("A planned or running experiment comes here when it is called off."),
    ),
}
"""By kind and status."""


@dataclass(frozen=True, slots=True)
class Tick:
    """A record on a board: its title, why it waits, and where it belongs."""

    ref: Ref
    late: str | None
    meta: str


@dataclass(frozen=True, slots=True)
class Column:
    """The records of one status on a board. ``more`` are shown on demand."""

    id: str
    status: Lozenge
    count: Count
    hint: str
    shown: tuple[Tick, ...]
    more: tuple[Tick, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """A kind's records by status. ``empty`` leads to the statuses that no record has.

    ``label`` names the columns together.
    """

    id: str
    title: str
    label: str
    total: Count
    columns: tuple[Column, ...]
    empty: Said
    none: str


@dataclass(frozen=True, slots=True)
class Boards:
    """The boards, and the day on which they hold."""

    boards: tuple[Board, ...]
    today: Moment
    starts: Starts


@dataclass(frozen=True, slots=True)
class Asked:
    """Fields that a status asks for; ``only`` names the method that they are asked of."""

    fields: Said
    meaning: str
    only: str


@dataclass(frozen=True, slots=True)
class OneStatus:
    """The records of a kind in one status. ``index`` lists the concluded ones by conclusion.

    ``all`` is ``total`` in words; ``asks`` says how many fields the status asks for.
    """

    kind: Ref
    status: Lozenge
    total: int
    all: str
    full: str
    asks: str
    needs: tuple[Asked, ...]
    should_have: tuple[Asked, ...]
    afterwards: str
    listing: Listing
    index: tuple[Index, ...]
    explore: str
    starts: Starts
    empty: Said


_BY_STATUS = {
    Kind.HYPOTHESIS: term("Hypotheses by status"),
    Kind.EXPERIMENT: term("Experiments by status"),
}
_NONE_HERE = {
    Kind.HYPOTHESIS: term("No hypothesis is here."),
    Kind.EXPERIMENT: term("No experiment is here."),
}


def title(kind: Kind, status: str) -> str:
    """Return how the page of a status is called."""
    return say(MEANINGS[f"{kind}/{status}"].title)


def boards(view: View) -> Boards:
    """Return the board of hypotheses and that of experiments."""
    kinds = (Kind.HYPOTHESIS, Kind.EXPERIMENT)
    return Boards(
        tuple(_board(view, kind) for kind in kinds), moment(view.today), starts_of_list(view)
    )


def _board(view: View, kind: Kind) -> Board:
    entries = view.registry.of_kind(kind)
    columns, empty = [], []
    for status in map(str, STATUSES[kind]):
        here = [entry for entry in entries if str(entry.record.status) == status]
        if here:
            columns.append(_column(view, kind, status, here))
        else:
            empty.append(Ref(status_key(kind, status), words.label(status)))
    return Board(
        id=kind.plural,
        title=words.kinds(kind),
        label=say(_BY_STATUS[kind]),
        total=whole(kind, len(entries)),
        columns=tuple(columns),
        empty=tell("Empty: %(statuses)s.", statuses=listed(empty)) if entries and empty else (),
        none="" if entries else say(NONE_YET[kind]),
    )


def _column(view: View, kind: Kind, status: str, entries: Sequence[Entry[Any]]) -> Column:
    ticks = [tick(view, entry) for entry in in_order(view, entries)]
    shown, more = fold(ticks, MOST_IN_A_COLUMN)
    total = len(entries)
    return Column(
        id=f"{kind.plural}-{status}",
        status=status_lozenge(status),
        count=Count(
            total, counted.with_word(status, total), words.look(status), status_key(kind, status)
        ),
        hint=say(MEANINGS[f"{kind}/{status}"].hint),
        shown=tuple(shown),
        more=tuple(more),
    )


def status_lozenge(status: str) -> Lozenge:
    """Return the lozenge of a status, which says where the work stands and not what came of it."""
    made = lozenge(status)
    if status == _E.REVIEW:
        return Lozenge(made.look, made.word, "fork")
    # What came of an experiment has a colour; that it is over has none.
    return Lozenge("parked", made.word, "supported") if status == _E.CONCLUDED else made


def tick(view: View, entry: Entry[Any]) -> Tick:
    """Return a hypothesis or an experiment as it stands on a board."""
    outcome = view.registry.outcome_of(entry)
    meta = [outcome.title if outcome else say("Under no outcome")]
    record = entry.record
    if isinstance(record, Experiment):
        if record.status is _E.CONCLUDED and record.conclusion:
            meta.insert(0, words.label(str(record.conclusion)))
        if record.end and record.status in (_E.PLANNED, _E.RUNNING, _E.REVIEW):
            meta.append(end(record.end, view.today))
    return Tick(ref(entry), late(flag_of(view, entry)), " · ".join(meta))


def one_status(view: View, kind: Kind, status: str) -> OneStatus:
    """Return what a status means and asks for, and every record in it by outcome."""
    entries = [e for e in view.registry.of_kind(kind) if str(e.record.status) == status]
    meaning = MEANINGS[f"{kind}/{status}"]
    asks = _asked(kind, status)
    experiments = kind is Kind.EXPERIMENT
    return OneStatus(
        kind=Ref(f"status#{kind.plural}", words.kinds(kind)),
        status=status_lozenge(status),
        total=len(entries),
        all=counted.of_kind(kind, len(entries)),
        full=say(meaning.full),
        asks=words.plural(
            len(asks),
            "What the status asks for: %(number)s field",
            "What the status asks for: %(number)s fields",
        ),
        needs=tuple(ask for severity, ask in asks if severity is Severity.ERROR),
        should_have=tuple(ask for severity, ask in asks if severity is Severity.WARNING),
        afterwards=(
            say(
                "One that was written down afterwards is asked for its hypothesis and its owner "
                "only."
            )
            if experiments and status in (_E.RUNNING, _E.REVIEW, _E.CONCLUDED)
            else ""
        ),
        listing=by_outcome(view, entries),
        index=_by_conclusion(entries) if status == _E.CONCLUDED else (),
        explore=explore_key(kind=kind, status=status),
        starts=starts_of_list(view, kind),
        empty=() if entries else (say(_NONE_HERE[kind]), " ", *coded(say(meaning.way_in))),
    )


def _asked(kind: Kind, status: str) -> list[tuple[Severity, Asked]]:
    fields = MODELS[kind].model_fields
    return [
        (
            ask.severity,
            Asked(
                listed([Code(name) for name in ask.fields], "or"),
                words.translated(fields[ask.fields[0]].description or ""),
                words.label(str(ask.only_method)) if ask.only_method else "",
            ),
        )
        for ask in asked(kind, status)
    ]


def _by_conclusion(entries: Sequence[Entry[Any]]) -> tuple[Index, ...]:
    found = alphabetical(entries)
    groups = [(word, [e for e in found if e.record.conclusion is word]) for word in Conclusion]
    return tuple(titles(f"conclusion-{word}", str(word), group) for word, group in groups if group)
