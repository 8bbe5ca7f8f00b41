"""What is left of a run whose fazai was killed: its playbook is on its way to its end, and must not meet another."""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

from fazai.diagnostic import Finding
from fazai.flow.world import World
from fazai.project import HostsBusy

_PATIENCE = 15.0  # seconds; the guard of a playbook gives it five
_PAUSE = 0.1


def await_remains(world: World, hosts: Sequence[str]) -> None:
    """Wait for playbooks of runs that were cut off on these hosts. Raises `HostsBusy` for one that does not end."""
    until = time.monotonic() + _PATIENCE
    for run in world.runs.cut_off():
        if run.pid is None or not set(run.limit) & set(hosts):
            continue
        while _is_guard(run.pid):
            if time.monotonic() > until:
                raise HostsBusy(
                    Finding(
                        summary="Something of a run that was cut off still runs",
                        detail=f"Process {run.pid}, of run {run.id}, is on {', '.join(run.limit)}.",
                        remedy=f"Wait, or end it: kill {run.pid}",
                    )
                )
            time.sleep(_PAUSE)


def _is_guard(pid: int) -> bool:
    """Whether it is a guard of ours, and not another process that got its number since."""
    try:
        return b"/_guard.py\0" in Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return False
