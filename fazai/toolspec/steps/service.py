"""A service of the init system: running or stopped, started at boot or not.

`reloaded` and `restarted` are for handlers alone: as a step they would change something at every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Literal

from pydantic import Field, model_validator

from fazai.task import Platform, Task
from fazai.text import UnitName
from fazai.toolspec.step import STEPS, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo
from fazai.toolspec.steps._units import LIFELINES

# Bringing one of these up may shut out whoever its rules forget; without it, everything is open.
FIREWALLS = frozenset({"nftables", "firewalld", "ufw", "iptables", "ip6tables", "netfilter-persistent"})
HANDLER_ONLY = frozenset({"reloaded", "restarted"})


@STEPS.register
class Service(Step):
    """State of a service now, and at boot."""

    kind: ClassVar[str] = "service"
    prediction: ClassVar[Prediction] = Prediction.AFTER_NEEDS

    name: UnitName | None = Field(default=None, description="The unit's name, where it is the same on every platform")
    debian: UnitName | None = Field(default=None, description="Its name on Debian and its family, where it differs")
    redhat: UnitName | None = Field(default=None, description="Its name on RedHat and its family, where it differs")
    state: Literal["started", "stopped", "reloaded", "restarted"] | None = None
    enabled: bool | None = Field(default=None, description="Whether it starts at boot")

    @model_validator(mode="after")
    def _says_something(self) -> Service:
        if not (self.name or self.debian or self.redhat):
            raise ValueError("a service needs a name")
        if self.state is None and self.enabled is None:
            raise ValueError("say state, enabled, or both")
        return self

    def name_on(self, platform: Platform) -> str | None:
        """The unit's name on a platform; None where it has none there."""
        return (self.debian if platform is Platform.DEBIAN else self.redhat) or self.name

    def default_title(self) -> str:
        """Start nginx; Reload nginx; Enable nginx."""
        verb = {"started": "Start", "stopped": "Stop", "reloaded": "Reload", "restarted": "Restart"}
        word = verb[self.state] if self.state else ("Enable" if self.enabled else "Disable")
        return f"{word} {self.name or self.debian or self.redhat}"

    def tasks(self) -> Sequence[Task]:
        """One task where the name is the same everywhere, else one for each platform."""
        if self.debian is None and self.redhat is None:
            return [self._task(str(self.name), None)]
        named = [(platform, self.name_on(platform)) for platform in Platform]
        return [self._task(name, platform) for platform, name in named if name]

    def _task(self, name: str, platform: Platform | None) -> Task:
        args: dict[str, Any] = {"name": name}
        if self.state is not None:
            args["state"] = self.state
        if self.enabled is not None:
            args["enabled"] = self.enabled
        return Task(name=self.heading, module="ansible.builtin.service", args=args, platform=platform)

    def touches(self) -> tuple[Resource, ...]:
        """The service, by each of its names."""
        names = {name for name in (self.name, self.debian, self.redhat) if name}
        return tuple(Resource("service", name) for name in sorted(names))

    def needs(self) -> tuple[Resource, ...]:
        """The unit must be there before its state can be looked at."""
        return self.touches()

    def undo(self) -> Undo:
        """Its former state and its former start at boot."""
        if self.state in HANDLER_ONLY:
            return Undo(how=f"a service that was {self.state} needs no undoing")
        return Undo(how="the service gets its former state back, now and at boot", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """Stopping what one logs in through is locking oneself out."""
        names = {resource.name.removesuffix(".service") for resource in self.touches()}
        named = ", ".join(sorted(names))
        high = RiskLevel.HIGH
        if self.state == "stopped" or self.enabled is False:
            if names & LIFELINES:
                return (Risk(level=high, reason=f"stops {named}, by which the host is reached", danger=Danger.LOCK_OUT),)
            if names & FIREWALLS:
                return (Risk(level=high, reason=f"leaves the host without {named}"),)
            return (Risk(level=RiskLevel.MEDIUM, reason=f"stops {named}"),)
        if names & FIREWALLS:
            return (Risk(level=high, reason=f"brings the rules of {named} into force", danger=Danger.LOCK_OUT),)
        if self.state == "restarted":
            if names & LIFELINES - {"ssh", "sshd"}:  # ssh keeps its open sessions over a restart
                return (Risk(level=high, reason=f"interrupts {named}, by which the host is reached", danger=Danger.LOCK_OUT),)
            return (Risk(level=RiskLevel.LOW, reason=f"interrupts {named} for a moment"),)
        return ()
