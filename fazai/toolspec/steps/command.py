"""One command, as its words; never a shell.

Ansible cannot know whether a command changes something. So each must say it: by a file that it `creates` or `removes`, by a
`changed_when` on its result, or by a question, `unless`, that is asked first and whose success makes it needless.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import AfterValidator, Field, model_validator

from fazai.task import Task
from fazai.text import AbsolutePath, Condition, Line, Text, UnixName, form
from fazai.toolspec.step import ANYTHING, STEPS, Prediction, Resource, Risk, Step, Undo
from fazai.toolspec.steps._commands import command_risks, judge_argv

VariableName = Annotated[str, AfterValidator(form(r"[A-Za-z_][A-Za-z0-9_]*", "a variable's name"))]
Argv = Annotated[tuple[Text, ...], AfterValidator(judge_argv)]


@STEPS.register
class Command(Step):
    """Run a program with these arguments."""

    kind: ClassVar[str] = "command"
    prediction: ClassVar[Prediction] = Prediction.NEVER

    argv: Argv = Field(description="The program and each of its arguments")
    creates: AbsolutePath | None = Field(default=None, description="Run only where this path is not there")
    removes: AbsolutePath | None = Field(default=None, description="Run only where this path is there")
    changed_when: Condition | bool | None = Field(
        default=None, description="When it has changed something: false, or a condition on `result` (result.rc, result.stdout)"
    )
    unless: Argv | None = Field(default=None, description="A command that only asks; where it succeeds, there is nothing to do")
    chdir: AbsolutePath | None = None
    become_user: UnixName | None = Field(default=None, description="Run as this user instead of root")
    environment: Mapping[VariableName, Line] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _says_when_it_changes(self) -> Command:
        if self.creates is None and self.removes is None and self.changed_when is None and self.unless is None:
            raise ValueError("say when it changes something: creates, removes, changed_when or unless")
        if self.unless is not None and self.for_each is not None:
            raise ValueError("unless asks once, so it cannot stand beside for_each")
        return self

    def conditions(self) -> list[tuple[tuple[str | int, ...], str]]:
        """`changed_when`, where it is one."""
        return [(("changed_when",), self.changed_when)] if isinstance(self.changed_when, str) else []

    def predicted(self) -> Prediction:
        """Check mode looks at `creates` and `removes`; a command without them is skipped there."""
        guarded = (self.creates is not None or self.removes is not None) and self.unless is None
        return Prediction.AFTER_NEEDS if guarded else Prediction.NEVER

    def default_title(self) -> str:
        """Run update-ca-certificates."""
        return f"Run {posixpath.basename(self.argv[0]) or self.argv[0]}"

    def tasks(self) -> Sequence[Task]:
        """The question, if any, and the command.

        The question is not asked in check mode: who wrote it may be mistaken that it only asks.
        """
        run = Task(
            name=self.heading,
            module="ansible.builtin.command",
            args=self._args(self.argv, guarded=True),
            register="result" if isinstance(self.changed_when, str) else None,
            changed_when=self._changed(),
            when=("probe.rc | default(1) != 0",) if self.unless is not None else (),
            become_user=self.become_user,
            environment=dict(self.environment),
        )
        if self.unless is None:
            return [run]
        ask = Task(
            name=f"See whether there is a need to run {posixpath.basename(self.argv[0])}",
            module="ansible.builtin.command",
            args=self._args(self.unless, guarded=False),
            register="probe",
            changed_when=False,
            failed_when=False,
            become_user=self.become_user,
            environment=dict(self.environment),
        )
        return [ask, run]

    def _args(self, argv: tuple[str, ...], *, guarded: bool) -> dict[str, Any]:
        # Left to itself the module puts the host's own variables for $NAME and ~ in an argument.
        args: dict[str, Any] = {"argv": list(argv), "expand_argument_vars": False}
        given = {"chdir": self.chdir} | ({"creates": self.creates, "removes": self.removes} if guarded else {})
        return args | {name: value for name, value in given.items() if value is not None}

    def _changed(self) -> str | bool | None:
        if self.changed_when is not None:
            return self.changed_when
        return True if self.unless is not None else None

    def touches(self) -> tuple[Resource, ...]:
        """Nobody can say."""
        return (ANYTHING,)

    def needs(self) -> tuple[Resource, ...]:
        """The program, and whatever came before: nobody can say."""
        return (Resource("command", self.argv[0]), ANYTHING)

    def undo(self) -> Undo:
        """Nobody can say."""
        return Undo(how="what a command did cannot be taken back", possible=False)

    def risks(self) -> tuple[Risk, ...]:
        """By the program's name and its arguments."""
        return command_risks(self.argv)
