"""The guard alone, with shell scripts for a playbook."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import fazai.run

pytestmark = pytest.mark.io
GUARD = Path(fazai.run.__file__).with_name("_guard.py")


def guarded(tmp_path: Path, script: str, parent: int | None = None) -> subprocess.Popen[str]:
    private = tmp_path / "private"
    private.mkdir()
    (private / "secret").write_text("x")
    argv = [sys.executable, "-I", "-S", str(GUARD), str(parent or os.getpid()), str(private), "/bin/sh", "-c", script]
    return subprocess.Popen(argv, stdout=subprocess.PIPE, text=True)


def gone(pid: int) -> bool:
    until = time.monotonic() + 5
    while time.monotonic() < until and Path(f"/proc/{pid}").exists():
        time.sleep(0.02)
    return not Path(f"/proc/{pid}").exists()


@pytest.mark.parametrize(("script", "status"), [("exit 0", 0), ("exit 4", 4), ("kill -9 $$", 137)])
def test_its_exit_status_is_the_playbooks(tmp_path: Path, script: str, status: int) -> None:
    with guarded(tmp_path, script) as process:
        assert process.wait(10) == status
    assert (tmp_path / "private").exists()


def test_a_prompt_gets_no_answer_instead_of_waiting(tmp_path: Path) -> None:
    with guarded(tmp_path, "read answer || exit 9") as process:
        assert process.wait(10) == 9


def test_what_left_the_group_is_stopped_as_well(tmp_path: Path) -> None:
    script = "setsid sh -c 'trap \"\" TERM; echo $$; sleep 100' & wait"
    with guarded(tmp_path, script) as process:
        assert process.stdout is not None
        process.stdout.readline()
        hidden = int(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 128 + signal.SIGTERM
        assert gone(hidden)


def test_sigint_means_at_once(tmp_path: Path) -> None:
    with guarded(tmp_path, "trap '' TERM; echo up; while :; do sleep 1; done") as process:
        assert process.stdout is not None
        process.stdout.readline()
        process.stdout.readline()
        begin = time.monotonic()
        process.send_signal(signal.SIGTERM)
        time.sleep(0.2)
        assert process.poll() is None
        process.send_signal(signal.SIGINT)
        assert process.wait(10) == 128 + signal.SIGKILL
        assert time.monotonic() - begin < 3


def test_without_its_parent_it_starts_nothing(tmp_path: Path) -> None:
    with guarded(tmp_path, f"touch {tmp_path}/started", parent=1) as process:
        assert process.wait(10) == 128 + signal.SIGTERM
    assert not (tmp_path / "started").exists()


def test_what_a_run_leaves_behind_on_purpose_stays(tmp_path: Path) -> None:
    """An ssh connection that is kept for the next run is no orphan."""
    with guarded(tmp_path, "setsid sh -c 'echo $$; exec sleep 30' & sleep 0.3") as process:
        assert process.stdout is not None
        process.stdout.readline()
        kept = int(process.stdout.readline())
        assert process.wait(10) == 0
    try:
        assert Path(f"/proc/{kept}").exists()
    finally:
        os.kill(kept, signal.SIGKILL)
