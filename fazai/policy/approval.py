"""Whether an approval allows a run."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from fazai.diagnostic import Finding
from fazai.outcome import Approval, Preview
from fazai.plan import Plan
from fazai.policy.risk import dangers
from fazai.toolspec import Danger, RiskLevel

_LEVELS = {"low": RiskLevel.LOW, "medium": RiskLevel.MEDIUM}


def refusals(plan: Plan, preview: Preview | None, approval: Approval | None, at: datetime) -> list[Finding]:
    """Every reason why this plan must not run now; none means that it may.

    An approval is bound to the plan's hash and to the very preview that was seen.
    """
    if preview is None or preview.plan_hash != plan.hash:
        return [_refusal("Not previewed", f"Plan {plan.short_hash} has no preview.", "Run `fazai preview` first.")]
    found: list[Finding] = []
    if preview.failed:
        found.append(_refusal("The preview failed", "A plan whose preview failed is not applied.", "Mend it and preview again."))
    if approval is None:
        remedy = f"Look at the preview, then: fazai apply {plan.short_hash} --approve {plan.short_hash}"
        return [*found, _refusal("Not approved", f"Nobody approved plan {plan.short_hash}.", remedy + _words_remedy(plan))]
    if approval.plan_hash != plan.hash or approval.preview_digest != preview.digest:
        found.append(_refusal("The approval is for something else", "The plan or its preview is another.", "Approve this one."))
    if approval.expires <= at:
        found.append(
            _refusal("The approval has expired", f"It was good until {approval.expires:%F %H:%M} UTC.", "Approve again.")
        )
    unsaid = [danger for danger in dangers(plan) if danger not in approval.words]
    if unsaid:
        listed = ", ".join(unsaid)
        found.append(_refusal("Needs a person's explicit word", f"Danger of {listed}.", f"If you mean it: {_flags(unsaid)}"))
    return found


def approve_by_policy(plan: Plan, preview: Preview, auto_approve: str, hours: float, at: datetime) -> Approval | None:
    """The policy's own yes, for plans without dangers up to its risk; None where a person is needed."""
    highest = _LEVELS.get(auto_approve)
    if highest is None or dangers(plan) or plan.risk_level() > highest:
        return None
    return Approval(
        plan_hash=plan.hash,
        preview_digest=preview.digest,
        approver="policy",
        how=f"policy.auto_approve: {auto_approve}",
        at=at,
        expires=at + timedelta(hours=hours),
    )


def _words_remedy(plan: Plan) -> str:
    needed = dangers(plan)
    return f" {_flags(needed)}" if needed else ""


def _flags(words: Sequence[Danger]) -> str:
    return " ".join(f"--accept-risk {word}" for word in words)


def _refusal(summary: str, detail: str, remedy: str) -> Finding:
    return Finding(summary=summary, detail=detail, remedy=remedy)
