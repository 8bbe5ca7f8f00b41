"""A refusal: when a condition holds, nothing further is done."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from pydantic import Field, model_validator

from fazai.task import Task
from fazai.text import Line
from fazai.toolspec.step import STEPS, Resource, Step, Undo


@STEPS.register
class Refuse(Step):
    """Stop here when `when` holds, in check mode too, and say why. It stands before the steps that it guards."""

    kind: ClassVar[str] = "refuse"

    message: Line = Field(description="Why, and what to do instead")

    @model_validator(mode="after")
    def _has_a_reason(self) -> Refuse:
        if self.when is None:
            raise ValueError("say when to refuse")
        return self

    def default_title(self) -> str:
        """Refuse what cannot work."""
        return "Refuse what cannot work"

    def tasks(self) -> Sequence[Task]:
        """One `fail` task; the condition comes with what is common."""
        return [Task(name=self.heading, module="ansible.builtin.fail", args={"msg": self.message})]

    def touches(self) -> tuple[Resource, ...]:
        """Nothing."""
        return ()

    def undo(self) -> Undo:
        """It changes nothing."""
        return Undo(how="a refusal changes nothing")
