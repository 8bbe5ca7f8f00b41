"""The one place that calls podman."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.hosts.errors import HostsError
from tests.hosts.machine import last_line
from tests.hosts.settings import VARIABLE


@dataclass(frozen=True)
class Podman:
    conf: Path

    @property
    def environment(self) -> dict[str, str]:
        """What a program that calls podman itself needs in its environment."""
        return {VARIABLE: str(self.conf)}

    def __call__(
        self, *argv: str, stdin: str | None = None, check: bool = True, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        command = ["podman", *argv]
        environment = {**os.environ, **self.environment}
        try:
            done = subprocess.run(
                command,
                env=environment,
                check=False,
                input=stdin or "",
                capture_output=True,
                text=True,
                errors="replace",
                timeout=timeout,
            )
        except subprocess.TimeoutExpired as late:
            raise HostsError(f"`{' '.join(command)}` did not end within {timeout:g} s") from late
        if check and done.returncode != 0:
            said = last_line(done.stderr or done.stdout)
            raise HostsError(f"`{' '.join(command)}` ended with {done.returncode}: {said}")
        return done

    def lines(self, *argv: str) -> Sequence[str]:
        return self(*argv).stdout.split()
