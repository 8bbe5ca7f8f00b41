"""Some lines of a file that others own, between two marks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from fazai.task import Task
from fazai.text import Text, form
from fazai.toolspec.step import STEPS, Prediction, Resource, Risk, Undo
from fazai.toolspec.steps._paths import PathStep, parent, writing_risks
from fazai.toolspec.steps._validators import VALIDATORS, ValidatorName

Label = Annotated[str, AfterValidator(form(r"[A-Za-z0-9][A-Za-z0-9 _./@:-]*", "plain words on one line"))]


@STEPS.register
class Block(PathStep):
    """A file holds these lines between a BEGIN and an END mark that bear `label`, or holds no such block."""

    kind: ClassVar[str] = "block"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    label: Label = Field(description="What tells this block from others in the same file, such as the toolspec's name")
    block: Text | None = Field(default=None, description="The lines")
    comment: Literal["#", ";", "//", "--", "!", '"'] = Field(default="#", description="How a comment begins in this file")
    state: Literal["present", "absent"] = "present"
    create: bool = Field(default=False, description="Make the file where there is none")
    validate_with: ValidatorName | None = Field(default=None, alias="validate")

    @model_validator(mode="after")
    def _fits(self) -> Block:
        if self.state == "present" and not self.block:
            raise ValueError("say the lines of the block")
        if self.state == "absent" and (self.block is not None or self.create):
            raise ValueError("an absent block has no lines and makes no file")
        if self.create and self.mode is None:
            raise ValueError('a file that may be made needs its mode, as in mode: "0644"')
        marks = {self.marker.replace("{mark}", mark) for mark in ("BEGIN", "END")}
        if marks & set((self.block or "").splitlines()):
            raise ValueError("the block holds its own mark")
        return self

    @property
    def marker(self) -> str:
        """The line above and below, as `blockinfile` wants it."""
        return f"{self.comment} {{mark}} {self.label}"

    def default_title(self) -> str:
        """Set a block in /etc/hosts."""
        return f"{'Set' if self.state == 'present' else 'Remove'} a block in {self.path}"

    def tasks(self) -> Sequence[Task]:
        """One `blockinfile` task; `validate` runs on the new file before it replaces the old one."""
        args: dict[str, Any] = {"path": self.path, "marker": self.marker, "state": self.state}
        if self.block is not None:
            args["block"] = self.block
        if self.create:
            args["create"] = True
        if self.validate_with is not None:
            args["validate"] = VALIDATORS[self.validate_with]
        return [Task(name=self.heading, module="ansible.builtin.blockinfile", args=args | self.ownership())]

    def needs(self) -> tuple[Resource, ...]:
        """The file, or the directory around it where it may be made, besides owner and group."""
        own = parent(self.path) if self.create else self.path
        return (Resource("path", own), *(resource for resource in super().needs() if resource.kind != "path"))

    def undo(self) -> Undo:
        """From the before-image."""
        return Undo(how="the former file comes back from the before-image", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """By path."""
        return writing_risks(self.path)
