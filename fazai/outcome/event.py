"""Events: numbered from 1 within a run, stored before they are shown."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from pydantic import Field

from fazai.outcome._value import Value, now


class EventKind(StrEnum):
    """The closed list of what can be told of a run."""

    RUN_STARTED = "run_started"
    TASK_STARTED = "task_started"
    HOST_OK = "host_ok"
    HOST_CHANGED = "host_changed"
    HOST_SKIPPED = "host_skipped"
    HOST_FAILED = "host_failed"
    HOST_UNREACHABLE = "host_unreachable"
    NOTE = "note"
    RUN_FINISHED = "run_finished"


class Event(Value):
    """One thing that happened.

    `task` is the title a person reads; `place` is `FILE:LINE` of the rendered task, relative to the rendered tree; `result`
    is the module's result with what is secret censored (by Ansible's no_log, before it leaves the controller process).
    """

    seq: int = 0
    at: datetime = Field(default_factory=now)
    kind: EventKind
    host: str | None = None
    task: str | None = None
    role: str | None = None
    place: str | None = None
    handler: bool = False
    ignored: bool = False
    text: str = ""
    result: Mapping[str, Any] = Field(default_factory=dict)
