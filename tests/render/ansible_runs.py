"""A rendered tree on disk, and Ansible's own programs over it."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from fazai.render import Rendered

PROGRAMS = Path(sys.executable).parent


def write(rendered: Rendered, root: Path) -> Path:
    for name, text in rendered.files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def run(root: Path, program: str, *argv: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The program in `root`, with nothing of this user's Ansible settings."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("ANSIBLE_")},
        "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
        "ANSIBLE_HOME": str(root / ".ansible-home"),
        "ANSIBLE_ROLES_PATH": "roles",
        "ANSIBLE_NOCOLOR": "1",
        "LC_ALL": "C.UTF-8",
        **(env or {}),
    }
    return subprocess.run([program, *argv], cwd=root, env=environment, capture_output=True, text=True, timeout=300, check=False)


def play_here(root: Path, playbook: str, *argv: str, env: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The playbook on this machine, without becoming anybody."""
    (root / "hosts.ini").write_text(f"localhost ansible_connection=local ansible_python_interpreter={sys.executable}\n")
    return run(root, "ansible-playbook", "-i", "hosts.ini", "-e", "ansible_become=false", playbook, *argv, env=env)
