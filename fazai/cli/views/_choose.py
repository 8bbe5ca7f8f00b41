"""Which view the command line asks for."""

from __future__ import annotations

from argparse import Namespace

from fazai.cli.views._view import View


def view_for(args: Namespace) -> View:
    """The view that the command line asks for."""
    if args.json:
        from fazai.cli.views.json import JsonView  # noqa: PLC0415 -- one of the two is needed

        return JsonView()
    from fazai.cli.views.human import HumanView  # noqa: PLC0415

    return HumanView.on_terminal(no_color=args.no_color, quiet=args.quiet)
