"""The risk of a plan, by rule."""

from __future__ import annotations

from fazai.plan import Plan
from fazai.toolspec import Danger, Risk


def dangers(plan: Plan) -> tuple[Danger, ...]:
    """The dangers that need the person's explicit word, each once."""
    return tuple(sorted({risk.danger for risk in plan.risks() if risk.danger is not None}))


def reasons(plan: Plan) -> tuple[Risk, ...]:
    """The plan's risks, the highest first, each reason once."""
    unique = {risk.reason: risk for risk in plan.risks()}
    return tuple(sorted(unique.values(), key=lambda risk: (-risk.level, risk.reason)))
