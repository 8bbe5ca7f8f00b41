"""A line of a user's crontab."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from fazai.task import Task
from fazai.text import Line, UnixName, form
from fazai.toolspec.step import STEPS, Prediction, Resource, Risk, RiskLevel, Step, Undo


def _written(value: Any) -> Any:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


Part = Annotated[
    str,
    BeforeValidator(_written),
    AfterValidator(form(r"[0-9A-Za-z*,/-]+", "a part of a crontab's time, such as 30, */5 or mon-fri")),
]
_PARTS = ("minute", "hour", "day", "month", "weekday")


@STEPS.register
class Cron(Step):
    """A job of a user at a time, known by its name, or no such job. Prefer a timer where systemd runs."""

    kind: ClassVar[str] = "cron"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    name: Line = Field(description="What tells this job from the user's others")
    job: Line | None = Field(default=None, description="One line for the user's shell; cron reads a bare % as a line break")
    user: UnixName = "root"
    minute: Part = "*"
    hour: Part = "*"
    day: Part = "*"
    month: Part = "*"
    weekday: Part = "*"
    special_time: Literal["reboot", "hourly", "daily", "weekly", "monthly", "yearly", "annually"] | None = None
    state: Literal["present", "absent"] = "present"

    @model_validator(mode="after")
    def _fits(self) -> Cron:
        if (self.state == "present") != (self.job is not None):
            raise ValueError("say the job" if self.job is None else "an absent job has a name only")
        if self.special_time is not None and self._times():
            raise ValueError("say special_time or the parts of a time, not both")
        return self

    def _times(self) -> dict[str, str]:
        given = {name: str(getattr(self, name)) for name in _PARTS}
        return {name: value for name, value in given.items() if value != "*"}

    def default_title(self) -> str:
        """Schedule nightly report."""
        return f"{'Schedule' if self.state == 'present' else 'Unschedule'} {self.name}"

    def tasks(self) -> Sequence[Task]:
        """One `cron` task."""
        args: dict[str, Any] = {"name": self.name, "user": self.user, "state": self.state}
        if self.job is not None:
            args |= {"job": self.job, **self._times()}
        if self.special_time is not None:
            args["special_time"] = self.special_time
        return [Task(name=self.heading, module="ansible.builtin.cron", args=args)]

    def touches(self) -> tuple[Resource, ...]:
        """The user's crontab, where Debian and where RedHat keep it."""
        return tuple(Resource("path", f"{spool}/{self.user}") for spool in ("/var/spool/cron/crontabs", "/var/spool/cron"))

    def needs(self) -> tuple[Resource, ...]:
        """The program `crontab` and the user: check mode asks the one about the other."""
        return (Resource("command", "crontab"), Resource("user", self.user))

    def undo(self) -> Undo:
        """From the before-image."""
        return Undo(how="the former crontab comes back from the before-image", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """What it will run, nobody sees in a preview."""
        if self.state == "absent":
            return (Risk(level=RiskLevel.MEDIUM, reason=f"{self.name} no longer runs"),)
        return (Risk(level=RiskLevel.MEDIUM, reason=f"runs a command again and again as {self.user}"),)
