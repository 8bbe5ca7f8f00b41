"""A package of the distribution is installed, or is not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Literal

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import PackageName


@CHECKS.register
class PackageState(Check):
    """Asked through check mode: Ansible would change nothing, so it is so."""

    kind: ClassVar[str] = "package"

    name: PackageName
    state: Literal["present", "absent"] = "present"

    def title(self) -> str:
        """Package is present: nginx."""
        return f"Package is {self.state}: {self.name}"

    def tasks(self) -> Sequence[Task]:
        """The package module in check mode, failed when it would change something."""
        return [
            Task(
                name=self.title(),
                module="ansible.builtin.package",
                args={"name": self.name, "state": self.state},
                register="probe",
                check_mode=True,
                failed_when="probe is failed or probe is changed",
            )
        ]

    def observation(self, result: Mapping[str, Any]) -> Any:
        """Whether it is as the check says."""
        return not (result.get("failed", False) or result.get("changed", False))
