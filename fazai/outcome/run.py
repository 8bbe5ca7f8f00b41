"""A run of a plan: who, what, where, how it ended."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from pydantic import Field

from fazai.outcome._value import Stored, Value, now


class RunKind(StrEnum):
    """What the run was for."""

    PREVIEW = "preview"
    APPLY = "apply"
    VERIFY = "verify"


class RunState(StrEnum):
    """Where it stands. `unknown`: it was cut off, so nobody can say what was done; a preview tells."""

    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    INTERRUPTED = "interrupted"
    UNKNOWN = "unknown"


class HostResult(Value):
    """Ansible's counts for one host."""

    ok: int = 0
    changed: int = 0
    failed: int = 0
    skipped: int = 0
    unreachable: int = 0


class Run(Stored):
    """One execution of ansible-playbook, or of several that belong together (a verification)."""

    id: str
    kind: RunKind
    plan_hash: str
    goal: str
    who: str
    approver: str | None = None
    argv: tuple[str, ...] = ()
    versions: Mapping[str, str] = Field(default_factory=dict)
    limit: tuple[str, ...] = ()
    started: datetime = Field(default_factory=now)
    ended: datetime | None = None
    state: RunState = RunState.RUNNING
    hosts: Mapping[str, HostResult] = Field(default_factory=dict)
    pid: int | None = None
    last_seq: int = 0
