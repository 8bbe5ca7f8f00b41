"""One of a closed set of kinds, written as a mapping with a single key: `package: {names: [nginx]}`.

Steps and checks are both written so. The set of kinds is a registry that grows at import time only; pydantic sees it as
a union told apart by the key, so a mistake inside one kind is reported against that kind alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler
from pydantic_core import core_schema


class Kind(BaseModel):
    """A value with a kind of its own: `{kind: {fields}}` in a file, a model in here."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: ClassVar[str]


K = TypeVar("K", bound=Kind)


class Registry(Generic[K]):
    """The kinds by name. Built-in kinds come in by `register`, the same door as any other."""

    def __init__(self, noun: str) -> None:
        self.noun = noun
        self._kinds: dict[str, type[K]] = {}

    def register(self, model: type[K]) -> type[K]:
        """Add a kind (use as a class decorator). A name can be taken once."""
        if self._kinds.setdefault(model.kind, model) is not model:
            raise ValueError(f"the {self.noun} kind {model.kind!r} is taken")
        return model

    @property
    def kinds(self) -> Mapping[str, type[K]]:
        """Every kind, by name, in order of registration."""
        return dict(self._kinds)


class Keyed:
    """Annotation that reads and writes `{kind: {fields}}`: `Annotated[Step, Keyed(STEPS)]`."""

    def __init__(self, registry: Registry[Any]) -> None:
        self.registry = registry

    def __get_pydantic_core_schema__(self, _source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        choices: dict[Any, core_schema.CoreSchema] = {
            name: core_schema.typed_dict_schema(
                {name: core_schema.typed_dict_field(handler.generate_schema(model))}, extra_behavior="forbid"
            )
            for name, model in self.registry.kinds.items()
        }
        union = core_schema.tagged_union_schema(choices, discriminator=_tag)
        return core_schema.no_info_before_validator_function(
            _wrap,
            core_schema.no_info_after_validator_function(_unwrap, union),
            serialization=core_schema.plain_serializer_function_ser_schema(_dump, info_arg=True),
        )


def _tag(value: Any) -> str | None:
    return str(next(iter(value))) if isinstance(value, dict) and len(value) == 1 else None


def _wrap(value: Any) -> Any:
    return {value.kind: value} if isinstance(value, Kind) else value


def _unwrap(value: dict[str, Kind]) -> Kind:
    return next(iter(value.values()))


def _dump(value: Kind, info: core_schema.SerializationInfo) -> dict[str, Any]:
    mode: Callable[..., dict[str, Any]] = value.model_dump
    return {
        value.kind: mode(
            mode=info.mode,
            exclude_defaults=info.exclude_defaults,
            exclude_none=info.exclude_none,
            by_alias=True,
        )
    }
