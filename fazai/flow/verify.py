"""Applied -> verified: a second run that changes nothing, acceptance that holds, and what was to be kept is as before."""

from __future__ import annotations

from collections.abc import Sequence

from fazai.check import settles
from fazai.diagnostic import Finding, Severity
from fazai.flow._checks import accept_results, keep_results, load_keep
from fazai.flow._perform import came_through, rendered_of
from fazai.flow.dispatch import dispatch
from fazai.flow.world import World
from fazai.outcome import CheckResult, Evidence, Level, Run, RunKind, RunState, Verification
from fazai.plan import Plan


def verify(world: World, plan: Plan) -> Verification:
    """Prove an applied plan.

    Raises `NotApproved`: the second run and the checks run on real hosts, so they need the same leave.
    """
    rendered, findings = rendered_of(plan), world.plans.deviations(plan)
    with dispatch(world, plan, RunKind.VERIFY) as permit:
        events = permit.play(rendered.playbook)
        still, changed = settles(events)
        accepted = accept_results(permit, rendered)
        kept = keep_results(permit, rendered)
        verification = Verification(
            plan_hash=plan.hash,
            hosts=permit.preview.hosts,
            evidence=(
                Evidence(level=Level.LINTED, holds=True, text="rendered, checked against limits and collections"),
                Evidence(level=Level.PREVIEWED, holds=True, text="previewed without failure", run_id=permit.preview.run_id),
                _applied(world, plan),
                _idempotent(still and came_through(events), changed, permit.writer.run),
                _accepted(accepted, _kept(load_keep(world, plan), kept), findings, permit.writer.run),
            ),
            checks=(*accepted, *kept),
            findings=findings,
        )
        world.plans.save_verification(verification)
        permit.end(RunState.DONE if verification.level is Level.ACCEPTED else RunState.FAILED)
    return verification


def _applied(world: World, plan: Plan) -> Evidence:
    runs = [run for run in world.runs.all() if run.kind is RunKind.APPLY and run.plan_hash == plan.hash]
    last = runs[-1] if runs else None
    if last is None or last.state is not RunState.DONE:
        return Evidence(level=Level.APPLIED, holds=False, text="the last apply did not end well" if last else "never applied")
    return Evidence(level=Level.APPLIED, holds=True, text=f"applied by {last.who}, approved by {last.approver}", run_id=last.id)


def _idempotent(holds: bool, changed: Sequence[str], run: Run) -> Evidence:  # noqa: FBT001
    text = "a second run changed nothing" if holds else f"a second run changed: {', '.join(changed) or 'it failed'}"
    return Evidence(level=Level.IDEMPOTENT, holds=holds, text=text, run_id=run.id)


def _accepted(accepted: Sequence[CheckResult], disturbed: Sequence[str], findings: Sequence[Finding], run: Run) -> Evidence:
    failed = [f"{result.title} ({result.host})" for result in accepted if not result.holds]
    errors = [finding.summary for finding in findings if finding.severity is Severity.ERROR]
    if not accepted:
        text = "there is no acceptance check: write accept: in the goal"
    elif failed or disturbed or errors:
        text = "; ".join([*(f"does not hold: {title}" for title in failed), *disturbed, *errors])
    else:
        text = f"{len(accepted)} acceptance checks hold"
    holds = bool(accepted) and not (failed or disturbed or errors)
    return Evidence(level=Level.ACCEPTED, holds=holds, text=text, run_id=run.id)


def _kept(before: Sequence[CheckResult], after: Sequence[CheckResult]) -> list[str]:
    """What `keep` was to protect and is otherwise now."""
    seen = {(result.host, result.index): result for result in before}
    disturbed: list[str] = []
    for result in after:
        was = seen.get((result.host, result.index))
        if was is None:
            if not result.holds:
                disturbed.append(f"not kept: {result.title} ({result.host})")
        elif (was.holds and not result.holds) or was.observed != result.observed:
            disturbed.append(f"not as before: {result.title} ({result.host})")
    return disturbed
