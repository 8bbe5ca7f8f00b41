"""What a person is told when a command does not come to its end."""

from __future__ import annotations

import errno
import sys
import traceback

from fazai.cli._words import counted
from fazai.cli.views import View
from fazai.diagnostic import ExitCode, FazaiError, Finding, InputsMissing, Where
from fazai.outcome import EventKind, Run, RunKind, RunState

_MACHINE = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM, errno.EFBIG})


def tell(error: BaseException, view: View, *, debug: bool, since: float) -> int:
    """Show an error; the exit code. `since` is when this process began, in seconds of the epoch."""
    if debug:
        traceback.print_exception(error, file=sys.stderr)
    match error:
        case InputsMissing():
            view.missing(error.findings)
            return error.exit_code
        case FazaiError():
            for finding in error.findings:
                view.trouble(finding)
            return error.exit_code
        case KeyboardInterrupt():
            view.trouble(interrupted(since))
            return ExitCode.INTERRUPTED
        case OSError(errno=number) if number in _MACHINE:
            view.trouble(refused_by_the_machine(error))
            return ExitCode.UNEXPECTED
        case _:
            view.trouble(unexpected(error, debug=debug))
            return ExitCode.UNEXPECTED


def refused_by_the_machine(error: OSError) -> Finding:
    """A disk that is full, or a place that may not be written: no fault of ours, and nothing to trace."""
    return Finding(
        summary="This machine refuses to write",
        detail=f"{error.strerror}.",
        where=Where(file=str(error.filename)) if error.filename else None,
        remedy="Free space, or mend the permissions, and run it again: what was half written is not used. "
        "If a run was going on, `fazai runs list` shows how it ended.",
    )


def unexpected(error: BaseException, *, debug: bool) -> Finding:
    """A fault of ours, or of the machine, in one line."""
    text = " ".join(str(error).split())
    return Finding(
        summary=f"Unexpected: {type(error).__name__}",
        detail=text if len(text) <= 500 else text[:497] + "...",
        remedy="" if debug else "Run it again with --debug for the traceback.",
    )


def interrupted(since: float) -> Finding:
    """What is known after Ctrl-C: which run was stopped, and what it had changed by then."""
    run = _stopped_run(since)
    if run is None:
        return Finding(summary="Interrupted", detail="No run was going on; nothing was changed on any host.")
    if run.kind is RunKind.PREVIEW:
        return Finding(summary="Interrupted", detail=f"Run {run.id} was a preview; it changed nothing on any host.")
    return Finding(
        summary="Interrupted",
        detail=f"Run {run.id} ({run.kind}) was stopped on {', '.join(run.limit)}: {_done_in(run)}. "
        "The task that was going on may have been done or not.",
        remedy=f"`fazai preview {run.plan_hash[:12]}` shows how things stand; `fazai runs show {run.id}` what was done.",
    )


def _stopped_run(since: float) -> Run | None:
    """The newest run, if it began in this process and did not end; None also where the project cannot be read."""
    from fazai.project import Project, RunStore  # noqa: PLC0415

    try:
        root = Project.find().root
        if not (root / ".fazai" / "runs").is_dir():
            return None
        run = RunStore(root / ".fazai").load("last")
    except (FazaiError, OSError):
        return None
    ended = run.state in {RunState.DONE, RunState.FAILED}
    return None if ended or run.started.timestamp() < since else run


def _done_in(run: Run) -> str:
    from fazai.project import Project, RunStore  # noqa: PLC0415

    changed = [event for event in RunStore(Project.find().state).events(run.id) if event.kind is EventKind.HOST_CHANGED]
    if not changed:
        return "no task had reported a change yet"
    last = changed[-1]
    return f"{counted(len(changed), 'task')} had changed something, the last: {last.task} on {last.host}"
