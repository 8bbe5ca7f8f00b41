"""`fazai catalog`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from fazai.cli._parser import Parser
from fazai.cli.views import View

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fazai.toolspec import ToolSpec

HELP = "List, search and show the toolspecs that FazAI can use: its catalog's, and this project's own."
EXAMPLE = "  fazai catalog list\n  fazai catalog search nginx\n  fazai catalog show static_site"


def add_arguments(parser: Parser) -> None:
    """list, search, show."""
    parser.add_commands(
        "do",
        [
            ("list", "List the toolspecs by name", _no_arguments),
            ("search", "Find toolspecs by words of their name, title and tags", _search),
            ("show", "Show one: its inputs, what it does, a goal that uses it", _show),
        ],
    )


def _no_arguments(_parser: Parser) -> None:
    pass


def _search(parser: Parser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+", help="Words, in English or Portuguese")


def _show(parser: Parser) -> None:
    parser.add_argument("name", metavar="NAME", help="Name of a toolspec")


def run(args: Namespace, view: View) -> int:
    """Read the shelf."""
    from fazai.project import Project  # noqa: PLC0415
    from fazai.shelf import Shelf  # noqa: PLC0415

    project = Project.find()
    view.speak(project.settings.language)
    shelf = Shelf.load(project.root / project.settings.toolspecs)
    if args.do == "show":
        view.toolspec(shelf.get(args.name))
        return 0
    specs, findings = shelf.all()
    found = specs if args.do == "list" else matching(specs, " ".join(args.text))
    view.toolspecs(found)
    for finding in (*shelf.findings, *findings):
        view.finding(finding)
    if not found:
        view.note("No toolspec has these words. `fazai catalog list` shows all.")
    return 0


def matching(specs: Sequence[ToolSpec], text: str) -> list[ToolSpec]:
    """The toolspecs that have words of `text` in their name, titles or tags; those with most of them first."""
    words = set(text.casefold().split())
    hits = {spec.name: sum(word in _words_of(spec) for word in words) for spec in specs}
    return sorted((spec for spec in specs if hits[spec.name]), key=lambda spec: (-hits[spec.name], spec.name))


def _words_of(spec: ToolSpec) -> str:
    return " ".join((spec.name, spec.name.replace("_", " "), spec.title.en, spec.title.pt, *spec.tags)).casefold()
