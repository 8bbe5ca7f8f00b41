"""The settings podman works with here, in a file of our own: nothing under /etc is touched.

Whoever talks to the hosts through podman (Ansible's connection plugin, Molecule, a person) needs the variable
CONTAINERS_CONF to name this file.
"""

import os
import resource
import tempfile
from pathlib import Path

from tests.hosts.machine import runtime

VARIABLE = "CONTAINERS_CONF"
MOST = 16384  # plenty for a test host, and below what podman lowers its own limits to


def cache() -> Path:
    """Where images and keys are kept: outside the clone, so that a fresh clone starts warm."""
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    folder = Path(base) / "fazai"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def containers_conf() -> str:
    # Without CAP_SYS_RESOURCE a container may not ask for more than this process has: podman's default does.
    nofile, nproc = (_hard(kind) for kind in (resource.RLIMIT_NOFILE, resource.RLIMIT_NPROC))
    return f"""\
[engine]
runtime = "{runtime()}"
cgroup_manager = "cgroupfs"
events_logger = "file"

[network]
network_backend = "netavark"

[containers]
log_driver = "k8s-file"
default_ulimits = ["nofile={nofile}:{nofile}", "nproc={nproc}:{nproc}"]
"""


def write_containers_conf() -> Path:
    path = cache() / "containers.conf"
    text = containers_conf()
    if not path.exists() or path.read_text() != text:
        write_whole(path, text)
    return path


def write_whole(path: Path, text: str) -> None:
    """Replace a file in one step: another test run may be reading it."""
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        file.write(text)
    Path(file.name).replace(path)


def _hard(kind: int) -> int:
    limit = resource.getrlimit(kind)[1]
    return MOST if limit == resource.RLIM_INFINITY else min(limit, MOST)
