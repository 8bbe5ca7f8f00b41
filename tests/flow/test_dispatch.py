"""Nothing is changed without a plan, a preview of it, and an approval of both; on the previewed hosts alone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fazai.diagnostic import HostsFailed, NotApproved
from fazai.flow import World, apply, approve, make_plan, make_preview, verify
from fazai.outcome import Event, Run, RunKind, RunState
from fazai.project import HostsBusy, hold_hosts
from fazai.run import Job
from tests.flow.conftest import PlayedRunner, goal_of

pytestmark = pytest.mark.io


def really_run(runner: PlayedRunner) -> list[str]:
    return [job.playbook for job in runner.jobs if not job.check]


def test_apply_without_a_preview_is_refused_and_nothing_runs(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    with pytest.raises(NotApproved, match="Not previewed"):
        apply(world, plan)
    assert really_run(runner) == []


def test_apply_without_an_approval_is_refused_and_says_how_to_approve(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    make_preview(world, plan)
    with pytest.raises(NotApproved, match=f"--approve {plan.short_hash}"):
        apply(world, plan)
    assert really_run(runner) == []


def test_an_approved_plan_is_applied_as_previewed(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    preview = make_preview(world, plan)
    approve(world, plan, preview, approver="ana", how="test")
    done = apply(world, plan)
    assert done.run.state is RunState.DONE
    assert done.findings == ()
    assert really_run(runner) == ["before.yml", "playbooks/note.yml"]


def test_a_new_preview_takes_the_approval_of_the_old_one_away(world: World) -> None:
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    make_preview(world, plan)
    with pytest.raises(NotApproved, match="Not approved"):
        apply(world, plan)


def test_verify_needs_the_same_leave(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    make_preview(world, plan)
    with pytest.raises(NotApproved):
        verify(world, plan)
    assert really_run(runner) == []


def test_a_host_that_joined_after_the_preview_is_not_touched(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    runner.names = ("web1", "web2")
    with pytest.raises(NotApproved, match="others than at the preview"):
        apply(world, plan)
    assert really_run(runner) == []


def test_a_host_that_another_process_holds_is_not_touched(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    with hold_hosts(world.project.state, ["web1"]), pytest.raises(HostsBusy):
        apply(world, plan)
    assert really_run(runner) == []


def test_a_run_that_was_cut_off_makes_the_preview_stale_until_the_next_one(world: World) -> None:
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    later = datetime.now(UTC)
    lost = Run(
        id=world.runs.new_id(), kind=RunKind.APPLY, plan_hash=plan.hash, goal="note", who="x", limit=("web1",), started=later
    )
    with world.runs.start(lost) as writer:
        pass
    world.runs.settle(writer.run, RunState.RUNNING)  # as a killed process leaves it
    with pytest.raises(NotApproved, match="cut off after this preview"):
        apply(world, plan)
    preview = make_preview(world, plan)
    assert world.runs.load(lost.id).state is RunState.INTERRUPTED
    approve(world, plan, preview, approver="ana", how="test")
    assert apply(world, plan).run.state is RunState.DONE


def test_the_journal_tells_of_every_dispatch_before_it_runs(world: World, runner: PlayedRunner) -> None:
    seen: list[list[object]] = []

    def note_the_journal(job: Job) -> None:
        if not job.check:
            seen.append([line["kind"] for line in world.journal.read()])

    runner.before = note_the_journal
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    apply(world, plan)
    assert seen == [["approved", "dispatched"], ["approved", "dispatched", "before"]]
    assert [line["kind"] for line in world.journal.read()] == ["approved", "dispatched", "before", "ended"]
    assert world.journal.broken_at() is None


def test_every_event_is_on_disk_before_it_is_told(world: World) -> None:
    missing: list[int] = []

    def check(event: Event) -> None:
        run_id = world.runs.ids()[-1]
        if event.seq not in [stored.seq for stored in world.runs.events(run_id)]:
            missing.append(event.seq)

    object.__setattr__(world, "tell", check)
    make_preview(world, make_plan(world, goal_of()).plan)
    assert missing == []


def test_ctrl_c_leaves_a_clear_state(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")

    def interrupt(_event: Event) -> None:
        raise KeyboardInterrupt

    object.__setattr__(world, "tell", interrupt)
    with pytest.raises(KeyboardInterrupt):
        apply(world, plan)
    assert world.runs.load("last").state is RunState.INTERRUPTED
    assert [line["kind"] for line in world.journal.read()][-1] == "ended"


def test_a_failed_host_ends_the_run_as_failed_and_is_named(world: World, runner: PlayedRunner) -> None:
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    runner.failing = True
    with pytest.raises(HostsFailed, match="web1"):
        apply(world, plan)
    assert world.runs.load("last").state is RunState.FAILED


def test_the_before_image_is_on_disk_before_the_first_write(world: World, runner: PlayedRunner) -> None:
    there: list[bool] = []

    def look(job: Job) -> None:
        if job.playbook.startswith("playbooks/") and not job.check:
            there.append((world.project.state / "memory" / world.runs.ids()[-1] / "before.json").is_file())

    runner.before = look
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    apply(world, plan)
    assert there == [True]
