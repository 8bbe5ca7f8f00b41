"""A TCP port is open, or closed, as seen from the host itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import Line, Whole


@CHECKS.register
class Port(Check):
    """Something listens on a port of an address, or nothing does."""

    kind: ClassVar[str] = "port"

    number: Whole = Field(description="1 to 65535")
    address: Line = "127.0.0.1"
    state: Literal["open", "closed"] = "open"

    def title(self) -> str:
        """Port 8081 is open on 127.0.0.1."""
        return f"Port {self.number} is {self.state} on {self.address}"

    def tasks(self) -> Sequence[Task]:
        """`wait_for` gives a service ten seconds to come up, and one to go away."""
        return [
            Task(
                name=self.title(),
                module="ansible.builtin.wait_for",
                args={
                    "host": self.address,
                    "port": self.number,
                    "state": "started" if self.state == "open" else "stopped",
                    "connect_timeout": 3,
                    "timeout": 10 if self.state == "open" else 3,
                },
                register="probe",
            )
        ]

    def observation(self, result: Mapping[str, Any]) -> Any:
        """Whether it is as the check says."""
        return not result.get("failed", False)
