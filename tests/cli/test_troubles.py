"""What a person is told when a command does not come to its end."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from fazai.cli._troubles import interrupted, tell, unexpected
from fazai.diagnostic import ExitCode, FazaiError, Finding, HostsFailed, InputsMissing, InvalidFile, NobodyCanPlan, Where
from fazai.outcome import RunKind, RunState
from fazai.project import RunStore
from tests.cli.values import EVENTS, RUN, Written

MISSING = Finding(summary="A value is missing", detail="A host.", where=Where(field="relayhost"))
ERRORS: list[tuple[BaseException, ExitCode]] = [
    (InvalidFile(Finding(summary="Bad")), ExitCode.USAGE),
    (InputsMissing(MISSING), ExitCode.INPUTS_MISSING),
    (HostsFailed(Finding(summary="Bad")), ExitCode.HOSTS_FAILED),
    (NobodyCanPlan(Finding(summary="Bad")), ExitCode.NO_PLANNER),
    (FazaiError(Finding(summary="Bad")), ExitCode.UNEXPECTED),
    (ZeroDivisionError("oh"), ExitCode.UNEXPECTED),
]


@pytest.mark.parametrize(("error", "code"), ERRORS, ids=lambda value: type(value).__name__)
def test_an_error_ends_with_its_code_and_prints_no_result(error: BaseException, code: ExitCode) -> None:
    written = Written()
    assert tell(error, written.view, debug=False, since=0) == code
    assert written.out == ""
    assert written.err.startswith("error: ")


def test_every_finding_of_an_error_is_shown() -> None:
    written = Written()
    tell(InvalidFile(Finding(summary="One"), Finding(summary="Two")), written.view, debug=False, since=0)
    assert written.err == "error: One\nerror: Two\n"


def test_what_nobody_expected_is_one_line_that_names_it() -> None:
    finding = unexpected(KeyError("x\n\x1b[2J" + "y" * 900), debug=False)
    assert finding.summary == "Unexpected: KeyError"
    assert "\n" not in finding.detail
    assert len(finding.detail) == 500


@pytest.fixture
def began(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> float:
    """A project; the moment at which this process is taken to have begun."""
    monkeypatch.chdir(tmp_path)
    return time.time() - 60


def stopped(project: Path, kind: RunKind, started: datetime, *, events: int = 3) -> None:
    run = RUN.model_copy(update={"kind": kind, "started": started, "state": RunState.RUNNING, "last_seq": 0, "ended": None})
    with RunStore(project / ".fazai").start(run) as writer:
        for event in EVENTS[:events]:
            writer.record(event)
        writer.end(RunState.INTERRUPTED)


@pytest.mark.io
def test_an_interrupted_preview_changed_nothing(began: float, tmp_path: Path) -> None:
    stopped(tmp_path, RunKind.PREVIEW, datetime.now(UTC))
    assert "it changed nothing on any host" in interrupted(began).detail


@pytest.mark.io
def test_an_interrupted_apply_says_what_it_had_done_and_how_to_see_the_rest(began: float, tmp_path: Path) -> None:
    stopped(tmp_path, RunKind.APPLY, datetime.now(UTC))
    finding = interrupted(began)
    assert "1 task had changed something, the last: Install nginx on web1" in finding.detail
    assert "may have been done or not" in finding.detail
    assert f"fazai preview {RUN.plan_hash[:12]}" in finding.remedy


@pytest.mark.io
def test_before_the_first_change_that_is_said(began: float, tmp_path: Path) -> None:
    stopped(tmp_path, RunKind.APPLY, datetime.now(UTC), events=2)
    assert "no task had reported a change yet" in interrupted(began).detail


@pytest.mark.io
@pytest.mark.parametrize("there", [False, True])
def test_a_run_of_another_day_is_not_what_was_interrupted(began: float, tmp_path: Path, there: bool) -> None:
    if there:
        stopped(tmp_path, RunKind.APPLY, datetime(2026, 1, 1, tzinfo=UTC))
    assert "No run was going on" in interrupted(began).detail
    assert there or list(tmp_path.iterdir()) == []
