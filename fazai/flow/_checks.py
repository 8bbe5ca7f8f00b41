"""Acceptance and keep checks within a permit, and what `keep` saw before."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from fazai.check import JudgedCheck, check_results
from fazai.flow.dispatch import Permit
from fazai.flow.world import World
from fazai.outcome import CheckResult
from fazai.plan import Plan
from fazai.project import write_atomically
from fazai.render import Rendered, RenderedCheck


def accept_results(permit: Permit, rendered: Rendered) -> tuple[CheckResult, ...]:
    """Every acceptance check on every host."""
    return _results(permit, rendered, rendered.verify_playbook, "accept")


def keep_results(permit: Permit, rendered: Rendered) -> tuple[CheckResult, ...]:
    """Every keep check on every host, as things are now."""
    return _results(permit, rendered, rendered.keep_playbook, "keep") if rendered.keep_playbook else ()


def _results(permit: Permit, rendered: Rendered, playbook: str, group: str) -> tuple[CheckResult, ...]:
    events = permit.play(playbook)
    checks = [_judged(check) for check in rendered.checks if check.group == group]
    return check_results(events, checks, permit.preview.hosts)


def _judged(check: RenderedCheck) -> JudgedCheck:
    return JudgedCheck(
        group=check.group, index=check.index, title=check.title, places=check.places, observe=check.check.observation
    )


def save_keep(world: World, plan: Plan, results: Sequence[CheckResult]) -> None:
    """Keep what the keep checks saw before the first write."""
    data = json.dumps([result.model_dump(mode="json") for result in results], indent=1)
    write_atomically(_keep_file(world, plan), data, mode=0o600)


def load_keep(world: World, plan: Plan) -> tuple[CheckResult, ...]:
    """What the keep checks saw before; nothing where there were none."""
    path = _keep_file(world, plan)
    if not path.is_file():
        return ()
    return tuple(CheckResult.model_validate(item) for item in json.loads(path.read_text()))


def _keep_file(world: World, plan: Plan) -> Path:
    return world.plans.directory(plan) / "keep.json"
