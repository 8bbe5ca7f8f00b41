"""How hosts are written down for Ansible."""

from pathlib import Path

import pytest

from tests.hosts import Fleet, Host
from tests.hosts.podman import Podman

PODMAN = Podman(Path("/conf"))


@pytest.fixture
def host() -> Host:
    return Host(
        name="web1",
        container="fazai-1-web1",
        ip="10.0.0.2",
        key=Path("/keys/id"),
        known_hosts=Path("/keys/known_hosts"),
        podman=PODMAN,
    )


def test_the_podman_connection_names_the_container(host: Host) -> None:
    assert host.inventory_line("podman") == (
        "web1 ansible_python_interpreter=/usr/bin/python3 ansible_connection=containers.podman.podman ansible_host=fazai-1-web1"
    )


def test_the_ssh_connection_trusts_only_the_known_key(host: Host) -> None:
    line = host.inventory_line("ssh")
    assert "ansible_host=10.0.0.2 ansible_user=root ansible_ssh_private_key_file=/keys/id" in line
    assert line.endswith(
        "ansible_ssh_common_args='-o UserKnownHostsFile=/keys/known_hosts -o StrictHostKeyChecking=yes -o IdentitiesOnly=yes'"
    )


def test_programs_that_call_podman_are_told_of_its_settings(host: Host) -> None:
    fleet = Fleet(
        run="1",
        network="fazai-1",
        gateway="10.0.0.1",
        members={"web1": host},
        folder=Path("/keys"),
        podman=PODMAN,
    )
    assert fleet.environment == {"CONTAINERS_CONF": "/conf"}
    assert fleet.inventory_lines("podman") == [host.inventory_line("podman")]
