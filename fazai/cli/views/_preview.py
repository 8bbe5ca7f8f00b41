"""A preview as a person reads it: by host, what would change first to the eye, the rest counted."""

from __future__ import annotations

from collections.abc import Sequence

from fazai.cli._clean import one_line
from fazai.cli._words import counted
from fazai.cli.views._diff import block, changed_lines, only_line
from fazai.cli.views._screen import Line, Span, dim, strong
from fazai.cli.views._view import Detail
from fazai.outcome import Preview, TaskPreview, TaskStatus
from fazai.plan import Plan

_STYLES = {
    TaskStatus.PREDICTED_CHANGE: "yellow",
    TaskStatus.UNKNOWN: "magenta",
    TaskStatus.FAILED: "bold red",
    TaskStatus.NO_CHANGE: "bright_black",
    TaskStatus.NOT_APPLICABLE: "bright_black",
}
_QUIET = (TaskStatus.NO_CHANGE, TaskStatus.NOT_APPLICABLE)
# In the order in which they are counted.
_WORDS = {
    TaskStatus.PREDICTED_CHANGE: ("predicted change", "predicted changes"),
    TaskStatus.UNKNOWN: ("unknown", "unknown"),
    TaskStatus.FAILED: ("failed", "failed"),
    TaskStatus.NO_CHANGE: ("no change", "no change"),
    TaskStatus.NOT_APPLICABLE: ("not applicable", "not applicable"),
}
_COLUMN = max(len(status.value) for status in TaskStatus if status is not TaskStatus.NOT_APPLICABLE) + 2


def head(plan: Plan, hosts: int) -> Line:
    """`Plan nginx-site  3f9c21a0b1c2  1 host  risk: low  from: catalog`."""
    level = plan.risk_level().name.lower()
    sources = ", ".join(dict.fromkeys(str(use.origin) for use in plan.uses))
    colour = {"low": "green", "medium": "yellow", "high": "bold red"}[level]
    return (
        "Plan ", strong(plan.goal.name), "  ", Span(plan.short_hash, "cyan"), f"  {counted(hosts, 'host')}  risk: ",
        Span(level, colour), f"  from: {one_line(sources)}",
    )  # fmt: skip


def body(preview: Preview, detail: Detail) -> list[Line]:
    """The tasks of every host, then the counts."""
    hosts = dict.fromkeys((*preview.hosts, *(task.host for task in preview.tasks)))
    width = max((len(host) for host in hosts), default=0) + 2
    lines = [
        line
        for host in hosts
        for line in _of_host(host, [task for task in preview.tasks if task.host == host], width, preview, detail)
    ]
    lines.append(("  ", dim(counts(preview.tasks))))
    if not preview.finished:
        lines.append(("  ", Span("The preview did not come to its end: what is missing here is unknown.", "bold red")))
    elif preview.is_empty:
        lines.append(("  ", Span("Nothing to change: everything is so already.", "green")))
    return lines


def _of_host(host: str, tasks: Sequence[TaskPreview], width: int, preview: Preview, detail: Detail) -> list[Line]:
    shown = [task for task in tasks if detail.full or task.status not in _QUIET]
    room = max((len(one_line(task.task)) for task in shown), default=0)
    rows: list[Line] = [(Span("unreachable", "bold red"),)] if host in preview.unreachable else []
    for task in shown:
        rows.extend(_of_task(task, min(room, 48), detail))
    quiet = sum(task.status is TaskStatus.NO_CHANGE for task in tasks)
    if quiet and not detail.full:
        rows.append((dim(f"{'no change':<{_COLUMN}}{counted(quiet, 'task')}"),))
    if not rows:
        rows.append((dim("nothing to do on this host"),))
    name = one_line(host)
    return [("  ", strong(f"{name:<{width}}") if i == 0 else " " * width, *row) for i, row in enumerate(rows)]


def _of_task(task: TaskPreview, room: int, detail: Detail) -> list[Line]:
    style = _STYLES[task.status]
    title = one_line(task.task) + (" (handler)" if task.handler else "")
    beside, below = _remark(task, detail)
    quiet = dim(title) if task.status in _QUIET else title
    row: Line = (Span(f"{task.status.value:<{_COLUMN}}", style), quiet)
    if beside is not None:
        row = (*row, " " * (max(room - len(title), 0) + 2), beside)
    return [row, *below]


def _remark(task: TaskPreview, detail: Detail) -> tuple[Span | None, list[Line]]:
    """What stands beside a task, and what below it."""
    if task.status is TaskStatus.UNKNOWN and task.after:
        return dim(f"after: {one_line(', '.join(task.after))}"), []
    if task.status in {TaskStatus.UNKNOWN, TaskStatus.FAILED} and task.reason:
        return Span(one_line(task.reason), "red" if task.status is TaskStatus.FAILED else "bright_black"), []
    if task.status is not TaskStatus.PREDICTED_CHANGE or not detail.diff:
        return None, []
    if task.hidden:
        return dim("(secret: not shown)"), []
    lines = changed_lines(task.diffs, task.task)
    short = only_line(lines)
    if short is not None and not detail.full:
        return short, []
    return None, block(lines, "    ", full=detail.full)


def counts(tasks: Sequence[TaskPreview]) -> str:
    """`2 predicted changes · 1 unknown · 3 no change`."""
    numbers = {status: sum(task.status is status for task in tasks) for status in _WORDS}
    words = [f"{number} {_WORDS[status][number != 1]}" for status, number in numbers.items() if number]
    return " · ".join(words) or "no tasks"
