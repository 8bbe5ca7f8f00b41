"""A goal, its uses, and its limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, model_validator

from fazai.acceptance import AnyCheck
from fazai.expression import FACTS, ExpressionError, check
from fazai.text import AbsolutePath, Line, Text

Path = tuple[str | int, ...]
# Ansible templates `hosts:`, so braces must never reach it; a leading @ would name a file.
HostPattern = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_~*!&(\[][A-Za-z0-9_.:,!&*()|^$?+\[\]~-]*$", max_length=500)]
GoalName = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]{0,62}$")]


def _relative(path: str) -> str:
    if path.startswith("/") or ".." in path.split("/") or "," in path:
        raise ValueError("names a file or directory inside the project, without .. or commas")
    return path


class GoalUse(BaseModel):
    """A toolspec to use, by name, with inputs of its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    inputs: Mapping[str, Any] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _bare_name(cls, value: Any) -> Any:
        return {"name": value} if isinstance(value, str) else value


class Limits(BaseModel):
    """What a plan for this goal must not exceed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    max_hosts: Annotated[int, Field(ge=1)] | None = Field(default=None, description="Most hosts a run may touch")
    allowed_steps: tuple[str, ...] | None = Field(default=None, description="The only step kinds that may be used")
    forbidden_steps: tuple[str, ...] = Field(default=(), description="Step kinds that must not be used")
    paths: tuple[AbsolutePath, ...] | None = Field(default=None, description="The only directories that may be written")
    risk: Literal["low", "medium", "high"] | None = Field(default=None, description="The highest risk allowed")


class Goal(BaseModel):
    """What is wanted of which hosts, in a person's words, and how one will know."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    schema_: Literal[1] = Field(default=1, alias="schema")
    name: GoalName = Field(description="Short name; files are named after it")
    goal: Annotated[Text, StringConstraints(min_length=3, max_length=8000)] = Field(description="What you want, in any language")
    hosts: HostPattern = Field(description="Ansible host pattern")
    inventory: Annotated[Line, AfterValidator(_relative)] | None = Field(
        default=None, description="Inventory inside the project; the one of fazai.yml when left out"
    )
    inputs: Mapping[str, Any] = Field(default_factory=dict, description="Values, always taken as they are")
    use: tuple[GoalUse, ...] = Field(default=(), description="Toolspecs to use: then nothing is searched")
    accept: tuple[AnyCheck, ...] = Field(default=(), description="What must hold afterwards")
    keep: tuple[AnyCheck, ...] = Field(default=(), description="What must be the same afterwards")
    limits: Limits = Limits()

    def problems(self) -> Iterable[tuple[Path, str, str]]:
        """Expressions in checks that leave the subset: facts alone may be named there."""
        for group, checks in (("accept", self.accept), ("keep", self.keep)):
            for i, one in enumerate(checks):
                for path, text in one.texts():
                    try:
                        check(text, FACTS)
                    except ExpressionError as error:
                        yield (
                            (group, i, one.kind, *path),
                            "An expression leaves the checked subset",
                            f"{error}.",
                        )
