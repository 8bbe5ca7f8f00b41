from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from fazai.check import JudgedTask, judge, preview_of
from fazai.outcome import Event, EventKind, Preview, TaskStatus
from tests.check.told import cases, ended, finished, judged, place

VERDICTS = cases("verdicts.yaml")


@pytest.mark.parametrize("case", VERDICTS, ids=[case["claim"] for case in VERDICTS])
def test_verdict(case: Mapping[str, Any]) -> None:
    tasks = judged(case["tasks"])
    handlers = {task.title for task in tasks if task.handler}
    events = [ended(name, kind, *rest, handler=name in handlers) for kind, name, *rest in case["events"]]
    said = {task.task: task for task in judge([*events, finished("failed", 2)], tasks, ["web1"])}
    assert set(said) == set(case["expect"])
    for name, expected in case["expect"].items():
        left_out: list[Any] = ["", []]
        status, reason, after = list(expected) + left_out[len(expected) - 1 :]
        assert (name, said[name].status) == (name, TaskStatus(status))
        assert reason in said[name].reason
        assert said[name].after == tuple(after)


TASKS = judged({"write": {}, "start": {"after": ["write"]}, "reload": {"handler": True}})


def preview(events: list[Event], hosts: tuple[str, ...] = ("web1",), tasks: list[JudgedTask] | None = None) -> Preview:
    return preview_of(events, tasks or TASKS, plan_hash="0" * 64, run_id="r1", hosts=hosts)


def test_hosts_and_tasks_come_in_their_order() -> None:
    events = [
        ended("write", "ok", host="b"),
        ended("write", "changed", host="a"),
        ended("start", "ok", host="b"),
        ended("start", "ok", host="a"),
        ended("reload", "ok", host="a", handler=True),
    ]
    said = preview([*events, finished()], ("a", "b"))
    assert [(task.host, task.task) for task in said.tasks] == [
        ("a", "write"), ("a", "start"), ("a", "reload"), ("b", "write"), ("b", "start"),
    ]  # fmt: skip


def test_one_hosts_changes_say_nothing_of_another() -> None:
    events = [
        ended("write", "changed", host="a"),
        ended("write", "ok", host="b"),
        ended("start", "ignored", {"msg": "no"}, host="a"),
        ended("start", "ignored", {"msg": "no"}, host="b"),
    ]
    said = {(task.host, task.task): task.status for task in preview([*events, finished()], ("a", "b")).tasks}
    assert said["a", "start"] is TaskStatus.UNKNOWN
    assert said["b", "start"] is TaskStatus.FAILED


def test_a_role_used_twice_has_two_verdicts() -> None:
    twice = [TASKS[0], replace(TASKS[0], title="write again")]
    said = preview([ended("write", "ok"), ended("write", "changed"), finished()], tasks=twice)
    assert [(task.key, task.status) for task in said.tasks] == [
        (f"{place('write')}#1", TaskStatus.NO_CHANGE),
        (f"{place('write')}#2", TaskStatus.PREDICTED_CHANGE),
    ]


def test_a_second_use_that_was_not_reached_is_told() -> None:
    twice = [TASKS[0], replace(TASKS[0], title="write again")]
    said = preview([ended("write", "failed", {"msg": "no"}), finished("failed", 2)], tasks=twice)
    assert [(task.task, task.status) for task in said.tasks] == [
        ("write", TaskStatus.FAILED),
        ("write again", TaskStatus.UNKNOWN),
    ]


def test_diffs_are_made_texts() -> None:
    result = {"diff": [{"before": {"mode": "0600"}, "after": {"mode": "0644"}, "before_header": "/x"}, {"prepared": "+ a"}]}
    (task, _rest) = preview([ended("write", "changed", result), finished()]).tasks
    assert task.diffs[0].before == '{\n    "mode": "0600"\n}\n'
    assert task.diffs[0].before_header == "/x"
    assert task.diffs[1].prepared == "+ a"


def test_diffs_of_items_are_gathered() -> None:
    result = {"results": [{"changed": True, "diff": [{"before": "", "after": name}]} for name in ("a", "b")]}
    assert [diff.after for diff in preview([ended("write", "changed", result), finished()]).tasks[0].diffs] == ["a", "b"]


def test_a_binary_or_huge_file_is_said_in_words() -> None:
    result = {"diff": [{"before": "", "after": "", "dst_larger": 104448}]}
    assert preview([ended("write", "changed", result), finished()]).tasks[0].diffs[0].prepared == (
        "The present content is too large to be shown.\n"
    )


@pytest.mark.parametrize("result", [{"censored": "hidden"}, {"diff": [{"before": "", "after": "canary"}]}])
def test_what_could_show_a_secret_has_no_diff(result: dict[str, Any]) -> None:
    hidden = judged({"write": {"hidden": True}})
    (task,) = preview([ended("write", "changed", result), finished()], tasks=hidden).tasks
    assert (task.status, task.diffs, task.hidden) == (TaskStatus.PREDICTED_CHANGE, (), True)


def test_the_preview_says_which_hosts_were_unreachable() -> None:
    said = preview([ended("write", "ok", host="a"), ended("write", "unreachable", host="b"), finished("failed", 4)], ("a", "b"))
    assert said.unreachable == ("b",)
    assert said.finished
    assert said.failed


OWN_WORDS = Event(kind=EventKind.NOTE, text="[ERROR]: the role was not found")


@pytest.mark.parametrize(
    ("events", "is_finished"),
    [
        ([ended("write", "ok"), finished()], True),
        ([ended("write", "failed", {"msg": "no"}), finished("failed", 2)], True),
        ([ended("write", "ok")], False),
        ([ended("write", "ok"), finished("interrupted", 143)], False),
        ([ended("write", "ok"), finished("killed", 137)], False),
        ([OWN_WORDS, finished("failed", 1)], False),
    ],
    ids=["done", "a task failed", "no end", "interrupted", "killed", "a playbook that cannot be read"],
)
def test_a_preview_that_was_cut_off_is_not_finished(events: list[Event], is_finished: bool) -> None:
    assert preview(events).finished is is_finished


def test_a_preview_that_was_cut_off_says_so_for_each_task() -> None:
    assert {task.reason for task in preview([]).tasks} == {"not reached: the preview was cut off"}


def test_a_title_is_as_it_was_on_the_host() -> None:
    (task,) = preview(
        [ended("write", "ok").model_copy(update={"task": "Write /srv/site"}), finished()], tasks=judged({"write": {}})
    ).tasks
    assert task.task == "Write /srv/site"


def test_including_a_file_is_no_task_of_its_own_and_its_tasks_may_never_come_up() -> None:
    inner = replace(TASKS[0], place="roles/r/tasks/each.yml:1", title="each")
    including = ended("write", "ok", {"results": [{"include": "each.yml", "item": 1}]})
    each = ended("write", "changed").model_copy(update={"place": inner.place, "task": "each"})
    tasks = [TASKS[0], inner]
    assert [task.task for task in preview([including, each, each, finished()], tasks=tasks).tasks] == ["each", "each"]
    assert preview([including, finished()], tasks=tasks).tasks == ()
    (unknown,) = preview([including], tasks=tasks).tasks
    assert unknown.reason == "not reached: the preview was cut off"
