"""`fazai schema`."""

from __future__ import annotations

from argparse import ArgumentParser, Namespace

from fazai.cli.views import View

HELP = "Print the JSON Schema (draft 2020-12) of a file format: for editors, and for programs that write such files."
EXAMPLE = "  fazai schema goal > goal.schema.json"


def add_arguments(parser: ArgumentParser) -> None:
    """Which format."""
    parser.add_argument(
        "format", metavar="FORMAT", choices=["goal", "toolspec", "action", "settings"], help="goal, toolspec, action or settings"
    )


def run(args: Namespace, view: View) -> int:
    """Print one schema."""
    from fazai.cli._schemas import schema_of  # noqa: PLC0415

    view.schema(args.format, schema_of(args.format))
    return 0
