"""A group of users."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from fazai.task import Task
from fazai.text import UnixName, Whole
from fazai.toolspec.step import STEPS, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo

# Who is in one of these may become root, or may log in at all.
POWERFUL = frozenset({"adm", "admin", "disk", "docker", "libvirt", "lxd", "root", "shadow", "sudo", "wheel"})


@STEPS.register
class Group(Step):
    """A group exists, or does not."""

    kind: ClassVar[str] = "group"

    name: UnixName
    gid: Whole | None = None
    system: bool = Field(default=False, description="Give it a number of the system's range when it is made")
    state: Literal["present", "absent"] = "present"

    @model_validator(mode="after")
    def _fits(self) -> Group:
        if self.state == "absent" and (self.gid is not None or self.system):
            raise ValueError("an absent group has no number")
        return self

    def default_title(self) -> str:
        """Add the group web."""
        return f"{'Add' if self.state == 'present' else 'Remove'} the group {self.name}"

    def tasks(self) -> Sequence[Task]:
        """One `group` task."""
        args: dict[str, Any] = {"name": self.name, "state": self.state}
        if self.gid is not None:
            args["gid"] = self.gid
        if self.system:
            args["system"] = True
        return [Task(name=self.heading, module="ansible.builtin.group", args=args)]

    def touches(self) -> tuple[Resource, ...]:
        """The group."""
        return (Resource("group", self.name),)

    def predicted(self) -> Prediction:
        """One that is to be absent may first be brought by an earlier step."""
        return Prediction.AFTER_NEEDS if self.state == "absent" else self.prediction

    def needs(self) -> tuple[Resource, ...]:
        """Nothing, or the group itself where it is to be absent."""
        return self.touches() if self.state == "absent" else ()

    def undo(self) -> Undo:
        """The inverse."""
        inverse = "removed again" if self.state == "present" else "added again with its former number and members"
        return Undo(how=f"a group that this step changed is {inverse}", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """Without its group, nobody has the rights that it gave."""
        if self.state == "present":
            return ()
        if self.name in POWERFUL:
            return (Risk(level=RiskLevel.HIGH, reason=f"removes the group {self.name}", danger=Danger.LOCK_OUT),)
        return (Risk(level=RiskLevel.MEDIUM, reason=f"removes the group {self.name}; what it owns keeps a bare number"),)
