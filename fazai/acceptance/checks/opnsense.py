"""Something holds on an OPNsense firewall, as its API tells. Read from goals; it cannot be run yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import form

Dotted = Annotated[str, AfterValidator(form(r"[a-z][a-z0-9_]*(\.[a-z][a-z0-9_]*)+", "a dotted name such as firewall.alias"))]


@CHECKS.register
class OpnsenseState(Check):
    """An item (one that matches has these fields), settings with these values, or an API that answers."""

    kind: ClassVar[str] = "opnsense"

    item: Dotted | None = Field(default=None, description="Kind of item, such as firewall.alias")
    match: Mapping[str, Any] = Field(default_factory=dict, description="Fields by which the item is found")
    settings: Dotted | None = Field(default=None, description="A part of the settings, such as ids.general")
    equals: Mapping[str, Any] = Field(default_factory=dict, description="Fields with their exact values")
    contains: Mapping[str, Any] = Field(default_factory=dict, description="Lists with one of their members, texts with a part")
    api_reachable: Literal[True] | None = None

    @model_validator(mode="after")
    def _fits(self) -> OpnsenseState:
        if sum(value is not None for value in (self.item, self.settings, self.api_reachable)) != 1:
            raise ValueError("say item, settings or api_reachable, one of them")
        if self.item is not None and not self.match:
            raise ValueError("say by which fields the item is found (match)")
        if self.settings is not None and not (self.equals or self.contains):
            raise ValueError("say what the settings are (equals or contains)")
        return self

    def title(self) -> str:
        """OPNsense: firewall.alias is as wanted."""
        if self.api_reachable:
            return "The API of OPNsense is within reach"
        return f"OPNsense is as wanted: {self.item or self.settings}"

    def tasks(self) -> Sequence[Task]:
        """None yet: see `not_runnable()`."""
        return []

    def observation(self, result: Mapping[str, Any]) -> Any:  # noqa: ARG002 -- nothing was asked, so there is none
        """Nothing yet."""
        return None

    def not_runnable(self) -> str:
        """The modules are missing."""
        return "It needs the OPNsense modules (fazai.opnsense), which are not part of this version."
