"""`fazai runs`."""

from __future__ import annotations

import time
from argparse import Namespace
from typing import TYPE_CHECKING

from fazai.cli._parser import Parser
from fazai.cli.views import View

if TYPE_CHECKING:
    from fazai.project import RunStore

HELP = "List, show and replay past runs: every preview, apply and verification of this project."
EXAMPLE = "  fazai runs list\n  fazai runs show last\n  fazai runs replay last --speed 10"
_NONE = "No runs yet. `fazai preview` makes the first."
_SLOWEST_PAUSE = 5.0  # seconds between two events of a replay


def add_arguments(parser: Parser) -> None:
    """list, show, replay."""
    parser.add_commands(
        "do",
        [
            ("list", "List the runs, the newest last", lambda _parser: None),
            ("show", "Show one run and what it changed", _one_run),
            ("replay", "Show the events of a run again, as they were shown live", _replay),
        ],
    )


def _one_run(parser: Parser) -> None:
    parser.add_argument("run", metavar="RUN", help="Id of a run, or its beginning or end; `last` is the newest")


def _replay(parser: Parser) -> None:
    _one_run(parser)
    parser.add_argument(
        "--speed", metavar="N", type=_positive, default=0.0, help="N times as fast as it was; without pauses if left out"
    )


def _positive(text: str) -> float:
    number = float(text)
    if not 0 < number < float("inf"):
        raise ValueError(text)
    return number


_positive.__name__ = "positive number"  # argparse names it: invalid positive number value


def run(args: Namespace, view: View) -> int:
    """Read what was stored."""
    from fazai.project import Project, RunStore  # noqa: PLC0415

    project = Project.find()
    if args.do == "list" and not (project.root / ".fazai" / "runs").is_dir():
        view.note(_NONE)
        return 0
    store = RunStore(project.state)
    match args.do:
        case "list":
            _list(store, view)
        case "show":
            _show(store, args.run, view)
        case _:
            _play(store, args.run, args.speed, view)
    return 0


def _list(store: RunStore, view: View) -> None:
    runs = store.all()
    view.runs(runs)
    if not runs:
        view.note(_NONE)


def _show(store: RunStore, name: str, view: View) -> None:
    from fazai.outcome import EventKind  # noqa: PLC0415

    run = store.load(name)
    view.run(run)
    for event in store.events(run.id):
        if event.kind in {EventKind.HOST_CHANGED, EventKind.HOST_FAILED, EventKind.HOST_UNREACHABLE}:
            view.event(event)


def _play(store: RunStore, name: str, speed: float, view: View) -> None:
    run = store.load(name)
    view.begin(run, again=True)
    before = None
    for event in store.events(run.id):
        if speed and before is not None:
            time.sleep(min(max((event.at - before).total_seconds() / speed, 0.0), _SLOWEST_PAUSE))
        before = event.at
        view.event(event)
    view.run(run)
