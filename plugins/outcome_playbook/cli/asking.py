"""The questions of ``playbook new``: one thing at a time, each with an example."""

import shutil
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from typing import Any

from prompt_toolkit import PromptSession, print_formatted_text
from prompt_toolkit.application.current import get_app_session
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText, StyleAndTextTuples
from prompt_toolkit.styles import Style

from outcome_playbook.diagnostics import Severity
from outcome_playbook.diagnostics.writers import printable
from outcome_playbook.drafting import (
    Slot,
    Surroundings,
    Wish,
    clash,
    id_of_title,
    slots_of,
    why_not_free,
)
from outcome_playbook.records.asks import ASKS, asked
from outcome_playbook.records.blank import PROMPTS
from outcome_playbook.records.kinds import STATUSES, Kind
from outcome_playbook.registry import Registry

_QUESTIONS: dict[Kind, tuple[str, ...]] = {
    Kind.OUTCOME: ("title", "problem", "beneficiary", "metric"),
    Kind.METRIC: ("title", "definition", "unit", "direction", "value", "if_up", "if_down"),
    Kind.HYPOTHESIS: ("title", "outcome", "change", "problem", "benefits", "metric"),
    Kind.EXPERIMENT: ("title", "hypothesis", "method", "start", "end", "decision_rule"),
}
"""What is worth thinking about from the start, whatever the status needs."""

_SAID_BY_FIELDS = {Kind.OUTCOME: "problem", Kind.METRIC: "definition"}
"""The field that says what the body would; with it, the body is not asked for."""

_SENTENCE = (
    ("We hypothesize by ", "change"),
    (", we will ", "problem"),
    (", which will have ", "benefits"),
    (", as measured by ", "metric"),
)
_WHY: dict[tuple[Kind | None, str], str] = {
    (None, "title"): "Say what changes and for whom, so that a list of titles can be understood.",
    (None, "owner"): "Who answers when somebody asks about it; a team outlasts a person.",
    (Kind.OUTCOME, "problem"): "What somebody cannot do today. A missing tool is no problem yet.",
    (Kind.OUTCOME, "beneficiary"): "Whose life gets better: people, and not the project.",
    (Kind.OUTCOME, "metric"): "The number that will show whether it got better.",
    (Kind.METRIC, "definition"): "Two people who follow it should arrive at the same number.",
    (Kind.METRIC, "value"): (
        "Whom it is good for when it moves: customers, the business, or how the work is done. "
        "What only counts that something happened is activity, and cannot be what an outcome is "
        "measured by."
    ),
    (Kind.METRIC, "if_up"): "If nothing would be done differently, another metric is better.",
    (Kind.METRIC, "if_down"): "It differs from what is done when it rises, or nobody needs it.",
    (Kind.HYPOTHESIS, "outcome"): "What people should be able to do once this works.",
    (Kind.HYPOTHESIS, "change"): (
        "One change that somebody could start tomorrow, so that we can tell whether it was done."
    ),
    (Kind.HYPOTHESIS, "problem"): "The trouble of a person; it should be possible to be wrong.",
    (Kind.HYPOTHESIS, "benefits"): "For whom it gets better, and what they would notice.",
    (Kind.HYPOTHESIS, "metric"): "A number that would change what we do, whichever way it goes.",
    (Kind.EXPERIMENT, "hypothesis"): "An experiment tests one hypothesis; write that one first.",
    (Kind.EXPERIMENT, "end"): "The day on which somebody decides, whatever is known by then.",
    (Kind.EXPERIMENT, "decision_rule.ship_if"): (
        "Agreed on before the start, the rule decides; afterwards, any result looks good enough."
    ),
}
"""What `?` says of a field, where there is more to say than what it is."""

_CLAUSES = tuple(name for _, name in _SENTENCE)
_WIDEST = 88
_STYLE = Style.from_dict(
    {
        "name": "bold",
        "note": "ansibrightblack",
        "wrong": "ansired",
        "said": "ansigreen",
        "gap": "bold underline",
    }
)


def ask_kind(kinds: Mapping[str, str]) -> str:
    """Ask which kind of record is to be written. Raises ``KeyboardInterrupt`` and ``EOFError``."""
    _say(("class:name", "What would you like to add?"))
    for kind, about in kinds.items():
        _say(("class:name", f"  {kind:<11}"), ("class:note", about))
    while True:
        text = _read(_Words(dict.fromkeys(kinds, ""))).lower()
        meant = [kind for kind in kinds if text and kind.startswith(text)]
        if len(meant) == 1:
            _say()
            return meant[0]
        _say(("class:wrong", f"Type one of {', '.join(kinds)}, or its first letter."))


def ask(wish: Wish, around: Surroundings, year: int) -> None:
    """Ask for what a wish does not say, and fill it in.

    Raises ``KeyboardInterrupt`` and ``EOFError`` where somebody would rather not.
    """
    _say(("class:name", f"A new {wish.kind}"), ("class:note", f" ({wish.status})"))
    _note("Enter skips what can wait, ? explains, Ctrl+C stops and leaves nothing behind.")
    _ask_id(wish, around.registry, year)
    for slot in _slots(wish):
        if _is_given(wish, slot) or _is_moot(wish, slot):
            continue
        _ask_slot(wish, around, slot)
        if slot.name == "title":
            _ask_id(wish, around.registry, year)
    if not wish.body and _SAID_BY_FIELDS.get(wish.kind) not in wish.values:
        _say()
        _heading("In your own words", PROMPTS[wish.kind].rstrip("."), is_needed=False)
        wish.body = _read()


def _slots(wish: Wish) -> Iterator[Slot]:
    """Yield what is asked for, in the order of the model; what the status advises comes along."""
    wanted = {name for ask in asked(wish.kind, wish.status) for name in ask.fields[:1]}
    wanted |= {slot.field for slot in wish.missing()}
    wanted |= set(_QUESTIONS[wish.kind])
    for slot in slots_of(wish.kind):
        if slot.field in wanted and not slot.is_written_out:
            yield slot


def _value(wish: Wish, slot: Slot) -> Any:
    value: Any = wish.values
    for step in slot.path:
        value = value.get(step) if isinstance(value, dict) else None
    return value


def _is_given(wish: Wish, slot: Slot) -> bool:
    return _value(wish, slot) not in (None, [])


def _is_moot(wish: Wish, slot: Slot) -> bool:
    """Whether a question is settled by an answer: no rule, so no parts of it."""
    if slot in wish.missing():
        return False
    asks = [ask for ask in ASKS if ask.kind is wish.kind and slot.field in ask.fields]
    if any(ask.only_method not in (None, wish.values.get("method")) for ask in asks):
        return True
    parts = [each for each in slots_of(wish.kind) if each.field == slot.field]
    return len(slot.path) > 1 and slot != parts[0] and slot.field not in wish.values


def _ask_slot(wish: Wish, around: Surroundings, slot: Slot) -> None:
    registry = around.registry
    known = _known(registry, slot)
    is_needed = slot in wish.missing()
    _say()
    if wish.kind is Kind.HYPOTHESIS and slot.field in _CLAUSES:
        _say_sentence(wish, registry, slot.field)
    _heading(_label(slot), slot.meaning, is_needed=is_needed)
    if slot.names is not None and not known:
        kind = slot.names.kind or "record"
        _note(f"There is no {kind} yet: add it later with `playbook new {kind}`.")
        if not is_needed:
            return
    _hint(slot, known)
    completer = _Words(known) if known else None
    typed = _read(completer)
    while typed or is_needed:
        again = ""
        if typed == "?":
            _explain(wish.kind, slot)
        elif not typed:
            who = f"the {_in_words(slot.field)}" if slot.path[1:] else wish.kind.with_article
            _wrong(f"This one cannot wait: {who} needs it.")
        elif wrong := _fill(wish, around, slot, completer.meant(typed) if completer else typed):
            _wrong(wrong)
            again = "" if completer else typed
        else:
            if completer and completer.meant(typed) != typed:
                _say(("class:said", f"= {completer.meant(typed)}"))
            return
        typed = _read(completer, again)


def _fill(wish: Wish, around: Surroundings, slot: Slot, text: str) -> str:
    """Take in an answer that goes with the others; return what is wrong with it, if anything."""
    before = deepcopy(wish.values)
    wrong = wish.fill(around.registry, slot, text)
    if not wrong and wish.values.get("title"):
        wrong = clash(around, wish)
    if wrong:
        wish.values = before
    return wrong


def _ask_id(wish: Wish, registry: Registry, year: int) -> None:
    """Settle the name of the file: the title's, or one that is asked for where that cannot be."""
    title = wish.values.get("title")
    if title is None:
        return
    while True:
        id_ = wish.id or id_of_title(title)
        if id_ is None:
            reason = "the title has letters that no id has"
        else:
            reason = why_not_free(registry, id_, year) or ""
        if id_ and not reason:
            wish.id = id_
            return
        _say()
        _wrong(f"{reason[:1].upper()}{reason[1:]}")
        _heading("Id", "the name of its file: lower-case letters, digits and hyphens", True)
        wish.id = _read(default=(id_of_title(wish.id) or "") if wish.id else "") or None


# What is shown -----------------------------------------------------------------------------------


def _label(slot: Slot) -> str:
    return ", ".join(map(_in_words, slot.path)).capitalize()


def _in_words(name: str) -> str:
    return name.replace("_", " ")


def _heading(label: str, meaning: str, is_needed: bool) -> None:
    wait = "" if is_needed else " (can wait)"
    _say(("class:name", label), ("", f": {meaning[:1].lower()}{meaning[1:]}"), ("class:note", wait))


def _hint(slot: Slot, known: Mapping[str, str]) -> None:
    if slot.choices:
        _note(f"One of {', '.join(slot.choices)}.")
    elif known:
        _note("Type a few letters of its id or title; Tab lists them all.")
    elif slot.example:
        _note(f"Such as: {slot.example}")


def _explain(kind: Kind, slot: Slot) -> None:
    if why := _WHY.get((kind, slot.name)) or _WHY.get((None, slot.name)):
        _note(why)
    else:
        _note(f"{slot.meaning}.")
    form = {
        "id": "An id is the name of a record's file without .md.",
        "date": "A date is written year-month-day.",
    }
    if slot.form in form:
        _note(form[slot.form])
    if slot.is_list:
        _note("There may be several: give the first here, the others in the file.")
    needed = (
        str(status)
        for status in STATUSES[kind]
        for ask in asked(kind, str(status))
        if slot.field in ask.fields and ask.severity is Severity.ERROR
    )
    if first := next(needed, None):
        _note(f"It is needed from the status `{first}` on.")
    _hint(slot, {})


def _say_sentence(wish: Wish, registry: Registry, now: str) -> None:
    """Show the sentence of a hypothesis as far as it goes, and the clause that is asked for."""
    parts: StyleAndTextTuples = []
    for words, name in _SENTENCE:
        value = wish.values.get(name)
        if name == "metric" and (metric := registry.find(value)) is not None:
            value = metric.title
        parts.append(("", words))
        style = "class:said" if value else "class:gap" if name == now else "class:note"
        parts.append((style, printable(str(value)) if value else f"[{name}]"))
    parts.append(("", "."))
    _say_wrapped(parts)


def _say_wrapped(parts: StyleAndTextTuples) -> None:
    """Print styled text in lines as wide as the terminal, two columns in."""
    width = _width() - 2
    whole = "".join(part[1] for part in parts)
    lines = textwrap.wrap(whole, width, break_long_words=True, break_on_hyphens=False)
    styles = [style for style, text, *_ in parts for _ in text]
    at = 0
    for line in lines:
        at = whole.index(line, at)
        _say(("", "  "), *zip(styles[at : at + len(line)], line, strict=True))
        at += len(line)


def _note(text: str) -> None:
    for line in _wrapped(text):
        _say(("class:note", line))


def _wrong(text: str) -> None:
    text = printable(text) if text.endswith(("?", ".")) else f"{printable(text)}."
    for line in _wrapped(text):
        _say(("class:wrong", line))


def _wrapped(text: str) -> list[str]:
    return textwrap.wrap(text, _width(), break_on_hyphens=False)


def _width() -> int:
    return min(shutil.get_terminal_size().columns, _WIDEST)


def _say(*parts: tuple[str, str]) -> None:
    print_formatted_text(FormattedText(parts), style=_STYLE)


# What is typed -----------------------------------------------------------------------------------


class _Words(Completer):
    """Completes words by any part of them or of what they are called, in any order."""

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        del complete_event
        typed = document.text
        for word in self._ranked(typed.lower().split()):
            yield Completion(
                word, start_position=-len(typed), display_meta=printable(self._known[word])
            )

    def meant(self, typed: str) -> str:
        """Return the one word that what was typed is completed to, or what was typed."""
        if typed in self._known:
            return typed
        found = list(self._holding(typed.lower().split()))
        return found[0] if len(found) == 1 else typed

    def _holding(self, parts: list[str]) -> Iterator[str]:
        for word, title in self._known.items():
            whole = f"{word} {title}".lower()
            if all(part in whole for part in parts):
                yield word

    def _ranked(self, parts: list[str]) -> list[str]:
        """Return what holds every part typed, what begins with it first; then what resembles it."""
        first = parts[0] if parts else ""
        found = sorted(self._holding(parts), key=lambda word: not word.startswith(first))
        alike = (word for word in self._known if _in_order("".join(parts), word))
        return list(dict.fromkeys([*found, *alike]))


def _in_order(letters: str, word: str) -> bool:
    """Whether a word has these letters in this order, whatever stands between them."""
    rest = iter(word)
    return all(letter in rest for letter in letters)


def _known(registry: Registry, slot: Slot) -> dict[str, str]:
    if slot.choices:
        return dict.fromkeys(slot.choices, "")
    if slot.names is None:
        return {}
    kind = slot.names.kind
    return {e.id: e.title for e in registry.entries.values() if kind in (None, e.kind)}


def _read(completer: Completer | None = None, default: str = "") -> str:
    """Return what is typed on one line, blanks at its ends and in it made one."""
    session: PromptSession[str] = PromptSession(
        completer=completer,
        complete_while_typing=completer is not None,
        reserve_space_for_menu=6 if completer else 0,
        input=get_app_session().input,
        output=get_app_session().output,
    )
    return " ".join(session.prompt("> ", default=default).split())
