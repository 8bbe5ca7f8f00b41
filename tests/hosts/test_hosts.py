"""The disposable hosts are hosts: what later tests take for granted."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hosts import Connection, Engine, Fleet, HostsError
from tests.hosts.engine import LABEL

pytestmark = pytest.mark.hosts


def test_every_host_boots_to_running(two_hosts: Fleet) -> None:
    states = {host.name: host.exec(["systemctl", "is-system-running"]).stdout.strip() for host in two_hosts}
    assert states == {"web1": "running", "db1": "running"}


def test_a_host_bears_its_name(two_hosts: Fleet) -> None:
    assert [host.exec(["uname", "-n"]).stdout.strip() for host in two_hosts] == ["web1", "db1"]


def test_neighbours_find_each_other_by_name(two_hosts: Fleet) -> None:
    seen = two_hosts["web1"].exec(["getent", "hosts", "db1"]).stdout
    assert seen.split()[0] == two_hosts["db1"].ip
    two_hosts["web1"].exec(["ping", "-c1", "-W5", "db1"])


def test_hosts_have_ssh_keys_of_their_own(two_hosts: Fleet) -> None:
    keys = {host.exec(["cat", "/etc/ssh/ssh_host_ed25519_key.pub"]).stdout.split()[1] for host in two_hosts}
    assert len(keys) == 2


@pytest.mark.parametrize("connection", ["ssh", "podman"])
def test_ansible_reaches_all_hosts(two_hosts: Fleet, connection: Connection, tmp_path: Path) -> None:
    inventory = two_hosts.write_inventory(connection)
    answer = _ansible(tmp_path, "-i", str(inventory), "all", "-m", "ansible.builtin.ping", "-o")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert answer.stdout.count('"ping": "pong"') == 2


def test_services_can_be_stopped_and_started(two_hosts: Fleet) -> None:
    host = two_hosts["db1"]
    host.exec(["systemctl", "stop", "cron"])
    assert host.exec(["systemctl", "is-active", "cron"], check=False).stdout.strip() == "inactive"
    host.exec(["systemctl", "start", "cron"])
    assert host.exec(["systemctl", "is-active", "cron"]).stdout.strip() == "active"


def test_a_host_has_a_packet_filter_of_its_own(two_hosts: Fleet) -> None:
    two_hosts["web1"].exec(["nft", "add", "table", "inet", "only_here"])
    assert "only_here" in two_hosts["web1"].exec(["nft", "list", "tables"]).stdout
    assert "only_here" not in two_hosts["db1"].exec(["nft", "list", "tables"]).stdout


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "service"),
    [("nginx-light", "nginx"), ("redis-server", "redis-server"), ("postgresql", "postgresql@15-main")],
)
def test_packaged_services_install_and_run(two_hosts: Fleet, package: str, service: str) -> None:
    host = two_hosts["db1"]
    install = ["apt-get", "install", "-yq", "--no-install-recommends", package]
    host.exec(["env", "DEBIAN_FRONTEND=noninteractive", *install], timeout=300)
    assert host.exec(["systemctl", "is-active", service]).stdout.strip() == "active"


def test_a_failing_program_says_so(two_hosts: Fleet) -> None:
    with pytest.raises(HostsError, match="No such file"):
        two_hosts["web1"].exec(["cat", "/nowhere"])
    assert two_hosts["web1"].exec(["false"], check=False).returncode == 1


def test_nothing_is_left_of_removed_hosts(host_engine: Engine) -> None:
    fleet = _fleet_of_a_failing_test(host_engine)
    label = f"--filter=label={LABEL}={fleet.run}"
    assert not host_engine.podman.lines("ps", "--all", "--quiet", label)
    assert not host_engine.podman.lines("network", "ls", "--quiet", label)
    assert not fleet.folder.exists()


def test_removal_spares_the_hosts_of_other_runs(two_hosts: Fleet, host_engine: Engine) -> None:
    with host_engine.hosts(["other"]):
        pass
    assert host_engine.runs()[two_hosts.run] == ["db1", "web1"]


def _fleet_of_a_failing_test(engine: Engine) -> Fleet:
    with contextlib.suppress(ZeroDivisionError), engine.hosts(["gone"]) as fleet:
        assert engine.runs()[fleet.run] == ["gone"]
        raise ZeroDivisionError
    return fleet


def _ansible(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    ansible = Path(sys.executable).with_name("ansible")
    return subprocess.run(
        [str(ansible), *arguments],
        check=False,
        cwd=folder,  # away from any ansible.cfg
        env={**os.environ, "ANSIBLE_LOCALHOST_WARNING": "False", "ANSIBLE_HOME": str(folder / "home")},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
