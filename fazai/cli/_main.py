"""From argv to an exit code."""

from __future__ import annotations

import os
import sys
import time

from fazai.cli._parser import DEFAULTS, Misused, build, load

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from fazai.cli._parser import Parser

# The values of fazai.diagnostic.ExitCode, which would import pydantic; a test holds them together.
USAGE = 2
INTERRUPTED = 130
_CUT_PIPE = 141  # 128 + SIGPIPE, as a shell would say it


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code. No traceback leaves here unless --debug asks for it."""
    words = list(sys.argv[1:] if argv is None else argv)
    _open_what_was_closed()
    _speak_any_encoding()
    try:
        return _parsed_and_run(build(), words)
    except BrokenPipeError:
        # The reader of our output has gone; closing stdout must not complain a second time.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        return _CUT_PIPE
    except SystemExit as end:  # argparse, after --help and --version
        return end.code if isinstance(end.code, int) else USAGE


def _parsed_and_run(parser: Parser, words: list[str]) -> int:
    if "_ARGCOMPLETE" in os.environ:
        _complete(parser)
    if not words:
        parser.fill()
        parser.print_help(sys.stderr)
        return USAGE
    try:
        args = parser.parse_args(words, _namespace())
    except Misused as misused:
        return _misused(misused, as_json="--json" in words)
    if args.project is not None and not _go_to(args.project):
        missing = Misused(f'No such directory "{args.project}"', "Check -C.", parser.format_usage())
        return _misused(missing, as_json=args.json)
    return _run(args)


def _run(args: Namespace) -> int:
    from fazai.cli.views import view_for  # noqa: PLC0415 -- not for --help

    view, since = view_for(args), time.time()
    try:
        _end_as_if_interrupted()
        code = load(args.command).run(args, view)
        view.end(code)
        sys.stdout.flush()
    except (BrokenPipeError, SystemExit):
        raise
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- shown to the person, whatever it is
        from fazai.cli._troubles import tell  # noqa: PLC0415

        code = tell(error, view, debug=args.debug, since=since)
        view.end(code)
    return code


def _end_as_if_interrupted() -> None:
    """A request to end, or a terminal that goes away, is met as Ctrl-C is: the playbook is stopped, the run's state written."""
    import signal  # noqa: PLC0415 -- not for --help
    import threading  # noqa: PLC0415

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is threading.main_thread():
        for number in (signal.SIGTERM, signal.SIGHUP):
            if signal.getsignal(number) is signal.SIG_DFL:  # under nohup a hang-up is ignored, and stays so
                signal.signal(number, interrupt)


def _misused(misused: Misused, *, as_json: bool) -> int:
    if as_json:
        import json  # noqa: PLC0415

        finding = {"type": "finding", "severity": "error", "summary": misused.summary, "remedy": misused.remedy}
        print(json.dumps(finding))
        print(json.dumps({"type": "end", "exit_code": USAGE}))
    else:
        from fazai.cli._clean import clean  # noqa: PLC0415

        print(f"error: {clean(misused.summary)}\n  {clean(misused.remedy)}\n{misused.usage.rstrip()}", file=sys.stderr)
    return USAGE


def _namespace() -> Namespace:
    from argparse import Namespace  # noqa: PLC0415

    return Namespace(**DEFAULTS)


def _go_to(directory: str) -> bool:
    try:
        os.chdir(directory)
    except OSError:
        return False
    return True


def _open_what_was_closed() -> None:
    """Where we were started without stdin, stdout or stderr, the next file we opened would become one of them."""
    for descriptor in range(3):
        try:
            os.fstat(descriptor)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # the lowest number that is free: this one
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: PTH123, SIM115 -- pathlib is not for --help


def _speak_any_encoding() -> None:
    """A terminal that cannot show a character gets its escape, not a crash."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")


def _complete(parser: Parser) -> None:
    import argcomplete  # noqa: PLC0415 -- only when a shell asks

    parser.fill_all()
    argcomplete.autocomplete(parser)
