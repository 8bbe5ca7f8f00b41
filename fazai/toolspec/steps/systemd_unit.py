"""A unit of systemd, or a drop-in of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from fazai.task import Task
from fazai.text import AbsolutePath, Text, form
from fazai.toolspec.step import STEPS, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo
from fazai.toolspec.steps import _units
from fazai.toolspec.steps._paths import writing_risks
from fazai.toolspec.steps.template import TemplateName

DropIn = Annotated[str, AfterValidator(form(r"[A-Za-z0-9][A-Za-z0-9_.@-]*", "a short name without .conf"))]


@STEPS.register
class SystemdUnit(Step):
    """A unit file, judged by systemd before it is put in place; or a drop-in, which systemd cannot judge alone."""

    kind: ClassVar[str] = "systemd_unit"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    name: _units.UnitFile = Field(description="The unit with its suffix, such as ollama.service")
    content: Text | None = Field(default=None, description="The unit's text")
    source: TemplateName | None = Field(default=None, description="A name under the toolspec's templates, instead of content")
    drop_in: DropIn | None = Field(default=None, description="Write NAME.d/DROP_IN.conf beside the unit instead of the unit")
    directory: AbsolutePath = _units.DIRECTORY
    enabled: bool | None = Field(default=None, description="Whether the unit starts at boot")
    running: Literal["started", "stopped"] | None = Field(default=None, description="What the unit does now")
    state: Literal["present", "absent"] = "present"

    @model_validator(mode="after")
    def _fits(self) -> SystemdUnit:
        if self.state == "present" and (self.content is None) == (self.source is None):
            raise ValueError("say content or source, one of the two")
        if self.state == "absent" and any(value is not None for value in (self.content, self.source, self.enabled, self.running)):
            raise ValueError("an absent unit has a name only")
        return self

    @property
    def path(self) -> str:
        """Where the file is."""
        base = f"{self.directory.rstrip('/')}/{self.name}"
        return base if self.drop_in is None else f"{base}.d/{self.drop_in}.conf"

    def template_name(self) -> str | None:
        """Its source."""
        return self.source

    def default_title(self) -> str:
        """Write the unit ollama.service."""
        noun = "the unit" if self.drop_in is None else f"the drop-in {self.drop_in} of"
        return f"{'Write' if self.state == 'present' else 'Remove'} {noun} {self.name}"

    def tasks(self) -> Sequence[Task]:
        """The file, then its state together with the reload that makes systemd read it."""
        if self.state == "absent":
            removed = Task(name=self.heading, module="ansible.builtin.file", args={"path": self.path, "state": "absent"})
            stop = [_units.stop_task(self.name)] if self.drop_in is None else []
            return [*stop, removed, _units.reload_task()]
        if self.enabled is None and self.running is None:
            return [*self._directory(), self._file(), _units.reload_task()]
        verb = {"started": "Start", "stopped": "Stop"}.get(self.running or "") or ("Enable" if self.enabled else "Disable")
        state = _units.state_task(f"{verb} {self.name}", self.name, self.running, enabled=self.enabled)
        return [*self._directory(), self._file(), state]

    def _directory(self) -> list[Task]:
        if self.drop_in is None:
            return []
        path = self.path.rpartition("/")[0]
        args = {"path": path, "state": "directory", "owner": "root", "group": "root", "mode": "0755"}
        return [Task(name=f"Make the directory {path}", module="ansible.builtin.file", args=args)]

    def _file(self) -> Task:
        args: dict[str, Any] = {"dest": self.path, "owner": "root", "group": "root", "mode": "0644"}
        if self.drop_in is None:
            args["validate"] = _units.validator(self.name)
        if self.source is not None:
            module, args = "ansible.builtin.template", {"src": self.source, **args}
        else:
            module, args = "ansible.builtin.copy", {"content": self.content, **args}
        return Task(name=self.heading, module=module, args=args, tolerant_in_check_mode=self.drop_in is not None)

    def touches(self) -> tuple[Resource, ...]:
        """The file, and the service where its state is set."""
        path = Resource("path", self.path)
        if self.enabled is None and self.running is None and (self.state == "present" or self.drop_in is not None):
            return (path,)
        return (path, Resource("service", self.name))

    def needs(self) -> tuple[Resource, ...]:
        """A drop-in's unit, where its state is set."""
        has_state = self.enabled is not None or self.running is not None
        return (Resource("service", self.name),) if self.drop_in is not None and has_state else ()

    def provides(self) -> tuple[Resource, ...]:
        """The file, and the unit by its names with and without `.service`."""
        if self.state == "absent":
            return ()
        path = Resource("path", self.path)
        if self.drop_in is not None:
            return (path, Resource("path", self.path.rpartition("/")[0]))
        names = dict.fromkeys((self.name, self.name.removesuffix(".service")))
        return (path, *(Resource("service", name) for name in names))

    def undo(self) -> Undo:
        """From the before-image."""
        return Undo(how="the former unit file and state come back, and systemd reads its files again", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """A fault in a lifeline's unit cuts people off at its next start."""
        if self.name.rpartition(".")[0] in _units.LIFELINES:
            reason = f"changes {self.name}, which keeps the host within reach"
            return (Risk(level=RiskLevel.HIGH, reason=reason, danger=Danger.LOCK_OUT),)
        return writing_risks(self.path) or (Risk(level=RiskLevel.MEDIUM, reason=f"decides what runs as {self.name}"),)
