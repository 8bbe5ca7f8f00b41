"""One run of one playbook: recorded, numbered, told, and ended in a clear state."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from fazai.flow._files import write_tree
from fazai.flow.world import World
from fazai.outcome import Event, EventKind, HostResult, Run, RunKind, RunState
from fazai.plan import Plan
from fazai.project import RunWriter
from fazai.render import Rendered, render
from fazai.run import Job


@dataclass(frozen=True)
class Performed:
    """A run as it ended, and its events."""

    run: Run
    events: tuple[Event, ...]

    @property
    def ok(self) -> bool:
        """Whether every host came through."""
        return self.run.state is RunState.DONE


def begin(world: World, plan: Plan, kind: RunKind, hosts: tuple[str, ...], approver: str | None = None) -> RunWriter:
    """Keep a run that begins now; its state is on disk before anything is touched."""
    run = Run(
        id=world.runs.new_id(),
        kind=kind,
        plan_hash=plan.hash,
        goal=plan.goal.name,
        who=world.who,
        approver=approver,
        argv=tuple(word.encode("utf-8", "backslashreplace").decode() for word in sys.argv),
        versions=world.runner.versions(),
        limit=hosts,
    )
    return world.runs.start(run)


def play(
    world: World, plan: Plan, writer: RunWriter, playbook: str, *, check: bool, extra: Mapping[str, str] | None = None
) -> tuple[Event, ...]:
    """Run one playbook of the plan's own tree within a run; every event is on disk before it is told.

    `extra` are files beside the rendered ones.
    """
    job = Job(
        tree=write_tree(world.runs.tree(writer.run.id), {**render(plan).files, **(extra or {})}),
        playbook=playbook,
        inventory=world.inventory_of(plan.goal.inventory),
        limit=writer.run.limit,
        check=check,
        cwd=world.project.root,
        forks=world.project.settings.forks,
        vault_password_file=world.project.settings.vault_password_file,
    )
    events: list[Event] = []
    with closing(world.runner.run(job)) as stream:  # closing it stops the playbook
        for event in stream:
            recorded = writer.record(event)
            events.append(recorded)
            world.tell(recorded)
            if event.kind is EventKind.RUN_STARTED:
                writer.update(pid=event.result.get("pid"))
            elif event.kind is EventKind.RUN_FINISHED:
                writer.update(hosts=_added(writer.run.hosts, event.result))
    return tuple(events)


def came_through(events: tuple[Event, ...]) -> bool:
    """Whether a playbook ran to its end with no host failed or unreachable."""
    ended = [event for event in events if event.kind is EventKind.RUN_FINISHED]
    return bool(ended) and ended[-1].result.get("rc") == 0


def rendered_of(plan: Plan) -> Rendered:
    """The plan's text; the same plan always gives the same."""
    return render(plan)


def _added(hosts: Mapping[str, HostResult], result: Mapping[str, Any]) -> dict[str, HostResult]:
    """Counts of several playbooks of one run, added up by host."""
    total = dict(hosts)
    for host, counts in result.get("hosts", {}).items():
        before = total.get(host, HostResult()).model_dump()
        total[host] = HostResult(**{name: before[name] + int(counts.get(name, 0)) for name in before})
    return total
