"""What this machine must have before it can make hosts, and installing it where that is allowed."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from tests.hosts.errors import Unavailable

RUNTIMES = {"runc", "crun"}
# A file that each package brings, since /usr/sbin need not be on the path and some bring no command.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "podman": ("/usr/bin/podman",),
    "runc": ("/usr/sbin/runc", "/usr/bin/runc"),
    "crun": ("/usr/bin/crun",),
    "netavark": ("/usr/lib/podman/netavark", "/usr/libexec/podman/netavark"),
    "aardvark-dns": ("/usr/lib/podman/aardvark-dns", "/usr/libexec/podman/aardvark-dns"),
    "iptables": ("/usr/sbin/iptables",),
    "mmdebstrap": ("/usr/bin/mmdebstrap",),
    "zstd": ("/usr/bin/zstd",),
    "openssh-client": ("/usr/bin/ssh-keygen",),
}


def in_ci() -> bool:
    """Whether nobody is watching: then missing packages are installed, and a missing machine is a failure."""
    return os.environ.get("CI", "").lower() in {"1", "true", "yes"}


def missing() -> list[str]:
    """The Debian packages that are not here."""
    needed = NEEDS.keys() - (RUNTIMES - {runtime()})
    return [name for name in NEEDS if name in needed and not any(Path(file).exists() for file in NEEDS[name])]


def runtime() -> str:
    """The program that starts containers here.

    crun refuses hybrid cgroups (v1 beside v2); runc does not know pure v2 as well as crun does.
    """
    return "crun" if Path("/sys/fs/cgroup/cgroup.controllers").exists() else "runc"


def require() -> None:
    """Return when this machine has all that hosts need; under CI, after installing what it lacks."""
    if os.geteuid() != 0:
        raise Unavailable("systemd hosts need root")
    packages = missing()
    if not packages:
        return
    if not in_ci():
        raise Unavailable(f"not installed: {' '.join(packages)} (apt-get install them, or set CI=true)")
    install(packages)


def install(packages: list[str]) -> None:
    if shutil.which("apt-get") is None:
        raise Unavailable(f"not installed, and there is no apt-get to install them: {' '.join(packages)}")
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    steps = [
        ["apt-get", "update", "-q"],
        ["apt-get", "install", "-yq", "--no-install-recommends", *packages],
    ]
    for step in steps:
        done = subprocess.run(step, check=False, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if done.returncode != 0:
            raise Unavailable(f"`{' '.join(step)}` failed: {last_line(done.stderr or done.stdout)}")


def last_line(text: str) -> str:
    """The line of a program's output that most likely says what went wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no output"
