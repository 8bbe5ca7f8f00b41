from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fazai.diagnostic import UsageError
from fazai.outcome import Event, EventKind
from fazai.run import Job, RememberedRunner
from tests.run.contract import RunnerContract
from tests.run.scenes import recording

JOB = Job(
    tree=Path("/scene/tree"), playbook="playbooks/scene.yml", cwd=Path("/scene"), inventory=("/scene/hosts.yml",), check=True
)


class TestRememberedRunner(RunnerContract):
    @pytest.fixture
    def job(self) -> Job:
        return JOB

    @pytest.fixture
    def runner(self) -> RememberedRunner:
        return RememberedRunner(recording(), inventory={"all": ["here"]})

    @pytest.fixture
    def events(self, runner: RememberedRunner, job: Job) -> list[Event]:
        return list(runner.run(job))


def test_recordings_are_played_in_turn() -> None:
    first, second = [Event(kind=EventKind.RUN_STARTED, text="1")], [Event(kind=EventKind.RUN_STARTED, text="2")]
    runner = RememberedRunner(first, second)
    assert [event.text for _ in range(2) for event in runner.run(JOB)] == ["1", "2"]
    assert runner.jobs == [JOB, JOB]


def test_a_run_too_many_is_an_error() -> None:
    with pytest.raises(UsageError, match="nothing more to play back"):
        RememberedRunner().run(JOB)


def test_pace_stretches_the_pauses() -> None:
    start = datetime(2026, 1, 1, tzinfo=UTC)
    events = [Event(kind=EventKind.NOTE, at=start + timedelta(seconds=second)) for second in (0, 2, 3)]
    slept: list[float] = []
    list(RememberedRunner(events, pace=0.5, sleep=slept.append).run(JOB))
    assert slept == [1.0, 0.5]
