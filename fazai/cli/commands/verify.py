"""`fazai verify`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from fazai.cli._story import add_plan_argument, open_world
from fazai.cli.views import View

HELP = """\
Prove an applied plan: a second run that changes nothing, acceptance checks that hold, and what was to be kept is as before.

The outcome is remembered: as verified only when all of it holds, else as a failure (exit code 7)."""
EXAMPLE = "  fazai verify goals/example.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    """A plan."""
    add_plan_argument(parser)


def run(args: Namespace, view: View) -> int:
    """Verify, then remember."""
    from fazai.diagnostic import ExitCode  # noqa: PLC0415
    from fazai.flow import commit, find_plan, verify  # noqa: PLC0415
    from fazai.outcome import Level  # noqa: PLC0415

    world = open_world(args, view)
    plan = find_plan(world, args.plan)
    verification = verify(world, plan)
    view.verification(verification)
    view.entry(commit(world, plan, verification))
    return ExitCode.DONE if verification.level is Level.ACCEPTED else ExitCode.NOT_VERIFIED
