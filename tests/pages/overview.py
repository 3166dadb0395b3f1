"""Playbooks for the tests of the overview pages: views of texts, by hand and drawn at random."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st

from outcome_playbook.pages.parts import Code, Moment, Ref, Said
from outcome_playbook.pages.view import View
from outcome_playbook.playbook import Playbook
from outcome_playbook.records.kinds import STATUSES, Conclusion, Kind
from outcome_playbook.settings import Settings
from tests.factories import path_of, read, record

TODAY = date(2026, 11, 22)


def view_of(files: Mapping[str, str | bytes], today: date = TODAY, **options: Any) -> View:
    """Return the view of these texts on a day."""
    settings = Settings(**options)
    return View(Playbook(read(files, settings), settings, today))


def plain(said: Said) -> str:
    """Return a sentence as it is read."""

    def word(part: str | Ref | Moment | Code) -> str:
        match part:
            case Ref():
                return part.title
            case Moment():
                return part.words
            case Code():
                return part.code
        return part

    return "".join(map(word, said))


def outcome(id_: str, **fields: Any) -> dict[str, str]:
    return _file("outcome", id_, fields)


def metric(id_: str, **fields: Any) -> dict[str, str]:
    return _file("metric", id_, fields)


def hypothesis(id_: str, **fields: Any) -> dict[str, str]:
    return _file("hypothesis", id_, fields)


def experiment(id_: str, **fields: Any) -> dict[str, str]:
    return _file("experiment", id_, fields)


def _file(kind: str, id_: str, fields: dict[str, Any]) -> dict[str, str]:
    given = {"title": id_.replace("-", " ").capitalize(), **fields}
    return {path_of(kind, id_): record(kind, **given)}


@st.composite
def playbooks(draw: st.DrawFn, most: int = 7) -> dict[str, str]:
    """Draw the files of a playbook: any statuses, parents in circles, relations to nowhere."""

    def ids(name: str) -> list[str]:
        return [f"{name}-{n}" for n in range(draw(st.integers(0, most)))]

    def status(kind: Kind) -> str:
        return str(draw(st.sampled_from(list(STATUSES[kind]))))

    outcomes, metrics, hypotheses, experiments = map(ids, ("o", "m", "h", "e"))
    days = st.integers(-200, 60).map(lambda days: TODAY + timedelta(days=days))
    files: dict[str, str] = {}
    for id_ in metrics:
        files |= metric(id_, status=status(Kind.METRIC), review_by=draw(st.none() | days))
    for id_ in outcomes:
        parent = draw(st.sampled_from([None, "nowhere", *outcomes]))
        files |= outcome(id_, status=status(Kind.OUTCOME), parent=parent)
    for id_ in hypotheses:
        above = draw(st.sampled_from([None, "nowhere", *outcomes]))
        files |= hypothesis(id_, status=status(Kind.HYPOTHESIS), outcome=above)
    for id_ in experiments:
        chosen = status(Kind.EXPERIMENT)
        conclusion = draw(st.sampled_from([None, *map(str, Conclusion)]))
        files |= experiment(
            id_,
            status=chosen,
            hypothesis=draw(st.sampled_from([None, "nowhere", *hypotheses])),
            conclusion=conclusion if chosen == "concluded" else None,
            end=draw(days),
        )
    if draw(st.booleans()):
        files[path_of("hypothesis", "broken")] = "---\nkind: hypothesis\nstatus: [\n---\n"
    return files
