"""A file: its content, its owner, a link to another, or its absence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from fazai.task import Task
from fazai.text import AbsolutePath, Text
from fazai.toolspec.step import STEPS, Prediction, Resource, Risk, Undo
from fazai.toolspec.steps._paths import PathStep, removing_risks, writing_risks
from fazai.toolspec.steps._validators import VALIDATORS, ValidatorName


@STEPS.register
class File(PathStep):
    """A file with this content, a symbolic link, a file that exists with this owner and mode, or no file."""

    kind: ClassVar[str] = "file"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    content: Text | None = Field(default=None, description="The whole content; text of inputs arrives as it is")
    link_to: AbsolutePath | None = Field(default=None, description="Make the path a symbolic link to this one")
    state: Literal["present", "absent"] = "present"
    replace: bool = Field(default=True, description="false: write it only where there is none yet")
    validate_with: ValidatorName | None = Field(default=None, alias="validate")

    @model_validator(mode="after")
    def _is_one_thing(self) -> File:
        if self.content is not None and self.link_to is not None:
            raise ValueError("say content or link_to, not both")
        if self.state == "absent" and (self.content is not None or self.link_to is not None):
            raise ValueError("an absent file has no content")
        if self.state == "present" and self.content is not None and self.mode is None:
            raise ValueError('say the mode, as in mode: "0644"')
        return self

    def default_title(self) -> str:
        """Write /srv/www/site/index.html."""
        if self.state == "absent":
            return f"Remove {self.path}"
        if self.link_to is not None:
            return f"Link {self.path} to {self.link_to}"
        return f"Write {self.path}" if self.content is not None else f"Set owner and mode of {self.path}"

    def tasks(self) -> Sequence[Task]:
        """`copy` for content; `file` for links, ownership and absence."""
        if self.content is not None:
            return [Task(name=self.heading, module="ansible.builtin.copy", args=self._copy_args())]
        args: dict[str, Any] = {"path": self.path}
        if self.state == "absent":
            args["state"] = "absent"
        elif self.link_to is not None:
            args |= {"src": self.link_to, "state": "link"}
        else:
            args |= {"state": "file"}
        return [Task(name=self.heading, module="ansible.builtin.file", args=args | self.ownership())]

    def _copy_args(self) -> dict[str, Any]:
        args: dict[str, Any] = {"content": self.content, "dest": self.path, **self.ownership()}
        if not self.replace:
            args["force"] = False
        if self.validate_with is not None:
            args["validate"] = VALIDATORS[self.validate_with]
        return args

    def needs(self) -> tuple[Resource, ...]:
        """What it links to, or the file whose owner is set or that is removed, besides what every path needs."""
        if self.state == "absent":
            return (Resource("path", self.path),)
        if self.link_to is not None:
            return (*super().needs(), Resource("path", self.link_to))
        return super().needs() if self.content is not None else (*super().needs(), Resource("path", self.path))

    def undo(self) -> Undo:
        """From the before-image: its former content, owner and mode, or its absence."""
        return Undo(how="the former file comes back from the before-image", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """By path."""
        return removing_risks(self.path) if self.state == "absent" else writing_risks(self.path)
