"""What every runner promises. Both implementations run this suite; each says how to play the mixed scene."""

from __future__ import annotations

from collections import Counter

import pytest

from fazai.outcome import Event, EventKind, HostResult
from fazai.run import Job, Runner

HOST_KINDS = {
    EventKind.HOST_OK,
    EventKind.HOST_CHANGED,
    EventKind.HOST_SKIPPED,
    EventKind.HOST_FAILED,
    EventKind.HOST_UNREACHABLE,
}


class RunnerContract:
    """Needs the fixtures `runner` (fresh), `job` (the mixed scene) and `events` (of one whole run of it)."""

    def test_a_run_begins_with_what_is_run(self, events: list[Event]) -> None:
        first = events[0]
        assert first.kind is EventKind.RUN_STARTED
        assert first.result["argv"][-1].endswith("playbooks/scene.yml")
        assert {"--check", "--diff"} <= set(first.result["argv"])
        assert "ansible-core" in first.result["versions"]
        assert first.result["pid"] > 0

    def test_a_run_ends_with_how_it_ended(self, events: list[Event]) -> None:
        last = events[-1]
        assert last.kind is EventKind.RUN_FINISHED
        assert (last.result["rc"], last.result["status"]) == (0, "successful")
        counts = HostResult.model_validate(last.result["hosts"]["here"])
        assert counts == HostResult(ok=6, changed=3, failed=0, skipped=2)

    def test_it_begins_and_ends_once(self, events: list[Event]) -> None:
        kinds = Counter(event.kind for event in events)
        assert kinds[EventKind.RUN_STARTED] == kinds[EventKind.RUN_FINISHED] == 1

    def test_events_are_numbered_from_one(self, events: list[Event]) -> None:
        assert [event.seq for event in events] == list(range(1, len(events) + 1))

    def test_each_task_of_a_host_ends_once(self, events: list[Event]) -> None:
        ended = Counter((event.host, event.place) for event in events if event.kind in HOST_KINDS)
        assert set(ended.values()) == {1}
        assert len(ended) == 8

    def test_each_end_says_which_task_where(self, events: list[Event]) -> None:
        ended = {event.task: event for event in events if event.kind in HOST_KINDS}
        assert ended["Write the greeting"].place == "roles/scene/tasks/main.yml:2"
        assert ended["Write the greeting"].role == "scene"
        assert ended["Tell of it"].place == "roles/scene/handlers/main.yml:2"

    def test_handlers_are_told_from_tasks(self, events: list[Event]) -> None:
        assert {event.task for event in events if event.handler} == {"Tell of it"}

    @pytest.mark.parametrize(
        ("task", "kind"),
        [
            ("Write the greeting", EventKind.HOST_CHANGED),
            ("Make the directory", EventKind.HOST_OK),
            ("Link to what is not there yet", EventKind.HOST_FAILED),
            ("Only on another system", EventKind.HOST_SKIPPED),
            ("Run a command", EventKind.HOST_SKIPPED),
            ("Write several", EventKind.HOST_CHANGED),
            ("Write what nobody may see", EventKind.HOST_CHANGED),
            ("Tell of it", EventKind.HOST_OK),
        ],
    )
    def test_an_end_has_its_kind(self, events: list[Event], task: str, kind: EventKind) -> None:
        assert one(events, task).kind is kind

    def test_a_failure_that_the_play_ignores_says_so(self, events: list[Event]) -> None:
        failed = one(events, "Link to what is not there yet")
        assert failed.ignored
        assert "src file does not exist" in failed.text

    def test_a_skipped_task_says_why(self, events: list[Event]) -> None:
        assert one(events, "Only on another system").result["false_condition"] == "inventory_hostname == 'elsewhere'"
        assert one(events, "Run a command").text == "Command would have run if not in check mode"

    def test_a_change_shows_its_diff(self, events: list[Event]) -> None:
        (diff,) = one(events, "Write the greeting").result["diff"]
        assert (diff["before"], diff["after"]) == ("", "hello\n")

    def test_a_loop_shows_its_items(self, events: list[Event]) -> None:
        items = one(events, "Write several").result["results"]
        assert [(item["item"], bool(item.get("skipped"))) for item in items] == [("one", False), ("two", True), ("three", False)]
        assert items[0]["diff"][0]["after"] == "one\n"

    def test_what_is_secret_or_an_argument_is_never_told(self, events: list[Event]) -> None:
        told = "".join(event.model_dump_json() for event in events)
        assert "canary-5f1c" not in told
        assert "invocation" not in told

    def test_closing_ends_the_run(self, runner: Runner, job: Job) -> None:
        events = runner.run(job)
        assert next(events).kind is EventKind.RUN_STARTED
        events.close()
        assert list(events) == []

    def test_an_interrupted_run_tells_its_end_and_stays_interrupted(self, runner: Runner, job: Job) -> None:
        events = runner.run(job)
        next(events)
        last = events.throw(KeyboardInterrupt)
        with pytest.raises(KeyboardInterrupt):  # noqa: PT012 -- the events up to it count as well
            for event in events:
                last = event
        assert last.kind is EventKind.RUN_FINISHED
        assert last.result["status"] == "interrupted"

    def test_a_pattern_means_hosts(self, runner: Runner, job: Job) -> None:
        assert runner.hosts(job.inventory, "all", job.cwd) == ("here",)

    def test_a_pattern_that_matches_nothing_means_no_hosts(self, runner: Runner, job: Job) -> None:
        assert runner.hosts(job.inventory, "nowhere", job.cwd) == ()

    def test_versions_are_known(self, runner: Runner) -> None:
        assert runner.versions()["ansible-core"]


def one(events: list[Event], task: str) -> Event:
    """The end of a task on the one host."""
    (event,) = [event for event in events if event.kind in HOST_KINDS and event.task == task]
    return event
