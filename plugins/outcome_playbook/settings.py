"""The options of the plugin: one definition for the site, the commands and the reference page."""

from datetime import date
from pathlib import PurePosixPath
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    Strict,
    ValidationError,
)
from pydantic_core import ErrorDetails, PydanticCustomError

from outcome_playbook.diagnostics import catalogue
from outcome_playbook.diagnostics.catalogue import Rule
from outcome_playbook.diagnostics.told import term


def _inside(name: str) -> str:
    path = PurePosixPath(name.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        raise PydanticCustomError("outside", "must be a folder beside mkdocs.yml, without `..`")
    return path.as_posix()


def _file_inside(name: str) -> str:
    try:
        return _inside(name)
    except PydanticCustomError as error:
        message = "must be a file beside mkdocs.yml, without `..`"
        raise PydanticCustomError("outside", message) from error


_RULES = {rule.code: rule for rule in vars(catalogue).values() if isinstance(rule, Rule)}


def _code(code: str) -> str:
    if code in _RULES:
        return code
    from difflib import get_close_matches  # only where something is misspelt

    names = {rule.name.lower(): rule.code for rule in _RULES.values()}
    word = code.strip().lower().replace("_", " ").replace("-", " ")
    near = get_close_matches(word.upper(), _RULES, 1) or get_close_matches(word, names, 1)
    meant = f"; did you mean `{names.get(near[0], near[0])}`?" if near else ""
    message = "is not the code of a rule{meant}"
    raise PydanticCustomError("code", message, {"meant": meant})


def _reason(reason: str) -> str:
    if not reason.strip():
        raise PydanticCustomError("reason", "must say why this playbook differs")
    return reason.strip()


def _searchable(word: str) -> str:
    if not any(character.isalnum() for character in word):
        raise PydanticCustomError("word", "must have a letter or a figure")
    return word.strip()


def _date(value: Any) -> Any:
    if value is None or (isinstance(value, date) and type(value) is date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise PydanticCustomError("date", "must be a date such as 2026-11-30") from error


Folder = Annotated[str, AfterValidator(_inside)]
File = Annotated[str, AfterValidator(_file_inside)]
Word = Annotated[str, AfterValidator(_searchable)]
Days = Annotated[int, Strict(), Field(gt=0, lt=100_000)]


class Level(BaseModel):
    """How much the problems of a rule weigh in this playbook, and why."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    level: Literal["error", "warning", "note"]
    reason: Annotated[str, AfterValidator(_reason)]


class Settings(BaseModel):
    """What the section of the plugin in ``mkdocs.yml`` may say."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    records: list[Folder] = Field(
        ["hypotheses", "content/outcomes", "content/metrics"],
        description=term(
            "Folders of records, relative to mkdocs.yml. One that is absent is no error."
        ),
    )
    as_of: Annotated[date | None, BeforeValidator(_date)] = Field(
        None,
        description=term(
            "The day that counts as today. Default: SOURCE_DATE_EPOCH, else the build's."
        ),
    )
    time_box_weeks: Days = Field(
        12, description=term("A time-box longer than this many weeks is warned about.")
    )
    patience_days: Days = Field(
        14, description=term("An experiment in review is undecided this many days after its end.")
    )
    silence_days: Days = Field(
        90,
        description=term("An active outcome is silent after this many days without an experiment."),
    )
    strictness: Literal["error", "warning"] = Field(
        "error", description=term("What fails a strict build: errors only, or warnings too.")
    )
    host: Literal["github", "gitlab", "gitea", "other"] | None = Field(
        None,
        description=term(
            "What kind of host the repository is on, where the addresses of repo_url and edit_uri "
            "do not tell. With other, no link begins a file there."
        ),
    )
    synonyms: list[Annotated[list[Word], Field(min_length=2)]] = Field(
        [],
        description=term(
            "Words that mean the same: lists of two or more, such as [leave, holiday]. "
            "Who searches for one of them finds what has any of them."
        ),
    )
    severity: dict[Annotated[str, AfterValidator(_code)], Level] = Field(
        {},
        description=term(
            "What the problems of a rule weigh here, and why: the code of the rule, then level "
            "(error, warning or note) and reason. A record that cannot be read leaves an error "
            "card in its place all the same; what is a note already stays one; a broken link "
            "also counts as validation of MkDocs says."
        ),
    )
    baseline: File | None = Field(
        None,
        description=term(
            "A file, relative to mkdocs.yml, of problems that may stay: they count as notes, and "
            "new ones count in full. It is written by playbook check --write-baseline."
        ),
    )


def read_settings(options: Any) -> tuple[Settings | None, list[tuple[str, str]]]:
    """Return the settings, or what is wrong as pairs of an option's name and a sentence.

    An option without a value has its default.
    """
    if isinstance(options, dict):
        options = {str(name): value for name, value in options.items() if value is not None}
        if isinstance(levels := options.get("severity"), dict):
            options["severity"] = {str(code): level for code, level in levels.items()}
    try:
        return Settings.model_validate(options or {}), []
    except ValidationError as error:
        return None, [(_name(e["loc"]), _sentence(e)) for e in error.errors()]


def _name(loc: tuple[int | str, ...]) -> str:
    steps = (step for step in loc if step != "[key]")  # pydantic's sign for a key, not its value
    parts = (f"[{step + 1}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(parts).removeprefix(".")


_SENTENCES = {
    "extra_forbidden": "is not an option; the options are {options}",
    "model_type": "has options with names and values, such as `time_box_weeks: 12`",
    "list_type": "must be a list of folders, such as [hypotheses]",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "greater_than": "must be a whole number above 0",
    "less_than": "must be a whole number below 100,000",
    "literal_error": "must be {expected}",
    "dict_type": "must name rules by their codes: `PB025: {{level: error, reason: …}}`",
}
_OF_A_LEVEL = {
    "extra_forbidden": "is neither `level` nor `reason`",
    "model_type": "must be a level and a reason: {{level: error, reason: …}}",
    "missing": "is missing: it says {missing}",
}
_OF_SYNONYMS = {
    "list_type": "must be lists of words that mean the same: [[leave, holiday], [IT, computing]]",
    "too_short": "must have two words or more",
    "string_type": "must be text: a number, or a word such as `no`, in quotes",
}
_OF_OPTION = {
    "severity": _OF_A_LEVEL,
    "synonyms": _OF_SYNONYMS,
}
_MISSING = {"level": "what the rule weighs here", "reason": "why this playbook differs"}


def _sentence(error: ErrorDetails) -> str:
    inner = error["loc"][1:]
    sentences = _SENTENCES | _OF_OPTION.get(str(next(iter(error["loc"]), "")), {})
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
    sentence = sentences.get(error["type"])
    if sentence is None:
        return error["msg"]
    return sentence.format(
        options=", ".join(Settings.model_fields),
        expected=expected,
        missing=_MISSING.get(str(inner[-1]) if inner else "", ""),
    )
