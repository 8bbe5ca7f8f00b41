"""A directory: its owner and mode, or its absence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from fazai.task import Task
from fazai.toolspec.step import STEPS, Prediction, Resource, Risk, Undo
from fazai.toolspec.steps._paths import PathStep, owning_risks, parent, removing_risks


@STEPS.register
class Directory(PathStep):
    """A directory with this owner and mode, made with those around it, or removed with what is in it."""

    kind: ClassVar[str] = "directory"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    state: Literal["present", "absent"] = "present"
    recurse: bool = Field(default=False, description="Also set owner and mode of everything inside")

    @model_validator(mode="after")
    def _fits(self) -> Directory:
        if self.state == "absent" and (self.ownership() or self.recurse):
            raise ValueError("an absent directory has no owner, mode or content")
        if self.recurse and not self.ownership():
            raise ValueError("recurse needs an owner, a group or a mode to set")
        return self

    def default_title(self) -> str:
        """Make the directory /srv/www/site."""
        return f"{'Make' if self.state == 'present' else 'Remove'} the directory {self.path}"

    def tasks(self) -> Sequence[Task]:
        """One `file` task."""
        args: dict[str, Any] = {"path": self.path, "state": "directory" if self.state == "present" else "absent"}
        if self.recurse:
            args["recurse"] = True
        return [Task(name=self.heading, module="ansible.builtin.file", args=args | self.ownership())]

    def needs(self) -> tuple[Resource, ...]:
        """Its owner and group; directories around it are made on the way. One that is removed may first be brought."""
        if self.state == "absent":
            return (Resource("path", self.path),)
        return tuple(resource for resource in super().needs() if resource.kind != "path")

    def provides(self) -> tuple[Resource, ...]:
        """The directory and those around it."""
        if self.state == "absent":
            return ()
        around = [self.path]
        while (outer := parent(around[-1])) != "/":
            around.append(outer)
        return tuple(Resource("path", path) for path in around)

    def undo(self) -> Undo:
        """From the before-image."""
        how = "the former owner and mode come back; a directory that was not there is removed if it is empty"
        if self.state == "absent":
            how = "the directory and what was in it come back from the before-image"
        return Undo(how=how, restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """By path; a directory that many use is dangerous to own."""
        if self.state == "absent":
            return removing_risks(self.path)
        return owning_risks(self.path) if self.ownership() else ()
