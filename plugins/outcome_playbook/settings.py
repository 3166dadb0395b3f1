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

from outcome_playbook.diagnostics.told import term


def _inside(folder: str) -> str:
    path = PurePosixPath(folder.replace("\\", "/"))
    if path.is_absolute() or ".." in path.parts or not path.parts or ":" in path.parts[0]:
        raise PydanticCustomError("outside", "must be a folder beside mkdocs.yml, without `..`")
    return path.as_posix()


def _date(value: Any) -> Any:
    if value is None or (isinstance(value, date) and type(value) is date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise PydanticCustomError("date", "must be a date such as 2026-11-30") from error


Folder = Annotated[str, AfterValidator(_inside)]
Days = Annotated[int, Strict(), Field(gt=0, lt=100_000)]


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


def read_settings(options: Any) -> tuple[Settings | None, list[tuple[str, str]]]:
    """Return the settings, or what is wrong as pairs of an option's name and a sentence.

    An option without a value has its default.
    """
    if isinstance(options, dict):
        options = {str(name): value for name, value in options.items() if value is not None}
    try:
        return Settings.model_validate(options or {}), []
    except ValidationError as error:
        return None, [(_name(e["loc"]), _sentence(e)) for e in error.errors()]


def _name(loc: tuple[int | str, ...]) -> str:
    return "".join(f"[{step + 1}]" if isinstance(step, int) else step for step in loc)


_SENTENCES = {
    "extra_forbidden": "is not an option; the options are {options}",
    "model_type": "has options with names and values, such as `time_box_weeks: 12`",
    "list_type": "must be a list of folders, such as [hypotheses]",
    "string_type": "must be text",
    "int_type": "must be a whole number",
    "greater_than": "must be a whole number above 0",
    "less_than": "must be a whole number below 100,000",
    "literal_error": "must be {expected}",
}


def _sentence(error: ErrorDetails) -> str:
    expected = str(error.get("ctx", {}).get("expected", "")).replace("'", "`")
    options = ", ".join(Settings.model_fields)
    return _SENTENCES.get(error["type"], error["msg"]).format(options=options, expected=expected)
