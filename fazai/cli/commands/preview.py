"""`fazai preview`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from fazai.cli._story import add_detail_options, add_plan_argument, detail, open_world
from fazai.cli.views import View

HELP = """\
Show what a plan would change, host by host and task by task, with differences.

The plan's playbook is run in check mode: nothing is changed. What check mode cannot say is `unknown`, never `no change`."""
EXAMPLE = "  fazai preview goals/example.yaml\n  fazai preview 3f9c21a0 --full"


def add_arguments(parser: ArgumentParser) -> None:
    """A plan, and how much to show."""
    add_plan_argument(parser)
    add_detail_options(parser)


def run(args: Namespace, view: View) -> int:
    """Run check mode and show the verdict."""
    from fazai.diagnostic import ExitCode  # noqa: PLC0415
    from fazai.flow import find_plan, make_preview  # noqa: PLC0415

    world = open_world(args, view)
    plan = find_plan(world, args.plan)
    preview = make_preview(world, plan)
    view.preview(plan, preview, detail(args))
    if preview.failed:
        return ExitCode.HOSTS_FAILED
    view.note(f"Next: fazai apply {plan.short_hash}")
    return ExitCode.DONE
