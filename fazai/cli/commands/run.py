"""`fazai run`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING

from fazai.cli._story import add_detail_options, ask_approval, detail, open_world, with_answers
from fazai.cli.views import View

if TYPE_CHECKING:
    from fazai.diagnostic import Finding
    from fazai.plan import Plan

HELP = """\
The whole line in one go: plan, preview, approve, apply, verify, remember.

It stops where a person is needed: on a terminal you are asked; elsewhere the policy of fazai.yml may approve, or it
stops after the preview and says how to go on (exit code 6)."""
EXAMPLE = "  fazai run goals/example.yaml"


def add_arguments(parser: ArgumentParser) -> None:
    """A goal, and how much of its preview to show."""
    parser.add_argument("goal", metavar="GOAL", help="Goal file")
    add_detail_options(parser)


def run(args: Namespace, view: View) -> int:
    """Pursue the goal, showing each stage as it is reached."""
    from fazai.cli._person import Person  # noqa: PLC0415
    from fazai.diagnostic import ExitCode  # noqa: PLC0415
    from fazai.flow import Applied, Planned, pursue, read_goal  # noqa: PLC0415
    from fazai.outcome import Approval, Entry, Level, Preview, Verification  # noqa: PLC0415

    goal, world, person = read_goal(Path(args.goal)), open_world(args, view), Person.at_terminal(args)
    shown: list[Plan] = []

    def reached(milestone: object) -> None:
        match milestone:
            case Planned():
                shown.append(milestone.plan)
                view.planned(milestone)
            case Preview():
                view.preview(shown[-1], milestone, detail(args))
            case Approval():
                view.approval(milestone)
            case Applied():
                for finding in milestone.findings:
                    view.finding(finding)
            case Verification():
                view.verification(milestone)
            case Entry():
                view.entry(milestone)

    def consent(plan: Plan, preview: Preview) -> Approval | None:
        return ask_approval(world, plan, preview, person, view) if person is not None else None

    pursued = with_answers(lambda answers: pursue(world, goal, consent=consent, answers=answers, reached=reached), person)
    if pursued.preview.failed:
        return ExitCode.HOSTS_FAILED
    if pursued.verification is None:
        view.trouble(_stopped(pursued.planned.plan))
        return ExitCode.NOT_APPROVED
    return ExitCode.DONE if pursued.verification.level is Level.ACCEPTED else ExitCode.NOT_VERIFIED


def _stopped(plan: Plan) -> Finding:
    """Where the line stops without a yes, and how to go on."""
    from fazai.diagnostic import Finding  # noqa: PLC0415
    from fazai.policy import dangers  # noqa: PLC0415

    words = "".join(f" --accept-risk {danger}" for danger in dangers(plan))
    return Finding(
        summary="Not approved",
        detail="Nothing was changed on any host.",
        remedy=f"If the preview is what you want: fazai apply {plan.short_hash} --approve {plan.short_hash}{words}",
    )
