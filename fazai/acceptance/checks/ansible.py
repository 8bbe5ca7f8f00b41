"""Ansible still reaches the host and can run modules there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task


@CHECKS.register
class AnsibleReach(Check):
    """`ansible: {ping: true}`: login, privilege and Python work."""

    kind: ClassVar[str] = "ansible"

    ping: Literal[True] = Field(default=True, description="Ansible's ping: it logs in and runs a module")

    def title(self) -> str:
        """Ansible reaches the host."""
        return "Ansible reaches the host"

    def tasks(self) -> Sequence[Task]:
        """One `ping`."""
        return [Task(name=self.title(), module="ansible.builtin.ping", register="probe")]

    def observation(self, result: Mapping[str, Any]) -> Any:
        """Whether it answered."""
        return result.get("ping") == "pong"
