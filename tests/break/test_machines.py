"""What was approved holds for the machines that were seen, and for one apply."""

from __future__ import annotations

from collections.abc import Generator
from pathlib import Path

import pytest

from fazai.diagnostic import HostsFailed, NotApproved, UsageError
from fazai.flow import World, apply, approve, make_plan, make_preview, verify
from fazai.outcome import Event, EventKind, Level
from fazai.plan import Plan
from fazai.run import Job
from fazai.run.inventory import target_of
from tests.flow.conftest import PlayedRunner, goal_of

pytestmark = pytest.mark.io


def approved(world: World) -> Plan:
    plan = make_plan(world, goal_of()).plan
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    return plan


def test_another_machine_under_the_same_name_is_not_touched(world: World, runner: PlayedRunner) -> None:
    plan = approved(world)
    runner.address = "10.0.0.2"
    with pytest.raises(NotApproved, match=r"web1 was 10\.0\.0\.1, and is 10\.0\.0\.2 now"):
        apply(world, plan)
    assert [job for job in runner.jobs if not job.check] == []


@pytest.mark.parametrize(
    ("variables", "target"),
    [
        ({}, "web1"),
        ({"ansible_host": "10.0.0.1"}, "10.0.0.1"),
        ({"ansible_ssh_host": "10.0.0.1", "ansible_ssh_port": 2222}, "10.0.0.1:2222"),
        ({"ansible_connection": "local", "ansible_password": "s3cret"}, "local web1"),
    ],
)
def test_a_machine_is_known_by_how_it_is_reached(variables: dict[str, object], target: str) -> None:
    assert target_of("web1", variables) == target


def test_a_preview_is_good_for_one_apply(world: World) -> None:
    plan = approved(world)
    apply(world, plan)
    assert verify(world, plan).level is Level.ACCEPTED
    with pytest.raises(NotApproved, match="applied since this preview"):
        apply(world, plan)
    approve(world, plan, make_preview(world, plan), approver="ana", how="test")
    assert apply(world, plan).findings == ()


def test_after_an_apply_that_failed_half_way_only_a_new_preview_tells_how_things_stand(
    world: World, runner: PlayedRunner
) -> None:
    plan = approved(world)
    runner.failing = True
    with pytest.raises(HostsFailed):
        apply(world, plan)
    runner.failing = False
    with pytest.raises(NotApproved, match="ended as failed"):
        apply(world, plan)


@pytest.mark.parametrize(
    "name", ["../web1", "/etc", "web 1", "~web.*", "!web1", "@hosts", "web*", "web1,web2", "-web1", ".", "a\x1b[31m", "w" * 300]
)
def test_a_host_whose_name_means_something_else_is_refused(name: str, world: World, runner: PlayedRunner) -> None:
    runner.names = (name,)
    with pytest.raises(UsageError, match="name cannot be used"):
        make_plan(world, goal_of())


@pytest.mark.parametrize("name", ["web1", "web-1.example.net", "servidor_é", "10.0.0.1", "fe80::1%eth0"])
def test_ordinary_names_of_hosts_are_taken(name: str, world: World, runner: PlayedRunner) -> None:
    runner.names = (name,)
    assert make_plan(world, goal_of()).hosts == (name,)


def test_each_run_plays_files_of_its_own_and_leaves_none(world: World, runner: PlayedRunner) -> None:
    plan = approved(world)
    apply(world, plan)
    trees = {job.tree for job in runner.jobs}
    assert len(trees) == 2  # the preview's and the apply's
    assert not any(tree.exists() for tree in trees)


def test_a_plan_whose_name_was_half_written_is_not_the_newest(world: World) -> None:
    plan = make_plan(world, goal_of()).plan
    (world.project.state / "plans" / "latest" / ".note.1f2e3d4c.tmp").write_text("3f9")
    assert world.plans.newest() == plan


def test_a_failed_loop_says_what_its_item_said(world: World, runner: PlayedRunner, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = approved(world)
    really = runner.run

    def with_items(job: Job) -> Generator[Event, None, None]:
        for event in really(job):
            items = [{"msg": "fine"}, {"failed": True, "msg": "invalid key"}]
            failed = event.kind is EventKind.HOST_FAILED
            yield event.model_copy(update={"result": {"msg": "One or more items failed", "results": items}}) if failed else event

    monkeypatch.setattr(runner, "run", with_items)
    runner.failing = True
    with pytest.raises(HostsFailed, match="invalid key"):
        apply(world, plan)


def test_words_that_are_not_utf_8_can_be_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.argv", ["fazai", "preview", "goals/\udcff.yaml"])
    preview = make_preview(world, make_plan(world, goal_of()).plan)
    assert world.runs.load(preview.run_id).argv[-1] == "goals/\\udcff.yaml"


def test_the_before_image_names_no_directory_above_the_project(world: World, runner: PlayedRunner) -> None:
    seen: list[str] = []
    runner.before = lambda job: seen.append((job.tree / job.playbook).read_text()) if job.playbook == "before.yml" else None
    apply(world, approved(world))
    assert str(Path(world.project.root)) not in seen[0]
