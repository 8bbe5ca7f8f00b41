"""The parser of the command line.

Each command's own arguments are added when that command is met on the line, so that others need not be imported.
"""

from __future__ import annotations

import argparse
from importlib import import_module

from fazai import __version__
from fazai.cli._commands import COMMANDS, LATER

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any, NoReturn, Protocol

    from fazai.cli.views import View

    class Command(Protocol):
        """What each module under `commands/` has."""

        HELP: str
        EXAMPLE: str

        def add_arguments(self, parser: Parser) -> None:
            """Add the command's own arguments."""

        def run(self, args: argparse.Namespace, view: View) -> int:
            """Do it; the exit code."""


DEFAULTS = {"json": False, "debug": False, "no_color": False, "quiet": False, "project": None, "inventory": None}


class Misused(Exception):
    """The command line cannot be used. `parser` is the one that met the mistake."""

    def __init__(self, summary: str, remedy: str, usage: str) -> None:
        self.summary, self.remedy, self.usage = summary, remedy, usage
        super().__init__(summary)


class Parser(argparse.ArgumentParser):
    """A parser with the options that all commands share, before and after the command.

    `fill` adds the arguments of its own when it is first used. `gathered` is the one list of what is given several times.
    """

    def __init__(self, *, fill: Callable[[Parser], None], gathered: list[str], **kwargs: Any) -> None:
        super().__init__(allow_abbrev=False, add_help=False, formatter_class=_Formatter, **kwargs)
        self._fill: Callable[[Parser], None] | None = fill
        self._gathered = gathered
        self._commands: dict[str, Parser] = {}

    def fill(self) -> None:
        """Add the arguments of its own, and those of every command; once."""
        if self._fill is not None:
            fill, self._fill = self._fill, None
            fill(self)
            self._add_common()

    def fill_all(self) -> None:
        """Fill this parser and every one below it: what completion needs."""
        self.fill()
        for parser in self._commands.values():
            parser.fill_all()

    @property
    def commands(self) -> Mapping[str, Parser]:
        """The parsers below this one, by name, once it is filled."""
        return self._commands

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """As argparse does, after filling."""
        self.fill()
        return super().parse_known_args(args, namespace)

    def add_commands(self, dest: str, commands: Iterable[tuple[str, str, Callable[[Parser], None]]]) -> None:
        """Add commands below this one, as (name, help, fill)."""
        group = self.add_subparsers(dest=dest, metavar=dest.upper(), title="commands", required=True)
        for name, help_text, fill in commands:
            parser = group.add_parser(name, help=help_text, description=help_text + ".", fill=fill, gathered=self._gathered)
            self._commands[name] = parser

    def _add_common(self) -> None:
        group = self.add_argument_group("options of every command")
        group.add_argument("-h", "--help", action="help", help="Show this help and exit")
        absent = argparse.SUPPRESS
        group.add_argument("--json", action="store_true", default=absent, help="Print JSON objects, one a line")
        group.add_argument("-C", "--project", metavar="DIR", default=absent, help="Work as if started in DIR")
        group.add_argument(
            "-i", "--inventory", metavar="PATH", action=_Gather, const=self._gathered, default=absent,
            help="Inventory to use instead of the project's; may be repeated",
        )  # fmt: skip
        group.add_argument("-q", "--quiet", action="store_true", default=absent, help="Print results only, no progress")
        group.add_argument("--no-color", action="store_true", default=absent, help="No colours and no moving lines")
        group.add_argument("--debug", action="store_true", default=absent, help="Show tracebacks")

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            is_command = isinstance(action, argparse._SubParsersAction)
            if is_command and value in LATER:
                raise Misused(
                    f'"{value}" is not in this version', f"FazAI {__version__} cannot do this yet.", self.format_usage()
                )
            noun = "command" if is_command else str(action.metavar or action.dest)
            raise Misused(f'Unknown {noun} "{value}"', _did_you_mean(str(value), action.choices), self.format_usage())

    def error(self, message: str) -> NoReturn:
        """Not printed here: `main` shows it as it shows all errors."""
        raise Misused(message[:1].upper() + message[1:], f"See `{self.prog} --help`.", self.format_usage())


class _Gather(argparse.Action):
    """Appends to one list wherever on the line the option stands; argparse would forget what stood before the command."""

    def __call__(
        self, _parser: Any, namespace: argparse.Namespace, values: str | Sequence[Any] | None, _name: Any = None
    ) -> None:
        self.const.append(values)
        setattr(namespace, self.dest, self.const)


class _Formatter(argparse.RawDescriptionHelpFormatter):
    """Keeps line breaks of examples, and writes `-C, --project DIR` whatever the version of Python."""

    def _format_action_invocation(self, action: argparse.Action) -> str:
        if not action.option_strings or action.nargs == 0:
            return super()._format_action_invocation(action)
        value = self._format_args(action, self._get_default_metavar_for_optional(action))
        return f"{', '.join(action.option_strings)} {value}"


def build() -> Parser:
    """The whole parser, with every command still empty."""
    return Parser(
        prog="fazai",
        fill=_top,
        gathered=[],
        description="From a goal in plain words to a verified Ansible playbook.",
        epilog="Example:\n  fazai init shop && cd shop\n  fazai plan goals/example.yaml\n\n"
        "`fazai COMMAND --help` shows an example of each.",
    )


def load(name: str) -> Command:
    """The module of a command."""
    module: Any = import_module(f"fazai.cli.commands.{name}")
    return module  # type: ignore[no-any-return]


def _top(parser: Parser) -> None:
    parser.add_argument("--version", action="version", version=f"FazAI {__version__}", help="Show the version and exit")
    parser.add_commands("command", [(name, text, _filler(name)) for name, text in COMMANDS.items()])


def _filler(name: str) -> Callable[[Parser], None]:
    def fill(parser: Parser) -> None:
        command = load(name)
        parser.description = command.HELP
        parser.epilog = f"Example:\n{command.EXAMPLE.rstrip()}"
        command.add_arguments(parser)

    return fill


def _did_you_mean(word: str, words: Iterable[Any]) -> str:
    """As `fazai.diagnostic.did_you_mean`, which would import pydantic."""
    from difflib import get_close_matches  # noqa: PLC0415 -- for those who mistype only

    valid = [str(choice) for choice in words]
    near = get_close_matches(word.casefold(), valid, n=1, cutoff=0.6)
    return f'Did you mean "{near[0]}"?' if near else f"Valid: {', '.join(valid)}."
