"""From ansible-runner's events to ours: one for each host and task, in the order in which they ended."""

from __future__ import annotations

import json
import os.path
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from fazai.outcome import Event, EventKind
from fazai.run._results import cut, reduced

_PLAIN: Final = "fazai-plain "
_ANSI: Final = re.compile(r"\x1b\[[0-9;]*[A-Za-z]|\r")
_COUNTS: Final = {"ok": "ok", "changed": "changed", "failures": "failed", "skipped": "skipped", "dark": "unreachable"}

_KINDS: Final = {
    "runner_on_ok": EventKind.HOST_OK,
    "runner_on_failed": EventKind.HOST_FAILED,
    "runner_on_skipped": EventKind.HOST_SKIPPED,
    "runner_on_unreachable": EventKind.HOST_UNREACHABLE,
}
_ITEMS: Final = frozenset({"runner_item_on_ok", "runner_item_on_failed", "runner_item_on_skipped"})


@dataclass(frozen=True, kw_only=True)
class _Place:
    """Where a task stands, and what it is called."""

    title: str
    role: str | None
    place: str | None
    handler: bool


class Telling:
    """Takes ansible-runner's events one by one and tells ours; remembers what only the last event of a task needs."""

    def __init__(self, tree: Path) -> None:
        self._trees = (os.path.abspath(tree), os.path.realpath(tree))  # noqa: PTH100 -- as Ansible would write it
        self._tasks: dict[str, _Place] = {}
        self._items: defaultdict[tuple[str, str], list[dict[str, Any]]] = defaultdict(list)
        self._errors: list[str] = []
        self.hosts: dict[str, dict[str, int]] = {}

    def told(self, raw: Mapping[str, Any]) -> Iterator[Event]:
        """What one of ansible-runner's events means: none, one, seldom two of ours."""
        name = str(raw.get("event", ""))
        data: Mapping[str, Any] = raw.get("event_data") or {}
        if name == "playbook_on_task_start":
            yield self._task_started(raw, data)
        elif name in _ITEMS:
            self._items[_host_and_task(data)].append(_item(name, data))
        elif name in _KINDS:
            yield self._host_event(_KINDS[name], raw, data)
        elif name == "playbook_on_stats":
            self._count(data)
        elif name == "playbook_on_no_hosts_matched":
            yield Event(kind=EventKind.NOTE, text="No host matches the play's pattern.", at=_when(raw))
        elif name in {"warning", "system_warning"}:
            text = _text(raw)
            if text:
                yield Event(kind=EventKind.NOTE, text=text, at=_when(raw))
        elif name in {"error", "verbose"}:
            self._errors.append(_text(raw))

    def complaint(self) -> str:
        """What Ansible printed besides events: the text of an error, when it could not even begin."""
        return cut("\n".join(line for line in self._errors if line.strip()))

    def _task_started(self, raw: Mapping[str, Any], data: Mapping[str, Any]) -> Event:
        place = _Place(
            title=str(data.get("task") or data.get("name") or ""),
            role=data.get("resolved_role") or data.get("role"),
            place=self._relative(data.get("task_path")),
            handler=bool(data.get("is_conditional")),  # so ansible-runner marks a handler
        )
        self._tasks[str(data.get("task_uuid"))] = place
        return Event(
            kind=EventKind.TASK_STARTED,
            at=_when(raw),
            task=place.title,
            role=place.role,
            place=place.place,
            handler=place.handler,
        )

    def _host_event(self, kind: EventKind, raw: Mapping[str, Any], data: Mapping[str, Any]) -> Event:
        said = _said(raw)
        result = reduced({**(data.get("res") or {}), **{name: value for name, value in said.items() if name != "task"}})
        items = self._items.pop(_host_and_task(data), [])
        if items and "results" not in result and "censored" not in result:
            result["results"] = items
        if kind is EventKind.HOST_OK and result.get("changed"):
            kind = EventKind.HOST_CHANGED
        if kind is EventKind.HOST_FAILED:
            result["failed"] = True
        if kind is EventKind.HOST_SKIPPED:
            result["skipped"] = True
        place = self._tasks.get(str(data.get("task_uuid")))
        return Event(
            kind=kind,
            at=_when(raw),
            host=str(data.get("host")),
            task=str(said.get("task") or (place.title if place else "") or data.get("task") or ""),
            role=place.role if place else data.get("role"),
            place=place.place if place else self._relative(data.get("task_path")),
            handler=place.handler if place else False,
            ignored=bool(data.get("ignore_errors")),
            text=_why(kind, result),
            result=result,
        )

    def _relative(self, path: Any) -> str | None:
        """`roles/x/tasks/main.yml:12`; a task of an installed role keeps its whole path."""
        if not path:
            return None
        for tree in self._trees:
            if str(path).startswith(tree + os.sep):
                return str(path)[len(tree) + 1 :]
        return str(path)

    def _count(self, data: Mapping[str, Any]) -> None:
        names = sorted({host for theirs in (*_COUNTS, "processed") for host in data.get(theirs) or {}})
        self.hosts = {
            host: {ours: int((data.get(theirs) or {}).get(host, 0)) for theirs, ours in _COUNTS.items()} for host in names
        }


def _host_and_task(data: Mapping[str, Any]) -> tuple[str, str]:
    return str(data.get("host")), str(data.get("task_uuid"))


def _item(name: str, data: Mapping[str, Any]) -> dict[str, Any]:
    item = reduced(data.get("res") or {})
    if name == "runner_item_on_failed":
        item["failed"] = True
    if name == "runner_item_on_skipped":
        item["skipped"] = True
    return item


def _said(raw: Mapping[str, Any]) -> Mapping[str, Any]:
    """The line of our own callback; see `plugins/callback/fazai_plain.py`."""
    for line in str(raw.get("stdout") or "").splitlines():
        if line.startswith(_PLAIN):
            try:
                said = json.loads(line.removeprefix(_PLAIN))
            except ValueError:
                return {}
            return said if isinstance(said, dict) else {}
    return {}


def _why(kind: EventKind, result: Mapping[str, Any]) -> str:
    if kind in {EventKind.HOST_FAILED, EventKind.HOST_UNREACHABLE}:
        return str(result.get("msg") or result.get("censored") or "")
    if kind is EventKind.HOST_SKIPPED:
        return str(result.get("skip_reason") or result.get("skipped_reason") or result.get("msg") or "")
    return ""


def _text(raw: Mapping[str, Any]) -> str:
    return _ANSI.sub("", str(raw.get("stdout") or "")).strip()


def _when(raw: Mapping[str, Any]) -> datetime:
    return datetime.fromisoformat(str(raw["created"])) if raw.get("created") else datetime.now().astimezone()
