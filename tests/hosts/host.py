"""One running host, and how Ansible reaches it."""

import shlex
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from tests.hosts.podman import Podman

Connection = Literal["podman", "ssh"]
PYTHON = "/usr/bin/python3"


@dataclass(frozen=True, kw_only=True)
class Host:
    name: str
    """What its neighbours and the inventory call it."""
    container: str
    """What podman calls it; differs between test runs."""
    ip: str
    key: Path
    known_hosts: Path
    podman: Podman = field(repr=False)

    def exec(
        self, argv: Sequence[str], *, stdin: str | None = None, check: bool = True, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        """Run a program on the host as root, without a shell. With `check` its failure is a `HostsError`."""
        interactive = [] if stdin is None else ["-i"]
        return self.podman("exec", *interactive, self.container, *argv, stdin=stdin, check=check, timeout=timeout)

    def inventory_line(self, connection: Connection) -> str:
        """This host as a line of an INI inventory."""
        variables = {"ansible_python_interpreter": PYTHON, **self._connection(connection)}
        return " ".join([self.name, *(f"{name}={shlex.quote(value)}" for name, value in variables.items())])

    def _connection(self, connection: Connection) -> dict[str, str]:
        if connection == "podman":
            return {"ansible_connection": "containers.podman.podman", "ansible_host": self.container}
        # The host key is known beforehand, so the strictest setting works, as it should in production.
        options = {
            "UserKnownHostsFile": str(self.known_hosts),
            "StrictHostKeyChecking": "yes",
            "IdentitiesOnly": "yes",
        }
        return {
            "ansible_connection": "ssh",
            "ansible_host": self.ip,
            "ansible_user": "root",
            "ansible_ssh_private_key_file": str(self.key),
            "ansible_ssh_common_args": " ".join(f"-o {name}={value}" for name, value in options.items()),
        }
