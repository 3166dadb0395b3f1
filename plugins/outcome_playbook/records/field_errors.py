"""From pydantic's errors about a record's fields to problems in our own words."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from outcome_playbook.diagnostics import Severity, Span, catalogue
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.wording import field_name, in_words, short, value_error
from outcome_playbook.suggest import nearest
from outcome_playbook.yaml12 import Data, Loc

ERROR = Severity.ERROR


class FieldErrors:
    """Reports pydantic's errors about one file, each as a problem of that file."""

    def __init__(self, file: RecordFile, model: type[BaseModel]) -> None:
        self.file = file
        self.model = model

    def report(self, error: ErrorDetails) -> None:
        kind, loc = error["type"], _real_loc(error["loc"], self.file)
        value: Any = error["input"]
        if kind == "extra_forbidden":
            self._unknown(loc)
        elif kind == "missing":
            self._missing(loc)
        elif kind == "enum":
            self._not_allowed(loc, value)
        else:
            rule, message, mend = value_error(kind, loc, value)
            self.file.report(rule, ERROR, message, mend, loc)

    def _unknown(self, loc: Loc) -> None:
        inner = _model_at(self.model, loc[:-1])
        key = str(loc[-1])
        if key.startswith("x-"):  # yours at every level
            self.file.report(
                catalogue.UNKNOWN_FIELD,
                ERROR,
                f"`{short(key)}` cannot stand inside another field",
                "move it to the top level of the front matter",
                self.file.front.keys.get(loc),
            )
            return
        here = self._fields_at(loc[:-1])
        names = [f.alias or name for name, f in inner.model_fields.items()]
        meant = nearest(key, [name for name in names if name not in here] or names)
        if meant and len(loc) == 1:
            self.file.renamed.add(meant)
        kind = self.file.kind
        owner = kind.with_article if kind and len(loc) == 1 else f"`{field_name(loc[:-1])}`"
        names_in_words = f"; its fields are {', '.join(names)}" if len(loc) > 1 else ""
        unknown_field(self.file, key, loc, owner, meant, names_in_words)

    def _fields_at(self, loc: Loc) -> Mapping[str, Data]:
        value: Any = self.file.front.fields
        for step in loc:
            value = value[step]
        return value if isinstance(value, dict) else {}

    def _missing(self, loc: Loc) -> None:
        name = str(loc[-1])
        if len(loc) == 1:
            if name in self.file.renamed:
                return
            what, span = f"every record has a `{name}`; this one has none", Span(1, 1, 1, 4)
        else:
            if nearest_key(name, self._unknown_keys(loc[:-1])):
                return
            what = f"`{field_name(loc[:-1])}` has no `{name}`"
            span = self.file.span_of(loc[:-1]) or Span(1, 1, 1, 4)
        field = next(
            f
            for n, f in _model_at(self.model, loc[:-1]).model_fields.items()
            if (f.alias or n) == name
        )
        described = field.description or ""
        mend = f"add `{name}`: {described[:1].lower()}{described[1:]}"
        if name == "status" and self.file.kind:
            mend = f"add `status`: one of {in_words(_statuses(self.model))}"
        self.file.report(catalogue.MISSING, ERROR, what, mend, span)

    def _unknown_keys(self, loc: Loc) -> Mapping[str, Data]:
        known = {f.alias or n for n, f in _model_at(self.model, loc).model_fields.items()}
        return {k: v for k, v in self._fields_at(loc).items() if k not in known}

    def _not_allowed(self, loc: Loc, value: Any) -> None:
        name = field_name(loc)
        allowed = next(_enums(_annotation_at(self.model, loc)))
        rule, what = catalogue.NOT_ALLOWED, f"`{short(value)}` is not a value of `{name}`"
        if loc == ("status",) and self.file.kind:
            rule = catalogue.UNKNOWN_STATUS
            what = f"`{short(value)}` is not a status of {self.file.kind.with_article}"
        meant = nearest(str(value), [str(member) for member in allowed])
        label = f"did you mean `{meant}`?" if meant else ""
        self.file.report(rule, ERROR, what, f"use one of {in_words(allowed)}", loc, label)


def nearest_key(name: str, fields: Mapping[str, Data]) -> str | None:
    """Return the written key that is most likely a misspelling of ``name``."""
    return next((key for key in fields if nearest(key, [name]) == name), None)


def unknown_field(
    file: RecordFile, key: str, loc: Loc, owner: str, meant: str | None, names: str = ""
) -> None:
    mend = (
        f"rename it to `{meant}`"
        if meant
        else f"delete it, or begin its name with `x-` if it is your own{names}"
    )
    file.report(
        catalogue.UNKNOWN_FIELD,
        ERROR,
        f"`{short(key)}` is not a field of {owner}",
        mend,
        file.front.keys.get(loc) or file.span_of(loc),
        f"did you mean `{meant}`?" if meant else "",
    )


# Where in the models ------------------------------------------------------------------------------


def _real_loc(loc: tuple[int | str, ...], file: RecordFile) -> Loc:
    """Drop the steps of pydantic that are not steps of the file (branches of a union)."""
    values, keys = file.front.values, file.front.keys
    real: Loc = ()
    for i, step in enumerate(loc):
        here = (*real, step)
        if here in values or here in keys or i == len(loc) - 1:
            real = here
    branch = ("int", "float", "str", "constrained-", "function-")
    if isinstance(real[-1], str) and real[-1].startswith(branch) and real not in values:
        real = real[:-1]
    return real


def _annotation_at(model: type[BaseModel], loc: Loc) -> Any:
    annotation: Any = model
    for step in loc:
        if isinstance(step, int):
            annotation = next(a for o, a in _parts(annotation) if o is list)
        else:
            inner = next(a for _, a in _parts(annotation) if _is_model(a))
            annotation = next(
                f.annotation for n, f in inner.model_fields.items() if (f.alias or n) == step
            )
    return annotation


def _model_at(model: type[BaseModel], loc: Loc) -> type[BaseModel]:
    found: type[BaseModel] = next(a for _, a in _parts(_annotation_at(model, loc)) if _is_model(a))
    return found


def _parts(annotation: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each plain type in an annotation; a list as ``(list, the type of its items)``."""
    origin = get_origin(annotation)
    if origin is Annotated:
        yield from _parts(get_args(annotation)[0])
    elif origin is list:
        yield list, get_args(annotation)[0]
    elif origin in (Union, UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    else:
        yield None, annotation


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _enums(annotation: Any) -> Iterator[type[StrEnum]]:
    return (a for _, a in _parts(annotation) if isinstance(a, type) and issubclass(a, StrEnum))


def _statuses(model: type[BaseModel]) -> type[StrEnum]:
    return next(_enums(model.model_fields["status"].annotation))
