"""The only place that lets anything be changed.

No run without a plan hash, a preview of that hash, and an approval of both that has not expired; on the hosts that were
previewed and no others; one run on a host at a time; with a journal line on disk before the first write.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

from fazai.diagnostic import Finding, NotApproved
from fazai.flow._perform import begin, play
from fazai.flow.plan import hosts_of
from fazai.flow.world import World
from fazai.outcome import Approval, Event, Preview, RunKind, RunState
from fazai.plan import Plan
from fazai.policy import refusals
from fazai.project import RunWriter, hold_hosts


@dataclass(frozen=True)
class Permit:
    """Leave to run playbooks of one plan on its previewed hosts, for as long as the `dispatch` that gave it."""

    world: World
    plan: Plan
    preview: Preview
    approval: Approval
    writer: RunWriter

    def play(self, playbook: str) -> tuple[Event, ...]:
        """Run a playbook of the plan for real."""
        return play(self.world, self.plan, self.writer, playbook, check=False)

    def look(self, name: str, text: str) -> tuple[Event, ...]:
        """Run a playbook of our own that changes nothing, given as text; it stands in the plan's tree as `name`."""
        return play(self.world, self.plan, self.writer, name, check=False, extra={name: text})

    def end(self, state: RunState) -> None:
        """Say how the run ended."""
        self.writer.end(state)


@contextmanager
def dispatch(world: World, plan: Plan, kind: RunKind) -> Iterator[Permit]:
    """Leave to act, or `NotApproved` with every reason why not; `HostsBusy` when another process is on a host."""
    preview, approval = world.plans.preview(plan), world.plans.approval(plan)
    found = refusals(plan, preview, approval, datetime.now(UTC))
    if preview is not None:
        found += _changed_since(world, plan, preview)
    if found or preview is None or approval is None:
        raise NotApproved(*found)
    with hold_hosts(world.project.state, preview.hosts):
        world.journal.write(
            "dispatched", plan=plan.hash, work=kind.value, hosts=list(preview.hosts), who=world.who, approver=approval.approver
        )
        with begin(world, plan, kind, preview.hosts, approval.approver) as writer:
            try:
                yield Permit(world, plan, preview, approval, writer)
            except KeyboardInterrupt:
                writer.end(RunState.INTERRUPTED)
                raise
            finally:
                world.journal.write("ended", run=writer.run.id, plan=plan.hash, state=_ended(writer.run.state).value)


def _ended(state: RunState) -> RunState:
    return RunState.FAILED if state is RunState.RUNNING else state


def _changed_since(world: World, plan: Plan, preview: Preview) -> list[Finding]:
    """What makes a preview stale: other hosts now, or a run that was cut off after it."""
    found: list[Finding] = []
    now = hosts_of(world, plan)
    if set(now) != set(preview.hosts):
        found.append(
            Finding(
                summary="The hosts are others than at the preview",
                detail=f"Then: {', '.join(preview.hosts)}. Now: {', '.join(now) or 'none'}.",
                remedy="Preview again.",
            )
        )
    found.extend(
        Finding(
            summary="A run was cut off after this preview",
            detail=f"Nobody can say what run {run.id} did on {', '.join(run.limit)}.",
            remedy="Preview again: it shows how things stand.",
        )
        for run in world.runs.cut_off()
        if run.kind is not RunKind.PREVIEW and run.started > preview.at and set(run.limit) & set(preview.hosts)
    )
    return found
