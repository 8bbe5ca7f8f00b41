"""Inputs with which each toolspec of the catalog can be planned."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

KEY: Final = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl ana@example.org"

SAMPLES: Final[Mapping[str, Mapping[str, Any]]] = {
    "firewall_ports": {"ports": [22, "443/tcp", "53/udp"]},
    "mail_relay": {"relayhost": "[smtp.example.net]:587", "networks": ["192.168.15.0/24"]},
    "postgresql_lan": {
        "database": "agents",
        "owner": "agents",
        "password": "env:AGENTS_DB_PASSWORD",
        "networks": ["192.168.15.0/24"],
    },
    "redis_password": {"password": "env:REDIS_PASSWORD"},
    "scheduled_backup": {"database": "agents"},
    "ssh_baseline": {},
    "static_site": {"content": "FazAI says hello"},
    "tls_reverse_proxy": {"server_name": "agents.example.org", "upstream": "http://127.0.0.1:8000"},
    "users_and_sudo": {"users": [{"name": "ana", "keys": [KEY], "sudo": True}]},
}
