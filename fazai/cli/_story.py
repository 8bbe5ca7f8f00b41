"""What the commands of the story share: the world they act in, and the places where a person is asked."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

from fazai.cli.views import Detail, View

if TYPE_CHECKING:
    from fazai.cli._person import Person
    from fazai.flow import World
    from fazai.outcome import Approval, Event, Preview
    from fazai.plan import Plan

T = TypeVar("T")


def add_plan_argument(parser: ArgumentParser) -> None:
    """Which plan is meant."""
    parser.add_argument(
        "plan", metavar="GOAL|HASH", nargs="?", help="Goal file or beginning of a plan's hash; the newest plan if left out"
    )


def add_detail_options(parser: ArgumentParser) -> None:
    """How much of a preview is shown."""
    group = parser.add_argument_group("what is shown")
    diff = group.add_mutually_exclusive_group()
    diff.add_argument("--diff", action="store_true", default=True, help="Show differences (as if left out)")
    diff.add_argument("--no-diff", dest="diff", action="store_false", help="Show no differences")
    group.add_argument("--full", action="store_true", help="Show whole differences, and tasks that change nothing")


def detail(args: Namespace) -> Detail:
    """What `add_detail_options` gathered."""
    return Detail(diff=args.diff, full=args.full)


def open_world(args: Namespace, view: View) -> World:
    """The real world of the project around the current directory; its runs are shown as they go."""
    from fazai.flow import World  # noqa: PLC0415 -- heavy
    from fazai.outcome import EventKind  # noqa: PLC0415
    from fazai.project import Project, RunStore  # noqa: PLC0415

    project = Project.find()
    view.speak(project.settings.language)

    def tell(event: Event) -> None:
        if event.kind is EventKind.RUN_STARTED:
            view.begin(RunStore(project.state).load("last"))
        view.event(event)

    return World.of(project, tell=tell, inventory=tuple(args.inventory) if args.inventory else None)


def with_answers(attempt: Callable[[Mapping[str, Any]], T], person: Person | None) -> T:
    """What `attempt` gives; where inputs are missing and somebody is there, they are asked for and it is tried again."""
    from fazai.diagnostic import InputsMissing  # noqa: PLC0415

    answers: Mapping[str, Any] = {}
    while True:
        try:
            return attempt(answers)
        except InputsMissing as missing:
            given = person.inputs(missing.findings) if person is not None else None
            if not given or given.keys() <= answers.keys():
                raise
            answers = {**answers, **given}


def ask_approval(world: World, plan: Plan, preview: Preview, person: Person, view: View) -> Approval | None:
    """The person's yes to what they were shown, kept; None for a no."""
    from fazai.flow import approve  # noqa: PLC0415

    view.stakes(plan, preview)
    yes, words = person.approves(plan)
    return approve(world, plan, preview, approver=world.who, how="terminal", words=words) if yes else None
