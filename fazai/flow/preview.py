"""Plan -> preview: check mode with diff on the real hosts; nothing is written there."""

from __future__ import annotations

from fazai.check import JudgedTask, preview_of
from fazai.diagnostic import Finding, HostsFailed
from fazai.flow._perform import begin, play, rendered_of
from fazai.flow._remains import await_remains
from fazai.flow.plan import hosts_of, targets_of
from fazai.flow.world import World
from fazai.outcome import Preview, RunKind, RunState
from fazai.plan import Plan
from fazai.project import hold_hosts
from fazai.render import RenderedTask


def make_preview(world: World, plan: Plan) -> Preview:
    """What the plan would change, host by host. Raises `HostsBusy` when another process is on one of the hosts."""
    hosts = hosts_of(world, plan)
    if not hosts:
        raise HostsFailed(Finding(summary="No host matches", detail=f'"{plan.goal.hosts}".', remedy="Check the inventory."))
    rendered = rendered_of(plan)
    targets = targets_of(world, plan, hosts)
    with hold_hosts(world.project.state, hosts), begin(world, plan, RunKind.PREVIEW, hosts) as writer:
        await_remains(world, hosts)
        events = play(world, plan, writer, rendered.playbook, check=True)
        preview = preview_of(
            plan_hash=plan.hash,
            run_id=writer.run.id,
            hosts=hosts,
            targets=targets,
            events=events,
            tasks=tuple(map(_judged, rendered.tasks)),
        )
        world.plans.save_preview(preview)
        writer.end(RunState.FAILED if preview.failed else RunState.DONE)
    if not preview.failed:
        _reconcile(world, hosts)
    return preview


def _judged(task: RenderedTask) -> JudgedTask:
    return JudgedTask(
        place=task.place,
        title=task.title,
        role=task.role,
        handler=task.handler,
        after=task.after,
        hidden=task.hidden,
        prediction=task.prediction,
        conditional=task.conditional,
        refreshes_index=task.refreshes_index,
    )


def _reconcile(world: World, hosts: tuple[str, ...]) -> None:
    """A preview of the same hosts shows how things stand after a run that was cut off: it is no longer unknown."""
    for run in world.runs.cut_off():
        if set(run.limit) <= set(hosts):
            world.runs.settle(run, RunState.INTERRUPTED)
