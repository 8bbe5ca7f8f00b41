"""A command that only asks answers as it should."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar

from pydantic import Field

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import Text, Whole


@CHECKS.register
class CommandAnswer(Check):
    """A program with these arguments, without a shell, exits with `rc` and says this."""

    kind: ClassVar[str] = "command"

    argv: Annotated[tuple[Text, ...], Field(min_length=1)] = Field(description="The program and each of its arguments")
    rc: Whole = Field(default=0, description="Its exit status")
    stdout_contains: Text | None = None
    stderr_contains: Text | None = None

    def title(self) -> str:
        """Command succeeds: nginx -t."""
        claim = "succeeds" if self.rc == 0 else f"exits with {self.rc}"
        return f"Command {claim}: {' '.join(self.argv)}".replace("\n", " ")

    def tasks(self) -> Sequence[Task]:
        """A program that is not there has no start, whatever status the module gives it."""
        wanted = {"wanted_rc": self.rc, "wanted_stdout": self.stdout_contains, "wanted_stderr": self.stderr_contains}
        failing = ["probe.start is not defined", "probe.rc != wanted_rc | int"]
        if self.stdout_contains is not None:
            failing.append("wanted_stdout not in probe.stdout")
        if self.stderr_contains is not None:
            failing.append("wanted_stderr not in probe.stderr")
        return [
            Task(
                name=self.title(),
                module="ansible.builtin.command",
                args={"argv": list(self.argv), "expand_argument_vars": False},
                register="probe",
                variables={name: value for name, value in wanted.items() if value is not None},
                changed_when=False,
                failed_when=" or ".join(failing),
            )
        ]

    def observation(self, result: Mapping[str, Any]) -> Any:
        """Its exit status and what it said."""
        return {"rc": result.get("rc"), "stdout": result.get("stdout")}
