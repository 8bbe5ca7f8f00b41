"""What can be known of an inventory before Ansible reads it."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from fazai.diagnostic import Finding, Severity, UsageError, Where


def is_host_list(source: str) -> bool:
    """Whether it names hosts itself, as in `web1,web2` or `localhost,`, instead of a file."""
    return "," in source


def target_of(host: str, variables: Mapping[str, Any]) -> str:
    """How a host is reached, as its variables say; what they leave to ansible.cfg is left out."""
    address = _first(variables, "ansible_host", "ansible_ssh_host") or host
    port = _first(variables, "ansible_port", "ansible_ssh_port")
    way = _first(variables, "ansible_connection")
    return f"{way} {address}{':' if port else ''}{port}".strip()


def _first(variables: Mapping[str, Any], *names: str) -> str:
    return next((str(variables[name]) for name in names if variables.get(name) is not None), "")


def require_inventory(sources: Sequence[str]) -> None:
    """Raises `UsageError` naming every file or directory that is not there or cannot be read."""
    findings = [
        Finding(
            summary="The inventory cannot be read",
            detail=f"{source} {_why_not(Path(source))}.",
            where=Where(file=source),
            remedy="Name a file or directory that exists and that you may read, or hosts with a comma, as in localhost,",
        )
        for source in sources
        if not is_host_list(source) and not os.access(source, os.R_OK)
    ]
    if findings:
        raise UsageError(*findings)


def _why_not(path: Path) -> str:
    return "may not be read by you" if path.exists() else "does not exist"


def inventory_findings(sources: Iterable[str]) -> list[Finding]:
    """A warning for each executable in an inventory directory: Ansible would run it to ask for hosts."""
    return [
        Finding(
            severity=Severity.WARNING,
            summary="The inventory would run a program",
            detail=f"{entry} is executable, so Ansible runs it and takes its output for hosts.",
            where=Where(file=str(entry)),
            remedy=f"If it is not meant as an inventory script: chmod -x {entry.name}, or move it elsewhere.",
        )
        for source in sources
        if not is_host_list(source) and Path(source).is_dir()
        for entry in sorted(Path(source).iterdir())
        if entry.is_file() and os.access(entry, os.X_OK) and not entry.name.startswith(".")
    ]
