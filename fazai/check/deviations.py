"""Whether apply did what the preview said."""

from __future__ import annotations

from collections.abc import Iterable

from fazai.check._occurrences import Occurrence, occurrences
from fazai.diagnostic import Finding, Severity, Where
from fazai.outcome import Event, EventKind, Preview, TaskPreview, TaskStatus

_STAYS = frozenset({TaskStatus.NO_CHANGE, TaskStatus.NOT_APPLICABLE})
_UNCHANGED = frozenset({EventKind.HOST_OK, EventKind.HOST_SKIPPED})


def deviations(preview: Preview, events: Iterable[Event]) -> list[Finding]:
    """An error for each change that the preview said would not come, a warning for each predicted one that did not come.

    Tasks that failed or were not reached are no deviations: that is told elsewhere. A handler that the preview does not have
    was notified by a task that has a verdict of its own.
    """
    said = {(task.host, task.key): task for task in preview.tasks}
    found = []
    for one in occurrences(events):
        task = said.get((one.host, one.key))
        if one.event.kind is EventKind.HOST_CHANGED:
            if task is None and not one.event.handler:
                found.append(_unforeseen(one, "the preview does not have this task"))
            elif task is not None and task.status in _STAYS:
                found.append(_unforeseen(one, f"the preview said {task.status}"))
        elif one.event.kind in _UNCHANGED and task is not None and task.status is TaskStatus.PREDICTED_CHANGE:
            found.append(_unfulfilled(one, task))
    return found


def _unforeseen(one: Occurrence, said: str) -> Finding:
    return Finding(
        summary="Apply changed what the preview did not say",
        detail=f'"{one.event.task}" on {one.host}: {said}, apply changed something.',
        where=_where(one),
        remedy="Look at its diff in the run; if it is not what you want, take the run back.",
    )


def _unfulfilled(one: Occurrence, task: TaskPreview) -> Finding:
    return Finding(
        severity=Severity.WARNING,
        summary="Apply did not change what the preview predicted",
        detail=f'"{task.task}" on {one.host}: the preview said {task.status}, apply changed nothing.',
        where=_where(one),
        remedy="Something else may have changed the host in between, or an earlier task did it already.",
    )


def _where(one: Occurrence) -> Where:
    file, _, line = one.place.rpartition(":")
    return Where(file=file, line=int(line)) if file and line.isdigit() else Where(file=one.place)
