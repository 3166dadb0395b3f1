"""From pydantic's errors about a record's fields to problems in our own words."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import islice
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from outcome_playbook.diagnostics import Severity, Span, catalogue
from outcome_playbook.diagnostics.told import NOTHING, Told, both, inside, told
from outcome_playbook.records.file import RecordFile
from outcome_playbook.records.kinds import STATUSES, Conclusion, Kind
from outcome_playbook.records.models import MODELS
from outcome_playbook.records.wording import (
    certain_value,
    field_name,
    in_words,
    is_empty,
    short,
    value_error,
    what_it_is,
)
from outcome_playbook.suggest import certain, nearest
from outcome_playbook.yaml12 import Data, Loc

ERROR = Severity.ERROR


class FieldErrors:
    """Reports pydantic's errors about one file, each as a problem of that file."""

    def __init__(self, file: RecordFile, model: type[BaseModel]) -> None:
        self.file = file
        self.model = model

    def report(self, error: ErrorDetails) -> None:
        """Report one error of pydantic."""
        kind, loc = error["type"], error["loc"]
        value: Any = error["input"]
        if value is None and any(map(self.file.has_fault, (loc, loc[:-1]))):
            return  # YAML could not read it, and said so
        if kind == "extra_forbidden":
            self._unknown(loc)
        elif kind == "missing":
            self._missing(loc)
        elif kind == "enum":
            self._not_allowed(loc, value)
        elif kind.startswith("model_"):
            self._not_fields(loc, value)
        else:
            # Of `guardrails: [3]`, whose item stands for its `metric`, the item is what is written.
            written = loc if loc in self.file.front.values else loc[:-1]
            rule, message, mend = value_error(kind, written, value, self._as_written(loc))
            meant = certain_value(kind, value)
            self.file.report(rule, ERROR, message, mend, written, mend=meant)

    def _as_written(self, loc: Loc) -> str:
        """Return a value of one line as it stands in the file, else nothing."""
        span = self.file.span_of(loc)
        if span is None or span.line != span.end_line:
            return ""
        line = self.file.text.split("\n", span.line)[span.line - 1]
        return line[span.column - 1 : span.end_column - 1]

    def _unknown(self, loc: Loc) -> None:
        inner = _model_at(self.model, loc[:-1])
        key = str(loc[-1])
        if key.startswith("x-"):
            self.file.report(
                catalogue.UNKNOWN_FIELD,
                ERROR,
                told("`%(field)s` cannot stand inside another field", field=short(key)),
                told("move it to the top level of the front matter"),
                self.file.front.keys.get(loc),
            )
            return
        names = _names(inner)
        kind = self.file.kind
        owner = kind.with_article if kind and len(loc) == 1 else f"`{field_name(loc[:-1])}`"
        message, mend = not_a_field(key, owner), None
        meant = nearest(key, names) or self._one_that_misses(loc[:-1])
        if meant in self._fields_at(loc[:-1]):
            message = told(
                "%(problem)s; `%(field)s` is there already", problem=message, field=meant
            )
            mend = told("keep one of the two, as `%(field)s`", field=meant)
            self.file.report(
                catalogue.UNKNOWN_FIELD, ERROR, message, mend, self.file.front.keys.get(loc)
            )
            return
        if meant and len(loc) == 1:
            self.file.renamed.add(meant)
        if len(loc) > 1:
            mend = told(
                "delete it; the fields of %(owner)s are %(fields)s",
                owner=owner,
                fields=in_words(names),
            )
        elif key == "id":
            mend = told("delete it: the id of a record is the name of its file, without `.md`")
        elif others := [other.with_article for other in Kind if key in _names(MODELS[other])]:
            message = told(
                "%(problem)s; it is one of %(kinds)s", problem=message, kinds=both(others)
            )
        known = any(key in _names(model) for model in MODELS.values())
        slip = None if known else certain_key(key, names, self._unknown_keys(loc[:-1]))
        unknown_field(self.file, loc, message, meant, mend, slip)

    def _fields_at(self, loc: Loc) -> Mapping[str, Data]:
        value: Any = self.file.front.fields
        for step in loc:
            value = value[step]
        return value if isinstance(value, dict) else {}

    def _missing(self, loc: Loc) -> None:
        name = str(loc[-1])
        if self.file.has_fault(loc) or (len(loc) == 1 and name in self.file.renamed):
            return
        key = self.file.front.keys.get(loc)  # written, and left blank
        if len(loc) == 1:
            what = told("every record has a `%(field)s`; this one has none", field=name)
            span = Span(1, 1, 1, 4)
        else:
            unknown = self._unknown_keys(loc[:-1])
            if nearest_key(name, unknown) or self._one_that_misses(loc[:-1]) == name:
                return
            what = told("`%(owner)s` has no `%(field)s`", owner=field_name(loc[:-1]), field=name)
            span = self.file.span_of(loc[:-1]) or Span(1, 1, 1, 4)
        field = next(
            f
            for n, f in _model_at(self.model, loc[:-1]).model_fields.items()
            if (f.alias or n) == name
        )
        meaning = inside(field.description or "")
        if loc == ("status",):
            meaning = one_of(_statuses(self.model))
        if key is not None:
            what, mend = is_empty(loc), told("write it: %(meaning)s", meaning=meaning)
        else:
            mend = told("add `%(field)s`: %(meaning)s", field=name, meaning=meaning)
        self.file.report(catalogue.MISSING, ERROR, what, mend, key or span)

    def _one_that_misses(self, loc: Loc) -> str | None:
        """Return the one needed field that misses where one field too many is written.

        Only inside a field: `link` for the `url` of a source. A record has room for more mistakes.
        """
        if not loc or len(list(islice(self._unknown_keys(loc), 2))) != 1:
            return None
        written = self._fields_at(loc)
        fields = _model_at(self.model, loc).model_fields.items()
        needed = [field.alias or name for name, field in fields if field.is_required()]
        missing = [name for name in needed if name not in written]
        return missing[0] if len(missing) == 1 else None

    def _unknown_keys(self, loc: Loc) -> Iterator[str]:
        """Yield them: of ten thousand, each of which asks for the others, few are looked at."""
        known = set(_names(_model_at(self.model, loc)))
        written = self._fields_at(loc).items()
        return (k for k, v in written if k not in known and v is not None)

    def _not_fields(self, loc: Loc, value: Any) -> None:
        if value is None:  # an item of a list that was left blank
            rule, message, mend = value_error("", loc, value)
            self.file.report(rule, ERROR, message, mend, loc)
            return
        inner = _model_at(self.model, loc)
        needed = [f.alias or n for n, f in inner.model_fields.items() if f.is_required()]
        message = told(
            "`%(field)s` is %(what)s; it has fields of its own",
            field=field_name(loc),
            what=what_it_is(value),
        )
        mend = told(
            "write %(fields)s on lines of their own, indented",
            fields=in_words(needed or _names(inner)),
        )
        self.file.report(catalogue.WRONG_TYPE, ERROR, message, mend, loc)

    def _not_allowed(self, loc: Loc, value: Any) -> None:
        allowed = [str(member) for member in next(_enums(_annotation_at(self.model, loc)))]
        rule = catalogue.NOT_ALLOWED
        wanted = told("a value of `%(field)s`", field=field_name(loc))
        if loc == ("status",) and self.file.kind:
            rule = catalogue.UNKNOWN_STATUS
            wanted = told("a status of %(kind)s", kind=self.file.kind.with_article)
        elif loc == ("conclusion",):
            wanted = told("a conclusion")
        if value == "":
            self.file.report(catalogue.EMPTY, ERROR, is_empty(loc), write_one_of(allowed), loc)
            return
        elsewhere = _what_else(value) if loc in (("status",), ("conclusion",)) else None
        message = told("`%(value)s` is not %(wanted)s", value=short(value), wanted=wanted)
        if elsewhere:
            message = told(
                "`%(value)s` is %(what)s, not %(wanted)s",
                value=short(value),
                what=elsewhere,
                wanted=wanted,
            )
        meant = None if elsewhere else nearest_word(value, allowed)
        mend = write_one_of(allowed, meant)
        slip = None if elsewhere else certain_word(value, allowed)
        self.file.report(rule, ERROR, message, mend, loc, did_you_mean(meant), slip)


def _what_else(word: Any) -> Told | None:
    """Return ``a status of a hypothesis`` for a word that stands in another place."""
    if not isinstance(word, str):
        return None
    owners = [kind.with_article for kind, statuses in STATUSES.items() if word in set(statuses)]
    if owners:
        return told("a status of %(kind)s", kind=both(owners))
    return told("a conclusion") if word in set(Conclusion) else None


def one_of(allowed: Iterable[str]) -> Told:
    """Choices at the end of a sentence."""
    return told("one of %(choices)s", choices=in_words(allowed))


def write_one_of(allowed: Sequence[str], meant: str | None = None) -> Told:
    """Choices as a mend, the one that was meant first."""
    if meant is None:
        return told("write one of %(choices)s", choices=in_words(allowed))
    return told(
        "write `%(meant)s`; the others are %(choices)s",
        meant=meant,
        choices=in_words(word for word in allowed if word != meant),
    )


def did_you_mean(meant: str | None) -> Told:
    """The label at what is misspelt, where it can be told what was meant."""
    return told("did you mean `%(meant)s`?", meant=meant) if meant else NOTHING


def nearest_word(value: Any, allowed: Sequence[str]) -> str | None:
    """Return the allowed word that a value was meant to be."""
    return nearest(value, allowed) if isinstance(value, str) else None


def certain_word(value: Any, allowed: Iterable[str]) -> str | None:
    """Return the allowed word that a value can only be a slip of."""
    return certain(value, allowed) if isinstance(value, str) else None


def certain_key(key: str, names: Iterable[str], others: Iterable[str]) -> str | None:
    """Return the field that a key can only be a slip of, where no other key may be one too."""
    names = list(names)
    meant = certain(key, names)
    rivals = (other for other in others if other != key)
    if meant is None or any(nearest(other, names) == meant for other in rivals):
        return None
    return meant


def nearest_key(name: str, keys: Iterable[str]) -> str | None:
    """Return the written key that is most likely a misspelling of ``name``."""
    return next((key for key in keys if nearest(key, [name]) == name), None)


def not_a_field(key: object, owner: str) -> Told:
    """What is said of a key that ``owner``, a kind or a field, does not know."""
    return told("`%(field)s` is not a field of %(owner)s", field=short(key), owner=owner)


def unknown_field(
    file: RecordFile,
    loc: Loc,
    message: Told,
    meant: str | None,
    mend: Told | None = None,
    slip: str | None = None,
) -> None:
    """Report the key at ``loc``, which is no field; ``slip`` is what it certainly was to be."""
    if meant:
        mend = told("rename it to `%(field)s`", field=meant)
    elif mend is None:
        mend = told("delete it, or begin its name with `x-` if it is your own")
    key = file.front.keys.get(loc)
    # Of a key that is written twice, nobody knows which of its values is meant.
    certainly = slip if key and slip == meant and not file.has_fault(loc) else None
    at = key or file.span_of(loc)
    file.report(catalogue.UNKNOWN_FIELD, ERROR, message, mend, at, did_you_mean(meant), certainly)


# Where in the models ------------------------------------------------------------------------------


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


def _names(model: type[BaseModel]) -> list[str]:
    """Return the names of a model's fields as they are written."""
    return [field.alias or name for name, field in model.model_fields.items()]


def _is_model(annotation: Any) -> bool:
    return isinstance(annotation, type) and issubclass(annotation, BaseModel)


def _enums(annotation: Any) -> Iterator[type[StrEnum]]:
    return (a for _, a in _parts(annotation) if isinstance(a, type) and issubclass(a, StrEnum))


def _statuses(model: type[BaseModel]) -> type[StrEnum]:
    return next(_enums(model.model_fields["status"].annotation))
