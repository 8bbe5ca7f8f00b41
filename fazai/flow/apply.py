"""An approved plan onto its hosts; what differs from the preview is a finding."""

from __future__ import annotations

from dataclasses import dataclass

from fazai.check import deviations
from fazai.diagnostic import Finding, HostsFailed
from fazai.flow._before import keep_before
from fazai.flow._checks import keep_results, save_keep
from fazai.flow._perform import came_through, rendered_of
from fazai.flow.dispatch import dispatch
from fazai.flow.world import World
from fazai.outcome import Event, EventKind, Run, RunKind, RunState
from fazai.plan import Plan


@dataclass(frozen=True)
class Applied:
    """How it went. `findings` name each task that did something else than the preview said."""

    run: Run
    findings: tuple[Finding, ...]


def apply(world: World, plan: Plan) -> Applied:
    """Apply a plan that was previewed and approved.

    Raises `NotApproved`, `HostsBusy`, and `HostsFailed` with a finding for each host that failed or was unreachable.
    """
    rendered = rendered_of(plan)
    with dispatch(world, plan, RunKind.APPLY) as permit:
        if rendered.keep_playbook is not None:
            save_keep(world, plan, keep_results(permit, rendered))
        keep_before(permit)
        events = permit.play(rendered.playbook)
        done = came_through(events)
        permit.end(RunState.DONE if done else RunState.FAILED)
        run = permit.writer.run
        found = tuple(deviations(permit.preview, events))
        world.plans.save_deviations(plan, found)
    if not done:
        raise HostsFailed(*_failures(events, run), *found)
    return Applied(run, found)


def _failures(events: tuple[Event, ...], run: Run) -> list[Finding]:
    """One finding for each host and task that failed; at least one."""
    kinds = {EventKind.HOST_FAILED: "A task failed", EventKind.HOST_UNREACHABLE: "A host was unreachable"}
    found = [
        Finding(
            summary=kinds[event.kind],
            detail=f"{event.host}: {event.task}: {_why(event)}",
            remedy=f"`fazai runs show {run.id}` has all of it. Mend the cause, preview and apply again; what is done stays done.",
        )
        for event in events
        if event.kind in kinds and not event.ignored
    ]
    notes = [event.text for event in events if event.kind is EventKind.NOTE and event.text]
    return found or [Finding(summary="The playbook did not run to its end", detail=" ".join(notes[-1:]), remedy="See the run.")]


def _why(event: Event) -> str:
    """What the module said; of a loop, what it said of the first item that failed."""
    items = [item for item in event.result.get("results") or () if isinstance(item, dict) and item.get("failed")]
    return str(next((item["msg"] for item in items if item.get("msg")), event.result.get("msg", event.text)))
