"""One line of a file that others own: present or absent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from fazai import text
from fazai.expression import has_expression
from fazai.task import Task
from fazai.toolspec.step import STEPS, Prediction, Resource, Risk, Undo
from fazai.toolspec.steps._paths import PathStep, parent, writing_risks
from fazai.toolspec.steps._validators import VALIDATORS, ValidatorName


@STEPS.register
class Line(PathStep):
    """A file holds this line, in place of the last one that matches, or holds no such line."""

    kind: ClassVar[str] = "line"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    line: text.Line | None = Field(default=None, description="The whole line")
    regexp: text.Line | None = Field(default=None, description="Python regular expression; the last line it finds is replaced")
    search: text.Line | None = Field(default=None, description="Plain text; the last line that holds it is replaced")
    state: Literal["present", "absent"] = "present"
    insertafter: text.Line | None = Field(default=None, description="Regular expression of the line before, or EOF")
    insertbefore: text.Line | None = Field(default=None, description="Regular expression of the line after, or BOF")
    create: bool = Field(default=False, description="Make the file where there is none")
    validate_with: ValidatorName | None = Field(default=None, alias="validate")

    @model_validator(mode="after")
    def _fits(self) -> Line:
        if self.regexp is not None and self.search is not None:
            raise ValueError("say regexp or search, not both")
        if self.insertafter is not None and self.insertbefore is not None:
            raise ValueError("say insertafter or insertbefore, not both")
        if self.state == "present" and self.line is None:
            raise ValueError("say the line")
        if self.state == "absent" and not (self.line or self.regexp or self.search):
            raise ValueError("say which line: line, regexp or search")
        if self.state == "absent" and (self.insertafter or self.insertbefore or self.create):
            raise ValueError("an absent line has no place and makes no file")
        if self.create and self.mode is None:
            raise ValueError('a file that may be made needs its mode, as in mode: "0644"')
        for name in ("regexp", "insertafter", "insertbefore"):
            _readable(name, getattr(self, name))
        return self

    def default_title(self) -> str:
        """Set a line in /etc/default/redis."""
        return f"{'Set' if self.state == 'present' else 'Remove'} a line in {self.path}"

    def tasks(self) -> Sequence[Task]:
        """One `lineinfile` task; `validate` runs on the new file before it replaces the old one."""
        given: dict[str, Any] = {
            "line": self.line,
            "regexp": self.regexp,
            "search_string": self.search,
            "insertafter": self.insertafter,
            "insertbefore": self.insertbefore,
            "create": self.create or None,
            "validate": VALIDATORS[self.validate_with] if self.validate_with else None,
        }
        args = {name: value for name, value in given.items() if value is not None}
        args = {"path": self.path, "state": self.state, **args, **self.ownership()}
        return [Task(name=self.heading, module="ansible.builtin.lineinfile", args=args)]

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


def _readable(name: str, pattern: str | None) -> None:
    if pattern is None or has_expression(pattern):
        return
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{name} is not a regular expression: {error}") from error
