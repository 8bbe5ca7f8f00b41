"""`fazai doctor`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from fazai.cli.views import View

HELP = """\
Check this machine and this project, line by line, each trouble with what to do about it.

Nothing is changed, and no host is contacted. Exit code 4 when there is an error; a warning alone is not one."""
EXAMPLE = "  fazai doctor\n  fazai doctor --deep"


def add_arguments(parser: ArgumentParser) -> None:
    """How thoroughly."""
    parser.add_argument("--deep", action="store_true", help="Also load what is slow to load")


def run(args: Namespace, view: View) -> int:
    """Look at everything, whatever is found."""
    from fazai.cli.doctor import checkups  # noqa: PLC0415
    from fazai.diagnostic import ExitCode  # noqa: PLC0415

    failed = False
    for checkup in checkups(deep=args.deep, inventory=args.inventory):
        view.checkup(checkup)
        failed |= checkup.state == "error"
    return ExitCode.FINDINGS if failed else ExitCode.DONE
