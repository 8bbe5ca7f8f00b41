"""A person's, or the policy's, yes: bound to the plan's hash and to the very preview that was seen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from fazai.diagnostic import Finding, NotApproved
from fazai.flow.world import World
from fazai.outcome import Approval, Preview
from fazai.plan import Plan
from fazai.policy import approve_by_policy, dangers
from fazai.toolspec import Danger


def approve(world: World, plan: Plan, preview: Preview, *, approver: str, how: str, words: tuple[Danger, ...] = ()) -> Approval:
    """Keep a person's approval. Raises `NotApproved` for a failed preview, or when a danger's word was not said."""
    if preview.failed:
        raise NotApproved(
            Finding(summary="The preview failed", detail="It cannot be approved.", remedy="Mend what failed and preview again.")
        )
    unsaid = [danger for danger in dangers(plan) if danger not in words]
    if unsaid:
        flags = " ".join(f"--accept-risk {danger}" for danger in unsaid)
        raise NotApproved(
            Finding(
                summary="Needs a person's explicit word",
                detail=f"The plan has a danger of {', '.join(unsaid)}.",
                remedy=f"If you mean it, say so: {flags}",
            )
        )
    at = datetime.now(UTC)
    approval = Approval(
        plan_hash=plan.hash,
        preview_digest=preview.digest,
        approver=approver,
        how=how,
        words=words,
        at=at,
        expires=at + timedelta(hours=world.project.settings.policy.approval_hours),
    )
    keep_approval(world, approval)
    return approval


def policy_approval(world: World, plan: Plan, preview: Preview) -> Approval | None:
    """The policy's own yes, kept; None where a person is needed."""
    policy = world.project.settings.policy
    approval = approve_by_policy(plan, preview, policy.auto_approve, policy.approval_hours, datetime.now(UTC))
    if approval is not None and not preview.failed:
        keep_approval(world, approval)
        return approval
    return None


def keep_approval(world: World, approval: Approval) -> None:
    """The approval and its line in the journal."""
    world.plans.save_approval(approval)
    world.journal.write(
        "approved",
        plan=approval.plan_hash,
        preview=approval.preview_digest,
        approver=approval.approver,
        how=approval.how,
        words=list(approval.words),
    )
