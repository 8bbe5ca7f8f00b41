"""Goal -> plan: who can serve it, with which inputs; rendered, judged and written where people read it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from fazai.check import limits, missing_collections, unrunnable_checks
from fazai.diagnostic import Finding, FindingsStopPlan, Severity, UsageError, Where
from fazai.flow._choose import choose_uses
from fazai.flow._files import write_project_files
from fazai.flow.world import World
from fazai.goal import Goal
from fazai.plan import Plan
from fazai.project import hold_project
from fazai.render import Rendered, render

# A host's name goes into patterns, where others than these mean something, and names a directory of ours.
_HOST: Final = re.compile(r"\w[\w.:%-]*")
_LONGEST: Final = 200


@dataclass(frozen=True)
class Planned:
    """A plan, the hosts it means, what was written, and what a person should know about it."""

    plan: Plan
    rendered: Rendered
    hosts: tuple[str, ...]
    findings: tuple[Finding, ...]
    files: tuple[Path, ...]


def make_plan(world: World, goal: Goal, *, answers: Mapping[str, Any] | None = None) -> Planned:
    """Plan a goal. `answers` are inputs that the person gave when asked.

    Raises `InputsMissing`, `NobodyCanPlan`, `UsageError` (inventory), `FindingsStopPlan`.
    """
    uses, notes = choose_uses(world, goal, answers or {})
    plan = Plan(goal=goal, uses=uses)
    _stop_at_errors(_misfits(plan))
    rendered = render(plan)
    hosts = hosts_of(world, plan)
    findings = _judged(plan, rendered, hosts)
    _stop_at_errors(findings)
    with hold_project(world.project.state):
        world.plans.save(plan)
        files, remarks = write_project_files(world.project, rendered)
    return Planned(plan, rendered, hosts, (*notes, *world.shelf.findings, *findings, *remarks), files)


def hosts_of(world: World, plan: Plan) -> tuple[str, ...]:
    """The hosts that the goal's pattern means now."""
    hosts = world.runner.hosts(
        world.inventory_of(plan.goal.inventory),
        plan.goal.hosts,
        world.project.root,
        vault_password_file=world.project.settings.vault_password_file,
    )
    odd = [host for host in hosts if _HOST.fullmatch(host) is None or len(host.encode()) > _LONGEST]
    if odd:
        raise UsageError(
            *(
                Finding(
                    summary="A host's name cannot be used",
                    detail=f"{host[:_LONGEST]!r} is in the inventory.",
                    remedy="Call it by letters, digits and . _ : - alone, and give its address as ansible_host.",
                )
                for host in odd
            )
        )
    return hosts


def targets_of(world: World, plan: Plan, hosts: Sequence[str]) -> Mapping[str, str]:
    """How these hosts are reached now."""
    return world.runner.targets(
        world.inventory_of(plan.goal.inventory),
        hosts,
        world.project.root,
        vault_password_file=world.project.settings.vault_password_file,
    )


def _misfits(plan: Plan) -> list[Finding]:
    """Values that do not have the form that a step asks for: a path that is none, a line that became two."""
    return [
        Finding(
            summary="A value does not fit where it is used",
            detail=f"{use.toolspec.name}: {message}.",
            where=Where(field=".".join(map(str, path))),
            remedy="Mend the input it comes from.",
        )
        for use in plan.uses
        for path, message in use.misfits()
    ]


def _judged(plan: Plan, rendered: Rendered, hosts: Sequence[str]) -> tuple[Finding, ...]:
    found = [*limits(plan, hosts), *unrunnable_checks(plan), *missing_collections(rendered.collections)]
    if not hosts:
        found.append(
            Finding(
                summary="No host matches",
                detail=f'The pattern "{plan.goal.hosts}" matches no host of the inventory.',
                remedy="Check hosts: in the goal against `ansible-inventory --graph`.",
            )
        )
    return tuple(found)


def _stop_at_errors(findings: Sequence[Finding]) -> None:
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        raise FindingsStopPlan(*errors)
