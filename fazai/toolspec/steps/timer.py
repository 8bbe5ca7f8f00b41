"""A command at certain times: a systemd timer and the service that it starts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field, model_validator

from fazai.expression import has_expression
from fazai.task import Task
from fazai.text import AbsolutePath, UnixName, form
from fazai.toolspec.step import STEPS, Prediction, Resource, Risk, RiskLevel, Step, Undo
from fazai.toolspec.steps import _units

Stem = Annotated[str, AfterValidator(form(r"[A-Za-z0-9][A-Za-z0-9_.-]*", "a unit name without its suffix"))]
Calendar = Annotated[
    str, AfterValidator(form(r"[A-Za-z0-9 *,:/.~_+-]+", "a time of systemd.time, such as *-*-* 02:30:00 or Mon..Fri 08:00"))
]
Span = Annotated[str, AfterValidator(form(r"[0-9]+ ?(us|ms|s|sec|min|h|d|w)?", "a time span, such as 15min"))]
VariableName = Annotated[str, AfterValidator(form(r"[A-Za-z_][A-Za-z0-9_]*", "a variable's name"))]


def _plain_path(path: str) -> str:
    if any(mark in path for mark in " %\\\"'"):
        raise ValueError("must not hold spaces, quotes, % or backslashes, which mean something to systemd")
    return path


UnitPath = Annotated[AbsolutePath, AfterValidator(lambda path: path if has_expression(path) else _plain_path(path))]


@STEPS.register
class Timer(Step):
    """NAME.timer starts NAME.service at `on_calendar`; or neither is there."""

    kind: ClassVar[str] = "timer"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    name: Stem = Field(description="Of the timer and the service, without a suffix")
    description: _units.UnitValue | None = Field(default=None, description="What it does, in a few words")
    on_calendar: Calendar | None = Field(default=None, description="When, as in *-*-* 02:30:00")
    argv: tuple[_units.UnitWord, ...] = Field(default=(), description="The program's absolute path and its arguments; no shell")
    user: UnixName = "root"
    group: UnixName | None = None
    environment: Mapping[VariableName, _units.UnitWord] = Field(default_factory=dict)
    environment_file: UnitPath | None = Field(default=None, description="A file of NAME=value lines: the place for secrets")
    working_directory: UnitPath | None = None
    persistent: bool = Field(default=True, description="Make up for a time that passed while the host was off")
    randomized_delay: Span | None = Field(
        default=None, description="Start up to this much later, so that hosts do not all start at once"
    )
    state: Literal["present", "absent"] = "present"

    @model_validator(mode="after")
    def _fits(self) -> Timer:
        if self.state == "present":
            if self.on_calendar is None or not self.argv:
                raise ValueError("say on_calendar and argv")
            if not self.argv[0].startswith(("/", "{{")):
                raise ValueError("the program in argv must be an absolute path")
        elif self.on_calendar is not None or self.argv:
            raise ValueError("an absent timer has a name only")
        return self

    @property
    def paths(self) -> tuple[str, str]:
        """Where the service and the timer are."""
        return f"{_units.DIRECTORY}/{self.name}.service", f"{_units.DIRECTORY}/{self.name}.timer"

    def default_title(self) -> str:
        """Schedule nightly-report."""
        return f"{'Schedule' if self.state == 'present' else 'Unschedule'} {self.name}"

    def tasks(self) -> Sequence[Task]:
        """The service first, since systemd looks for it when it judges the timer."""
        service, timer = self.paths
        if self.state == "absent":
            removed = [
                Task(name=f"Remove {path}", module="ansible.builtin.file", args={"path": path, "state": "absent"})
                for path in (timer, service)
            ]
            return [_units.stop_task(f"{self.name}.timer"), *removed, _units.reload_task()]
        return [
            self._file(service, f"{self.name}.service", self._service_text()),
            self._file(timer, f"{self.name}.timer", self._timer_text()),
            _units.state_task(self.heading, f"{self.name}.timer", "started", enabled=True),
        ]

    @staticmethod
    def _file(path: str, unit: str, content: str) -> Task:
        args: dict[str, Any] = {
            "content": content,
            "dest": path,
            "owner": "root",
            "group": "root",
            "mode": "0644",
            "validate": _units.validator(unit),
        }
        return Task(name=f"Write {path}", module="ansible.builtin.copy", args=args)

    def _service_text(self) -> str:
        lines = ["[Unit]", f"Description={self._about()}", "", "[Service]", "Type=oneshot", f"User={self.user}"]
        if self.group is not None:
            lines.append(f"Group={self.group}")
        if self.working_directory is not None:
            lines.append(f"WorkingDirectory={self.working_directory}")
        if self.environment_file is not None:
            lines.append(f"EnvironmentFile={self.environment_file}")
        lines += [f'Environment="{name}={value}"' for name, value in self.environment.items()]
        lines.append("ExecStart=" + " ".join(f'"{word}"' for word in self.argv))
        return "\n".join(lines) + "\n"

    def _timer_text(self) -> str:
        lines = ["[Unit]", f"Description={self._about()}", "", "[Timer]", f"OnCalendar={self.on_calendar}"]
        lines.append(f"Persistent={'true' if self.persistent else 'false'}")
        if self.randomized_delay is not None:
            lines.append(f"RandomizedDelaySec={self.randomized_delay}")
        return "\n".join([*lines, "", "[Install]", "WantedBy=timers.target"]) + "\n"

    def _about(self) -> str:
        return self.description or self.name

    def touches(self) -> tuple[Resource, ...]:
        """Both unit files, and the timer's state."""
        return (*(Resource("path", path) for path in self.paths), Resource("service", f"{self.name}.timer"))

    def needs(self) -> tuple[Resource, ...]:
        """Nothing: check mode writes no file, so it does not look for the program or the user either."""
        return ()

    def provides(self) -> tuple[Resource, ...]:
        """What it touches, and the service by both its names."""
        if self.state == "absent":
            return ()
        return (*self.touches(), Resource("service", f"{self.name}.service"), Resource("service", self.name))

    def undo(self) -> Undo:
        """From the before-image."""
        return Undo(how="the former unit files and the timer's state come back", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """What it will run, nobody sees in a preview."""
        if self.state == "absent":
            return (Risk(level=RiskLevel.MEDIUM, reason=f"{self.name} no longer runs"),)
        return (Risk(level=RiskLevel.MEDIUM, reason=f"runs a command again and again as {self.user}"),)
