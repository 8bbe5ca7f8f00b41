from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fazai.check import JudgedCheck, check_results
from fazai.outcome import CheckResult, Event
from tests.check.told import ended, place


def seen(result: Mapping[str, Any]) -> Any:
    return result.get("rc")


CHECK = JudgedCheck(group="accept", index=0, title="It answers", places=(place("ask"), place("compare")), observe=seen)


def results(*events: Event, hosts: tuple[str, ...] = ("web1",), check: JudgedCheck = CHECK) -> tuple[CheckResult, ...]:
    return check_results(events, [check], hosts)


def test_a_check_holds_when_all_its_tasks_came_through() -> None:
    (result,) = results(ended("ask", "ok", {"rc": 7}), ended("compare", "ok"))
    assert (result.holds, result.observed, result.detail) == (True, 7, "")


def test_a_failed_task_decides_even_when_it_was_ignored() -> None:
    (result,) = results(ended("ask", "ok", {"rc": 7}), ended("compare", "ignored", {"msg": "7 is not 8"}))
    assert (result.holds, result.observed, result.detail) == (False, 7, "7 is not 8")


def test_a_check_that_did_not_run_does_not_hold() -> None:
    (result,) = results()
    assert (result.holds, result.title, result.detail) == (False, "It answers", "it did not run on this host")


def test_a_check_that_was_skipped_does_not_hold() -> None:
    (result,) = results(ended("ask", "skipped"))
    assert not result.holds
    assert result.observed is None


def test_an_unreachable_host_holds_nothing() -> None:
    (result,) = results(ended("ask", "unreachable", {"msg": "timed out"}))
    assert (result.holds, result.detail, result.observed) == (False, "timed out", None)


def test_each_host_has_its_own_result() -> None:
    found = results(ended("ask", "ok", host="a"), ended("ask", "failed", {"msg": "no"}, host="b"), hosts=("a", "b"))
    assert [(result.host, result.holds) for result in found] == [("a", True), ("b", False)]


def test_other_tasks_do_not_count() -> None:
    (result,) = results(ended("ask", "ok"), ended("elsewhere", "failed"))
    assert result.holds


def test_without_a_function_the_result_is_what_was_observed() -> None:
    check = JudgedCheck(group="keep", index=1, title="It is so", places=(place("ask"),))
    (result,) = results(ended("ask", "ok", {"rc": 0}), check=check)
    assert (result.group, result.index, result.observed) == ("keep", 1, {"rc": 0})
