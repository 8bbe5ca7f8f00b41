"""The whole line, in one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fazai.flow.apply import Applied, apply
from fazai.flow.approve import policy_approval
from fazai.flow.commit import commit
from fazai.flow.plan import Planned, make_plan
from fazai.flow.preview import make_preview
from fazai.flow.verify import verify
from fazai.flow.world import World
from fazai.goal import Goal
from fazai.outcome import Approval, Entry, Preview, Verification
from fazai.plan import Plan

Consent = Callable[[Plan, Preview], Approval | None]
Milestone = Planned | Preview | Approval | Applied | Verification | Entry
Reached = Callable[[Milestone], None]


@dataclass(frozen=True)
class Pursued:
    """How far it came; what was not reached is None."""

    planned: Planned
    preview: Preview
    applied: Applied | None = None
    verification: Verification | None = None
    entry: Entry | None = None


def _nobody(_milestone: object) -> None:
    """Nobody listens."""


def pursue(
    world: World, goal: Goal, *, consent: Consent, answers: Mapping[str, Any] | None = None, reached: Reached = _nobody
) -> Pursued:
    """plan -> preview -> approve -> apply -> verify -> commit, stopping where a person is needed and says no.

    `consent` asks the person; it is not asked where the policy approves, nor for a preview that failed. `reached` is told each
    milestone before the next stage begins, so that a person has seen the preview when they are asked.
    """
    planned = make_plan(world, goal, answers=answers)
    reached(planned)
    preview = make_preview(world, planned.plan)
    reached(preview)
    if preview.failed:
        return Pursued(planned, preview)
    approval = policy_approval(world, planned.plan, preview) or consent(planned.plan, preview)
    if approval is None:
        return Pursued(planned, preview)
    reached(approval)
    applied = apply(world, planned.plan)
    reached(applied)
    verification = verify(world, planned.plan)
    reached(verification)
    entry = commit(world, planned.plan, verification)
    reached(entry)
    return Pursued(planned, preview, applied, verification, entry)
