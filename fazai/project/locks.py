"""One process at a time: for the project's files, and for each host.

Locks are `flock`s, so that they go when their process goes, however it ended.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from fazai.diagnostic import ExitCode, FazaiError, Finding
from fazai.project.files import private_directory


class HostsBusy(FazaiError):
    """Another process runs on one of these hosts."""

    exit_code = ExitCode.NOT_APPROVED


@contextmanager
def hold_project(state: Path) -> Iterator[None]:
    """Hold the project's files for a short while; waits for another process that holds them."""
    private_directory(state)
    with (state / "lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def hold_hosts(state: Path, hosts: Sequence[str]) -> Iterator[None]:
    """Hold hosts for a run. Raises `HostsBusy`, holding none, when another process has one of them."""
    directory = private_directory(state / "locks")
    with ExitStack() as stack:
        for host in sorted(hosts):
            file = stack.enter_context((directory / _file_name(host)).open("a+"))
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                raise HostsBusy(
                    Finding(
                        summary="Another run is on this host",
                        detail=f"{host} is held by process {file.read().strip() or 'unknown'}.",
                        remedy="Wait until it has ended; `fazai runs list` shows it.",
                    )
                ) from None
            file.truncate(0)
            file.write(f"{os.getpid()}\n")
            file.flush()
        yield


def _file_name(host: str) -> str:
    return hashlib.sha256(host.encode()).hexdigest()[:32]
