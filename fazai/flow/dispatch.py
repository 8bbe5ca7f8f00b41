"""The only place that lets anything be changed.

No run without a plan hash, a preview of that hash, and an approval of both that has not expired; on the hosts that were
previewed and no others; one run on a host at a time; with a journal line on disk before the first write.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from fazai.diagnostic import Finding, NotApproved
from fazai.flow._perform import begin, play
from fazai.flow._remains import await_remains
from fazai.flow.plan import hosts_of, targets_of
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

    @property
    def tree(self) -> Path:
        """Where the run's playbooks lie."""
        return self.world.runs.tree(self.writer.run.id)

    def end(self, state: RunState) -> None:
        """Say how the run ended."""
        self.writer.end(state)


@contextmanager
def dispatch(world: World, plan: Plan, kind: RunKind) -> Iterator[Permit]:
    """Leave to act, or `NotApproved` with every reason why not; `HostsBusy` when another process is on a host."""
    previewed = _allowed(world, plan)[0].hosts
    with hold_hosts(world.project.state, previewed):
        await_remains(world, previewed)
        # Once more: another process may have been at work between the question and the lock.
        preview, approval = _allowed(world, plan)
        found = _changed_since(world, plan, kind, preview)
        if found:
            raise NotApproved(*found)
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


def _allowed(world: World, plan: Plan) -> tuple[Preview, Approval]:
    """The preview and the approval that allow it. Raises `NotApproved`."""
    preview, approval = world.plans.preview(plan), world.plans.approval(plan)
    found = refusals(plan, preview, approval, datetime.now(UTC))
    if found or preview is None or approval is None:
        raise NotApproved(*found)
    return preview, approval


def _ended(state: RunState) -> RunState:
    return RunState.FAILED if state is RunState.RUNNING else state


def _changed_since(world: World, plan: Plan, kind: RunKind, preview: Preview) -> list[Finding]:
    """What makes a preview stale: other hosts now, a run that was cut off after it, or, for one more apply, any apply."""
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
    else:
        found.extend(_moved(preview.targets, targets_of(world, plan, now)))
    if kind is RunKind.APPLY:
        found.extend(_applied_since(world, preview))
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


def _moved(then: Mapping[str, str], now: Mapping[str, str]) -> list[Finding]:
    """Names that mean other machines than at the preview."""
    return [
        Finding(
            summary="A host is reached otherwise than at the preview",
            detail=f"{host} was {then.get(host, 'not known')}, and is {target} now.",
            remedy="Preview again: it may be another machine.",
        )
        for host, target in now.items()
        if then.get(host) != target
    ]


def _applied_since(world: World, preview: Preview) -> list[Finding]:
    """A preview tells of what was before; after an apply, whole or in part, it is spent."""
    return [
        Finding(
            summary="It was applied since this preview",
            detail=f"Run {run.id} of this plan ended as {run.state}, so the preview no longer shows how things stand.",
            remedy="Preview again.",
        )
        for run in world.runs.all()
        if run.kind is RunKind.APPLY
        and run.plan_hash == preview.plan_hash
        and run.started > preview.at
        and run.state is not RunState.UNKNOWN
    ][:1]
