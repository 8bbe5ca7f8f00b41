"""A service runs, or is stopped, now and at boot."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import UnitName


@CHECKS.register
class ServiceState(Check):
    """Asked through check mode: Ansible would change nothing, so it is so."""

    kind: ClassVar[str] = "service"

    name: UnitName
    state: Literal["started", "stopped"] = "started"
    enabled: bool | None = None

    def title(self) -> str:
        """Service nginx is started, and at boot."""
        at_boot = "" if self.enabled is None else (", and at boot" if self.enabled else ", and not at boot")
        return f"Service {self.name} is {self.state}{at_boot}"

    def tasks(self) -> Sequence[Task]:
        """The service module in check mode, failed when it would change something."""
        args: dict[str, Any] = {"name": self.name, "state": self.state}
        if self.enabled is not None:
            args["enabled"] = self.enabled
        return [
            Task(
                name=self.title(),
                module="ansible.builtin.service",
                args=args,
                register="probe",
                check_mode=True,
                failed_when="probe is failed or probe is changed",
            )
        ]

    def observation(self, result: Mapping[str, Any]) -> Any:
        """Its state in systemd's own words, where systemd runs it."""
        status = result.get("status") or {}
        return {name: status.get(name) for name in ("ActiveState", "UnitFileState")}
