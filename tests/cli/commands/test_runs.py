"""`fazai runs`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from fazai.outcome import RunKind, RunState
from fazai.project import RunStore
from tests.cli.conftest import Fazai
from tests.cli.values import EVENTS, RUN

pytestmark = pytest.mark.io


@pytest.fixture
def stored(tmp_path: Path) -> str:
    """Two runs: a preview, then an apply that failed."""
    store = RunStore(tmp_path / ".fazai")
    preview = RUN.model_copy(update={"id": "20261120-100000-aaaa", "kind": RunKind.PREVIEW, "last_seq": 0})
    for run in (preview, RUN.model_copy(update={"state": RunState.RUNNING, "last_seq": 0})):
        with store.start(run) as writer:
            for event in EVENTS:
                writer.record(event)
            writer.end(RunState.DONE if run is preview else RunState.FAILED)
    return RUN.id


def test_the_newest_comes_last(fazai: Fazai, stored: str) -> None:
    assert [line.split()[1:3] for line in fazai("runs", "list").out.splitlines()] == [["preview", "done"], ["apply", "failed"]]


def test_looking_where_nothing_was_run_makes_no_files(fazai: Fazai, tmp_path: Path) -> None:
    assert "No runs yet" in fazai("runs", "list").out
    assert list(tmp_path.iterdir()) == []


def test_a_run_is_shown_with_what_it_changed(fazai: Fazai, stored: str) -> None:
    said = fazai("runs", "show", "last")
    assert stored in said.out
    assert "web1  changed    Install nginx" in said.out
    assert "web2  failed     Start nginx  no such unit" in said.out


@pytest.mark.parametrize("speed", [[], ["--speed", "100"]])
def test_a_replay_tells_the_events_as_they_were_told(fazai: Fazai, stored: str, speed: list[str]) -> None:
    lines = [json.loads(line) for line in fazai("runs", "replay", "last", "--json", *speed).out.splitlines()]
    assert [line["type"] for line in lines] == ["run", *["event"] * len(EVENTS), "run", "end"]
    assert [line["seq"] for line in lines if line["type"] == "event"] == [1, 2, 3, 4, 5]


def test_a_run_that_was_cut_off_is_explained(fazai: Fazai, tmp_path: Path) -> None:
    writer = RunStore(tmp_path / ".fazai").start(RUN.model_copy(update={"state": RunState.RUNNING}))
    writer._file.close()  # as if the process had gone
    said = fazai("runs", "list")
    assert "unknown" in said.out
    assert "nobody can say" in said.out


def test_an_unknown_run_is_an_error(fazai: Fazai, stored: str) -> None:
    said = fazai("runs", "show", "nope")
    assert said.code == 2
    assert "error: No such run" in said.err
