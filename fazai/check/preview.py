"""From the events of a check-mode run to a preview."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from fazai.check._diffs import attributes_alone, diffs_of
from fazai.check._occurrences import Occurrence, key_of, occurrences
from fazai.check._verdict import Flux, Verdict, verdict
from fazai.check.task import JudgedTask
from fazai.outcome import Event, EventKind, Preview, TaskPreview, TaskStatus

_IN_FLUX = frozenset({TaskStatus.PREDICTED_CHANGE, TaskStatus.UNKNOWN, TaskStatus.FAILED})
_NOTABLE = frozenset({EventKind.HOST_CHANGED, EventKind.HOST_FAILED})


def judge(events: Iterable[Event], tasks: Sequence[JudgedTask], hosts: Sequence[str] | None = None) -> tuple[TaskPreview, ...]:
    """One verdict for each host and task, hosts in the order given (else of appearance), tasks in the order they run.

    A task that the events do not speak of on a host is `unknown: not reached`; a handler that was not notified is left out. A
    task that stands in `tasks` fewer times than it ran is known by its place. Tasks of an unknown place (gathering facts)
    are left out unless they failed or would change something.
    """
    told = list(events)
    by_host: defaultdict[str, list[Occurrence]] = defaultdict(list)
    for occurrence in occurrences(told):
        by_host[occurrence.host].append(occurrence)
    known = {task.place: task for task in reversed(tasks)} | {
        key_of(task.place, number): task for task, number in _numbered(tasks)
    }
    named = list(hosts) if hosts is not None else list(by_host)
    return tuple(found for host in named for found in _Host(host, known, by_host[host], told).previews(tasks))


def preview_of(
    events: Iterable[Event],
    tasks: Sequence[JudgedTask],
    *,
    plan_hash: str,
    run_id: str,
    hosts: Sequence[str],
    targets: Mapping[str, str] | None = None,
    at: datetime | None = None,
) -> Preview:
    """The preview of one plan on `hosts`, from the events of its check-mode run.

    It is `finished` when the run ended by itself, and not for a reason outside its tasks (a playbook that cannot be read).
    """
    told = list(events)
    unreachable = {event.host for event in told if event.kind is EventKind.HOST_UNREACHABLE}
    when = {} if at is None else {"at": at}
    return Preview(
        plan_hash=plan_hash,
        run_id=run_id,
        hosts=tuple(hosts),
        targets=targets or {},
        tasks=judge(told, tasks, hosts),
        unreachable=tuple(host for host in hosts if host in unreachable),
        finished=_finished(told),
        **when,
    )


def _finished(events: Sequence[Event]) -> bool:
    last = next((event for event in reversed(events) if event.kind is EventKind.RUN_FINISHED), None)
    if last is None or last.result.get("status") not in {"successful", "failed"}:
        return False
    explained = any(
        event.kind is EventKind.HOST_UNREACHABLE or (event.kind is EventKind.HOST_FAILED and not event.ignored)
        for event in events
    )
    return last.result.get("rc") == 0 or explained


class _Host:
    """Judges one host's tasks in their order, remembering what is in flux."""

    def __init__(self, host: str, known: Mapping[str, JudgedTask], ran: Sequence[Occurrence], events: Sequence[Event]) -> None:
        self.host = host
        self.known = known
        self.ran = ran
        self.flux: dict[str, Flux] = {}
        self.stopped = _stopped(ran, events)

    def previews(self, tasks: Sequence[JudgedTask]) -> list[TaskPreview]:
        found = [
            self._preview(task, one) for one in self.ran if (task := self._task(one)) is not None and not _includes(one.event)
        ]
        done = {one.key for one in self.ran}
        missing = [
            self._not_reached(task, number)
            for task, number in _numbered(tasks)
            if not task.handler and key_of(task.place, number) not in done and not self._may_be_absent(task)
        ]
        return _in_order(found, missing, tasks)

    def _task(self, one: Occurrence) -> JudgedTask | None:
        task = self.known.get(one.key) or self.known.get(one.place)
        if task is None and one.event.kind in _NOTABLE:
            event = one.event
            return JudgedTask(place=one.place, title=event.task or one.place, role=event.role or "", handler=event.handler)
        return task

    def _preview(self, task: JudgedTask, one: Occurrence) -> TaskPreview:
        event = one.event
        waiting_for = [self.flux[place] for place in task.after if place in self.flux]
        judged = verdict(task, event, waiting_for, any_flux=bool(self.flux))
        title = event.task or task.title
        if judged.status in _IN_FLUX:
            earlier = self.flux.get(task.place)
            alone = judged.status is TaskStatus.PREDICTED_CHANGE and attributes_alone(event.result)
            self.flux[task.place] = Flux(title=title, attributes_alone=alone and (earlier is None or earlier.attributes_alone))
        return self._told(task, one.key, title, judged, event)

    def _may_be_absent(self, task: JudgedTask) -> bool:
        """A task of an included file comes up as often as the including one says: never, for an empty list."""
        return self.stopped is None and bool(self.ran) and not task.place.rpartition(":")[0].endswith("/tasks/main.yml")

    def _told(self, task: JudgedTask, key: str, title: str, judged: Verdict, event: Event) -> TaskPreview:
        hidden = task.hidden or "censored" in event.result
        return TaskPreview(
            host=self.host,
            key=key,
            task=title,
            role=task.role or event.role or "",
            handler=task.handler,
            status=judged.status,
            reason=judged.reason,
            after=judged.after,
            diffs=() if hidden else diffs_of(event.result),
            hidden=hidden,
        )

    def _not_reached(self, task: JudgedTask, number: int) -> TaskPreview:
        why = self.stopped or ("it did not come up in check mode" if self.ran else "nothing ran on this host")
        return TaskPreview(
            host=self.host,
            key=key_of(task.place, number),
            task=task.title,
            role=task.role,
            status=TaskStatus.UNKNOWN,
            reason=f"not reached: {why}",
            hidden=task.hidden,
        )


def _numbered(tasks: Sequence[JudgedTask]) -> list[tuple[JudgedTask, int]]:
    """Each task with which time its place comes up."""
    seen: Counter[str] = Counter()
    numbered = []
    for task in tasks:
        seen[task.place] += 1
        numbered.append((task, seen[task.place]))
    return numbered


def _in_order(found: list[TaskPreview], missing: list[TaskPreview], tasks: Sequence[JudgedTask]) -> list[TaskPreview]:
    """What ran, in its order, then what was not reached: a host stops at the first failure, so nothing runs after a gap."""
    order = {key_of(task.place, number): position for position, (task, number) in enumerate(_numbered(tasks))}
    steps = [preview for preview in found if not preview.handler] + missing
    if all(preview.key in order for preview in steps):
        steps.sort(key=lambda preview: order[preview.key])
    return steps + [preview for preview in found if preview.handler]


def _includes(event: Event) -> bool:
    """Whether it only brought in a file of tasks: those speak for themselves."""
    parts = [event.result, *(item for item in event.result.get("results") or () if isinstance(item, Mapping))]
    return event.kind is EventKind.HOST_OK and any("include" in part for part in parts)


def _stopped(ran: Sequence[Occurrence], events: Sequence[Event]) -> str | None:
    """Why a host did not come to the end of its tasks; None when it did."""
    for one in ran:
        if one.event.kind is EventKind.HOST_UNREACHABLE:
            return "the host is unreachable"
        if one.event.kind is EventKind.HOST_FAILED and not one.event.ignored:
            return f"{one.event.task} failed before it"
    last = next((event for event in reversed(events) if event.kind is EventKind.RUN_FINISHED), None)
    return None if last and last.result.get("status") in {"successful", "failed"} else "the preview was cut off"
