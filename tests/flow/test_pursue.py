"""The whole line, and where it stops."""

from __future__ import annotations

import pytest

from fazai.diagnostic import FindingsStopPlan, InputsMissing, UsageError
from fazai.flow import World, approve, make_plan, pursue
from fazai.outcome import Approval, EntryStatus, Level, Preview
from fazai.plan import Plan, Source
from tests.flow.conftest import PlayedRunner, goal_of

pytestmark = pytest.mark.io


def yes(world: World) -> object:
    def consent(plan: Plan, preview: Preview) -> Approval:
        return approve(world, plan, preview, approver="ana", how="test")

    return consent


def no(_plan: Plan, _preview: Preview) -> None:
    return None


def test_a_goal_is_pursued_to_a_verified_entry(world: World) -> None:
    done = pursue(world, goal_of(), consent=yes(world))  # type: ignore[arg-type]  # a closure
    assert done.verification is not None
    assert done.verification.level is Level.ACCEPTED
    assert done.entry is not None
    assert done.entry.status is EntryStatus.VERIFIED
    assert world.open_store().get(done.entry.id) == done.entry


def test_a_no_stops_the_line_before_anything_runs(world: World, runner: PlayedRunner) -> None:
    done = pursue(world, goal_of(), consent=no)
    assert done.applied is None
    assert all(job.check for job in runner.jobs)


def test_a_playbook_that_does_not_settle_is_not_verified(world: World, runner: PlayedRunner) -> None:
    runner.settles = False
    done = pursue(world, goal_of(), consent=yes(world))  # type: ignore[arg-type]  # a closure
    assert done.verification is not None
    assert done.verification.level is Level.APPLIED
    assert done.entry is not None
    assert done.entry.status is EntryStatus.FAILED


def test_acceptance_that_does_not_hold_is_not_accepted(world: World, runner: PlayedRunner) -> None:
    runner.checks_hold = False
    done = pursue(world, goal_of(), consent=yes(world))  # type: ignore[arg-type]  # a closure
    assert done.verification is not None
    assert done.verification.level is Level.IDEMPOTENT


def test_an_unknown_toolspec_is_named_with_the_nearest(world: World) -> None:
    goal = goal_of().model_copy(update={"use": (goal_of().use[0].model_copy(update={"name": "nots"}),)})
    with pytest.raises(UsageError, match="note"):
        make_plan(world, goal)


def test_every_missing_input_is_listed(world: World) -> None:
    goal = goal_of().model_copy(update={"use": (goal_of().use[0].model_copy(update={"inputs": {}}),)})
    with pytest.raises(InputsMissing) as caught:
        make_plan(world, goal)
    assert [finding.where.field for finding in caught.value.findings if finding.where] == ["text"]


def test_answers_fill_missing_inputs(world: World) -> None:
    goal = goal_of().model_copy(update={"use": (goal_of().use[0].model_copy(update={"inputs": {}}),)})
    plan = make_plan(world, goal, answers={"text": "hi"}).plan
    assert plan.uses[0].inputs["text"] == "hi"
    assert plan.uses[0].inputs_from["text"] == "answer"
    assert plan.uses[0].origin.source is Source.GOAL


def test_an_input_that_nobody_knows_stops_the_plan(world: World) -> None:
    goal = goal_of().model_copy(update={"inputs": {"colour": "red"}})
    with pytest.raises(FindingsStopPlan, match="colour"):
        make_plan(world, goal)


def test_a_pattern_that_matches_no_host_stops_the_plan(world: World, runner: PlayedRunner) -> None:
    runner.names = ()
    with pytest.raises(FindingsStopPlan, match="No host matches"):
        make_plan(world, goal_of())


def test_what_a_person_edited_is_kept_and_said(world: World) -> None:
    make_plan(world, goal_of())
    playbook = world.project.root / "playbooks" / "note.yml"
    playbook.write_text("# mine\n")
    planned = make_plan(world, goal_of())
    assert playbook.read_text() == "# mine\n"
    assert [finding.summary for finding in planned.findings] == ["A file was edited by hand and is kept"]


def test_the_same_goal_gives_the_same_plan(world: World) -> None:
    assert make_plan(world, goal_of()).plan.hash == make_plan(world, goal_of()).plan.hash
