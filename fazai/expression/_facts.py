"""The facts a toolspec or a check may name, and where Ansible keeps them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True)
class Fact:
    """A fact by our name: Ansible's expression for it, and the subset of `setup` that gathers it."""

    expression: str
    subset: str = "min"
    help: str = ""


FACTS: Final[Mapping[str, Fact]] = {
    "platform": Fact("ansible_facts['os_family'] | lower", help="debian or redhat"),
    "distribution": Fact("ansible_facts['distribution'] | lower", help="debian, ubuntu, rocky, ..."),
    "distribution_version": Fact("ansible_facts['distribution_version']"),
    "distribution_release": Fact("ansible_facts['distribution_release']", help="bookworm, ..."),
    "architecture": Fact("ansible_facts['architecture']"),
    "short_hostname": Fact("ansible_facts['hostname']", help="the host's own name up to the first dot"),
    "fqdn": Fact("ansible_facts['fqdn']"),
    "inventory_name": Fact("inventory_hostname", help="the host's name in the inventory"),
    "service_manager": Fact("ansible_facts['service_mgr']"),
    "selinux": Fact("ansible_facts['selinux']['status'] | default('disabled')", help="enabled or disabled"),
    "over_ssh": Fact("ansible_connection | default('ssh') is search('ssh|smart')", help="whether Ansible reaches it by ssh"),
    "connecting_user": Fact(
        "ansible_facts['env']['SUDO_USER'] | default(ansible_facts['user_id'])", help="the user Ansible logs in as, before sudo"
    ),
    "ssh_port": Fact("ansible_port | default(22)", help="the port Ansible connects to"),
    "default_ipv4": Fact("ansible_facts['default_ipv4']['address']", "network"),
    "default_ipv6": Fact("ansible_facts['default_ipv6']['address']", "network"),
    "default_interface": Fact("ansible_facts['default_ipv4']['interface']", "network"),
    "cpus": Fact("ansible_facts['processor_vcpus']", "hardware"),
    "memory_mb": Fact("ansible_facts['memtotal_mb']", "hardware"),
}
