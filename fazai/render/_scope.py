"""Names: a toolspec says `port` and `probe`, its role says `static_site_port` and `static_site_service_4_probe`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from fazai.expression import FACTS, Body, has_expression, looks_like_jinja, names_in, rename
from fazai.toolspec import ToolSpec

FACT_NAMES: Mapping[str, str] = {name: fact.expression for name, fact in FACTS.items()}


@dataclass(frozen=True)
class Scope:
    """The expressions that the names of a text become. `secrets` are the names that must not be shown."""

    names: Mapping[str, str]
    secrets: frozenset[str] = frozenset()
    loop_names: frozenset[str] = field(default=frozenset())

    def value(self, text: str) -> str:
        """A text that may hold expressions."""
        return rename(text, self.names) if looks_like_jinja(text) else text

    def condition(self, text: str) -> str:
        """A bare condition."""
        return rename(text, self.names, Body.CONDITION)

    def template(self, text: str) -> str:
        """The body of a template file."""
        return rename(text, self.names, Body.TEMPLATE)

    def data(self, value: Any) -> Any:
        """Every text within plain data; the keys of mappings stay."""
        match value:
            case str():
                return self.value(value)
            case Mapping():
                return {key: self.data(item) for key, item in value.items()}
            case list() | tuple():
                return [self.data(item) for item in value]
            case _:
                return value

    def shows_secret(self, text: str) -> bool:
        """Whether the text names something secret."""
        return has_expression(text) and bool(names_in(text) & self.secrets)

    def with_names(self, names: Mapping[str, str]) -> Scope:
        """The same scope with further names."""
        return replace(self, names={**self.names, **names})

    def in_loop(self, item: str = "item") -> Scope:
        """The same scope inside a loop, whose item has this name on the host."""
        return replace(self, names={**self.names, "item": item}, loop_names=frozenset({"item"}))


GOAL_SCOPE = Scope(FACT_NAMES)


def variable(role: str, name: str) -> str:
    """The name of a role's variable."""
    return f"{role}_{name}"


def scope_of(spec: ToolSpec) -> Scope:
    """What the texts of a toolspec may name."""
    inputs = {name: variable(spec.name, name) for name in spec.inputs}
    return Scope({**FACT_NAMES, **inputs}, spec.secret_inputs())
