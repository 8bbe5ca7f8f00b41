"""Two processes are never on one host at once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from fazai.project import HostsBusy, hold_hosts

pytestmark = pytest.mark.io

HOLDER = """
import sys
from pathlib import Path
from fazai.project import hold_hosts
with hold_hosts(Path(sys.argv[1]), ["web1", "db1"]):
    print("held", flush=True)
    sys.stdin.read()
"""


def test_a_held_host_is_refused_and_the_holder_named(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(HostsBusy, match=f"web1 is held by process {process.pid}"), hold_hosts(tmp_path, ["web1"]):
        pass
    with hold_hosts(tmp_path, ["other"]):
        pass
    process.kill()
    process.communicate()
    with hold_hosts(tmp_path, ["web1", "db1"]):
        pass


def test_a_refused_run_holds_nothing(tmp_path: Path) -> None:
    with hold_hosts(tmp_path, ["b"]):
        with pytest.raises(HostsBusy), hold_hosts(tmp_path, ["a", "b"]):
            pass
        with hold_hosts(tmp_path, ["a"]):
            pass
