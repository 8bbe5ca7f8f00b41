"""A pydantic value from a document, or findings for every mistake at once.

pydantic's errors name a path and a type; a person wants a line, what was expected, and the nearest valid word.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Protocol, TypeVar, runtime_checkable

from pydantic import BaseModel, ValidationError

from fazai.diagnostic import Finding, InvalidFile, did_you_mean
from fazai.document._keyed import Keyed
from fazai.document._parse import Document, Path

M = TypeVar("M", bound=BaseModel)


@runtime_checkable
class JudgesItself(Protocol):
    """A value whose parts must fit each other, beyond what their types say."""

    def problems(self) -> Iterable[tuple[Path, str, str]]:
        """Every misfit as (path of the field, summary, remedy)."""
        ...


def build(model: type[M], document: Document) -> M:
    """The value that `document` holds.

    Raises `InvalidFile` with a finding for each mistake: of types, unknown fields, and parts that do not fit.
    """
    data = document.data if document.data is not None else {}
    try:
        value = model.model_validate(data)
    except ValidationError as error:
        raise InvalidFile(*findings_of(error, document, model)) from error
    judged: object = value
    if isinstance(judged, JudgesItself):
        found = [
            Finding(summary=summary, where=document.where(path), remedy=remedy) for path, summary, remedy in judged.problems()
        ]
        if found:
            raise InvalidFile(*found)
    return value


def findings_of(error: ValidationError, document: Document, model: type[BaseModel]) -> list[Finding]:
    """A finding for each of pydantic's errors, in the order of the file."""
    found: dict[tuple[Path, str], Finding] = {}
    for item in error.errors(include_url=False):
        if item["type"] == "too_short" and len(item["input"]) >= item["ctx"]["min_length"]:
            continue  # pydantic counts only the items that are valid, and each of the others has its own error
        path = _path_in(document.data if document.data is not None else {}, item["loc"])
        summary, remedy = _words(dict(item), path, model)
        found.setdefault((path, summary), Finding(summary=summary, where=document.where(path), remedy=remedy))
    return sorted(found.values(), key=lambda f: (f.where.line or 0, f.where.column or 0) if f.where else (0, 0))


def _path_in(data: Any, loc: tuple[str | int, ...]) -> Path:
    """pydantic's `loc` without the parts that name a branch of a union instead of a field.

    The last part is kept even when absent from the data: it names the missing field.
    """
    path: list[str | int] = []
    here: Any = data
    for i, part in enumerate(loc):
        inside_list = isinstance(here, list) and isinstance(part, int) and part < len(here)
        if inside_list or (isinstance(here, dict) and part in here):
            here = here[part]
        elif i < len(loc) - 1 or not isinstance(here, dict) or _names_a_branch(str(part)):
            continue
        path.append(part)
    return tuple(path)


def _names_a_branch(part: str) -> bool:
    return any(mark in part for mark in "[](),") or part in {"str", "int", "bool", "float", "list", "dict"}


def _words(item: dict[str, Any], path: Path, model: type[BaseModel]) -> tuple[str, str]:
    field = _called(path)
    context = item.get("ctx", {})
    match item["type"]:
        case "missing":
            return f"{field} is missing", f"Add {field}."
        case "extra_forbidden":
            valid = _siblings(model, item["loc"])
            return f"Unknown field {field}", did_you_mean(str(path[-1]) if path else "", valid)
        case "union_tag_invalid":
            tag = str(context.get("tag", ""))
            valid = [word.strip(" '") for word in str(context.get("expected_tags", "")).split(",")]
            return f'Unknown kind "{tag}"', did_you_mean(tag, valid)
        case "union_tag_not_found":
            return (
                f"{field} does not say its kind",
                "Write one kind and its fields, as in  package: {names: [nginx]}.",
            )
        case "literal_error" | "enum":
            given = str(item.get("input"))
            valid = [word.strip(" '") for word in str(context.get("expected", "")).replace(" or ", ",").split(",")]
            return f'"{given}" is not valid for {field}', did_you_mean(given, [word for word in valid if word])
        case "value_error":
            return f"{field} is not valid", _sentence(str(context.get("error", item["msg"])))
        case "model_type" | "model_attributes_type" | "dict_type" | "mapping_type" | "typed_dict_type":
            return f"{field} is not valid", f"It holds fields with their values; found {_brief(item.get('input'))}."
        case "string_pattern_mismatch":
            given = _brief(item.get("input"))
            return f"{field} is not valid", f"It must have the form {context.get('pattern')}; found {given}."
        case _:
            given = _brief(item.get("input"))
            return f"{field} is not valid", _sentence(f"{item['msg']}; found {given}")


def _called(path: Path) -> str:
    """A field by its name, an item of a list by its number, counted from 1."""
    if not path:
        return "The file"
    return f"Item {path[-1] + 1}" if isinstance(path[-1], int) else f'"{path[-1]}"'


def _siblings(model: type[BaseModel], loc: tuple[str | int, ...]) -> list[str]:
    """The field names that are valid beside the unknown one: those of the model that owns it."""
    owner = _owner(model, loc[:-1])
    return [info.alias or name for name, info in owner.model_fields.items()] if owner else []


def _owner(model: type[BaseModel], loc: tuple[str | int, ...]) -> type[BaseModel] | None:
    """The model whose field the last part of `loc` is: a branch of a union is told by its kind."""
    here: type[BaseModel] | None = model
    kinds: Mapping[str, type[BaseModel]] = {}
    for part in loc:
        if str(part) in kinds:
            here, kinds = kinds[str(part)], {}
        elif here is not None and str(part) in here.model_fields:
            info = here.model_fields[str(part)]
            here, kinds = _inside(info.annotation, info.metadata)
    return here


def _inside(annotation: Any, metadata: Iterable[Any] = ()) -> tuple[type[BaseModel] | None, Mapping[str, type[BaseModel]]]:
    """The model in an annotation such as `list[Check]` or `Limits | None`, or the kinds it may be."""
    for mark in (*metadata, *getattr(annotation, "__metadata__", ())):
        if isinstance(mark, Keyed):
            return None, mark.registry.kinds
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, {}
    for argument in getattr(annotation, "__args__", ()):
        found = _inside(argument)
        if found != (None, {}):
            return found
    return None, {}


def _brief(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."


def _sentence(text: str) -> str:
    text = text.strip()
    return text if not text or text[-1] in ".?!" else text + "."
