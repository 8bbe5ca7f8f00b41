"""Killed, told to end, or cut off: what is known is said, what is not known is said to be so."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.line.bench import Bench, project_here

pytestmark = pytest.mark.io

SLEEPER = """
inputs: {mark: {type: path, required: true}}
steps:
  - command: {argv: [sleep, "60"], creates: "{{ mark }}"}
accept:
  - file: {path: "{{ mark }}"}
"""


def interrupted_apply(root: Path, number: signal.Signals) -> tuple[Bench, int, str]:
    """An apply that is sent a signal while a task runs; its project, exit code, and what it said to stderr."""
    bench = project_here(root, SLEEPER, f"inputs: {{mark: {root}/mark}}\n")
    assert bench.fazai("plan", "goals/it.yaml").code == 0
    plan_hash = bench.fazai("preview", "goals/it.yaml").of("preview")["plan_hash"]
    process = subprocess.Popen(
        [sys.executable, "-m", "fazai", "--json", "apply", plan_hash, "--approve", plan_hash],
        cwd=root,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    for line in process.stdout:
        if '"task_started"' in line and "Run sleep" in line:
            break
    process.send_signal(number)
    _, stderr = process.communicate(timeout=60)
    return bench, process.returncode, stderr


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_request_to_end_leaves_a_clear_state(number: signal.Signals, tmp_path: Path) -> None:
    bench, code, stderr = interrupted_apply(tmp_path / "p", number)
    assert code == 130
    assert "Traceback" not in stderr
    assert bench.fazai("runs", "show", "last").of("run")["state"] == "interrupted"
    again = bench.fazai("apply", "goals/it.yaml")
    assert again.code == 6
    assert "Preview again" in again.stdout


def test_after_a_kill_the_next_commands_say_what_is_unknown(tmp_path: Path) -> None:
    bench, code, _ = interrupted_apply(tmp_path / "p", signal.SIGKILL)
    assert code == -signal.SIGKILL
    run = bench.fazai("runs", "show", "last").of("run")
    assert run["state"] == "unknown"
    assert "cut off" in bench.fazai("doctor").stdout
    refused = bench.fazai("apply", "goals/it.yaml")
    assert refused.code == 6
    assert f"Nobody can say what run {run['id']} did" in refused.stdout
    assert bench.fazai("preview", "goals/it.yaml").code == 0
    assert not Path(f"/proc/{run['pid']}").exists(), "the playbook of the killed one has ended before another began"
    assert bench.fazai("runs", "show", run["id"]).of("run")["state"] == "interrupted"


def test_the_remains_of_a_killed_run_are_waited_for() -> None:
    from fazai.flow._remains import _is_guard

    guard = Path(__file__).parents[2] / "fazai" / "run" / "_guard.py"
    argv = [sys.executable, "-I", "-S", str(guard), str(os.getpid()), "/nowhere", "/bin/sleep", "30"]
    with subprocess.Popen(argv, stdout=subprocess.PIPE) as process:
        time.sleep(0.5)
        assert _is_guard(process.pid)
        assert not _is_guard(os.getpid())
        process.terminate()


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_are_no_fault(closed: str, tmp_path: Path) -> None:
    done = subprocess.run(
        ["/bin/sh", "-c", f'"$0" -m fazai catalog list {closed}', sys.executable],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ("ansible_python_interpreter=/nowhere/python", "/nowhere/python"),
        ("ansible_become=true ansible_become_user=nobody ansible_become_exe=/nowhere/sudo", "/nowhere/sudo"),
    ],
)
def test_a_host_that_cannot_run_a_module_says_why(variables: str, words: str, tmp_path: Path) -> None:
    bench = project_here(tmp_path / "p", SLEEPER, "inputs: {mark: /srv/mark}\n")
    bench.inventory({"all": [f"here ansible_connection=local ansible_python_interpreter={sys.executable} {variables}"]})
    bench.fazai("plan", "goals/it.yaml")
    previewed = bench.fazai("preview", "goals/it.yaml")
    assert previewed.code == 5
    assert any(words in task["reason"] for task in previewed.of("preview")["tasks"] if task["status"] == "failed")


def test_a_disk_that_takes_no_more_is_named_and_leaves_nothing_half_written(tmp_path: Path) -> None:
    bench = project_here(tmp_path / "p", SLEEPER, "inputs: {mark: /srv/mark}\n")
    limited = (
        "import resource, runpy; resource.setrlimit(resource.RLIMIT_FSIZE, (64, 64)); "
        "runpy.run_module('fazai', run_name='__main__')"
    )
    done = subprocess.run(
        [sys.executable, "-c", limited, "plan", "goals/it.yaml"], cwd=bench.root, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "This machine refuses to write" in done.stderr + done.stdout
    assert not list((bench.root / ".fazai").rglob("plan.json*"))
    assert bench.fazai("plan", "goals/it.yaml").code == 0
