"""The plan and its hash."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from fazai.goal import Goal
from fazai.toolspec import Input, Risk, RiskLevel, Step, ToolSpec

Misfit = tuple[tuple[str | int, ...], str]


class Source(StrEnum):
    """Who chose a toolspec."""

    GOAL = "goal"
    CATALOG = "catalog"
    ENTRY = "entry"
    MODEL = "model"


class Origin(BaseModel):
    """Where a use came from: the source, its name (a toolspec, an entry's id, a model), and why it was chosen."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    source: Source
    name: str
    why: str = ""

    def __str__(self) -> str:
        """`catalog`, `entry 3f9c21`."""
        return self.source.value if self.source in {Source.GOAL, Source.CATALOG} else f"{self.source} {self.name}"


class Use(BaseModel):
    """A toolspec with bound inputs. `inputs_from` says for each input where its value came from.

    Values of secret inputs are references; the secrets themselves are never in a plan.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    toolspec: ToolSpec
    inputs: Mapping[str, Any]
    origin: Origin
    inputs_from: Mapping[str, Literal["goal", "text", "default", "answer"]] = Field(default_factory=dict)

    def resolved_steps(self) -> tuple[Step, ...]:
        """The steps with their inputs put in, as far as inputs alone can say; a repeated step once for each item."""
        return tuple(one for step in self.toolspec.steps for one in step.each(self.inputs))

    def misfits(self) -> tuple[Misfit, ...]:
        """Values that do not have the form a step's field asks for, as (path in the toolspec, what it must be).

        An expression's value is first known when inputs are bound; without this a line could become two, a name a path.
        """
        values = _without_secrets(self.toolspec.inputs, self.inputs)
        steps: list[tuple[tuple[str | int, ...], Step]] = [
            *((("steps", i, step.kind), step) for i, step in enumerate(self.toolspec.steps)),
            *((("handlers", name, step.kind), step) for name, step in self.toolspec.handlers.items()),
        ]
        return tuple(((*path, *inner), message) for path, step in steps for inner, message in step.misfits(values))

    def risks(self) -> tuple[Risk, ...]:
        """The risks of its steps and handlers, by rule, on the values they will have."""
        handlers = (one for handler in self.toolspec.handlers.values() for one in handler.each(self.inputs))
        return tuple(risk for step in (*self.resolved_steps(), *handlers) for risk in step.risks())

    def secrets(self) -> tuple[str, ...]:
        """The references to secrets among the inputs, as `env:NAME`."""
        found: list[str] = []
        for name in sorted(self.toolspec.secret_inputs() & set(self.inputs)):
            found.extend(_references(self.toolspec.inputs[name], self.inputs[name]))
        return tuple(dict.fromkeys(found))


def _without_secrets(inputs: Mapping[str, Input], values: Mapping[str, Any]) -> dict[str, Any]:
    """The same values, secret ones and secret options of mappings left out."""
    return {name: _open_part(inputs[name], value) for name, value in values.items() if name in inputs and not inputs[name].secret}


def _open_part(spec: Input, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_open_part(spec, item) for item in value]
    return _without_secrets(spec.options, value) if spec.options and isinstance(value, Mapping) else value


def _references(spec: Any, value: Any) -> list[str]:
    if spec.secret:
        return [str(item) for item in value] if isinstance(value, list) else [str(value)]
    items = value if isinstance(value, list) else [value]
    return [
        found
        for item in items
        for name, option in (spec.options or {}).items()
        if option.has_secret and name in item
        for found in _references(option, item[name])
    ]


class Plan(BaseModel):
    """What will be done, whole: nothing outside it decides what is rendered."""

    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))

    schema_: Literal[1] = Field(default=1, alias="schema")
    goal: Goal
    uses: tuple[Use, ...] = Field(min_length=1)

    def canonical_bytes(self) -> bytes:
        """JSON with sorted keys and no spaces, UTF-8, without defaults."""
        data = self.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        return json.dumps(data, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @cached_property
    def hash(self) -> str:
        """sha-256 of the canonical bytes, in hexadecimal."""
        return hashlib.sha256(self.canonical_bytes()).hexdigest()

    @property
    def short_hash(self) -> str:
        """The first twelve digits: what people read and type."""
        return self.hash[:12]

    def toolspecs(self) -> tuple[ToolSpec, ...]:
        """Each toolspec once, in order of first use."""
        return tuple({use.toolspec.name: use.toolspec for use in self.uses}.values())

    def risks(self) -> tuple[Risk, ...]:
        """The risks of all uses."""
        return tuple(risk for use in self.uses for risk in use.risks())

    def risk_level(self) -> RiskLevel:
        """The highest of its risks; low where there is none."""
        return max((risk.level for risk in self.risks()), default=RiskLevel.LOW)

    def secrets(self) -> tuple[str, ...]:
        """Every reference to a secret."""
        return tuple(dict.fromkeys(ref for use in self.uses for ref in use.secrets()))
