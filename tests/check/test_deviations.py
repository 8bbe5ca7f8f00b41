from __future__ import annotations

import pytest

from fazai.check import deviations, judge, preview_of
from fazai.diagnostic import Severity
from fazai.outcome import Event
from tests.check.told import ended, finished, judged

TASKS = judged({"write": {"prediction": "never"}, "reload": {"handler": True}})
EXACT = judged({"write": {}, "reload": {"handler": True}})


@pytest.mark.parametrize(
    ("previewed", "applied", "severities"),
    [
        ("ok", "changed", [Severity.ERROR]),
        ("changed", "ok", [Severity.WARNING]),
        ("changed", "skipped", [Severity.WARNING]),
        ("changed", "changed", []),
        ("ok", "ok", []),
        ("changed", "failed", []),
        ("changed", None, []),
    ],
)
def test_what_differs_from_the_preview_is_a_finding(previewed: str, applied: str | None, severities: list[Severity]) -> None:
    found = deviate([ended("write", previewed)], [ended("write", applied)] if applied else [])
    assert [finding.severity for finding in found] == severities


def deviate(previewed: list[Event], applied: list[Event]) -> list:  # type: ignore[type-arg]
    preview = preview_of([*previewed, finished()], EXACT, plan_hash="0" * 64, run_id="r1", hosts=["web1"])
    return deviations(preview, applied)


def test_a_finding_names_task_host_and_place() -> None:
    (finding,) = deviate([ended("write", "ok")], [ended("write", "changed")])
    assert '"write" on web1' in finding.detail
    assert finding.where is not None
    assert (finding.where.file, finding.where.line) == ("roles/r/write/tasks/main.yml", 1)


def test_a_task_that_should_not_apply_and_did_is_a_finding() -> None:
    skipped = ended("write", "skipped", {"skip_reason": "Conditional result was False"})
    (finding,) = deviate([skipped], [ended("write", "changed")])
    assert "not applicable" in finding.detail


def test_what_nobody_could_say_is_no_deviation() -> None:
    preview = preview_of([ended("write", "ok"), finished()], TASKS, plan_hash="0" * 64, run_id="r1", hosts=["web1"])
    assert deviations(preview, [ended("write", "changed")]) == []


def test_a_task_the_preview_does_not_have_is_a_finding_and_a_handler_is_none() -> None:
    found = deviate([ended("write", "ok")], [ended("other", "changed"), ended("reload", "changed", handler=True)])
    assert ['"other"' in finding.detail for finding in found] == [True]


def test_each_occurrence_is_compared_with_its_own() -> None:
    twice = [*EXACT[:1], *EXACT[:1]]
    events = [ended("write", "ok"), ended("write", "changed")]
    assert [task.status for task in judge(events, twice)] == ["no change", "predicted change"]
    preview = preview_of([*events, finished()], twice, plan_hash="0" * 64, run_id="r1", hosts=["web1"])
    assert deviations(preview, events) == []
    assert [finding.severity for finding in deviations(preview, reversed(events))] == [Severity.ERROR, Severity.WARNING]
