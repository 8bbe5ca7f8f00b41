"""`fazai apply`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING

from fazai.cli._story import add_detail_options, add_plan_argument, ask_approval, detail, open_world
from fazai.cli.views import View

if TYPE_CHECKING:
    from fazai.flow import World
    from fazai.outcome import Approval, Preview
    from fazai.plan import Plan

HELP = """\
Apply a plan to its hosts, after its preview and somebody's approval.

On a terminal the preview is shown and you are asked. Elsewhere say which plan you looked at: --approve HASH.
A plan that can lose data or lock you out needs your word for that danger as well: --accept-risk DANGER."""
EXAMPLE = "  fazai apply goals/example.yaml\n  fazai apply 3f9c21a0b1c2 --approve 3f9c21a0b1c2"


def add_arguments(parser: ArgumentParser) -> None:
    """A plan, and the approval of one."""
    add_plan_argument(parser)
    add_detail_options(parser)
    add_approval_options(parser)


def add_approval_options(parser: ArgumentParser) -> None:
    """Approving without a terminal."""
    group = parser.add_argument_group("approving without a terminal")
    group.add_argument("--approve", metavar="HASH", help="Hash of the plan whose preview you looked at (12 digits or more)")
    group.add_argument(
        "--accept-risk", metavar="DANGER", action="append", default=[], choices=["data-loss", "lock-out"],
        help="A danger you accept: data-loss or lock-out; may be repeated",
    )  # fmt: skip


def run(args: Namespace, view: View) -> int:
    """Approve if need be, then apply."""
    from fazai.diagnostic import ExitCode  # noqa: PLC0415
    from fazai.flow import apply, find_plan  # noqa: PLC0415

    world = open_world(args, view)
    plan = find_plan(world, args.plan)
    if not _allowed(world, plan, args, view):
        view.note("Not approved; nothing was changed.")
        return ExitCode.NOT_APPROVED
    applied = apply(world, plan)
    for finding in applied.findings:
        view.finding(finding)
    view.run(applied.run)
    view.note(f"Next: fazai verify {plan.short_hash}")
    return ExitCode.DONE


def _allowed(world: World, plan: Plan, args: Namespace, view: View) -> bool:
    """Whether to go on. Where nobody can be asked it is `apply` that refuses, with every reason."""
    if args.approve is not None:
        view.approval(approve_by_hash(world, plan, args))
        return True
    from fazai.cli._person import Person  # noqa: PLC0415

    person = Person.at_terminal(args)
    if person is None or _is_approved(world, plan):
        return True
    preview = _shown_preview(world, plan, args, view)
    if preview.failed:
        return True
    approval = ask_approval(world, plan, preview, person, view)
    if approval is not None:
        view.approval(approval)
    return approval is not None


def approve_by_hash(world: World, plan: Plan, args: Namespace) -> Approval:
    """The approval that the command line gives. Raises `NotApproved` when it names another plan, or one without a preview."""
    from fazai.diagnostic import Finding, NotApproved  # noqa: PLC0415
    from fazai.flow import approve  # noqa: PLC0415
    from fazai.toolspec import Danger  # noqa: PLC0415

    if len(args.approve) < len(plan.short_hash) or not plan.hash.startswith(args.approve):
        raise NotApproved(
            Finding(
                summary="The approval is for something else",
                detail=f'"{args.approve}" was approved, this is plan {plan.short_hash}.',
                remedy=f"Look at `fazai preview {plan.short_hash}`, then approve its hash with at least 12 digits.",
            )
        )
    preview = world.plans.preview(plan)
    if preview is None:
        raise NotApproved(
            Finding(
                summary="Not previewed", detail="Nobody has seen what it would change.", remedy=f"fazai preview {plan.short_hash}"
            )
        )
    words = tuple(dict.fromkeys(Danger(word) for word in args.accept_risk))
    return approve(world, plan, preview, approver=world.who, how="--approve", words=words)


def _is_approved(world: World, plan: Plan) -> bool:
    """Whether an approval given before is still good."""
    from datetime import UTC, datetime  # noqa: PLC0415

    from fazai.policy import refusals  # noqa: PLC0415

    return not refusals(plan, world.plans.preview(plan), world.plans.approval(plan), datetime.now(UTC))


def _shown_preview(world: World, plan: Plan, args: Namespace, view: View) -> Preview:
    """The preview that will be approved: always a new one, since what a person saw last week may no longer hold."""
    from fazai.flow import make_preview  # noqa: PLC0415

    preview = make_preview(world, plan)
    view.preview(plan, preview, detail(args))
    return preview
