"""Runs survive their process: events are on disk before they are shown, and a cut-off run says that nobody knows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from fazai.diagnostic import UsageError
from fazai.outcome import Event, EventKind, Run, RunKind, RunState
from fazai.project import RunStore

pytestmark = pytest.mark.io


def a_run(store: RunStore) -> Run:
    return Run(id=store.new_id(), kind=RunKind.APPLY, plan_hash="0" * 64, goal="page", who="ana", limit=("web1",))


def test_events_are_numbered_and_there_when_recorded(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    with store.start(a_run(store)) as writer:
        for _ in range(3):
            writer.record(Event(kind=EventKind.NOTE, text="x"))
        assert [event.seq for event in store.events(writer.run.id)] == [1, 2, 3]
        writer.end(RunState.DONE)
    assert store.load("last").state is RunState.DONE


def test_a_run_left_by_an_error_has_failed(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    with pytest.raises(RuntimeError), store.start(a_run(store)):
        raise RuntimeError
    assert store.load("last").state is RunState.FAILED


def test_a_run_left_by_ctrl_c_is_interrupted(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    with pytest.raises(KeyboardInterrupt), store.start(a_run(store)):
        raise KeyboardInterrupt
    assert store.load("last").state is RunState.INTERRUPTED


def test_a_running_run_is_seen_as_running_by_others(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    with store.start(a_run(store)):
        code = "import sys, pathlib, fazai.project as p; print(p.RunStore(pathlib.Path(sys.argv[1])).load('last').state)"
        out = subprocess.run([sys.executable, "-c", code, str(tmp_path)], capture_output=True, text=True, check=True).stdout
        assert out.strip() == "running"


VICTIM = """
import sys, time
from pathlib import Path
from fazai.outcome import Event, EventKind, Run, RunKind
from fazai.project import RunStore
store = RunStore(Path(sys.argv[1]))
run = Run(id=store.new_id(), kind=RunKind.APPLY, plan_hash="0" * 64, goal="page", who="ana", limit=("web1",))
with store.start(run) as writer:
    while True:
        writer.record(Event(kind=EventKind.NOTE, text="x" * 1000))
        print(writer.run.last_seq, flush=True)
"""


def test_a_run_killed_at_any_moment_is_unknown_and_every_shown_event_is_there(tmp_path: Path) -> None:
    process = subprocess.Popen([sys.executable, "-c", VICTIM, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    shown = 0
    for line in process.stdout:
        shown = int(line)
        if shown >= 200:
            break
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    process.stdout.close()
    store = RunStore(tmp_path)
    assert store.load("last").state is RunState.UNKNOWN
    assert [run.id for run in store.cut_off()] == [store.load("last").id]
    assert [event.seq for event in store.events(store.load("last").id)][:shown] == list(range(1, shown + 1))


def test_a_torn_last_event_is_left_out(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    with store.start(a_run(store)) as writer:
        writer.record(Event(kind=EventKind.NOTE, text="x"))
        writer.end(RunState.DONE)
    with (tmp_path / "runs" / writer.run.id / "events.ndjson").open("a") as file:
        file.write('{"seq": 2, "kind": "no')
    assert [event.seq for event in store.events(writer.run.id)] == [1]


def test_an_unknown_id_is_a_usage_error_that_says_where_to_look(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="runs list"):
        RunStore(tmp_path).load("nope")


def test_ids_sort_by_time(tmp_path: Path) -> None:
    store = RunStore(tmp_path)
    ids = [store.new_id() for _ in range(50)]
    assert ids == sorted(set(ids))
