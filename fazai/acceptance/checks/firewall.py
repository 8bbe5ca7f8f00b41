"""The host's own packet filter lets in what it should, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import cache
from importlib import resources
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, Field

from fazai.acceptance.check import CHECKS, Check
from fazai.task import Task
from fazai.text import form

Opening = Annotated[str, AfterValidator(form(r"[0-9]{1,5}(-[0-9]{1,5})?/(tcp|udp)", "a port and its protocol, such as 22/tcp"))]


@CHECKS.register
class Firewall(Check):
    """Exactly these ports are open to strangers, by the ruleset that the kernel has, whoever wrote it."""

    kind: ClassVar[str] = "firewall"

    open: tuple[Opening, ...] = Field(default=(), description="Every open port, as in [22/tcp, 443/tcp]")
    default: Literal["deny", "accept"] = Field(default="deny", description="What becomes of all other packets")

    def title(self) -> str:
        """Firewall lets in 22/tcp, 443/tcp alone."""
        return f"Firewall lets in {', '.join(self.open) or 'nothing'}" + (" alone" if self.default == "deny" else "")

    def tasks(self) -> Sequence[Task]:
        """A small program reads nftables on the host; it only asks."""
        judged = "(probe.stdout | from_json)"
        failing = f"{judged}.default != wanted_default"
        if self.default == "deny":
            failing += f" or {judged}.open | sort != wanted_open | sort"
        return [
            Task(
                name=self.title(),
                module="ansible.builtin.command",
                args={"argv": ["python3", "-"], "stdin": program()},
                register="probe",
                variables={"wanted_default": self.default, "wanted_open": list(self.open)},
                changed_when=False,
                failed_when=f"probe is failed or {failing}",
            )
        ]

    def observation(self, result: Mapping[str, Any]) -> Any:
        """What the program printed."""
        try:
            return json.loads(str(result.get("stdout")))
        except ValueError:
            return None


@cache
def program() -> str:
    """The text of the program that is sent to the host."""
    return resources.files(__package__).joinpath("_open_ports.py").read_text(encoding="utf-8")
