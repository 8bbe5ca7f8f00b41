"""Verified -> remembered: an entry on evidence only; failures are remembered as failures."""

from __future__ import annotations

from fazai.flow.world import World
from fazai.kb import entry_id
from fazai.outcome import Entry, EntryStatus, Level, Verification
from fazai.plan import Plan
from fazai.recall import understand


def commit(world: World, plan: Plan, verification: Verification) -> Entry:
    """Remember a plan: `verified` at level accepted, `failed` below, with the evidence that did not hold."""
    accepted = verification.level is Level.ACCEPTED
    failed = next((item.text for item in verification.evidence if not item.holds), "")
    proof = verification.evidence[-1]
    status = EntryStatus.VERIFIED if accepted else EntryStatus.FAILED
    entry = Entry(
        id=entry_id(plan.hash, status),
        status=status,
        title=" + ".join(spec.title.en for spec in plan.toolspecs()),
        goal_text=plan.goal.goal,
        concepts=tuple(sorted(understand(plan.goal.goal).names)),
        uses=plan.uses,
        given=tuple(sorted(plan.goal.inputs)),
        level=verification.level,
        plan_hash=plan.hash,
        run_id=proof.run_id or "",
        hosts=verification.hosts,
        versions=world.runner.versions(),
        why_failed=failed,
    )
    world.open_store().add(entry)
    world.journal.write("remembered", entry=entry.id, status=entry.status.value, plan=plan.hash, level=entry.level.value)
    return entry
