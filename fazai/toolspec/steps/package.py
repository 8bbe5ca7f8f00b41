"""Packages of the distribution, present or absent."""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field, model_validator

from fazai.task import Platform, Task
from fazai.text import PackageName
from fazai.toolspec.step import ANYTHING, STEPS, Danger, Prediction, Resource, Risk, RiskLevel, Step, Undo

# Without these a host can no longer be reached or managed.
LIFELINES = frozenset({"openssh-server", "sudo", "python3", "systemd", "network-manager", "NetworkManager", "ifupdown"})


@STEPS.register
class Package(Step):
    """Install or remove packages; the index is refreshed when it is older than an hour."""

    kind: ClassVar[str] = "package"

    names: tuple[PackageName, ...] = Field(default=(), description="Names that are the same on every platform")
    debian: tuple[PackageName, ...] = Field(default=(), description="Names on Debian and its family")
    redhat: tuple[PackageName, ...] = Field(default=(), description="Names on RedHat and its family")
    state: Literal["present", "absent"] = "present"

    @model_validator(mode="after")
    def _names_something(self) -> Package:
        if not (self.names or self.debian or self.redhat):
            raise ValueError("name a package: in names, debian or redhat")
        return self

    def names_on(self, platform: Platform) -> tuple[str, ...]:
        """What is installed on a platform: the common names and its own."""
        own = self.debian if platform is Platform.DEBIAN else self.redhat
        return (*self.names, *own)

    def default_title(self) -> str:
        """Install nginx."""
        verb = "Install" if self.state == "present" else "Remove"
        names = self.names or self.debian or self.redhat
        return f"{verb} {', '.join(names)}"

    def tasks(self) -> Sequence[Task]:
        """One task for each platform that has names; each refreshes its own package manager's index."""
        return [
            task
            for platform, task in (
                (Platform.DEBIAN, self._apt()),
                (Platform.REDHAT, self._dnf()),
            )
            if self.names_on(platform)
        ]

    def _apt(self) -> Task:
        refresh = {"update_cache": True, "cache_valid_time": 3600} if self.state == "present" else {}
        return Task(
            name=self.heading,
            module="ansible.builtin.apt",
            args={"name": list(self.names_on(Platform.DEBIAN)), "state": self.state, **refresh},
            platform=Platform.DEBIAN,
        )

    def _dnf(self) -> Task:
        return Task(
            name=self.heading,
            module="ansible.builtin.dnf",
            args={"name": list(self.names_on(Platform.REDHAT)), "state": self.state},
            platform=Platform.REDHAT,
        )

    def touches(self) -> tuple[Resource, ...]:
        """The packages; what they bring along is their maintainers' affair."""
        return tuple(Resource("package", name) for name in (*self.names, *self.debian, *self.redhat))

    def provides(self) -> tuple[Resource, ...]:
        """Services, files, users: nobody can say from outside."""
        return (*self.touches(), ANYTHING)

    def predicted(self) -> Prediction:
        """One that is to be absent may first be brought by an earlier step."""
        return Prediction.AFTER_NEEDS if self.state == "absent" else self.prediction

    def needs(self) -> tuple[Resource, ...]:
        """Nothing, or the package itself where it is to be absent."""
        return self.touches() if self.state == "absent" else ()

    def undo(self) -> Undo:
        """What was not installed before is removed again; what was removed is installed again."""
        inverse = "removed" if self.state == "present" else "installed again"
        return Undo(how=f"packages that this step changed are {inverse}", restores=self.touches())

    def risks(self) -> tuple[Risk, ...]:
        """Removal can take data and other packages along."""
        if self.state == "present":
            return ()
        patterns = [re.split("[:=]", resource.name)[0] for resource in self.touches()]
        lifelines = sorted(name for name in LIFELINES if any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns))
        if lifelines:
            return (Risk(level=RiskLevel.HIGH, reason=f"removes {', '.join(lifelines)}", danger=Danger.LOCK_OUT),)
        return (Risk(level=RiskLevel.MEDIUM, reason="removes packages and what depends on them"),)
