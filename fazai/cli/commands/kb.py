"""`fazai kb`."""

from __future__ import annotations

from argparse import Namespace
from typing import TYPE_CHECKING

from fazai.cli._parser import Parser
from fazai.cli.views import View

if TYPE_CHECKING:
    from fazai.kb import Store

HELP = """\
List, search and show what was learned: solutions that were proved on real hosts, and failures.

Only `fazai verify` and `fazai run` add to it, on evidence."""
EXAMPLE = "  fazai kb list\n  fazai kb search nginx page\n  fazai kb show 3f9c21a0b1c2"


def add_arguments(parser: Parser) -> None:
    """list, search, show."""
    parser.add_commands(
        "do",
        [
            ("list", "List the entries, the newest first", _no_arguments),
            ("search", "Find entries like a text, what was proved first", _search),
            ("show", "Show one entry with its evidence", _show),
        ],
    )


def _no_arguments(_parser: Parser) -> None:
    pass


def _search(parser: Parser) -> None:
    parser.add_argument("text", metavar="TEXT", nargs="+", help="Words of a goal, in any language")
    parser.add_argument("--limit", metavar="N", type=int, default=10, help="Most entries to show (10)")


def _show(parser: Parser) -> None:
    parser.add_argument("id", metavar="ID", help="Id of an entry, or its beginning")


def run(args: Namespace, view: View) -> int:
    """Read the knowledge base."""
    store = _store()
    if store is None:
        view.note("Nothing learned yet: this project has no knowledge base.")
        return 0
    match args.do:
        case "show":
            view.entry(store.get(args.id))
        case "search":
            hits = store.search(" ".join(args.text), limit=args.limit)
            view.entries([hit.entry for hit in hits])
            if not hits:
                view.note("Nothing like it was learned.")
        case _:
            entries = store.all()
            view.entries(entries)
            if not entries:
                view.note("Nothing learned yet. `fazai verify` remembers what it proved.")
    for finding in store.findings():
        view.finding(finding)
    return 0


def _store() -> Store | None:
    """The project's knowledge base; None where it was never written, so that looking makes no files."""
    from fazai.kb import ChromaStore  # noqa: PLC0415
    from fazai.project import Project  # noqa: PLC0415

    directory = Project.find().root / ".fazai" / "kb"
    return ChromaStore(directory) if directory.is_dir() else None
