"""A configuration file made from a template of the toolspec, judged before it is put in place."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field

from fazai.task import Task
from fazai.text import Mode, UnixName, form
from fazai.toolspec.step import STEPS, Prediction, Risk, Undo
from fazai.toolspec.steps._paths import PathStep, writing_risks
from fazai.toolspec.steps._validators import VALIDATORS, ValidatorName

TemplateName = Annotated[str, AfterValidator(form(r"[A-Za-z0-9][A-Za-z0-9._-]*\.j2", "a file name that ends in .j2"))]


@STEPS.register
class Template(PathStep):
    """The file at `path` is what `source`, one of the toolspec's templates, gives for its inputs."""

    kind: ClassVar[str] = "template"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    source: TemplateName = Field(description="A name under the toolspec's templates")
    owner: UnixName | None = "root"
    group: UnixName | None = "root"
    mode: Mode | None = Field(default="0644", description='Octal, in quotes: "0644"')
    validate_with: ValidatorName | None = Field(default=None, alias="validate")

    def default_title(self) -> str:
        """Configure /etc/nginx/conf.d/site.conf."""
        return f"Configure {self.path}"

    def template_name(self) -> str:
        """Its source."""
        return self.source

    def tasks(self) -> Sequence[Task]:
        """One `template` task; `validate` runs on the new file before it replaces the old one."""
        args: dict[str, Any] = {"src": self.source, "dest": self.path, **self.ownership()}
        if self.validate_with is not None:
            args["validate"] = VALIDATORS[self.validate_with]
        return [Task(name=self.heading, module="ansible.builtin.template", args=args)]

    def undo(self) -> Undo:
        """From the before-image."""
        return Undo(how="the former file comes back from the before-image", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """By path."""
        return writing_risks(self.path)
