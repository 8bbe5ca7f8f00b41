"""`fazai plan`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path

from fazai.cli._story import open_world, with_answers
from fazai.cli.views import View

HELP = """\
Plan a goal: choose toolspecs, bind their inputs, write playbook, roles and Molecule scenario.

Nothing is done to any host. What the goal leaves open is asked for on a terminal, and listed elsewhere (exit code 3)."""
EXAMPLE = "  fazai plan goals/example.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    """A goal."""
    parser.add_argument("goal", metavar="GOAL", help="Goal file")


def run(args: Namespace, view: View) -> int:
    """Make a plan and show it."""
    from fazai.cli._person import Person  # noqa: PLC0415
    from fazai.flow import make_plan, read_goal  # noqa: PLC0415

    goal, world = read_goal(Path(args.goal)), open_world(args, view)
    view.planned(with_answers(lambda answers: make_plan(world, goal, answers=answers), Person.at_terminal(args)))
    view.note(f"Next: fazai preview {args.goal}")
    return 0
