"""The actions, told apart by `kind`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

from fazai.document import build, parse
from fazai.text import Line, Text
from fazai.toolspec import ToolSpec

Brief = Annotated[Text, StringConstraints(min_length=1, max_length=2000)]
Argument = Annotated[str, StringConstraints(max_length=4096)]


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class PlanSteps(_Value):
    """What it means to do, for people to read; nothing is executed."""

    kind: Literal["plan"] = "plan"
    steps: Annotated[tuple[Brief, ...], Field(min_length=1, max_length=32)]


class Ask(_Value):
    """A question to the person, when the goal leaves something open."""

    kind: Literal["ask"] = "ask"
    question: Brief
    default: str | None = None
    input: Line | None = Field(default=None, description="The input that the answer fills")


class Research(_Value):
    """Look something up in documents before going on."""

    kind: Literal["research"] = "research"
    query: Brief


class Shell(_Value):
    """One command, as argv; it is guarded like any other step."""

    kind: Literal["shell"] = "shell"
    argv: Annotated[tuple[Argument, ...], Field(min_length=1, max_length=64)]


class DefineToolSpec(_Value):
    """A new capability, whole."""

    kind: Literal["toolspec"] = "toolspec"
    toolspec: ToolSpec


class UseTool(_Value):
    """Use a toolspec with inputs."""

    kind: Literal["use_tool"] = "use_tool"
    name: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,62}$")]
    inputs: Mapping[str, Any] = Field(default_factory=dict)


class Observe(_Value):
    """What was done and seen."""

    kind: Literal["observe"] = "observe"
    summary: Brief


class CommitKb(_Value):
    """A proposal to remember a solution; it is remembered on evidence only."""

    kind: Literal["commit_kb"] = "commit_kb"
    title: Brief
    tags: tuple[Line, ...] = ()


class Done(_Value):
    """Nothing more to do."""

    kind: Literal["done"] = "done"
    summary: Brief


Action = PlanSteps | Ask | Research | Shell | DefineToolSpec | UseTool | Observe | CommitKb | Done


class _Line(BaseModel):
    """One line; the wrapper lets `document.build` name places and nearest words."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    action: Annotated[Action, Field(discriminator="kind")]

    def problems(self) -> Iterable[tuple[tuple[str | int, ...], str, str]]:
        """A toolspec is judged whole: its parts must fit each other."""
        if isinstance(self.action, DefineToolSpec):
            for path, summary, remedy in self.action.toolspec.problems():
                yield ("action", "toolspec", *path), summary, remedy


def parse_line(text: str, name: str = "action") -> Action:
    """The action on one line of NDJSON. Raises `InvalidFile` with every mistake; a toolspec is judged whole."""
    return build(_Line, parse('{"action": ' + text + "}", name)).action


@cache
def _adapter() -> TypeAdapter[Action]:
    return TypeAdapter(Annotated[Action, Field(discriminator="kind")])


def action_schema() -> dict[str, Any]:
    """JSON Schema of one action."""
    return _adapter().json_schema(by_alias=True)
