"""Which plan a person means: a goal's file, the beginning of a hash, or nothing for the newest."""

from __future__ import annotations

from pathlib import Path

from fazai.diagnostic import Finding, UsageError, Where
from fazai.document import build, parse
from fazai.flow.world import World
from fazai.goal import Goal
from fazai.plan import Plan
from fazai.project import read_text


def read_goal(path: Path) -> Goal:
    """The goal in a file. Raises `UsageError` when it cannot be read, `InvalidFile` with every mistake in it."""
    return build(Goal, parse(read_text(path), str(path)))


def find_plan(world: World, text: str | None) -> Plan:
    """The plan meant by `text`. Raises `UsageError` when there is none, or the goal was changed since it was planned."""
    if text is None:
        return _or_none(world.plans.newest(), "There is no plan in this project yet.")
    if not (Path(text).suffix in {".yaml", ".yml"} or Path(text).exists()):
        return world.plans.load(text)
    goal = read_goal(Path(text))
    plan = _or_none(world.plans.latest(goal.name), f'The goal "{goal.name}" has no plan yet.')
    if plan.goal != goal:
        raise UsageError(
            Finding(
                summary="The goal was changed since it was planned",
                where=Where(file=text),
                remedy=f"Plan it again: fazai plan {text}",
            )
        )
    return plan


def _or_none(plan: Plan | None, why: str) -> Plan:
    if plan is None:
        raise UsageError(Finding(summary="No plan", detail=why, remedy="Make one: fazai plan GOAL"))
    return plan
