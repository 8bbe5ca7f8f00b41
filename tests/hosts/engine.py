"""Makes fleets and removes them."""

import functools
import json
import shutil
import subprocess
import time
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.hosts import image, machine, settings
from tests.hosts.errors import HostsError, Unavailable
from tests.hosts.fleet import Fleet
from tests.hosts.host import Host
from tests.hosts.podman import Podman

LABEL = "fazai.test"
# nft and ping on the host, and sudo's and sshd's audit messages. Not --privileged: with it, systemd would
# apply the image's kernel settings to the machine below.
CAPABILITIES = "NET_ADMIN,NET_RAW,AUDIT_WRITE"
BOOT_SECONDS = 120


@dataclass(frozen=True, kw_only=True)
class Engine:
    podman: Podman
    image: str

    @classmethod
    def ready(cls) -> "Engine":
        """An engine that has been seen to start a container, or `Unavailable`.

        Slow when something must be installed or built first (a minute), a second otherwise.
        """
        machine.require()
        podman = Podman(settings.write_containers_conf())
        try:
            podman("info")  # soonest to say that podman cannot work here at all
            name = image.ensure(podman)
            podman("run", "--rm", "--network=none", name, "true")
        except Unavailable:
            raise
        except HostsError as trouble:
            raise Unavailable(str(trouble)) from trouble
        return cls(podman=podman, image=name)

    @property
    def environment(self) -> dict[str, str]:
        """What to add to the environment of a program that calls podman itself."""
        return self.podman.environment

    @contextmanager
    def hosts(self, names: Sequence[str], *, network: str | None = None, options: Sequence[str] = ()) -> Iterator[Fleet]:
        """These hosts on a network of their own, booted; gone at the end, whatever happened."""
        run = uuid.uuid4().hex[:8]
        try:
            yield self.up(run, names, network=network, options=options)
        finally:
            self.down(run)

    def up(self, run: str, names: Sequence[str], *, network: str | None = None, options: Sequence[str] = ()) -> Fleet:
        """Boot hosts that stay until `down(run)`.

        `network` is their subnet (podman picks a free one otherwise), `options` go to `podman run`, for
        instance `--sysctl=net.ipv4.ip_forward=1`.
        """
        folder = _folder(run)
        folder.mkdir(parents=True)
        folder.chmod(0o700)
        key = _make_key(folder)
        subnet = [] if network is None else [f"--subnet={network}"]
        self.podman("network", "create", f"--label={LABEL}={run}", *subnet, f"fazai-{run}")
        start = functools.partial(self._start, run, key, options)
        with ThreadPoolExecutor(max_workers=4) as pool:
            members = {host.name: host for host in pool.map(start, names)}
        known = [f"{host.ip} {host.exec(['cat', '/etc/ssh/ssh_host_ed25519_key.pub']).stdout}" for host in members.values()]
        settings.write_whole(folder / "known_hosts", "".join(known))
        return Fleet(
            run=run,
            network=f"fazai-{run}",
            gateway=self._gateway(run),
            members=members,
            folder=folder,
            podman=self.podman,
        )

    def down(self, run: str) -> None:
        """Remove what bears this run's label, and nothing else."""
        label = f"--filter=label={LABEL}={run}"
        containers = self.podman.lines("ps", "--all", "--quiet", label)
        if containers:
            self.podman("rm", "--force", "--time=0", "--volumes", *containers)
        networks = self.podman.lines("network", "ls", "--quiet", label)
        if networks:
            self.podman("network", "rm", "--force", *networks)
        shutil.rmtree(_folder(run), ignore_errors=True)

    def runs(self) -> dict[str, list[str]]:
        """All runs with hosts on this machine, also other people's, and their hosts' names."""
        form = f'{{{{index .Labels "{LABEL}"}}}} {{{{index .Labels "{LABEL}.host"}}}}'
        found: dict[str, list[str]] = {}
        rows = self.podman("ps", "--all", f"--filter=label={LABEL}", f"--format={form}").stdout
        for row in rows.splitlines():
            run, _, name = row.partition(" ")
            found.setdefault(run, []).append(name)
        return {run: sorted(names) for run, names in sorted(found.items())}

    def _start(self, run: str, key: Path, options: Sequence[str], name: str) -> Host:
        container = f"fazai-{run}-{name}"
        self.podman(
            "run",
            "--detach",
            f"--name={container}",
            f"--hostname={name}",
            f"--network=fazai-{run}",
            f"--network-alias={name}",
            f"--label={LABEL}={run}",
            f"--label={LABEL}.host={name}",
            "--systemd=always",
            f"--cap-add={CAPABILITIES}",
            *options,
            self.image,
        )
        host = Host(
            name=name,
            container=container,
            ip=self._address(container, f"fazai-{run}"),
            key=key,
            known_hosts=key.with_name("known_hosts"),
            podman=self.podman,
        )
        _await_boot(host)
        public = key.with_suffix(".pub").read_text()
        host.exec(["sh", "-c", "umask 077; cat > /root/.ssh/authorized_keys"], stdin=public)
        return host

    def _address(self, container: str, network: str) -> str:
        found = json.loads(self.podman("inspect", container).stdout)
        return str(found[0]["NetworkSettings"]["Networks"][network]["IPAddress"])

    def _gateway(self, run: str) -> str:
        found = json.loads(self.podman("network", "inspect", f"fazai-{run}").stdout)
        return str(found[0]["subnets"][0]["gateway"])


def _await_boot(host: Host) -> None:
    # `is-system-running --wait` would do it alone, were there a bus to ask in the first moments.
    deadline = time.monotonic() + BOOT_SECONDS
    state = "unknown"
    while time.monotonic() < deadline:
        state = host.exec(["systemctl", "is-system-running"], check=False).stdout.strip() or state
        if state in {"running", "degraded"}:
            return
        time.sleep(0.1)
    raise HostsError(f"{host.name} is still `{state}` {BOOT_SECONDS} s after its start")


def _make_key(folder: Path) -> Path:
    key = folder / "id_ed25519"
    command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "fazai tests", "-f", str(key)]
    subprocess.run(command, check=True, stdin=subprocess.DEVNULL)
    return key


def _folder(run: str) -> Path:
    return settings.cache() / "hosts" / run
