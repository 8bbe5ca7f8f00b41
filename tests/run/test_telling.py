from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from fazai.outcome import Event, EventKind
from fazai.run._telling import Telling

TASK = {"task_uuid": "t1", "task": "Write it", "role": "site", "task_path": "/tree/roles/site/tasks/main.yml:4"}


def raw(event: str, stdout: str = "", **data: Any) -> dict[str, Any]:
    return {
        "event": event,
        "created": "2026-11-20T10:00:00+00:00",
        "stdout": stdout,
        "event_data": TASK | {"host": "web1"} | data,
    }


def told(*events: dict[str, Any]) -> list[Event]:
    telling = Telling(Path("/tree"))
    return [ours for one in events for ours in telling.told(one)]


def test_a_place_is_relative_to_the_tree() -> None:
    (event,) = told(raw("runner_on_ok", res={"changed": False}))
    assert event.place == "roles/site/tasks/main.yml:4"


def test_an_installed_roles_task_keeps_its_whole_path() -> None:
    (event,) = told(raw("runner_on_ok", task_path="/usr/share/ansible/roles/x/tasks/main.yml:1", res={}))
    assert event.place == "/usr/share/ansible/roles/x/tasks/main.yml:1"


def test_a_tree_next_door_with_a_longer_name_is_not_the_tree() -> None:
    (event,) = told(raw("runner_on_ok", task_path="/tree2/roles/x.yml:1", res={}))
    assert event.place == "/tree2/roles/x.yml:1"


def test_a_hidden_change_is_a_change() -> None:
    (event,) = told(raw("runner_on_ok", 'fazai-plain {"changed": true, "task": "Write it"}', res={"censored": "hidden"}))
    assert event.kind is EventKind.HOST_CHANGED


def test_a_skipped_task_has_the_reason_that_ansible_runner_leaves_out() -> None:
    line = 'fazai-plain {"changed": false, "skip_reason": "Conditional result was False", "false_condition": "a == b"}'
    (event,) = told(raw("runner_on_skipped", line))
    assert event.text == "Conditional result was False"
    assert event.result["false_condition"] == "a == b"


def test_items_come_with_the_end_of_their_task() -> None:
    events = told(
        raw("runner_item_on_skipped", res={"item": 1, "skip_reason": "Conditional result was False"}),
        raw("runner_item_on_failed", res={"item": 2, "msg": "no"}),
        raw("runner_on_failed", res={"msg": "One or more items failed"}),
        raw("runner_on_ok", res={"changed": False}),
    )
    assert [event.kind for event in events] == [EventKind.HOST_FAILED, EventKind.HOST_OK]
    assert [(item["item"], item.get("failed")) for item in events[0].result["results"]] == [(1, None), (2, True)]
    assert "results" not in events[1].result


def test_a_handler_is_known_from_its_start() -> None:
    started, ended = told(raw("playbook_on_task_start", is_conditional=True), raw("runner_on_ok", res={}))
    assert started.kind is EventKind.TASK_STARTED
    assert started.handler
    assert ended.handler


@pytest.mark.parametrize("line", ["fazai-plain {broken", "fazai-plain [1]", "something else"])
def test_a_line_that_is_not_ours_says_nothing(line: str) -> None:
    (event,) = told(raw("runner_on_ok", line, res={"changed": True}))
    assert event.kind is EventKind.HOST_CHANGED


def test_warnings_are_notes_without_colours() -> None:
    (event,) = told(raw("warning", "\x1b[1;35m[WARNING]: careful\x1b[0m\r\n"))
    assert (event.kind, event.text) == (EventKind.NOTE, "[WARNING]: careful")


def test_errors_are_kept_for_the_end() -> None:
    telling = Telling(Path("/tree"))
    assert list(telling.told(raw("error", "[ERROR]: no role"))) == []
    assert list(telling.told(raw("verbose", "Origin: site.yml:3"))) == []
    assert telling.complaint() == "[ERROR]: no role\nOrigin: site.yml:3"


def test_counts_are_named_as_in_a_host_result() -> None:
    telling = Telling(Path("/tree"))
    stats = {
        "ok": {"web1": 3},
        "changed": {"web1": 1},
        "dark": {"web2": 1},
        "failures": {},
        "skipped": {},
        "processed": {"web1": 1},
    }
    list(telling.told({"event": "playbook_on_stats", "event_data": stats}))
    assert telling.hosts == {
        "web1": {"ok": 3, "changed": 1, "failed": 0, "skipped": 0, "unreachable": 0},
        "web2": {"ok": 0, "changed": 0, "failed": 0, "skipped": 0, "unreachable": 1},
    }
